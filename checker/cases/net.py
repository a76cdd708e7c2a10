"""The order that a procedure allows: which activity may follow which, where it begins and ends.

A net is made of *units*: an activity, or a block of activities that are all done in any order. It stands *after* a unit (or before the
first) and moves on to one that may follow. Units made only of optional activities are passed over at no cost.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import msgspec

MOST_IN_BLOCK = 8
"""Activities of one block: it has a state for each set of them."""


class NetError(ValueError):
    """What was given is no net: an activity in two blocks, a block too large, no way from a start to an end."""


class Unit(msgspec.Struct, frozen=True):
    """An activity, or several that are all done in any order."""

    members: tuple[str, ...]
    """In the procedure's order."""
    owed: tuple[str, ...]
    """Those that are not optional."""


class Route(msgspec.Struct, frozen=True):
    """The cheapest ways from one place of the net to the others."""

    costs: tuple[int | None, ...]
    """Activities passed on the way to just before each unit, and last to the end; None where there is none."""
    before: tuple[int | None, ...]
    """The unit passed last on that way; None where it is none."""


class Net:
    """Units, and what may follow each. Made by ``Net.of``; never changes; equal only to itself."""

    def __init__(self, units: tuple[Unit, ...], following: tuple[tuple[int, ...], ...], ends: frozenset[int]) -> None:
        self.units = units
        self.following = following
        """Units that may come next, by unit, in the procedure's order; the last entry is for where the net begins."""
        self.ends = ends
        """Units after which the case may end."""
        self._routes: dict[int, Route] = {}
        self._free: dict[int, frozenset[int]] = {}
        self._ways: dict[tuple[int, int], tuple[str, ...]] = {}
        reached = self.route(self.start).costs
        if reached[self.end] is None:
            raise NetError("no way leads from a start to an end")
        self.places: dict[str, tuple[int, int]] = {
            name: (number, bit)
            for number, unit in enumerate(units)
            if reached[number] is not None
            for bit, name in enumerate(unit.members)
        }
        """Unit of each activity to which a way leads, and which of its members it is."""

    @classmethod
    def of(
        cls,
        starts: Sequence[str],
        follows: Mapping[str, Sequence[str]],
        ends: Iterable[str],
        any_order: Sequence[Sequence[str]] = (),
        optional: Iterable[str] = (),
    ) -> Net:
        """A net of activities, each of which occurs once in it.

        ``follows`` gives of each activity those that may come next, one of them. The activities of a group of ``any_order`` are entered
        together (naming one names the group) and all done in any order; their ``follows``, where given, are the same. ``optional``
        activities may be passed over; after ``ends`` the case may end, even where something may follow. Raises ``NetError``.
        """
        groups = [tuple(group) for group in any_order]
        may_skip, may_end = frozenset(optional), tuple(ends)
        grouped = _grouped(groups)
        names = dict.fromkeys(
            name
            for part in (starts, *((one, *after) for one, after in follows.items()), *groups, may_end)
            for name in part
        )
        if unknown := sorted(may_skip - names.keys()):
            raise NetError(f"optional, but nowhere in the net: {', '.join(unknown)}")
        parts = dict.fromkeys(grouped.get(name, (name,)) for name in names)
        units = tuple(Unit(part, tuple(name for name in part if name not in may_skip)) for part in parts)
        number = {name: n for n, unit in enumerate(units) for name in unit.members}

        def numbers(some: Iterable[str]) -> tuple[int, ...]:
            return tuple(dict.fromkeys(number[name] for name in some))

        following = tuple(numbers(_after(part, follows)) for part in parts)
        return cls(units, (*following, numbers(starts)), frozenset(numbers(may_end)))

    @property
    def start(self) -> int:
        """The place where the net begins, as ``route`` and ``following`` number it: after the units."""
        return len(self.units)

    @property
    def end(self) -> int:
        """The end of the net, as a ``Route`` numbers it: after the units."""
        return len(self.units)

    @property
    def labels(self) -> tuple[str, ...]:
        """All activities, in the order in which ``of`` was told of them."""
        return tuple(name for unit in self.units for name in unit.members)

    def route(self, after: int) -> Route:
        """The cheapest ways from after a unit; computed when first asked."""
        if after not in self._routes:
            self._routes[after] = _route(self, after)
        return self._routes[after]

    def free(self, after: int) -> frozenset[int]:
        """What may come next after a unit (``end`` for the end): nothing but optional activities stands between."""
        if after not in self._free:
            found: dict[int, None] = {}
            waiting = [after]
            while waiting:
                unit = waiting.pop()
                if unit in self.ends:
                    found[self.end] = None
                for to in self.following[unit]:
                    if to not in found:
                        found[to] = None
                        if not self.units[to].owed:
                            waiting.append(to)
            self._free[after] = frozenset(found)
        return self._free[after]

    def passed(self, after: int, to: int) -> tuple[str, ...]:
        """The activities on the cheapest way from after a unit to just before another, or the end; optional ones left out."""
        way = self._ways.get((after, to))
        if way is None:
            route, units = self.route(after), list[int]()
            at = route.before[to]
            while at is not None:
                units.append(at)
                at = route.before[at]
            way = self._ways[after, to] = tuple(name for unit in reversed(units) for name in self.units[unit].owed)
        return way

    @cached_property
    def unreachable(self) -> tuple[str, ...]:
        """Activities to which no way leads from a start."""
        return tuple(name for name in self.labels if name not in self.places)

    @cached_property
    def endless(self) -> tuple[str, ...]:
        """Activities from which no way leads to an end."""
        return tuple(name for name, (unit, _) in self.places.items() if self.route(unit).costs[self.end] is None)


def _grouped(groups: Sequence[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for group in groups:
        if not 0 < len(group) <= MOST_IN_BLOCK:
            raise NetError(f"a group of any_order has 1 to {MOST_IN_BLOCK} activities: {', '.join(group)}")
        for name in group:
            if name in found:
                raise NetError(f"twice in any_order: {name}")
            found[name] = group
    return found


def _after(part: tuple[str, ...], follows: Mapping[str, Sequence[str]]) -> Sequence[str]:
    given = [follows[name] for name in part if name in follows]
    if any(set(one) != set(given[0]) for one in given):
        raise NetError(f"activities done in any order are followed by the same: {', '.join(part)}")
    return given[0] if given else ()


def _route(net: Net, after: int) -> Route:
    """Dijkstra; among ways of the same cost the one that the procedure names first."""
    costs: list[int | None] = [None] * (len(net.units) + 1)
    before: list[int | None] = [None] * (len(net.units) + 1)
    waiting: list[tuple[int, int, int, int | None]] = []
    turn = 0

    def leave(unit: int, cost: int, passed: int | None) -> None:
        nonlocal turn
        for to in (*net.following[unit], *([net.end] if unit in net.ends else [])):
            if costs[to] is None:
                turn += 1
                heapq.heappush(waiting, (cost, turn, to, passed))

    leave(after, 0, None)
    while waiting:
        cost, _, unit, passed = heapq.heappop(waiting)
        if costs[unit] is not None:
            continue
        costs[unit], before[unit] = cost, passed
        if unit != net.end:
            leave(unit, cost + len(net.units[unit].owed), unit)
    return Route(tuple(costs), tuple(before))
