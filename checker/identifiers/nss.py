"""Número de Seguridad Social of the IMSS: eleven digits, the last by Luhn's algorithm."""

from __future__ import annotations

import re

from checker.identifiers.reading import Reading, count_told, digits_of, unblanked

_EXACT = re.compile(r"[0-9]{11}")
_SEPARATORS = str.maketrans("", "", "-–—./_,")
_DOUBLED = {str(n): 2 * n - 9 if n > 4 else 2 * n for n in range(10)}


def accepts(text: str) -> bool:
    """Eleven digits together, the last one right."""
    return _EXACT.fullmatch(text) is not None and check_digit(text) == text[10]


def check_digit(text: str) -> str:
    """The digit that belongs after the first ten."""
    total = sum(map(int, text[0:10:2])) + sum(map(_DOUBLED.__getitem__, text[1:10:2]))
    return str(-total % 10)


def examine(text: str) -> Reading:
    """How ``text`` stands; blanks, hyphens and the decimals that spreadsheets add do not count."""
    if accepts(text):
        return Reading("fine", text)
    shown, lost = digits_of(unblanked(text))
    if lost:
        return Reading("shape", "", lost)
    normal = shown.translate(_SEPARATORS)
    if accepts(normal):
        return Reading("normalised", normal)
    if not (normal.isascii() and normal.isdecimal()):
        return Reading("shape", "", "contiene caracteres que no son dígitos")
    if len(normal) != 11:
        hint = "; acaso la hoja de cálculo quitó el cero inicial" if len(normal) == 10 and accepts(f"0{normal}") else ""
        return Reading("shape", "", count_told(len(normal), "11", "dígitos") + hint)
    return Reading("digit", normal, "su dígito verificador (el último) no corresponde a los demás")


def problem_of(text: str) -> str:
    """What is wrong with ``text``, in Spanish and without repeating it; empty where it is fine, at once or once normalised."""
    return "" if accepts(text) else examine(text).problem
