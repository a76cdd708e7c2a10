"""Characters that a reader does not see taken out of what was read, and accents and ligatures made one character each.

Files from a Mac hold «ó» as two characters; justified text, soft hyphens; text copied from the web, blanks of no width.
None of it is to be seen, and all of it keeps words from being recognised.
"""

from __future__ import annotations

import re
import unicodedata

from msgspec.structs import replace

from parsers.model import Block, Cell, Document, Paragraph, Table

_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Soft hyphen, blanks and joiners of no width, marks of writing direction, byte order mark."""
_DROPPED = re.compile(f"[{_UNSEEN}]")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_UNPLAIN = re.compile(f"[{_UNSEEN}\u0300-\u036f\ufb00-\ufb06]")


def plain_text(text: str) -> str:
    """``text`` as it is seen: composed (NFC), without invisible characters, ligatures as their letters."""
    if text.isascii() or not _UNPLAIN.search(text):
        return text
    return unicodedata.normalize("NFC", _DROPPED.sub("", text).translate(_LIGATURES))


def plain_document(document: Document) -> Document:
    """The document with all that a reader sees of it made plain; the very same one where nothing had to be."""
    blocks = _blocks(document.blocks)
    title = plain_text(document.title)
    mail = document.mail
    if mail is not None:
        mail = replace(
            mail,
            sender=plain_text(mail.sender),
            to=tuple(map(plain_text, mail.to)),
            cc=tuple(map(plain_text, mail.cc)),
            subject=plain_text(mail.subject),
        )
    if blocks is document.blocks and title == document.title and mail == document.mail:
        return document
    return replace(document, blocks=blocks, title=title, mail=mail)


def _blocks(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks made plain, those left with nothing taken out; the same tuple where all are plain already."""
    made = [_paragraph(block) if isinstance(block, Paragraph) else _table(block) for block in blocks]
    if all(new is old for new, old in zip(made, blocks, strict=True)):
        return blocks
    return tuple(
        new
        for new, old in zip(made, blocks, strict=True)
        if new is old or isinstance(new, Table) or new.text or new.label or new.images
    )


def _paragraph(paragraph: Paragraph) -> Paragraph:
    raw = paragraph.text
    if raw.isascii() or not _UNPLAIN.search(raw):
        return paragraph
    text = plain_text(raw).strip()
    prefix = len(plain_text(raw[: paragraph.bold_prefix])) if paragraph.bold_prefix else 0
    return replace(paragraph, text=text, bold_prefix=prefix, bold=paragraph.bold and bool(text))


def _table(table: Table) -> Table:
    made = [_cell(cell) for cell in table.cells]
    title = plain_text(table.title)
    if title == table.title and all(new is old for new, old in zip(made, table.cells, strict=True)):
        return table
    return replace(table, cells=tuple(made), title=title)


def _cell(cell: Cell) -> Cell:
    blocks = _blocks(cell.blocks)
    value = plain_text(cell.value) if isinstance(cell.value, str) else cell.value
    if blocks is cell.blocks and value == cell.value:
        return cell
    return replace(cell, blocks=blocks, value=value)
