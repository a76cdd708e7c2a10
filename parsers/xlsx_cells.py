"""Worksheets of a workbook, row by row, and the shared strings that their cells point at."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

import msgspec
from lxml import etree

from parsers.a1 import MAX_COLUMN, MAX_ROW, column_number, parse_range
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.package import Package
from parsers.regions import Entry, Line
from parsers.xlsx_styles import PLAIN, Look, is_on, shown
from parsers.xml_stream import local, stream

Rich = tuple[tuple[str, bool | None], ...]
"""Runs of a text with their weight; None takes the cell's own."""


class Strings(Protocol):
    """The shared strings of a workbook by their index."""

    def __len__(self) -> int: ...
    def __getitem__(self, index: int, /) -> str | Rich: ...


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DRAWN_BEYOND = 64
"""Empty drawn cells are kept up to this many columns right of the last filled one; whole rows are often bordered."""
_TRUE = ("1", "true", "on")
# Rows that hold nothing but styles, as sheets have by the million that were formatted down to their end.
EMPTY_ROW = re.compile(
    rb"<(?:\w+:)?row\b[^<>]*(?:/>|>(?:\s*<(?:\w+:)?c\b[^<>]*(?:/>|></(?:\w+:)?c>))*\s*</(?:\w+:)?row>)"
)
"""A row that shows nothing."""
_PAGE = ("oddHeader", "oddFooter", "firstHeader", "firstFooter", "evenHeader", "evenFooter")


class RawSheet(msgspec.Struct):
    """A worksheet before it is cut into regions."""

    entries: list[Entry] = []
    blanks: dict[int, Line] = {}
    uncached: list[Entry] = []
    """Those of ``entries`` whose formula has no calculated value."""
    errors: list[Entry] = []
    """Those that hold an error value, ``#REF!``."""
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    headers: list[str] = []
    """Codes of the page header, as stored; first page and even pages too."""
    footers: list[str] = []


def shared_strings(package: Package, name: str) -> list[str | Rich]:
    """The texts of ``sharedStrings.xml`` by their index."""
    return [rich_text(item) for item in stream(package, name, ("si",), ("si",))]


def rich_text(item: etree._Element) -> str | Rich:
    """The text of an ``si``, ``is`` or ``text`` element, phonetic aids left out; with its runs where some are bold and some not."""
    if len(item) == 1 and local(item[0]) == "t":
        return unescaped(item[0].text)
    runs: list[tuple[str, bool | None]] = []
    for child in item:
        tag = local(child)
        if tag == "t":
            runs.append((unescaped(child.text), None))
        elif tag == "r":
            properties = child.find("{*}rPr")
            bold = None if properties is None else is_on(properties.find("{*}b"))
            runs.extend((unescaped(t.text), bold) for t in child.iterfind("{*}t"))
    if any(bold is not None for _, bold in runs):
        return tuple(runs)
    return "".join(text for text, _ in runs)


def unescaped(text: str | None) -> str:
    """Text as stored → as shown: ``_x000D_`` and line breaks."""
    if not text:
        return ""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


