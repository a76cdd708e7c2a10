"""``forbidden``: something must not stand in the document."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.data import called
from checker.kinds.protocol import Context
from checker.kinds.values import cells_of, short
from checker.recognise.model import Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind: a field, or ``table.column`` for every row."""

    field: str


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """State of each; a place for it that nobody filled forbids nothing."""
    for subject, value, row in cells_of(submission, params.field):
        words = {}
        if value.state in ("present", "undetermined"):
            why = (value.reason or value.problem).rstrip(".") or "no se pudo leer con certeza"
            words = {"called": called(submission, params.field, row), "given": short(value.text), "why": why}
        place = value.place or (row.place if row else None)
        yield Fact("forbidden", rule, {"state": value.state}, subject, place, value.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """It is there, or may be."""
    return (
        Clause("forbidden", rule, (Test("state", "==", "present"),), "violated", "present"),
        Clause("forbidden", rule, (Test("state", "==", "undetermined"),), "undetermined", "undetermined"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What must not be there."""
    w = fact.words
    if say == "undetermined":
        return f"No se pudo determinar si el documento incluye {w['called']}, que no debe llevar: {w['why']}."
    quoted = f" («{w['given']}»)" if w["given"] else ""
    return f"El documento incluye {w['called']}{quoted}, que no debe llevar."
