"""Values that stand over rows: a merged cell, «Estrategia 1.2: …» over the lines of action below, numbers in labels and before texts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from checker.packs.model import Field
from checker.recognise.labels import LabelIndex
from checker.recognise.model import FieldValue, Row
from checker.recognise.numbers import number_before, number_of_label
from checker.recognise.row_values import Draft
from checker.spanish.text import is_placeholder
from parsers.model import Place

Standing = dict[str, tuple[str, Place | None]]
"""Column → the words that hold for the rows below, and where they stand."""
_LABEL_AND_NUMBER = re.compile(
    r"^\W*(?P<label>[^\W\d][^\d:]{2,60}\d{1,3}(?:\.\d{1,3})*)[.)\s–—-]+(?P<words>[^\W\d].*)$", re.DOTALL
)
_LONGEST_OVER = 600  # characters of a line that stands over rows


def standing_label(text: str, name: str, field: Field, index: LabelIndex) -> tuple[str, str, str] | None:
    """«Estrategia 1.2: Coordinar …» over rows: (column that inherits, label, words); None for any other line."""
    heirs = {n for n, c in field.columns.items() if c.inherits}
    if not heirs or len(text) > _LONGEST_OVER:
        return None
    label, colon, words = text.partition(":")
    if not colon:
        match = _LABEL_AND_NUMBER.match(text)
        if match is None:
            return None
        label, words = match["label"], match["words"]
    column = next((m.target for m in index.column(name, label) if m.target in heirs and m.similarity >= 0.9), None)
    return (column, label, words.strip()) if column and words.strip() else None


def standing_heading(text: str, name: str, field: Field, index: LabelIndex) -> tuple[str, str, str] | None:
    """«OOAD Jalisco», a heading over rows, where «OOAD» is a column that inherits."""
    words = text.split()
    for count in range(min(4, len(words) - 1), 0, -1):
        label, rest = " ".join(words[:count]), " ".join(words[count:])
        matches = index.column(name, label)
        column = next((m.target for m in matches if m.similarity == 1.0 and m.target in field.columns), None)
        if column and field.columns[column].inherits and len(words) <= 12:
            return column, label, rest
    return None


def stand(standing: Standing, field: Field, column: str, label: str, text: str, place: Place | None) -> None:
    """Note that ``text`` under ``label`` holds for the rows below as their ``column``, with the number that either bears."""
    standing[column] = (text, place)
    for name, spec in field.columns.items():
        if spec.numbers == column and (number := number_of_label(label) or number_before(text)[0]):
            standing[name] = (number, place)


def settle(found: list[Draft], field: Field, standing: Standing) -> None:
    """Give each row the numbers that stand before its texts, and what stands over it where it has nothing of its own."""
    numbering = {n: c.numbers for n, c in field.columns.items() if c.numbers}
    inherited = [n for n, c in field.columns.items() if c.inherits]
    for draft in found:
        standing.update(draft.standing)
        _number(draft, field, numbering)
        for column in inherited:
            own = draft.columns.get(column, ("", None))
            above = standing.get(column)
            if not is_placeholder(own[0]):
                standing[column] = own
            elif above:
                draft.columns[column] = above
        _number(draft, field, numbering)


def numbered_by(draft: Draft, field: Field, label: str, place: Place | None) -> None:
    """«Indicador 1» over a card: the heading bears the number of its one row."""
    first, number = next(iter(field.columns)), number_of_label(label)
    for name, spec in field.columns.items():
        if number and spec.numbers == first and is_placeholder(draft.columns.get(name, ("", None))[0]):
            draft.columns[name] = (number, place)


def _number(draft: Draft, field: Field, numbering: Mapping[str, str]) -> None:
    first = next(iter(field.columns))
    for name, numbered in numbering.items():
        text, place = draft.columns.get(numbered, (draft.text if numbered == first else "", draft.place))
        number, rest = number_before(text)
        own = draft.columns.get(name, ("", None))[0]
        if not number or not (is_placeholder(own) or own.strip(" .") == number):
            continue
        draft.columns[name] = (number, place)
        if numbered in draft.columns:
            draft.columns[numbered] = (rest, place)
        if numbered == first:
            draft.text = rest


def carried_on(rows: list[Row], field: Field) -> list[Row]:
    """Rows in their final order, where one without a value of a column that inherits takes that of the row above."""
    inherited = [n for n, c in field.columns.items() if c.inherits]
    if not inherited:
        return rows
    result: list[Row] = []
    above: dict[str, FieldValue] = {}
    for row in rows:
        missing = {n: above[n] for n in inherited if row.cells[n].state in ("absent", "empty") and n in above}
        result.append(replace(row, cells={**row.cells, **missing}) if missing else row)
        above.update({n: row.cells[n] for n in inherited if row.cells[n].state not in ("absent", "empty")})
    return result
