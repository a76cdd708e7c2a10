"""Fields that an export repeats in every row beside the columns of its table: «Marca temporal | Unidad | Acción | Medio»."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from checker.recognise.items import Grid, Pair
from checker.recognise.labels import OTHER, LabelIndex
from checker.spanish.dates import find_dates
from checker.spanish.text import is_placeholder, squeeze
from parsers.model import Block, Cell, Paragraph, paragraphs_of

_FEWEST = 2  # fields beside a table that make it an export
_MOST = 5  # different values of a field that are told


def fields_beside(texts: Mapping[int, str], target: str, index: LabelIndex) -> set[int]:
    """Columns whose header is the label of a field and of no column of the table field ``target``."""
    return {
        column
        for column, text in texts.items()
        if any(m.similarity == 1.0 and m.target not in (OTHER, target) for m in index.field(text))
        and not any(m.target != OTHER for m in index.column(target, text))
    }


def all_told(texts: Mapping[int, str], target: str, named: int, told: int, index: LabelIndex) -> bool:
    """A header of which every cell is told, by the columns of ``target`` (``named``, three at least) or by fields beside them."""
    return named >= 3 and target in index.columns and told + len(fields_beside(texts, target, index)) >= len(texts)


def cut_beside(grid: Grid, rows: Sequence[Sequence[tuple[int, Cell]]], index: LabelIndex) -> tuple[Grid, list[Pair]]:
    """The grid without such columns, and each as a label with what its rows say; only of a sheet or file that begins with its header."""
    if grid.target is None or grid.place.row != 1 or grid.place.paragraph is not None:
        return grid, []
    beside = fields_beside(grid.header, grid.target, index)
    if len(beside) < _FEWEST:
        return grid, []
    pairs = []
    for column in sorted(beside):
        cells = [cell for row in rows for c, cell in row if c == column and not is_placeholder(cell.text)]
        pairs.append(Pair(grid.header[column], grid.place, _said(cells)))
    return replace(grid, header={c: t for c, t in grid.header.items() if c not in beside}), pairs


def _said(cells: Sequence[Cell]) -> tuple[Block, ...]:
    """What all rows say, once; of several dates the last, which is when the whole was filled in."""
    distinct = {squeeze(cell.text): cell for cell in cells}
    first = next((p for cell in cells for p in paragraphs_of(cell.blocks)), None)
    if first is None:
        return ()
    days = {text: next((d.date for d in find_dates(text) if d.date), None) for text in distinct}
    if all(days.values()):
        last = max(distinct, key=lambda text: str(days[text]))
        return distinct[last].blocks
    text = "; ".join(list(distinct)[:_MOST])
    return (Paragraph(text, first.place),)
