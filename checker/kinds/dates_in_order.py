"""``dates_in_order``: one date does not precede another; the same day is in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import cells_of, field_title, of_the, spoken, the_row
from checker.recognise.model import Period, Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind; both are a ``field`` or a ``table.column``."""

    first: str
    then: str


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Days from the first date to each of the others; dates that are missing or wrong are told by ``required``."""
    first = submission.fields[params.first]
    start = first.value.start if isinstance(first.value, Period) else first.value
    if not isinstance(start, dt.date):
        return
    for subject, value, row in cells_of(submission, params.then):
        day = value.value.start if isinstance(value.value, Period) else value.value
        if isinstance(day, dt.date):
            table, _, column = params.then.partition(".")
            words = {
                "title": field_title(submission, table, column or None),
                "row": the_row(submission, table, row) if row else "",
                "day": spoken(day),
                "first": spoken(start),
                "first_title": field_title(submission, params.first),
            }
            rests_on = (first.place,) if first.place else ()
            yield Fact(
                "dates_in_order",
                rule,
                {"days": (day - start).days},
                subject,
                value.place,
                value.text,
                rests_on,
                words,
            )


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Earlier than the first."""
    return (Clause("dates_in_order", rule, (Test("days", "<", 0),), "violated", "before"),)


def message(params: Params, fact: Fact, say: str) -> str:
    """Both dates."""
    w = fact.words
    where = f" {of_the(w['row'])}" if w["row"] else ""
    return f"«{w['title']}»{where} («{w['day']}») es anterior a «{w['first_title']}» («{w['first']}»)."
