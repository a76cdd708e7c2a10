"""Small parts of which sections are composed: cells, grids with their header, texts as they were written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from checker.handback.carry import carried
from checker.handback.outline import Grid, GridCell, Look, Piece, Run, Text, without_placeholders
from checker.recognise.model import FieldValue


def as_written(value: FieldValue) -> tuple[Piece, ...]:
    """What stands under a label and could not be read as its kind: the blocks, or the words where none are told."""
    text = without_placeholders(value.text)
    return carried(value.blocks, value.label) or ((Text((Run(text, "doubt"),)),) if text else ())


def unnumbered(text: str, number: int) -> str:
    """An item without its own number, which the list gives it: ``1 Bienvenida``."""
    return re.sub(rf"^{number}[\s.)\-–]+(?=\w)", "", text)


def cell(*content: str | Run) -> tuple[Piece, ...]:
    """What stands in a cell, a paragraph each; empty texts left out."""
    runs = [Run(c) if isinstance(c, str) else c for c in content]
    return tuple(Text((run,)) for run in runs if run.text)


def followed_by(pieces: tuple[Piece, ...], notes: Sequence[Run]) -> tuple[Piece, ...]:
    """``pieces`` with ``notes`` under them."""
    return (*pieces, *(Text((note,)) for note in notes))


def grid(
    titles: Sequence[str],
    body: Sequence[Sequence[tuple[Piece, ...]]],
    extra: Mapping[str, tuple[str, ...]],
    spare_rows: int,
    look: Look = "grid",
) -> Grid:
    """A header row, the body with its extra columns at the right, and empty rows."""
    header = [Text((Run(title, "bold"),)) for title in (*titles, *extra)]
    cells = [GridCell(1, c, (text,)) for c, text in enumerate(header, 1)]
    for r, row in enumerate(body, 2):
        more = [cell(texts[r - 2]) if r - 2 < len(texts) else () for texts in extra.values()]
        cells += [GridCell(r, c, pieces) for c, pieces in enumerate((*row, *more), 1)]
    first_spare = len(body) + 2
    cells += [
        GridCell(r, c, ()) for r in range(first_spare, first_spare + spare_rows) for c in range(1, len(header) + 1)
    ]
    return Grid(tuple(cells), 1 + len(body) + spare_rows, len(header), header_rows=1, look=look)
