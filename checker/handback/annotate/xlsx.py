"""Cell notes in a copy of a workbook: the package is patched, and every part that needs no change stays as it was."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from checker.handback.annotate.repack import repack
from checker.handback.annotate.xlsx_notes import Notes, place_legacy_drawing
from checker.handback.marks import Mark
from parsers.a1 import parse_address, split_sheet
from parsers.dispatch import load_file
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.package import Package, open_package

_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NEIGHBOURS = 200
"""How far to the right a free cell is looked for, beside one whose conversation cannot take a note."""

_Address = tuple[int, int]


def annotate_xlsx(source: Path, marks: Sequence[Mark], target: Path) -> Path:
    """Write to ``target`` a copy of the workbook ``source`` with each mark as a note on its cell; gives ``target`` back.

    Several marks on a cell make one note; a note that is already there keeps its text and gets the new one below. Marks without
    a cell, or with one of a sheet that does not exist, go to A1 of the first visible sheet. A cell with a threaded
    conversation cannot hold a note: the mark goes to the next free cell on its right and says so. Raises Unreadable where the
    workbook cannot be read.
    """
    limits = Limits()
    data = load_file(source, limits)
    package = open_package(data, limits)
    changed: dict[str, bytes] = {}
    sheets, first = _sheets(package)
    types = _ContentTypes(package)
    wanted: dict[str, dict[_Address, list[str]]] = {}
    for mark in marks:
        part, at = _target(mark, sheets, first)
        wanted.setdefault(part, {}).setdefault(at, []).append(mark.text)
    for number, (part, texts) in enumerate(wanted.items(), 1):
        _annotate_sheet(package, part, {at: "\n\n".join(t) for at, t in texts.items()}, number, types, changed)
    if changed:
        changed[types.name] = types.serialised()
    repack(data, package, changed, target)
    return target


def _sheets(package: Package) -> tuple[dict[str, str], str]:
    """Sheet name in lower case → part, worksheets only; and the part of the first visible one."""
    workbook = next((r.target for r in package.relations("") if r.kind == "officeDocument"), None)
    if workbook is None or workbook not in package:
        raise Unreadable("malformed", "El archivo está dañado: el libro de Excel no tiene su parte principal.")
    related = {r.id: r for r in package.relations(workbook)}
    sheets: dict[str, str] = {}
    visible: list[str] = []
    for sheet in package.xml(workbook).iterfind("{*}sheets/{*}sheet"):
        relation = next(
            (related[str(v)] for k, v in sheet.items() if str(k).endswith("}id") and str(v) in related), None
        )
        if relation is None or relation.kind != "worksheet" or relation.target not in package:
            continue
        sheets[str(sheet.get("name", "")).lower()] = relation.target
        if sheet.get("state") not in ("hidden", "veryHidden"):
            visible.append(relation.target)
    if not sheets:
        raise Unreadable("malformed", "El libro de Excel no tiene hojas de cálculo.")
    return sheets, (visible or list(sheets.values()))[0]


def _target(mark: Mark, sheets: dict[str, str], first: str) -> tuple[str, _Address]:
    if mark.place is not None and mark.place.cell is not None:
        name, cell = split_sheet(mark.place.cell)
        at = parse_address(cell)
        part = first if name is None else sheets.get(name.lower())
        if at is not None and part is not None:
            return part, at
    return first, (1, 1)


def _annotate_sheet(
    package: Package,
    part: str,
    texts: dict[_Address, str],
    number: int,
    types: _ContentTypes,
    changed: dict[str, bytes],
) -> None:
    relations = package.relations(part)
    by_kind = {r.kind: r.target for r in relations if not r.external and r.target in package}
    by_id = {r.id: r.target for r in relations if r.kind == "vmlDrawing" and r.target in package}
    sheet = package.read(part)
    patch = place_legacy_drawing(sheet, part)
    strict = patch.namespace.startswith("http://purl.oclc.org")
    notes = Notes(package.xml(by_kind["comments"]) if "comments" in by_kind else None, patch.namespace)
    if "threadedComment" in by_kind:
        texts = _beside_conversations(package.xml(by_kind["threadedComment"]), notes, texts)
    fresh = [(at, text) for at, text in sorted(texts.items()) if not notes.add(at, text)]
    base = posixpath.dirname(posixpath.dirname(part)) or "xl"
    new_relations: list[tuple[str, str, str]] = []
    comments = by_kind.get("comments")
    if comments is None:
        comments = _free_name(package, changed, f"{base}/comments", ".xml")
        new_relations.append(("rIdVoBoComments", "comments", comments))
        types.override(comments, _COMMENTS_TYPE)
    changed[comments] = notes.serialised()
    if fresh:
        drawing = by_id.get(patch.drawing_id) if patch.drawing_id else None
        if drawing is not None:
            changed[drawing] = notes.shapes_into(package.read(drawing), fresh, drawing)
        else:
            drawing = _free_name(package, changed, f"{base}/drawings/vmlDrawing", ".vml")
            changed[drawing] = notes.shapes(fresh, number)
            new_relations.append(("rIdVoBoDrawing", "vmlDrawing", drawing))
            types.default("vml", _VML_TYPE)
            changed[part] = patch.apply(sheet, "rIdVoBoDrawing", _STRICT if strict else _TRANSITIONAL)
    if new_relations:
        name = posixpath.join(posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels")
        changed[name] = _related(package, name, new_relations, _STRICT if strict else _TRANSITIONAL)


def _beside_conversations(threaded: etree._Element, notes: Notes, texts: dict[_Address, str]) -> dict[_Address, str]:
    """Move what would fall on a threaded conversation to a free cell on its right."""
    taken = {at for c in threaded.iterfind("{*}threadedComment") if (at := parse_address(str(c.get("ref", ""))))}
    moved: dict[_Address, str] = {}
    for (row, column), text in texts.items():
        at = (row, column)
        if at in taken:
            places = ((row, column + step) for step in range(1, _NEIGHBOURS))
            at = next((p for p in places if p not in taken | notes.cells | texts.keys()), (row, column + 1))
            text = f"Sobre la celda {notes.address(row, column)}:\n{text}"
        moved[at] = f"{moved[at]}\n\n{text}" if at in moved else text
    return moved


def _free_name(package: Package, changed: dict[str, bytes], stem: str, suffix: str) -> str:
    number = 1
    while f"{stem}{number}{suffix}" in package or f"{stem}{number}{suffix}" in changed:
        number += 1
    return f"{stem}{number}{suffix}"


def _related(package: Package, name: str, added: list[tuple[str, str, str]], kinds: str) -> bytes:
    root = package.xml(name) if name in package else etree.fromstring(f'<Relationships xmlns="{_RELATIONS}"/>')
    for identifier, kind, target in added:
        etree.SubElement(
            root, f"{{{_RELATIONS}}}Relationship", {"Id": identifier, "Type": f"{kinds}/{kind}", "Target": f"/{target}"}
        )
    return _serialised(root)


class _ContentTypes:
    """``[Content_Types].xml``, added to as parts are."""

    def __init__(self, package: Package) -> None:
        self.name = next((n for n in package.names if n.lower() == "[content_types].xml"), "[Content_Types].xml")
        if self.name not in package:
            raise Unreadable("malformed", "El archivo está dañado: le falta la lista de sus partes.")
        self._root = package.xml(self.name)

    def default(self, extension: str, media_type: str) -> None:
        if all(str(d.get("Extension", "")).lower() != extension for d in self._root.iterfind("{*}Default")):
            element = etree.Element(f"{{{_TYPES}}}Default", {"Extension": extension, "ContentType": media_type})
            self._root.insert(0, element)

    def override(self, part: str, media_type: str) -> None:
        etree.SubElement(self._root, f"{{{_TYPES}}}Override", {"PartName": f"/{part}", "ContentType": media_type})

    def serialised(self) -> bytes:
        return _serialised(self._root)


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
