"""Rows of a table as the cells that cover them, whatever is merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from checker.spanish.text import squeeze
from parsers.model import Block, Cell, Table, paragraphs_of

Cells = list[tuple[int, Cell]]
"""The cells that cover a row from left to right, each once, with their first column."""


def row_number(cells: Cells) -> int:
    """The row that the cells cover: the lowest in which one of them begins."""
    return max(cell.row for _, cell in cells)


def leaves_room(upper: Cells, lower: Cells) -> bool:
    """The upper row leaves room for the lower one: a cell over several columns, one over both rows, or blanks beside a group's name."""
    number = row_number(lower)
    own = [(c, cell) for c, cell in lower if cell.row == number]
    filled = [c for c, cell in own if cell.text.strip()]
    if not filled:
        return False
    over = any(cell.colspan > 1 and cell.text.strip() for _, cell in upper)
    both = any(cell.rowspan > 1 and cell.row < number for _, cell in lower)
    blank = {c for c, cell in upper if not cell.text.strip()}
    beside = bool(blank & set(filled)) and len(filled) < len(lower)
    return over or both or beside


def paths(block: Sequence[Cells]) -> Iterator[tuple[int, list[Cell]]]:
    """For every column of the block the cells over it, from the top; a blank beside a group's name counts as that group."""
    width = max(c + cell.colspan for row in block for c, cell in row)
    covering: list[dict[int, Cell]] = []
    for depth, row in enumerate(block):
        line: dict[int, Cell] = {}
        group: Cell | None = None
        for c, cell in row:
            if depth < len(block) - 1 and cell.rowspan == 1:
                group = cell if cell.text.strip() else group
                below = dict(block[depth + 1]).get(c)
                if not cell.text.strip() and group is not None and below is not None and below.text.strip():
                    cell = group  # an unmerged «Periodo» stands over the blanks to its right
            else:
                group = None
            line.update(dict.fromkeys(range(c, c + cell.colspan if cell.column == c else c + 1), cell))
        covering.append(line)
    for column in range(1, width):
        path = [line[column] for line in covering if column in line]
        if path:
            yield column, path


def distinct_rows(table: Table) -> list[Cells]:
    """For every row, the cells that cover it from left to right, each once."""
    rows: list[Cells] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        for r in range(cell.row, min(cell.row + cell.rowspan, table.rows + 1)):
            rows[r - 1].append((cell.column, cell))
    for number, row in enumerate(rows, 1):
        row.sort(key=lambda item: item[0])
        if row and all(cell.row != number for _, cell in row):
            row.clear()
    return [row for row in rows if row]


def side_by_side(cells: Cells) -> tuple[Block, ...]:
    """The blocks of one cell; of several cells in a row, one paragraph that reads them from left to right."""
    if len(cells) == 1:
        return cells[0][1].blocks
    blocks = [b for _, cell in cells for b in cell.blocks]
    first = next((p for p in paragraphs_of(tuple(blocks))), None)
    if first is None:
        return ()
    text = ", ".join(squeeze(cell.text) for _, cell in cells if cell.text.strip())
    images = sum(p.images for p in paragraphs_of(tuple(blocks)))
    return (replace(first, text=text, bold_prefix=0, images=images),)


_CROWDED = 4  # filled cells of a row that is one of many: a letterhead has a logo, a title and a code


def in_crowded_rows(blocks: Sequence[Block], most: int) -> set[int]:
    """Identities of the paragraphs of rows with four filled cells or more, in the first ``most`` cells of each table.

    Such a row is one of many, and names no document: «04/03/2026 | Envío de mensajes | Correo electrónico | 300».
    """
    found: set[int] = set()
    for table in (b for b in blocks if isinstance(b, Table)):
        rows: dict[int, list[Cell]] = {}
        for cell in table.cells[:most]:
            if cell.text.strip():
                rows.setdefault(cell.row, []).append(cell)
        crowded = (cells for cells in rows.values() if len(cells) >= _CROWDED)
        found |= {id(p) for cells in crowded for cell in cells for p in paragraphs_of(cell.blocks)}
    return found
