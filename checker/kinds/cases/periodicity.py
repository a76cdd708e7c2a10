"""``periodicity``: something is done in every period of a kind, from the first to the last day that the case shows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated

import msgspec

from checker.cases.model import Case, Step
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.cases.asking import CaseParams, possible, unit_of
from checker.kinds.cases.deadline import Every
from checker.kinds.cases.telling import called, subject
from checker.kinds.protocol import Context
from checker.packs.procedures import Events
from checker.spanish.saying import joined, spoken

_NAMED = 8
"""Missing periods that are named; beyond them only how many more."""
_EACH = {
    "day": "cada día hábil",
    "week": "cada semana",
    "fortnight": "cada quincena",
    "month": "cada mes",
    "quarter": "cada trimestre",
    "semester": "cada semestre",
    "year": "cada año",
}


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


class _Series(msgspec.Struct, frozen=True):
    """The instances of one unit, or of the case where units are not told."""

    unit: str
    steps: list[Step]
    counts: Counter[dt.date]
    """First day of a period → instances."""
    stated: tuple[dt.date, dt.date] | None
    """First days of the earliest and latest period that instances name."""


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """The periods without an instance, for each unit that has any instance at all; one fact for each unit."""
    if not params.asked(case):
        return
    steps = case.select(params.of)
    placed = [s for s in steps if _starts(s, params.every)]
    if not placed:
        return
    units = dict.fromkeys(unit_of(s) for s in placed)
    unsaid = [s for s in placed if not unit_of(s)] if len(units) > 1 else []
    vague = _series("", [*unsaid, *possible(case, params.of)], params.every).counts
    doubtful = len(placed) < len(steps)
    for unit in units:
        if unit or len(units) == 1:
            series = _series(unit, [s for s in placed if unit_of(s) == unit], params.every)
            yield from _gaps(rule, params, case, series, vague, doubtful)


def _starts(step: Step, every: Every) -> list[dt.date]:
    """First days of the periods that an instance is of: the one it states, else the one in which it took place; none without a day."""
    from checker.calendar.days import OutOfRange
    from checker.calendar.spans import period_of, periods

    stated = _stated(step)
    try:
        if stated is not None:
            return [p.start for p in periods(stated[0], stated[1], every)]
        return [period_of(step.day, every).start] if step.day else []
    except OutOfRange:
        return []


def _stated(step: Step) -> tuple[dt.date, dt.date] | None:
    if not step.event.period:
        return None
    from checker.calendar.spans import read_span

    span = read_span(step.event.period, step.day.year if step.day else None)
    return (span.start, span.end) if span else None


def _series(unit: str, steps: list[Step], every: Every) -> _Series:
    counts = Counter(start for s in steps for start in _starts(s, every))
    named = [start for s in steps if _stated(s) for start in _starts(s, every)]
    return _Series(unit, steps, counts, (min(named), max(named)) if named else None)


def _gaps(
    rule: str, params: Params, case: Case, series: _Series, vague: Counter[dt.date], doubtful: bool
) -> Iterator[Fact]:
    from checker.calendar.spans import Span, periods

    extent = _extent(params, case, series)
    if extent is None:
        return
    first, last = extent
    missing: list[Span] = []
    for period in periods(min([first, *_ends(series)]), max([last, *_ends(series)]), params.every):
        if params.every == "day" and not (params.natural or case.calendar.is_business(period.start)):
            continue
        if series.counts[period.start] < params.times and _asked(period, first, last, series):
            missing.append(period)
    certain = [p for p in missing if series.counts[p.start] + vague[p.start] < params.times]
    told = certain or missing
    if not told:
        return
    before = [s for s in series.steps if max(_starts(s, params.every)) < told[0].start]
    anchor = before[-1] if before else series.steps[0]
    words = {
        "what": called(case, params.of),
        "missing": _names(told),
        "unit": f" (unidad: {series.steps[0].event.unit})" if series.unit else "",
        "found": str(len(series.steps)),
        "extent": f"del {spoken(first)} al {spoken(last)}",
    }
    attributes: dict[str, str | int | bool] = {"missing": len(told), "sure": bool(certain) and not doubtful}
    yield Fact("periodicity", rule, attributes, subject(params.of), anchor.place, anchor.quote, words=words)


def _ends(series: _Series) -> Sequence[dt.date]:
    return series.stated or ()


def _extent(params: Params, case: Case, series: _Series) -> tuple[dt.date, dt.date] | None:
    """First and last day between which periods are asked; None where no event has a day."""
    from checker.calendar.days import FIRST_YEAR, LAST_YEAR

    chosen = case.select(params.span) if params.span else series.steps if params.once_begun else case.steps
    days = [s.day for s in chosen if s.day and FIRST_YEAR < s.day.year < LAST_YEAR]
    last = max(days, default=None) if params.span else case.last_day
    return (min(days), min(last, dt.date(LAST_YEAR - 1, 12, 31))) if days and last else None


def _asked(period: object, first: dt.date, last: dt.date, series: _Series) -> bool:
    """Whether a period lies wholly in the extent, or between two that instances name.

    Where instances name their period they may come after it: a period is then asked only once the next is over too.
    """
    from checker.calendar.spans import Span, following

    assert isinstance(period, Span)
    if series.stated is not None:
        if series.stated[0] < period.start < series.stated[1]:
            return True
        return first <= period.start and following(period).end <= last
    return first <= period.start and period.end <= last


def _names(missing: Sequence[object]) -> str:
    from checker.calendar.spans import Span

    names = [p.of for p in missing if isinstance(p, Span)]
    if len(names) > _NAMED:
        names = [
            *names[: _NAMED - 1],
            f"de otros {len(names) - _NAMED + 1} periodos, el último {names[-1]}",
        ]
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
    due = f"debe haber {owed} {'cada día' if params.natural else _EACH[params.every]}; en el registro, {w['extent']}, hay {w['found']}"
    unsaid = "hay eventos de los que el registro no dice la fecha, la unidad o el documento"
    if say == "unsure":
        return f"No se pudo determinar si consta {w['what']} {w['missing']}{w['unit']}: {unsaid}; {due}."
    lack = "No consta" if params.times == 1 else "No consta las veces debidas"
    return f"{lack} {w['what']} {w['missing']}{w['unit']}: {due}."
