"""What layout makes of a page before it becomes the model: lines, paragraphs and tables in layout coordinates."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from parsers.model import Origin
from parsers.pdf_frame import Box
from parsers.pdf_ink import Word


class Line(msgspec.Struct):
    """Words on one baseline within one column, left to right."""

    words: list[Word]
    box: Box
    text: str
    size: float
    number: int = 0
    """n-th line of its page in reading order."""

    @property
    def bold(self) -> bool:
        """Every word is bold."""
        return all(word.bold for word in self.words)


class TextBlock(msgspec.Struct):
    """A paragraph: its lines, and the words between them already joined."""

    lines: list[Line]
    origin: Origin = "body"
    pictures: int = 0
    page: int = 0
    here: int = 0
    """Lines that stand on ``page``, where the paragraph goes on overleaf; 0 when all do."""

    @property
    def text(self) -> str:
        """Lines joined by a space; hyphens of line ends and broken words resolved."""
        out = self.lines[0].text
        for before, after in pairwise(self.lines):
            if before.words and before.words[-1].broken:
                out += after.text
            else:
                out = join_text(out, after.text, before.words[-1].hyphen if before.words else False)
        return out

    @property
    def box(self) -> Box:
        """Around the lines on its page."""
        return hull([line.box for line in self.lines[: self.here or None]])

    @property
    def words(self) -> list[Word]:
        """All words, in reading order."""
        return [word for line in self.lines for word in line.words]

    @property
    def size(self) -> float:
        """Size of most of its characters, in points."""
        weights: dict[float, int] = {}
        for line in self.lines:
            weights[line.size] = weights.get(line.size, 0) + len(line.text)
        return max(weights, key=lambda size: (weights[size], size))


class GridCell(msgspec.Struct):
    """A cell of a table on one page; row and column from 1."""

    row: int
    column: int
    blocks: list[Block]
    box: Box
    rowspan: int = 1
    colspan: int = 1
    page: int = 0

    @property
    def text(self) -> str:
        """All text, for comparison."""
        return "\n".join(block.text for block in self.blocks)


class Grid(msgspec.Struct):
    """A table on one page, each merged cell once."""

    cells: list[GridCell]
    rows: int
    columns: int
    box: Box
    edges: list[float]
    """x of the column boundaries, ``columns + 1`` of them."""
    origin: Origin = "body"
    ruled: bool = True
    page: int = 0
    header_rows: int = 0
    """Rows that are repeated at the top of each page."""

    @property
    def text(self) -> str:
        """All text, for comparison."""
        return "\n".join(cell.text for cell in self.cells)


Block = TextBlock | Grid


def hull(boxes: Sequence[Box]) -> Box:
    """Smallest box around all of them."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def join_text(before: str, after: str, soft: bool = False) -> str:
    """Two pieces of one paragraph; ``soft`` when the hyphen at the end is known to come from the line break."""
    if before.endswith("-") and len(before) > 1 and before[-2].isalpha():
        if after[:1].islower():
            return before[:-1] + after
        if soft or after[:1].isalpha():
            return before + after
    return f"{before} {after}"
