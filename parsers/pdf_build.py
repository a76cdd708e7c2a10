"""From the drafts of all pages to the blocks of the model: headings by size, places, numbering."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from parsers.model import Block, Cell, Origin, Paragraph, Place, Table
from parsers.pdf_draft import Block as Draft
from parsers.pdf_draft import Grid, GridCell, TextBlock
from parsers.pdf_ink import Word
from parsers.pdf_pages import PageDraft, join_paragraphs, join_tables, key_of, mark_running, texts_of

_HEADING_TEXT = 150
"""Characters; a longer paragraph is no heading, however large."""


def body_size(pages: Sequence[PageDraft]) -> float:
    """Size of most of the document's characters, in points."""
    weights: Counter[float] = Counter()
    for page in pages:
        for block in texts_of(page.blocks):
            for line in block.lines:
                weights[round(line.size * 2) / 2] += len(line.text)
    return max(weights, key=lambda size: (weights[size], -size), default=0.0)


def build(pages: Sequence[PageDraft], *, ocr: bool) -> tuple[Block, ...]:
    """The document's blocks: headers, body, text aside, footers, comments; what repeats on several pages comes once, body excepted."""
    body = body_size(pages)
    mark_running(pages, body)
    join_tables(pages)
    join_paragraphs(pages)
    least = (1.35 if ocr else 1.15) * body
    sizes = sorted(
        {
            round(block.size)
            for page in pages
            for block in page.blocks
            if isinstance(block, TextBlock) and _headlike(block, least)
        },
        reverse=True,
    )
    maker = _Maker({page.number: page for page in pages}, least, {size: min(n, 3) for n, size in enumerate(sizes, 1)})
    out: list[Block] = []
    for origin in ("header", "body", "textbox", "footer"):
        known: set[str] = set()
        for page in pages:
            for block in page.blocks:
                if block.origin != origin:
                    continue
                key = key_of(block)
                if origin == "body" or key not in known:
                    out.append(maker.block(block))
                known.add(key)
    out.extend(maker.paragraph(comment) for page in pages for comment in page.comments)
    return tuple(out)


def running(pages: Sequence[PageDraft]) -> tuple[Block, ...]:
    """Headers and footers page by page, those that repeat included; after :func:`build`, which tells them from the body."""
    maker = _Maker({page.number: page for page in pages}, 0.0, {})
    margins = (block for page in pages for block in page.blocks if block.origin in ("header", "footer"))
    return tuple(maker.block(block) for block in margins)


def _headlike(block: TextBlock, least: float) -> bool:
    return block.origin == "body" and block.size >= least and 2 < len(block.text) <= _HEADING_TEXT


class _Maker(msgspec.Struct):
    """Turns drafts into the model, counting paragraphs and tables in walking order."""

    pages: dict[int, PageDraft]
    least: float
    levels: dict[int, int]
    paragraphs: int = 0
    tables: int = 0

    def block(self, draft: Draft) -> Block:
        return self.paragraph(draft) if isinstance(draft, TextBlock) else self.table(draft)

    def paragraph(
        self, draft: TextBlock, table: int | None = None, row: int | None = None, column: int | None = None
    ) -> Paragraph:
        self.paragraphs += 1
        page = self.pages[draft.page]
        words = draft.words
        text = draft.text
        bold = bool(words) and all(word.bold for word in words)
        level = 0
        if table is None and _headlike(draft, self.least):
            level = self.levels.get(round(draft.size), 0)
        confidences = [word.confidence for word in words if word.confidence is not None]
        return Paragraph(
            text,
            Place(
                page.number,
                self.paragraphs,
                table,
                row,
                column,
                None,
                draft.lines[0].number or None,
                page.frame.user(draft.box),
            ),
            level=level,
            bold=bold,
            bold_prefix=0 if bold else _bold_prefix(words, text),
            size=round(draft.size, 1) if words else None,
            origin=draft.origin,
            hidden=bool(words) and not page.scanned and all(word.unseen for word in words),
            images=draft.pictures,
            confidence=round(sum(confidences) / len(confidences), 3) if confidences else None,
        )

    def table(self, draft: Grid) -> Table:
        self.tables += 1
        number = self.tables
        cells = tuple(self.cell(cell, number, draft.origin) for cell in draft.cells)
        frame = self.pages[draft.page].frame
        return Table(
            cells,
            draft.rows,
            draft.columns,
            Place(draft.page, table=number, box=frame.user(draft.box)),
            header_rows=draft.header_rows,
            origin=draft.origin,
        )

    def cell(self, draft: GridCell, table: int, origin: Origin) -> Cell:
        blocks: list[Block] = []
        for block in draft.blocks:
            block.origin = origin
            if isinstance(block, TextBlock):
                blocks.append(self.paragraph(block, table, draft.row, draft.column))
            else:
                blocks.append(self.table(block))
        box = self.pages[draft.page].frame.user(draft.box)
        place = Place(draft.page, None, table, draft.row, draft.column, None, None, box)
        return Cell(draft.row, draft.column, tuple(blocks), place, draft.rowspan, draft.colspan)


def _bold_prefix(words: Sequence[Word], text: str) -> int:
    """Length of the bold beginning of ``text``."""
    end = 0
    for word in words:
        if not word.bold:
            break
        at = text.find(word.text, end)
        if at < 0:
            break
        end = at + len(word.text)
    return end
