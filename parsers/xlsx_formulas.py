"""Formulas whose value the file does not hold (written by a program, never opened in a spreadsheet): the simple ones are worked out.

Only a constant, a reference to one cell, such a cell plus or minus a constant (``=D3+20``, days where the cell holds a date),
a SUM of cells and ranges, and one that shows nothing while they are blank (``=IF(COUNT(B2:M2)=0,"",SUM(B2:M2))``); everything else
is left to the caller as unknown.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from parsers.a1 import parse_range, split_sheet
from parsers.regions import Entry

if TYPE_CHECKING:
    from parsers.bulk import Typed

Find = Callable[[str | None, int, int], Entry | None]
"""(sheet name or None for the formula's own, row, column) → the cell there, None where it is empty."""

_SUM = re.compile(r"=\s*SUM\(([^()]*)\)\s*", re.IGNORECASE)
_SUM_IF_ANY = re.compile(r'=\s*IF\(COUNT\(([^()]*)\)=0,"",SUM\(\1\)\)\s*', re.IGNORECASE)
_NUMBER = re.compile(r"=\s*([+-]?\d{1,15}(?:\.\d{1,15})?)\s*")
_TEXT = re.compile(r'=\s*"((?:[^"]|"")*)"\s*')
_SHIFT = re.compile(r"=\s*(?P<cell>[^+\-()*/^&<>=\s]+)\s*(?P<sign>[+-])\s*(?P<by>\d{1,15}(?:\.\d{1,15})?)\s*")
_SHIFTED = re.compile(r"=\s*(?P<by>\d{1,15}(?:\.\d{1,15})?)\s*(?P<sign>\+)\s*(?P<cell>[^+\-()*/^&<>=\s]+)\s*")
_MOST = 100_000
"""Cells that one sum may look at."""


class UnknownValueError(Exception):
    """The formula is not one of the simple ones, or rests on one that is not."""


def resolve(formula: str, find: Find) -> Typed:
    """Value of ``formula`` (with its ``=``). Raises UnknownValueError."""
    if match := _NUMBER.fullmatch(formula):
        return float(match[1]) if "." in match[1] else int(match[1])
    if match := _TEXT.fullmatch(formula):
        return match[1].replace('""', '"')
    if match := _SUM.fullmatch(formula):
        return _added(_numbers(match[1], find))
    if match := _SUM_IF_ANY.fullmatch(formula):
        numbers = list(_numbers(match[1], find))
        return _added(numbers) if numbers else ""
    if match := _SHIFT.fullmatch(formula) or _SHIFTED.fullmatch(formula):
        by = float(match["by"]) if "." in match["by"] else int(match["by"])
        return _shifted(_single(match["cell"], find), -by if match["sign"] == "-" else by)
    return _single(formula[1:].strip(), find)


def _single(address: str, find: Find) -> Typed:
    """Value of the one cell at ``address``."""
    sheet, reference = split_sheet(address)
    area = parse_range(reference)
    if area is None or area[:2] != area[2:] or (sheet is not None and "[" in sheet):
        raise UnknownValueError
    entry = find(sheet, area[0], area[1])
    # A reference to an empty cell shows 0.
    return _value(entry) if entry is not None else 0


def _shifted(value: Typed, by: int | float) -> Typed:
    """A number plus another; a date and as many days."""
    if isinstance(value, bool) or value is None:
        raise UnknownValueError
    try:
        if isinstance(value, dt.datetime):
            return value + dt.timedelta(days=by)
        if isinstance(value, dt.date) and isinstance(by, int):
            return value + dt.timedelta(days=by)
    except OverflowError as error:
        raise UnknownValueError from error
    if not isinstance(value, int | float):
        raise UnknownValueError
    total = value + by
    return float(f"{total:.15g}") if isinstance(total, float) else total


def _added(numbers: Iterable[int | float]) -> int | float:
    total = sum(numbers)
    return float(f"{total:.15g}") if isinstance(total, float) else total


def _numbers(arguments: str, find: Find) -> Iterator[int | float]:
    """The numbers that a SUM adds up, in order."""
    seen = 0
    for argument in arguments.split(","):
        if match := _NUMBER.fullmatch("=" + argument):
            yield float(match[1])
            continue
        sheet, reference = split_sheet(argument.strip())
        area = parse_range(reference)
        if area is None or (sheet is not None and "[" in sheet):
            raise UnknownValueError
        top, left, bottom, right = area
        seen += (bottom - top + 1) * (right - left + 1)
        if seen > _MOST:
            raise UnknownValueError
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                entry = find(sheet, row, column)
                value = _value(entry) if entry is not None else None
                # As spreadsheets do: texts and truth values in a range do not count. Dates do, as serials: not a simple sum.
                if isinstance(value, bool | str) or value is None:
                    continue
                if not isinstance(value, int | float):
                    raise UnknownValueError
                yield value


def _value(entry: Entry) -> Typed:
    if entry.formula is not None and entry.value is None and not entry.text:
        raise UnknownValueError
    if entry.text.startswith("#") and entry.formula is not None:
        raise UnknownValueError
    return entry.value
