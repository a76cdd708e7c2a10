"""Workbooks of which a sheet is too long to be held whole."""

from __future__ import annotations

import hashlib

from parsers.limits import Limits
from parsers.model import Place
from parsers.package import Package, open_package
from parsers.plain import plain_document
from parsers.rows import LongFile, RowTable
from parsers.xlsx import Heads, placer, workbook_document, workbook_part
from parsers.xlsx_rows import Frame, SheetRows, frame_of
from parsers.xlsx_styles import Look, looks_of
from parsers.xlsx_texts import Texts, shared_texts

_SMALL = 1 << 18
"""Bytes of an expanded sheet below which it is read whole without a look at its rows."""


def open_workbook(data: bytes, limits: Limits, head_rows: int, longer_than: int) -> LongFile | None:
    """A workbook of which the head shows ``head_rows`` rows of each sheet with more than ``longer_than``.

    None where there is no such sheet, or one that cannot be read row by row (cells merged beyond its head). Raises Unreadable as
    :func:`parsers.xlsx.read_xlsx` does.
    """
    package = open_package(data, limits)
    workbook = workbook_part(package)
    targets = {r.id: r.target for r in package.relations(workbook) if r.kind == "worksheet" and not r.external}
    frames: dict[str, Frame] = {}
    for target in targets.values():
        if target in package and package.declared_size(target) > _SMALL:
            frame = frame_of(package, target, head_rows, longer_than)
            if frame is not None and frame.rows <= longer_than:
                continue
            if frame is None or frame.last_merged > frame.last_row > 0:
                return None
            frames[target] = frame
    if not frames:
        return None
    texts, looks, epoch_1904 = _shared(package, workbook)
    head = workbook_document(package, limits, Heads(texts, {target: frame.xml for target, frame in frames.items()}))
    root = package.xml(workbook)
    tables = []
    for position, sheet in enumerate(root.iterfind("{*}sheets/{*}sheet"), 1):
        target = next((targets[str(v)] for k, v in sheet.items() if str(k).endswith("}id") and str(v) in targets), "")
        if target in frames:
            frame = frames[target]
            name = str(sheet.get("name") or f"Hoja{position}")
            rows = SheetRows(package, target, frame, texts, looks, epoch_1904)
            tables.append(_table(name, position, rows, frame))
    return LongFile(plain_document(head), tuple(tables), hashlib.sha256(data).hexdigest())


def _shared(package: Package, workbook: str) -> tuple[Texts, list[Look], bool]:
    """What the sheets of a workbook have in common: texts, looks, and whether its days count from 1904."""
    part = {r.kind: r.target for r in package.relations(workbook) if not r.external and r.target in package}
    texts = shared_texts(package, part["sharedStrings"]) if "sharedStrings" in part else Texts()
    looks = looks_of(package.xml(part["styles"]) if "styles" in part else None)
    properties = package.xml(workbook).find("{*}workbookPr")
    return texts, looks, properties is not None and properties.get("date1904") in ("1", "true")


def _table(name: str, position: int, rows: SheetRows, frame: Frame) -> RowTable:
    locate = placer(name, position)

    def place(row: int, column: int, line: int | None) -> Place:
        return locate(row, column)

    return RowTable(name, position, place, rows.runs, frame.last_row)
