"""The parts that make a cell note: its text in the comments part, its box in the VML drawing, the sheet's pointer to the drawing."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from xml.parsers import expat

import msgspec
from lxml import etree

from checker.handback.marks import AUTHOR
from parsers.a1 import address, parse_address
from parsers.errors import Unreadable

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What the schema puts after legacyDrawing in a worksheet.
_AFTER = frozenset(
    "legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts extLst AlternateContent".split()
)
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST = 30_000
"""Characters of a note; Excel refuses a workbook with more than 32,767 in one."""
_LINE = 46
"""Characters that fit on a line of the box."""
_VML = """<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
xmlns:x="urn:schemas-microsoft-com:office:excel">
<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout>
<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">\
<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>
{shapes}</xml>"""
_SHAPE = """<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}" type="#_x0000_t202" \
style="position:absolute;width:255pt;height:{height}pt;z-index:{order};visibility:hidden" fillcolor="#ffffe1" \
o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>\
<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>\
<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>\
<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>
"""

_Address = tuple[int, int]


class Notes:
    """The comments part of one sheet, existing or new."""

    def __init__(self, root: etree._Element | None, namespace: str) -> None:
        if root is None:
            root = etree.fromstring(f'<comments xmlns="{namespace}"/>')
        self._root = root
        self._namespace = etree.QName(root).namespace or _MAIN
        authors, comments = root.find("{*}authors"), root.find("{*}commentList")
        if authors is None:
            authors = etree.Element(self._tag("authors"))
            root.insert(0, authors)
        if comments is None:
            comments = etree.Element(self._tag("commentList"))
            authors.addnext(comments)
        self._authors, self._comments = authors, comments
        self._by_cell = {at: c for c in comments if (at := parse_address(str(c.get("ref", ""))))}

    @property
    def cells(self) -> set[_Address]:
        """Cells that have a note."""
        return set(self._by_cell)

    @staticmethod
    def address(row: int, column: int) -> str:
        """Address as the note names it."""
        return address(row, column)

    def add(self, at: _Address, text: str) -> bool:
        """Put ``text`` on a cell. True where it went below a note that was already there, which has its box."""
        text = _FORBIDDEN.sub("", text)[:_LONGEST]
        known = self._by_cell.get(at)
        if known is not None:
            body = known.find("{*}text")
            if body is None:
                body = etree.SubElement(known, self._tag("text"))
            # A plain text and runs may not always stand together: the plain one becomes a run.
            for plain in body.findall("{*}t"):
                run = etree.Element(self._tag("r"))
                body.replace(plain, run)
                run.append(plain)
            self._runs(body, text, "\n\n")
            return True
        comment = etree.SubElement(
            self._comments, self._tag("comment"), {"ref": address(*at), "authorId": self._author()}
        )
        self._runs(etree.SubElement(comment, self._tag("text")), text, "")
        self._by_cell[at] = comment
        return False

    def serialised(self) -> bytes:
        """The part."""
        return etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def shapes(self, notes: Iterable[tuple[_Address, str]], block: int) -> bytes:
        """A new drawing with the boxes of ``notes``; ``block`` tells its shape numbers from those of other drawings."""
        first = 1024 * block + 1
        shapes = "".join(_shape(at, text, first + i, i + 1) for i, (at, text) in enumerate(notes))
        return _VML.format(block=block, shapes=shapes).encode()

    def shapes_into(self, drawing: bytes, notes: Iterable[tuple[_Address, str]], part: str) -> bytes:
        """The drawing with the boxes added; nothing else of it changes, for what Excel writes there is not always XML."""
        end = drawing.rfind(b"</xml>")
        if end < 0:
            raise Unreadable("malformed", f"El archivo está dañado: su parte «{part}» no termina como debe.")
        numbers = [int(n) for n in re.findall(rb"_x0000_s(\d{1,9})", drawing)]
        first = max(numbers, default=1024) + 1
        shapes = "".join(_shape(at, text, first + i, len(numbers) + i + 1) for i, (at, text) in enumerate(notes))
        return drawing[:end] + shapes.encode() + drawing[end:]

    def _author(self) -> str:
        names = [author.text or "" for author in self._authors]
        if AUTHOR not in names:
            etree.SubElement(self._authors, self._tag("author")).text = AUTHOR
            return str(len(names))
        return str(names.index(AUTHOR))

    def _runs(self, body: etree._Element, text: str, lead: str) -> None:
        for part, bold in ((f"{lead}{AUTHOR}:", True), (f"\n{text}", False)):
            run = etree.SubElement(body, self._tag("r"))
            properties = etree.SubElement(run, self._tag("rPr"))
            if bold:
                etree.SubElement(properties, self._tag("b"))
            etree.SubElement(properties, self._tag("sz"), {"val": "9"})
            etree.SubElement(properties, self._tag("color"), {"rgb": "FF000000"})
            etree.SubElement(properties, self._tag("rFont"), {"val": "Tahoma"})
            etree.SubElement(run, self._tag("t"), {_SPACE: "preserve"}).text = part

    def _tag(self, name: str) -> str:
        return f"{{{self._namespace}}}{name}"


def _shape(at: _Address, text: str, number: int, order: int) -> str:
    lines = 2 + sum(1 + len(line) // _LINE for line in text.split("\n"))
    row, column = at[0] - 1, at[1] - 1
    top, height = max(row - 1, 0), min(lines, 40)
    # Left column and offset in pixels, top row and offset, right, bottom.
    anchor = f"{column + 1}, 15, {top}, 8, {column + 6}, 15, {top + height}, 4"
    return _SHAPE.format(number=number, height=height * 13, order=order, anchor=anchor, row=row, column=column)


class LegacyDrawing(msgspec.Struct, frozen=True):
    """Where a worksheet points at its VML drawing, or where that pointer has to be written."""

    namespace: str
    """Of the worksheet."""
    drawing_id: str | None
    """Id of the relation that is there."""
    prefix: str
    at: int
    """Byte at which a new pointer goes."""
    encoding: str

    def apply(self, sheet: bytes, identifier: str, relations: str) -> bytes:
        """The worksheet with the pointer in its place, or with the one it had now at ``identifier``; all other bytes as they were."""
        pointer = f'<{self.prefix}legacyDrawing xmlns:vobo="{relations}" vobo:id="{identifier}"/>'
        return sheet[: self.at] + pointer.encode(self.encoding) + sheet[self.at :]


def place_legacy_drawing(sheet: bytes, part: str) -> LegacyDrawing:
    """Look through a worksheet for its pointer to a VML drawing. Raises Unreadable where it is no XML or has a DOCTYPE."""
    parser = expat.ParserCreate()
    state: dict[str, str] = {}
    ends: list[int] = []
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        if depth == 0:
            state["prefix"] = name[: name.rfind(":") + 1]
            state["namespace"] = attributes.get("xmlns:" + state["prefix"][:-1] if state["prefix"] else "xmlns", _MAIN)
        elif depth == 1:
            local = name.rpartition(":")[2]
            if local == "legacyDrawing":
                state["id"] = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            elif local in _AFTER and not ends:
                ends.append(parser.CurrentByteIndex)
        depth += 1

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if depth == 0 and not ends:
            ends.append(parser.CurrentByteIndex)

    def refuse(*_: object) -> None:
        raise Unreadable("xml-bomb", f"El archivo declara entidades XML (DOCTYPE) en «{part}», lo que no se admite.")

    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = start, end, refuse
    try:
        parser.Parse(sheet, True)
    except expat.ExpatError as error:
        raise Unreadable("malformed", f"El archivo está dañado: su parte «{part}» no es XML válido.") from error
    encoding = "utf-8"
    if sheet.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16-le" if sheet.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    return LegacyDrawing(state["namespace"], state.get("id"), state["prefix"], ends[0], encoding)
