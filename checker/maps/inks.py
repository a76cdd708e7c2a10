"""Colours and patterns of quadrants: told by colour, by pattern and by number, so that print and the colour-blind lose nothing."""

from __future__ import annotations

import msgspec

from checker.maps.markup import Markup, tag


class Ink(msgspec.Struct, frozen=True):
    """How a colour of the norm is drawn: a fill on which black text reads well, and the stronger one of its corner."""

    fill: str
    strong: str


INKS = {
    "rojo": Ink("#f39a92", "#c62828"),
    "naranja": Ink("#fcbf80", "#d9650c"),
    "verde": Ink("#b4dfb0", "#2e7d32"),
    "amarillo": Ink("#fbee8f", "#b58900"),
    "azul": Ink("#bcd7f0", "#1565c0"),
    "morado": Ink("#dccbeb", "#6a1b9a"),
}
"""Name in Spanish → ink."""
PLAIN = Ink("#e6e6e6", "#616161")
"""For a colour that has no ink here."""


def ink(colour: str) -> Ink:
    """The ink of a colour named in Spanish."""
    return INKS.get(colour.strip().lower(), PLAIN)


_LINE: dict[str, str | float] = {"stroke": "#000", "stroke_opacity": 0.13, "stroke_width": 1.4}
_PATTERNS = (
    (tag("path", d="M-3,3 L3,-3 M0,12 L12,0 M9,15 L15,9", **_LINE),),
    (tag("circle", cx=6, cy=6, r=1.6, fill="#000", fill_opacity=0.15),),
    (),
    (tag("path", d="M0,6 H12", **_LINE),),
)
"""Diagonals, dots, nothing, level lines."""


def pattern(position: int, name: str) -> Markup:
    """The pattern of the quadrant at ``position`` (from 0) of the table, as a definition with the id ``name``."""
    marks = _PATTERNS[position % len(_PATTERNS)]
    return tag("pattern", *marks, id=name, width=12, height=12, patternUnits="userSpaceOnUse")
