"""A document as one stream of lines, pairs and grids, whatever the layout they came from.

Offices lay the same form out as headings, as run-in labels, as a two-column table or as one big table with everything in it.
The stream undoes that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

import msgspec
from msgspec.structs import replace

from checker.recognise.announcing import announced
from checker.recognise.items import Item, Line
from checker.recognise.labels import LabelIndex
from checker.recognise.signing_blocks import AT_MOST, signing_block
from checker.recognise.tables import TableReader
from checker.spanish.text import flat
from parsers.model import Block, Document, Paragraph, Table, paragraphs_of

CARRIED = "Otros contenidos de la entrega"
"""Heading of a corrected document under which stands what belongs to no field; nothing below it is read as one."""


def stream(document: Document, index: LabelIndex, fuzzy: bool = False) -> list[Item]:
    """The whole document, in reading order; running footers, footnotes and reviewers' comments left out, hidden text in."""
    sizes = sorted(p.size for p in paragraphs_of(document.blocks) if p.size and p.text.strip())
    body_size = sizes[len(sizes) // 2] if sizes else None
    reader = _Reader(index, fuzzy, body_size)
    return list(reader.blocks(document.blocks))


def own_part(document: Document) -> Document:
    """The document down to :data:`CARRIED`; itself where nothing was carried."""
    own = tuple(takewhile(lambda block: not _is_carried(block), document.blocks))
    return document if len(own) == len(document.blocks) else replace(document, blocks=own)


def _is_carried(block: Block) -> bool:
    if not isinstance(block, Paragraph) or len(block.text) > 2 * len(CARRIED):
        return False
    text = block.text.strip()
    return len(text) == len(CARRIED) and flat(text) == flat(CARRIED)


class _Reader(msgspec.Struct):
    index: LabelIndex
    fuzzy: bool
    body_size: float | None

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[Item]:
        after = 0
        above: Block | None = None
        for position, block in enumerate(blocks):
            if block.origin in ("footer", "footnote", "comment") or position < after:
                continue
            if signing := signing_block(blocks[position : position + AT_MOST], self.index, above):
                after = position + signing.blocks
                if signing.head:
                    yield from TableReader(self.index, self.fuzzy, self.blocks).read(signing.head)
                yield from signing.pairs
            elif isinstance(block, Table):
                yield from TableReader(self.index, self.fuzzy, self.blocks).read(block)
            else:
                yield from self.lines(block)
            above = block if isinstance(block, Table) or block.text.strip() else above

    def lines(self, paragraph: Paragraph) -> Iterator[Line]:
        text = paragraph.text
        # most lines hold no label to cut at
        pieces = self._pieces(paragraph) if "\n" in text or ":" in text else (paragraph,)
        for piece in pieces:
            if piece.text.strip():
                yield Line(piece, self.body_size)

    def _pieces(self, paragraph: Paragraph) -> list[Paragraph]:
        """Cut before each known label with a colon that stands at a line's start or after a gap: ``Fecha: …    Lugar: …``."""
        text = paragraph.text
        folded = flat(text)
        cuts = {0}
        first = len(text) - len(text.lstrip())
        for match in announced(folded, self.index.known):
            before = text[max(first, match.start - 12) : match.start]
            opening = re.search(r"(?:\n|\t|\s{2,}|[|;•●▪]|[.]\s)[\s*_\-–—•▪●◦]*$", before)
            if not before.strip() or not opening:
                continue
            target = self.index.field(match.label)
            if target or "\n" in opening.group():
                cuts.add(match.start)
        if "\n" in text and len(cuts) == 1:
            lines = text.split("\n")
            if sum(bool(line.strip()) for line in lines) > 1:
                offset = 0
                for line in lines:
                    cuts.add(offset)
                    offset += len(line) + 1
        bounds = [*sorted(cuts), len(text)]
        return [
            replace(
                paragraph,
                text=text[start:end].strip("\n"),
                bold_prefix=max(0, min(paragraph.bold_prefix - start, end - start)),
                images=paragraph.images if start == 0 else 0,
                label=paragraph.label if start == 0 else "",
            )
            for start, end in pairwise(bounds)
        ]
