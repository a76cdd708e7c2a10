"""A sheet's filled cells → blocks in reading order.

People put a title, loose labels with their values, one table and then another into one sheet. Empty rows part them; so
do titles merged across and, where it is clear, empty columns. What stands alone in its row becomes paragraphs, the
rest tables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec

from parsers.model import Block, Cell, Paragraph, Place, Table

if TYPE_CHECKING:
    from parsers.bulk import Typed

_SPARSE = 4
"""A table is filled up with its empty cells unless there would be more than this many cells for each filled one."""
_HEADER_LENGTH = 60
"""Characters of a column heading at most."""
_LOOK_BACK = 30
"""Rows above a text across that are looked at to tell a form from a table."""


class Entry:
    """One cell of a sheet that shows something, or that is drawn (merged or bordered) though empty. Addresses are the sheet's own."""

    __slots__ = ("bold", "bold_prefix", "colspan", "column", "formula", "row", "rowspan", "size", "text", "value")

    def __init__(
        self,
        row: int,
        column: int,
        text: str,
        value: Typed = None,
        formula: str | None = None,
        bold: bool = False,
        bold_prefix: int = 0,
        size: float | None = None,
        rowspan: int = 1,
        colspan: int = 1,
    ) -> None:
        self.row = row
        self.column = column
        self.text = text
        self.value = value
        self.formula = formula
        self.bold = bold
        self.bold_prefix = bold_prefix
        self.size = size
        self.rowspan = rowspan
        self.colspan = colspan


Line = list[Entry]
"""The entries of one row, left to right."""


class Area(msgspec.Struct, frozen=True):
    """A rectangle that the file itself declares a table."""

    top: int
    left: int
    bottom: int
    right: int
    header_rows: int


class Sheet(msgspec.Struct):
    """What the regions of one sheet are made from."""

    title: str
    place: Callable[[int, int], Place]
    """(row, column) of the sheet → place."""
    entries: list[Entry]
    """In row-major order."""
    blanks: dict[int, Line] = {}
    """Row → cells that are drawn there though empty; they widen a region, but never make or join one."""
    images: dict[tuple[int, int], int] = {}
    """(row, column) → pictures anchored there."""
    areas: tuple[Area, ...] = ()
    alone: frozenset[int] = frozenset()
    """Rows that hold one thing across the whole width, because the format says so."""
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def blocks_of(sheet: Sheet) -> list[Block]:
    """Paragraphs and tables of ``sheet`` in reading order. Pictures are counted where they stand, or get a paragraph of their own."""
    lines = [list(group) for _, group in groupby(sheet.entries, key=attrgetter("row"))]
    pictures = dict(sheet.images)
    blocks: list[tuple[int, Block]] = []
    for band in _bands(lines, _breaks(sheet.areas)):
        for section in _sections(sheet, band):
            if isinstance(section, Entry):
                blocks.append((section.row, _paragraph(sheet, section, pictures)))
            else:
                blocks.append((section[0][0].row, _table(sheet, section, pictures)))
    for (row, column), count in sorted(pictures.items()):
        at = next((i for i, (top, _) in enumerate(blocks) if top > row), len(blocks))
        alone = Paragraph("", sheet.place(row, column), hidden=_is_hidden(sheet, row, column), images=count)
        blocks.insert(at, (row, alone))
    return [block for _, block in blocks]


def _breaks(areas: Iterable[Area]) -> frozenset[int]:
    return frozenset(row for area in areas for row in (area.top, area.bottom + 1))


def _bands(lines: Iterable[Line], breaks: frozenset[int]) -> Iterator[list[Line]]:
    """Runs of rows without an empty row between them; a cell merged downwards fills the rows that it covers."""
    band: list[Line] = []
    reach = 0
    for line in lines:
        row = line[0].row
        if band and (row > reach + 1 or row in breaks):
            yield band
            band, reach = [], row
        band.append(line)
        for entry in line:
            if entry.row + entry.rowspan - 1 > reach:
                reach = entry.row + entry.rowspan - 1
    if band:
        yield band


def _sections(sheet: Sheet, band: list[Line]) -> Iterator[Entry | list[Line]]:
    """Titles and texts that stand alone in their rows, and what is left between them as tables."""
    if all(_width(sheet, line) == 1 for line in band):
        yield from (line[0] for line in band)
        return
    left, right = _columns(sheet, [line for line in band if _width(sheet, line) > 1])
    across = [_is_across(sheet, line, left, right) for line in band]
    start, end = 0, len(band)
    while start < end and (across[start] or _is_lead(sheet, band, start)):
        start += 1
    while end > start and across[end - 1]:
        end -= 1
    yield from (line[0] for line in band[:start])
    begin = start
    while begin < end:
        stop = next((i for i in range(begin + 1, end) if across[i] and _parts(sheet, band, across, i, begin)), end)
        yield from _side_by_side(sheet, band[begin:stop])
        begin = stop
        while begin < end and across[begin]:
            yield band[begin][0]
            begin += 1
    yield from (line[0] for line in band[end:])


