"""``every_month``: a record that is kept month by month skips none between its first month and its last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import MONTHS, field_title, joined, rows_of
from checker.recognise.model import Period, Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    months: str
    """``table.column`` of kind ``period``: the month, or the day or span, of each row."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Which months no row is of; silent where a row does not say its own, for it may be of any."""
    table, _, column = params.months.partition(".")
    value = submission.fields[table]
    spans = [row.cells[column].value for row in rows_of(value)]
    periods = [span for span in spans if isinstance(span, Period)]
    if not periods or len(periods) < len(spans):
        return
    there = {month for p in periods for month in range(_count(p.start), _count(p.end) + 1)}
    missing = [m for m in range(min(there), max(there)) if m not in there]
    words = {
        "table": field_title(submission, table),
        "missing": joined([f"{MONTHS[m % 12]} de {m // 12}" for m in missing]),
    }
    yield Fact("every_month", rule, {"missing": len(missing)}, table, value.place, value.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """A month is skipped: it was not recorded, or there was nothing to record."""
    return (Clause("every_month", rule, (Test("missing", ">", 0),), "undetermined", "missing"),)


def message(params: Params, fact: Fact, say: str) -> str:
    """The months that are skipped."""
    w = fact.words
    return f"No se pudo determinar si «{w['table']}» se registró mes a mes: ningún renglón es de {w['missing']}."


def _count(day: dt.date) -> int:
    """Months since the year 0."""
    return day.year * 12 + day.month - 1
