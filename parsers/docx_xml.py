"""Small words for WordprocessingML: names and attributes alike in transitional and strict files."""

from __future__ import annotations

import re

from lxml import etree

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"

_NUMBER = re.compile(r"-?\d{1,9}(?![\d])")


def local(element: etree._Element) -> str:
    """Local name of an element; elements of other vocabularies (math, drawing) keep theirs."""
    tag = element.tag
    return tag[tag.rfind("}") + 1 :]


def attr(element: etree._Element, name: str) -> str | None:
    """Attribute of the Word vocabulary, None where there is none."""
    value = element.get(f"{{{WORD}}}{name}")
    return element.get(f"{{{WORD_STRICT}}}{name}") if value is None else value


def val(element: etree._Element | None) -> str | None:
    """``w:val`` of an element that may not be there."""
    return None if element is None else attr(element, "val")


def relation_id(element: etree._Element, name: str = "id") -> str | None:
    """``r:id``, or another attribute that names a relationship."""
    value = element.get(f"{{{RELATIONS}}}{name}")
    return element.get(f"{{{RELATIONS_STRICT}}}{name}") if value is None else value


def child(element: etree._Element, name: str) -> etree._Element | None:
    """First child with this local name."""
    for candidate in element:
        if local(candidate) == name:
            return candidate
    return None


def toggle(element: etree._Element) -> bool:
    """Value of an on/off property that is there: on, unless it says otherwise."""
    return attr(element, "val") not in ("0", "false", "off", "none")


def number(text: str | None, default: int) -> int:
    """Whole number at the start of an attribute; ``default`` where there is none or it has more than nine digits."""
    found = _NUMBER.match(text or "")
    return int(found.group()) if found else default
