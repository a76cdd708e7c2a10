"""The outline as a spreadsheet, for the document types that offices keep in one: cells marked, typed and validated."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import msgspec

from checker.handback.leftovers import FOOTER
from checker.handback.outline import Grid, GridCell, Outline, Piece, Run, Section, Text, texts_of
from checker.packs.model import Column, DocumentType, Field
from checker.packs.pack import Pack
from checker.spanish.dates import read_date
from checker.spanish.numbers import read_number

SHEET = "Documento"
LISTS = "Listas"
"""Hidden sheet with the values that a cell may take, where they are too many to stand in the cell's own validation."""
_EPOCH = dt.datetime(2000, 1, 1)
_INLINE_LIST = 255
"""Characters that a list within a validation may have (ECMA-376, 18.3.1.33)."""
_NARROW, _WIDE = 7, 46
"""Characters that a column takes at least and at most."""
_SHEET = 150
"""Characters that all columns together may take, so that the printed sheet, one page wide, can be read."""
_LINE_HEIGHT = 13.5
"""Points of a line of text."""
_TALLEST = 400.0
"""Points that a row takes at most (the format allows 409)."""
_ROWS_AHEAD = 500
"""Rows below the last one that are validated too, for what is yet to be written."""
_FIRST_DAY, _LAST_DAY = dt.date(1950, 1, 1), dt.date(2150, 12, 31)

Tone = Literal["plain", "bold", "gap", "doubt", "faint"]


class Sum(msgspec.Struct, frozen=True):
    """A column of a table that is the sum of others of the same row, or a field that is the sum of a column over all rows."""

    table: str
    """Empty for a field."""
    total: str
    """Column, or field."""
    parts: tuple[str, ...]
    """Columns; of a field, each ``table.column``."""


