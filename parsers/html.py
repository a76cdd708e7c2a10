"""HTML pages and the HTML bodies of mail. Nothing that a page refers to is ever fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from lxml import etree
from lxml import html as lxml_html
from msgspec.structs import replace

from parsers.compose import Composer, Spans
from parsers.decoding import decode_as
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Block, Cell, Document, Place, Table, paragraphs_of
from parsers.text import illegible, split_lines

_SKIPPED = frozenset(
    "script style template noscript svg math object embed applet iframe frame audio video canvas map head".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th"
    " thead tr ul".split()
)
_BOLD = frozenset(("b", "strong", "th"))
_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)


def read_html(data: bytes, limits: Limits) -> Document:
    """Read a page; its charset is that of its mark or its ``meta``, where the bytes bear it out."""
    blocks, title, notes = html_blocks(html_text(data), Composer(limits))
    if not blocks:
        raise Unreadable("empty", "La página no contiene texto; solicite que se envíe de nuevo.")
    return Document("text/html", tuple(blocks), notes=notes, gaps=illegible(blocks), title=title)


def html_text(data: bytes, charset: str | None = None) -> str:
    """The source of a page as text. ``charset`` is what its transport says, which comes before its ``meta``."""
    declared = _CHARSET.search(data[:4096])
    return decode_as(data, charset or (declared[1].decode("ascii") if declared else None))


def html_blocks(source: str, composer: Composer) -> tuple[list[Block], str, tuple[str, ...]]:
    """Blocks of a page or fragment, its title, and notes on how it was read."""
    source = "\n".join(split_lines(source.replace("\f", " ")))
    if not source.strip():
        return [], "", ()
    # huge_tree: without it libxml2 drops what is nested more than 256 deep, and does not say so.
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = lxml_html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # nothing but comments and the like
        return [], "", ()
    title = " ".join((root.findtext(".//title") or "").split())
    walker = _Walker(composer)
    walker.element(root, _State())
    walker.flush()
    notes = ("Se leyó como aceptado el texto insertado o eliminado con marcas.",) * walker.revised
    if any(paragraph.hidden for paragraph in paragraphs_of(tuple(walker.blocks))):
        notes += ("La página contiene texto oculto o tachado, que también se leyó y se marcó como oculto.",)
    return walker.blocks, title, notes


class _State(msgspec.Struct, frozen=True):
    """What the elements around say about the text within."""

    bold: bool = False
    hidden: bool = False
    pre: bool = False
    level: int = 0
    within: Place | None = None
    depth: int = 0
    """Tables around."""


class _Walker(msgspec.Struct):
    composer: Composer
    blocks: list[Block] = []
    spans: Spans = []
    images: int = 0
    label: str = ""
    line: int | None = None
    here: int = 1
    """The line of the source that the walk has come to: what an element says, plus the newlines of the text since."""
    state: _State = msgspec.field(default_factory=_State)
    revised: bool = False

    def element(self, element: lxml_html.HtmlElement, state: _State) -> None:
        """Walk one element and all in it; text after it is the caller's."""
        tag = element.tag
        self.here = max(self.here, element.sourceline or 0)
        if not isinstance(tag, str) or tag in _SKIPPED:
            return
        if tag in ("del", "ins"):
            self.revised = True
            if tag == "del":
                return
        if tag == "br":
            self.line_break(state)
            return
        if tag == "img":
            self.images += 1
            self.line = self.line or self.here
            return
        if tag == "input":
            self.text(_typed(element), state)
            return
        state = _styled(element, tag, state)
        if tag not in _BLOCKS:
            self.contents(element, state)
            return
        self.flush()
        self.state = state
        if tag == "table":
            self.table(element, state)
        elif tag in ("ul", "ol", "menu"):
            self.listing(element, state)
        elif tag == "dl" and (element.find("dt") is not None or element.find("div/dt") is not None):
            self.definitions(element, state)
        else:
            if tag[0] == "h" and tag[1:].isdigit():
                state = replace(state, level=int(tag[1:]))
            self.contents(element, replace(state, pre=state.pre or tag == "pre"))
        self.flush()

    def contents(self, element: lxml_html.HtmlElement, state: _State) -> None:
        self.text(element.text, state)
        for child in element:
            self.element(child, state)
            self.text(child.tail, state)

    def text(self, text: str | None, state: _State) -> None:
        if not text:
            return
        line = self.here + text[: len(text) - len(text.lstrip())].count("\n")
        self.here += text.count("\n")
        if state.pre:
            for n, piece in enumerate(text.split("\n")):
                if n:
                    self.flush()
                self.state = state
                self.spans.append((piece, state.bold))
                self.line = self.line or self.here - text.count("\n") + n
            return
        text = re.sub(r"[ \t\r\n\f]+", " ", text).replace("\xa0", " ")
        if not text.strip() and not self.spans:
            return
        if state.hidden != self.state.hidden or state.level != self.state.level:
            self.flush()
        self.state = state
        if text[0] == " " and (not self.spans or self.spans[-1][0].endswith((" ", "\n"))):
            text = text[1:]
        self.spans.append((text, state.bold))
        if self.line is None and text.strip():
            self.line = line

    def line_break(self, state: _State) -> None:
        """A new line; a new paragraph in running text, for in mail that is how paragraphs and labels are parted."""
        if state.level or state.within or state.pre:
            self.spans.append(("\n", state.bold))
        else:
            self.flush()
            self.state = state

    def flush(self) -> None:
        """End the paragraph at hand."""
        found = [(re.sub(r" ?\n ?", "\n", text), bold) for text, bold in self.spans]
        if self.images or "".join(text for text, _ in found).strip():
            state = self.state
            self.blocks.append(
                self.composer.paragraph(
                    found,
                    self.line,
                    within=state.within,
                    level=state.level,
                    label=self.label,
                    hidden=state.hidden,
                    images=self.images,
                )
            )
            self.label = ""
        self.spans = []
        self.images = 0
        self.line = None

    def listing(self, element: lxml_html.HtmlElement, state: _State) -> None:
        number = _integer(element.get("start"), 1)
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if child.tag == "li":
                number = _integer(child.get("value"), number)
                self.flush()
                style = child.get("type") or element.get("type") or "1"
                self.label = "•" if element.tag != "ol" else f"{_number(number, style)}."
                number += 1
            self.element(child, state)
            self.label = ""

    def definitions(self, element: lxml_html.HtmlElement, state: _State) -> None:
        """A list of terms and what is said of each, as a table of two columns."""
        rows: list[tuple[list[lxml_html.HtmlElement], list[lxml_html.HtmlElement]]] = []
        groups = [list(child) if child.tag == "div" else [child] for child in element]
        for child in (child for group in groups for child in group if child.tag in ("dt", "dd")):
            if (child.tag == "dt" and (not rows or rows[-1][1])) or not rows:
                rows.append(([], []))
            rows[-1][child.tag == "dd"].append(child)
        place = self.composer.open_table(element.sourceline)
        cells = []
        for row, sides in enumerate(rows, 1):
            for column, elements in enumerate(sides, 1):
                within = self.composer.cell_place(place, row, column, element.sourceline)
                cells.append(Cell(row, column, self.inner(elements, state, within), within, hidden=state.hidden))
        self.blocks.append(Table(tuple(cells), len(rows), 2, place, hidden=state.hidden))

    def table(self, element: lxml_html.HtmlElement, state: _State) -> None:
        limits = self.composer.limits
        if state.depth >= limits.depth:
            raise Unreadable("malformed", "La página anida tablas a mayor profundidad de la que se lee.")
        rows = list(_rows(element))
        if element.get("role") in ("presentation", "none") or sum(len(cells) for cells, _ in rows) == 1:
            for cells, _ in rows:  # only layout
                for cell in cells:
                    self.flush()
                    self.element(cell, state)
                    self.flush()
            return
        place = self.composer.open_table(element.sourceline)
        made: list[Cell] = []
        taken: set[tuple[int, int]] = set()
        header = columns = 0
        for row, (elements, in_head) in enumerate(rows, 1):
            column = 1
            for cell in elements:
                while (row, column) in taken:
                    column += 1
                colspan = min(max(_integer(cell.get("colspan"), 1), 1), limits.span)
                rowspan = _integer(cell.get("rowspan"), 1)
                rowspan = min(rowspan if rowspan > 0 else len(rows), len(rows) - row + 1, limits.span)
                within = self.composer.cell_place(place, row, column, cell.sourceline)
                inner = _styled(cell, cell.tag, replace(state, depth=state.depth + 1, within=within, level=0))
                inner = replace(inner, hidden=inner.hidden or _hidden(cell.getparent()))
                made.append(
                    Cell(row, column, self.inner([cell], inner, within), within, rowspan, colspan, hidden=inner.hidden)
                )
                if rowspan * colspan > 1:
                    taken.update((r, c) for r in range(row, row + rowspan) for c in range(column, column + colspan))
                    if len(taken) > limits.cells:
                        raise Unreadable(
                            "too-many-cells", f"El archivo tiene más de {limits.cells:,} celdas; divídalo."
                        )
                column += colspan
            columns = max(columns, column - 1)
            if header == row - 1 and (in_head or (elements and all(cell.tag == "th" for cell in elements))):
                header = row
        if not made:
            return
        caption = element.find("caption")
        title = " ".join(caption.text_content().split()) if caption is not None else ""
        self.blocks.append(
            Table(
                tuple(made), len(rows), columns, place, title, header if header < len(rows) else 0, hidden=state.hidden
            )
        )

    def inner(self, elements: list[lxml_html.HtmlElement], state: _State, within: Place) -> tuple[Block, ...]:
        """Blocks of the elements that make up a cell."""
        walker = _Walker(self.composer, here=self.here)
        for element in elements:
            walker.flush()
            walker.state = replace(state, within=within)
            walker.element(element, walker.state)
        walker.flush()
        self.here = walker.here
        self.revised = self.revised or walker.revised
        return tuple(walker.blocks)