def _width(sheet: Sheet, line: Line) -> int:
    """Cells of a row, those drawn though empty included: there goes the answer to a label."""
    return len(line) + (len(sheet.blanks.get(line[0].row, ())) if sheet.blanks else 0)


def _columns(sheet: Sheet, lines: list[Line]) -> tuple[int, int]:
    left = min(line[0].column for line in lines)
    right = max(entry.column + entry.colspan - 1 for line in lines for entry in line)
    if sheet.blanks:
        for line in lines:
            for blank in sheet.blanks.get(line[0].row, ()):
                left, right = min(left, blank.column), max(right, blank.column + blank.colspan - 1)
    return left, right


def _is_across(sheet: Sheet, line: Line, left: int, right: int) -> bool:
    """The row holds one thing only, from the first column of the region to the last."""
    if _width(sheet, line) > 1:
        return False
    entry = line[0]
    if entry.row in sheet.alone:
        return True
    return entry.colspan > 1 and entry.column <= left and entry.column + entry.colspan - 1 >= right


def _is_lead(sheet: Sheet, band: list[Line], index: int) -> bool:
    """A title on top of a table though it does not cover its whole width; a label that waits for its value is none."""
    entry = band[index][0]
    if _width(sheet, band[index]) > 1 or entry.text.rstrip().endswith(":"):
        return False
    below = next((line for line in band[index + 1 :] if _width(sheet, line) > 1), None)
    if below is None or below[0].row < entry.row + entry.rowspan:
        return False
    return entry.colspan > 1 or _width(sheet, below) > 2


def _parts(sheet: Sheet, band: list[Line], across: list[bool], index: int, begin: int) -> bool:
    """A text across the table ends it and begins another, rather than grouping its rows: two of them in a row, or a header below."""
    if across[index + 1]:
        return True
    below = band[index + 1]
    first = max(begin, index - _LOOK_BACK)
    above = [line for line, whole in zip(band[first:index], across[first:index], strict=True) if not whole]
    if len(below) < 2 or not all(isinstance(e.value, str | None) and 0 < len(e.text) <= _HEADER_LENGTH for e in below):
        return False
    if all(entry.bold for entry in below) and not all(entry.bold for entry in above[-1]):
        return True
    return all(_width(sheet, line) <= 2 < len(below) for line in above)


def _side_by_side(sheet: Sheet, lines: list[Line]) -> Iterator[Entry | list[Line]]:
    """One table, or several beside each other where an empty column clearly parts them."""
    gap = _clear_gap(sheet, lines)
    if gap is None:
        yield lines
        return
    before = [kept for line in lines if (kept := [e for e in line if e.column < gap])]
    after = [kept for line in lines if (kept := [e for e in line if e.column > gap])]
    for part in (before, after):
        for band in _bands(part, frozenset()):
            yield from _sections(sheet, band)


def _clear_gap(sheet: Sheet, lines: list[Line]) -> int | None:
    """First empty column that parts two tables.

    Each must have two columns or more, and they begin in different rows, repeat their header or have each its own title.
    """
    filled = {column for line in lines for e in line for column in range(e.column, e.column + e.colspan)}
    for line in lines if sheet.blanks else ():
        for e in sheet.blanks.get(line[0].row, ()):
            filled.update(range(e.column, e.column + e.colspan))
    left, right = min(filled), max(filled)
    if right - left + 1 == len(filled) or len(lines) < 2:
        return None
    for gap in range(left + 2, right - 1):
        if gap in filled or gap - 1 not in filled:
            continue
        before = [part for line in lines if (part := [e for e in line if e.column < gap])]
        after = [part for line in lines if (part := [e for e in line if e.column > gap])]
        if not _is_table(before) or not _is_table(after):
            continue
        titled = len(before[0]) == len(after[0]) == 1
        repeated = [e.text for e in before[0]] == [e.text for e in after[0]]
        if before[0][0].row != after[0][0].row or titled or repeated:
            return gap
    return None


def _is_table(part: list[Line]) -> bool:
    return len(part) > 1 and len({entry.column for line in part for entry in line}) > 1


