"""``lasts``: a period is as long as the norm has it: a week, a month or a quarter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.data import called
from checker.kinds.protocol import Context
from checker.kinds.values import cells_of, short
from checker.recognise.model import FieldValue, Period, Recognised
from checker.spanish.dates import read_period

_DAYS = {"week": (2, 8), "month": (28, 31), "quarter": (89, 92)}
"""Days that each lasts, both ends included; «del lunes 5 al lunes 12» is said of a week too."""
_NAMES = {"week": "una semana", "month": "un mes", "quarter": "un trimestre"}
_ANY_YEAR = 2001
"""Whose days serve for a period that names no year; no leap year."""


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    field: str
    """Field, or ``table.column``."""
    one: Literal["week", "month", "quarter"]


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """How long each period is; silent where it is not there or is none, which ``required`` tells, and where a single day stands for it.

    Figures that add up from January are told as such: they may be of the month or quarter with which they end.
    """
    for subject, value, row in cells_of(submission, params.field):
        period = _period_of(value)
        if period is None or period.start == period.end:
            continue
        words = {
            "called": called(submission, params.field, row),
            "given": short(value.text),
            "one": _NAMES[params.one],
            "days": str(_days(period)),
        }
        attributes = {"length": _length(period, params.one)}
        yield Fact("lasts", rule, {**attributes}, subject, value.place, value.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Longer or shorter; or adding up."""
    return (
        Clause("lasts", rule, (Test("length", "==", "other"),), "violated", "other"),
        Clause("lasts", rule, (Test("length", "==", "cumulative"),), "undetermined", "cumulative"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The period and how long it should be."""
    w = fact.words
    if say == "cumulative":
        return f"No se pudo determinar si {w['called']} abarca {w['one']}: «{w['given']}» parece acumulado desde enero."
    return f"{w['called']} dice «{w['given']}», que son {w['days']} días; debe abarcar {w['one']}."


def _period_of(value: FieldValue) -> Period | None:
    if value.state != "present" or value.problem:
        return None
    if isinstance(value.value, Period):
        return value.value
    read = read_period(value.text, _ANY_YEAR)
    return Period(read.start, read.end) if read and read.start and read.end else None


def _length(period: Period, one: str) -> str:
    least, most = _DAYS[one]
    if least <= _days(period) <= most:
        return "right"
    from_january = (period.start.month, period.start.day) == (1, 1) and period.start.year == period.end.year
    return "cumulative" if one != "week" and from_january and _days(period) > most else "other"


def _days(period: Period) -> int:
    return (period.end - period.start).days + 1
