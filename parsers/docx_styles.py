"""Styles of a docx: what a paragraph or run inherits from them."""

from __future__ import annotations

import re

import msgspec
from lxml import etree
from msgspec.structs import replace

from parsers.docx_xml import attr, child, local, number, toggle, val

_DEFAULT_SIZE = 10.0  # Word's own, where the file gives no default.
_HEADING = re.compile(r"(?:heading|t[ií]?tulo|encabezado)\s*([1-9])")
_TITLES = {"title": 1, "título": 1, "ttulo": 1, "titulo": 1, "puesto": 1, "subtitle": 2, "subtítulo": 2, "subttulo": 2}


class Look(msgspec.Struct, frozen=True):
    """Character properties; None = says nothing."""

    bold: bool | None = None
    size: float | None = None
    """Points."""
    hidden: bool | None = None
    style: str | None = None
    """Character style that a run names."""
    struck: bool | None = None
    """Struck through, once or twice."""
    color: str | None = None
    """Six hexadecimal digits, or ``auto``."""
    underlined: bool = False


class Style(msgspec.Struct, frozen=True):
    """A style with what it inherits."""

    look: Look = Look()
    level: int = 0
    """Heading level, 0 for none."""
    num_id: str | None = None
    ilvl: int | None = None
    numbered_by: str = ""
    """Id of the style in the chain that brings the numbering: levels name it."""
    first_row_bold: bool = False
    first_column_bold: bool = False


def read_look(properties: etree._Element | None) -> Look:
    """What an ``rPr`` says."""
    if properties is None:
        return Look()
    bold: bool | None = None
    size: float | None = None
    hidden: bool | None = None
    style: str | None = None
    struck: bool | None = None
    color: str | None = None
    underlined = False
    for element in properties:
        name = local(element)
        if name == "b":
            bold = toggle(element)
        elif name == "sz":
            half_points = number(val(element), 0)
            size = half_points / 2 if half_points > 0 else None
        elif name == "vanish":
            hidden = toggle(element)
        elif name == "rStyle":
            style = val(element)
        elif name in ("strike", "dstrike"):
            struck = bool(struck) or toggle(element)
        elif name == "color":
            color = val(element)
        elif name == "u":
            underlined = val(element) != "none"
    return Look(bold, size, hidden, style, struck, color, underlined)


class Styles:
    """The style sheet; ids that it does not define give what their name says (``Ttulo1`` is a heading all the same)."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._resolved: dict[str, Style] = {}
        self._default_paragraph: str | None = None
        self.default = Look(False, _DEFAULT_SIZE, False)
        for element in () if root is None else root:
            name = local(element)
            if name == "docDefaults":
                self._read_defaults(element)
            elif name == "style" and (style_id := attr(element, "styleId")) is not None:
                self._elements[style_id] = element
                if attr(element, "type") == "paragraph" and attr(element, "default") in ("1", "true", "on"):
                    self._default_paragraph = style_id

    def paragraph(self, style_id: str | None) -> Style:
        """Style of a paragraph; the default one for None."""
        return self.get(style_id if style_id is not None else self._default_paragraph)

    def get(self, style_id: str | None) -> Style:
        """Any style by id; an empty one for None."""
        if style_id is None:
            return Style()
        if style_id not in self._resolved:
            self._resolved[style_id] = self._resolve(style_id)
        return self._resolved[style_id]

    def painted(self, style_id: str | None) -> bool:
        """The style, or one that it is based on, puts a colour behind some of its text."""
        seen: list[str] = []
        current = style_id if style_id is not None else self._default_paragraph
        while current is not None and current in self._elements and current not in seen:
            seen.append(current)
            element = self._elements[current]
            if any(attr(shade, "fill") not in ("auto", "FFFFFF") for shade in element.iter("{*}shd")):
                return True
            current = val(child(element, "basedOn"))
        return False

    def _read_defaults(self, element: etree._Element) -> None:
        default = child(element, "rPrDefault")
        look = read_look(child(default, "rPr") if default is not None else None)
        self.default = replace(
            look, bold=bool(look.bold), size=look.size or _DEFAULT_SIZE, hidden=bool(look.hidden), style=None
        )

    def _resolve(self, style_id: str) -> Style:
        chain: list[str] = []
        current: str | None = style_id
        while current is not None and current in self._elements and current not in chain:
            chain.append(current)
            current = val(child(self._elements[current], "basedOn"))
        if not chain:
            return Style(level=_named_level(style_id))
        style = Style()
        for link in reversed(chain):
            style = _overlay(style, link, self._elements[link])
        return style


def outline_level(properties: etree._Element) -> int | None:
    """Heading level that a ``pPr`` gives by itself: 1–9, 0 where it says body text, None where it says nothing."""
    outline = child(properties, "outlineLvl")
    if outline is None:
        return None
    value = number(val(outline), 9)
    return value + 1 if 0 <= value <= 8 else 0


def read_numbering(properties: etree._Element) -> tuple[str | None, int | None]:
    """numId and ilvl of a ``pPr``, each None where it says nothing."""
    numbering = child(properties, "numPr")
    if numbering is None:
        return None, None
    level = val(child(numbering, "ilvl"))
    return val(child(numbering, "numId")), None if level is None else number(level, 0)


def _overlay(base: Style, style_id: str, element: etree._Element) -> Style:
    look = read_look(child(element, "rPr"))
    merged = Look(
        base.look.bold if look.bold is None else look.bold,
        base.look.size if look.size is None else look.size,
        base.look.hidden if look.hidden is None else look.hidden,
        None,
        base.look.struck if look.struck is None else look.struck,
        look.color or base.look.color,
    )
    style = replace(base, look=merged)
    named = _named_level(val(child(element, "name")) or style_id) or _named_level(style_id)
    if named:
        style = replace(style, level=named)
    if (properties := child(element, "pPr")) is not None:
        outline = outline_level(properties)
        num_id, ilvl = read_numbering(properties)
        if outline is not None:
            style = replace(style, level=outline)
        if num_id is not None or ilvl is not None:
            style = replace(style, num_id=num_id or base.num_id, ilvl=ilvl, numbered_by=style_id)
    for part in element:
        if local(part) == "tblStylePr" and read_look(child(part, "rPr")).bold:
            if attr(part, "type") == "firstRow":
                style = replace(style, first_row_bold=True)
            elif attr(part, "type") == "firstCol":
                style = replace(style, first_column_bold=True)
    return style


def _named_level(name: str) -> int:
    lowered = name.strip().lower()
    found = _HEADING.fullmatch(lowered)
    return int(found.group(1)) if found else _TITLES.get(lowered, 0)
