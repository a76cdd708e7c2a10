"""A norm as lines: prose and table rows in reading order, each with its page, what repeats on every page told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from checker.spanish.text import flat, squeeze
from parsers.model import Block, Document, Paragraph, Place, Table

_MARKER = re.compile(r"\bpag(?:ina|\.)?\s*(?:no\.?)?\s*:?\s*(\d{1,4})\s*(?:de|/)\s*(\d{1,4})\b")
_RUNS = re.compile(r"\b(?:clave|codigo|vigencia|revision)\s*:")
_BREAKS = re.compile(r"<(?:/?li|/?p|br|/?ol|/?ul)\b[^>]*>", re.IGNORECASE)
_TAGS = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"\*{1,3}([^*\s](?:[^*\n]*[^*\s])?)\*{1,3}")
_REPEATS = 3
"""Times that a line stands in a document before it may be a running header or footer."""
_NEAR = 8
"""Lines from a page's number within which its header and footer stand."""
_WRAPPED = 65
"""Characters of a line that goes on, by which the lines of a joined paragraph are guessed."""
_MOST = 0.6
"""Share of the pages whose number must be legible for the printed numbers to part the pages."""
_STARTS = re.compile(
    r"^\s*(?:\d{1,3}(?:\.\d{1,3})*\s*[.)\-–]*(?:\s|$)|[IVXL]{1,6}\s*[.)\-–]+\s|[a-zA-Z]\s?[).]\s|[•▪◦o°·\-–*]\s|(?:transitorio|primero|segundo|tercero|articulo|art[ií]culo|nota)\b)",
    re.IGNORECASE,
)


T = TypeVar("T")


class Line(msgspec.Struct, frozen=True):
    """A line of prose, or a row of a table."""

    order: int
    """Position in the document, from 0."""
    text: str
    """Without marks of emphasis; the cells of a row joined by tabs."""
    cells: tuple[str, ...]
    """Of a row, left to right, empty ones included; () for prose."""
    place: Place
    page: int | None
    """The file's own page, else the one that the running header prints."""
    level: int = 0
    margin: bool = False
    """Of the running header or footer."""
    apart: bool = False
    """Something (a blank line, a paragraph mark) parts it from the line before."""

    @property
    def flat(self) -> str:
        """Lower case without accents, single blanks."""
        return squeeze(flat(self.text))


class Page(msgspec.Struct, frozen=True):
    """What stands on one page, or, where the file has no pages, what every page carries."""

    number: int | None
    """As printed by the running header, None when it prints none."""
    total: int | None
    margin: tuple[Line, ...]
    """Running header and footer."""
    lines: tuple[Line, ...]
    """All lines of the page, its margins included."""


class NormText:
    """The lines of one document; what is derived from them is worked out once, when first asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._known: dict[str, Any] = {}
        if document.running:  # a pdf, whose blocks hold each header once: here each page has its own
            body = [line for line in _lines(document.blocks) if not line.margin]
            margins = _lines(document.running)
            lines = [msgspec.structs.replace(ln, order=n) for n, ln in enumerate([*margins, *body])]
        else:
            lines = list(_lines(document.blocks))
        self.lines = _marked(_paged(lines))

    @cached_property
    def body(self) -> tuple[Line, ...]:
        """Without running headers and footers."""
        return tuple(line for line in self.lines if not line.margin)

    @cached_property
    def words(self) -> str:
        """The body, flat, a line each."""
        return "\n".join(line.flat for line in self.body)

    @cached_property
    def passages(self) -> tuple[Line, ...]:
        """The body with the lines of one paragraph joined; rows stay as they are."""
        found: list[Line] = []
        for line in self.body:
            before = found[-1] if found else None
            if before is None or line.cells or before.cells or line.level or before.level or _parted(before, line):
                found.append(line)
            else:
                joined = before.text[:-1] + line.text if before.text.endswith("-") else f"{before.text} {line.text}"
                found[-1] = msgspec.structs.replace(before, text=joined)
        return tuple(found)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Page by page; one page for all where neither the file nor its header tells them apart."""
        groups: dict[int | None, list[Line]] = {}
        for line in self.lines:
            groups.setdefault(line.page, []).append(line)
        margins = tuple(line for line in groups.pop(None, []) if line.margin or not groups)
        if not groups:
            return (_page(margins),)
        return tuple(_page((*margins, *lines)) for _, lines in sorted(groups.items(), key=lambda g: g[0] or 0))

    def part(self, start: int, end: int | None) -> NormText:
        """The lines from ``start`` up to, not including, ``end`` as a text of its own."""
        made = NormText.__new__(NormText)
        made.document = self.document
        made._known = {}
        made.lines = tuple(ln for ln in self.lines if ln.order >= start and (end is None or ln.order < end))
        return made

    def once(self, name: str, make: Callable[[NormText], T]) -> T:
        """What ``make`` derives from this text, worked out when first asked for under ``name``: every rule on a norm asks for the same."""
        if name not in self._known:
            self._known[name] = make(self)
        made: T = self._known[name]
        return made

    @cached_property
    def _printed(self) -> dict[int, int]:
        """Page of the file → number that the page prints on itself."""
        found: dict[int, int] = {}
        for line in self.lines:
            if line.margin and line.page is not None and (marker := page_marker(line)):
                found.setdefault(line.page, marker[0])
        return found

    def printed_page(self, line: Line) -> int | None:
        """The number that the line's page prints on itself; else that of the file's page, which a cover may have put off."""
        return None if line.page is None else self._printed.get(line.page, line.page)

    @property
    def numbers_pages(self) -> bool:
        """Whether pages print their numbers."""
        return bool(self._printed)

    @property
    def paged(self) -> bool:
        """Whether it is known on which page each line stands."""
        return any(line.page is not None for line in self.body)


