"""Builds located paragraphs and tables for the formats whose places are counted while reading: text, Markdown, HTML, mail."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Block, Cell, Paragraph, Place, Table

Spans = list[tuple[str, bool]]
"""Pieces of one paragraph in order, each with whether it is bold."""


class Composer(msgspec.Struct):
    """Counts paragraphs, tables and cells of one file, so that several texts in it (the parts of a mail) share the count."""

    limits: Limits
    paragraphs: int = 0
    tables: int = 0
    cells: int = 0
    page: int | None = None
    line_offset: int = 0
    """Added to every line given: lines before the text that is being read."""

    def paragraph(
        self,
        spans: Spans | str,
        line: int | None,
        *,
        within: Place | None = None,
        level: int = 0,
        label: str = "",
        bold: bool = False,
        hidden: bool = False,
        images: int = 0,
    ) -> Paragraph:
        """The next paragraph. ``within`` is the place of the cell it stands in; ``bold`` makes all of it bold."""
        self.paragraphs += 1
        text, whole, prefix = (spans, False, 0) if isinstance(spans, str) else emphasis(spans)
        return Paragraph(
            text,
            Place(
                page=self.page,
                paragraph=self.paragraphs,
                table=within.table if within else None,
                row=within.row if within else None,
                column=within.column if within else None,
                line=None if line is None else line + self.line_offset,
            ),
            level=level,
            label=label,
            bold=(bold and bool(text)) or whole,
            bold_prefix=0 if bold or whole else prefix,
            hidden=hidden,
            images=images,
        )

    def open_table(self, line: int | None) -> Place:
        """The place of the next table."""
        self.tables += 1
        return Place(page=self.page, table=self.tables, line=None if line is None else line + self.line_offset)

    def cell_place(self, table: Place, row: int, column: int, line: int | None) -> Place:
        """The place of a cell; counts it. Raises Unreadable above the limit of cells."""
        self.cells += 1
        if self.cells > self.limits.cells:
            raise Unreadable("too-many-cells", f"El archivo tiene más de {self.limits.cells:,} celdas; divídalo.")
        line = None if line is None else line + self.line_offset
        return Place(page=self.page, table=table.table, row=row, column=column, line=line)

    def table(self, rows: Sequence[tuple[int, Sequence[Spans | str]]], header_rows: int = 0) -> Table:
        """A table without merged cells, from (line, cells) of each row; short rows are filled up with empty cells."""
        columns = max((len(cells) for _, cells in rows), default=0)
        place = self.open_table(rows[0][0] if rows else None)
        made: list[Cell] = []
        for row, (line, contents) in enumerate(rows, 1):
            for column in range(1, columns + 1):
                within = self.cell_place(place, row, column, line)
                content = contents[column - 1] if column <= len(contents) else ""
                blocks: tuple[Block, ...] = (self.paragraph(content, line, within=within),) if content else ()
                made.append(Cell(row, column, blocks, within))
        return Table(tuple(made), len(rows), columns, place, header_rows=header_rows)


def emphasis(spans: Spans) -> tuple[str, bool, int]:
    """Text, whether all of it is bold, and else how many leading characters are.

    What carries no letter or digit (an emoji, a dash) counts for neither side: ``📅 **Fecha:** …`` begins bold.
    """
    pieces = [(text, bold) for text, bold in spans if text]
    whole = "".join(text for text, _ in pieces)
    start = len(whole) - len(whole.lstrip())
    text = whole.strip()
    words = [(piece, bold) for piece, bold in pieces if re.search(r"\w", piece)]
    if not words or not words[0][1]:
        return text, False, 0
    if all(bold for _, bold in words):
        return text, True, 0
    end = position = 0
    for piece, bold in pieces:
        if not bold and re.search(r"\w", piece):
            break
        position += len(piece)
        if bold:
            end = position
    return text, False, max(0, len(whole[:end].rstrip()) - start)
