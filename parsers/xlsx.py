"""Excel workbooks (xlsx, xlsm, xltx, xltm; transitional and strict) → located model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
from lxml import etree

from parsers.a1 import column_letters, parse_range, sheet_prefix
from parsers.bulk import collector_paused
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Block, Document, Gap, Origin, Paragraph, Place, Signature
from parsers.package import Package, open_package
from parsers.regions import Area, Entry, Sheet, blocks_of
from parsers.xlsx_cells import RawSheet, SheetReader, Strings, shared_strings
from parsers.xlsx_extras import Extras, page_text, read_extras
from parsers.xlsx_formulas import UnknownValueError, resolve
from parsers.xlsx_styles import looks_of, plain

_MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xltx": "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    "xltm": "application/vnd.ms-excel.template.macroEnabled.12",
    "xlam": "application/vnd.ms-excel.addin.macroEnabled.12",
}
_PASSES = 20
"""Rounds in which formulas that rest on others are worked out."""


class Heads(msgspec.Struct, frozen=True):
    """What is read of long sheets instead of all."""

    texts: Strings
    sheets: dict[str, bytes]
    """Part → a worksheet with only its first rows."""


class _Leaf(msgspec.Struct):
    """One worksheet on its way from part to blocks."""

    name: str
    position: int
    hidden: bool
    place: Callable[[int, int], Place]
    raw: RawSheet
    extras: Extras
    areas: tuple[Area, ...]


class _Gathered(msgspec.Struct):
    """What the sheets give beside their blocks."""

    headers: dict[str, Paragraph] = {}
    footers: dict[str, Paragraph] = {}
    boxes: list[Paragraph] = []
    comments: list[Paragraph] = []
    gaps: list[Gap] = []


def read_xlsx(data: bytes, limits: Limits) -> Document:
    """Read a workbook.

    Each sheet gives its regions in reading order: paragraphs for what stands alone, tables for the rest, whose title is
    the sheet's name. Places name sheet, row and column as the spreadsheet does. Raises Unreadable: ``too-many-cells``,
    ``legacy-format`` for xlsb, ``malformed``, and what :func:`parsers.package.open_package` raises.
    """
    return workbook_document(open_package(data, limits), limits)


def workbook_part(package: Package) -> str:
    """Name of the main part. Raises Unreadable ``malformed`` where there is none."""
    workbook = next((r.target for r in package.relations("") if r.kind == "officeDocument"), None)
    if workbook is None or workbook not in package:
        raise Unreadable("malformed", "El archivo está dañado: el libro de Excel no tiene su parte principal.")
    return workbook


def workbook_document(package: Package, limits: Limits, heads: Heads | None = None) -> Document:
    """The document that a workbook is; with ``heads``, of long sheets only what these hold."""
    workbook = workbook_part(package)
    media_type = _media_type(package, workbook)
    with collector_paused():
        leaves = _leaves(package, workbook, limits, heads)
        gathered = _Gathered()
        _resolve_formulas(leaves, gathered.gaps)
        blocks: list[Block] = []
        for leaf in leaves:
            blocks.extend(_blocks(leaf, gathered))
    blocks[:0] = gathered.headers.values()
    blocks.extend(gathered.footers.values())
    blocks.extend(gathered.comments)
    signatures, unsure = _signatures(package, workbook)
    return Document(
        media_type,
        tuple(blocks),
        pages=len(leaves),
        notes=_notes(leaves),
        gaps=(*gathered.gaps, *unsure),
        signatures=signatures,
        title=_title(package),
    )


def _media_type(package: Package, workbook: str) -> str:
    types = package.xml("[Content_Types].xml") if "[Content_Types].xml" in package else None
    declared = ""
    for override in types.iterfind("{*}Override") if types is not None else ():
        if str(override.get("PartName", "")).lstrip("/").lower() == workbook.lower():
            declared = str(override.get("ContentType", ""))
    if "sheet.binary" in declared or workbook.lower().endswith(".bin"):
        raise Unreadable(
            "legacy-format",
            "Es un libro binario de Excel (.xlsb); ábralo en Excel o LibreOffice y guárdelo como .xlsx.",
        )
    main = declared.removesuffix(".main+xml").removesuffix("+xml")
    return next((media for media in _MEDIA_TYPES.values() if media.removesuffix(".12") == main), _MEDIA_TYPES["xlsx"])


def _leaves(package: Package, workbook: str, limits: Limits, heads: Heads | None) -> list[_Leaf]:
    root = package.xml(workbook)
    related = {r.id: r for r in package.relations(workbook)}
    part = {r.kind: r.target for r in related.values() if not r.external and r.target in package}
    strings: Strings = heads.texts if heads is not None else []
    if heads is None and "sharedStrings" in part:
        strings = shared_strings(package, part["sharedStrings"])
    looks = looks_of(package.xml(part["styles"]) if "styles" in part else None)
    properties = root.find("{*}workbookPr")
    epoch_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    reader = SheetReader(package, limits, strings, looks, epoch_1904)
    leaves = []
    for position, sheet in enumerate(root.iterfind("{*}sheets/{*}sheet"), 1):
        name = str(sheet.get("name") or f"Hoja{position}")
        relation = next(
            (related[str(v)] for k, v in sheet.items() if str(k).endswith("}id") and str(v) in related), None
        )
        if relation is None or relation.external or relation.target not in package:
            raise Unreadable("malformed", f"El archivo está dañado: falta la hoja «{name}».")
        place = placer(name, position)
        # Chart and dialogue sheets have no cells; what hangs on them is read all the same.
        head = heads.sheets.get(relation.target) if heads is not None else None
        raw = reader.read(relation.target, head) if relation.kind == "worksheet" else RawSheet()
        hidden = sheet.get("state") in ("hidden", "veryHidden")
        extras = read_extras(package, relation.target, place)
        leaves.append(_Leaf(name, position, hidden, place, raw, extras, _areas(package, relation.target)))
    return leaves


def placer(name: str, position: int) -> Callable[[int, int], Place]:
    """(row, column) of the sheet ``name`` → place."""
    prefix = sheet_prefix(name)

    def place(row: int, column: int) -> Place:
        return Place(position, None, None, row, column, f"{prefix}{column_letters(column)}{row}", None)

    return place


def _areas(package: Package, sheet_part: str) -> tuple[Area, ...]:
    """The ranges that are formatted as tables (list objects)."""
    areas = []
    for relation in package.relations(sheet_part):
        if relation.kind == "table" and relation.target in package:
            table = package.xml(relation.target)
            bounds = parse_range(str(table.get("ref", "")))
            if bounds is not None:
                areas.append(Area(*bounds, header_rows=0 if table.get("headerRowCount") == "0" else 1))
    return tuple(areas)


def _resolve_formulas(leaves: list[_Leaf], gaps: list[Gap]) -> None:
    """Work out the simple formulas without a value; the others become gaps, as do error values."""
    waiting = [(leaf, entry) for leaf in leaves for entry in leaf.raw.uncached]
    if waiting:
        cells = {leaf.name.lower(): {(e.row, e.column): e for e in leaf.raw.entries} for leaf in leaves}
        for _ in range(_PASSES):
            left = [(leaf, entry) for leaf, entry in waiting if not _resolved(leaf, entry, cells)]
            if len(left) == len(waiting):
                break
            waiting = left
    for leaf, entry in waiting:
        at = leaf.place(entry.row, entry.column)
        gaps.append(Gap(f"fórmula sin valor calculado en {at.cell}", at))
    for leaf in leaves:
        for entry in leaf.raw.errors:
            at = leaf.place(entry.row, entry.column)
            gaps.append(Gap(f"la celda {at.cell} muestra el error {entry.text}", at))


def _resolved(leaf: _Leaf, entry: Entry, cells: dict[str, dict[tuple[int, int], Entry]]) -> bool:
    def find(sheet: str | None, row: int, column: int) -> Entry | None:
        return cells.get((sheet or leaf.name).lower(), {}).get((row, column))

    try:
        value = resolve(entry.formula or "", find)
    except UnknownValueError:
        return False
    entry.value = value
    if isinstance(value, bool):
        entry.text = "VERDADERO" if value else "FALSO"
    elif isinstance(value, dt.datetime):
        entry.text = value.isoformat(" ", "seconds" if value.second else "minutes")
    else:
        entry.text = plain(value) if isinstance(value, int | float) else str(value)
    return True


def _blocks(leaf: _Leaf, gathered: _Gathered) -> list[Block]:
    raw, extras = leaf.raw, leaf.extras
    sheet = Sheet(
        leaf.name,
        leaf.place,
        raw.entries,
        blanks=raw.blanks,
        images=extras.images,
        areas=leaf.areas,
        hidden=leaf.hidden,
        hidden_rows=frozenset(raw.hidden_rows),
        hidden_columns=frozenset(raw.hidden_columns),
    )
    page: tuple[tuple[list[str], dict[str, Paragraph], Origin], ...] = (
        (raw.headers, gathered.headers, "header"),
        (raw.footers, gathered.footers, "footer"),
    )
    for codes, kept, origin in page:
        for code in codes:
            for text in page_text(code, leaf.name):
                if text not in kept:
                    kept[text] = Paragraph(text, Place(page=leaf.position), origin=origin, hidden=leaf.hidden)
    gathered.comments.extend(extras.comments)
    gathered.gaps.extend(extras.gaps)
    return [*blocks_of(sheet), *extras.boxes]


def _notes(leaves: list[_Leaf]) -> tuple[str, ...]:
    notes = []
    sheets = [leaf.name for leaf in leaves if leaf.hidden]
    if sheets:
        notes.append("Se leyeron también hojas ocultas: " + ", ".join(sheets) + ".")
    parts = [leaf.name for leaf in leaves if not leaf.hidden and _hides(leaf.raw)]
    if parts:
        notes.append("Se leyeron también filas o columnas ocultas en: " + ", ".join(parts) + ".")
    charts = sum(leaf.extras.charts for leaf in leaves)
    if charts:
        notes.append(f"No se leyeron los gráficos del libro ({charts}); sus datos están en las celdas.")
    return tuple(notes)


def _hides(raw: RawSheet) -> bool:
    return any(e.row in raw.hidden_rows or e.column in raw.hidden_columns for e in raw.entries)


def _signatures(package: Package, workbook: str) -> tuple[tuple[Signature, ...], tuple[Gap, ...]]:
    """Digital signatures of the package; Word and Excel sign alike."""
    if not any(relation.kind == "origin" for relation in package.relations("")):
        return (), ()
    from parsers.docx_signatures import read_signatures

    return read_signatures(package, [], workbook)


def _title(package: Package) -> str:
    for relation in package.relations(""):
        if relation.kind == "core-properties" and relation.target in package:
            found: etree._Element | None = package.xml(relation.target).find("{*}title")
            return (found.text or "").strip() if found is not None else ""
    return ""
