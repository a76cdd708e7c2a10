"""``first_days``: a date lies among the first days of its month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import field_title, spoken
from checker.recognise.model import Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    field: str
    """A date."""
    days: Annotated[int, msgspec.Meta(ge=1, le=31)]
    """Calendar days from the 1st, that one included."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Day of the month; silent without the date."""
    value = submission.fields[params.field]
    if isinstance(value.value, dt.date):
        words = {"title": field_title(submission, params.field), "day": spoken(value.value)}
        yield Fact("first_days", rule, {"day": value.value.day}, params.field, value.place, value.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Later in the month."""
    return (Clause("first_days", rule, (Test("day", ">", params.days),), "violated", "late"),)


def message(params: Params, fact: Fact, say: str) -> str:
    """The date and its limit."""
    w = fact.words
    return f"«{w['title']}» ({w['day']}) es posterior al día {params.days} del mes."
