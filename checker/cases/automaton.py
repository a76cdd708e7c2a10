"""A net as a finite automaton: every state it can be in, and where each activity leads from there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from checker.cases.net import Net


class Transition(NamedTuple):
    """An activity leads from one state to another."""

    source: int
    label: str
    target: int


class Automaton(msgspec.Struct, frozen=True):
    """States ``0 … states - 1``, the first of which is the start. No step is silent: what may be passed over is passed over."""

    states: int
    finals: frozenset[int]
    """States in which the case may end."""
    steps: tuple[tuple[Transition, ...], ...]
    """What leads on from each state, in the procedure's order."""
    table: tuple[dict[str, int], ...]
    """Where each activity leads from each state. Where it leads to two (it belongs to a group that may follow itself, of which the rest is
    optional), to that within the group; ``steps`` has both."""

    @property
    def transitions(self) -> tuple[Transition, ...]:
        """All steps."""
        return tuple(step for steps in self.steps for step in steps)

    def runs(self, labels: Sequence[str]) -> bool:
        """Whether ``table`` leads through all ``labels``, from the start to an end."""
        return self.after(labels) in self.finals

    def after(self, labels: Sequence[str]) -> int | None:
        """The state to which ``table`` leads from the start through all ``labels``; None where it does not."""
        state, table = 0, self.table
        for label in labels:
            to = table[state].get(label)
            if to is None:
                return None
            state = to
        return state


_Place = tuple[int, int]
"""A unit, and the set of its members that are done, as bits."""


@lru_cache(maxsize=64)
def automaton(net: Net) -> Automaton:
    """The automaton of a net: a state for the start, for each activity, and for each set of the activities of a group."""
    start = (net.start, 0)
    numbers: dict[_Place, int] = {start: 0}
    places = [start]
    steps: list[tuple[Transition, ...]] = []
    finals: set[int] = set()
    for state, place in enumerate(places):  # grows while it is walked
        if _complete(net, place) and net.end in net.free(place[0]):
            finals.add(state)
        found = []
        for label, to in _onwards(net, place):
            if to not in numbers:
                numbers[to] = len(places)
                places.append(to)
            found.append(Transition(state, label, numbers[to]))
        steps.append(tuple(found))
    table: list[dict[str, int]] = []
    for found_here in steps:
        leads: dict[str, int] = {}
        for step in found_here:
            leads.setdefault(step.label, step.target)
        table.append(leads)
    return Automaton(len(places), frozenset(finals), tuple(steps), tuple(table))


def _complete(net: Net, place: _Place) -> bool:
    unit, done = place
    if unit == net.start:
        return True
    return all(done >> net.places[name][1] & 1 for name in net.units[unit].owed)


def _onwards(net: Net, place: _Place) -> Iterator[tuple[str, _Place]]:
    unit, done = place
    if unit != net.start:
        for bit, name in enumerate(net.units[unit].members):
            if not done >> bit & 1:
                yield name, (unit, done | 1 << bit)
    if _complete(net, place):
        for to in sorted(net.free(unit) - {net.end}):
            for bit, name in enumerate(net.units[to].members):
                yield name, (to, 1 << bit)
