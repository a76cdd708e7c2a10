"""From the costs of an alignment to its moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from checker.cases.align_costs import MOVE, Costs
from checker.cases.net import Net


class Move(msgspec.Struct, frozen=True, gc=False):
    """One step of record and procedure side by side."""

    kind: Literal["sync", "log", "model"]
    """Both · only the record (done, but out of place) · only the procedure (not done)."""
    label: str
    at: int
    """Position of the event in the record, from 0; of what was not done, that of the event before which it was due (or the length)."""


def retrace(net: Net, labels: Sequence[str], costs: Costs) -> tuple[Move, ...]:
    """Walk the record forwards, by what ``costs_of`` found best after each event."""
    return tuple(_Walk(net, labels, costs).walk())


class _Walk:
    """Where record and procedure stand."""

    def __init__(self, net: Net, labels: Sequence[str], costs: Costs) -> None:
        self.net, self.labels, self.costs = net, labels, costs
        self.at = 0
        """The first event not yet told."""
        self.due: tuple[str, ...] = ()
        """What is put in before the next event that keeps its place."""
        self.moves: list[Move] = []

    def walk(self) -> list[Move]:
        net, labels, costs, moves, size = self.net, self.labels, self.costs, self.moves, len(self.labels)
        places, free, alone = net.places, costs.ways.free, costs.ways.alone
        start = after = net.start
        begun = costs.begun
        kept: int | None = costs.first
        while kept is not None and kept < size:
            label = labels[kept]
            unit = places[label][0]
            if unit not in free[after] and (after != start or costs.ways.ending != "extract"):
                self.due += net.passed(after, unit)
            if alone[unit]:
                if self.due or self.at != kept:
                    self.correct(kept)
                moves.append(Move("sync", label, kept))
                self.at = kept + 1
                kept = costs.next_kept[kept]
            else:
                kept = self.walk_group(unit, kept, begun)
            after, begun = unit, 0
        if kept is not None:
            self.due += self.at_end(net.passed(after, net.end))
        self.correct(size)
        return moves

    def walk_group(self, unit: int, event: int, done: int) -> int | None:
        """Go through a group from the event at which it is looked at; gives the next event that keeps its place after it.

        None where the record ends within the group.
        """
        costs, members, owed = self.costs, self.net.units[unit].members, self.net.units[unit].owed
        while True:
            sets, bit = costs.sets[event], 1 << members.index(self.labels[event])
            if not done & bit and sets[done | bit] - MOVE == sets[done]:
                self.keep(event)
                done |= bit
            lacking = tuple(name for name in owed if not done >> members.index(name) & 1)
            kept = costs.next_kept[event]
            may_leave = costs.left[event] + MOVE * len(lacking) == sets[done]
            later = costs.next_event[event]
            if later is None or costs.sets[later][done] != sets[done] or (may_leave and kept < later):
                break
            event = later
        if not may_leave:
            self.due += self.at_end(lacking)
            return None
        self.due += lacking
        return kept

    def at_end(self, missing: tuple[str, ...]) -> tuple[str, ...]:
        """What is told of what is missing at the end."""
        return missing[: {"whole": len(missing), "broken-off": 1, "extract": 0}[self.costs.ways.ending]]

    def keep(self, event: int) -> None:
        """Tell of an event that keeps its place, and of what is corrected before it."""
        if self.due or self.at != event:
            self.correct(event)
        self.moves.append(Move("sync", self.labels[event], event))
        self.at = event + 1

    def correct(self, until: int) -> None:
        """Strike out the events before one, then put in what is due."""
        self.moves += [Move("log", self.labels[at], at) for at in range(self.at, until)]
        self.moves += [Move("model", label, until) for label in self.due]
        self.at, self.due = until, ()
