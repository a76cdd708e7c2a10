"""From a recognised matrix (or a map that lists its points) to a map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from checker.kinds.values import rows_of, spoken
from checker.maps.model import Axis, Chart, MapError, Point, Region, Undrawn
from checker.packs.decision import bounds, line_at, lines_standing, outside
from checker.packs.pack import Pack
from checker.packs.tables import DecisionTable, Line, Map, Points
from checker.recognise.model import FieldValue, Recognised, Row
from parsers.model import Document

_ABOUT = ("periodo", "fecha")
"""Fields that say of what day a matrix is."""
_LONGEST_KEY = 12
"""Characters; a longer key labels nothing, and the entries are numbered instead."""


def drawable(pack: Pack) -> dict[str, DecisionTable]:
    """Document types of the pack that hold the points of a map → the table that it is drawn by."""
    found: dict[str, DecisionTable] = {}
    for table in pack.tables.values():
        if isinstance(table, DecisionTable) and table.map:
            found.update(dict.fromkeys(table.map.points, table))
    return found


def sheets(document: Document) -> tuple[Document, ...]:
    """The document sheet by sheet; itself alone where it is no workbook, or has but one."""
    by_sheet: dict[int | None, list[object]] = {}
    for block in document.blocks:
        by_sheet.setdefault(block.place.page, []).append(block)
    if len(by_sheet) < 2 or not any(p in document.media_type for p in ("spreadsheet", "ms-excel")):
        return (document,)
    return tuple(
        replace(document, blocks=tuple(b for b in document.blocks if b.place.page == page)) for page in by_sheet
    )


def chart_of(submission: Recognised, pack: Pack, readings: Mapping[str, str], origin: str) -> Chart:
    """The map of one submission; raises :class:`MapError` where it is of no type that has one, or has no rows."""
    assert submission.type is not None, "a map is asked only of what was recognised"
    document_type = submission.type
    table = drawable(pack).get(document_type.id)
    if table is None or table.map is None:
        raise MapError(f"«{document_type.title}» has no map")
    drawn, where = table.map, table.map.points[document_type.id]
    columns = document_type.fields[where.rows].columns
    axes = tuple(
        Axis(axis.title, columns[axis.input].title, bounds(table.inputs[axis.input]))
        for axis in (drawn.horizontal, drawn.vertical)
    )
    rows = tuple(rows_of(submission.fields[where.rows]))
    if not rows:
        raise MapError(f"«{document_type.fields[where.rows].title}»: no rows were found")
    lines = lines_standing(table, pack, readings)
    keys = _keys(rows, where)
    entries = [_entry(row, key, table, drawn, where, lines) for row, key in zip(rows, keys, strict=True)]
    clave = f" ({pack.info.clave})" if pack.info.clave else ""
    return Chart(
        document_type.id,
        drawn.title,
        columns[where.name].title,
        document_type.fields[where.rows].title,
        axes[0],
        axes[1],
        tuple(_regions(drawn, lines)),
        tuple(e for e in entries if isinstance(e, Point)),
        tuple(e for e in entries if isinstance(e, Undrawn)),
        f"{pack.info.title}{clave}, numeral {table.source}",
        origin,
        tuple(_about(submission)),
    )


def _about(submission: Recognised) -> Iterator[tuple[str, str]]:
    assert submission.type is not None, "a map is asked only of what was recognised"
    for name in _ABOUT:
        value = submission.fields.get(name)
        if value and value.state == "present" and value.text:
            written = spoken(value.value) if isinstance(value.value, dt.date) else value.text
            yield submission.type.fields[name].title, written


def _keys(rows: Sequence[Row], where: Points) -> list[str]:
    """The rows' own keys where all have a short one of their own; else their numbers."""
    own = [row.cells[where.key].text.strip() if where.key else "" for row in rows]
    fit = all(0 < len(k) <= _LONGEST_KEY for k in own) and len(set(own)) == len(own)
    return own if fit else [str(row.index) for row in rows]


def _entry(
    row: Row, key: str, table: DecisionTable, drawn: Map, where: Points, lines: tuple[Line, ...]
) -> Point | Undrawn:
    name = row.cells[where.name].text or row.text
    cells = {axis.input: row.cells[axis.input] for axis in (drawn.horizontal, drawn.vertical)}
    titles = {axis.input: axis.title.lower() for axis in (drawn.horizontal, drawn.vertical)}
    point = {name: cell.value for name, cell in cells.items() if isinstance(cell.value, Decimal)}
    if len(point) < len(cells):
        return Undrawn(key, name, "; ".join(_why(titles[n], c) for n, c in cells.items() if n not in point))
    beyond = outside(table, point)
    if beyond:
        scale = {n: bounds(table.inputs[n]) for n in beyond}
        told = (
            f"{titles[n]}: {point[n]:f} está fuera de la escala de {scale[n].low:f} a {scale[n].high:f}" for n in beyond
        )
        return Undrawn(key, name, "; ".join(told))
    line = line_at(lines, point)
    if line is None:
        return Undrawn(key, name, "la norma no le da un solo cuadrante")
    across, up = point[drawn.horizontal.input], point[drawn.vertical.input]
    return Point(key, name, across, up, _region(drawn, line), line.interpretation or "")


def _why(title: str, cell: FieldValue) -> str:
    if cell.state == "undetermined":
        return f"{title}: {cell.reason or 'no se pudo leer'}"
    if cell.state == "present":
        return f"{title}: {cell.problem or f'«{cell.text}» no es un número'}"
    return f"falta {title}"


def _region(drawn: Map, line: Line) -> Region:
    across, up = line.when[drawn.horizontal.input], line.when[drawn.vertical.input]
    return Region(line.then[drawn.quadrant], line.then[drawn.name], line.then[drawn.colour], bounds(across), bounds(up))


def _regions(drawn: Map, lines: Sequence[Line]) -> Iterator[Region]:
    """One a line that has an area, in the order of the table; a line of disputed values has none."""
    for line in lines:
        region = _region(drawn, line)
        if region.across.low < region.across.high and region.up.low < region.up.high:
            yield region