class SheetReader:
    """Reads the worksheets of one workbook; the limit on cells counts over all of them."""

    def __init__(self, package: Package, limits: Limits, strings: Strings, looks: list[Look], epoch_1904: bool):
        self._package = package
        self._limits = limits
        self._strings = strings
        self._looks = looks
        self._epoch_1904 = epoch_1904
        self._cells = 0

    def read(self, name: str, data: bytes | None = None) -> RawSheet:
        """Read the worksheet in part ``name``, or what ``data`` has of it.

        Raises Unreadable ``too-many-cells`` and what reading a part raises.
        """
        sheet = RawSheet()
        merges: list[tuple[int, int, int, int]] = []
        row = 0
        tags = ("row", "col", "mergeCell", *_PAGE)
        for element in stream(self._package, name, tags, ("row",), EMPTY_ROW, data):
            tag = local(element)
            if tag == "row":
                row = _number(element.get("r"), row + 1, MAX_ROW)
                if element.get("hidden") in _TRUE or element.get("ht") == "0":
                    sheet.hidden_rows.add(row)
                if next(element.iter("{*}v", "{*}is", "{*}f"), None) is not None:
                    self._row(element, row, sheet)
            elif tag == "col":
                if element.get("hidden") in _TRUE or element.get("width") == "0":
                    first = _number(element.get("min"), 1, MAX_COLUMN)
                    sheet.hidden_columns.update(range(first, _number(element.get("max"), first, MAX_COLUMN) + 1))
            elif tag == "mergeCell":
                area = parse_range(str(element.get("ref", "")))
                if area is not None:
                    merges.append(area)
            elif element.text:
                (sheet.headers if tag.endswith("Header") else sheet.footers).append(element.text)
        # Rows out of order are against the standard; some writers do it all the same.
        if any(a.row > b.row for a, b in pairwise(sheet.entries)):
            sheet.entries.sort(key=lambda entry: (entry.row, entry.column))
        self._merge(sheet, merges)
        return sheet

    def _row(self, element: etree._Element, row: int, sheet: RawSheet) -> None:
        namespace = str(element.tag).rpartition("}")[0] + "}"
        tags = (namespace + "v", namespace + "f", namespace + "is")
        digits = len(str(row))
        column = 0
        line: Line = []
        empty: Line = []
        for c in element:
            reference = c.get("r")
            column = column + 1 if reference is None else _column(reference[:-digits])
            if not 1 <= column <= MAX_COLUMN:
                raise Unreadable("malformed", f"El archivo está dañado: «{reference}» no es la dirección de una celda.")
            look = self._look(c.get("s"))
            if len(c) == 0:
                if look.bordered and len(empty) < _DRAWN_BEYOND:
                    empty.append(Entry(row, column, ""))
                continue
            entry = self._entry(c, tags, row, column, look, sheet)
            if entry is not None:
                line.append(entry)
            elif look.bordered and len(empty) < _DRAWN_BEYOND:
                empty.append(Entry(row, column, ""))
        if not line:
            return
        self._cells += len(line)
        if self._cells > self._limits.cells:
            raise _too_many(self._limits)
        if any(a.column > b.column for a, b in pairwise(line)):
            line.sort(key=lambda entry: entry.column)
        sheet.entries.extend(line)
        if empty:
            sheet.blanks[row] = empty

    def _look(self, style: str | None) -> Look:
        if not style or not style.isdigit():
            return self._looks[0] if self._looks else PLAIN
        index = int(style)
        return self._looks[index] if index < len(self._looks) else PLAIN

    def _entry(
        self, c: etree._Element, tags: tuple[str, str, str], row: int, column: int, look: Look, sheet: RawSheet
    ) -> Entry | None:
        raw: str | None = None
        has_value = False
        formula: str | None = None
        inline: etree._Element | None = None
        for child in c:
            tag = child.tag
            if tag == tags[0]:
                raw, has_value = child.text, True
            elif tag == tags[1]:
                formula = "=" + (child.text or "")
            elif tag == tags[2]:
                inline = child
        kind = c.get("t", "n")
        entry = Entry(row, column, "", None, formula, look.bold, 0, look.size)
        if kind == "inlineStr" and inline is not None:
            _write(entry, rich_text(inline))
        elif kind == "s" and raw is not None:
            index = int(raw) if raw.strip().isdigit() else -1
            if not 0 <= index < len(self._strings):
                raise Unreadable("malformed", "El archivo está dañado: una celda apunta a un texto que no existe.")
            _write(entry, self._strings[index])
        elif kind == "b" and raw is not None:
            entry.value = raw.strip() in _TRUE
            entry.text = "VERDADERO" if entry.value else "FALSO"
        elif kind in ("str", "e") and has_value:
            entry.text = unescaped(raw)
            entry.value = entry.text or None
            if kind == "e" and entry.text:
                sheet.errors.append(entry)
        elif kind == "d" and raw:
            entry.text, entry.value = iso_shown(raw)
        elif raw is not None and raw.strip():
            entry.text, entry.value = shown(raw.strip(), look, self._epoch_1904)
        elif formula is not None:
            sheet.uncached.append(entry)
            return entry
        return entry if entry.text.strip() or formula is not None else None

    def _merge(self, sheet: RawSheet, merges: list[tuple[int, int, int, int]]) -> None:
        """Give merged cells their extent, and drop what stands covered under them (which no reader sees)."""
        if not merges:
            return
        span, budget = self._limits.span, self._limits.cells
        filled: dict[int, dict[int, Entry]] = {}
        for e in sheet.entries:
            filled.setdefault(e.row, {})[e.column] = e
        for row, blanks in sheet.blanks.items():
            filled[row].update((blank.column, blank) for blank in blanks)
        covered: set[int] = set()
        for top, left, bottom, right in merges:
            # A cell that another merged cell covers cannot be merged in its turn; ranges that overlap are against the standard.
            if top not in filled or id(filled[top].get(left)) in covered:
                continue
            rows, columns = min(bottom - top + 1, span), min(right - left + 1, span)
            anchor = filled[top].get(left)
            if anchor is None:
                anchor = filled[top][left] = Entry(top, left, "")
                sheet.blanks.setdefault(top, []).append(anchor)
            if anchor.rowspan > 1 or anchor.colspan > 1:
                continue
            anchor.rowspan, anchor.colspan = rows, columns
            for row in range(top, top + rows):
                line = filled.get(row, {})
                within = (
                    [c for c in line if left <= c < left + columns]
                    if len(line) < columns
                    else range(left, left + columns)
                )
                budget -= 1 + len(within)
                covered.update(id(line[column]) for column in within if column in line and line[column] is not anchor)
            if budget < 0:
                raise _too_many(self._limits)
        if covered:
            sheet.entries = [e for e in sheet.entries if id(e) not in covered]
            sheet.uncached = [e for e in sheet.uncached if id(e) not in covered]
            sheet.errors = [e for e in sheet.errors if id(e) not in covered]
            kept = {row: [b for b in blanks if id(b) not in covered] for row, blanks in sheet.blanks.items()}
            sheet.blanks = {row: blanks for row, blanks in kept.items() if blanks}


