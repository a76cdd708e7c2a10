"""List labels of a docx, rendered as a reader sees them: ``1.``, ``a)``, ``II.3``, ``•``."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec
from lxml import etree

from parsers.docx_xml import attr, child, local, number, toggle, val

_LEVELS = 9
# A label is a few characters; a longer pattern is an attempt to swell every paragraph.
_MAX_PATTERN = 120
_REFERENCE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"))
_ROMAN_UNITS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_ORDINALS = (
    *("primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno", "décimo"),
    *("undécimo", "duodécimo", "decimotercero", "decimocuarto", "decimoquinto", "decimosexto", "decimoséptimo"),
    *("decimoctavo", "decimonoveno", "vigésimo"),
)
_CARDINALS = (
    *("uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce", "trece"),
    *("catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve", "veinte"),
)


class _Level(msgspec.Struct, frozen=True):
    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    legal: bool = False
    """All numbers of the label in decimal (``isLgl``)."""
    restart: int | None = None
    """Restarts after this level (from 1); 0 never; None after any higher one."""
    style: str | None = None


class Numbering:
    """The lists of a file and how far each has counted. Labels must be asked for in document order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract_of: dict[str, str] = {}
        self._overrides: dict[str, dict[int, _Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def label(self, num_id: str, ilvl: int) -> str:
        """Label of the next paragraph of this list and level; empty where the list is unknown or shows none."""
        abstract = self._abstract_of.get(num_id)
        if abstract is None or not 0 <= ilvl < _LEVELS:
            return ""
        counters = self._counters.setdefault(abstract, [None] * _LEVELS)
        start = self._starts.get(num_id, {}).get(ilvl)
        current = counters[ilvl]
        if start is not None and (num_id, ilvl) not in self._begun:
            counters[ilvl] = start
        else:
            counters[ilvl] = self._level(num_id, ilvl).start if current is None else current + 1
        self._begun.add((num_id, ilvl))
        for deeper in range(ilvl + 1, _LEVELS):
            restart = self._level(num_id, deeper).restart
            if restart is None or ilvl < restart:
                counters[deeper] = None
        return self._render(num_id, ilvl, counters)

    def level_of_style(self, num_id: str, style_id: str) -> int:
        """Level of the list that a style is tied to, 0 where none says so."""
        if num_id not in self._abstract_of:
            return 0
        for ilvl in range(_LEVELS):
            if self._level(num_id, ilvl).style == style_id:
                return ilvl
        return 0

    def _level(self, num_id: str, ilvl: int) -> _Level:
        override = self._overrides.get(num_id, {}).get(ilvl)
        return override or self._levels[self._abstract_of[num_id]].get(ilvl) or _Level()

    def _render(self, num_id: str, ilvl: int, counters: list[int | None]) -> str:
        level = self._level(num_id, ilvl)
        if level.format == "bullet":
            return _bullet(level.pattern)
        if level.format == "none":
            return _REFERENCE.sub("", level.pattern).strip()

        def shown(reference: re.Match[str]) -> str:
            index = int(reference.group(1)) - 1
            of = self._level(num_id, index)
            count = counters[index]
            if count is None:
                count = counters[index] = of.start
            return _counted(count, "decimal" if level.legal else of.format)

        return _REFERENCE.sub(shown, level.pattern).strip()

    def _read(self, root: etree._Element) -> None:
        linked: dict[str, str] = {}
        styled: dict[str, str] = {}
        for element in root:
            name = local(element)
            if name == "abstractNum":
                abstract = attr(element, "abstractNumId") or ""
                self._levels[abstract] = {
                    number(attr(e, "ilvl"), 0): _read_level(e) for e in element if local(e) == "lvl"
                }
                if link := val(child(element, "numStyleLink")):
                    linked[abstract] = link
                if style := val(child(element, "styleLink")):
                    styled[style] = abstract
            elif name == "num":
                self._read_num(element)
        for abstract, style in linked.items():
            if not self._levels[abstract] and style in styled:
                self._levels[abstract] = self._levels[styled[style]]

    def _read_num(self, element: etree._Element) -> None:
        num_id = attr(element, "numId") or ""
        abstract = val(child(element, "abstractNumId")) or ""
        self._levels.setdefault(abstract, {})
        self._abstract_of[num_id] = abstract
        for override in element:
            if local(override) != "lvlOverride":
                continue
            ilvl = number(attr(override, "ilvl"), 0)
            if (start := child(override, "startOverride")) is not None:
                self._starts.setdefault(num_id, {})[ilvl] = number(val(start), 1)
            if (level := child(override, "lvl")) is not None:
                self._overrides.setdefault(num_id, {})[ilvl] = _read_level(level)


def _read_level(element: etree._Element) -> _Level:
    found = {local(e): e for e in element}
    legal = found.get("isLgl")
    restart = val(found.get("lvlRestart"))
    return _Level(
        start=number(val(found.get("start")), 1),
        format=val(found.get("numFmt")) or "decimal",
        pattern=(val(found.get("lvlText")) or "")[:_MAX_PATTERN],
        legal=legal is not None and toggle(legal),
        restart=None if restart is None else number(restart, 0),
        style=val(found.get("pStyle")),
    )


def _bullet(pattern: str) -> str:
    # Bullets come from symbol fonts, whose private characters mean nothing elsewhere.
    return "".join("•" if "\ue000" <= character <= "\uf8ff" else character for character in pattern).strip()


def _counted(value: int, number_format: str) -> str:
    render = _FORMATS.get(number_format)
    return render(value) if render is not None and value > 0 else str(value)


def _letters(value: int) -> str:
    # Word doubles the letter after z: z, aa, bb. Nobody writes past the third round.
    rounds, letter = divmod(value - 1, 26)
    return chr(ord("a") + letter) * (rounds + 1) if rounds < 3 else str(value)


def _roman(value: int) -> str:
    if value > 3999:
        return str(value)
    text = ""
    for amount, sign in _ROMAN:
        text += sign * (value // amount)
        value %= amount
    return text + _ROMAN_UNITS[value]


def _word(words: tuple[str, ...], value: int, otherwise: str) -> str:
    return words[value - 1].capitalize() if value <= len(words) else otherwise


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02d}",
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperRoman": _roman,
    "ordinal": lambda value: f"{value}º",
    "ordinalText": lambda value: _word(_ORDINALS, value, f"{value}º"),
    "cardinalText": lambda value: _word(_CARDINALS, value, str(value)),
    "numberInDash": lambda value: f"- {value} -",
}
