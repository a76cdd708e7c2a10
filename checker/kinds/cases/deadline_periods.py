"""Terms that the calendar opens: from the close of a period, or on its first days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from checker.calendar.days import FIRST_YEAR, LAST_YEAR, OutOfRange
from checker.calendar.spans import Every, Span, following, period_of, previous, read_span
from checker.calendar.working import working
from checker.cases.model import Case, Step
from checker.facts import Fact
from checker.kinds.cases.asking import silence
from checker.kinds.cases.belonging import unit_of
from checker.kinds.cases.telling import besides, called, happened, subject
from checker.kinds.cases.terms import Term
from checker.spanish.saying import spoken

if TYPE_CHECKING:
    from checker.kinds.cases.deadline import Params

_DAY = dt.timedelta(1)


class _Due(msgspec.Struct, frozen=True):
    """An act and the period from which its term is counted."""

    step: Step
    day: dt.date
    span: Span
    start: dt.date
    """The day from which is counted."""
    last: dt.date
    stated: bool
    """The record says which period it is."""
    early: bool = False
    """Before the period has closed, where that is no delivery at all."""

    @property
    def in_time(self) -> bool:
        """Neither early nor late."""
        return self.day <= self.last and not self.early


def against_periods(rule: str, params: Params, case: Case, term: Term) -> Iterator[Fact]:
    """Acts out of time, in their order. Which instances are missing is asked by ``periodicity``."""
    undated: list[Step] = []
    found: list[_Due] = []
    for step in case.select(params.of):
        try:
            due = _due(step, params, term)
        except OutOfRange:
            undated.append(step)
            continue
        if due is not None:
            found.append(due)
    in_time = {_whose(d) for d in found if d.in_time}
    for due in found:
        if due.in_time:
            continue
        again = _whose(due) in in_time
        if again and due.stated and any(_whose(due)[:2]):
            continue  # delivered once more, after it had come in time
        yield _fact(rule, params, case, term, due, again)
    if undated:
        words = {"what": called(case, params.of, undated[0]), "more": besides(len(undated))}
        about = subject(params.of, undated[0])
        silent = silence(case, "at")
        attributes: dict[str, str | int | bool] = {"state": "undated", "by": 0, "silent": silent}
        yield Fact("deadline", rule, attributes, about, undated[0].place, undated[0].quote, (), words)


def _whose(due: _Due) -> tuple[str, tuple[str, ...], Span]:
    """Unit, roles and period of an act."""
    return unit_of(due.step), due.step.roles, due.span


def _due(step: Step, params: Params, term: Term) -> _Due | None:
    """The term of an act; None where its period closes in a month that does not count. Raises :class:`OutOfRange` without a day."""
    if step.day is None or not FIRST_YEAR < step.day.year < LAST_YEAR:
        raise OutOfRange(f"{step.day} cannot be counted with")
    if params.opening_of:
        span = period_of(step.day, params.opening_of)
        while params.months and span.start.month not in params.months:
            span = previous(span)
        start = span.start - _DAY
        return _Due(step, step.day, span, start, term.after(start)[1], stated=True)
    assert params.close_of, "a term from the calendar has a close or an opening"
    said = read_span(step.event.period, step.day.year) if step.event.period else None
    if said is not None:
        span = period_of(said.end, params.close_of)
        if params.months and span.end.month not in params.months:
            return None
    else:
        span = _closed(step.day, params.close_of, params)
    early = step.day < span.end and not params.nearest
    return _Due(step, step.day, span, span.end, term.after(span.end)[1], said is not None, early)


def _closed(day: dt.date, every: Every, params: Params) -> Span:
    """The period that closed last, that day included; with ``nearest``, the one whose close is nearest."""
    span = period_of(day, every)
    ahead = span
    while params.months and ahead.end.month not in params.months:
        ahead = following(ahead)
    if ahead.end == day:
        return ahead
    span = previous(span)
    while params.months and span.end.month not in params.months:
        span = previous(span)
    return ahead if params.nearest and ahead.end - day < day - span.end else span


def _fact(rule: str, params: Params, case: Case, term: Term, due: _Due, again: bool) -> Fact:
    within = term.within
    assert within is not None, "a term from the calendar has a last day"
    trigger = f"cierre {due.span.of}" if params.close_of else f"{due.span.name} comienza al día siguiente"
    words = {
        "what": called(case, params.of, due.step),
        "when": happened(case, due.step),
        "trigger": f"el {trigger}, el {spoken(due.start)}",
        "working": working(due.start, trigger, within, term.calendar) if within.amount else "",
    }
    by = 0
    if due.early:
        state = "ahead"
    elif again or (due.step.event.period and not due.stated):
        state = "vague"
        words["why"] = " o de qué unidad; otro consta en plazo" if again else f" («{due.step.event.period}»)"
    else:
        state = "late"
        over = term.beyond(due.last, due.day)
        by, words["by"] = over.amount, str(over)
    attributes: dict[str, str | int | bool] = {"state": state, "by": by}
    about = subject(params.of, due.step)
    return Fact("deadline", rule, attributes, about, due.step.place, due.step.quote, (), words)
