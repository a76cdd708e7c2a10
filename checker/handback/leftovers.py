"""What of a submission no field took: sections and tables of its own, lines beside the fields, running headers; nothing of it is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from msgspec.structs import replace

from checker.handback.carry import carried, is_empty, pictures
from checker.handback.ledger import Ledger, places_of
from checker.handback.outline import Piece, Run, Text, without_placeholders
from checker.packs.model import DocumentType
from checker.recognise.stream import CARRIED
from checker.spanish.text import flat, squeeze
from parsers.model import Block, Cell, Paragraph, Place, Table, paragraphs_of

OTHER_TITLE = CARRIED
FOOTER = "Estructura conforme a"
"""Beginning of the footer of documents without letterhead."""
_ORIGINS = {"footnote": "Nota al pie", "comment": "Comentario"}
_TITLE_LENGTH, _TITLE_WITHIN = 160, 6
"""Characters that a submission's own title may have, and paragraphs among which it stands."""
_TYPED_LABEL = re.compile(r"(\S{1,8})\t")
_QUOTE = 60
"""Characters quoted of the row that a line of the original headed."""


def own_title(document_type: DocumentType, everything: Sequence[Block]) -> tuple[str, list[Block]]:
    """The submission's title where it says more than the type's, else empty; and the blocks without it and without the type's own."""
    titles = {flat(t) for t in (document_type.title, *document_type.recognise.titles)}
    title = ""
    rest: list[Block] = []
    seen = 0
    for block in everything:
        text = squeeze(block.text) if isinstance(block, Paragraph) else ""
        named = flat(text).strip(" .:")
        seen += bool(text) and block.origin == "body"
        if named in titles and seen <= _TITLE_WITHIN:
            continue
        if not title and seen <= _TITLE_WITHIN and len(text) <= _TITLE_LENGTH and _begins(named, titles):
            title = text
        else:
            rest.append(block)
    return title, rest


def leftovers(blocks: Sequence[Block], ledger: Ledger, headers: frozenset[Place]) -> tuple[Piece, ...]:
    """In reading order what ``ledger`` does not tell of ``blocks``; at the end running headers and footers, each line once.

    ``headers`` are the places of the header cells of tables whose rows a section took up. What an earlier correction carried is
    carried as it stands.
    """
    start = next((i for i, b in enumerate(blocks) if _opens_carried(b)), len(blocks))
    body = [b for b in blocks[:start] if b.origin not in ("header", "footer")]
    before = [b for b in blocks[start + 1 :] if b.origin not in ("header", "footer")]
    pieces = _Walk(ledger, headers).pieces(body)
    pieces += _as_before(b for b in before if not _is_footer(b))
    running = {
        squeeze(line): None
        for block in blocks
        if block.origin in ("header", "footer") and not _is_footer(block)
        for paragraph in paragraphs_of((block,))
        for line in paragraph.text.split("\n")
        if line.strip() and not ledger.tells(line, ledger.speakers([paragraph.place]))
    }
    if running:
        pieces.append(Text((Run(f"Encabezado y pie del original: {' · '.join(running)}", "faint"),)))
    return tuple(pieces)


