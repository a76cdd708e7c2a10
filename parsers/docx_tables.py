"""Tables of a docx as grids: merged cells resolved, columns counted by the edges that really are there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

import msgspec
from lxml import etree

from parsers.docx_runs import UNSEEN, chosen, is_placeholder
from parsers.docx_xml import attr, child, local, number, toggle, val


class GridCell(msgspec.Struct):
    """One cell with its extent; ``elements`` are the ``tc`` it is made of, top first, with their being placeholders."""

    row: int
    start: int
    """First grid column, from 0."""
    end: int
    rowspan: int = 1
    elements: list[tuple[etree._Element, bool]] = []
    hidden: bool = False
    column: int = 0
    """Column from 1 among the columns that a reader can tell apart."""
    colspan: int = 1


class Grid(msgspec.Struct, frozen=True):
    """A table laid out."""

    cells: tuple[GridCell, ...]
    """Row-major."""
    rows: int
    columns: int
    header_rows: int
    title: str
    style: str | None


def lay_out(table: etree._Element, span_limit: int) -> Grid:
    """Resolve ``gridSpan``, ``vMerge``, ``gridBefore`` and content controls around rows and cells.

    Spans are cut to ``span_limit``. Rows whose deletion is tracked are left out. A continuing cell that nothing begins stands alone.
    """
    cells: list[GridCell] = []
    open_merges: dict[int, GridCell] = {}
    rows = 0
    header_rows = 0
    for row, in_control in _members(table, "tr", False):
        properties = child(row, "trPr")
        if properties is not None and child(properties, "del") is not None:
            continue
        rows += 1
        if _has(properties, "tblHeader") and header_rows == rows - 1:
            header_rows = rows
        hidden = _has(properties, "hidden")
        before = None if properties is None else child(properties, "gridBefore")
        start = min(max(number(val(before), 0), 0), span_limit)
        merges: dict[int, GridCell] = {}
        for element, placeholder in _members(row, "tc", in_control):
            shape = child(element, "tcPr")
            span, merge = _extent(shape, span_limit)
            above = open_merges.get(start) if merge == "continue" else None
            if above is not None and above.rowspan < span_limit:
                above.rowspan += 1
                above.elements.append((element, placeholder))
                merges[start] = above
            else:
                cell = GridCell(rows, start, start + span, elements=[(element, placeholder)], hidden=hidden)
                cells.append(cell)
                if merge is not None:
                    merges[start] = cell
            start += span
        open_merges = merges
    edges = sorted({cell.start for cell in cells})
    for cell in cells:
        cell.column = bisect_left(edges, cell.start) + 1
        cell.colspan = max(bisect_left(edges, cell.end) + 1 - cell.column, 1)
    title, style = _named(child(table, "tblPr"))
    return Grid(tuple(cells), rows, len(edges), header_rows, title, style)


def _members(parent: etree._Element, wanted: str, placeholder: bool) -> Iterator[tuple[etree._Element, bool]]:
    for element in parent:
        name = local(element)
        if name == wanted:
            yield element, placeholder
        elif name == "sdt":
            if (content := child(element, "sdtContent")) is not None:
                yield from _members(content, wanted, placeholder or is_placeholder(element))
        elif name == "AlternateContent":
            if (choice := chosen(element)) is not None:
                yield from _members(choice, wanted, placeholder)
        elif name not in UNSEEN:
            yield from _members(element, wanted, placeholder)


def _extent(shape: etree._Element | None, span_limit: int) -> tuple[int, str | None]:
    if shape is None:
        return 1, None
    span = min(max(number(val(child(shape, "gridSpan")), 1), 1), span_limit)
    merge = child(shape, "vMerge")
    return span, None if merge is None else (val(merge) or "continue")


def _has(properties: etree._Element | None, name: str) -> bool:
    element = None if properties is None else child(properties, name)
    return element is not None and toggle(element)


def _named(properties: etree._Element | None) -> tuple[str, str | None]:
    if properties is None:
        return "", None
    title = val(child(properties, "tblCaption")) or val(child(properties, "tblDescription")) or ""
    return title, val(child(properties, "tblStyle"))


def styled_corners(table: etree._Element) -> tuple[bool, bool]:
    """Whether the table applies its style's first-row and first-column formats (``tblLook``)."""
    properties = child(table, "tblPr")
    look = None if properties is None else child(properties, "tblLook")
    if look is None:
        return False, False
    bits = val(look) or ""
    try:
        flags = int(bits[:8], 16) if bits else 0
    except ValueError:
        flags = 0
    row, column = attr(look, "firstRow"), attr(look, "firstColumn")
    return (
        flags & 0x20 != 0 if row is None else row in ("1", "true", "on"),
        flags & 0x80 != 0 if column is None else column in ("1", "true", "on"),
    )
