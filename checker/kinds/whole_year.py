"""``whole_year``: a table of months has them all, from January to December."""

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
    """How many months no row has a place for; a table without any counts by something else, and says nothing of its months."""
    rows = list(rows_of(submission.fields[params.table]))
    there = {m for m in params.months if any(row.cells[m].state != "absent" for row in rows)}
    if not rows or not there:
        return
    missing = [field_title(submission, params.table, m) for m in params.months if m not in there]
    words = {"table": field_title(submission, params.table), "missing": joined(missing).lower()}
    value = submission.fields[params.table]
    yield Fact("whole_year", rule, {"missing": len(missing)}, params.table, value.place, value.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """A month is missing."""
    return (Clause("whole_year", rule, (Test("missing", ">", 0),), "violated", "missing"),)


def message(params: Params, fact: Fact, say: str) -> str:
    """The months that are not there."""
    w = fact.words
    return f"«{w['table']}» no abarca el año calendario: no hay columna para {w['missing']}."
