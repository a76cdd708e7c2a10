"""Carrying over what a submission already had: its blocks as pieces of the outline, and what no place took up."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from checker.handback.outline import Grid, GridCell, Piece, Run, Text, texts_of, without_placeholders
from checker.handback.values import long_date
from checker.spanish.text import NUMBERING, flat, is_placeholder, squeeze, undecorated
from parsers.model import Block, Cell, Paragraph, Place, Table, paragraphs_of

_WORD = re.compile(r"[^\W_]+")
_NUMBERED_THINGS = r"(?:acuerdo|compromiso|punto|tema|asunto|n[oú]m?)\b\.?\s*"
_NUMBERED = re.compile(rf"^\s*{_NUMBERED_THINGS}\d{{1,3}}\s*[.:)\-–—]+\s*")
"""``acuerdo 01. ``: what numbers a line and is no content, besides plain numbering."""
_ORDINAL = re.compile(rf"\W*(?:{_NUMBERED_THINGS})?(?:\d{{1,3}}|\w)\W*", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00(?::00)?)?\b")


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
    images = _pictures(paragraph.images) if paragraph.images else ""
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
        runs.append(Run(images, "faint"))
    level = min(paragraph.level + demote, 9) if paragraph.level else 0
    return Text(tuple(r for r in runs if r.text), paragraph.label, level)


def _pictures(count: int) -> str:
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


def words(text: str) -> list[str]:
    """The words of a text in order, folded."""
    return _WORD.findall(flat(text))


class Said(msgspec.Struct):
    """What an outline says already, so that the rest can be told from it."""

    words: set[str] = set()
    pairs: set[tuple[str, str]] = set()

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
        text = _ISO.sub(_written_out, without_placeholders(text))
        if is_placeholder(text) or _ORDINAL.fullmatch(text):
            return True
        found = words(NUMBERING.sub("", _NUMBERED.sub("", flat(text)), count=1))
        if any((len(word) > 1 or word.isdigit()) and word not in self.words for word in found):
            return False
        pairs = list(pairwise(found))
        return len(found) < 4 or 2 * sum(pair in self.pairs for pair in pairs) >= len(pairs)


def _written_out(date: re.Match[str]) -> str:
    """A date of a workbook as documents that are handed back write it."""
    try:
        return long_date(dt.date(int(date[1]), int(date[2]), int(date[3])))
    except ValueError:
        return date[0]


def left_over(blocks: Iterable[Block], said: Said) -> tuple[Text, ...]:
    """What blocks hold beyond what is ``said``: the lines of paragraphs, and whole rows of tables with a dot between cells.

    What it finds is taken note of, so that it is told once.
    """
    texts: list[Text] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines = [line for line in block.text.split("\n") if not said.covers(line)]
            if (lines or block.images) and (text := _text(replace(block, text="\n".join(lines), bold_prefix=0))):
                texts.append(Text(text.runs, text.label))
                said.add(text.text)
            continue
        for row in range(1, block.rows + 1):
            cells = [c for c in block.cells if c.row == row]
            line = [squeeze(without_placeholders(c.text)) for c in cells]
            news = any(not said.covers(text) for c in cells for text in c.text.split("\n"))
            images = sum(p.images for c in cells for p in paragraphs_of(c.blocks))
            if images or news:
                told = " · ".join(text for text in line if text)
                texts.append(Text((Run(told), *([Run(_pictures(images), "faint")] if images else ()))))
                said.add(told)
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
