"""``full_name``: a person is named in full, in one place or with the surnames in columns of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.data import called, data_of
from checker.kinds.protocol import Context
from checker.kinds.values import short
from checker.recognise.model import Recognised
from checker.spanish.people import bare_name

_PARTICLES = frozenset("de del la las los y e da das do dos van von san santa mc mac".split())


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    field: str
    """A field, or ``table.column``."""
    surnames: tuple[str, ...] = ()
    """Columns of the same row that bear the surnames where they stand apart."""
    words: Annotated[int, msgspec.Meta(ge=2)] = 2
    """Words that a full name has at least, particles (``de``, ``la``) not counted."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Words of each name; a row whose surnames stand in their own columns counts them too."""
    for datum in data_of(submission, params.field):
        others = [datum.row.cells[c].text for c in params.surnames if datum.row is not None]
        count = name_words(" ".join([datum.text, *others]))
        words = {}
        if count < params.words:
            words = {"called": called(submission, params.field, datum.row), "given": short(datum.text)}
        yield Fact("full_name", rule, {"words": count}, datum.subject, datum.place, datum.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """A name of one word is not full; one of too few words may be, where a person has a single surname."""
    few = (Test("words", ">=", 2), Test("words", "<", params.words))
    return (
        Clause("full_name", rule, (Test("words", "<", 2),), "violated", "short"),
        Clause("full_name", rule, few, "undetermined", "few"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The name as it stands."""
    w = fact.words
    if say == "short":
        return f"{w['called']} dice «{w['given']}», que no es un nombre completo."
    return f"No se pudo confirmar que {w['called']} sea un nombre completo: dice «{w['given']}»."


def name_words(name: str) -> int:
    """Words of a name, titles and particles left out."""
    return sum(word.lower() not in _PARTICLES for word in re.findall(r"[^\W\d_]+", bare_name(name)))
