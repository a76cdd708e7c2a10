"""``whole_year``: a table of months has them all, from January to December, and says something of each."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import field_title, joined, rows_of
from checker.recognise.model import Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    table: str
    months: tuple[str, ...]
    """Its columns for the months, in order."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Months for which no row has a place, and those of which no row says anything, where any says something of one.

    A table without months counts by something else.
    """
    rows = list(rows_of(submission.fields[params.table]))
    there = {m for m in params.months if any(row.cells[m].state != "absent" for row in rows)}
    if not rows or not there:
        return
    said = {m for m in there if any(row.cells[m].state in ("present", "undetermined") for row in rows)}
    missing = [m for m in params.months if m not in there]
    blank = [m for m in params.months if m in there - said] if said else []
    words = {
        "table": field_title(submission, params.table),
        "missing": _named(submission, params, missing),
        "blank": _named(submission, params, blank),
    }
    attributes = {"missing": len(missing), "blank": len(blank)}
    value = submission.fields[params.table]
    yield Fact("whole_year", rule, {**attributes}, params.table, value.place, value.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """A month is missing; or nothing is said of it, which may mean none."""
    return (
        Clause("whole_year", rule, (Test("missing", ">", 0),), "violated", "missing"),
        Clause("whole_year", rule, (Test("missing", "==", 0), Test("blank", ">", 0)), "undetermined", "blank"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The months that are not there, or of which nothing is said."""
    w = fact.words
    if say == "blank":
        return f"No se pudo determinar si «{w['table']}» abarca el año calendario: nada se anota en {w['blank']}."
    return f"«{w['table']}» no abarca el año calendario: no hay columna para {w['missing']}."


def _named(submission: Recognised, params: Params, months: list[str]) -> str:
    return joined([field_title(submission, params.table, m) for m in months]).lower()
