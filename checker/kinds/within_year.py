"""``within_year``: the dates of a table lie in the document's year.

Where the document does not state its year, dates that all fall in one year say it themselves and nothing is told; dates of several
years leave open which of them the document is for, and that is told once, as undetermined.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import cells_of, field_title, joined, of_the, spoken, the_row
from checker.recognise.model import Period, Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    dates: str
    """``table.column``, or a field, of dates or periods."""
    year: str
    """Field of kind ``year``."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Where each date or period lies; a period that reaches over either end of the year is outside."""
    stated = submission.fields[params.year]
    table, _, column = params.dates.partition(".")
    title = field_title(submission, table, column or None)
    found = [(s, v, r, p) for s, v, r in cells_of(submission, params.dates) if (p := _period(v.value)) is not None]
    if not isinstance(stated.value, int):
        years = sorted({y for *_, p in found for y in (p.start.year, p.end.year)})
        if len(years) > 1:
            words = {"title": field_title(submission, params.year), "years": joined([str(y) for y in years])}
            yield Fact("within_year", rule, {"lies": "unknown"}, params.year, stated.place, stated.text, (), words)
        return
    year = stated.value
    rests_on = (stated.place,) if stated.place else ()
    for subject, value, row, period in found:
        lies = "inside" if period.start.year == year == period.end.year else "outside"
        days = spoken(period.start)
        if period.start != period.end:
            days = f"del {days} al {spoken(period.end)}"
        words = {
            "title": title,
            "row": the_row(submission, table, row) if row else "",
            "year": str(year),
            "days": value.text or days,
        }
        yield Fact("within_year", rule, {"lies": lies}, subject, value.place, value.text, rests_on, words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Outside the year, or no year to compare with."""
    return (
        Clause("within_year", rule, (Test("lies", "==", "outside"),), "violated", "outside"),
        Clause("within_year", rule, (Test("lies", "==", "unknown"),), "undetermined", "unknown"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The date and the year."""
    w = fact.words
    if say == "unknown":
        return f"No se pudo determinar «{w['title']}»: el documento no lo señala y sus fechas caen en {w['years']}."
    where = f" {of_the(w['row'])}" if w["row"] else ""
    return f"«{w['title']}»{where} («{w['days']}») queda fuera del año {w['year']}."


def _period(value: object) -> Period | None:
    if isinstance(value, dt.date):
        return Period(value, value)
    return value if isinstance(value, Period) else None
