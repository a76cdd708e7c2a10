"""Columns of a submission's own tables that the type does not know: they stay beside the rows that they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from checker.handback.ledger import content, words
from checker.spanish.text import undecorated
from parsers.model import Block, Cell, Place, Table, paragraphs_of


class ExtraColumns(msgspec.Struct, frozen=True):
    """Header → its text for each row, in their order; and where the headers of all their columns stand, the known ones included."""

    texts: dict[str, tuple[str, ...]] = {}
    headers: frozenset[Place] = frozenset()


def extra_columns(
    blocks: Iterable[Block], places: Sequence[Place | None], said: Sequence[str], known: Callable[[str], bool]
) -> ExtraColumns:
    """The columns beyond what ``said[i]`` says of the row at ``places[i]``.

    Rows may come from several tables; a table without header goes on under that of the table before. ``known`` tells a header that
    the type has a name for: by one of these a header is told from just the row above. A column of plain ordinals is not content.
    """
    texts: dict[str, list[str]] = {}
    headers: set[Place] = set()
    above: dict[int, str] = {}
    for table, rows in _rows_by_table(blocks, places):
        grid = table.grid()
        first = min(rows.values())
        heads = {c: _text(grid.get((first - 1, c))) for c in range(1, table.columns + 1)} if first > 1 else {}
        if any(known(head) for head in heads.values()):
            headers |= {p for c in heads if (cell := grid.get((first - 1, c))) for p in _own_places(cell)}
        elif first == 1 and len(above) == table.columns:
            heads = above
        else:
            continue
        above = heads
        if len(set(rows.values())) != len(rows):
            continue
        for column, head in heads.items():
            found = {i: _text(grid.get((row, column))) for i, row in rows.items()}
            ordinal = all(not t or undecorated(t).strip(" .") == str(n) for n, t in enumerate(found.values(), 1))
            news = any(not set(words(t)) <= set(words(said[i])) for i, t in found.items())
            blank = not any(found.values()) and not known(head)
            if head and ((news and not ordinal) or blank):
                column_texts = texts.setdefault(head, [""] * len(places))
                for i, text in found.items():
                    if text and text not in column_texts[i]:
                        column_texts[i] = f"{column_texts[i]} {text}".strip()
    return ExtraColumns({head: tuple(column) for head, column in texts.items()}, frozenset(headers))


def _rows_by_table(blocks: Iterable[Block], places: Sequence[Place | None]) -> Iterator[tuple[Table, dict[int, int]]]:
    """Tables in reading order, each with the rows of it that ``places`` name: index of the place → row."""
    wanted = {place: i for i, place in enumerate(places) if place is not None}
    for table in _tables(blocks):
        rows = {wanted[p]: cell.row for cell in table.cells for p in _own_places(cell) if p in wanted}
        if rows:
            yield table, rows


def _own_places(cell: Cell) -> Iterator[Place]:
    yield cell.place
    yield from (p.place for p in paragraphs_of(cell.blocks))


def _tables(blocks: Iterable[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
            for cell in block.cells:
                yield from _tables(cell.blocks)


def _text(cell: Cell | None) -> str:
    return "" if cell is None else content(cell.text)