class _Walk:
    def __init__(self, ledger: Ledger, headers: frozenset[Place]) -> None:
        self.ledger = ledger
        self.headers = headers

    def pieces(self, blocks: Sequence[Block]) -> list[Piece]:
        found: list[Piece] = []
        for block, after in zip_longest(blocks, blocks[1:]):
            if isinstance(block, Paragraph):
                line = self._paragraph(block)
                if line and isinstance(after, Table) and (first := self._first_row(after)):
                    remark = Run(f" (en el original, sobre la tabla que comienza con «{first}»)", "faint")
                    line = replace(line, runs=(*line.runs, remark))
                found += [line] if line else []
            elif not is_empty((block,)):
                found += self._table(block)
        return found

    def _table(self, table: Table) -> Iterable[Piece]:
        places = list(places_of(table))
        beside = list(self._beside(table)) if self.ledger.speakers(places) else []
        if self.ledger.holds_value(places) or (not beside and self.ledger.speakers(places)):
            return beside
        return carried((table,))  # no value was read from it: whole, as it is easiest to read

    def _paragraph(self, paragraph: Paragraph) -> Text | None:
        speakers = self.ledger.speakers([paragraph.place])
        lines = [line for line in paragraph.text.split("\n") if not self.ledger.tells(line, speakers)]
        if not lines and not paragraph.images:
            return None
        whole = "\n".join(lines)
        kept = paragraph if whole == paragraph.text else replace(paragraph, text=whole, bold_prefix=0)
        for piece in carried((kept,)):
            assert isinstance(piece, Text)
            if piece.level:  # of the document that is handed back only its own sections have headings
                piece = replace(piece, level=0, runs=tuple(replace(r, tone="bold") for r in piece.runs))
            if paragraph.origin in _ORIGINS:
                return replace(piece, runs=(Run(f"{_ORIGINS[paragraph.origin]}: ", "faint"), *piece.runs))
            return piece
        return None

    def _first_row(self, table: Table) -> str:
        """How the rows of a table begin that a section took up."""
        if not any(p in self.headers for p in places_of(table)):
            return ""
        body = (c for c in table.cells if not any(p in self.headers for p in places_of(c)))
        return next((squeeze(c.text)[:_QUOTE] for c in body if len(c.text) > 3), "")

    def _beside(self, table: Table) -> Iterator[Piece]:
        """What fields left of a table that they took something from: whole rows as a table, single cells as a line."""
        whole: list[Cell] = []
        headed = any(p in self.headers for p in places_of(table))
        for row in range(1, table.rows + 1):
            cells = [c for c in table.cells if c.row == row and not is_empty(c.blocks)]
            speakers = self.ledger.speakers(p for c in cells for p in places_of(c))
            heads = any(p in self.headers for c in cells for p in places_of(c))
            if not speakers and not heads and (len(cells) > 1 or (cells and whole)):
                whole += cells
                continue
            if whole:
                yield from self._rows(table, whole)
                whole = []
            yield from self._row(cells, speakers, headed)
        if whole:
            yield from self._rows(table, whole)

    def _rows(self, table: Table, cells: list[Cell]) -> Iterator[Piece]:
        if len({c.row for c in cells}) == 1:
            yield from self._row(cells, frozenset(), False)
            return
        top = min(c.row for c in cells) - 1
        moved = tuple(replace(c, row=c.row - top) for c in cells)
        yield from carried((replace(table, cells=moved, rows=max(c.row for c in moved), header_rows=0),))

    def _row(self, cells: Iterable[Cell], speakers: frozenset[str], headed: bool) -> Iterator[Piece]:
        told: list[Run] = []
        tables: list[Table] = []
        news = False
        last = label = ""
        for number, cell in enumerate(cells):
            if any(p in self.headers for p in places_of(cell)):
                continue
            tables += [b for b in cell.blocks if isinstance(b, Table)]
            own = [b for b in cell.blocks if isinstance(b, Paragraph)]
            lines = [(t, self.ledger.speakers([p.place]) or speakers) for p in own for t in p.text.split("\n")]
            left = [t for t, who in lines if not self.ledger.tells(t, who, numbers=number > 0)]
            images = sum(p.images for p in own)
            news |= bool(left or images)
            text = squeeze(without_placeholders(" ".join([t for t, _ in lines] if headed else left)))
            if text and label:
                text = f"{label.rstrip(' :')}: {text}"
            label = squeeze(cell.text) if not text and self.ledger.names_only(cell.text) else ""
            if text:
                told.append(Run(f"{'' if not told else ' ' if last.endswith(':') else ' · '}{text}"))
                last = text
            if images:
                told.append(Run(pictures(images), "faint"))
        if news and told:
            yield Text(tuple(told))
        yield from self.pieces(tables)


def _as_before(blocks: Iterable[Block]) -> Iterator[Piece]:
    """What an earlier correction carried, as it drew it: its list labels are typed before a tab."""
    for piece in carried(blocks):
        if isinstance(piece, Text) and (typed := _TYPED_LABEL.match(piece.text)):
            tone = piece.runs[0].tone
            piece = replace(piece, runs=(Run(piece.text[typed.end() :], tone),), label=typed[1])
        yield piece


def _begins(text: str, titles: set[str]) -> bool:
    """``minuta de reunion 05/2025`` begins with a title; a run-in label does not."""
    return any(text.startswith(f"{title} ") for title in titles) and ":" not in text


def _opens_carried(block: Block) -> bool:
    """Whether an earlier correction put it there, before what it carried."""
    return isinstance(block, Paragraph) and flat(squeeze(block.text)) == flat(OTHER_TITLE)


def _is_footer(block: Block) -> bool:
    return isinstance(block, Paragraph) and squeeze(block.text).startswith(FOOTER)
