"""The pictures of office packages, with their places, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from parsers.decode_codes import Code, Seen
from parsers.docx_xml import local
from parsers.limits import Limits
from parsers.model import Document, Place, paragraphs_of
from parsers.package import Package, open_package

_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
_BARCODE = re.compile(r'(?:DISPLAY|MERGE)BARCODE\s+"((?:[^"\\]|\\.)*)"\s+(\w+)', re.IGNORECASE)
_NOT_READ = "está dañada o sólo enlazada"


def docx_pictures(document: Document) -> Iterator[tuple[Place, bytes | Seen]]:
    """The pictures of the part's paragraphs, and the codes that Word itself draws from a field (``DISPLAYBARCODE``)."""
    from parsers.docx import located_paragraphs

    limits = Limits()
    package = open_package(document.source, limits)
    places = {p.place.paragraph: p.place for p in paragraphs_of(document.blocks) if p.place.paragraph}
    if not places:
        return
    first, last = min(places), max(places)
    targets: dict[str, dict[str, str]] = {}
    for number, (part, element) in located_paragraphs(package, limits).items():
        if not first <= number <= last:
            continue
        place = places.get(number) or Place(paragraph=number)
        for text, kind in _BARCODE.findall(_instructions(element)):
            yield place, Seen((Code(re.sub(r"\\(.)", r"\1", text), "QRCode" if kind.upper() == "QR" else kind),))
        for relation in dict.fromkeys(_embedded(element)):
            if part not in targets:
                targets[part] = {r.id: "" if r.external else r.target for r in package.relations(part)}
            yield place, _bytes(package, targets[part].get(relation, ""))


def package_pictures(document: Document, folder: str) -> Iterator[tuple[Place, bytes | Seen]]:
    """The pictures of a workbook (those that its ``drawings/`` relate to) or of an ODF file (its ``Pictures/``)."""
    package = open_package(document.source, Limits())
    shown = [p.place for p in paragraphs_of(document.blocks) for _ in range(p.images)]
    if folder == "Pictures/":
        names = [n for n in package.names if n.startswith(folder)]
    else:
        parts = [n for n in package.names if folder in n and n.endswith(".xml")]
        names = [r.target for p in parts for r in package.relations(p) if r.kind == "image"]
    for number, name in enumerate(names):
        yield shown[number] if len(shown) == len(names) else Place(), _bytes(package, name)


def _bytes(package: Package, name: str) -> bytes | Seen:
    return package.read(name) if name and name in package else Seen((), _NOT_READ)


def _embedded(paragraph: etree._Element) -> Iterator[str]:
    """Relation ids of the pictures of this very paragraph; those of text boxes belong to the paragraphs within."""
    for element in paragraph.iter("{*}blip", "{*}imagedata"):
        holder = next(a for a in element.iterancestors() if local(a) == "p" and a.tag == paragraph.tag)
        if holder is not paragraph or any(local(a) == "Fallback" for a in element.iterancestors()):
            continue
        for name in ("embed", "id", "link"):
            if relation := element.get(f"{_RELATIONS}{name}") or element.get(f"{_STRICT}{name}"):
                yield str(relation)
                break


def _instructions(paragraph: etree._Element) -> str:
    """The field codes of a paragraph, their pieces joined."""
    return "".join(e.text or "" for e in paragraph.iter("{*}instrText")) + " ".join(
        str(e.get(name, ""))
        for e in paragraph.iter("{*}fldSimple")
        for name in e.attrib
        if str(name).endswith("}instr")
    )
