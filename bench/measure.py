"""Timing side by side, and what a measurement says."""

from __future__ import annotations

import ctypes
import gc
import statistics
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the report."""

    what: str
    figures: str
    """Medians with their units."""
    ratio: float
    bound: float
    at_least: bool = False
    """The ratio must reach the bound rather than stay below it."""

    @property
    def holds(self) -> bool:
        """Whether the bound is kept."""
        return self.ratio >= self.bound if self.at_least else self.ratio <= self.bound


def settle() -> None:
    """Leave nothing to the next measurement: neither garbage, nor freed blocks that the allocator has yet to join.

    A parsed XML tree leaves tens of thousands of these, and whoever asks for memory next pays for joining them.
    """
    gc.collect()
    with suppress(OSError, AttributeError):  # only glibc has it
        ctypes.CDLL(None).malloc_trim(0)


def side_by_side(first: Callable[[], object], second: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median seconds of each, taken in turns so that a busy moment of the machine falls on both; one round of warming up."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        for act, kept in zip((first, second), seconds, strict=True):
            settle()
            start = time.perf_counter()
            act()
            if number:
                kept.append(time.perf_counter() - start)
    return statistics.median(seconds[0]), statistics.median(seconds[1])


def ms(seconds: float) -> str:
    """``12.3 ms``."""
    return f"{seconds * 1000:.1f} ms"
