"""What is said of an identifier, and the ways in which spreadsheets and people disfigure one."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

import msgspec

Standing = Literal["fine", "normalised", "digit", "shape"]
"""Written as it should be · so once case, blanks and hyphens are set right · the check digit does not agree · not written like one."""

_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_WHOLE = re.compile(r"(\d+)[.,]0+$")
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})$")
_KEPT = 8
"""Significant digits from which a number in scientific notation was not cut for display."""


class Reading(msgspec.Struct, frozen=True):
    """How a value stands."""

    standing: Standing
    normal: str
    """As it should be written; empty where it has no such form."""
    problem: str = ""
    """A clause in Spanish («tiene 17 caracteres y debe tener 18»), never the value itself; empty unless ``digit`` or ``shape``."""


def unblanked(text: str) -> str:
    """Without white space, invisible characters, and the apostrophe by which spreadsheets mark text; compatibility forms made plain."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _BLANKS.sub("", text).lstrip("'’`")


def digits_of(text: str) -> tuple[str, str]:
    """The whole number that a cell shows, and why it is none: ``12345678901.0``, ``5.512345678E+9``; text without white space."""
    if whole := _WHOLE.match(text):
        return whole[1], ""
    if scientific := _SCIENTIFIC.match(text):
        part, power = scientific[2] or "", int(scientific[3])
        if len(part) > power or 1 + len(part) < _KEPT:
            return "", "está en notación científica y perdió dígitos; la celda debe ser de texto"
        return scientific[1] + part.ljust(power, "0"), ""
    return text, ""


def count_told(found: int, wanted: str, noun: str = "caracteres") -> str:
    """``tiene 17 caracteres y debe tener 18``."""
    return (
        f"tiene {found} {noun if found != 1 else noun[:-1] if noun == 'dígitos' else 'carácter'} y debe tener {wanted}"
    )
