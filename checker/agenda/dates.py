"""The days on which what hangs on the calendar alone falls due, within the days asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

import msgspec

from checker.calendar.days import FIRST_YEAR, LAST_YEAR, Calendar
from checker.calendar.durations import Duration, due
from checker.calendar.spans import EVERY, Every, Span, period_of, periods
from checker.calendar.working import working
from checker.spanish.saying import MONTH_NAMES, WEEKDAYS, spoken, spoken_range

FIRST, LAST = FIRST_YEAR + 2, LAST_YEAR - 2
"""Years that may be asked for: what falls due in them begins and ends in years that calendars know."""
_DAY = dt.timedelta(1)


class Instance(msgspec.Struct, frozen=True):
    """One time that something is owed; see :class:`checker.agenda.model.Dated`."""

    last: dt.date
    first: dt.date | None
    period: str
    anchor: dt.date
    working: str


def closing(
    start: dt.date,
    end: dt.date,
    every: Every,
    months: Collection[int],
    term: Duration,
    calendar: Calendar,
    *,
    early: bool = False,
) -> Iterator[Instance]:
    """Due so long after each period closes: those whose last day lies between ``start`` and ``end``.

    ``months``: only these closes; ``early``: it may be done before the close.
    """
    for span in _reaching(start, end, every, term):
        last = due(span.end, term, calendar)
        if start <= last <= end and (not months or span.end.month in months):
            told = working(span.end, f"cierre {span.of}", term, calendar, "vence")
            first = min(span.end + _DAY, last)
            told += _worked(first, last, calendar)
            yield Instance(last, None if early else first, span.name, span.start, told)


def opening(
    start: dt.date, end: dt.date, every: Every, months: Collection[int], term: Duration, calendar: Calendar
) -> Iterator[Instance]:
    """Due within so many days of each period's beginning, its first day included; else as :func:`closing`."""
    for span in _reaching(start, end, every, term):
        eve = span.start - _DAY
        last = due(eve, term, calendar)
        if start <= last <= end and (not months or span.start.month in months):
            told = working(eve, f"{span.name} comienza al día siguiente", term, calendar, "vence")
            told += _worked(span.start, last, calendar)
            yield Instance(last, span.start, span.name, span.start, told)


def windows(
    start: dt.date, end: dt.date, months: Collection[int], days: tuple[int, int] | None, calendar: Calendar
) -> Iterator[Instance]:
    """Due within these months, the whole of those that follow one another; with ``days``, between these days of each."""
    year = dt.timedelta(366)  # no window that ends or begins in the days asked for reaches further
    run: list[Span] = []
    for span in periods(_known(start - year), _known(end + year), "month"):
        if run and (days or run[-1].end + _DAY != span.start):
            yield from _window(run, days, start, end, calendar)
            run = []
        if span.start.month in months:
            run.append(span)
    if run:
        yield from _window(run, days, start, end, calendar)


def recurring(start: dt.date, end: dt.date, every: Every, times: int, calendar: Calendar) -> Iterator[Instance]:
    """Due ``times`` in each period: on its last business day, where it has one."""
    often = "Una vez" if times == 1 else f"{times} veces"
    for span in periods(start, end, every):
        worked = calendar.add(span.end + _DAY, -1)
        last = worked if worked in span else span.end
        if start <= last <= end:
            told = (
                f"{often} en el periodo {span.of}; su último día hábil es el {WEEKDAYS[last.weekday()]} {spoken(last)}."
            )
            yield Instance(last, span.start, span.name, span.start, told)


def _reaching(start: dt.date, end: dt.date, every: Every, term: Duration) -> Iterator[Span]:
    """Every period from which a term may reach into the days asked for."""
    reach = {"business day": 3, "calendar day": 1, "month": 31}[term.unit] * term.amount + 31
    return periods(_known(start - dt.timedelta(reach)), end, every)


def _window(
    run: list[Span], days: tuple[int, int] | None, start: dt.date, end: dt.date, calendar: Calendar
) -> Iterator[Instance]:
    first, last = run[0].start, run[-1].end
    if days:
        first, last = first.replace(day=days[0]), last.replace(day=min(days[1], last.day))
    if not start <= last <= end:
        return
    told = f"Debe hacerse del {spoken_range(first, last)}.{_worked(first, last, calendar)}"
    yield Instance(last, first, _run_name(run), first, told)


def _worked(first: dt.date, last: dt.date, calendar: Calendar) -> str:
    """A sentence about the last business day from ``first`` on, where the office does not work on ``last``."""
    why = calendar.why_closed(last)
    worked = calendar.add(last, -1) if why else last
    if not why or worked < first:
        return ""
    what = why if last.weekday() > 4 else f"de descanso: {why}"
    return f" Ese día es {what}; el último hábil es el {WEEKDAYS[worked.weekday()]} {spoken(worked)}."


def _run_name(run: list[Span]) -> str:
    """``octubre de 2026``, ``cuarto trimestre de 2026``, ``noviembre de 2026 a enero de 2027``."""
    first, last = run[0], run[-1]
    for every in EVERY[3:]:
        whole = period_of(first.start, every)
        if (whole.start, whole.end) == (first.start, last.end):
            return whole.name
    beginning = MONTH_NAMES[first.start.month - 1] if first.start.year == last.end.year else first.name
    return f"{beginning} a {last.name}"


def _known(day: dt.date) -> dt.date:
    """``day``, or the nearest one that calendars know."""
    return min(max(day, dt.date(FIRST_YEAR, 1, 1)), dt.date(LAST_YEAR, 12, 31))
