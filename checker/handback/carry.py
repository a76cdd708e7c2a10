"""Carrying over what a submission already had: its blocks as pieces of the outline."""

from __future__ import annotations

import re
from collections.abc import Iterable

from checker.handback.outline import Grid, GridCell, Piece, Run, Text, without_placeholders
from checker.spanish.text import flat, is_placeholder, squeeze
from parsers.model import Block, Paragraph, Table, paragraphs_of

_MARK = re.compile(r"\s*(?:[xX]|[^\w\s.,:;_…\-–—])\s*")
"""A cross, a tick, a dot: how a cell says yes."""


def carried(blocks: Iterable[Block], label: str = "") -> tuple[Piece, ...]:
    """Blocks as they were, headings one level lower; empty paragraphs and placeholders are left out.

    ``label`` is cut from the beginning of the first paragraph, where it stands run in before a colon.
    """
    pieces: list[Piece] = []
    for block in blocks:
        piece = _grid(block) if isinstance(block, Table) else _text(block, label if not pieces else "")
        if piece is not None:
            pieces.append(piece)
    return tuple(pieces)


def _text(paragraph: Paragraph, label: str = "") -> Text | None:
    text = without_placeholders(_without_label(paragraph.text, label)).strip()
    images = pictures(paragraph.images) if paragraph.images else ""
    if not images and is_blank(text):
        return None
    runs: list[Run] = []
    if paragraph.bold:
        runs.append(Run(text, "bold"))
    elif paragraph.bold_prefix and text == paragraph.text:
        runs += [Run(text[: paragraph.bold_prefix], "bold"), Run(text[paragraph.bold_prefix :])]
    elif text:
        runs.append(Run(text))
    if images:
        runs.append(Run(images, "faint"))
    level = min(paragraph.level + 1, 9) if paragraph.level else 0
    return Text(tuple(r for r in runs if r.text), paragraph.label, level)


def pictures(count: int) -> str:
    """What stands for pictures, which are not carried."""
    return (
        " (una imagen del original que no se traslada)"
        if count == 1
        else f" ({count} imágenes del original que no se trasladan)"
    )


def _without_label(text: str, label: str) -> str:
    """``Asunto: Programación`` → ``Programación`` for the label ``Asunto``."""
    head = flat(text).lstrip(" *#_")
    name = flat(squeeze(label)).strip(" *#_:.-")
    if not name or not head.startswith(name):
        return text
    rest = text[len(text) - len(head) + len(name) :].lstrip(" *_")
    return rest[1:].lstrip(" *_\n\t-–—") if rest[:1] in {":", "."} else text


def _grid(table: Table) -> Grid | None:
    if not table.cells:
        return None
    taken: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    for cell in table.cells:
        covered = {
            (r, c)
            for r in range(cell.row, cell.row + cell.rowspan)
            for c in range(cell.column, cell.column + cell.colspan)
        }
        if covered & taken:  # a damaged grid: the text still goes somewhere, in a cell of its own size
            covered = {(cell.row, cell.column)} - taken
        taken |= covered
        if covered:
            rowspan, colspan = (cell.rowspan, cell.colspan) if len(covered) > 1 else (1, 1)
            cells.append(GridCell(cell.row, cell.column, carried(cell.blocks), rowspan, colspan))
        elif cells:
            last = cells.pop()
            cells.append(
                GridCell(last.row, last.column, last.pieces + carried(cell.blocks), last.rowspan, last.colspan)
            )
    rows = max(max(c.row + c.rowspan - 1 for c in cells), 1)
    columns = max(max(c.column + c.colspan - 1 for c in cells), 1)
    return Grid(tuple(cells), rows, columns, table.header_rows)


def is_empty(blocks: Iterable[Block]) -> bool:
    """Whether nothing is written in them, placeholders aside."""
    return all(is_blank(without_placeholders(p.text)) and not p.images for p in paragraphs_of(tuple(blocks)))


def is_blank(text: str) -> bool:
    """Whether ``text`` is nothing, or only what stands where something is to be written; a cross or a tick is something."""
    return is_placeholder(text) and not _MARK.fullmatch(text)
