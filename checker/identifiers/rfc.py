"""Registro Federal de Contribuyentes: 13 places for people, 12 for companies, the last a check digit.

Letters of the name, date of birth or incorporation (yymmdd), two places that tell homonyms apart, check digit.
"""

from __future__ import annotations

import datetime as dt
import re
from operator import mul

from checker.identifiers.reading import Reading, count_told, unblanked

_EXACT = re.compile(r"[A-ZÑ&]{3,4}([0-9]{2})([0-9]{2})([0-9]{2})[A-Z0-9]{2}[0-9A]")
_VALUES = {c: n for n, c in enumerate("0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ")}
_WEIGHTS = range(13, 1, -1)
_GENERIC = frozenset(("XAXX010101000", "XEXX010101000"))
"""For the public at large and for foreigners: their last place checks nothing."""
_SEPARATORS = str.maketrans("", "", "-–—./_")


def accepts(text: str) -> bool:
    """Written as the tax office writes it, with a date that exists and the right check digit."""
    found = _EXACT.fullmatch(text)
    return (
        found is not None
        and _is_day(found[1], found[2], found[3])
        and (check_digit(text) == text[-1] or text in _GENERIC)
    )


def check_digit(text: str) -> str:
    """The digit, or ``A``, that belongs in the last place of an RFC of 12 or 13."""
    total = sum(map(mul, map(_VALUES.__getitem__, text[:-1].rjust(12)), _WEIGHTS))
    return "0123456789A"[-total % 11]


def examine(text: str) -> Reading:
    """How ``text`` stands; case, blanks, hyphens and points do not count."""
    if accepts(text):
        return Reading("fine", text)
    normal = unblanked(text).translate(_SEPARATORS).upper()
    if accepts(normal):
        return Reading("normalised", normal)
    problem = _misshapen(normal)
    if problem:
        return Reading("shape", "", problem)
    return Reading("digit", normal, "su dígito verificador (el último) no corresponde a los demás caracteres")


def problem_of(text: str) -> str:
    """What is wrong with ``text``, in Spanish and without repeating it; empty where it is fine, at once or once normalised."""
    return "" if accepts(text) else examine(text).problem


def _misshapen(text: str) -> str:
    if len(text) == 10 and re.fullmatch(r"[A-ZÑ&]{4}[0-9]{6}", text):
        return "le falta la homoclave (tres caracteres)"
    if len(text) not in (12, 13):
        return count_told(len(text), "13 (personas físicas) o 12 (personas morales)")
    name = len(text) - 9
    for n, char in enumerate(text):
        if n < name and not re.match(r"[A-ZÑ&]", char):
            return f"su carácter {n + 1} debe ser una letra y es «{char}»"
        if name <= n < name + 6 and char not in "0123456789":
            return f"su carácter {n + 1} debe ser un dígito y es «{char}»"
        if name + 6 <= n and not re.match(r"[A-Z0-9]", char):
            return f"su carácter {n + 1} debe ser una letra o un dígito y es «{char}»"
    if not _is_day(text[name : name + 2], text[name + 2 : name + 4], text[name + 4 : name + 6]):
        return f"sus caracteres {name + 1} a {name + 6} no forman una fecha que exista"
    if text[-1] not in "0123456789A":
        return f"su último carácter debe ser un dígito o la letra A y es «{text[-1]}»"
    return ""


def _is_day(year: str, month: str, day: str) -> bool:
    """The century is not written: a leap day of either counts."""
    try:
        dt.date(2000 + int(year), int(month), int(day))
    except ValueError:
        return False
    return True
