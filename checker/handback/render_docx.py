"""Drawing an outline as WordprocessingML: elements for a body, whatever document they go into.

Everything is drawn by direct formatting besides headings, so that it looks the same under the styles of any office's letterhead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from checker.handback.outline import Grid, GridCell, Outline, Piece, Run, Section, Text, texts_of

_ACCENT = "1F4E45"
_SHADE = "E4EDEA"
_RULE = "9DB5AE"
_NUMBERED = re.compile(r"\d{1,3}\.")
_DOUBT = "FCE3D0"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TITLE, _SUBTITLE = 28, 22
"""Sizes in half points."""
_LETTER, _SMALL_LETTER = 140, 115
"""Rough widths of a bold letter, in twentieths of a point."""
_CROWDED, _SMALL = 2000, 18
"""Width of a column on average below which its text is small, and that size in half points."""
_LONGEST_WORD = 18
"""Letters beyond which a word may be broken."""
_ROOM_TO_SIGN, _EMPTY_ROW = 800, 400
"""Heights of rows in twentieths of a point."""


class Paper(msgspec.Struct, frozen=True):
    """What the document that is drawn into offers."""

    width: int
    """Between the margins, in twentieths of a point."""
    headings: dict[int, str]
    """Level → style id."""
    new_list: Callable[[], int]
    """Starts a numbered list and gives its number."""


def body(outline: Outline, paper: Paper) -> list[Any]:
    """Title, notes and all sections."""
    elements = [
        _paragraph(
            Text((Run(outline.title, "bold"),), centred=True),
            paper,
            size=_TITLE,
            colour=_ACCENT,
            after=60,
            capitals=True,
        )
    ]
    if outline.subtitle:
        elements.append(_paragraph(Text((Run(outline.subtitle),), centred=True), paper, size=_SUBTITLE))
    elements += [_paragraph(note, paper, size=18) for note in outline.notes]
    return elements + sections(outline.sections, paper)


def sections(parts: Sequence[Section], paper: Paper) -> list[Any]:
    """Sections under their headings; neighbouring inline ones share a form."""
    elements: list[Any] = []
    form: list[Section] = []
    for section in (*parts, None):
        if section is not None and section.inline:
            form.append(section)
            continue
        if form:
            elements += [_table(_form(form), paper.width, paper), _space()]
            form = []
        if section is not None:
            elements.append(_paragraph(Text((Run(section.title),), level=1), paper))
            elements += pieces(section.pieces, paper)
    return elements


def pieces(items: Iterable[Piece], paper: Paper) -> list[Any]:
    """Paragraphs and tables, each table followed by a paragraph, as the format demands between and after tables."""
    elements: list[Any] = []
    number = 0
    for item in items:
        if isinstance(item, Grid):
            elements += [_table(item, paper.width, paper), _space()]
            continue
        if item.label == "1.":
            number = paper.new_list()
        elements.append(_paragraph(item, paper, number=number if _NUMBERED.fullmatch(item.label) else 0))
    return elements


def runs(items: Iterable[Run]) -> list[Any]:
    """Run elements in their tones."""
    return [_run(item) for item in items if item.text]


def _form(parts: Sequence[Section]) -> Grid:
    cells: list[GridCell] = []
    for row, section in enumerate(parts, 1):
        cells += [GridCell(row, 1, (Text((Run(section.title, "bold"),)),)), GridCell(row, 2, section.pieces)]
    return Grid(tuple(cells), len(parts), 2, look="form")


# Elements ---------------------------------------------------------------------------------------------------------------


def _element(tag: str, parent: Any = None, **attributes: str | int) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name.rstrip('_')}"), str(value))
    if parent is not None:
        parent.append(element)
    return element


def _run(run: Run, size: int = 0, colour: str = "", capitals: bool = False) -> Any:
    element = _element("r")
    properties = _element("rPr", element)
    if run.tone == "bold":
        _element("b", properties)
    if run.tone == "faint":
        _element("i", properties)
    if capitals:
        _element("caps", properties)
    if colour or run.tone == "faint":
        _element("color", properties, val=colour or "595959")
    if size:
        _element("sz", properties, val=size)
    if run.tone == "gap":
        _element("highlight", properties, val="yellow")
    if run.tone == "doubt":
        _element("shd", properties, val="clear", color="auto", fill=_DOUBT)
    for part in re.split(r"([\n\t])", _ILLEGAL.sub("", run.text)):
        if part in ("\n", "\t"):
            _element("br" if part == "\n" else "tab", element)
        elif part:
            text = _element("t", element)
            text.text = part
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def _paragraph(
    text: Text,
    paper: Paper,
    *,
    size: int = 0,
    colour: str = "",
    after: int = 80,
    number: int = 0,
    capitals: bool = False,
    keep: bool = False,
) -> Any:
    element = _element("p")
    properties = _element("pPr", element)
    if text.level:
        _element("pStyle", properties, val=paper.headings[min(text.level, max(paper.headings))])
    if text.level or keep:
        _element("keepNext", properties)
    if number:
        list_properties = _element("numPr", properties)
        _element("ilvl", list_properties, val=0)
        _element("numId", list_properties, val=number)
    if not text.level:
        _element("spacing", properties, before=0, after=after)
    if text.label:
        _element("ind", properties, left=425, hanging=425)
    if text.centred:
        _element("jc", properties, val="center")
    if text.label and not number:
        element.append(_run(Run(f"{text.label}\t")))
    for run in text.runs:
        if run.text:
            element.append(_run(run, size, colour, capitals))
    return element


def _space() -> Any:
    """A thin paragraph, without which two tables would grow together."""
    element = _element("p")
    properties = _element("pPr", element)
    _element("spacing", properties, before=0, after=0, line=120, lineRule="exact")
    return element


def _table(grid: Grid, width: int, paper: Paper) -> Any:
    element = _element("tbl")
    properties = _element("tblPr", element)
    _element("tblW", properties, w=width, type="dxa")
    borders = _element("tblBorders", properties)
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _element(side, borders, val="single", sz=4, space=0, color=_RULE)
    _element("tblLayout", properties, type="fixed")
    margins = _element("tblCellMar", properties)
    for side, space in (("top", 50), ("left", 100), ("bottom", 50), ("right", 100)):
        _element(side, margins, w=space, type="dxa")
    widths = _widths(grid, width)
    columns = _element("tblGrid", element)
    for column in widths:
        _element("gridCol", columns, w=column)
    written = {cell.row for cell in grid.cells if cell.pieces}
    covers = {
        (r, c): cell
        for cell in grid.cells
        for r in range(cell.row, cell.row + cell.rowspan)
        for c in range(cell.column, cell.column + cell.colspan)
    }
    for row in range(1, grid.rows + 1):
        line = _element("tr", element)
        row_properties = _element("trPr", line)
        _element("cantSplit", row_properties)
        if grid.look == "signatures" and row > grid.header_rows:
            _element("trHeight", row_properties, val=_ROOM_TO_SIGN)
        elif grid.look == "grid" and row not in written:
            _element("trHeight", row_properties, val=_EMPTY_ROW)
        if row <= grid.header_rows:
            _element("tblHeader", row_properties)
        column = 1
        while column <= grid.columns:
            cell = covers.get((row, column)) or GridCell(row, column, ())
            span = sum(widths[column - 1 : column - 1 + cell.colspan])
            line.append(_cell(grid, cell, row, span, paper, _SMALL if _crowded(grid, width) else 0))
            column += cell.colspan
    return element


def _cell(grid: Grid, cell: GridCell, row: int, width: int, paper: Paper, size: int) -> Any:
    element = _element("tc")
    properties = _element("tcPr", element)
    _element("tcW", properties, w=width, type="dxa")
    if cell.colspan > 1:
        _element("gridSpan", properties, val=cell.colspan)
    if cell.rowspan > 1:
        _element("vMerge", properties, **({"val": "restart"} if row == cell.row else {}))
    if row <= grid.header_rows or (grid.look == "form" and cell.column == 1):
        _element("shd", properties, val="clear", color="auto", fill=_SHADE)
    if row <= grid.header_rows or grid.look == "signatures":
        _element("vAlign", properties, val="center" if row <= grid.header_rows else "bottom")
    for piece in cell.pieces if row == cell.row else ():
        if isinstance(piece, Grid):
            element.append(_table(piece, max(width - 200, 400), paper))
        else:
            together = grid.look == "signatures" and row < grid.rows
            element.append(_paragraph(piece, paper, after=20, size=size, keep=together))
    if row == cell.row and cell.pieces and isinstance(cell.pieces[-1], Text):
        return element  # else a paragraph must close the cell
    element.append(_paragraph(Text(()), paper, after=0))
    return element


def _widths(grid: Grid, width: int) -> list[int]:
    """Columns in proportion to what they hold, none too narrow to read."""
    if grid.look == "form":
        first = width // 4
        return [first, width - first]
    least, weights = [], []
    for column in range(1, grid.columns + 1):
        cells = [c for c in grid.cells if c.column <= column < c.column + c.colspan]
        texts = [t for c in cells for t in texts_of(c.pieces)]
        word = max((len(w) for t in texts for r in t.runs for w in r.text.split()), default=0)
        least.append(min(word, _LONGEST_WORD) * (_SMALL_LETTER if _crowded(grid, width) else _LETTER) + 240)
        longest = max((sum(map(_weight, c.pieces)) / c.colspan for c in cells), default=0.0)
        weights.append(min(max(longest, 10.0), 90.0) ** 0.7)
    if sum(least) > width:
        least = [0] * grid.columns
    rest = width - sum(least)
    widths = [low + int(rest * w / sum(weights)) for low, w in zip(least, weights, strict=True)]
    widths[-1] += width - sum(widths)
    return widths


def _crowded(grid: Grid, width: int) -> bool:
    return grid.look == "grid" and width < _CROWDED * grid.columns


def _weight(piece: Piece) -> float:
    """Characters, those of placeholders for less: they will go."""
    return sum(len(r.text) * (0.3 if r.tone == "gap" else 1.0) for t in texts_of((piece,)) for r in t.runs)
