"""A log in a table: its header, its rows, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec
from msgspec.structs import replace

from parsers.cases.columns import EventReader, Header, header_of
from parsers.cases.recognise import HEADER_WITHIN
from parsers.model import Place
from parsers.rows import Rows, RowTable


class Log(msgspec.Struct, frozen=True):
    """A table whose header was found."""

    table: RowTable
    header: Header
    first: int
    """The first row below the header."""
    reader: EventReader
    """Makes events of its rows."""

    def cases(self, rows: Rows, name: str) -> Sequence[str | None]:
        """The case of each row, None where it is not said; ``name`` where no column tells cases apart, None for blank rows."""
        if "case" in self.header.columns:
            return self.reader.texts(rows, "case")
        return [name if any(column[n].strip() for column in rows.columns) else None for n in range(len(rows.numbers))]

    def is_header(self, cells: Sequence[str]) -> bool:
        """The header printed again among the rows."""
        again = header_of(cells)
        return again is not None and again.columns == self.header.columns

    def place(self, rows: Rows, n: int, column: int) -> Place:
        """Where the cell of the ``n``-th of ``rows`` stands; columns from 1."""
        line = None if rows.lines is None else rows.lines[n]
        return self.table.place(rows.numbers[n], column, line)


def log_of(table: RowTable) -> Log | None:
    """The table with the first of its rows that is a header; None where none of the first is."""
    seen = 0
    for _, rows in table.runs(1, None):
        for n, number in enumerate(rows.numbers):
            header = header_of([column[n] for column in rows.columns])
            if header is not None:
                reader = EventReader(header, table.place if table.page is not None else None)
                header = replace(header, notes=(*header.notes, *_without_name(rows, n, header)))
                return Log(table, header, number + 1, reader)
            seen += 1
            if seen >= HEADER_WITHIN:
                return None
    return None


def _without_name(rows: Rows, n: int, header: Header) -> Iterator[str]:
    """Notes on the columns that have no heading in row ``n`` and something below it; in text, what goes beyond the header is a fault."""
    width = len(rows.columns) if rows.lines is None else header.width
    for number, column in enumerate(rows.columns[:width], 1):
        if not column[n].strip() and any(map(str.strip, column[n + 1 :])):
            yield f"la columna {number} no tiene encabezado y no se tomó en cuenta"


def runs_of(logs: Sequence[Log]) -> Iterator[tuple[Log, Rows]]:
    """All rows below the headers."""
    for log in logs:
        for _, rows in log.table.runs(log.first, None):
            yield log, rows


def spans_of(cases: Sequence[str]) -> list[tuple[str, range]]:
    """The positions of each stretch of rows of one case."""
    spans: list[tuple[str, range]] = []
    position = 0
    for case, run in groupby(cases):
        start, position = position, position + len(tuple(run))
        spans.append((case, range(start, position)))
    return spans


def row_at(place: Place) -> str:
    """How a gap calls the row of a place."""
    return f"la línea {place.line}" if place.line is not None else f"la fila de {place.cell}"
