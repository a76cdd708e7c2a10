"""Periods that come again: which one a day lies in, the next and the one before, their names, and reading them as people write them."""

from __future__ import annotations

import calendar as gregorian
import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal, get_args

import msgspec

from checker.calendar.days import FIRST_YEAR, LAST_YEAR, OutOfRange
from checker.spanish.dates import read_period
from checker.spanish.saying import MONTH_NAMES, spoken, spoken_range
from checker.spanish.text import flat

Every = Literal["day", "week", "fortnight", "month", "quarter", "semester", "year"]
"""Weeks run from Monday to Sunday; fortnights from the 1st to the 15th and from the 16th to the end of the month."""
EVERY: tuple[Every, ...] = get_args(Every)
EACH: dict[Every, str] = {
    "day": "cada día hábil",
    "week": "cada semana",
    "fortnight": "cada quincena",
    "month": "cada mes",
    "quarter": "cada trimestre",
    "semester": "cada semestre",
    "year": "cada año",
}
"""How often, in Spanish. What is done every day is done when the office works."""
_MONTHS: dict[Every, int] = {"month": 1, "quarter": 3, "semester": 6, "year": 12}
_NTH = ("primer", "segundo", "tercer", "cuarto")
_ISO = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?:-?(?:[tq](?P<quarter>[1-4])|s(?P<semester>[12]))|-(?P<month>\d\d)(?:-(?P<day>\d\d)|-?q(?P<half>[12]))?|-w(?P<week>\d\d))?"
)


class Span(msgspec.Struct, frozen=True, order=True):
    """One period, from its first day to its last, both included."""

    start: dt.date
    end: dt.date
    every: Every

    @property
    def name(self) -> str:
        """In Spanish, without article: ``enero de 2026``, ``primera quincena de enero de 2026``, ``semana del 5 al 11 de enero``…"""
        first = self.start
        month = f"{MONTH_NAMES[first.month - 1]} de {first.year}"
        match self.every:
            case "day":
                return spoken(first)
            case "week":
                return f"semana del {spoken_range(first, self.end)}"
            case "fortnight":
                return f"{'primera' if first.day == 1 else 'segunda'} quincena de {month}"
            case "month":
                return month
            case "quarter":
                return f"{_NTH[first.month // 3]} trimestre de {first.year}"
            case "semester":
                return f"{_NTH[first.month // 6]} semestre de {first.year}"
            case "year":
                return str(first.year)

    @property
    def of(self) -> str:
        """The name after «de»: ``de enero de 2026``, ``del primer trimestre de 2026``, ``de la semana del 5 al 11 de enero de 2026``."""
        article = {"day": "del", "quarter": "del", "semester": "del", "week": "de la", "fortnight": "de la"}
        return f"{article.get(self.every, 'de')} {self.name}"

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day <= self.end


def period_of(day: dt.date, every: Every) -> Span:
    """The period in which ``day`` lies; raises :class:`~checker.calendar.days.OutOfRange` outside the years that calendars know."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise OutOfRange(f"{day} lies outside {FIRST_YEAR}-{LAST_YEAR}")
    match every:
        case "day":
            return Span(day, day, every)
        case "week":
            monday = day - dt.timedelta(day.weekday())
            return Span(monday, monday + dt.timedelta(6), every)
        case "fortnight":
            if day.day <= 15:
                return Span(day.replace(day=1), day.replace(day=15), every)
            return Span(day.replace(day=16), _month_end(day.year, day.month), every)
    length = _MONTHS[every]
    last = day.month + length - 1 - (day.month - 1) % length
    return Span(dt.date(day.year, last - length + 1, 1), _month_end(day.year, last), every)


def following(span: Span) -> Span:
    """The next period of the same kind."""
    return period_of(span.end + dt.timedelta(1), span.every)


def previous(span: Span) -> Span:
    """The period of the same kind just before."""
    return period_of(span.start - dt.timedelta(1), span.every)


def periods(start: dt.date, end: dt.date, every: Every) -> Iterator[Span]:
    """Every period that has a day between ``start`` and ``end``, both included, in order; none when ``end`` is before ``start``."""
    if end < start:
        return
    span = period_of(start, every)
    while True:
        yield span
        if span.end >= end:
            return
        span = following(span)


def read_span(text: str, year: int | None = None) -> Span | None:
    """The one period that ``text`` names; ``year`` serves where none is written. None when it names none, or days that are no period.

    ``2026-03``, ``2026-T1``, ``2026-S1``, ``2026-03-Q2`` (second fortnight), ``2026-W05``, ``2026``, ``marzo de 2026``,
    ``primer trimestre de 2026``, ``del 1 al 15 de enero de 2026``.
    """
    folded = flat(text).strip()
    if match := _ISO.fullmatch(folded):
        return _iso(match)
    if re.match(r"\d{4}-", folded):
        return None  # «2026-13» is no year with something behind it
    read = read_period(text, year)
    if read is None or read.start is None or read.end is None or not FIRST_YEAR <= read.start.year <= LAST_YEAR:
        return None
    if "quincena" in folded:  # the second one is read up to the 28th
        span = period_of(read.start, "fortnight")
        return span if read.start == span.start and read.end in span else None
    found = (period_of(read.start, every) for every in reversed(EVERY))
    return next((span for span in found if (span.start, span.end) == (read.start, read.end)), None)


def _iso(match: re.Match[str]) -> Span | None:
    part = {name: int(number) for name, number in match.groupdict().items() if number}
    year = part["year"]
    try:
        if "quarter" in part:
            return period_of(dt.date(year, part["quarter"] * 3, 1), "quarter")
        if "semester" in part:
            return period_of(dt.date(year, part["semester"] * 6, 1), "semester")
        if "week" in part:
            return period_of(dt.date.fromisocalendar(year, part["week"], 1), "week")
        if "half" in part:
            return period_of(dt.date(year, part["month"], 1 if part["half"] == 1 else 16), "fortnight")
        if "day" in part:
            return period_of(dt.date(year, part["month"], part["day"]), "day")
        return period_of(dt.date(year, part.get("month", 1), 1), "month" if "month" in part else "year")
    except ValueError:  # no such month, day or week, or a year that no calendar knows
        return None


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, gregorian.monthrange(year, month)[1])
