"""``sets_date``: what stands where a date is owed sets one: a day, or a span short enough to fall due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.data import called
from checker.kinds.protocol import Context
from checker.kinds.values import cells_of, short
from checker.recognise.model import FieldValue, Period, Recognised
from checker.spanish.dates import read_period

_A_QUARTER = 92
"""Days of the longest span at whose end something can be said to fall due."""
_ANY_YEAR = 2001
"""Tells how long is what names no year: «Permanente», «mayo»."""


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    field: str
    """Field, or ``table.column``, of kind ``date`` or ``period``."""
    dated_by: str | None = None
    """Field of the document's own date: where that is known, a month without year is of its year or of the next."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether each value sets a date; silent where nothing stands, or what cannot be read or is wrong, which ``required`` tells."""
    dated = params.dated_by is not None and isinstance(submission.fields[params.dated_by].value, dt.date)
    for subject, value, row in cells_of(submission, params.field):
        if value.state == "present" and not value.problem:
            words = {"called": called(submission, params.field, row), "given": short(value.text)}
            place = value.place or (row.place if row else None)
            yield Fact("sets_date", rule, {"sets": _sets(value, dated)}, subject, place, value.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """No year, or too long: what is meant may stand elsewhere."""
    return (
        Clause("sets_date", rule, (Test("sets", "==", "yearless"),), "undetermined", "yearless"),
        Clause("sets_date", rule, (Test("sets", "==", "open"),), "undetermined", "open"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The words that set no date."""
    w = fact.words
    why = "no dice el año" if say == "yearless" else "no fija cuándo vence"
    return f"No se pudo determinar {w['called']}: «{w['given']}» {why}."


def _sets(value: FieldValue, dated: bool) -> str:
    if isinstance(value.value, dt.date):
        return "day"
    if isinstance(value.value, Period):
        return "open" if _long(value.value.start, value.value.end) else "day"
    meant = read_period(value.text, _ANY_YEAR)
    if meant and meant.start and meant.end and _long(meant.start, meant.end):
        return "open"
    return "day" if dated else "yearless"


def _long(start: dt.date, end: dt.date) -> bool:
    return (end - start).days > _A_QUARTER
