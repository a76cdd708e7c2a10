"""Where labels go: beside their points, else as near as there is room, none over another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, hypot, pi, sin

import msgspec


class Box(msgspec.Struct, frozen=True):
    """A rectangle; ``x`` and ``y`` are its upper left corner, downwards as on a screen."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower side."""
        return self.y + self.height

    def meets(self, other: Box) -> bool:
        """Whether they share more than an edge."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def within(self, other: Box) -> bool:
        """Whether it lies in ``other``."""
        return self.x >= other.x and self.y >= other.y and self.right <= other.right and self.bottom <= other.bottom

    def grown(self, by: float) -> Box:
        """It with ``by`` pixels more on every side."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """The point of it nearest to (x, y)."""
        return min(max(x, self.x), self.right), min(max(y, self.y), self.bottom)

    def crossed(self, x1: float, y1: float, x2: float, y2: float) -> bool:
        """Whether the segment passes through it (Liang and Barsky)."""
        start, end = 0.0, 1.0
        dx, dy = x2 - x1, y2 - y1
        for p, q in ((-dx, x1 - self.x), (dx, self.right - x1), (-dy, y1 - self.y), (dy, self.bottom - y1)):
            if p == 0:
                if q <= 0:
                    return False
                continue
            at = q / p
            if p < 0:
                start = max(start, at)
            else:
                end = min(end, at)
        return start < end


class Wanted(msgspec.Struct, frozen=True):
    """A label to place."""

    x: float
    y: float
    """Centre of its marker."""
    radius: float
    """Of the marker."""
    shapes: tuple[tuple[float, float], ...]
    """Widths and heights that it may take, best first."""
    home: Box
    """The quadrant, where it stands best."""

    @property
    def marker(self) -> Box:
        """Around its marker."""
        return Box(self.x - self.radius, self.y - self.radius, 2 * self.radius, 2 * self.radius)

    @property
    def area(self) -> float:
        """Of its best shape."""
        width, height = self.shapes[0]
        return width * height


class Placed(msgspec.Struct, frozen=True):
    """Room for a label."""

    box: Box
    shape: int
    """Which of the shapes."""
    leader: tuple[float, float, float, float] | None
    """Line from the marker to the label, where it does not stand beside it."""


_GAP = 3.0
"""Pixels between a marker and the label beside it."""
_CLEAR = 5.0
"""Pixels that a label keeps from the markers of others, so that nobody takes it for theirs."""
_STEP = 18.0
"""Pixels from one ring of places to the next."""
_ANGLES = 24
_FULL = 0.7
"""Share of the bounds that labels cannot fill without overlapping; more are not tried."""


def place(wanted: Sequence[Wanted], bounds: Box, taken: Sequence[Box] = ()) -> list[Placed | None]:
    """A place for each label, in their order: in ``bounds``, over no other label, marker or ``taken`` box, and off every leader line.

    Large labels choose first. None where there is no room. The same labels always get the same places.
    """
    room = _Room(bounds, [w.marker for w in wanted], taken)
    found: list[Placed | None] = [None] * len(wanted)
    order = sorted(range(len(wanted)), key=lambda i: (-wanted[i].area, wanted[i].x, wanted[i].y))
    for i in order:
        found[i] = next((p for p in _places(wanted[i]) if room.holds(p, i)), None)
        if placed := found[i]:
            room.take(placed)
    return found


def too_many(wanted: Sequence[Wanted], bounds: Box) -> bool:
    """Whether the labels are so large, all together, that looking for places is no use."""
    return sum(w.area for w in wanted) > _FULL * bounds.width * bounds.height


class _Room:
    """What is taken, in a grid of cells, so that only what is near is compared."""

    _CELL = 48.0

    def __init__(self, bounds: Box, markers: Sequence[Box], taken: Sequence[Box]) -> None:
        self._bounds = bounds
        self._cells: dict[tuple[int, int], list[tuple[int, Box]]] = {}
        self._leaders: list[tuple[float, float, float, float]] = []
        self._boxes: list[tuple[int, Box]] = []
        for owner, marker in enumerate(markers):
            self._add(owner, marker.grown(_CLEAR))
        for box in taken:
            self._add(-1, box)

    def _add(self, owner: int, box: Box) -> None:
        self._boxes.append((owner, box))
        for cell in self._over(box):
            self._cells.setdefault(cell, []).append((owner, box))

    def _over(self, box: Box) -> Iterator[tuple[int, int]]:
        for i in range(int(box.x // self._CELL), int(box.right // self._CELL) + 1):
            for j in range(int(box.y // self._CELL), int(box.bottom // self._CELL) + 1):
                yield i, j

    def holds(self, placed: Placed, owner: int) -> bool:
        """Whether the label of marker ``owner`` may stand there."""
        box, line = placed.box, placed.leader
        if not box.within(self._bounds):
            return False
        for cell in self._over(box):
            if any(who != owner and box.meets(other) for who, other in self._cells.get(cell, ())):
                return False
        if any(box.crossed(*leader) for leader in self._leaders):
            return False
        return line is None or not any(who != owner and other.crossed(*line) for who, other in self._boxes)

    def take(self, placed: Placed) -> None:
        """Nothing else may stand there."""
        self._add(-1, placed.box)
        if placed.leader:
            self._leaders.append(placed.leader)


def _places(label: Wanted) -> Iterator[Placed]:
    """Beside the marker in every shape, then in rings around it; each time first within its quadrant."""
    for home in (True, False):
        for n, (width, height) in enumerate(label.shapes):
            for box in _beside(label, width, height):
                if box.within(label.home) is home:
                    yield Placed(box, n, None)
    for home in (True, False):
        for n, (width, height) in enumerate(label.shapes):
            reach = hypot(label.home.width, label.home.height) * (1 if home else 2)
            distance = label.radius + _STEP
            while distance < reach:
                for turn in range(_ANGLES):
                    angle = 2 * pi * turn / _ANGLES
                    x = label.x + cos(angle) * (distance + width / 2) - width / 2
                    y = label.y - sin(angle) * (distance + height / 2) - height / 2
                    box = Box(x, y, width, height)
                    if box.within(label.home) is home:
                        yield Placed(box, n, _leader(label, box))
                distance += _STEP


def _beside(label: Wanted, width: float, height: float) -> Iterator[Box]:
    gap = label.radius + _GAP
    slant = label.radius * 0.75 + _GAP
    for x, y in (
        (label.x + gap, label.y - height / 2),
        (label.x - gap - width, label.y - height / 2),
        (label.x - width / 2, label.y - gap - height),
        (label.x - width / 2, label.y + gap),
        (label.x + slant, label.y - slant - height),
        (label.x + slant, label.y + slant),
        (label.x - slant - width, label.y - slant - height),
        (label.x - slant - width, label.y + slant),
    ):
        yield Box(x, y, width, height)


def _leader(label: Wanted, box: Box) -> tuple[float, float, float, float]:
    x, y = box.nearest(label.x, label.y)
    length = hypot(x - label.x, y - label.y) or 1.0
    # from the edge of the marker, up to just short of the box, so that it does not count as crossing it
    start, end = label.radius / length, max(0.0, 1 - 0.5 / length)
    return (
        label.x + (x - label.x) * start,
        label.y + (y - label.y) * start,
        label.x + (x - label.x) * end,
        label.y + (y - label.y) * end,
    )
