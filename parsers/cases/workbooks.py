"""Logs in workbooks (xlsx, ods): every sheet that has the header of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path

from msgspec.structs import replace

from parsers.a1 import split_sheet
from parsers.cases.model import CaseRecord
from parsers.cases.recognise import HEADER_WITHIN, is_header
from parsers.cases.tables import cases_of
from parsers.dispatch import load_file, read_bytes, reading
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Document, Paragraph, Place
from parsers.package import open_package
from parsers.rows import Rows, RowTable, Trouble
from parsers.sniff import Kind, sniff

LONG = 2_000
"""Rows beyond which a sheet is not held whole."""
_HEAD_ROWS = HEADER_WITHIN
_TEXT = re.compile(rb"<(?:\w+:)?[tp](?: [^<>]*)?>([^<]*)<")
_PARTS = re.compile(r"xl/sharedstrings\.xml|xl/worksheets/[^/]+\.xml|content\.xml", re.IGNORECASE)
_MARKS = (b"xl/workbook", b"opendocument.spreadsheet")
"""Stand uncompressed in every workbook."""
_LOOKED_AT = 1 << 20


def read_workbook(path: Path, limits: Limits) -> Iterator[CaseRecord]:
    """The cases of the sheets of a workbook. Raises Unreadable where none of them is a log."""
    return cases_of(_tables(load_file(path, limits), path.name, limits), path.name.partition(".")[0])


def holds_cases(data: bytes) -> bool:
    """Whether a sheet of the workbook that ``data`` is has the header of a log."""
    limits = Limits()
    if not any(mark in data for mark in _MARKS):
        return False
    try:
        with reading(Kind.XLSX):
            return _may_hold_cases(data, limits) and any(_has_header(table) for table in _tables(data, "", limits))
    except Unreadable:
        return False


def _may_hold_cases(data: bytes, limits: Limits) -> bool:
    """A cheap look: the names of the columns are among the first texts of the package."""
    package = open_package(data, limits)
    texts: list[str] = []
    for name in package.names:
        if _PARTS.fullmatch(name):
            piece = next(package.pieces(name, _LOOKED_AT), b"")
            texts += [unescape(text.decode("utf-8", "replace")).strip() for text in _TEXT.findall(piece)]
    return is_header(texts)


def _has_header(table: RowTable) -> bool:
    seen = 0
    for _, rows in table.runs(1, None):
        for n in range(len(rows.numbers)):
            if is_header(column[n].strip() for column in rows.columns):
                return True
            seen += 1
            if seen >= HEADER_WITHIN:
                return False
    return False


def _tables(data: bytes, name: str, limits: Limits) -> list[RowTable]:
    """The sheets in their order, long ones row by row."""
    kind = sniff(data, name)
    if kind not in (Kind.XLSX, Kind.ODS):
        raise Unreadable("unknown-format", "El archivo no es un libro de Excel ni una hoja de cálculo ODF con casos.")
    if kind is Kind.XLSX:
        from parsers.xlsx_long import open_workbook

        # Rows that are never held need no bound on their number; the package has one on its size.
        long = open_workbook(data, replace(limits, cells=max(limits.cells, 2**31)), _HEAD_ROWS, LONG)
        if long is not None:
            return sorted([*long.tables, *_sheets(long.head, {t.page for t in long.tables})], key=lambda t: t.page or 0)
    return _sheets(read_bytes(data, name, limits), set())


def _sheets(document: Document, without: set[int | None]) -> list[RowTable]:
    """The sheets of a workbook that was read whole."""
    cells: dict[int, dict[int, dict[int, str]]] = {}
    places: dict[int, str] = {}

    def put(place: Place, row: int, column: int, text: str) -> None:
        if place.page is None or place.page in without:
            return
        places.setdefault(place.page, place.cell or "")
        cells.setdefault(place.page, {}).setdefault(row, {}).setdefault(column, text)

    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.origin == "body" and block.place.row is not None and block.place.column is not None:
                put(block.place, block.place.row, block.place.column, block.text)
            continue
        for (row, column), cell in block.grid().items():
            at = cell.place
            if at.row is not None and at.column is not None:
                put(at, at.row + row - cell.row, at.column + column - cell.column, cell.text)
    troubled: dict[int, dict[tuple[int, int], tuple[Trouble, str]]] = {}
    for gap in document.gaps:
        at = gap.place
        if at.page in cells and at.row is not None and at.column is not None:
            kind: Trouble = "formula" if "fórmula" in gap.reason else "error"
            troubled.setdefault(at.page, {})[at.row, at.column] = (kind, gap.reason.rpartition(" ")[2])
            cells[at.page].setdefault(at.row, {}).setdefault(at.column, "")
    return [
        _sheet(page, split_sheet(places[page])[0] or "", rows, troubled.get(page, {}))
        for page, rows in sorted(cells.items())
    ]


def _sheet(
    page: int, title: str, cells: dict[int, dict[int, str]], troubled: dict[tuple[int, int], tuple[Trouble, str]]
) -> RowTable:
    from parsers.xlsx import placer

    locate = placer(title, page)
    numbers = sorted(cells)
    width = max(max(row) for row in cells.values())
    columns: list[Sequence[str]] = [[cells[n].get(c, "") for n in numbers] for c in range(1, width + 1)]
    position = {number: n for n, number in enumerate(numbers)}
    whole = Rows(
        numbers, columns, troubled={(position[row], column - 1): what for (row, column), what in troubled.items()}
    )

    def runs(first: int, only: frozenset[int] | None) -> Iterator[tuple[int, Rows]]:
        yield 0, whole.part(sum(number < first for number in numbers))

    def place(row: int, column: int, line: int | None) -> Place:
        return locate(row, column)

    return RowTable(title, page, place, runs, numbers[-1])
