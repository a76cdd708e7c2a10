"""Which column of a grid is which column of a table field: by header, by what stands over it, by what it holds."""

from __future__ import annotations

from checker.packs.model import Field
from checker.recognise.items import CHARGE_HEADERS, NEUTRAL_HEADERS, Grid, months_of
from checker.recognise.labels import BY_GROUP, OTHER, LabelIndex
from checker.recognise.row_lines import reads_as
from checker.spanish.text import flat, is_placeholder, label_form
from parsers.model import Cell


def columns_of(grid: Grid, name: str, field_: Field, index: LabelIndex) -> dict[int, str]:
    """Position → column of the table field ``name``; empty when nothing tells them."""
    if not grid.header:
        return _columns_by_content(grid, field_)
    columns = _columns_of_header(grid, name, index)
    if not columns:
        return {}
    columns = _by_content(grid, columns, name, field_, index)
    for position, text in grid.header.items():  # «Inicio | Término»: two columns for one period
        again = next((m.target for m in index.column(name, text) if m.target != OTHER), None)
        free = (
            again and position not in columns and again in columns.values() and field_.columns[again].kind == "period"
        )
        if again and free and not ("inici" in flat(text) and _ends(grid, columns, again, name, index)):
            columns = {**columns, position: again}
    for first, width in grid.spans:
        if first in columns:
            columns |= {c: columns[first] for c in range(first, first + width) if c not in grid.header}
    return columns


def _ends(grid: Grid, columns: dict[int, str], column: str, name: str, index: LabelIndex) -> bool:
    """The column asks for the day on which something ends, under a label of its own: where it begins is no part of that."""
    headers = [grid.header[p] for p, c in columns.items() if c == column and p in grid.header]
    exact = [t for t in headers if any(m.target == column and m.similarity == 1.0 for m in index.column(name, t))]
    asked = any(m.similarity == 1.0 and m.target == column for m in index.column(name, "fecha de inicio"))
    return not asked and any(
        word in flat(t) for t in exact for word in ("termin", "conclu", "limite", "cumplim", "vencim")
    )


def _columns_of_header(grid: Grid, name: str, index: LabelIndex) -> dict[int, str]:
    """Column position → column name; the best match of each name, in the order of the header."""
    options = sorted(
        (
            (m.similarity, -position, position, m.target)
            for position, text in grid.header.items()
            for m in index.column(name, text, group=grid.groups.get(position, ""))
            if m.target != OTHER
            and not (m.similarity == BY_GROUP and index.worded(name, text))  # «Medios / Cartel» is to be marked
        ),
        reverse=True,
    )
    taken: dict[int, str] = {}
    for _, _, position, target in options:
        if position not in taken and target not in taken.values():
            taken[position] = target
    return taken


def without_strange_header(
    grid: Grid, columns: dict[int, str], field_: Field
) -> tuple[tuple[tuple[int, Cell], ...], ...]:
    """The rows without a first one that only names the columns in words we do not know: no value in any typed column."""
    typed = {p: field_.columns[c] for p, c in columns.items() if field_.columns[c].kind in ("date", "period", "people")}
    first = dict(grid.rows[0]) if grid.rows else {}
    told = [reads_as(spec, first[p].text) for p, spec in typed.items() if p in first]
    return grid.rows[1:] if len(grid.rows) > 1 and told and not any(told) else grid.rows


def _by_content(grid: Grid, columns: dict[int, str], name: str, field_: Field, index: LabelIndex) -> dict[int, str]:
    """``columns`` with those of its missing ones that a column under a strange header holds, told by dates, people or choices."""
    missing = {
        n: s for n, s in field_.columns.items() if n not in columns.values() and s.required_by and s.kind != "text"
    }
    first = next(iter(field_.columns))
    strange = [
        p
        for p, text in grid.header.items()
        if p not in columns
        and not months_of(text)
        and label_form(text) not in NEUTRAL_HEADERS | CHARGE_HEADERS
        and not any(m.target == OTHER for m in index.column(name, text))  # «Fecha de registro» is another date
    ]
    for column, spec in missing.items():
        for position in strange:
            texts = [c.text for row in grid.rows for p, c in row if p == position and not is_placeholder(c.text)]
            if texts and position not in columns and sum(reads_as(spec, t) for t in texts) > 0.5 * len(texts):
                columns = {**columns, position: column}
                break
    left = [p for p in sorted(strange) if p not in columns]
    if (
        first not in columns.values()
        and left
        and any(len(c.text) > 3 for row in grid.rows for p, c in row if p == left[0])
    ):
        columns = {**columns, left[0]: first}  # the leftmost words name the row, whatever their header
    return columns


def _columns_by_content(grid: Grid, field_: Field) -> dict[int, str]:
    """Columns of a table without header, told by what they hold: dates, people, and the longest text."""
    positions = sorted({p for row in grid.rows for p, _ in row})
    texts = {p: [cell.text for row in grid.rows for q, cell in row if q == p and cell.text.strip()] for p in positions}
    found: dict[int, str] = {}
    for column, spec in field_.columns.items():
        share = {p: sum(reads_as(spec, t) for t in ts) / len(ts) for p, ts in texts.items() if ts and p not in found}
        best = max(share, key=lambda p: share[p], default=None)
        if best is not None and share[best] >= 0.5:
            found[best] = column
    if not found:
        return {}
    left = [p for p in positions if p not in found and texts[p]]
    if left:
        found[max(left, key=lambda p: sum(map(len, texts[p])))] = next(iter(field_.columns))
    return found
