"""``periodicity``: something is done in every period of a kind, from the first to the last day that the case shows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Annotated

import msgspec

from checker.calendar.days import Calendar
from checker.calendar.spans import EACH, Every
from checker.cases.model import Case, Step
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.cases.asking import CaseParams, possible
from checker.kinds.cases.belonging import unit_of
from checker.kinds.cases.telling import called, subject
from checker.kinds.protocol import Context
from checker.packs.procedures import Events
from checker.spanish.saying import joined, spoken

_NAMED = 8
"""Missing periods that are named; beyond them only how many more."""
_FIRST, _LAST = dt.date(1990, 1, 1), dt.date(2099, 12, 31)
"""Days that periods are asked between: what lies outside is a slip of the pen."""


class Params(CaseParams, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words of the kind."""

    of: Events
    every: Every
    """``day`` asks for business days."""
    natural: bool = False
    """With ``day``: for every day of the calendar."""
    times: Annotated[int, msgspec.Meta(ge=1)] = 1
    """So many in each period."""
    span: Events | None = None
    """Periods are asked from the first to the last of these events, instead of from the first to the last of the case."""
    once_begun: bool = False
    """Periods are asked from the first instance on, each unit's own."""


class _Instance(msgspec.Struct, frozen=True):
    """An event and the periods that it is of, by their first days."""

    step: Step
    starts: tuple[dt.date, ...]
    stated: bool
    """The record says which; else it is the period in which it took place."""


class _Period(msgspec.Struct, frozen=True):
    """A period that may be asked for."""

    start: dt.date
    end: dt.date
    next_end: dt.date
    """Last day of the next one."""
    name: str
    """After «de»."""


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """The periods without an instance, for each unit that has any instance at all; one fact for each unit."""
    if not params.asked(case):
        return
    steps = case.select(params.of)
    found = [i for s in steps if (i := _instance(s, params.every)).starts]
    if not found:
        return
    periods = _periods(params, case, found)
    if not _any_whole(case, periods) and not any(i.stated for i in found):
        return
    series: dict[str, list[_Instance]] = {}
    for instance in found:
        series.setdefault(unit_of(instance.step), []).append(instance)
    unsaid = series.pop("", []) if len(series) > 1 else []
    may_be = [_instance(s, params.every) for s in possible(case, params.of)]
    vague = Counter(start for i in (*unsaid, *may_be) for start in i.starts)
    whole = _extent(case, case.select(params.span) if params.span else case.steps, to_the_end=params.span is None)
    doubtful = len(found) < len(steps)
    for own in series.values():
        extent = _extent(case, [i.step for i in own], to_the_end=True) if params.once_begun else whole
        if extent is not None:
            yield from _gaps(rule, params, case, own, extent, periods, vague, doubtful)


def _instance(step: Step, every: Every) -> _Instance:
    starts, stated = _starts(step.event.period, step.day, every)
    return _Instance(step, starts, stated)


@lru_cache(maxsize=4096)
def _starts(said: str | None, day: dt.date | None, every: Every) -> tuple[tuple[dt.date, ...], bool]:
    """First days of the periods of an event that states ``said`` and took place on ``day``; and whether it is what it states."""
    from checker.calendar.days import OutOfRange
    from checker.calendar.spans import period_of, periods, read_span

    span = read_span(said, day.year if day else None) if said else None
    try:
        if span is not None:
            starts = [p.start for p in periods(span.start, span.end, every)]
        else:
            starts = [period_of(day, every).start] if day else []
    except OutOfRange:
        starts = []
    return tuple(s for s in starts if _FIRST <= s <= _LAST), span is not None


def _any_whole(case: Case, periods: Sequence[_Period]) -> bool:
    """Whether any period lies wholly within the days of the case; only such are asked where no instance states its own."""
    extent = _extent(case, case.steps, to_the_end=True)
    return extent is not None and any(extent[0] <= p.start and p.end <= extent[1] for p in periods)


def _periods(params: Params, case: Case, found: Sequence[_Instance]) -> tuple[_Period, ...]:
    """Every period of the case's days and of those that instances name."""
    starts = [start for i in found for start in i.starts]
    first, last = _extent(case, case.steps, to_the_end=True) or (min(starts), max(starts))
    office = case.calendar if params.every == "day" and not params.natural else None
    first, last = (_starts(None, day, params.every)[0][0] for day in (first, last))  # alike for many cases
    return _between(min(first, *starts), max(last, *starts), params.every, office)


