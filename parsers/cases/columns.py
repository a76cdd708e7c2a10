"""Columns of a log, text by text, to events: each distinct cell is understood once, and all the rest runs at the speed of ``map``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from operator import methodcaller
from typing import Any

import msgspec
from msgspec.structs import replace

from parsers.cases import values
from parsers.cases.model import MEXICO_CITY, Event, When
from parsers.cases.names import IN_TABLES, Field, field_of, folded, unknown
from parsers.cases.when import FIRST_YEAR, LAST_YEAR, is_midnight, read_time
from parsers.model import Place
from parsers.rows import Rows

_MOST = 100_000
"""Distinct cells that are remembered of each column."""
_NO_HOUR = re.compile(r"[ T]00:00(?::00)?$")
"""What spreadsheets show beside a day without its hour."""


class Understood(dict[str, Any]):
    """Text of a cell → what it says, worked out once."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> Any:
        if len(self) >= _MOST:
            self.clear()
        value = self[text] = self._read(text)
        return value


class Header(msgspec.Struct, frozen=True):
    """Which columns of a table hold what."""

    columns: dict[Field, int]
    """Field → column from 0."""
    width: int
    """Columns down to the last that has a name."""
    notes: tuple[str, ...]
    """Columns that were left out, in Spanish."""


def header_of(cells: Sequence[str]) -> Header | None:
    """The header that ``cells`` are; None where they name no activity or milestone and nothing else beside it."""
    columns: dict[Field, int] = {}
    notes: list[str] = []
    others: list[tuple[int, str]] = []
    for n, name in enumerate(cell.strip() for cell in cells):
        field = field_of(name)
        if field is None or field == "events":
            others.append((n, name))
        elif field in columns:
            notes.append(
                f"la columna «{name}» dice lo mismo que «{cells[columns[field]].strip()}» y no se tomó en cuenta"
            )
        else:
            columns[field] = n
    for n, name in others:
        field = next((field for field in IN_TABLES.get(folded(name[:60]), ()) if field not in columns), None)
        if field is not None:
            columns[field] = n
        elif name:
            notes.append(unknown(name).replace("la clave", "la columna", 1))
    if not ("activity" in columns or "milestone" in columns) or len(columns) < 2:
        return None
    if "hour" in columns and "at" not in columns:
        notes.append(
            f"la columna «{cells[columns.pop('hour')].strip()}» no tiene otra con la fecha y no se tomó en cuenta"
        )
    width = max((n for n, cell in enumerate(cells, 1) if cell.strip()), default=0)
    return Header(columns, width, tuple(notes))


