"""``within_period``: the dates of a table lie in the period that the document is for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.data import called
from checker.kinds.protocol import Context
from checker.kinds.values import cells_of, field_title
from checker.recognise.model import Period, Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    dates: str
    """``table.column``, or a field, of dates or periods."""
    period: str
    """Field of kind ``period``."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Where each date lies; silent where the period is not known."""
    stated = submission.fields[params.period]
    if not isinstance(stated.value, Period):
        return
    rests_on = (stated.place,) if stated.place else ()
    for subject, value, row in cells_of(submission, params.dates):
        days = Period(value.value, value.value) if isinstance(value.value, dt.date) else value.value
        if isinstance(days, Period):
            inside = stated.value.start <= days.start and days.end <= stated.value.end
            words = {
                "called": called(submission, params.dates, row),
                "given": value.text,
                "title": field_title(submission, params.period),
                "period": stated.text,
            }
            yield Fact("within_period", rule, {"inside": inside}, subject, value.place, value.text, rests_on, words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Outside the period."""
    return (Clause("within_period", rule, (Test("inside", "==", False),), "violated", "outside"),)


def message(params: Params, fact: Fact, say: str) -> str:
    """The date and the period."""
    w = fact.words
    return f"{w['called']} («{w['given']}») queda fuera de «{w['title']}» ({w['period']})."
