"""Word files (docx, docm, dotx, strict or transitional): every part that holds text, walked once.

python-docx is not used here: it misses text boxes, content controls, tracked insertions, notes and list labels.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from lxml import etree
from msgspec.structs import replace

from parsers.docx_numbering import Numbering
from parsers.docx_signatures import read_signatures
from parsers.docx_styles import Styles
from parsers.docx_walk import Context, Walk
from parsers.docx_xml import WORD, WORD_STRICT, attr, child, local, relation_id, toggle
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Attachment, Block, Document, Origin
from parsers.package import Package, Relation, open_package

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EMBEDDED_TYPE = "application/octet-stream"
_CHANGES = tuple(f"{{{ns}}}{name}" for ns in (WORD, WORD_STRICT) for name in ("ins", "del", "moveFrom", "moveTo"))
_RENDERED = tuple(f"{{{ns}}}lastRenderedPageBreak" for ns in (WORD, WORD_STRICT))
_SECTIONS = tuple(f"{{{ns}}}sectPr" for ns in (WORD, WORD_STRICT))
_NOTES: tuple[tuple[str, str, Origin], ...] = (
    ("footnotes", "footnote", "footnote"),
    ("endnotes", "endnote", "footnote"),
    ("comments", "comment", "comment"),
)
_UNSEEN = (
    ("hidden", "El documento contiene texto oculto, que también se leyó y se marcó como tal."),
    ("struck", "El documento contiene texto tachado, que también se leyó y se marcó como oculto."),
    ("white", "El documento contiene texto en blanco sobre blanco, que también se leyó y se marcó como oculto."),
)


def read_docx(data: bytes, limits: Limits) -> Document:
    """Read a Word file. Raises Unreadable as :func:`parsers.package.open_package` does, and ``malformed`` without a main part."""
    package = open_package(data, limits)
    reading = _read(package, limits)
    walk = reading.walk
    signatures, gaps = read_signatures(package, walk.signature_lines, reading.main)
    return Document(
        media_type=MEDIA_TYPE,
        blocks=tuple(reading.blocks),
        pages=reading.pages,
        notes=tuple(_notes(package, reading)),
        gaps=(*walk.gaps, *gaps),
        signatures=signatures,
        attachments=tuple(_embedded(package, reading.main, limits)),
        title=_title(package),
    )


def located_paragraphs(package: Package, limits: Limits) -> dict[int, tuple[str, etree._Element]]:
    """``Place.paragraph`` → part name and ``w:p`` element, numbered exactly as :func:`read_docx` numbers them.

    The elements belong to freshly parsed trees, one for each part, that the caller may change and serialise.
    """
    walk = _read(package, limits).walk
    return dict(enumerate(walk.located, start=1))


def main_part(package: Package) -> str:
    """Name of the part with the body."""
    for relation in package.relations(""):
        if relation.kind == "officeDocument" and relation.target in package:
            return relation.target
    raise Unreadable("malformed", "El archivo está dañado: no contiene el documento de Word que debería.")


class _Reading(msgspec.Struct, frozen=True):
    walk: Walk
    blocks: list[Block]
    main: str
    pages: int | None
    changes: bool


def _read(package: Package, limits: Limits) -> _Reading:
    main = main_part(package)
    root = package.xml(main)
    body = child(root, "body")
    if body is None:
        raise Unreadable("malformed", "El archivo está dañado: el documento de Word no tiene cuerpo.")
    relations = {relation.id: relation for relation in package.relations(main) if not relation.external}
    by_kind = {relation.kind: relation.target for relation in relations.values() if relation.target in package}
    walk = Walk(
        package,
        limits,
        Styles(_optional(package, by_kind.get("styles"))),
        Numbering(_optional(package, by_kind.get("numbering"))),
    )
    trees = [root]
    blocks: list[Block] = []
    margins = list(_margins(package, root, relations, by_kind.get("settings")))
    headers = [margin for margin in margins if margin.origin == "header"]
    footers = [margin for margin in margins if margin.origin == "footer"]
    for margin in headers:
        trees.append(tree := package.xml(margin.part))
        blocks += walk.part(margin.part, [tree], Context(margin.origin, hidden=margin.hidden), None)
    paged = next(root.iter(*_RENDERED), None) is not None
    blocks += walk.part(main, [body], Context(), 1 if paged else None)
    pages = walk.page
    for margin in footers:
        trees.append(tree := package.xml(margin.part))
        blocks += walk.part(margin.part, [tree], Context(margin.origin, hidden=margin.hidden), None)
    for kind, wanted, origin in _NOTES:
        if (part := by_kind.get(kind)) is not None:
            trees.append(tree := package.xml(part))
            # Separators are notes too, of a type of their own.
            notes = [e for e in tree if local(e) == wanted and attr(e, "type") in (None, "normal")]
            blocks += walk.part(part, notes, Context(origin), None)
    changes = any(next(tree.iter(*_CHANGES), None) is not None for tree in trees)
    return _Reading(walk, blocks, main, pages, changes)


def _optional(package: Package, part: str | None) -> etree._Element | None:
    return None if part is None else package.xml(part)


class _Margin(msgspec.Struct, frozen=True):
    part: str
    origin: Origin
    hidden: bool


def _margins(
    package: Package, root: etree._Element, relations: dict[str, Relation], settings: str | None
) -> Iterator[_Margin]:
    """Headers and footers that sections use, once each; hidden where no section shows them (first page, even pages)."""
    options = _optional(package, settings)
    even = None if options is None else child(options, "evenAndOddHeaders")
    shown: dict[str, bool] = {}
    origins: dict[str, Origin] = {}
    for section in root.iter(*_SECTIONS):
        first = child(section, "titlePg")
        for reference in section:
            name = local(reference)
            relation = relations.get(relation_id(reference) or "")
            if name not in ("headerReference", "footerReference") or relation is None or relation.target not in package:
                continue
            kind = attr(reference, "type")
            switch = first if kind == "first" else even
            visible = kind not in ("first", "even") or (switch is not None and toggle(switch))
            shown[relation.target] = shown.get(relation.target, False) or visible
            origins[relation.target] = "header" if name == "headerReference" else "footer"
    for part, origin in origins.items():
        yield _Margin(part, origin, not shown[part])


def _notes(package: Package, reading: _Reading) -> Iterator[str]:
    if reading.changes:
        yield "Control de cambios: las inserciones y eliminaciones marcadas se leyeron como aceptadas."
    for why, note in _UNSEEN:
        if why in reading.walk.unseen:
            yield note
    if any(name.lower().endswith("vbaproject.bin") for name in package.names):
        yield "El documento contiene macros, que no se ejecutaron."


def _embedded(package: Package, main: str, limits: Limits) -> Iterator[Attachment]:
    from parsers.dispatch import read_attachment

    for relation in package.relations(main):
        if relation.kind in ("package", "oleObject") and not relation.external and relation.target in package:
            name = relation.target.rsplit("/", 1)[-1]
            # What is inside may nest one level less than what holds it.
            inner = replace(limits, depth=limits.depth - 1)
            yield read_attachment(package.read(relation.target), name, _EMBEDDED_TYPE, inner, 0)


def _title(package: Package) -> str:
    for relation in package.relations(""):
        if relation.kind == "core-properties" and relation.target in package:
            title = child(package.xml(relation.target), "title")
            return "" if title is None else (title.text or "").strip()
    return ""
