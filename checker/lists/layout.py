"""Where the columns of a list stand, told from the rows that recognition found in its head."""

from __future__ import annotations

from collections import Counter

import msgspec

from checker.recognise.model import Recognised, Row
from checker.spanish.text import squeeze
from parsers.model import Document, Table


class Layout(msgspec.Struct, frozen=True):
    """One sheet, or the whole of a text file."""

    first_row: int
    """Where its first row of data stands."""
    positions: dict[str, int]
    """Column of the type → position in the sheet, from 0; those that the list lacks are left out."""
    served: dict[str, str]
    """Column of the type → what stands over the list for every row that does not say it."""
    headers: tuple[dict[int, str], ...]
    """The rows over the first one, position → text in lower case: printed again further down, they are no data."""


def layouts_of(submission: Recognised, table: str) -> dict[int | None, Layout] | None:
    """Sheet → layout; None where the rows of the head do not stand each in its own row, by columns."""
    found = submission.fields[table].value
    rows = [r for r in found if isinstance(r, Row)] if isinstance(found, tuple) else []
    seen: dict[int | None, dict[str, Counter[int]]] = {}
    empty: dict[int | None, dict[str, Counter[int]]] = {}
    first: dict[int | None, int] = {}
    served: dict[str, str] = {}
    for row in rows:
        if row.place is None or row.place.row is None:
            return None
        page = row.place.page
        first[page] = min(first.get(page, row.place.row), row.place.row)
        for name, cell in row.cells.items():
            if cell.state == "absent":
                continue
            if cell.place is None or cell.place.column is None:
                return None
            if cell.place.row != row.place.row:
                if served.setdefault(name, cell.text) != cell.text or cell.state != "present":
                    return None
                continue
            kept = empty if cell.state == "empty" else seen
            kept.setdefault(page, {}).setdefault(name, Counter())[cell.place.column - 1] += 1
    return {
        page: Layout(
            row, _positions(seen.get(page, {}), empty.get(page, {})), served, _headers(submission.document, page, row)
        )
        for page, row in first.items()
    }


def _positions(seen: dict[str, Counter[int]], empty: dict[str, Counter[int]]) -> dict[str, int]:
    positions = {name: counts.most_common(1)[0][0] for name, counts in seen.items()}
    for name, counts in empty.items():
        likely = counts.most_common(1)[0][0]
        if name not in positions and likely not in positions.values():
            positions[name] = likely
    return positions


def _headers(document: Document, page: int | None, first_row: int) -> tuple[dict[int, str], ...]:
    rows: dict[int, dict[int, str]] = {}
    for block in document.blocks:
        if isinstance(block, Table) and block.place.page == page:
            for cell in block.cells:
                row, column = cell.place.row, cell.place.column
                if row is not None and column is not None and row < first_row and cell.text.strip():
                    rows.setdefault(row, {})[column - 1] = folded(cell.text)
    return tuple(rows.values())


def folded(text: str) -> str:
    """As the texts of headers are compared."""
    return squeeze(text).casefold()
