"""Styles of OpenDocument files: weight, size, what is hidden, list levels and date formats."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

import msgspec
from lxml import etree

from parsers.xml_stream import local

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, STYLE, TEXT, TABLE, DRAW = (_NS % name for name in ("office", "style", "text", "table", "drawing"))
NUMBER, META, FORM = (_NS % name for name in ("datastyle", "meta", "form"))
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_WHOLE_LABEL = "num-list-format"

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN_LOW = ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Look(msgspec.Struct, frozen=True):
    """What a style says; None where it leaves it to its parent."""

    bold: bool | None = None
    size: float | None = None
    hidden: bool | None = None
    """Text with ``text:display="none"`` or struck through, or a sheet with ``table:display="false"``."""
    bordered: bool | None = None
    list_style: str | None = None
    data_style: str | None = None


class ListLevel(msgspec.Struct, frozen=True):
    """One level of a list style."""

    bullet: str = ""
    number: str = ""
    """``1``, ``a``, ``A``, ``i``, ``I``; empty for none."""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1
    """How many levels the label shows: 2 gives ``1.1``."""
    pattern: str = ""
    """``%1%.%2%)``, where the file says the label whole."""

    def label(self, numbers: list[int], levels: list[ListLevel]) -> str:
        """The label of an item whose numbers by level are ``numbers``, this level's last; ``levels`` are those of its style."""
        if self.bullet:
            return self.bullet
        if not self.number:
            return ""
        shown = [numbering(n, levels[i].number or "1") for i, n in enumerate(numbers)]
        if self.pattern:
            return re.sub(
                r"%(\d+)%", lambda m: shown[int(m[1]) - 1] if 0 < int(m[1]) <= len(shown) else "", self.pattern
            ).strip()
        return (self.prefix + ".".join(shown[-self.shown :]) + self.suffix).strip()


