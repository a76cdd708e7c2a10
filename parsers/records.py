"""The records of delimited text, one by one: a line that cannot be one is told and passed over, and takes no other with it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence

import msgspec

UNCLOSED = "abre unas comillas que no cierra"
_MOST_LINES = 40
"""Lines that one record may go over; a quote left open that long is not a quote."""


class Record(msgspec.Struct, frozen=True):
    """A line of cells, or several where a quoted cell holds line breaks."""

    line: int
    cells: Sequence[str]
    problem: str = ""
    """Why it cannot be trusted, a clause in Spanish."""


def records(lines: Iterable[str], delimiter: str, first: int = 1) -> Iterator[Record]:
    """The records of ``lines``, which end with their line break; ``first`` is the number of the first line.

    A quote that nothing closes would swallow what follows. Where the record that it opens goes on over lines that are records by
    themselves, or over more than any cell has, its first line alone is broken.
    """
    feed = _Feed(lines)
    width = 0
    while (text := feed.take()) is not None:
        line = first + feed.taken - 1
        if '"' not in text:
            cells = next(csv.reader((text,), delimiter=delimiter), [])
        else:
            told = _quoted(text, feed, delimiter, width)
            if told is None:
                bare = next(csv.reader((text,), delimiter=delimiter, quoting=csv.QUOTE_NONE), [])
                yield Record(line, bare, UNCLOSED)
                continue
            cells = told
        width = max(width, len(cells))
        yield Record(line, cells, trouble_in(cells))


def trouble_in(cells: Sequence[str]) -> str:
    """What in the text of a record shows that its bytes were not read right; empty where nothing does."""
    for cell in cells:
        if not cell.isascii() and "\ufffd" in cell:
            return "contiene bytes que no son de la codificación del archivo"
        if "\0" in cell:
            return "contiene caracteres nulos"
    return ""


class _Feed:
    """Lines that can be given back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._back: list[str] = []
        self.taken = 0

    def take(self) -> str | None:
        line = self._back.pop() if self._back else next(self._lines, None)
        self.taken += line is not None
        return line

    def give_back(self, lines: Sequence[str]) -> None:
        self._back.extend(reversed(lines))
        self.taken -= len(lines)


def _quoted(text: str, feed: _Feed, delimiter: str, width: int) -> list[str] | None:
    """The cells of a record that begins with ``text``; None where its quotes stay open, and its further lines are given back."""
    more: list[str] = []
    strays = False
    while is_open([text, *more], delimiter):
        following = feed.take()
        if following is None or len(more) >= _MOST_LINES:
            feed.give_back(more if following is None else [*more, following])
            return None
        strays = strays or _stands_alone(following, delimiter, width)
        more.append(following)
    cells = next(csv.reader([text, *more], delimiter=delimiter), [])
    if strays and len(cells) != width:
        feed.give_back(more)
        return None
    return cells


def is_open(lines: list[str], delimiter: str) -> bool:
    """The last cell of ``lines`` is quoted and not closed: what one writes after it then lands in that cell, not beside it."""
    probe = next(csv.reader([*lines[:-1], lines[-1].rstrip("\n") + f"{delimiter}\0"], delimiter=delimiter), [])
    return not probe or probe[-1] != "\0"


def _stands_alone(line: str, delimiter: str, width: int) -> bool:
    """A line with all the cells of a record can hardly be the rest of one."""
    return (
        width > 1
        and not is_open([line], delimiter)
        and len(next(csv.reader((line,), delimiter=delimiter), [])) == width
    )
