"""The words of a term and how they are read: ``5 business days`` from a trigger, its first and last day, and what is late by how much."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Literal

import msgspec

from checker.calendar.days import Calendar
from checker.calendar.durations import Duration, due, due_before, read_duration
from checker.packs.pack import Pack


class Term(msgspec.Struct, frozen=True):
    """How long after, or before, a day something is done."""

    within: Duration | None
    """At most."""
    at_least: Duration | None
    calendar: Calendar

    def after(self, day: dt.date) -> tuple[dt.date, dt.date]:
        """First and last day to act after ``day``; raises :class:`~checker.calendar.days.OutOfRange`."""
        return self._later(day, self.at_least) or day, self._later(day, self.within) or dt.date.max

    def before(self, day: dt.date) -> tuple[dt.date, dt.date]:
        """First and last day to act before ``day``; raises :class:`~checker.calendar.days.OutOfRange`."""
        return self._earlier(day, self.within) or dt.date.min, self._earlier(day, self.at_least) or day

    def _later(self, day: dt.date, duration: Duration | None) -> dt.date | None:
        if duration is None:
            return None
        # no days at all: that very day, whether or not the office works on it
        return due(day, duration, self.calendar) if duration.amount else day

    def _earlier(self, day: dt.date, duration: Duration | None) -> dt.date | None:
        if duration is None:
            return None
        return due_before(day, duration, self.calendar) if duration.amount else day

    def beyond(self, last: dt.date, day: dt.date) -> Duration:
        """By how much ``day`` lies after ``last``, in the unit of the term; months count as calendar days.

        What is done on a closed day counts as done on the next business day.
        """
        if self._unit() == "business day":
            return Duration(self.calendar.count(last, self.calendar.add(day, 0)), "business day")
        return Duration((day - last).days, "calendar day")

    def short_of(self, first: dt.date, day: dt.date) -> Duration:
        """By how much ``day`` lies before ``first``; else as :meth:`beyond`."""
        if self._unit() == "business day":
            return Duration(max(1, self.calendar.count(day, first)), "business day")
        return Duration((first - day).days, "calendar day")

    def _unit(self) -> Literal["business day", "calendar day", "month"]:
        known = self.within or self.at_least
        return known.unit if known else "calendar day"


def read_term(within: str | None, at_least: str | None, pack: Pack, calendar: Calendar) -> Term:
    """The term that the words of a rule mean in ``pack``; raises :class:`~checker.calendar.durations.BadDuration`."""
    days = pack.info.days
    return Term(
        _duration(within, days) if within is not None else None,
        _duration(at_least, days) if at_least is not None else None,
        calendar,
    )


_duration = lru_cache(maxsize=256)(read_duration)
