"""Terms as rules write them: ``5 business days``, ``10 days``, ``3 months``; and the day on which they end."""

from __future__ import annotations

import calendar as gregorian
import datetime as dt
import re
from typing import Literal, cast

import msgspec

from checker.calendar.days import FIRST_YEAR, LAST_YEAR, Calendar, OutOfRange

Unit = Literal["business day", "calendar day", "month"]
_WORDS: dict[str, tuple[int, Unit | None]] = {
    "business day": (1, "business day"),
    "calendar day": (1, "calendar day"),
    "day": (1, None),
    "week": (7, "calendar day"),
    "month": (1, "month"),
    "year": (12, "month"),
}
"""Word → how many of which unit; None as the pack counts days."""
_DURATION = re.compile(r"\s*(\d{1,4})\s+([a-z]+(?:\s+[a-z]+)?)\s*", re.IGNORECASE)


class BadDuration(ValueError):
    """Not the words of a term. One line in English that says what may be written."""


class Duration(msgspec.Struct, frozen=True):
    """A term: so many of one unit."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        """In Spanish: ``5 días hábiles``, ``1 mes``."""
        one = self.amount == 1
        return (
            f"{self.amount} "
            + {
                "business day": "día hábil" if one else "días hábiles",
                "calendar day": "día natural" if one else "días naturales",
                "month": "mes" if one else "meses",
            }[self.unit]
        )


def read_duration(text: str, days: Literal["calendar", "business"]) -> Duration:
    """The term that the words of a rule mean; bare ``days`` are counted as ``days`` says, the pack's own way.

    Raises :class:`BadDuration`.
    """
    match = _DURATION.fullmatch(text)
    word = " ".join(match[2].lower().split()) if match else ""
    name = word.removesuffix("s")
    if match is None or name not in _WORDS:
        import difflib

        near = difflib.get_close_matches(name, _WORDS, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"write a number and one of: {', '.join(_WORDS)}"
        raise BadDuration(f"{text!r} is no duration; {hint}")
    times, unit = _WORDS[name]
    return Duration(int(match[1]) * times, unit or cast(Unit, f"{days} day"))


def due(start: dt.date, duration: Duration, calendar: Calendar) -> dt.date:
    """The last day of a term that ``start`` sets off; ``start`` itself does not count, unless the term has no days at all.

    Months run to the same day of the month, or to its last day where it has no such day: 31 January + 1 month = 28 or
    29 February. A term of calendar days or months, or of no days, may end on a closed day. Raises
    :class:`~checker.calendar.days.OutOfRange`.
    """
    return _moved(start, duration.amount, duration.unit, calendar)


def due_before(end: dt.date, duration: Duration, calendar: Calendar) -> dt.date:
    """The last day to act when it must be done ``duration`` before ``end``, which itself does not count; else as :func:`due`."""
    return _moved(end, -duration.amount, duration.unit, calendar)


def _moved(day: dt.date, amount: int, unit: Unit, calendar: Calendar) -> dt.date:
    if unit == "business day" and amount:
        return calendar.add(day, amount)
    if unit != "month":
        ordinal = day.toordinal() + amount
        known = dt.date(FIRST_YEAR, 1, 1).toordinal(), dt.date(LAST_YEAR, 12, 31).toordinal()
        if not (FIRST_YEAR <= day.year <= LAST_YEAR and known[0] <= ordinal <= known[1]):
            raise OutOfRange(f"{amount} days from {day} lie outside {FIRST_YEAR}-{LAST_YEAR}")
        return dt.date.fromordinal(ordinal)
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    if not (FIRST_YEAR <= day.year <= LAST_YEAR and FIRST_YEAR <= year <= LAST_YEAR):
        raise OutOfRange(f"{amount} months from {day} lie outside {FIRST_YEAR}-{LAST_YEAR}")
    return dt.date(year, month + 1, min(day.day, gregorian.monthrange(year, month + 1)[1]))