_last: list[tuple[Document, NormText]] = []


def norm_text(document: Document) -> NormText:
    """The lines of ``document``; remembered for the document asked about last, as every rule on a norm asks for them."""
    if not _last or _last[0][0] is not document:
        _last[:] = [(document, NormText(document))]
    return _last[0][1]


def plain(text: str) -> str:
    """Without the marks of Markdown and HTML that extracted texts carry; what they part is parted by line breaks."""
    if "<" in text:
        text = _TAGS.sub("", _BREAKS.sub("\n", text))
    return _EMPHASIS.sub(r"\1", text).replace("**", "") if "*" in text else text


def _lines(blocks: Sequence[Block]) -> Iterator[Line]:
    order = 0
    last: Paragraph | None = None
    for block in blocks:
        if isinstance(block, Table):
            for cells, place in _rows(block):
                yield Line(order, "\t".join(cells), cells, place, place.page, margin=_outer(block), apart=True)
                order += 1
            last = None
            continue
        for text, cells in _written(block):
            apart = last is None or _apart(last, block.place)
            last = block
            yield Line(order, text, cells, block.place, block.place.page, block.level, _outer(block), apart)
            order += 1


def _outer(block: Block) -> bool:
    return block.origin in ("header", "footer")


def _apart(last: Paragraph, place: Place) -> bool:
    """Whether a blank line or a paragraph mark stands between ``last`` and what is at ``place``."""
    before = last.place
    if place.line is None or before.line is None:
        return before.paragraph != place.paragraph  # a paragraph of a docx is one by itself
    gap = place.line - before.line
    if place.page != before.page or gap <= 1:
        return False
    # the reader has joined the lines of ``last``, and does not say how many they were
    return gap > len(last.text) // _WRAPPED + 1 or last.text.rstrip()[-1:] in ".:;"


def _written(paragraph: Paragraph) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lines of a paragraph; one that is a row of which a text file kept only the tabs is a row."""
    text = plain(paragraph.text)
    if paragraph.label and not text.startswith(paragraph.label):
        text = ("\t" if "\t" in text else " ").join((paragraph.label, text))
    if "\t" in text.strip("\t"):
        cells = tuple(cell.strip() for cell in text.split("\t"))
        yield "\t".join(cells), cells
        return
    for part in text.split("\n"):
        if part.strip():
            yield squeeze(part), ()


def _rows(table: Table) -> Iterator[tuple[tuple[str, ...], Place]]:
    """Each row's cells from left to right; one merged downwards speaks for every row that it covers."""
    grid = table.grid()
    for row in range(1, table.rows + 1):
        cells: list[str] = []
        place = table.place
        for column in range(1, table.columns + 1):
            cell = grid.get((row, column))
            if cell is None or cell.column != column:
                continue
            if not cells:
                place = cell.place if cell.row == row else msgspec.structs.replace(cell.place, row=row)
            cells.append(plain("\n".join(_said(cell.blocks))).strip())
        if any(cells):
            yield tuple(cells), place


