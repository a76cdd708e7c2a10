"""Carrying over what a submission already had: its blocks as pieces of the outline, and what no place took up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from checker.handback.outline import Grid, GridCell, Piece, Run, Text, texts_of, without_placeholders
from checker.spanish.text import flat, is_placeholder, squeeze, undecorated
from parsers.model import Block, Cell, Paragraph, Place, Table, paragraphs_of

_WORD = re.compile(r"\w+")
_ORDINAL = re.compile(r"\W*(?:\d{1,3}|\w)\W*")


def carried(blocks: Iterable[Block], label: str = "", *, demote: int = 1) -> tuple[Piece, ...]:
    """Blocks as they were, headings ``demote`` levels lower; empty paragraphs and placeholders are left out.

    ``label`` is cut from the beginning of the first paragraph, where it stands run in before a colon.
    """
    pieces: list[Piece] = []
    for block in blocks:
        piece = _grid(block) if isinstance(block, Table) else _text(block, label if not pieces else "", demote)
        if piece is not None:
            pieces.append(piece)
    return tuple(pieces)


def _text(paragraph: Paragraph, label: str = "", demote: int = 1) -> Text | None:
    text = without_placeholders(_without_label(paragraph.text, label)).strip()
    images = f"({paragraph.images} imagen(es) del original que no se trasladan)" if paragraph.images else ""
    if not images and (not text or is_placeholder(text)):
        return None
    runs: list[Run] = []
    if paragraph.bold:
        runs.append(Run(text, "bold"))
    elif paragraph.bold_prefix and text == paragraph.text:
        runs += [Run(text[: paragraph.bold_prefix], "bold"), Run(text[paragraph.bold_prefix :])]
    elif text:
        runs.append(Run(text))
    if images:
        runs.append(Run((" " if runs else "") + images, "faint"))
    level = min(paragraph.level + demote, 9) if paragraph.level else 0
    return Text(tuple(r for r in runs if r.text), paragraph.label, level)


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


def words(text: str) -> list[str]:
    """The words of a text in order, folded."""
    return _WORD.findall(flat(text))


@dataclass(slots=True)
class Said:
    """What an outline says already, so that the rest can be told from it."""

    words: set[str] = field(default_factory=set)
    pairs: set[tuple[str, str]] = field(default_factory=set)

    def add(self, text: str) -> None:
        """Take note of ``text``."""
        found = words(text)
        self.words.update(found)
        self.pairs.update(pairwise(found))

    def add_pieces(self, pieces: Iterable[Piece]) -> None:
        """Take note of all that ``pieces`` say."""
        for text in texts_of(tuple(pieces)):
            self.add(text.text)

    def covers(self, text: str) -> bool:
        """Whether ``text`` is said: every word, and in longer texts most of them in the same order; a bare ordinal says nothing."""
        text = without_placeholders(text)
        found = words(text)
        if is_placeholder(text) or _ORDINAL.fullmatch(text):
            return True
        if any((len(word) > 1 or word.isdigit()) and word not in self.words for word in found):
            return False
        pairs = list(pairwise(found))
        return len(found) < 4 or 2 * sum(pair in self.pairs for pair in pairs) >= len(pairs)


def left_over(blocks: Iterable[Block], said: Said) -> tuple[Text, ...]:
    """What blocks hold beyond what is ``said``: whole paragraphs, and whole rows of tables with a dot between cells."""
    texts: list[Text] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            if (block.images or not said.covers(block.text)) and (text := _text(block)):
                texts.append(Text(text.runs, text.label))
            continue
        for row in range(1, block.rows + 1):
            line = [squeeze(without_placeholders(c.text)) for c in block.cells if c.row == row]
            if any(not said.covers(text) for text in line):
                texts.append(Text((Run(" · ".join(text for text in line if text)),)))
    return tuple(texts)


def extra_columns(
    blocks: Iterable[Block], places: Sequence[Place | None], said: Sequence[str]
) -> Mapping[str, tuple[str, ...]]:
    """Columns of a source table that the type does not know: header → text for each of ``places`` (rows), in their order.

    ``said[i]`` is what row ``i`` says already. A column of plain ordinals is not content. Empty when the rows do not come from one
    table with a header.
    """
    if not places or any(p is None or p.table is None or p.row is None for p in places):
        return {}
    rows = [p.row for p in places if p is not None and p.row is not None]
    numbers = {p.table for p in places if p is not None}
    tables = [t for t in _tables(blocks) if t.place.table in numbers]
    if len(tables) != 1 or len(set(rows)) != len(rows):
        return {}
    table, grid = tables[0], tables[0].grid()
    header = min(rows) - 1
    found: dict[str, tuple[str, ...]] = {}
    for column in range(1, table.columns + 1):
        head = _cell_text(grid.get((header, column)))
        texts = tuple(_cell_text(grid.get((row, column))) for row in rows)
        ordinal = all(not t or undecorated(t).strip(" .") == str(i) for i, t in enumerate(texts, 1))
        news = any(not set(words(t)) <= set(words(own)) for t, own in zip(texts, said, strict=True))
        if head and head not in found and not ordinal and news:
            found[head] = texts
    return found


def _tables(blocks: Iterable[Block]) -> Iterable[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
            for cell in block.cells:
                yield from _tables(cell.blocks)


def _cell_text(cell: Cell | None) -> str:
    return "" if cell is None else without_placeholders(cell.text).strip()


def is_empty(blocks: Iterable[Block]) -> bool:
    """Whether nothing is written in them, placeholders aside."""
    return all(is_placeholder(without_placeholders(p.text)) and not p.images for p in paragraphs_of(tuple(blocks)))
