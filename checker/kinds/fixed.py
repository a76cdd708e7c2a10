"""``fixed``: a value is always the same: the clave of a form."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.comparing import Likeness, text_likeness
from checker.kinds.data import called, data_of, recognised_letters
from checker.kinds.protocol import Context
from checker.kinds.shapes import plain
from checker.kinds.values import short
from checker.recognise.model import Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    field: str
    value: str | int


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether each value says it, alone or among other words; silent where there is none."""
    wanted = plain(str(params.value))
    read = recognised_letters(submission)
    for datum in data_of(submission, params.field):
        given = plain(datum.text)
        if re.search(rf"(?<![\w-]){re.escape(wanted)}(?![\w-])", given):
            says = "yes"
        elif read(datum.place):
            says = "unsure"
        else:
            says = "unsure" if text_likeness(given, wanted) is Likeness.NEAR else "no"
        words = {}
        if says != "yes":
            words = {"called": called(submission, params.field, datum.row), "given": short(datum.text)}
        yield Fact("fixed", rule, {"says": says}, datum.subject, datum.place, datum.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Another value, or nearly this one."""
    return (
        Clause("fixed", rule, (Test("says", "==", "no"),), "violated", "no"),
        Clause("fixed", rule, (Test("says", "==", "unsure"),), "undetermined", "unsure"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What it says and what it should say."""
    w = fact.words
    if say == "unsure":
        return f"No se pudo confirmar que {w['called']} sea «{params.value}»: se leyó «{w['given']}»."
    return f"{w['called']} dice «{w['given']}» y debe decir «{params.value}»."
