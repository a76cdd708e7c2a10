"""Clave Única de Registro de Población: 18 places, the last a check digit.

Four letters of the name, birth date (yymmdd), sex (H, M, X), entity, three letters, a place that tells homonyms apart (a digit for those
born until 1999, a letter since 2000), check digit.
"""

from __future__ import annotations

import datetime as dt
import re
from operator import mul

from checker.identifiers.reading import Reading, count_told, unblanked

_VALUES = {c: n for n, c in enumerate("0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ")}
_WEIGHTS = range(18, 1, -1)
_ENTITIES = frozenset(
    "AS BC BS CC CL CM CS CH DF DG GT GR HG JC MC MN MS NT NL OC PL QT QR SP SL SR TC TS TL VZ YN ZS NE".split()
)
_EXACT = re.compile(
    rf"[A-ZÑ]{{4}}(\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[HMX](?:{'|'.join(sorted(_ENTITIES))})[A-ZÑ]{{3}}([A-Z\d])\d"
)
_LAYOUT = (
    (range(0, 4), "letra"),
    (range(4, 10), "dígito"),
    (range(10, 16), "letra"),
    (range(17, 18), "dígito"),
)
_SEPARATORS = str.maketrans("", "", "-–—./_")


def accepts(text: str) -> bool:
    """Written as the registry writes it, with a date that exists and the right check digit."""
    found = _EXACT.fullmatch(text)
    return (
        found is not None
        and (found[3] < "29" or _is_day(found[1], found[2], found[3], found[4]))
        and check_digit(text) == text[17]
    )


def check_digit(text: str) -> str:
    """The digit that belongs after the first 17 places, which are digits and capital letters."""
    total = sum(map(mul, map(_VALUES.__getitem__, text[:17]), _WEIGHTS))
    return str(-total % 10)


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
    if len(text) != 18:
        return count_told(len(text), "18")
    for places, kind in _LAYOUT:
        for n in places:
            char = text[n]
            if kind == "dígito" and not (char.isascii() and char.isdigit()):
                return f"su carácter {n + 1} debe ser un dígito y es «{char}»"
            if (kind == "letra" and char not in _VALUES) or (kind == "letra" and char.isdigit()):
                return f"su carácter {n + 1} debe ser una letra y es «{char}»"
    if text[16] not in _VALUES or text[16] == "Ñ":
        return "su carácter 17 debe ser una letra o un dígito"
    if text[10] not in "HMX":
        return "su carácter 11 debe señalar el sexo (H, M o X)"
    if text[11:13] not in _ENTITIES:
        return "sus caracteres 12 y 13 no son la clave de ninguna entidad federativa"
    if not _is_day(text[4:6], text[6:8], text[8:10], text[16]):
        return "sus caracteres 5 a 10 no forman una fecha de nacimiento que exista"
    return ""


def _is_day(year: str, month: str, day: str, homonym: str) -> bool:
    """A digit in the 17th place belongs to the 1900s, a letter to the 2000s."""
    try:
        dt.date((1900 if homonym.isdigit() else 2000) + int(year), int(month), int(day))
    except ValueError:
        return False
    return True
