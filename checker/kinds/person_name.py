"""``person_name``: a field holds a person's name and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.data import called, data_of
from checker.kinds.protocol import Context
from checker.kinds.values import short
from checker.recognise.model import Recognised
from checker.spanish.people import bare_name, is_name


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind: a field, or ``table.column``."""

    field: str


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether each value reads as a name, however it is capitalised; a single word is told by ``full_name``."""
    for datum in data_of(submission, params.field):
        name = bare_name(datum.text)
        fine = is_name(name.title() if name.islower() or name.isupper() else name) or len(name.split()) == 1
        words = {}
        if not fine:
            words = {"called": called(submission, params.field, datum.row), "given": short(datum.text)}
        yield Fact("person_name", rule, {"fine": fine}, datum.subject, datum.place, datum.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """It does not read as one: never more than a doubt, for names are of all kinds."""
    return (Clause("person_name", rule, (Test("fine", "==", False),), "undetermined", "unlike"),)


def message(params: Params, fact: Fact, say: str) -> str:
    """What it says."""
    w = fact.words
    return f"No se pudo confirmar que {w['called']} sea el nombre de una persona: dice «{w['given']}»."
