"""Check digits of many identifiers at once: a column of places at a time, all its sums in one long integer.

What each character weighs in each place is asked of :mod:`checker.identifiers`, so the algorithm stands there alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from string import ascii_uppercase, digits
from typing import Literal

from checker.identifiers import curp, nss

_DIGITS = bytes(ord("0") + (-total % 10) for total in range(256))
"""Sum → the digit that makes it a multiple of ten."""


def wrong(texts: Sequence[str], name: Literal["curp", "nss"]) -> list[int]:
    """Positions of the ``texts`` whose last place is not their check digit.

    Each must have the length of its kind, and in all places but the last only characters that count there.
    """
    tables = _tables(name)
    size = len(tables) + 1
    joined = "".join(texts).encode("latin-1")
    total = 0
    for place, table in enumerate(tables):
        # A place adds 9 at most, and there are 17 at most: no sum leaves its byte.
        total += int.from_bytes(joined[place::size].translate(table), "little")
    expected = total.to_bytes(len(texts), "little").translate(_DIGITS)
    given = joined[size - 1 :: size]
    return [] if given == expected else [n for n, (a, b) in enumerate(zip(given, expected, strict=True)) if a != b]


@cache
def _tables(name: Literal["curp", "nss"]) -> tuple[bytes, ...]:
    """For each place but the last, what a character adds to the sum, from 0 to 9."""
    module, places, alphabet = (curp, 17, digits + ascii_uppercase + "Ñ") if name == "curp" else (nss, 10, digits)
    tables = []
    for place in range(places):
        table = bytearray(256)
        for char in alphabet:
            alone = "0" * place + char + "0" * (places - 1 - place)
            table[ord(char)] = -int(module.check_digit(alone)) % 10
        tables.append(bytes(table))
    return tuple(tables)