def write_workbook(outline: Outline, document_type: DocumentType, pack: Pack, target: Path) -> Path:
    """Write the outline to ``target``, an xlsx; the same outline gives the same bytes."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": outline.title, "author": "Vo. Bo.", "created": _EPOCH})
    sheet = _Sheet(book, document_type, pack)
    sheet.outline(outline)
    book.close()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(stream.getvalue())
    return target


class _Sheet:
    def __init__(self, book: Any, document_type: DocumentType, pack: Pack) -> None:
        self.book = book
        self.type = document_type
        self.pack = pack
        self.sheet = book.add_worksheet(SHEET)
        self.row = 0
        self.texts: dict[tuple[int, int], str] = {}
        """Cells whose text breaks into lines."""
        self.lists: dict[tuple[str, ...], str] = {}
        self.formats: dict[tuple[str, ...], Any] = {}
        self.sums = tuple(_sums(pack, document_type))
        self.numbers: dict[tuple[int, int], Decimal] = {}
        self.tones: dict[tuple[int, int], Tone] = {}
        self.values: dict[str, tuple[int, int]] = {}
        """Field → cell with its value."""
        self.spans: dict[str, tuple[int, int, int]] = {}
        """``table.column`` → its number, first and last row."""

    def outline(self, outline: Outline) -> None:
        self._line(outline.title, "title")
        if outline.subtitle:
            self._line(outline.subtitle, "bold")
        # at the end it would stand below the last label, and read as what it asks for
        self._line(f"{FOOTER} {outline.norm}, numeral {outline.numeral}.", "faint")
        for note in outline.notes:
            self._text(note)
        self.row += 1
        for section in outline.sections:
            self._section(section)
        self._field_totals()
        self._fit()
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_paper(1)
        self._write_lists()

    def _section(self, section: Section) -> None:
        spec = self.type.fields.get(section.field)
        if section.inline and spec is not None:
            self._labelled(section, spec)
            return
        self.row += 1
        self._line(section.title, "heading")
        for piece in section.pieces:
            if isinstance(piece, Grid):
                self._grid(piece, section.field, spec)
            else:
                self._text(piece)

    def _labelled(self, section: Section, spec: Field) -> None:
        """Label and value side by side, what else is said of it below the value."""
        self._write(self.row, 0, section.title, ("label",))
        for number, piece in enumerate(section.pieces):
            self._cell(self.row, 1, (piece,), spec if number == 0 else None)
            if number == 0:
                self.values[section.field] = (self.row, 1)
                self._validate(self.row, 1, self.row, spec, section.field)
            self.row += 1

    def _grid(self, grid: Grid, field: str, spec: Field | None) -> None:
        columns = {c.title: (name, c) for name, c in spec.columns.items()} if spec else {}
        top = self.row
        heads = {cell.column: " ".join(t.text for t in texts_of(cell.pieces)) for cell in grid.cells if cell.row == 1}
        found = {n: columns[h] for n, h in heads.items() if h in columns}
        for cell in grid.cells:
            header = cell.row <= grid.header_rows
            kind = None if header else found.get(cell.column, (None, None))[1]
            self._cell(top + cell.row - 1, cell.column - 1, cell.pieces, kind, header=header)
            if cell.colspan > 1 or cell.rowspan > 1:
                self._merge(top, cell)
        first, last = top + grid.header_rows, top + grid.rows - 1
        for number, (name, column) in found.items():
            until = max(last, first) + (_ROWS_AHEAD if self.type.rows == field else 0)
            self._validate(first, number - 1, until, column, f"{field}.{name}")
        self._totals(field, {name: n - 1 for n, (name, _) in found.items()}, first, last)
        if self.type.rows == field:
            self.sheet.freeze_panes(first, 0)
            self.sheet.autofilter(top, 0, last, grid.columns - 1)
        self.row = top + grid.rows

    def _totals(self, field: str, columns: Mapping[str, int], first: int, last: int) -> None:
        """What is the sum of other cells of its row is a formula, so that it stays right."""
        for rule in self.sums:
            needed = {rule.total, *rule.parts}
            if rule.table != field or not needed <= columns.keys():
                continue
            if columns[rule.total] < max(columns[p] for p in rule.parts):
                continue  # what stands before its parts is what they divide, and is written
            for row in range(first, last + 1):
                parts = [(row, columns[p]) for p in rule.parts]
                self._sum((row, columns[rule.total]), parts, _told(parts))
        for name, number in columns.items():
            self.spans[f"{field}.{name}"] = (number, first, last)

    def _field_totals(self) -> None:
        for rule in self.sums:
            if rule.table or rule.total not in self.values or not set(rule.parts) <= self.spans.keys():
                continue
            spans = [self.spans[p] for p in rule.parts]
            parts = [(row, column) for column, first, last in spans for row in range(first, last + 1)]
            told = ",".join(f"{_address(first, column)}:{_address(last, column)}" for column, first, last in spans)
            if self.tones.get(self.values[rule.total]) == "gap":
                continue  # beside a label something is asked for, or it reads as a heading
            self._sum(self.values[rule.total], parts, told)

    def _sum(self, total: tuple[int, int], parts: list[tuple[int, int]], told: str) -> None:
        """A formula where the total stated is the sum, or where neither it nor its parts are written yet; what a person wrote stays."""
        known = [self.numbers[p] for p in parts if p in self.numbers]
        stated = self.numbers.get(total)
        if stated is not None and (not known or stated != sum(known)):
            return
        if stated is None and (known or self.tones.get(total) == "doubt"):
            return
        look = self._format(("cell", "number"))
        value = "" if stated is None else float(stated)
        self.sheet.write_formula(*total, f'=IF(COUNT({told})=0,"",SUM({told}))', look, value)

    def _merge(self, top: int, cell: GridCell) -> None:
        row, column = top + cell.row - 1, cell.column - 1
        text = "\n".join(t.text for t in texts_of(cell.pieces))
        bounds = (row, column, row + cell.rowspan - 1, column + cell.colspan - 1)
        self.sheet.merge_range(*bounds, text, self._format(("cell",)))

    # Cells

    def _text(self, text: Text) -> None:
        # items of a list have a row each, which numbers them
        label = f"{text.label} " if text.label and not text.label.rstrip(".").isdigit() else ""
        tone: Tone = _tone((text,))
        look = "bold" if text.level else "note" if tone in ("gap", "doubt") else tone
        self._write(self.row, 0, f"{label}{text.text}", (look,), wrap=False)
        self.row += 1

    def _line(self, text: str, look: str) -> None:
        self._write(self.row, 0, text, (look,), wrap=False)
        self.row += 1

    def _cell(
        self, row: int, column: int, pieces: tuple[Piece, ...], spec: Field | Column | None, *, header: bool = False
    ) -> None:
        """Typed where the kind says so and the text can be read so; otherwise the text as it is."""
        texts = texts_of(pieces)
        text = "\n".join(f"{t.label} {t.text}".strip() for t in texts)
        tone = _tone(tuple(texts))
        self.tones[row, column] = tone
        look = ("header",) if header else ("cell", *((tone,) if tone in ("gap", "doubt", "faint") else ()))
        value = _typed(text, spec) if spec is not None and tone == "plain" else None
        if isinstance(value, dt.date):
            self.texts[row, column] = "00/00/0000"
            self.sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), self._format((*look, "date")))
        elif isinstance(value, Decimal):
            self.texts[row, column] = text
            self.numbers[row, column] = value
            self.sheet.write_number(row, column, float(value), self._format((*look, "number")))
        else:
            plain = ("text",) if spec is not None and spec.kind in ("text", "code") else ()
            self._write(row, column, text, (*look, *plain))

    def _write(self, row: int, column: int, text: str, look: tuple[str, ...], *, wrap: bool = True) -> None:
        if wrap:
            self.texts[row, column] = text
        self.sheet.write_string(row, column, text, self._format((*look, "wrap") if wrap else look))

    def _fit(self) -> None:
        """Columns as wide as the sheet has room for, the widest giving way first; rows as high as their texts then need."""
        longest: dict[int, int] = {}
        words: dict[int, int] = {}
        for (_, column), text in self.texts.items():
            longest[column] = max(longest.get(column, 0), *map(len, text.split("\n")))
            words[column] = max(words.get(column, 0), *(len(w) for w in (*text.split(), "")))
        cap = _WIDE
        while cap > _NARROW and sum(min(n + 2, cap) for n in longest.values()) > _SHEET:
            cap -= 1
        widths = {c: max(_NARROW, min(n + 2, max(cap, min(words[c] + 2, 2 * cap)))) for c, n in longest.items()}
        for column, width in widths.items():
            self.sheet.set_column(column, column, width)
        heights: dict[int, int] = {}
        for (row, column), text in self.texts.items():
            # words that do not fit break early: count on a line being nine tenths full
            lines = sum(1 + int(len(line) / (0.9 * widths[column])) for line in text.split("\n"))
            heights[row] = max(heights.get(row, 1), lines)
        for row, lines in heights.items():
            if lines > 1:
                self.sheet.set_row(row, min(_LINE_HEIGHT * lines, _TALLEST))

    def _format(self, looks: tuple[str, ...]) -> Any:
        if looks not in self.formats:
            merged: dict[str, object] = {"font_name": "Noto Sans", "font_size": 10, "valign": "top"}
            for look in looks:
                merged |= _LOOKS[look]
            self.formats[looks] = self.book.add_format(merged)
        return self.formats[looks]

    # Validation

    def _validate(self, first: int, column: int, last: int, spec: Field | Column, path: str) -> None:
        rule: dict[str, object] | None = None
        match spec.kind:
            case "date":
                rule = {"validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY}
                said = "una fecha: día, mes y año"
            case "number":
                rule = {"validate": "decimal", "criteria": "between", "minimum": -1e12, "maximum": 1e12}
                said = "un número"
            case "year":
                rule = {"validate": "integer", "criteria": "between", "minimum": 1950, "maximum": 2150}
                said = "un año de cuatro cifras"
            case _:
                values = tuple(spec.choices) or self._catalogue(path)
                if values:
                    rule = {"validate": "list", "source": self._source(values)}
                    said = "uno de los valores de la lista"
        if rule is None:
            return
        told = {"error_title": spec.title[:32], "error_message": f"«{spec.title}» es {said}."[:255]}
        # a placeholder stands until a person writes: the sheet warns, and never refuses
        self.sheet.data_validation(first, column, last, column, {**rule, **told, "error_type": "warning"})

    def _catalogue(self, path: str) -> tuple[str, ...]:
        """The closed list that a rule of the type holds the field or column to."""
        for rule in self.pack.rules:
            params = rule.params
            if rule.kind == "one_of" and rule.head.on.document == self.type.id and getattr(params, "field", "") == path:
                if name := getattr(params, "catalogue", None):
                    return tuple(self.pack.catalogue(name).entries)
                return tuple(getattr(params, "values", ()))
        return ()

    def _source(self, values: tuple[str, ...]) -> list[str] | str:
        if len(",".join(values)) <= _INLINE_LIST and not any("," in v for v in values):
            return list(values)
        if values not in self.lists:
            column = len(self.lists)
            self.lists[values] = f"={LISTS}!{_absolute(0, column)}:{_absolute(len(values) - 1, column)}"
        return self.lists[values]

    def _write_lists(self) -> None:
        if not self.lists:
            return
        sheet = self.book.add_worksheet(LISTS)
        for column, values in enumerate(self.lists):
            sheet.write_column(0, column, values)
        sheet.hide()


def _sums(pack: Pack, document_type: DocumentType) -> Iterator[Sum]:
    """The sums that rules of the type demand within the document."""
    from checker.kinds.sum_equals import Params

    for rule in pack.rules:
        params = rule.params
        if rule.head.on.document != document_type.id or not isinstance(params, Params) or params.other:
            continue
        if params.table and params.total:
            yield Sum(params.table, params.total, params.columns)
        elif params.field:
            yield Sum("", params.field, params.of)


def _typed(text: str, spec: Field | Column) -> dt.date | Decimal | None:
    if spec.kind == "date":
        day = read_date(text)
        return day.date if day and not day.problem else None
    if spec.kind in ("number", "year") and not any(c.isalpha() or c == "%" for c in text):
        return read_number(text)
    return None


def _tone(texts: tuple[Text, ...]) -> Tone:
    """The gravest tone of its runs."""
    runs: list[Run] = [run for text in texts for run in text.runs]
    return next((t for t in _TONES if any(run.tone == t for run in runs)), "plain")


_TONES: tuple[Tone, ...] = ("doubt", "gap", "faint")


def _address(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column))


def _told(cells: list[tuple[int, int]]) -> str:
    """Cells of a row as a formula names them: a range where they stand side by side."""
    columns = [column for _, column in cells]
    if columns == list(range(columns[0], columns[0] + len(columns))) and len(columns) > 1:
        return f"{_address(*cells[0])}:{_address(*cells[-1])}"
    return ",".join(_address(*cell) for cell in cells)


def _absolute(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))


_LOOKS: dict[str, dict[str, object]] = {
    "plain": {},
    "wrap": {"text_wrap": True},
    "title": {"bold": True, "font_size": 14, "font_color": "#1F4E45"},
    "heading": {"bold": True, "font_size": 11, "font_color": "#1F4E45"},
    "bold": {"bold": True},
    "label": {"bold": True, "bg_color": "#E4EDEA", "border": 1, "border_color": "#9DB5AE"},
    "header": {"bold": True, "bg_color": "#E4EDEA", "border": 1, "border_color": "#9DB5AE"},
    "cell": {"border": 1, "border_color": "#9DB5AE"},
    "gap": {"bg_color": "#FFF2CC", "italic": True},
    "doubt": {"bg_color": "#FCE3D0"},
    "note": {"font_color": "#8A4B00", "italic": True},
    "faint": {"font_color": "#595959", "italic": True},
    "date": {"num_format": "dd/mm/yyyy", "align": "left"},
    "number": {"num_format": "General"},
    "text": {"num_format": "@"},
}