def numbering(number: int, style: str) -> str:
    """4 → ``4``, ``d``, ``D``, ``iv`` or ``IV``; letters go on ``aa``, ``bb`` after ``z``."""
    if style in ("i", "I") and 0 < number < 4000:
        text = ""
        for value, letters in _ROMAN + _ROMAN_LOW:
            count, number = divmod(number, value)
            text += letters * count
        return text if style == "i" else text.upper()
    if style in ("a", "A") and 0 < number < 1000:
        letter = chr(ord(style) + (number - 1) % 26)
        return letter * ((number - 1) // 26 + 1)
    return str(number)


class Styles:
    """Common styles and the automatic ones of one part, by family and name, parents followed."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        self._lists: dict[str, list[ListLevel]] = {}
        self._outline: etree._Element | None = None
        self._dates: dict[str, frozenset[str]] = {}
        self.page_styles: set[str] = set()
        """Names of the page styles that some style asks for."""
        for root in roots:
            for child in root:
                self.add(child)

    def add(self, element: etree._Element) -> None:
        """Take in one style; later ones go before earlier ones of the same name."""
        name = str(element.get(STYLE + "name", ""))
        self.page_styles.add(str(element.get(STYLE + "master-page-name", "")))
        if element.tag == STYLE + "style":
            self._styles[str(element.get(STYLE + "family", "")), name] = element
        elif element.tag == STYLE + "default-style":
            self._styles[str(element.get(STYLE + "family", "")), ""] = element
        elif element.tag == TEXT + "list-style":
            self._lists[name] = _levels(element)
        elif element.tag == TEXT + "outline-style":
            self._outline = element
        elif element.tag in (NUMBER + "date-style", NUMBER + "time-style"):
            self._dates[name] = frozenset(local(part) for part in element)

    @cached_property
    def outline(self) -> list[ListLevel]:
        """Levels of the numbering of headings; empty without one."""
        return _levels(self._outline) if self._outline is not None else []

    def look(self, family: str, name: str | None) -> Look:
        """The look of a style, what it inherits included; an unknown name has that of the family's default."""
        key = (family, name or "")
        known = self._looks.get(key)
        if known is None:
            known = self._looks[key] = self._inherited(key)
        return known

    def list_levels(self, name: str) -> list[ListLevel]:
        """Levels of a list style, the first one first; empty for an unknown name."""
        return self._lists.get(name, [])

    def shows_day(self, data_style: str | None) -> bool:
        """A date format shows the day; so does one that is not known."""
        parts = self._dates.get(data_style or "")
        return parts is None or "day" in parts

    def _inherited(self, key: tuple[str, str]) -> Look:
        family, name = key
        chain: list[Look] = []
        seen: set[str] = set()
        while name not in seen:
            seen.add(name)
            element = self._styles.get((family, name))
            if element is not None:
                chain.append(_own(element))
            if not name:
                break
            name = str(element.get(STYLE + "parent-style-name", "")) if element is not None else ""

        def first(attribute: str) -> object:
            return next((value for look in chain if (value := getattr(look, attribute)) is not None), None)

        return Look(**{attribute: first(attribute) for attribute in Look.__struct_fields__})  # type: ignore[arg-type]


_STRUCK = ("text-line-through-style", "text-line-through-type")


def _own(element: etree._Element) -> Look:
    bold: bool | None = None
    size: float | None = None
    hidden: bool | None = None
    bordered: bool | None = None
    for properties in element:
        if properties.tag == STYLE + "text-properties":
            weight = properties.get(FO + "font-weight")
            bold = _is_bold(str(weight)) if weight is not None else None
            match = re.fullmatch(r"([\d.]+)pt", str(properties.get(FO + "font-size", "")))
            size = float(match[1]) if match and match[1].count(".") < 2 and match[1] != "." else None
            if properties.get(TEXT + "display") is not None:
                hidden = properties.get(TEXT + "display") == "none"
            if any(properties.get(STYLE + name, "none") != "none" for name in _STRUCK):
                hidden = True
        elif properties.tag == STYLE + "table-properties" and properties.get(TABLE + "display") is not None:
            hidden = properties.get(TABLE + "display") == "false"
        elif properties.tag == STYLE + "table-cell-properties":
            sides = [str(value) for key, value in properties.items() if str(key).startswith(FO + "border")]
            bordered = any(side != "none" for side in sides) if sides else None
    return Look(
        bold,
        size,
        hidden,
        bordered,
        _text(element.get(STYLE + "list-style-name")),
        _text(element.get(STYLE + "data-style-name")),
    )


def _is_bold(weight: str) -> bool:
    return weight == "bold" or (weight.isdigit() and int(weight) >= 600)


def _text(value: str | None) -> str | None:
    return str(value) if value is not None else None


def _levels(element: etree._Element) -> list[ListLevel]:
    levels: dict[int, ListLevel] = {}
    for child in element:
        number = count(child.get(TEXT + "level"), 1, 10)
        kind = local(child)
        if kind == "list-level-style-bullet":
            bullet = str(child.get(TEXT + "bullet-char", "•"))
            # Symbol fonts keep their glyphs in the private use area, where no other font shows them.
            levels[number] = ListLevel(bullet="•" if any("\ue000" <= c <= "\uf8ff" for c in bullet) else bullet)
        elif kind == "list-level-style-image":
            levels[number] = ListLevel(bullet="•")
        elif kind in ("list-level-style-number", "outline-level-style"):
            pattern = next((str(v) for k, v in child.items() if str(k).endswith("}" + _WHOLE_LABEL)), "")
            levels[number] = ListLevel(
                number=str(child.get(STYLE + "num-format", "")),
                prefix=str(child.get(STYLE + "num-prefix", "")),
                suffix=str(child.get(STYLE + "num-suffix", "")),
                start=count(child.get(TEXT + "start-value"), 1, 100_000),
                shown=count(child.get(TEXT + "display-levels"), 1, 10),
                pattern=pattern,
            )
    return [levels.get(i, ListLevel()) for i in range(1, 11)] if levels else []


def count(value: str | None, default: int, most: int) -> int:
    """A count as an attribute says it, from 1 to ``most``; ``default`` where it says none."""
    if value is None or not value.isascii() or not value.isdigit():
        return default
    return min(max(int(value[:12]), 1), most)
