"""Which events belong together, and which of two came first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from heapq import merge
from itertools import islice

from checker.cases.model import Step
from checker.spanish.text import flat, squeeze

_ANY = "*"


def unit_of(step: Step) -> str:
    """The unit of an event as it is compared; empty where the record does not say."""
    return _folded(step.event.unit) if step.event.unit else ""


@lru_cache(maxsize=4096)
def _folded(unit: str) -> str:
    return squeeze(flat(unit))


def share_units(some: Sequence[Step], others: Sequence[Step]) -> bool:
    """Whether units tell which of ``some`` belong to which of ``others``; where they have none in common, they say who acts and where."""
    named = {unit_of(s) for s in some if s.event.unit}
    return bool(named) and any(unit_of(s) in named for s in others)


def period_of_step(step: Step) -> str:
    """The period of an event as it is compared; empty where the record does not say."""
    said = step.event.period
    return _period(said, step.day.year if step.day else None) if said else ""


@lru_cache(maxsize=4096)
def _period(said: str, year: int | None) -> str:
    from checker.calendar.spans import read_span

    span = read_span(said, year)
    return f"{span.start}/{span.end}" if span else squeeze(flat(said))


def came_before(one: Step, other: Step) -> bool | None:
    """Whether ``one`` took place before ``other``; None where the record does not tell.

    Times decide, else days; the record's order decides within one event, and where neither has a date. On one day of which not both
    have the hour, and where a date is missing or unread, the record's order is believed when it says so, and denies nothing.
    """
    earlier = one.position < other.position
    if one.event is other.event or (one.event.at is None and other.event.at is None):
        return earlier
    if one.at is not None and other.at is not None:
        if not one.day_only and not other.day_only and one.at != other.at:
            return one.at < other.at
        if one.day is not None and other.day is not None and one.day != other.day:
            return one.day < other.day
    return True if earlier else None


class Peers:
    """Events that may belong with those of another kind: neither unit nor period, where both state them, sets them apart."""

    def __init__(self, steps: Sequence[Step], asked: Sequence[Step]) -> None:
        """``steps`` in the order of time; ``asked`` are those of which is asked."""
        self._units = share_units(steps, asked)
        self._lists: dict[tuple[str, str], list[Step]] = {}
        for step in steps:
            for unit in {unit_of(step) if self._units else "", _ANY}:
                for period in {period_of_step(step), _ANY}:
                    self._lists.setdefault((unit, period), []).append(step)

    def before(self, step: Step) -> Iterator[Step]:
        """Those before ``step`` in the order of events, the nearest first."""
        near = [islice(reversed(found), len(found) - _at(found, step.position), None) for found in self._near(step)]
        return merge(*near, key=lambda s: -s.position)

    def after(self, step: Step) -> Iterator[Step]:
        """Those after ``step`` in the order of events, the nearest first."""
        near = [islice(found, _at(found, step.position + 1), None) for found in self._near(step)]
        return merge(*near, key=lambda s: s.position)

    def _near(self, step: Step) -> list[list[Step]]:
        unit, period = unit_of(step) if self._units else "", period_of_step(step)
        keys = ((u, p) for u in ((unit, "") if unit else (_ANY,)) for p in ((period, "") if period else (_ANY,)))
        return [self._lists[key] for key in keys if key in self._lists]


def _at(steps: Sequence[Step], position: int) -> int:
    return bisect_left(steps, position, key=lambda s: s.position)