@lru_cache(maxsize=1024)
def _between(first: dt.date, last: dt.date, every: Every, office: Calendar | None) -> tuple[_Period, ...]:
    """The periods from ``first`` to ``last``; of days only those that the ``office`` works, where one is given."""
    from checker.calendar.spans import following, periods

    return tuple(
        _Period(p.start, p.end, following(p).end, p.of)
        for p in periods(first, last, every)
        if office is None or office.is_business(p.start)
    )


def _extent(case: Case, steps: Sequence[Step], *, to_the_end: bool) -> tuple[dt.date, dt.date] | None:
    """The first day of ``steps``, which stand in order, and their last or that of the case; None where no event has a day."""
    first = next(_days(steps), None)
    last = case.last_day if to_the_end else next(_days(reversed(steps)), None)
    return (first, max(first, min(last, _LAST))) if first and last else None


def _days(steps: Iterable[Step]) -> Iterator[dt.date]:
    return (day for s in steps if (day := s.day) is not None and _FIRST <= day <= _LAST)


def _gaps(
    rule: str,
    params: Params,
    case: Case,
    own: Sequence[_Instance],
    extent: tuple[dt.date, dt.date],
    periods: Sequence[_Period],
    vague: Counter[dt.date],
    doubtful: bool,
) -> Iterator[Fact]:
    counts = _covered(params, own, periods)
    named = [start for i in own if i.stated for start in i.starts]
    bounds = (min(named), max(named)) if named else None
    missing = [p for p in periods if counts.get(p.start, 0) < params.times and _asked(p, extent, bounds)]
    certain = [p for p in missing if counts.get(p.start, 0) + vague.get(p.start, 0) < params.times]
    told = certain or missing
    if not told:
        return
    before = [i.step for i in own if i.starts[-1] < told[0].start]
    anchor = before[-1] if before else own[0].step
    unit = own[0].step.event.unit
    words = {
        "what": called(case, params.of),
        "missing": _names(told),
        "unit": f" (unidad: {unit})" if unit else "",
        "found": str(len(own)),
        "extent": f"del {spoken(extent[0])} al {spoken(extent[1])}",
    }
    attributes: dict[str, str | int | bool] = {"missing": len(told), "sure": bool(certain) and not doubtful}
    yield Fact("periodicity", rule, attributes, subject(params.of), anchor.place, anchor.quote, words=words)


def _covered(params: Params, own: Sequence[_Instance], periods: Sequence[_Period]) -> dict[dt.date, int]:
    """How many instances each period has. One too many in the first half of a period, that states none, is that of the period before:
    what is made of a month is often made in the first days of the next.
    """
    counts = Counter(start for i in own for start in i.starts)
    if params.every == "day":
        return counts
    ends = {p.start: p.end for p in periods}
    early = Counter(
        i.starts[0]
        for i in own
        if not i.stated and i.step.day and i.step.day - i.starts[0] < ends[i.starts[0]] - i.step.day
    )
    lent = 0
    for period in reversed(periods):
        have = counts[period.start] + lent
        lent = min(early[period.start], max(0, have - params.times))
        counts[period.start] = have - lent
    return counts


def _asked(period: _Period, extent: tuple[dt.date, dt.date], bounds: tuple[dt.date, dt.date] | None) -> bool:
    """Whether a period lies wholly in the extent, or between two that instances name.

    Where instances name their period they may come after it: a period is then asked only once the next is over too.
    """
    first, last = extent
    if bounds is None:
        return first <= period.start and period.end <= last
    return bounds[0] < period.start < bounds[1] or (min(first, bounds[0]) <= period.start and period.next_end <= last)


def _names(missing: Sequence[_Period]) -> str:
    names = [p.name for p in missing[:_NAMED]]
    if len(missing) > _NAMED:
        names[-1] = f"de otros {len(missing) - _NAMED + 1} periodos, el último {missing[-1].name}"
    return joined(names)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """A period lacks an instance; or may lack it."""
    return (
        Clause("periodicity", rule, (Test("missing", ">", 0), Test("sure", "==", True)), "violated", "missing"),
        Clause("periodicity", rule, (Test("missing", ">", 0), Test("sure", "==", False)), "undetermined", "unsure"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What is missing, by name, and between which days."""
    w = fact.words
    owed = "uno" if params.times == 1 else str(params.times)
    due = f"debe haber {owed} {'cada día' if params.natural else EACH[params.every]}; en el registro, {w['extent']}, hay {w['found']}"
    unsaid = "hay eventos de los que el registro no dice la fecha, la unidad o el documento"
    if say == "unsure":
        return f"No se pudo determinar si consta {w['what']} {w['missing']}{w['unit']}: {unsaid}; {due}."
    lack = "No consta" if params.times == 1 else "No consta las veces debidas"
    return f"{lack} {w['what']} {w['missing']}{w['unit']}: {due}."
