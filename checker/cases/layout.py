"""Where the things of a flow stand on paper: a lane for each role, a row for each thing in the norm's order, ways bent at right angles.

Ways to the next row go straight down; all others, skips and loops, go by a track beside the lanes that they join, each on its own.
"""

from __future__ import annotations

import msgspec

from checker.cases.flow import Flow, Node

WIDTH, HEIGHT = 190, 54
"""Size of a task, in pixels."""
SMALL = 34
"""Size of everything else."""
LANE = 260
GAP = 34
"""Between rows."""
TOP = 64
"""Height of the heads of the lanes."""
_TRACK = 6

Point = tuple[int, int]


class Box(msgspec.Struct, frozen=True):
    """A thing's place: left, top, width, height."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> Point:
        return self.x + self.width // 2, self.y + self.height // 2


class Layout(msgspec.Struct, frozen=True):
    """The places of all things of a flow."""

    width: int
    height: int
    boxes: dict[str, Box]
    """By id of the node."""
    ways: tuple[tuple[Point, ...], ...]
    """The points of each edge, in the order of the edges."""


def layout_of(flow: Flow) -> Layout:
    """Place everything; the same flow is always placed alike."""
    boxes: dict[str, Box] = {}
    rows: dict[str, int] = {}
    y = TOP + GAP
    for row, node in enumerate(flow.nodes):
        width, height = _size(node)
        boxes[node.id] = Box(node.lane * LANE + (LANE - width) // 2 - 12, y, width, height)
        rows[node.id] = row
        y += height + GAP
    taken: list[list[tuple[int, int]]] = []
    ways = tuple(_way(boxes[e.source], boxes[e.target], rows[e.target] - rows[e.source], taken) for e in flow.edges)
    right = max([len(flow.lanes) * LANE, *(x for way in ways for x, _ in way)], default=LANE)
    return Layout(right + 20, y, boxes, ways)


def _size(node: Node) -> tuple[int, int]:
    return (WIDTH, HEIGHT) if node.kind == "task" else (SMALL, SMALL)


def _way(source: Box, target: Box, rows: int, taken: list[list[tuple[int, int]]]) -> tuple[Point, ...]:
    x, y = source.middle
    to_x, _ = target.middle
    above = target.y - GAP // 2
    if rows == 1:
        if x == to_x:
            return (x, source.y + source.height), (to_x, target.y)
        return (x, source.y + source.height), (x, above), (to_x, above), (to_x, target.y)
    lane = max(source.x, target.x) // LANE
    track = _free(min(y, above), max(y, above), taken)
    beside = (lane + 1) * LANE - 22 + (track % 6) * _TRACK
    return (source.x + source.width, y), (beside, y), (beside, above), (to_x + 10, above), (to_x + 10, target.y)


def _free(low: int, high: int, taken: list[list[tuple[int, int]]]) -> int:
    """The first track on which nothing stands between two heights."""
    for number, spans in enumerate(taken):
        if all(high < a or b < low for a, b in spans):
            spans.append((low, high))
            return number
    taken.append([(low, high)])
    return len(taken) - 1
