"""Tables of a shape of their own: one column under a header, and records side by side with their labels in the first column."""

from __future__ import annotations

from checker.recognise.headers import HeaderReader
from checker.recognise.items import NAME_HEADERS, PEOPLE, Grid
from checker.recognise.labels import OTHER
from checker.recognise.table_rows import Cells
from checker.spanish.people import is_name
from checker.spanish.text import label_form, squeeze
from parsers.model import Cell, Table


def single_column(table: Table, rows: list[Cells], headers: HeaderReader) -> Grid | None:
    """A table of one column: «Nombre» over names, or the name of a table field's rows over them."""
    if len(rows) < 2 or table.columns != 1 or any(len(cells) != 1 for cells in rows):
        return None
    position, cell = rows[0][0]
    text = squeeze(cell.text)
    below = [row[0][1].text for row in rows[1:] if row[0][1].text.strip()]
    if label_form(text) in NAME_HEADERS and below and all(map(is_name, below)):
        return Grid(PEOPLE, {position: text}, tuple(map(tuple, rows[1:])), cell.place, table.title)
    if not table.header_rows or any("\n" in t or len(t) > 200 for t in below):
        return None
    targets = [t for t in headers.index.columns if headers.names_first(t, text)]
    if not targets:
        return None
    body = tuple(map(tuple, rows[1:]))
    return Grid(targets[0], {position: text}, body, cell.place, table.title, also=tuple(targets[1:]))


def turned(
    rows: list[Cells], headers: HeaderReader
) -> tuple[str, dict[int, str], tuple[tuple[tuple[int, Cell], ...], ...]] | None:
    """A table on its side: the labels of one table field in the first column, a record in each that follows."""
    width = max(len(row) for row in rows)
    if len(rows) < 3 or width < 3 or any(len(row) != width for row in rows) or headers.row(rows[0]):
        return None
    for target in headers.index.columns:
        named = [
            next((m.target for m in headers.index.column(target, row[0][1].text) if m.similarity == 1.0), OTHER)
            for row in rows
        ]
        known = [n for n in named if n != OTHER]
        first = next(iter(headers.index.columns[target].values()))[0]
        if len(known) >= max(3, 0.8 * len(rows)) and len(set(known)) == len(known) and first in known:
            labels = {n: squeeze(row[0][1].text) for n, row in enumerate(rows, 1)}
            records = tuple(tuple((n, row[i][1]) for n, row in enumerate(rows, 1)) for i in range(1, width))
            return target, labels, tuple(r for r in records if any(c.text.strip() for _, c in r))
    return None
