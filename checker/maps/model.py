"""A map ready to be drawn."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from checker.packs.decision import Bounds


class MapError(ValueError):
    """A map cannot be drawn. One line in English; exit code 2."""


class Region(msgspec.Struct, frozen=True):
    """A quadrant."""

    number: str
    """``I``."""
    name: str
    colour: str
    """In Spanish, as the norm says it."""
    across: Bounds
    """On the horizontal axis."""
    up: Bounds
    """On the vertical axis."""


class Axis(msgspec.Struct, frozen=True):
    """What an axis measures, and its scale."""

    title: str
    column: str
    """As the table beside the map heads it."""
    scale: Bounds


class Point(msgspec.Struct, frozen=True):
    """An entry with both coordinates."""

    key: str
    """Short name that labels it on the map."""
    name: str
    across: Decimal
    up: Decimal
    region: Region
    reading: str = ""
    """Interpretation on which its quadrant rests."""


class Undrawn(msgspec.Struct, frozen=True):
    """An entry that has no place on the map."""

    key: str
    name: str
    why: str
    """In Spanish."""


class Chart(msgspec.Struct, frozen=True):
    """One map."""

    type: str
    """Document type that it was read from."""
    title: str
    what: str
    """What an entry is: ``Problemática``."""
    listed: str
    """What the entries are called together: ``Problemáticas operativas``."""
    across: Axis
    up: Axis
    regions: tuple[Region, ...]
    points: tuple[Point, ...]
    undrawn: tuple[Undrawn, ...]
    norm: str
    """Title, clave and numeral that has it drawn so."""
    origin: str
    """File that it was read from."""
    about: tuple[tuple[str, str], ...] = ()
    """What the matrix says of itself: period, date."""
