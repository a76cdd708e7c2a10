"""The located model that every format gives: blocks in reading order, each with its place.

All indexes that people read (page, paragraph, table, row, column, line) start at 1.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal

import msgspec

Origin = Literal["body", "header", "footer", "footnote", "textbox", "comment"]


class Place(msgspec.Struct, frozen=True):
    """Where something stands in a file. What does not apply is None."""

    page: int | None = None
    """Page; in docx only where the file itself says so (rendered page breaks), else None. In workbooks, the sheet's position."""
    paragraph: int | None = None
    """n-th paragraph of the file in walking order, those in cells, text boxes, headers and notes included."""
    table: int | None = None
    """n-th table of the file in walking order; in workbooks None (see ``cell``)."""
    row: int | None = None
    column: int | None = None
    cell: str | None = None
    """Spreadsheet address with its sheet, ``Hoja1!B3``; None elsewhere."""
    line: int | None = None
    """Line in a text file, or line on the page of a pdf."""
    box: tuple[float, float, float, float] | None = None
    """Left, bottom, right, top in points of pdf user space; only in pdf. Not part of the output contract."""
    event: int | None = None
    """n-th event of a case that was derived from files, which have no common place. Not part of the output contract."""


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph, a heading, a list item, or a line of a pdf or text file."""

    text: str
    """What a reader sees, without the list label; tracked insertions in, deletions out; line breaks as ``\\n``, tabs as ``\\t``."""
    place: Place
    level: int = 0
    """Heading level 1–9, 0 for body text."""
    label: str = ""
    """Rendered list label (``1.``, ``a)``, ``•``), where the format numbers by itself."""
    bold: bool = False
    """The whole visible text is bold (or the pdf font says so)."""
    bold_prefix: int = 0
    """Number of leading characters that are bold when the rest is not: ``**Asunto:** …``."""
    size: float | None = None
    """Dominant font size in points, where known."""
    origin: Origin = "body"
    hidden: bool = False
    """Marked as hidden by the format (vanish, hidden row or sheet). Read all the same."""
    images: int = 0
    """Pictures anchored in this paragraph."""
    confidence: float | None = None
    """Mean OCR confidence 0–1; None when the text is the file's own."""
    underlined: str = ""
    """The words that the author underlined; only where the format says so of them (docx)."""


class Cell(msgspec.Struct, frozen=True):
    """A cell with its merged extent; ``row`` and ``column`` are its top left, from 1 within its table."""

    row: int
    column: int
    blocks: tuple[Block, ...]
    place: Place
    rowspan: int = 1
    colspan: int = 1
    value: str | float | int | bool | dt.date | dt.datetime | dt.time | None = None
    """The typed value where the format has types (xlsx, ods); text formats leave None."""
    formula: str | None = None
    hidden: bool = False

    @property
    def text(self) -> str:
        """All text of the cell, its blocks joined by newlines."""
        if len(self.blocks) == 1 and isinstance(self.blocks[0], Paragraph):
            return self.blocks[0].text  # nearly every cell, and asked often
        return "\n".join(p.text for p in paragraphs_of(self.blocks))


class Table(msgspec.Struct, frozen=True):
    """A grid. ``cells`` holds each merged cell once, in row-major order."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    place: Place
    title: str = ""
    """Sheet name, caption or alternative text, where there is one."""
    header_rows: int = 0
    """Rows that the format itself marks as header; 0 when it does not say."""
    origin: Origin = "body"
    hidden: bool = False

    def grid(self) -> dict[tuple[int, int], Cell]:
        """(row, column) → cell, every position that a merged cell covers included."""
        return {
            (r, c): cell
            for cell in self.cells
            for r in range(cell.row, cell.row + cell.rowspan)
            for c in range(cell.column, cell.column + cell.colspan)
        }


Block = Paragraph | Table


class Gap(msgspec.Struct, frozen=True):
    """Something in the file that could not be read; what rests on it is undetermined, never compliant."""

    reason: str
    """One line in Spanish: ``página 3 sin texto``, ``fórmula sin valor calculado``."""
    place: Place


class Signature(msgspec.Struct, frozen=True):
    """A digital signature field, or the seal of an electronic signature embedded in a pdf."""

    signed: bool
    """False for an empty signature field."""
    name: str | None
    """Subject of the signer's certificate, or the field's name."""
    when: dt.datetime | None
    whole: bool
    """The signature covers the whole file as it stands."""
    place: Place


class Mail(msgspec.Struct, frozen=True):
    """Headers of a message; addresses as written, ``Nombre <correo>``."""

    sender: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    subject: str
    date: dt.datetime | None
    message_id: str | None = None
    received: tuple[dt.datetime | None, ...] = ()
    """When each server on its way says that it had it, from the first to the last; None where one gives no readable time."""
    reply_to: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    """Ids of the messages that it answers or forwards (In-Reply-To, References), as far as it says."""


class Attachment(msgspec.Struct, frozen=True):
    """A file within a file: of a message, or embedded in a pdf."""

    name: str
    media_type: str
    document: Document | None
    """The attachment read in its turn; None when it could not be."""
    reason: str | None = None
    """Why it could not be read, in Spanish."""


class Document(msgspec.Struct, frozen=True):
    """A file as read."""

    media_type: str
    blocks: tuple[Block, ...]
    """Reading order; headers first and footers, footnotes and comments last."""
    pages: int | None = None
    notes: tuple[str, ...] = ()
    """How it was read, in Spanish, for the receipt: tracked changes taken as accepted, hidden sheets read, OCR used."""
    gaps: tuple[Gap, ...] = ()
    signatures: tuple[Signature, ...] = ()
    mail: Mail | None = None
    attachments: tuple[Attachment, ...] = ()
    title: str = ""
    """Title property of the file, where it has one."""
    ocr: bool = False
    """Some of the text comes from OCR."""
    running: tuple[Block, ...] = ()
    """Running headers and footers of a pdf as they stand on every page; ``blocks`` hold only once what repeats."""
    source: bytes = b""
    """The file's own bytes where it may hold pictures, which are decoded only when asked for: :mod:`parsers.barcodes`."""

    def __repr__(self) -> str:
        return f"Document({self.media_type!r}, {len(self.blocks)} blocks)"


def paragraphs_of(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """Every paragraph in reading order, those in cells and nested tables included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for cell in block.cells:
                for inner in cell.blocks:
                    if isinstance(inner, Paragraph):
                        yield inner
                    else:
                        yield from paragraphs_of((inner,))