def _write(entry: Entry, text: str | Rich) -> None:
    """Put a text into its cell, with the weight of its runs."""
    if isinstance(text, str):
        entry.text = text
    else:
        entry.text = "".join(part for part, _ in text)
        weights = [(part, entry.bold if bold is None else bold) for part, bold in text if part.strip()]
        entry.bold = bool(weights) and all(bold for _, bold in weights)
        if not entry.bold:
            for part, bold in text:
                if not (entry.bold if bold is None else bold):
                    break
                entry.bold_prefix += len(part)
    entry.value = entry.text


def iso_shown(raw: str) -> tuple[str, dt.date | dt.datetime | str]:
    """An ISO 8601 date as some writers store it (``t="d"``)."""
    try:
        moment = dt.datetime.fromisoformat(raw.strip())
    except ValueError:
        return raw, raw
    if moment.time() == dt.time() and "T" not in raw.rstrip("Z").replace("T00:00:00", ""):
        return moment.date().isoformat(), moment.date()
    return moment.isoformat(" ", "seconds" if moment.second else "minutes"), moment


@lru_cache(maxsize=4096)
def _column(letters: str) -> int:
    return column_number(letters) if letters.isascii() and letters.isalpha() and len(letters) <= 3 else 0


def _number(text: str | None, default: int, most: int) -> int:
    """A row or column number as stored; ``default`` where there is none."""
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= most:
        raise Unreadable("malformed", f"El archivo está dañado: «{text}» no es el número de una fila o columna.")
    return int(text)


def _too_many(limits: Limits) -> Unreadable:
    return Unreadable("too-many-cells", f"El libro tiene más de {limits.cells:,} celdas, que es el máximo admitido.")
