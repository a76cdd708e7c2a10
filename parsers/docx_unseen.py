"""Text of a docx that is there and that a reader does not see, or sees deleted: struck through, or white on white."""

from __future__ import annotations

import re

from lxml import etree

from parsers.docx_styles import Styles
from parsers.docx_xml import attr, child, local, val

_WHITE = re.compile(r"(?:[fF][5-9a-fA-F]){3}")


def is_white(color: str | None) -> bool:
    """The colour cannot be told from white paper."""
    return color is not None and (_WHITE.fullmatch(color) is not None or color.lower() == "white")


def paints(properties: etree._Element | None) -> bool:
    """An ``rPr``, ``pPr``, ``tcPr`` or ``tblPr`` puts a colour other than white behind its text."""
    if properties is None:
        return False
    for element in properties:
        name = local(element)
        if name == "highlight":
            return val(element) not in (None, "none", "white")
        if name == "shd":
            return _shaded(element)
    return False


def _shaded(shading: etree._Element) -> bool:
    pattern, fill = attr(shading, "val"), attr(shading, "fill")
    if pattern not in (None, "clear", "nil"):
        return True  # a pattern of dots or lines, or all of one colour
    themed = attr(shading, "themeFill") is not None and fill is None
    return themed or (fill not in (None, "auto") and not is_white(fill))


def on_paper(paragraph: etree._Element, styles: Styles) -> bool:
    """Behind the paragraph is white paper as far as the file says: no shading, page colour or shape that could be dark."""
    properties = child(paragraph, "pPr")
    if paints(properties) or styles.painted(None if properties is None else val(child(properties, "pStyle"))):
        return False
    for element in paragraph.iterancestors():
        name = local(element)
        if name in ("txbxContent", "hdr", "ftr"):
            return False  # what is drawn behind is not known
        if name in ("tc", "tbl"):
            own = child(element, name + "Pr")
            if paints(own) or (name == "tbl" and own is not None and styles.painted(val(child(own, "tblStyle")))):
                return False
        if name == "document" and (page := child(element, "background")) is not None:
            return is_white(attr(page, "color"))
    return True
