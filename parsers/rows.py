"""Lists too long to be held whole: their beginning as a document, and all their rows as runs of columns of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import msgspec

from parsers.model import Document, Place

Trouble = Literal["formula", "error"]
"""Why nobody can say what a cell holds: a formula without its value · an error value."""


class Rows(msgspec.Struct):
    """A run of consecutive rows, column by column; the texts are those that a reader sees, neither trimmed nor folded."""

    numbers: Sequence[int]
    """Row of each in its sheet; in a text file, the number of the record."""
    columns: list[Sequence[str]]
    """From the first column of the sheet on, ``""`` where a cell is empty; all as long as ``numbers``."""
    lines: Sequence[int] | None = None
    """In a text file, the line on which each begins."""
    unread: dict[int, str] = {}
    """Position in the run → why this row cannot be read, a clause in Spanish («no cierra unas comillas»)."""
    width: int = 0
    """In a text file, the cells that most rows of the run have."""
    counts: dict[int, int] = {}
    """Position in the run → cells of the row, where it has another number of them."""
    troubled: dict[tuple[int, int], tuple[Trouble, str]] = {}
    """(position in the run, column from 0) → what keeps the cell from being read, and the formula or error as it stands."""

    def part(self, start: int, end: int | None = None) -> Rows:
        """The rows from position ``start`` to before ``end``."""
        end = len(self.numbers) if end is None else end
        if start == 0 and end == len(self.numbers):
            return self
        own = range(start, end)
        return Rows(
            self.numbers[start:end],
            [column[start:end] for column in self.columns],
            None if self.lines is None else self.lines[start:end],
            {n - start: why for n, why in self.unread.items() if n in own},
            self.width,
            {n - start: count for n, count in self.counts.items() if n in own},
            {(n - start, column): what for (n, column), what in self.troubled.items() if n in own},
        )


Runs = Callable[[int, frozenset[int] | None], Iterator[tuple[int, Rows]]]


class RowTable(msgspec.Struct, frozen=True):
    """One sheet, or the whole of a text file."""

    title: str
    """Name of the sheet; empty for text."""
    page: int | None
    """Position of the sheet among those of its workbook."""
    place: Callable[[int, int, int | None], Place]
    """(row, column, line) → place."""
    runs: Runs
    """All rows from this one on, each run with its ordinal: always the same runs. Of those whose ordinals are given only these are read.

    Raises :class:`parsers.errors.Unreadable`.
    """
    last_of_head: int
    """The last row that the head shows."""
    column: Callable[[int, int], Iterator[Sequence[str]]] | None = None
    """(row, column) → the texts of this column from this row on, in the order of ``runs``; None where they cost no less."""


class LongFile(msgspec.Struct, frozen=True):
    """A file of which only the head was read."""

    head: Document
    """Every table down to its first rows, read as the format's own reader reads them."""
    tables: tuple[RowTable, ...]
    sha256: str
