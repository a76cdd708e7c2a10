"""``planned_ahead``: a document is made in a given quarter, for the year that follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import MONTHS, field_title, spoken
from checker.recognise.model import Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    made: str
    """Field of the date on which the document was made."""
    year: str
    """Field of the year that it plans."""
    quarter: Literal[1, 2, 3, 4]
    """Quarter of the calendar year in which it is made."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether the date lies in the quarter and, where it does, how many years ahead the document plans; silent without the date."""
    made, year = submission.fields[params.made], submission.fields[params.year]
    if not isinstance(made.value, dt.date):
        return
    day = made.value
    timely = (day.month - 1) // 3 + 1 == params.quarter
    ahead = year.value - day.year if isinstance(year.value, int) else 1
    words = {
        "made": field_title(submission, params.made),
        "year": field_title(submission, params.year),
        "day": spoken(day),
        "planned": str(year.value),
        "next": str(day.year + 1),
    }
    if not timely:
        yield Fact("planned_ahead", rule, {"timely": False, "ahead": 1}, params.made, made.place, made.text, (), words)
        return
    rests_on = (made.place,) if made.place else ()
    attributes: dict[str, str | int | bool] = {"timely": True, "ahead": ahead}
    yield Fact("planned_ahead", rule, attributes, params.year, year.place, year.text, rests_on, words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Made at another time, or for another year."""
    return (
        Clause("planned_ahead", rule, (Test("timely", "==", False),), "violated", "late"),
        Clause("planned_ahead", rule, (Test("timely", "==", True), Test("ahead", "!=", 1)), "violated", "year"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The date, and when or for which year it should have been."""
    w = fact.words
    if say == "late":
        first, last = MONTHS[params.quarter * 3 - 3], MONTHS[params.quarter * 3 - 1]
        return f"«{w['made']}» ({w['day']}) queda fuera de los meses de {first} a {last}, en que debe elaborarse."
    return f"«{w['year']}» dice {w['planned']}; elaborado el {w['day']}, el documento corresponde a {w['next']}."
