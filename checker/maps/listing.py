"""The list of entries beside the map, as an SVG lays it out: first beside the map, then in columns below it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from checker.maps.inks import ink
from checker.maps.markup import Markup, join, tag
from checker.maps.metrics import wrapped
from checker.maps.model import Chart, Point

WIDTH = 600.0
"""Pixels of a column of the list."""
GAP = 28.0
"""Pixels between two columns, and between the map and the list."""
_SIZE, _LINE, _HEAD = 13.0, 16.5, 40.0
_NAME_AT_MOST = 6
"""Lines of a name; all of it stands in the HTML page, and under the mouse."""
_INK = "#1a1a1a"


class _Entry(msgspec.Struct, frozen=True):
    point: Point
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        return len(self.lines) * _LINE + 5


class _Column(msgspec.Struct):
    x: float
    y: float
    entries: list[_Entry]

    @property
    def height(self) -> float:
        return _HEAD + sum(e.height for e in self.entries)


def listing(chart: Chart, left: float, top: float, height: float, whole: float) -> tuple[Markup, float]:
    """The list, and where it ends downwards.

    Its first column stands at (left, top) and is ``height`` high; what does not fit follows below in as many columns as ``whole``, the
    width of the drawing, holds, of like height.
    """
    keys = 84.0
    room = WIDTH - keys - 186
    entries = [_Entry(p, tuple(wrapped(p.name, _SIZE, room, _NAME_AT_MOST))) for p in chart.points]
    beside = _Column(left, top, _filled(entries, height - _HEAD))
    columns = [beside] if beside.entries else []
    rest = entries[len(beside.entries) :]
    if rest:
        many = max(1, int((whole + GAP) // (WIDTH + GAP)))
        columns += _below(rest, many, top + max(height, beside.height) + GAP)
    bottom = max((c.y + c.height for c in columns), default=top)
    return join([_column(chart, c, keys) for c in columns]), bottom


def _filled(entries: Sequence[_Entry], height: float) -> list[_Entry]:
    """The first entries, as many as ``height`` holds."""
    found: list[_Entry] = []
    used = 0.0
    for entry in entries:
        used += entry.height
        if used > height:
            break
        found.append(entry)
    return found


def _below(entries: Sequence[_Entry], many: int, top: float) -> list[_Column]:
    share = sum(e.height for e in entries) / many
    columns = [_Column(n * (WIDTH + GAP), top, []) for n in range(many)]
    used, at = 0.0, 0
    for entry in entries:
        if used >= share * (at + 1) - entry.height / 2 and at < many - 1:
            at += 1
        columns[at].entries.append(entry)
        used += entry.height
    return [c for c in columns if c.entries]


def _column(chart: Chart, column: _Column, keys: float) -> Markup:
    x, y = column.x, column.y
    ends = (x + WIDTH - 148, x + WIDTH - 88, x + WIDTH - 30)
    parts = [
        _text("Clave", x + 4, y + 24, bold=True),
        _text(chart.what, x + keys, y + 24, bold=True),
        _text(_short(chart.across.column), ends[0], y + 24, anchor="middle", bold=True),
        _text(_short(chart.up.column), ends[1], y + 24, anchor="middle", bold=True),
        _text("Cuad.", ends[2], y + 24, anchor="middle", bold=True),
        tag("path", d=f"M{x:g},{y + 33:g} h{WIDTH:g}", stroke=_INK, stroke_width=1.2),
    ]
    y += _HEAD
    for entry in column.entries:
        parts.append(_row(entry, x, y, keys, ends))
        y += entry.height
    return tag("g", *parts)


def _row(entry: _Entry, x: float, y: float, keys: float, ends: Sequence[float]) -> Markup:
    point, base = entry.point, y + 13
    colours = ink(point.region.colour)
    return tag(
        "g",
        tag("title", f"{point.key}: {point.name}"),
        _text(point.key, x + 4, base, bold=True),
        *(_text(line, x + keys, base + n * _LINE) for n, line in enumerate(entry.lines)),
        _text(f"{point.across:f}", ends[0], base, anchor="middle"),
        _text(f"{point.up:f}", ends[1], base, anchor="middle"),
        tag("rect", x=ends[2] - 26, y=y, width=52, height=_LINE, rx=2, fill=colours.fill, stroke=colours.strong),
        _text(point.region.number, ends[2], base, anchor="middle", bold=True),
        tag("path", d=f"M{x:g},{y + entry.height - 2:g} h{WIDTH:g}", stroke="#bbb", stroke_width=0.6),
    )


def _short(title: str) -> str:
    """A header for a narrow column: ``Prob.``."""
    return title if len(title) <= 8 else f"{title[:4]}."


def _text(words: str, x: float, y: float, *, anchor: str = "start", bold: bool = False) -> Markup:
    weight: dict[str, str] = {"font_weight": "bold"} if bold else {}
    return tag("text", words, x=x, y=y, font_size=_SIZE, text_anchor=anchor, fill=_INK, **weight)