def _said(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Table):
            for cell in block.cells:
                yield from _said(cell.blocks)
        elif block.label and not block.text.startswith(block.label):
            yield f"{block.label} {block.text}"
        else:
            yield block.text


def _paged(lines: list[Line]) -> list[Line]:
    """Lines of a file without pages of its own take the page that the running header above them prints."""
    if any(line.page is not None for line in lines):
        return lines
    markers = [m for line in lines if (m := page_marker(line))]
    if len(markers) < _REPEATS or len(markers) < _MOST * max(total for _, total in markers):
        return lines  # too few to say where the pages end
    page: int | None = None
    found = []
    for line in lines:
        if marker := page_marker(line):
            page = marker[0]
        found.append(msgspec.structs.replace(line, page=page) if page is not None else line)
    return found


def page_marker(line: Line) -> tuple[int, int] | None:
    """(page, pages) that the line prints."""
    if "g" not in line.text:
        return None
    found = _MARKER.search(line.flat)
    return (int(found[1]), int(found[2])) if found else None


def _marked(lines: list[Line]) -> tuple[Line, ...]:
    """With the running headers and footers that stand as lines among the others."""
    shapes = [re.sub(r"\d+", "#", line.flat) for line in lines]
    times = Counter(shapes)
    anchors = [i for i, line in enumerate(lines) if page_marker(line)]
    near: Counter[str] = Counter()
    if len(anchors) >= _REPEATS:
        close = {j for i in anchors for j in range(max(0, i - _NEAR), min(len(lines), i + _NEAR + 1))}
        near.update(shapes[j] for j in close)
    pages = {line.page for line in lines if line.page is not None}

    def runs(i: int) -> bool:
        line, shape = lines[i], shapes[i]
        if line.margin or page_marker(line):
            return line.margin or len(anchors) >= _REPEATS
        if times[shape] < _REPEATS:
            return False
        if near:
            return near[shape] >= _REPEATS and near[shape] >= 0.6 * times[shape] and near[shape] >= 0.2 * len(anchors)
        if pages:  # the reader tells headers and footers by where they stand
            return False
        return bool(_RUNS.search(line.flat)) or (not line.cells and line.text.isupper() and len(line.text.split()) >= 4)

    found = [msgspec.structs.replace(line, margin=True) if runs(i) else line for i, line in enumerate(lines)]
    if anchors and found[anchors[-1]].margin and lines[anchors[-1]].place.page is None:
        _to_their_page(found, shapes, anchors)
    return tuple(found)


def _to_their_page(lines: list[Line], shapes: Sequence[str], anchors: Sequence[int]) -> None:
    """Give the lines of a header that stand above the page's number to that page: those that do not stand below the last one."""
    footers = {shapes[i] for i in range(anchors[-1] + 1, len(lines)) if lines[i].margin}
    for anchor in anchors:
        i = anchor - 1
        while i >= 0 and shapes[i] not in footers and i not in anchors:
            above = (j for j in (i - 1, i - 2) if j >= 0 and j not in anchors)
            held = any(lines[j].margin and shapes[j] not in footers for j in above)
            if not lines[i].margin and not (lines[i].cells and held and anchor - i <= _NEAR // 2):
                break  # a row of the header that this page lays out otherwise stands between others of it
            lines[i] = msgspec.structs.replace(lines[i], page=lines[anchor].page, margin=True)
            i -= 1


def _page(lines: Sequence[Line]) -> Page:
    marker = next((m for line in lines if (m := page_marker(line))), None)
    number, total = marker or (None, None)
    return Page(number, total, tuple(line for line in lines if line.margin), tuple(lines))


def _parted(before: Line, line: Line) -> bool:
    """Whether ``line`` begins a paragraph of its own."""
    capitals = line.text.isupper() != before.text.isupper() and len(line.text.split()) >= 2
    if line.apart or capitals:
        return True
    if _STARTS.match(line.text):
        # «… en el numeral / 7.2.7 de la Norma», «celebrada el / 25 de abril»: a number that goes on with the sentence
        return before.text[-1:] in ".:;" or not re.match(r"\s*[\d.]+\s+[a-záéíóúñ]", line.text)
    return line.place.page is not None and before.text[-1:] in ".:;" and line.text[:1].isupper()
