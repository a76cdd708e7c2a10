"""Numbers of rows as people write them: «1,204 a 1,310 y 4,511»."""

from __future__ import annotations

from array import array
from itertools import pairwise

_MOST = 150
"""Ranges that are written out."""


class Ranges:
    """A growing set of numbers, in the memory of its ranges."""

    def __init__(self) -> None:
        self._bounds = array("Q")
        self.count = 0

    def add(self, number: int) -> None:
        """A number that was not added before, best in ascending order."""
        bounds = self._bounds
        if bounds and number == bounds[-1] + 1:
            bounds[-1] = number
        else:
            bounds.extend((number, number))
        self.count += 1

    def told(self) -> str:
        """The ranges in Spanish; where they are too many, the first ones, and how many numbers are left up to which."""
        starts, ends = self._bounds[::2], self._bounds[1::2]
        if any(a > b for a, b in pairwise(starts)):
            starts, ends = array("Q", sorted(starts)), array("Q", sorted(ends))
        pairs = list(zip(starts[:_MOST], ends[:_MOST], strict=True))
        words = [f"{a:,}" if a == b else f"{a:,} a {b:,}" if b > a + 1 else f"{a:,}, {b:,}" for a, b in pairs]
        if len(starts) > _MOST:
            left = self.count - sum(b - a + 1 for a, b in pairs)
            return f"{', '.join(words)} y {left:,} más hasta la {ends[-1]:,}"
        return f"{', '.join(words[:-1])} y {words[-1]}" if len(words) > 1 else "".join(words)
