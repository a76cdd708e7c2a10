"""Spreadsheet addresses: ``B3``, ``Hoja1!B3``, ``A1:C4``. Rows and columns are numbered from 1."""

from __future__ import annotations

import re
from functools import lru_cache

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_PLAIN_SHEET = re.compile(r"[^\W\d][\w.]*")


@lru_cache(maxsize=4096)
def column_letters(column: int) -> str:
    """1 → ``A``, 27 → ``AA``."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=4096)
def column_number(letters: str) -> int:
    """``A`` → 1, ``AA`` → 27; case does not matter."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int) -> str:
    """(3, 2) → ``B3``."""
    return f"{column_letters(column)}{row}"


def parse_address(text: str) -> tuple[int, int] | None:
    """``B3`` or ``$B$3`` → (3, 2); None when it is no address of a sheet of 1,048,576 rows by 16,384 columns."""
    match = _CELL.fullmatch(text)
    if match is None:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if 1 <= row <= MAX_ROW and column <= MAX_COLUMN else None


def parse_range(text: str) -> tuple[int, int, int, int] | None:
    """``B2:D5`` → (2, 2, 5, 4): top, left, bottom, right, in order whatever corner comes first. A lone ``B3`` is its own range."""
    first, _, last = text.partition(":")
    start, end = parse_address(first), parse_address(last or first)
    if start is None or end is None:
        return None
    return min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])


@lru_cache(maxsize=256)
def sheet_prefix(name: str) -> str:
    """``Hoja1!``, or ``'Hoja 1'!`` where the name needs quotes to be an address that Excel and LibreOffice understand."""
    if _PLAIN_SHEET.fullmatch(name) and parse_address(name) is None:
        return f"{name}!"
    return "'" + name.replace("'", "''") + "'!"


def split_sheet(text: str) -> tuple[str | None, str]:
    """``'Hoja 1'!B3`` → (``Hoja 1``, ``B3``); without a sheet, (None, text)."""
    name, mark, cell = text.rpartition("!")
    if not mark:
        return None, text
    if len(name) >= 2 and name[0] == name[-1] == "'":
        name = name[1:-1].replace("''", "'")
    return name, cell