def _paragraph(sheet: Sheet, entry: Entry, pictures: dict[tuple[int, int], int]) -> Paragraph:
    images = 0
    if pictures:
        rows, columns = range(entry.row, entry.row + entry.rowspan), range(entry.column, entry.column + entry.colspan)
        for at in [at for at in pictures if at[0] in rows and at[1] in columns]:
            images += pictures.pop(at)
    place, hidden = sheet.place(entry.row, entry.column), _is_hidden(sheet, entry.row, entry.column)
    return _located(entry, place, hidden, images)


def _located(entry: Entry, place: Place, hidden: bool, images: int) -> Paragraph:
    return Paragraph(
        entry.text, place, bold=entry.bold, bold_prefix=entry.bold_prefix, size=entry.size, hidden=hidden, images=images
    )


def _table(sheet: Sheet, lines: list[Line], pictures: dict[tuple[int, int], int]) -> Table:
    left, right = _columns(sheet, [line for line in lines if _width(sheet, line) > 1] or lines)
    left = min(left, *(line[0].column for line in lines))
    top, bottom = lines[0][0].row, max(e.row + e.rowspan - 1 for line in lines for e in line)
    for line in lines:
        # A text merged far beyond the table (to the sheet's last column, say) does not widen it.
        if len(line) == 1 and line[0].column + line[0].colspan - 1 > right:
            line[0].colspan = max(1, right - line[0].column + 1)
            right = max(right, line[0].column)
    area = (bottom - top + 1) * (right - left + 1)
    dense = area <= _SPARSE * sum(map(len, lines)) + 1000
    if dense and (sheet.blanks or area != sum(map(len, lines))):
        lines = _filled_up(sheet, lines, (top, left, bottom, right))
    counts: dict[tuple[int, int], int] = {}
    if pictures:
        for at in [at for at in pictures if top <= at[0] <= bottom and left <= at[1] <= right]:
            counts[_owner(lines, at)] = counts.get(_owner(lines, at), 0) + pictures.pop(at)
    cells: list[Cell] = []
    whole, rows, columns, place = sheet.hidden, sheet.hidden_rows, sheet.hidden_columns, sheet.place
    for line in lines:
        for e in line:
            hidden = whole or e.row in rows or e.column in columns
            images = counts.get((e.row, e.column), 0) if counts else 0
            at_place = place(e.row, e.column)
            blocks: tuple[Block, ...] = ()
            if e.text or images:
                blocks = (_located(e, at_place, hidden, images),)
            cells.append(
                Cell(
                    e.row - top + 1,
                    e.column - left + 1,
                    blocks,
                    at_place,
                    e.rowspan,
                    e.colspan,
                    e.value,
                    e.formula,
                    hidden,
                )
            )
    header = next((a.header_rows for a in sheet.areas if a.top == top and a.left <= right and left <= a.right), 0)
    return Table(
        tuple(cells),
        bottom - top + 1,
        right - left + 1,
        place(top, left),
        title=sheet.title,
        header_rows=header,
        hidden=whole or all(cell.hidden for cell in cells),
    )


def _filled_up(sheet: Sheet, lines: list[Line], bounds: tuple[int, int, int, int]) -> list[Line]:
    """The same rows with every empty cell of the rectangle, merged ones once."""
    top, left, bottom, right = bounds
    by_row = {line[0].row: line for line in lines}
    covered: set[tuple[int, int]] = set()
    result: list[Line] = []
    for row in range(top, bottom + 1):
        given = {entry.column: entry for entry in by_row.get(row, ())}
        for blank in sheet.blanks.get(row, ()):
            if left <= blank.column <= right:
                given.setdefault(blank.column, blank)
        line = []
        for column in range(left, right + 1):
            if covered and (row, column) in covered:
                continue
            entry = given.get(column) or Entry(row, column, "")
            if entry.rowspan > 1 or entry.colspan > 1:
                bounded = (range(row, min(row + entry.rowspan, bottom + 1)), range(column, column + entry.colspan))
                covered.update((r, c) for r in bounded[0] for c in bounded[1])
            line.append(entry)
        result.append(line)
    return result


def _owner(lines: list[Line], at: tuple[int, int]) -> tuple[int, int]:
    """The cell that covers a position: itself, or the merged cell over it."""
    for line in lines:
        for e in line:
            if e.row <= at[0] < e.row + e.rowspan and e.column <= at[1] < e.column + e.colspan:
                return e.row, e.column
    return lines[0][0].row, lines[0][0].column


def _is_hidden(sheet: Sheet, row: int, column: int) -> bool:
    return sheet.hidden or row in sheet.hidden_rows or column in sheet.hidden_columns
