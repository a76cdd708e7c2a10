"""Mexican telephone numbers: ten digits since August 2019, the first from 2 to 9."""

from __future__ import annotations

import re

from checker.identifiers.reading import Reading, count_told, digits_of, unblanked

_EXACT = re.compile(r"[2-9][0-9]{9}")
_SEPARATORS = str.maketrans("", "", "-–—./_,()[]+ ")
_PREFIX = re.compile(r"(?P<country>(?:00)?521?)(?=\d{10}$)|(?P<trunk>04[45]|01)(?=\d{10}$)")
"""The country's, with and without the 1 of mobiles, and the trunk prefixes that ceased in 2019: digits too many."""


def accepts(text: str) -> bool:
    """Ten digits together."""
    return _EXACT.fullmatch(text) is not None


def examine(text: str) -> Reading:
    """How ``text`` stands; blanks, hyphens, points and parentheses do not count; prefixes (+52, 01, 044, 045) do."""
    if accepts(text):
        return Reading("fine", text)
    shown, lost = digits_of(unblanked(text))
    if lost:
        return Reading("shape", "", lost)
    bare = shown.translate(_SEPARATORS)
    if not (bare.isascii() and bare.isdecimal()):
        return Reading("shape", "", "contiene caracteres que no son dígitos")
    if accepts(bare):
        return Reading("normalised", bare)
    if len(bare) == 10:
        return Reading("shape", "", f"comienza con {bare[0]}, y ningún número nacional comienza con 0 ni con 1")
    prefix = _PREFIX.match(bare)
    if prefix is None:
        return Reading("shape", "", count_told(len(bare), "10", "dígitos"))
    called = "el prefijo internacional" if prefix["country"] else f"el prefijo {prefix['trunk']}"
    return Reading("shape", "", f"con {called} {count_told(len(bare), '10', 'dígitos')}")


def problem_of(text: str) -> str:
    """What is wrong with ``text``, in Spanish and without repeating it; empty where it is fine, at once or once normalised."""
    return "" if accepts(text) else examine(text).problem
