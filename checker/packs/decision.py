"""Deciding by a table: which of its lines holds a point, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from checker.packs.tables import DecisionTable, Line

if TYPE_CHECKING:
    from checker.packs.pack import Pack


class Bounds(msgspec.Struct, frozen=True):
    """An interval of numbers; ``low_in`` and ``high_in`` say whether its ends belong to it."""

    low: Decimal
    high: Decimal
    low_in: bool
    high_in: bool

    def holds(self, number: Decimal) -> bool:
        """Whether ``number`` lies within."""
        above = number >= self.low if self.low_in else number > self.low
        return above and (number <= self.high if self.high_in else number < self.high)

    @property
    def empty(self) -> bool:
        """Whether no number lies within: ``(5, 5]``, ``[6, 5]``."""
        return self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in))


@lru_cache(maxsize=512)
def bounds(written: str) -> Bounds:
    """The interval that a pack writes as ``[1, 5]`` or ``(5, 10]``."""
    low, _, high = written[1:-1].partition(",")
    return Bounds(Decimal(low.strip()), Decimal(high.strip()), written[0] == "[", written[-1] == "]")


def lines_standing(table: DecisionTable, pack: Pack, readings: Mapping[str, str]) -> tuple[Line, ...]:
    """The lines that stand under the user's choices among interpretations, and the pack's own where there is none."""
    return tuple(
        line
        for line in table.lines
        if line.interpretation is None
        or line.reading is None
        or pack.taken(line.interpretation, readings) == line.reading
    )


def outside(table: DecisionTable, point: Mapping[str, Decimal]) -> tuple[str, ...]:
    """Names of the inputs that ``point`` puts out of their scale."""
    return tuple(name for name, scale in table.inputs.items() if not bounds(scale).holds(point[name]))


def line_at(lines: tuple[Line, ...], point: Mapping[str, Decimal]) -> Line | None:
    """The one line that holds ``point``; None where none does, or several, which ``vobo rules lint`` tells of a table."""
    found = [line for line in lines if all(bounds(interval).holds(point[name]) for name, interval in line.when.items())]
    return found[0] if len(found) == 1 else None