class EventReader:
    """Makes the events of runs of rows."""

    def __init__(self, header: Header, place: Callable[[int, int, int | None], Place] | None) -> None:
        """``place``: of a row and a column from 1, as in :class:`parsers.rows.RowTable`; None for text, where it is the line."""
        self._columns = header.columns
        self._place = place
        self.zones: set[object] = set()
        """Zones of the times read so far."""
        self._inferred = False
        self._notes = Understood(lambda text: read_time(text)[1])
        self._texts = {field: Understood(values.scalar) for field in header.columns}
        self._texts["case"] = Understood(_case)
        self._times = Understood(self._time)
        self._lists = Understood(values.listed)
        self._artefacts = Understood(values.artefacts)

    def understood(self, field: Field) -> Understood:
        """What the cells of the column of ``field`` say; None for blank ones."""
        return self._texts[field]

    def texts(self, rows: Rows, field: Field) -> Sequence[str | None]:
        """What the column of ``field`` says, row by row; None where the cell is blank or there is no such column."""
        column = self._columns.get(field)
        if column is None or column >= len(rows.columns):
            return (None,) * len(rows.numbers)
        return list(map(self._texts[field].__getitem__, rows.columns[column]))

    def events(self, rows: Rows, numbers: Sequence[int]) -> list[Event]:
        """An event for each row; ``numbers`` are theirs within their cases."""
        times = self._moments(rows)
        made = map(
            Event,
            numbers,
            self.texts(rows, "id"),
            self.texts(rows, "activity"),
            self.texts(rows, "milestone"),
            times,
            self.texts(rows, "role"),
            self.texts(rows, "person"),
            self.texts(rows, "unit"),
            self.texts(rows, "outcome"),
            self._several(rows, "artefacts", self._artefacts),
            self._recipients(rows),
            self._several(rows, "via", self._lists),
            self.texts(rows, "period"),
            self._places(rows),
        )
        events = list(made)
        if self._inferred:
            for n, event in enumerate(events):
                if event.at is not None and (note := self._notes[event.at.text]):
                    events[n] = replace(event, notes=(note,))
        for (n, column), (trouble, said) in rows.troubled.items():
            if column == self._columns.get("at") and trouble == "formula":
                # there is a time, which is not the same as none
                events[n] = replace(events[n], at=When(said, None, problem="es una fórmula sin valor calculado"))
        return events

    def _time(self, text: str) -> When | None:
        said = values.scalar(text)
        if said is None:
            return None
        when, note = read_time(said)
        self._inferred = self._inferred or bool(note)
        if when.value is not None and not when.day_only:
            self.zones.add(when.value.tzinfo)
        return when

    def _moments(self, rows: Rows) -> Iterator[When | None] | Sequence[When | None]:
        """Times, of two columns where the hour has one of its own."""
        day, hour = self._columns.get("at"), self._columns.get("hour")
        if day is None or day >= len(rows.columns):
            return (None,) * len(rows.numbers)
        cells = rows.columns[day]
        if hour is not None and hour < len(rows.columns):
            hours = rows.columns[hour]
            cells = [
                f"{_NO_HOUR.sub('', d)} {h}" if d.strip() and h.strip() else d
                for d, h in zip(cells, hours, strict=True)
            ]
        if 2 * len(set(cells)) > len(cells):
            return self._plain_times(cells) or map(self._times.__getitem__, cells)
        return map(self._times.__getitem__, cells)

    def _plain_times(self, cells: Sequence[str]) -> list[When]:
        """The times of cells that are all ISO 8601 with an hour, of one zone; none where any is not. Times seldom repeat, and this is how
        programs write them: at once, they cost a fraction.
        """
        try:
            moments = list(map(dt.datetime.fromisoformat, cells))
            first, last = min(moments), max(moments)
        except (ValueError, TypeError):
            return []
        zones = {moment.tzinfo for moment in moments}
        if (
            len(zones) > 1
            or not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR
            or any(is_midnight(moment) for moment in moments if not moment.hour)
        ):
            return []
        if None in zones:
            moments = list(map(methodcaller("replace", tzinfo=MEXICO_CITY), moments))
            zones = {MEXICO_CITY}
        self.zones |= zones
        return list(map(When, cells, moments))

    def _several(self, rows: Rows, field: Field, understood: Understood) -> Iterator[Any] | Sequence[None]:
        column = self._columns.get(field)
        if column is None or column >= len(rows.columns):
            return (None,) * len(rows.numbers)
        return map(understood.__getitem__, rows.columns[column])

    def _recipients(self, rows: Rows) -> Iterator[Any] | Sequence[None]:
        to = self._several(rows, "to", self._lists)
        return map(values.joined, to, self._several(rows, "cc", self._lists)) if "cc" in self._columns else to

    def _places(self, rows: Rows) -> Iterator[Place]:
        if self._place is None:
            nothing = repeat(None)
            lines = rows.lines if rows.lines is not None else rows.numbers
            return map(Place, nothing, nothing, nothing, nothing, nothing, nothing, lines)
        column = self._columns.get("activity", self._columns.get("milestone", 0)) + 1
        return map(self._place, rows.numbers, repeat(column), repeat(None))


def _case(text: str) -> str | None:
    """The case that a cell names; a heading, printed again among the rows, names none."""
    said = values.scalar(text)
    return None if said is not None and field_of(said) is not None else said
