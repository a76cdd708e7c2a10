"""How much it costs to align what remains of a record, from its last event backwards.

An optimal alignment is told by the events that keep their places: between two that do, every event is struck out and the cheapest way of
the net is put in. So of all places of the net only those just before a unit matter, and of all events only the next one of each unit:
striking out up to a later event of the same unit never costs less than keeping the earlier one. An event thus asks, at most, once for
each unit: ``way to it + what remains after its next event``.

Mostly it need not ask at all. Costs are kept as *c + i* (``c`` to align from event ``i`` on): striking out an event leaves them as they
are, keeping one makes them 1 less, all of it times ``MOVE``. No such cost lies below ``floor``, the least that any place of the net
has; so where the unit that has it may follow directly, nothing better can be found. A record without deviations is one look-up for
each event.

A group in any order has a cost for each set of its members that are done; ``_Group`` keeps them.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from operator import add
from typing import Literal

from checker.cases.net import Net, Unit

_SHIFT = 32
"""Costs stand above the position of the next event that keeps its place: the least of them has the earliest such event."""
_AT = (1 << _SHIFT) - 1
MOVE = 2
"""What a correction costs, so that of ways with as many corrections the one that does not break off costs less."""
_BREAKING_OFF = MOVE + 1
_NEVER = 1 << 28
"""No way: more than any cost by so much that records and nets of any size leave it so."""
_NOBODY = -1


class Exhausted(Exception):
    """More comparisons were needed than allowed."""

    def __init__(self, work: int) -> None:
        super().__init__(f"given up after {work} comparisons")
        self.work = work


Ending = Literal["whole", "broken-off", "extract"]
"""What is missing at the end costs as elsewhere · is one correction at most · costs nothing, as what is missing at the beginning."""


class Costs:
    """What ``costs_of`` found, for retracing. An event *keeps its place*, or belongs to a group and is *looked at* there."""

    __slots__ = ("begun", "first", "left", "next_event", "next_kept", "sets", "ways")

    def __init__(self, size: int, ways: Ways) -> None:
        self.ways = ways
        self.first = size
        """The first event that keeps its place or is looked at; the number of events where none does."""
        self.begun = 0
        """In an extract, the members of the group of ``first`` that are taken as done before it, as bits."""
        self.next_kept = [size] * size
        """After the unit of each event: the next that keeps its place or is looked at."""
        self.left: dict[int, int] = {}
        """After the group of each event of one: the cost."""
        self.sets: dict[int, array[int]] = {}
        """Of each event of a group: costs by the set of members done, from just before the event."""
        self.next_event: dict[int, int | None] = {}
        """Of each event of a group: the next event of the same group."""


class _Sets:
    """The sets of members of a group that may be done, as bits."""

    def __init__(self, unit: Unit) -> None:
        members, sets = unit.members, range(1 << len(unit.members))
        self.lacking = [
            MOVE * sum(name in unit.owed and not done >> n & 1 for n, name in enumerate(members)) for done in sets
        ]
        """What it costs to put in the members still owed, by set."""
        self.pairs = [[(done, done | 1 << n) for done in sets if not done >> n & 1] for n in range(len(members))]
        """Sets without and with a member, by member."""


class Ways:
    """The ways of a net, as this module counts them."""

    def __init__(self, net: Net, ending: Ending) -> None:
        units = range(net.end + 1)
        self.net, self.ending = net, ending
        self.free: list[Set[int]] = [
            net.free(unit) | {net.end} if ending == "extract" else net.free(unit) for unit in units
        ]
        """What may come next at no cost, by unit."""
        self.alone = [len(unit.members) == 1 for unit in net.units]
        """Which units are no groups."""
        self._rows: list[list[int] | None] = [None for _ in units]
        self._sets: dict[int, _Sets] = {}

    def sets(self, unit: int) -> _Sets:
        """The sets of a group."""
        if unit not in self._sets:
            self._sets[unit] = _Sets(self.net.units[unit])
        return self._sets[unit]

    def row(self, unit: int) -> list[int]:
        """Cost of the way from after a unit to just before each, and last to the end."""
        row = self._rows[unit]
        if row is None:
            costs = [_NEVER if cost is None else MOVE * cost for cost in self.net.route(unit).costs]
            costs[-1] = min(costs[-1], self.breaking_off(unit))
            row = self._rows[unit] = [cost << _SHIFT for cost in costs]
        return row

    def breaking_off(self, unit: int) -> int:
        """Cost of ending the record within or after a unit, whatever is missing."""
        if self.ending == "extract":
            return 0
        may = self.ending == "broken-off" and self.net.route(unit).costs[-1] is not None
        return _BREAKING_OFF if may else _NEVER


@lru_cache(maxsize=64)
def _ways(net: Net, ending: Ending) -> Ways:
    return Ways(net, ending)


class _Group:
    """The costs of a group in any order, by the set of its members that are done."""

    def __init__(self, sets: _Sets, breaking_off: int) -> None:
        self.sets = sets
        self.costs = [breaking_off] * len(sets.lacking)
        self.next_event: int | None = None
        self.left = 0
        """Cost from after the group, as of ``next_event``."""

    def meet(self, bit: int, left: int) -> list[int]:
        """Costs from just before an event of the group."""
        leaving = left >> _SHIFT
        costs = [
            cost if cost < leaving + lacking else leaving + lacking
            for cost, lacking in zip(self.costs, self.sets.lacking, strict=True)
        ]
        for done, then in self.sets.pairs[bit]:
            kept = costs[then] - MOVE
            if kept < costs[done]:
                costs[done] = kept
        self.costs, self.left = costs, left
        return costs


def costs_of(net: Net, labels: Sequence[str], ending: Ending, most_work: int) -> Costs:
    """Go through the record backwards. Raises ``Exhausted``."""
    size, end = len(labels), net.end
    ways = _ways(net, ending)
    found = Costs(size, ways)
    places, free, alone = net.places, ways.free, ways.alone
    next_kept = found.next_kept
    entry = [_NEVER << _SHIFT] * end
    """Cost from just before each unit by way of its next event, and last that of having ended."""
    entry.append(MOVE * size << _SHIFT | size)
    groups: dict[int, _Group] = {}
    floor, leader = MOVE * size, end
    work = 0

    def ask(unit: int) -> int:
        nonlocal work
        work += end
        if work > most_work:
            raise Exhausted(work)
        least: int = min(map(add, entry, ways.row(unit)))
        return least

    def ask_group(unit: int, group: _Group, at: int) -> int:
        """As ``ask``; but where the next event of the group is near, only what has changed since."""
        if group.next_event is None or group.next_event - at > end:
            return ask(unit)
        row = ways.row(unit)
        since = (places[name][0] for name in labels[at + 1 : group.next_event + 1] if name in places)
        return min(group.left, *(row[other] + entry[other] for other in since))

    for at in range(size - 1, -1, -1):
        place = places.get(labels[at])
        if place is None:
            continue
        unit = place[0]
        if alone[unit]:
            cost = entry[leader] if leader in free[unit] else ask(unit)
            kept = (cost >> _SHIFT) - MOVE
            entry[unit] = kept << _SHIFT | at
            least = kept
        else:
            group = groups.get(unit)
            if group is None:
                group = groups[unit] = _Group(ways.sets(unit), MOVE * size + ways.breaking_off(unit))
            cost = entry[leader] if leader in free[unit] else ask_group(unit, group, at)
            sets = group.meet(place[1], cost)
            work += len(sets)
            found.sets[at] = array("i", sets)
            found.left[at] = cost >> _SHIFT
            found.next_event[at], group.next_event = group.next_event, at
            kept, least = sets[0], min(sets)
            entry[unit] = kept << _SHIFT | at
        next_kept[at] = cost & _AT
        if kept <= floor and kept == least:
            floor, leader = kept, unit
        elif least < floor:
            floor, leader = least, _NOBODY
    cost = min(entry) if ending == "extract" else entry[leader] if leader in free[net.start] else ask(net.start)
    found.first = cost & _AT
    if ending == "extract":
        _begin_within(found, groups, cost >> _SHIFT)
    return found


def _begin_within(found: Costs, groups: Mapping[int, _Group], cost: int) -> None:
    """Let an extract begin within a group, where that costs less; with as few members done before it as may be."""
    ways = [
        (group.costs[done], done.bit_count(), done, group.next_event)
        for group in groups.values()
        for done in range(len(group.costs))
        if group.next_event is not None and group.costs[done] < cost
    ]
    if ways:
        _, _, found.begun, found.first = min(ways)
