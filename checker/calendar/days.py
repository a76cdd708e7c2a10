"""Which days an office works, and counting them.

A calendar is an array of every business day of its years, so that each question is one or two bisections.
"""

from __future__ import annotations

import datetime as dt
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

import msgspec

from checker.spanish.saying import WEEKDAYS

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Years that a calendar knows, both included."""
UNNAMED = "día inhábil"
"""Why a day is closed that the configuration closes without a name."""

Closed = dt.date | tuple[dt.date, str]
"""A day closed by configuration, with its name in Spanish where it has one."""


class CalendarError(ValueError):
    """A calendar cannot answer. One line in English."""


class UnknownCalendar(CalendarError):
    """No calendar bears the name."""


class OutOfRange(CalendarError):
    """A day outside the years that calendars know; such a day is nearly always a slip of the pen."""


class Calendar(msgspec.Struct, frozen=True, eq=False):
    """The days that an office works; made by :func:`calendar_named`. Two calendars are equal when they are the same one."""

    name: str
    """As packs name it: ``mx-federal``."""
    holidays: Mapping[dt.date, str]
    """Days of rest with their names in Spanish, weekends apart, and also those that fall on one."""
    opened: frozenset[dt.date]
    """Days that configuration opens; they win over weekends and holidays."""
    business: array[int]
    """Ordinals of every business day, ascending."""

    def is_business(self, day: dt.date) -> bool:
        """Whether the office works on ``day``; raises :class:`OutOfRange`."""
        at = bisect_left(self.business, _ordinal(day))
        return at < len(self.business) and self.business[at] == day.toordinal()

    def why_closed(self, day: dt.date) -> str | None:
        """``sábado``, ``domingo`` or the name of the day of rest, in Spanish; None when ``day`` is a business day."""
        if self.is_business(day):
            return None
        return WEEKDAYS[day.weekday()] if day.weekday() > 4 else self.holidays[day]

    def add(self, day: dt.date, n: int) -> dt.date:
        """The ``n``-th business day after ``day``, which itself does not count; with ``n`` below 0, before it.

        With 0, ``day`` itself if it is a business day, else the next one. Raises :class:`OutOfRange`.
        """
        ordinal = _ordinal(day)
        at = bisect_right(self.business, ordinal) + n - 1 if n > 0 else bisect_left(self.business, ordinal) + n
        if not 0 <= at < len(self.business):
            raise OutOfRange(f"{n} business days from {day} lie outside {FIRST_YEAR}-{LAST_YEAR}")
        return dt.date.fromordinal(self.business[at])

    def count(self, start: dt.date, end: dt.date) -> int:
        """Business days after ``start`` up to and including ``end``; negative when ``end`` is before ``start``.

        Counts add up: ``count(a, b) + count(b, c) == count(a, c)``, in any order of the three.
        """
        return bisect_right(self.business, _ordinal(end)) - bisect_right(self.business, _ordinal(start))

    def skipped(self, start: dt.date, end: dt.date) -> tuple[tuple[dt.date, str], ...]:
        """The closed days after ``start`` up to and including ``end``, each with why, in order."""
        days = (dt.date.fromordinal(o) for o in range(_ordinal(start) + 1, _ordinal(end) + 1))
        return tuple((day, why) for day in days if (why := self.why_closed(day)))


def must_be_known(name: str) -> None:
    """Raises :class:`UnknownCalendar`, with the nearest name, where no calendar is called ``name``."""
    if name not in CALENDARS:
        import difflib

        near = difflib.get_close_matches(name, CALENDARS, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(CALENDARS)}"
        raise UnknownCalendar(f"no calendar {name!r}; {hint}")


@lru_cache(maxsize=16)
def calendar_named(name: str, more: tuple[Closed, ...] = (), opened: tuple[dt.date, ...] = ()) -> Calendar:
    """The calendar that a pack names, with ``more`` days closed and others ``opened`` by configuration.

    Raises :class:`UnknownCalendar`, and :class:`CalendarError` for a day both closed and opened or outside the years known.
    """
    must_be_known(name)
    holidays = CALENDARS[name]()
    closed = dict((day, holidays.get(day, UNNAMED)) if isinstance(day, dt.date) else day for day in more)
    for day in (*closed, *opened):
        _ordinal(day)
        if day in closed and day in opened:
            raise CalendarError(f"{day} is both closed and open")
    holidays |= closed
    first, last = dt.date(FIRST_YEAR, 1, 1).toordinal(), dt.date(LAST_YEAR, 12, 31).toordinal()
    # ordinal 1 is a Monday, so that 6 and 0 modulo 7 are the weekend
    worked = {o for o in range(first, last + 1) if o % 7 not in (6, 0)}
    worked -= {day.toordinal() for day in holidays}
    worked |= {day.toordinal() for day in opened}
    return Calendar(name, holidays, frozenset(opened), array("l", sorted(worked)))


def described(names: Iterable[str], more: tuple[Closed, ...] = (), opened: tuple[dt.date, ...] = ()) -> str:
    """Calendars as receipts name them, with what configuration adds: ``mx-federal; closed 2026-12-21/2027-01-06; open 2026-02-07``."""
    parts = [", ".join(sorted(names))]
    closed = {day if isinstance(day, dt.date) else day[0] for day in more}
    parts += [f"{word} {_ranges(days)}" for word, days in (("closed", closed), ("open", set(opened))) if days]
    return "; ".join(parts)


def _ranges(days: set[dt.date]) -> str:
    ends: list[list[dt.date]] = []
    for day in sorted(days):
        if ends and day - ends[-1][-1] == dt.timedelta(1):
            ends[-1][1:] = [day]
        else:
            ends.append([day])
    return ", ".join("/".join(day.isoformat() for day in pair) for pair in ends)


def _mexican_federal() -> dict[dt.date, str]:
    """Days of obligatory rest by article 74 of the Ley Federal del Trabajo, fractions I to VIII.

    Election days (fraction IX) depend on each election's law and place; an office that rests on one configures it.
    """
    from holidays import country_holidays

    return dict(country_holidays("MX", years=range(FIRST_YEAR, LAST_YEAR + 1), language="es"))


CALENDARS: dict[str, Callable[[], dict[dt.date, str]]] = {"mx-federal": _mexican_federal}
"""Name of a calendar → its days of rest, weekends apart."""


def _ordinal(day: dt.date) -> int:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise OutOfRange(f"{day} lies outside {FIRST_YEAR}-{LAST_YEAR}")
    return day.toordinal()