def _typed(element: lxml_html.HtmlElement) -> str | None:
    """What is typed or ticked in a field of a form."""
    kind = (element.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return "☑ " if element.get("checked") is not None else "☐ "
    return (
        None if kind in ("hidden", "password", "submit", "button", "image", "reset", "file") else element.get("value")
    )


def _rows(table: lxml_html.HtmlElement) -> Iterator[tuple[list[lxml_html.HtmlElement], bool]]:
    """The cells of each row of this table, not of those within it, and whether the row is in its head."""
    for part in table:
        rows = [part] if part.tag == "tr" else part if part.tag in ("thead", "tbody", "tfoot") else ()
        for row in rows:
            if row.tag == "tr":
                yield [cell for cell in row if cell.tag in ("td", "th")], part.tag == "thead"


def _styled(element: lxml_html.HtmlElement, tag: str, state: _State) -> _State:
    bold = state.bold or tag in _BOLD
    style = (element.get("style") or "").replace(" ", "").lower()
    if weight := re.search(r"font-weight:(\w+)", style):
        bold = weight[1] in ("bold", "bolder") or (weight[1].isdigit() and int(weight[1]) >= 600)
    hidden = state.hidden or _hidden(element)
    return state if (bold, hidden) == (state.bold, state.hidden) else replace(state, bold=bold, hidden=hidden)


def _hidden(element: lxml_html.HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return (
        element.get("hidden") is not None
        or element.tag in ("s", "strike")
        or "line-through" in style
        or "display:none" in style
        or "visibility:hidden" in style
        or "mso-hide:all" in style
    )


def _integer(text: str | None, otherwise: int) -> int:
    digits = re.match(r"\s*(-?\d{1,9})", text or "")
    return int(digits[1]) if digits else otherwise


def _number(number: int, style: str) -> str:
    """A list number as its ``type`` shows it."""
    if style in "aA" and number > 0:
        letters = ""
        while number > 0:
            number, letter = divmod(number - 1, 26)
            letters = chr(ord(style) + letter) + letters
        return letters
    if style in "iI" and 0 < number < 4000:
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (number // value)
            number %= value
        return roman if style == "i" else roman.upper()
    return str(number)
