"""Some rows of a list as recognition would give them, so that check kinds see what they see in any submission."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from checker.lists.layout import Layout
from checker.packs.model import Column
from checker.recognise.model import FieldValue, Recognised, Row
from checker.recognise.row_values import Draft, rows
from checker.recognise.scalars import UNREAD, cell_value
from parsers.model import Document, Place
from parsers.plain import plain_text
from parsers.rows import Rows, RowTable


class Listed(msgspec.Struct, frozen=True):
    """One row: its number among the rows of data, and the texts of the columns that the list has."""

    index: int
    texts: dict[str, str]
    places: dict[str, Place]
    place: Place


def listed(
    table: RowTable, layout: Layout, run: Rows, position: int, index: int, texts: dict[str, Sequence[str]]
) -> Listed:
    """The row at ``position`` of a run; ``texts`` are the columns of the run by their names."""
    number = run.numbers[position]
    line = run.lines[position] if run.lines is not None else None
    places = {name: table.place(number, layout.positions[name] + 1, line) for name in texts if name in layout.positions}
    first = min(layout.positions.values(), default=0)
    return Listed(index, {n: t[position] for n, t in texts.items()}, places, table.place(number, first + 1, line))


class Rebuilder:
    """Makes submissions of a few rows."""

    def __init__(self, head: Recognised, table: str) -> None:
        assert head.type is not None, "rows belong to a type"
        self._head = replace(head, document=replace(head.document, blocks=()))
        self._table = table
        self._field = head.type.fields[table]
        self._first = next(iter(self._field.columns))
        self._absent = dict.fromkeys(self._field.columns, FieldValue("absent"))
        self._around = next((v.value for v in head.fields.values() if isinstance(v.value, dt.date)), None)
        self._year = next((v.value for v in head.fields.values() if isinstance(v.value, int)), None)

    @property
    def document(self) -> Document:
        """The document of the submissions: nothing of its text is at hand."""
        return self._head.document

    def submission(self, found: Sequence[Listed]) -> Recognised:
        """The head with ``found`` for its only rows."""
        drafts = []
        for item in found:
            columns: dict[str, tuple[str, Place | None]] = {}
            columns |= {n: (plain_text(t), item.places.get(n, item.place)) for n, t in item.texts.items()}
            name, place = columns.get(self._first, ("", item.place))
            drafts.append(Draft(name, place or item.place, columns, structured=True))
        made = rows(drafts, self._field, around=self._around, year=self._year)
        own = tuple(_marked(row, item) for row, item in zip(made, found, strict=True))
        value = replace(self._head.fields[self._table], value=own)
        return replace(self._head, fields={**self._head.fields, self._table: value})

    def cells(self, found: Sequence[Listed]) -> Recognised:
        """The head with rows that have the texts of ``found`` and nothing else: for kinds that look at no more than these.

        Made directly where the columns are plain text, which is many times faster.
        """
        if any(not _is_plain(self._field.columns[name]) for item in found for name in item.texts):
            return self.submission(found)
        made = []
        for item in found:
            cells = {
                n: cell_value(plain_text(t), item.place, self._field.columns[n], None, None)
                for n, t in item.texts.items()
            }
            made.append(_marked(Row(item.index, {**self._absent, **cells}, "", item.place), item))
        value = replace(self._head.fields[self._table], value=tuple(made))
        return replace(self._head, fields={**self._head.fields, self._table: value})


def _is_plain(spec: Column) -> bool:
    return spec.kind == "text" and not spec.words and not spec.choices


def _marked(row: Row, item: Listed) -> Row:
    """The row with its number in the list, and with the error values that its cells show."""
    errors = {n: t for n, t in item.texts.items() if t.startswith(UNREAD) and t != UNREAD}
    if not errors:
        return replace(row, index=item.index)
    cells = {
        n: FieldValue(
            "undetermined", place=c.place, text=errors[n][1:], reason=f"la celda muestra el error {errors[n][1:]}"
        )
        if n in errors
        else c
        for n, c in row.cells.items()
    }
    text = "" if row.text.startswith(UNREAD) else row.text
    return replace(row, index=item.index, cells=cells, text=text)
