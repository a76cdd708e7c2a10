"""Pairing what opens a term with what should be done within it.

One to one: first as many as can be in time, then each act left over with the nearest trigger left over on its own side, then what was
done on the wrong side of its trigger. Units and periods keep apart what they tell apart.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

_FAR = 200
"""How many of those left over are looked through for one that fits: only hostile records have more that do not."""
_ANY = "*"


class Dated(msgspec.Struct, frozen=True):
    """A trigger or an act."""

    position: int
    """In the order of time; what distinguishes it."""
    day: dt.date
    unit: str = ""
    period: str = ""
    moment: dt.datetime | None = None
    """Where the hour is known."""
    barred: int = -1
    """Position of the trigger that an act cannot answer: itself, where each opens the term of the next."""


class Trigger(msgspec.Struct, frozen=True):
    """With the days on which the act is in time, both included."""

    at: Dated
    first: dt.date
    last: dt.date


class Pairs(msgspec.Struct, frozen=True):
    """Every trigger is in one of the first three, every act in one of the others or more than was asked for."""

    in_time: list[tuple[Trigger, Dated]]
    off: list[tuple[Trigger, Dated]]
    """The act lies outside the days of its trigger."""
    unanswered: list[Trigger]
    orphans: list[Dated]
    """Acts that no trigger can have asked for."""


def pair(triggers: Sequence[Trigger], acts: Sequence[Dated], *, after: bool) -> Pairs:
    """Pair acts with triggers, both in the order of time; ``after`` says on which side of its trigger an act belongs.

    The days of later triggers neither begin nor end earlier. As many acts as possible are in time; those of the same unit and
    period come first.
    """
    in_time: list[tuple[Trigger, Dated]] = []
    for trigger_group, act_group in _groups(triggers, acts):
        in_time += _in_time(trigger_group, act_group, after)
    triggers, acts = _rest(triggers, acts, in_time)
    in_time += _in_time(triggers, acts, after)
    everyone = sorted((t for t, _ in in_time), key=lambda t: t.at.position)
    triggers, acts = _rest(triggers, acts, in_time)
    everyone = sorted([*everyone, *triggers], key=lambda t: t.at.position)
    off = _own_side(triggers, acts, after)
    triggers, acts = _rest(triggers, acts, off)
    orphans = list(_without(everyone, acts, after))
    early = _other_side(triggers, orphans, after)
    off += early
    triggers, orphans = _rest(triggers, orphans, early)
    return Pairs(in_time, off, list(triggers), list(orphans))


def together(trigger: Dated, act: Dated) -> bool:
    """Whether units and periods, where both state them, are the same, and the act is not barred from this trigger."""
    return (
        (not trigger.unit or not act.unit or trigger.unit == act.unit)
        and (not trigger.period or not act.period or trigger.period == act.period)
        and trigger.position != act.barred
    )


def _groups(triggers: Sequence[Trigger], acts: Sequence[Dated]) -> Iterator[tuple[list[Trigger], list[Dated]]]:
    """Those that state the same unit and period."""
    groups: dict[tuple[str, str], tuple[list[Trigger], list[Dated]]] = {}
    for trigger in triggers:
        groups.setdefault((trigger.at.unit, trigger.at.period), ([], []))[0].append(trigger)
    for act in acts:
        if (act.unit, act.period) in groups:
            groups[act.unit, act.period][1].append(act)
    yield from groups.values()


def _rest(
    triggers: Sequence[Trigger], acts: Sequence[Dated], paired: Sequence[tuple[Trigger, Dated]]
) -> tuple[list[Trigger], list[Dated]]:
    mine, yours = {t.at.position for t, _ in paired}, {a.position for _, a in paired}
    return [t for t in triggers if t.at.position not in mine], [a for a in acts if a.position not in yours]


def _in_time(triggers: Sequence[Trigger], acts: Sequence[Dated], after: bool) -> list[tuple[Trigger, Dated]]:
    """Each trigger with the first act in its days that is still free: as its days only move on, no other choice pairs more."""
    found = []
    taken: set[int] = set()
    start = 0
    for trigger in triggers:
        while start < len(acts) and (start in taken or acts[start].day < trigger.first):
            start += 1
        for n in range(start, min(len(acts), start + _FAR)):
            act = acts[n]
            if act.day > trigger.last:
                break
            if n not in taken and together(trigger.at, act) and _on_side(trigger.at, act, after):
                taken.add(n)
                found.append((trigger, act))
                break
    return found


def _on_side(trigger: Dated, act: Dated, after: bool) -> bool:
    """Within a day only hours that both state can set the act on the wrong side."""
    if trigger.day != act.day:
        return (act.day > trigger.day) is after
    if trigger.moment is None or act.moment is None:
        return True
    return act.moment >= trigger.moment if after else act.moment <= trigger.moment


def _own_side(triggers: Sequence[Trigger], acts: Sequence[Dated], after: bool) -> list[tuple[Trigger, Dated]]:
    """Each act with the nearest trigger left over on its own side: the latest before it, or the first after it."""
    found = []
    waiting: list[Trigger] = []
    events: list[tuple[tuple[dt.date, bool, int], Trigger | Dated]] = [
        *(((t.at.day, not after, t.at.position), t) for t in triggers),
        *(((a.day, after, a.position), a) for a in acts),
    ]
    events.sort(key=lambda e: e[0], reverse=not after)
    for _, event in events:
        if isinstance(event, Trigger):
            waiting.append(event)
            continue
        for n in range(len(waiting) - 1, max(-1, len(waiting) - 1 - _FAR), -1):
            if together(waiting[n].at, event) and _on_side(waiting[n].at, event, after):
                found.append((waiting.pop(n), event))
                break
    return found


def _without(triggers: Sequence[Trigger], acts: Sequence[Dated], after: bool) -> Iterator[Dated]:
    """The acts on whose own side no trigger stands that could be theirs, answered or not."""
    known: dict[tuple[str, str], list[Dated]] = {}
    for trigger in triggers if after else reversed(triggers):
        for unit in {trigger.at.unit, _ANY}:
            for period in {trigger.at.period, _ANY}:
                known.setdefault((unit, period), []).append(trigger.at)
    for act in acts:
        units, periods = ((said, "") if said else (_ANY,) for said in (act.unit, act.period))
        near = (t for unit in units for period in periods for t in known.get((unit, period), ())[:_FAR])
        if not any(_on_side(trigger, act, after) for trigger in near):
            yield act


def _other_side(triggers: Sequence[Trigger], acts: Sequence[Dated], after: bool) -> list[tuple[Trigger, Dated]]:
    """Each act left over with the nearest trigger left over on its wrong side."""
    found = []
    taken: set[int] = set()
    days = [t.at.day for t in triggers]
    for act in reversed(acts) if after else acts:
        at = bisect_right(days, act.day)
        near = range(at, min(len(triggers), at + _FAR)) if after else range(at - 1, max(-1, at - 1 - _FAR), -1)
        same_day = [n for n in range(max(0, at - _FAR), at) if days[n] == act.day] if after else []
        for n in (*same_day, *near):
            if n not in taken and together(triggers[n].at, act):
                taken.add(n)
                found.append((triggers[n], act))
                break
    return found
