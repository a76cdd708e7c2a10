"""Tables of a norm (``tables/*.yaml``): closed lists of names, and decision tables with explicit intervals."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Annotated

import msgspec

from checker.packs.model import Name, Slug
from checker.spanish.text import flat

Interval = Annotated[str, msgspec.Meta(pattern=r"^[\[(] *-?[0-9]+(\.[0-9]+)? *, *-?[0-9]+(\.[0-9]+)? *[\])]$")]
"""``[1, 5]``, ``(5, 10]``: square where the end belongs to it."""


class Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """A closed list: name → other ways to write it. Case, accents and spaces do not matter."""

    id: Slug
    title: str
    source: str
    entries: dict[str, tuple[str, ...]]
    before: tuple[str, ...] = ()
    """Words that may stand before a name and change nothing: «OOAD Jalisco» is Jalisco."""

    @cached_property
    def _names(self) -> dict[str, str]:
        return {plain(written): name for name, others in self.entries.items() for written in (name, *others)}

    @cached_property
    def _before(self) -> tuple[str, ...]:
        return tuple(sorted((f"{plain(words)} " for words in self.before), key=len, reverse=True))

    def find(self, written: str) -> str | None:
        """The name that ``written`` stands for, None when it is none of the list."""
        words = plain(written)
        while words not in self._names:
            opening = next((b for b in self._before if words.startswith(b)), None)
            if opening is None:
                return None
            words = words[len(opening) :]
        return self._names[words]


def plain(written: str) -> str:
    """A name as it is compared: flat, single blanks."""
    return " ".join(flat(written).split())


class Instrument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An instrument that norms cite."""

    title: str
    clave: str = ""
    """As it was registered; laws have none."""
    registered: dt.date | None = None
    """Day of its registration, or of its publication."""
    repealed: dt.date | None = None
    """First day on which it no longer governs."""
    by: str = ""
    """What repealed it; said, it no longer governs even where the day is not known."""
    also: tuple[str, ...] = ()
    """Other ways to write its title."""
    namesake: bool = False
    """A later instrument bears the same title: only its date tells that this one is meant."""


class Register(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Instruments with their claves, dates and whether they still govern."""

    id: Slug
    title: str
    source: str
    instruments: tuple[Instrument, ...]


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of a decision table: where every input lies in its interval, the outputs are these."""

    when: dict[Name, Interval]
    then: dict[Name, str]
    interpretation: str | None = None
    reading: Slug | None = None
    """The line stands only under this reading of the interpretation."""


class Points(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a document type keeps the points of a map; the columns of the axes are called as the inputs are."""

    rows: Name
    """Table field."""
    name: Name
    """Column that says what the point is."""
    key: Name | None = None
    """Column with its short name."""


class Axis(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An axis of a map."""

    input: Name
    title: str


class Map(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a table of two inputs is drawn: a rectangle a line, in its colour and with its name."""

    title: str
    horizontal: Axis
    vertical: Axis
    quadrant: Name
    """Output that numbers the rectangle."""
    name: Name
    """Output that names it."""
    colour: Name
    """Output that says its colour, in Spanish."""
    points: dict[Slug, Points]
    """Document type → where it keeps the points."""


class DecisionTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision table: ``inputs`` bounds each number, ``lines`` cover what lies within, each point once."""

    id: Slug
    title: str
    source: str
    inputs: dict[Name, Interval]
    lines: tuple[Line, ...]
    map: Map | None = None
    """For a table that the norm has drawn."""
