"""Pairing triggers with acts, and counting days, against brute force."""

from __future__ import annotations

import datetime as dt

from hypothesis import example, given, settings
from hypothesis import strategies as st

from checker.calendar.days import calendar_named
from checker.calendar.durations import Duration
from checker.kinds.cases.pairs import Dated, Trigger, pair, together
from checker.kinds.cases.terms import Term

from .judging import answers, event

START = dt.date(2026, 1, 1)
CALENDAR = calendar_named("mx-federal")
days = st.integers(0, 40)
units = st.sampled_from(["", "norte", "sur"])


def on(day: int) -> dt.date:
    return START + dt.timedelta(day)


def made(
    opened: list[tuple[int, str]], done: list[tuple[int, str]], length: int, after: bool
) -> tuple[list[Trigger], list[Dated]]:
    marks = [Dated(n, on(day), unit) for n, (day, unit) in enumerate(sorted(opened))]
    span = dt.timedelta(length)
    triggers = [Trigger(m, m.day, m.day + span) if after else Trigger(m, m.day - span, m.day) for m in marks]
    return triggers, [Dated(n, on(day), unit) for n, (day, unit) in enumerate(sorted(done))]


def most(triggers: list[Trigger], acts: list[Dated]) -> int:
    """How many pairs in time there can be at all: augmenting paths."""
    taken: dict[int, int] = {}

    def place(n: int, tried: set[int]) -> bool:
        for m, act in enumerate(acts):
            if triggers[n].first <= act.day <= triggers[n].last and m not in tried:
                tried.add(m)
                if m not in taken or place(taken[m], tried):
                    taken[m] = n
                    return True
        return False

    return sum(place(n, set()) for n in range(len(triggers)))


@given(st.lists(days, max_size=8), st.lists(days, max_size=8), st.integers(0, 9), st.booleans())
def test_as_many_as_can_be_are_in_time(opened: list[int], done: list[int], length: int, after: bool) -> None:
    triggers, acts = made([(d, "") for d in opened], [(d, "") for d in done], length, after)
    assert len(pair(triggers, acts, after=after).in_time) == most(triggers, acts)


@given(
    st.lists(st.tuples(days, units), max_size=8),
    st.lists(st.tuples(days, units), max_size=8),
    st.integers(0, 9),
    st.booleans(),
)
def test_nothing_is_lost_and_nothing_is_paired_twice(
    opened: list[tuple[int, str]], done: list[tuple[int, str]], length: int, after: bool
) -> None:
    triggers, acts = made(opened, done, length, after)
    found = pair(triggers, acts, after=after)
    told = [t.at.position for t, _ in (*found.in_time, *found.off)] + [t.at.position for t in found.unanswered]
    assert sorted(told) == list(range(len(triggers)))
    used = [a.position for _, a in (*found.in_time, *found.off)] + [a.position for a in found.orphans]
    assert len(used) == len(set(used))
    assert all(t.first <= a.day <= t.last for t, a in found.in_time)
    assert all(not t.first <= a.day <= t.last for t, a in found.off)
    assert all(together(t.at, a) for t, a in (*found.in_time, *found.off))
    for orphan in found.orphans:
        own_side = [t for t in triggers if (t.at.day <= orphan.day if after else t.at.day >= orphan.day)]
        assert not any(together(t.at, orphan) for t in own_side)
    for trigger in found.unanswered:
        assert not any(trigger.first <= a.day <= trigger.last and together(trigger.at, a) for a in found.orphans)


def counted(start: dt.date, n: int, business: bool, step: int) -> dt.date:
    """The nth day from ``start``, walked one by one."""
    day = start
    while n:
        day += dt.timedelta(step)
        n -= not business or CALENDAR.is_business(day)
    return day


@given(st.integers(0, 800), st.integers(0, 800), st.integers(0, 30), st.booleans(), st.sampled_from([1, -1]))
@example(30, 40, 5, True, 1)
def test_days_are_counted_as_on_a_wall_calendar(opens: int, acts: int, length: int, business: bool, step: int) -> None:
    term = Term(Duration(length, "business day" if business else "calendar day"), None, CALENDAR)
    opened, acted = on(opens), on(acts)
    limit = counted(opened, length, business, step)
    if step == 1:
        assert term.after(opened) == (opened, limit)
        if acted > limit:
            late = term.beyond(limit, acted).amount
            done = acted if not business or CALENDAR.is_business(acted) else counted(acted, 1, True, 1)
            assert late >= 1
            assert counted(limit, late, business, 1) == done
    else:
        assert term.before(opened) == (limit, opened)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 60), st.integers(-10, 40), st.integers(1, 10))
def test_a_rule_tells_what_the_calendar_says(opens: int, after: int, length: int) -> None:
    words = {"of": {"activity": ["3"]}, "within": f"{length} business days", "after": {"activity": ["1"]}}
    acted = on(opens + after)
    found = answers("deadline", words, [event("1", on(opens).isoformat()), event("3", acted.isoformat())])
    limit = counted(on(opens), length, True, 1)
    assert [f.outcome for f in found] == ["violated"] * (after < 0 or acted > limit)
    if after < 0:
        assert "antes del hecho que abre el plazo" in found[0].message
    elif found:
        assert f"el plazo venció el {limit.day} de " in found[0].message
