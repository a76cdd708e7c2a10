"""Choosing rows of a table by what some of their columns say, and reading the numbers that they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from checker.kinds.comparing import text_key
from checker.kinds.values import rows_of
from checker.recognise.model import FieldValue, Row
from checker.spanish.numbers import read_number
from checker.spanish.text import flat

_COUNTED = 18
"""Digits before the point up to which a number is written out."""

Where = Mapping[str, tuple[str, ...]]
"""Column → values, of which a row bears one in every column named."""


def rows_where(value: FieldValue, where: Where) -> Iterator[Row]:
    """Rows of a table field that bear one of the values in each of the columns; all of them where nothing is asked."""
    for row in rows_of(value):
        if all(row.cells[column].value in values for column, values in where.items()):
            yield row


def row_key(row: Row, columns: Sequence[str]) -> tuple[str, ...] | None:
    """What tells which row is which, None where a column of it is not stated."""
    if any(row.cells[c].state != "present" for c in columns):
        return None
    return tuple(
        text_key(str(c.value) if isinstance(c.value, str) else c.text) for c in (row.cells[n] for n in columns)
    )


def number_of(value: FieldValue) -> Decimal | None:
    """The number that a value is: as recognition understood it, or the only one in its words; a typed percentage counts in hundredths.

    None where it is not there, is no number, or cannot be read.
    """
    if value.state != "present" or value.problem:
        return None
    if "%" in value.text:
        return read_number(value.text)
    if isinstance(value.value, int | Decimal) and not isinstance(value.value, bool):
        return Decimal(value.value)
    return read_number(value.text)


def is_percentage(*values: FieldValue) -> bool:
    """Whether a quantity, or its unit, says that it counts in hundredths."""
    return any("%" in v.text or "porcent" in flat(v.text) or "por ciento" in flat(v.text) for v in values)


def shown(number: Decimal, places: int = 4) -> str:
    """``1,250``, ``33.33``: at most ``places`` decimals, none where it has none; ``1.2500E+24`` beyond what anybody counts."""
    if number.adjusted() >= _COUNTED:
        return f"{number:.4E}"
    rounded = round(number, places)
    return f"{int(rounded):,}" if rounded == int(rounded) else f"{rounded.normalize():,f}"
