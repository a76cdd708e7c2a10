"""The map itself: axes, quadrants, points with their labels."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import ceil, sqrt

import msgspec

from checker.maps.inks import ink, pattern
from checker.maps.markup import Markup, join, tag
from checker.maps.metrics import clipped, width
from checker.maps.model import Axis, Chart, Point, Region
from checker.maps.placing import Box, Placed, Wanted, place, too_many

SIZE = 13.0
"""Pixels of a label's letters."""
_LINE = 16.0
_UNIT = 80.0
"""Pixels between one value of the scale and the next, before room has to be made."""
_SIDE = 46.0
"""Pixels of a quadrant beyond the ends of the horizontal scale."""
_STRIP = 58.0
"""The same, above and below: where the quadrants say their names."""
_LEFT, _FOOT = 64.0, 66.0
"""Pixels for the vertical axis and for the horizontal one."""
_GROWTH = (1.0, 1.25, 1.6, 2.0, 2.6)
"""The map is drawn larger and larger until all labels find room."""
_NAMED_AT_MOST = 12
"""Entries up to which labels say the name too; beyond, the list beside the map does."""
_KEYS_AT_MOST = 150
"""Entries at one point that its label names one by one; the list has them all."""
_NAME_ROOM = 250.0
_INK = "#1a1a1a"


class Plot(msgspec.Struct, frozen=True):
    """The map as markup."""

    markup: Markup
    width: float
    height: float
    unlabelled: int
    """Entries for whose label there was no room, which only the list names."""


class _Group(msgspec.Struct, frozen=True):
    """The entries at one point."""

    across: Decimal
    up: Decimal
    points: tuple[Point, ...]

    @property
    def radius(self) -> float:
        return 6.0 if len(self.points) == 1 else 11.0


class _Label(msgspec.Struct, frozen=True):
    """What a group is labelled with: words, in one or several numbers of columns."""

    words: tuple[str, ...]
    columns: tuple[int, ...]
    column: float
    """Width of a column."""

    def shapes(self) -> tuple[tuple[float, float], ...]:
        """Width and height for each number of columns."""
        return tuple((c * self.column + 6, ceil(len(self.words) / c) * _LINE + 4) for c in self.columns)


class _Frame(msgspec.Struct, frozen=True):
    """Where values of the scales lie on the drawing."""

    across: Axis
    up: Axis
    unit: float

    @property
    def inner(self) -> Box:
        """The quadrants, all of them."""
        wide = float(self.across.scale.high - self.across.scale.low) * self.unit + 2 * _SIDE
        high = float(self.up.scale.high - self.up.scale.low) * self.unit + 2 * _STRIP
        return Box(_LEFT, 4, wide, high)

    def x(self, value: Decimal) -> float:
        return _LEFT + _SIDE + float(value - self.across.scale.low) * self.unit

    def y(self, value: Decimal) -> float:
        return 4 + _STRIP + float(self.up.scale.high - value) * self.unit

    def box(self, region: Region) -> Box:
        """A quadrant; one that touches the end of a scale goes on to the edge of the drawing."""
        inner = self.inner
        left = inner.x if region.across.low == self.across.scale.low else self.x(region.across.low)
        right = inner.right if region.across.high == self.across.scale.high else self.x(region.across.high)
        top = inner.y if region.up.high == self.up.scale.high else self.y(region.up.high)
        bottom = inner.bottom if region.up.low == self.up.scale.low else self.y(region.up.low)
        return Box(left, top, right - left, bottom - top)


def plot(chart: Chart, prefix: str) -> Plot:
    """The map of ``chart``; ``prefix`` makes its ids differ from those of others on the same page."""
    groups = _groups(chart.points)
    labels = [_label(g, named=len(chart.points) <= _NAMED_AT_MOST) for g in groups]
    frame, placed = _fitted(chart, groups, labels)
    inner = frame.inner
    parts = [
        tag("defs", *(pattern(n, f"{prefix}-p{n}") for n in range(len(chart.regions)))),
        *(_quadrant(frame, chart, n, prefix) for n in range(len(chart.regions))),
        _grid(frame),
        *_axes(frame),
        *(_marker(frame, g) for g in groups),
        *(_drawn_label(label, p) for label, p in zip(labels, placed, strict=True) if p),
    ]
    unlabelled = sum(len(g.points) for g, p in zip(groups, placed, strict=True) if p is None)
    return Plot(join(parts), inner.right + 4, inner.bottom + _FOOT, unlabelled)


def _groups(points: Sequence[Point]) -> list[_Group]:
    """Points at the same place together, in the order in which they come."""
    found: dict[tuple[Decimal, Decimal], list[Point]] = {}
    for point in points:
        found.setdefault((point.across, point.up), []).append(point)
    return [_Group(x, y, tuple(there)) for (x, y), there in found.items()]


def _label(group: _Group, *, named: bool) -> _Label:
    if named:
        words = [f"{p.key} · {p.name}" for p in group.points]
        words = [clipped(w, SIZE, _NAME_ROOM) for w in words]
    elif len(group.points) > _KEYS_AT_MOST:
        words = [f"{len(group.points)} registros"]
    else:
        words = [p.key for p in group.points]
    column = max(width(w, SIZE) for w in words) + 8
    if named or len(words) <= 3:
        return _Label(tuple(words), (1,), column)
    square = max(1, round(sqrt(len(words) * _LINE / column)))
    several = dict.fromkeys(max(1, min(len(words), c)) for c in (square, square + 1, square * 2, square - 1, 1))
    return _Label(tuple(words), tuple(several), column)


