"""Spreadsheets of OpenDocument, read row by row: what is repeated and empty costs nothing."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import msgspec
from lxml import etree

from parsers.a1 import MAX_COLUMN, column_letters, sheet_prefix
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Block, Gap, Paragraph, Place
from parsers.odf_inline import Inline, anchored, inline
from parsers.odf_styles import DRAW, OFFICE, TABLE, TEXT, Look, Styles, count
from parsers.package import Package
from parsers.regions import Entry, Line, Sheet, blocks_of
from parsers.xlsx_styles import plain
from parsers.xml_stream import local, stream

if TYPE_CHECKING:
    from parsers.bulk import Typed

_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_DRAWN_BEYOND = 64
_P = TEXT + "p"
_CELLS = (TABLE + "table-cell", TABLE + "covered-table-cell")
_CACHED = "ta_extref"
"""Style of the copies that a file keeps of sheets of other files."""


class Leaf(msgspec.Struct):
    """One sheet while its rows go by."""

    table: etree._Element
    name: str
    position: int
    hidden: bool
    row: int = 0
    entries: list[Entry] = []
    blanks: dict[int, Line] = {}
    images: dict[tuple[int, int], int] = {}
    hidden_rows: set[int] = set()
    columns: list[tuple[str | None, bool]] = []
    """Default cell style of each column, and whether it is hidden."""
    boxes: list[Paragraph] = []
    comments: list[Paragraph] = []

    def place(self, row: int, column: int) -> Place:
        """Place of a cell of this sheet."""
        return Place(
            self.position, None, None, row, column, f"{sheet_prefix(self.name)}{column_letters(column)}{row}", None
        )

    def blocks(self) -> list[Block]:
        """The sheet's regions, then its text boxes."""
        hidden = frozenset(number for number, (_, concealed) in enumerate(self.columns, 1) if concealed)
        sheet = Sheet(
            self.name,
            self.place,
            self.entries,
            blanks=self.blanks,
            images=self.images,
            hidden=self.hidden,
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=hidden,
        )
        return [*blocks_of(sheet), *self.boxes]

    @property
    def hides(self) -> bool:
        """Something that shows a text stands in a hidden row or column."""
        hidden = {number for number, (_, concealed) in enumerate(self.columns, 1) if concealed}
        return any(e.row in self.hidden_rows or e.column in hidden for e in self.entries)


