"""The showing of the work: how a term was counted, in one sentence that a reviewer can follow with a wall calendar."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from checker.calendar.days import Calendar
from checker.calendar.durations import Duration, due, due_before
from checker.spanish.saying import WEEKDAYS, joined, spoken, spoken_range, spoken_short

_MOST = 4
"""Stretches of rest that are told one by one; beyond them, only how many days, the first and the last."""

Ends = Literal["venció", "vence"]


def working(start: dt.date, trigger: str, duration: Duration, calendar: Calendar, ends: Ends = "venció") -> str:
    """How the term that ``start`` sets off was counted; ``trigger`` says in Spanish, without article, what happened that day.

    «Se cuenta desde el 30 de enero de 2026 (corte): 5 días hábiles; no se cuentan sábados y domingos ni el 2 de febrero (Día de
    la Constitución); el plazo venció el 9 de febrero de 2026.» Raises :class:`~checker.calendar.days.OutOfRange`.
    """
    last = due(start, duration, calendar)
    between = _between(start, last, start.year, calendar) if duration.unit == "business day" else ""
    return f"Se cuenta desde el {spoken(start)} ({trigger}): {duration}{between}; el plazo {ends} el {spoken(last)}."


def working_before(end: dt.date, trigger: str, duration: Duration, calendar: Calendar) -> str:
    """How the last day to act was counted back from ``end``, on which ``trigger`` happens; else as :func:`working`."""
    last = due_before(end, duration, calendar)
    day = dt.timedelta(1)
    between = _between(last - day, end - day, end.year, calendar) if duration.unit == "business day" else ""
    return f"Se cuenta hacia atrás desde el {spoken(end)} ({trigger}): {duration}{between}; el último día es el {spoken(last)}."


def _between(start: dt.date, last: dt.date, year: int, calendar: Calendar) -> str:
    """Which days after ``start`` up to ``last`` were not counted and why, to follow the term; the year is said where it is another."""
    skipped = calendar.skipped(start, last)
    weekends = joined([f"{name}s" for name in WEEKDAYS[5:] if any(why == name for _, why in skipped)])
    rests = _stretches([(day, why) for day, why in skipped if why not in WEEKDAYS], calendar)
    told = [weekends] if weekends else []
    if len(rests) > _MOST:
        days = sum(day.weekday() < 5 for day, _ in skipped)
        (first, _, why), (_, final, wherefore) = rests[0], rests[-1]
        told.append(
            f"otros {days} días de descanso, del {_said(first, year)} ({why}) al {_said(final, year)} ({wherefore})"
        )
    else:
        told += [_stretch(*rest, year) for rest in rests]
    said = ""
    if told:
        verb = "no se cuenta" if not weekends and len(rests) == 1 and rests[0][0] == rests[0][1] else "no se cuentan"
        said = f"; {verb} {', '.join(told[:-1])}{' ni ' if told[:-1] else ''}{told[-1]}"
    opened = sorted(
        day for day in calendar.opened if start < day <= last and (day.weekday() > 4 or day in calendar.holidays)
    )
    if opened:
        verb = "sí se cuenta" if len(opened) == 1 else "sí se cuentan"
        said += f"; {verb} {joined([f'el {_said(day, year)}' for day in opened])}, por estar habilitado{'s' * (len(opened) > 1)}"
    return said


def _stretches(rests: list[tuple[dt.date, str]], calendar: Calendar) -> list[tuple[dt.date, dt.date, str]]:
    """Days of rest of the same name with nothing but closed days between them, as (first, last, name)."""
    found: list[tuple[dt.date, dt.date, str]] = []
    for day, why in rests:
        if found and found[-1][2] == why and not calendar.count(found[-1][1], day):
            found[-1] = (found[-1][0], day, why)
        else:
            found.append((day, day, why))
    return found


def _stretch(first: dt.date, last: dt.date, why: str, year: int) -> str:
    if first == last:
        return f"el {_said(first, year)} ({why})"
    return f"los días del {spoken_range(first, last, year=last.year != year)} ({why})"


def _said(day: dt.date, year: int) -> str:
    return spoken_short(day) if day.year == year else spoken(day)