def _fitted(chart: Chart, groups: Sequence[_Group], labels: Sequence[_Label]) -> tuple[_Frame, list[Placed | None]]:
    """The smallest size at which every label finds room; the largest one where none does."""
    for growth in _GROWTH:
        frame = _Frame(chart.across, chart.up, _UNIT * growth)
        inner = frame.inner
        homes = {region.number: frame.box(region) for region in chart.regions}
        wanted = [
            Wanted(frame.x(g.across), frame.y(g.up), g.radius, label.shapes(), homes[g.points[0].region.number])
            for g, label in zip(groups, labels, strict=True)
        ]
        if growth != _GROWTH[-1] and too_many(wanted, inner):
            continue
        captions = [
            Box(inner.x, inner.y, inner.width, _STRIP - 14),
            Box(inner.x, inner.bottom - _STRIP + 14, inner.width, _STRIP - 14),
        ]
        placed = place(wanted, inner, captions)
        if None not in placed:
            break
    return frame, placed


def _quadrant(frame: _Frame, chart: Chart, position: int, prefix: str) -> Markup:
    """Fill, pattern, number and name."""
    region = chart.regions[position]
    box, colours = frame.box(region), ink(region.colour)
    at: dict[str, str | float] = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    above = box.y <= frame.inner.y
    right = box.right >= frame.inner.right
    top = box.y if above else box.bottom - _STRIP + 12
    corner = box.right - 44 if right else box.x + 8
    words, anchor = (corner - 10, "end") if right else (corner + 46, "start")
    there = sum(p.region.number == region.number for p in chart.points)
    told = f"{region.colour.capitalize()} · {there} registro{'s' if there != 1 else ''}"
    room = box.width - 70
    return tag(
        "g",
        tag("rect", **at, fill=colours.fill),
        tag("rect", **at, fill=f"url(#{prefix}-p{position})"),
        tag("rect", x=corner, y=top + 8, width=36, height=30, rx=4, fill=colours.strong),
        _text(region.number, corner + 18, top + 30, 19, anchor="middle", bold=True, fill="#fff"),
        _text(clipped(region.name, 15, room), words, top + 21, 15, anchor=anchor, bold=True),
        _text(told, words, top + 38, 12, anchor=anchor),
    )


def _grid(frame: _Frame) -> Markup:
    inner = frame.inner
    lines = [f"M{frame.x(v):g},{inner.y:g} V{inner.bottom:g}" for v in _values(frame.across)]
    lines += [f"M{inner.x:g},{frame.y(v):g} H{inner.right:g}" for v in _values(frame.up)]
    return tag("path", d=" ".join(lines), stroke="#000", stroke_opacity=0.16, stroke_width=0.8, fill="none")


def _values(axis: Axis) -> list[Decimal]:
    """The whole numbers of a scale."""
    low, high = ceil(axis.scale.low), int(axis.scale.high)
    return [Decimal(v) for v in range(low, high + 1)]


def _axes(frame: _Frame) -> list[Markup]:
    inner = frame.inner
    middle = inner.y + inner.height / 2
    scale = "{} ({:f} a {:f})"
    across, up = frame.across, frame.up
    return [
        tag("rect", x=inner.x, y=inner.y, width=inner.width, height=inner.height, fill="none", stroke=_INK),
        *(_text(f"{v:f}", frame.x(v), inner.bottom + 19, 14, anchor="middle") for v in _values(across)),
        *(_text(f"{v:f}", inner.x - 9, frame.y(v) + 5, 14, anchor="end") for v in _values(up)),
        _text(
            scale.format(across.title, across.scale.low, across.scale.high),
            inner.x + inner.width / 2,
            inner.bottom + 46,
            16,
            anchor="middle",
            bold=True,
        ),
        _text(
            scale.format(up.title, up.scale.low, up.scale.high),
            20,
            middle,
            16,
            anchor="middle",
            bold=True,
            transform=f"rotate(-90 20 {middle:g})",
        ),
    ]


def _marker(frame: _Frame, group: _Group) -> Markup:
    """A dot, or a disc with the number of entries; what a mouse rests on tells them."""
    x, y = frame.x(group.across), frame.y(group.up)
    told = "; ".join(f"{p.key}: {p.name}" for p in group.points[:20])
    more = f"; y {len(group.points) - 20} más" if len(group.points) > 20 else ""
    count = len(group.points)
    inside = [_text(str(count), x, y + 4, 11 if count < 100 else 9, anchor="middle", bold=True, fill="#fff")]
    return tag(
        "g",
        tag("title", f"({group.across:f}, {group.up:f}) {told}{more}"),
        tag("circle", cx=x, cy=y, r=group.radius, fill=_INK, stroke="#fff", stroke_width=1.5),
        *(inside if count > 1 else []),
    )


def _drawn_label(label: _Label, placed: Placed) -> Markup:
    box = placed.box
    rows = ceil(len(label.words) / label.columns[placed.shape])
    parts = []
    if placed.leader:
        x1, y1, x2, y2 = placed.leader
        parts.append(tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=_INK, stroke_width=0.9))
    edge: dict[str, str | float] = {"stroke": "#666", "stroke_width": 0.6} if placed.leader else {}
    parts.append(
        tag("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=3, fill="#fff", fill_opacity=0.82, **edge)
    )
    for n, words in enumerate(label.words):
        column, row = divmod(n, rows)
        parts.append(_text(words, box.x + 5 + column * label.column, box.y + 14 + row * _LINE, SIZE))
    return tag("g", *parts)


def _text(
    words: str,
    x: float,
    y: float,
    size: float,
    *,
    anchor: str = "start",
    bold: bool = False,
    fill: str = _INK,
    **more: str,
) -> Markup:
    weight: dict[str, str] = {"font_weight": "bold"} if bold else {}
    return tag("text", words, x=x, y=y, font_size=size, text_anchor=anchor, fill=fill, **weight, **more)