class SheetsReader:
    """Reads the sheets of one file; the limit on cells counts over all of them."""

    def __init__(self, package: Package, styles: Styles, limits: Limits) -> None:
        self._package = package
        self._styles = styles
        self._limits = limits
        self._cells = 0
        self.gaps: list[Gap] = []

    def read(self) -> list[Leaf]:
        """All sheets, in order. Raises Unreadable ``too-many-cells`` and what reading a part raises."""
        leaves: list[Leaf] = []
        leaf: Leaf | None = None
        tags = ("style", "date-style", "time-style", "table-column", "table-row", "shapes", "table")
        for element in stream(self._package, "content.xml", tags, ("table-row",)):
            tag = local(element)
            if tag in ("style", "date-style", "time-style"):
                self._styles.add(element)
                continue
            table = element if tag == "table" else next(element.iterancestors(TABLE + "table"), None)
            if table is None or next(table.iterancestors(TABLE + "table"), None) is not None:
                continue
            if table.get(TABLE + "style-name") == _CACHED or table.find(TABLE + "table-source") is not None:
                continue
            if leaf is None or leaf.table is not table:
                leaf = self._leaf(table, len(leaves) + 1)
                leaves.append(leaf)
            if tag == "table-column":
                self._column(element, leaf)
            elif tag == "table-row":
                self._row(element, leaf)
            elif tag == "shapes":
                for shape in element:
                    self._shape(shape, leaf, 1, 1)
        return leaves

    def _leaf(self, table: etree._Element, position: int) -> Leaf:
        look = self._styles.look("table", table.get(TABLE + "style-name"))
        return Leaf(table, str(table.get(TABLE + "name") or f"Hoja{position}"), position, bool(look.hidden))

    def _column(self, element: etree._Element, leaf: Leaf) -> None:
        style = element.get(TABLE + "default-cell-style-name")
        hidden = element.get(TABLE + "visibility") in ("collapse", "filter")
        room = MAX_COLUMN - len(leaf.columns)
        repeated = min(count(element.get(TABLE + "number-columns-repeated"), 1, MAX_COLUMN), room)
        leaf.columns.extend([(style, hidden)] * repeated)

    def _row(self, element: etree._Element, leaf: Leaf) -> None:
        repeated = count(element.get(TABLE + "number-rows-repeated"), 1, 2**31)
        row = leaf.row + 1
        leaf.row += repeated
        line, empty = self._line(element, leaf, row)
        if not line:
            return
        self._cells += len(line) * repeated
        if self._cells > self._limits.cells:
            most = self._limits.cells
            raise Unreadable("too-many-cells", f"El libro tiene más de {most:,} celdas, que es el máximo admitido.")
        hidden = element.get(TABLE + "visibility") in ("collapse", "filter")
        for number in range(row, row + repeated):
            leaf.entries.extend(line if number == row else [_moved(entry, number) for entry in line])
            if empty:
                leaf.blanks[number] = empty if number == row else [_moved(entry, number) for entry in empty]
            if hidden:
                leaf.hidden_rows.add(number)

    def _line(self, element: etree._Element, leaf: Leaf, row: int) -> tuple[Line, Line]:
        """The filled cells of a row, and those that are drawn though empty."""
        column = 1
        line: Line = []
        empty: Line = []
        for cell in element:
            if cell.tag not in _CELLS:
                continue
            repeated = min(count(cell.get(TABLE + "number-columns-repeated"), 1, MAX_COLUMN), MAX_COLUMN + 1 - column)
            if cell.tag == _CELLS[1]:
                column += repeated
                continue
            rows = count(cell.get(TABLE + "number-rows-spanned"), 1, self._limits.span)
            columns = count(cell.get(TABLE + "number-columns-spanned"), 1, self._limits.span)
            look = self._look(cell, leaf, column)
            first = self._entry(cell, leaf, row, column, look) if len(cell) or cell.get(TABLE + "formula") else None
            for number in range(column, column + (repeated if first is not None else min(repeated, _DRAWN_BEYOND))):
                if first is not None:
                    each = first if number == column else _moved(first, row, number)
                    each.rowspan, each.colspan = rows, columns
                    line.append(each)
                elif (rows > 1 or columns > 1 or look.bordered) and len(empty) < _DRAWN_BEYOND:
                    empty.append(Entry(row, number, "", rowspan=rows, colspan=columns))
            column += repeated
        return line, empty

    def _look(self, cell: etree._Element, leaf: Leaf, column: int) -> Look:
        style = cell.get(TABLE + "style-name")
        if style is None and column <= len(leaf.columns):
            style = leaf.columns[column - 1][0]
        return self._styles.look("table-cell", style)

    def _entry(self, cell: etree._Element, leaf: Leaf, row: int, column: int, look: Look) -> Entry | None:
        paragraphs: list[Inline] = []
        lines: list[str] = []
        for child in cell:
            if child.tag == _P:
                if len(child):
                    paragraphs.append(inline(child, self._styles, {}))
                    lines.append(paragraphs[-1].text)
                else:
                    lines.append(" ".join((child.text or "").split()))
            elif child.tag == OFFICE + "annotation":
                text = "\n".join(inline(p, self._styles, {}).text for p in child.iter(TEXT + "p")).strip()
                if text:
                    leaf.comments.append(Paragraph(text, leaf.place(row, column), origin="comment"))
            elif isinstance(child.tag, str) and child.tag.startswith(DRAW):
                self._shape(child, leaf, row, column)
        text = "\n".join(lines).strip()
        formula = cell.get(TABLE + "formula")
        kind = cell.get(OFFICE + "value-type")
        text, value = self._typed(cell, kind, text, look)
        if formula is not None and kind is None and not text:
            at = leaf.place(row, column)
            self.gaps.append(Gap(f"fórmula sin valor calculado en {at.cell}", at))
        elif formula is not None and re.match(r"#[A-ZÁÉÍÓÚ¡¿/0]+[!?]?|Err:\d+", text):
            at = leaf.place(row, column)
            self.gaps.append(Gap(f"la celda {at.cell} muestra el error {text}", at))
        if not text and formula is None:
            return None
        bold, prefix = bool(look.bold), 0
        if kind in (None, "string") and not bold and any(run[1] for p in paragraphs for run in p.runs):
            bold = len(paragraphs) == len(lines) and all(p.weight[0] for p in paragraphs if p.text.strip())
            prefix = 0 if bold or lines[0] != paragraphs[0].text else paragraphs[0].weight[1]
        written = None if formula is None else "=" + str(formula).partition("=")[2]
        return Entry(row, column, text, value, written, bold, prefix, look.size)

    def _typed(self, cell: etree._Element, kind: str | None, text: str, look: Look) -> tuple[str, Typed]:
        """What a reader sees of a cell, and its value."""
        if kind in ("float", "percentage", "currency"):
            try:
                number = float(str(cell.get(OFFICE + "value")))
            except ValueError:
                return text, text or None
            if number != number or number in (float("inf"), float("-inf")):
                return text, text or None
            exact = int(number) if number.is_integer() and abs(number) < 2**53 else number
            if kind == "percentage":
                return f"{plain(float(f'{number * 100:.15g}'))}%", exact
            # A folio shown as 00123 is a number with leading zeros; they belong to what is seen.
            padded = text.isascii() and text.isdigit() and text.startswith("0") and int(text) == number
            return (text if padded else plain(number)), exact
        if kind == "date":
            raw = str(cell.get(OFFICE + "date-value", ""))
            try:
                moment = dt.datetime.fromisoformat(raw)
            except ValueError:
                return text or raw, raw
            if "T" in raw and moment.time() != dt.time():
                return moment.isoformat(" ", "seconds" if moment.second else "minutes"), moment
            shown = moment.date().isoformat() if self._styles.shows_day(look.data_style) else text
            return shown, moment.date()
        if kind == "time":
            match = _DURATION.fullmatch(str(cell.get(OFFICE + "time-value", "")))
            if match is None or int(match[1]) > 23:
                return text, text or None
            return text, dt.time(int(match[1]), min(int(match[2]), 59), min(int(match[3]), 59))
        if kind == "boolean":
            value = cell.get(OFFICE + "boolean-value") == "true"
            return ("VERDADERO" if value else "FALSO"), value
        text = text or str(cell.get(OFFICE + "string-value") or "").strip()
        return text, text or None

    def _shape(self, shape: etree._Element, leaf: Leaf, row: int, column: int) -> None:
        found = Inline()
        anchored(shape, found)
        if found.images:
            leaf.images[row, column] = leaf.images.get((row, column), 0) + found.images
        for box in found.boxes:
            for element in box.iter(TEXT + "p", TEXT + "h"):
                parts = inline(element, self._styles, {})
                if parts.text.strip():
                    bold, prefix = parts.weight
                    leaf.boxes.append(
                        Paragraph(
                            parts.text.strip(),
                            leaf.place(row, column),
                            bold=bold,
                            bold_prefix=prefix,
                            size=parts.size,
                            origin="textbox",
                            hidden=leaf.hidden,
                        )
                    )


def _moved(entry: Entry, row: int, column: int | None = None) -> Entry:
    """The same cell in another row or column, for what the file says once and means several times."""
    return Entry(
        row,
        entry.column if column is None else column,
        entry.text,
        entry.value,
        entry.formula,
        entry.bold,
        entry.bold_prefix,
        entry.size,
        entry.rowspan,
        entry.colspan,
    )
