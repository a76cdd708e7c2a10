"""Tables drawn with ruling lines: from lines to a grid with merged cells resolved."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from parsers.pdf_broken import rejoin_broken
from parsers.pdf_draft import Grid, GridCell, Line, TextBlock, hull
from parsers.pdf_frame import Box
from parsers.pdf_ink import Word
from parsers.pdf_layout import line_of_row, paragraphs, rows_of

_NEAR = 3.5
"""Points within which two lines are one line, or meet."""
_MAX_CELLS = 20_000
"""Elementary cells of one grid; beyond this it is a drawing, not a table."""
_MAX_LINES = 6_000
"""Ruling lines of a page; beyond this it is a drawing."""


class Lattice(msgspec.Struct):
    """Ruling lines that hang together; ``xs`` and ``ys`` ascend."""

    xs: list[float]
    ys: list[float]
    across: list[Box]
    upright: list[Box]

    @property
    def box(self) -> Box:
        """Outer bounds."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def lattices(across: Sequence[Box], upright: Sequence[Box]) -> list[Lattice]:
    """Connected sets of ruling lines that enclose at least two cells; the smallest first, so that nested tables come before their hosts."""
    if len(across) < 2 or len(upright) < 1 or len(across) + len(upright) > _MAX_LINES:
        return []
    flat = merged_lines(across, vertical=False)
    tall = merged_lines(upright, vertical=True)
    if len(flat) * len(tall) > 4_000_000:
        return []
    owner = list(range(len(flat) + len(tall)))

    def root(index: int) -> int:
        while owner[index] != index:
            owner[index] = owner[owner[index]]
            index = owner[index]
        return index

    for i, (x0, y, x1, _) in enumerate(flat):
        for j, (x, low, _, high) in enumerate(tall):
            if x0 - _NEAR <= x <= x1 + _NEAR and low - _NEAR <= y <= high + _NEAR:
                owner[root(i)] = root(len(flat) + j)
    groups: dict[int, tuple[list[Box], list[Box]]] = {}
    for i, line in enumerate(flat):
        groups.setdefault(root(i), ([], []))[0].append(line)
    for j, line in enumerate(tall):
        groups.setdefault(root(len(flat) + j), ([], []))[1].append(line)
    found = [lattice for rows, columns in groups.values() if (lattice := _lattice(rows, columns))]
    return sorted(found, key=lambda g: (g.box[2] - g.box[0]) * (g.box[3] - g.box[1]))


def merged_lines(lines: Sequence[Box], *, vertical: bool) -> list[Box]:
    """Collinear lines that touch become one."""
    a, b = (1, 3) if vertical else (0, 2)
    p = 0 if vertical else 1
    out: list[list[float]] = []
    ordered = sorted(lines, key=lambda line: (line[p], line[a]))
    clusters: list[list[Box]] = []
    for line in ordered:
        if clusters and line[p] - clusters[-1][-1][p] <= 1.5:
            clusters[-1].append(line)
        else:
            clusters.append([line])
    for cluster in clusters:
        at = sum(line[p] for line in cluster) / len(cluster)
        first = True
        for line in sorted(cluster, key=lambda each: each[a]):
            if not first and line[a] - out[-1][1] <= _NEAR:
                out[-1][1] = max(out[-1][1], line[b])
            else:
                out.append([line[a], line[b], at])
            first = False
    if vertical:
        return [(at, low, at, high) for low, high, at in out]
    return [(low, at, high, at) for low, high, at in out]


def _lattice(across: list[Box], upright: list[Box]) -> Lattice | None:
    if len(across) < 2 or not upright:
        return None
    # Open sides: lines that run on beyond the outermost crossing line close the grid there.
    left, right = min(line[0] for line in across), max(line[2] for line in across)
    low, high = min(line[1] for line in upright), max(line[3] for line in upright)
    xs, ys = _levels([line[0] for line in upright]), _levels([line[1] for line in across])
    for edge, sides, vertical in ((left, xs, True), (right, xs, True), (low, ys, False), (high, ys, False)):
        if min(abs(edge - side) for side in sides) > 3 * _NEAR and not sides[0] < edge < sides[-1]:
            sides.append(edge)
            if vertical:
                upright.append((edge, low, edge, high))
            else:
                across.append((left, edge, right, edge))
    xs.sort()
    ys.sort()
    if len(xs) < 2 or len(ys) < 2 or not 2 <= (len(xs) - 1) * (len(ys) - 1) <= _MAX_CELLS:
        return None
    return Lattice(xs, ys, across, upright)


def _levels(values: list[float]) -> list[float]:
    """Ascending positions, those nearer than a line's width taken as one."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _NEAR:
            out.append(value)
    return out


def grid_of(lattice: Lattice, words: Sequence[Word], inner: Sequence[Grid]) -> Grid | None:
    """The table with its text; None when the lines are a frame around one cell, or hold no text at all."""
    xs, ys = lattice.xs, lattice.ys[::-1]
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = _merge_cells(lattice, xs, ys)
    extents: dict[int, list[int]] = {}
    for r in range(rows):
        for c in range(columns):
            extent = extents.setdefault(owner[r][c], [r, c, r, c])
            extent[2], extent[3] = max(extent[2], r), max(extent[3], c)
            extent[0], extent[1] = min(extent[0], r), min(extent[1], c)
    if len(extents) < 2 or not words:
        return None
    held: dict[int, list[Word]] = {}
    for word in words:
        r = _index(ys, (word.box[1] + word.box[3]) / 2, descending=True)
        c = _index(xs, (word.box[0] + word.box[2]) / 2)
        held.setdefault(owner[r][c], []).append(word)
    nested: dict[int, list[Grid]] = {}
    for grid in inner:
        r = _index(ys, (grid.box[1] + grid.box[3]) / 2, descending=True)
        c = _index(xs, (grid.box[0] + grid.box[2]) / 2)
        nested.setdefault(owner[r][c], []).append(grid)
    cells = []
    for key, (r0, c0, r1, c1) in sorted(extents.items(), key=lambda item: item[1]):
        box = (xs[c0], ys[r1 + 1], xs[c1 + 1], ys[r0])
        blocks = cell_blocks(held.get(key, ()), nested.get(key, ()), box)
        cells.append(GridCell(r0 + 1, c0 + 1, blocks, box, r1 - r0 + 1, c1 - c0 + 1))
    rejoin_broken(cells)
    return _compact(Grid(cells, rows, columns, lattice.box, list(xs)))


def cell_blocks(words: Sequence[Word], inner: Sequence[Grid], box: Box) -> list[TextBlock | Grid]:
    """Paragraphs of a cell; the cell's right side, less its usual padding, is where text wraps."""
    if not words and not inner:
        return []
    out: list[TextBlock | Grid] = []
    lines: list[Line] = []
    padding = 4.0
    if words:
        padding = min(8.0, max(2.0, min(word.box[0] for word in words) - box[0]))
    for row in rows_of(words, inner):
        grid = row.pieces[0].grid
        if grid is not None:
            out.extend(paragraphs(lines, box[2] - padding))
            lines = []
            out.append(grid)
        else:
            lines.append(line_of_row(row))
    out.extend(paragraphs(lines, box[2] - padding))
    return out


def _index(bounds: list[float], value: float, *, descending: bool = False) -> int:
    """Which interval between two bounds ``value`` lies in, the outer ones taking what lies beyond."""
    last = len(bounds) - 2
    for index, bound in enumerate(bounds[1:]):
        if (value >= bound) if descending else (value <= bound):
            return min(index, last)
    return last


def _merge_cells(lattice: Lattice, xs: list[float], ys: list[float]) -> list[list[int]]:
    """Number of the merged cell at each elementary position: two are one where no line parts them."""
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = [[r * columns + c for c in range(columns)] for r in range(rows)]
    for r, (high, low) in enumerate(pairwise(ys)):
        middle = (high + low) / 2
        lines = [line[0] for line in lattice.upright if line[1] - _NEAR <= middle <= line[3] + _NEAR]
        for c in range(1, columns):
            if not any(abs(x - xs[c]) <= _NEAR for x in lines):
                owner[r][c] = owner[r][c - 1]
    for c, (left, right) in enumerate(pairwise(xs)):
        middle = (left + right) / 2
        lines = [line[1] for line in lattice.across if line[0] - _NEAR <= middle <= line[2] + _NEAR]
        for r in range(1, rows):
            same = owner[r][c] // columns == r and _run(owner[r], c) == _run(owner[r - 1], c)
            if same and not any(abs(y - ys[r]) <= _NEAR for y in lines):
                old, new = owner[r][c], owner[r - 1][c]
                owner[r] = [new if each == old else each for each in owner[r]]
    return owner


def _run(row: list[int], column: int) -> tuple[int, int]:
    """First and last column of the merged run that covers ``column``."""
    first = row.index(row[column])
    return first, len(row) - 1 - row[::-1].index(row[column])


def _compact(grid: Grid) -> Grid | None:
    """Without rows and columns that are only the space between two lines (double borders)."""
    for size, start, span in (("rows", "row", "rowspan"), ("columns", "column", "colspan")):
        count = getattr(grid, size)
        for index in range(count, 0, -1):
            crossing = [c for c in grid.cells if getattr(c, start) <= index < getattr(c, start) + getattr(c, span)]
            own = [c for c in crossing if getattr(c, span) == 1]
            thin = all((c.box[3] - c.box[1] if size == "rows" else c.box[2] - c.box[0]) < 6 for c in own)
            if not own or not thin or any(c.blocks for c in own):
                continue
            grid.cells = [c for c in grid.cells if c not in own]
            for cell in grid.cells:
                if getattr(cell, start) > index:
                    setattr(cell, start, getattr(cell, start) - 1)
                elif cell in crossing:
                    setattr(cell, span, getattr(cell, span) - 1)
            setattr(grid, size, getattr(grid, size) - 1)
            if size == "columns":
                del grid.edges[index if index < len(grid.edges) - 1 else index - 1]
    if len(grid.cells) < 2:
        return None
    grid.box = hull([cell.box for cell in grid.cells])
    return grid


def ruled_tables(words: Sequence[Word], across: Sequence[Box], upright: Sequence[Box]) -> tuple[list[Grid], list[Word]]:
    """Tables drawn with lines, outermost only, and the words outside of all of them."""
    rest = list(words)
    grids: list[Grid] = []
    for lattice in lattices(across, upright):
        left, bottom, right, top = lattice.box
        inside: list[Word] = []
        outside: list[Word] = []
        for word in rest:
            x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
            (inside if left <= x <= right and bottom <= y <= top else outside).append(word)
        inner = [
            g
            for g in grids
            if left <= (g.box[0] + g.box[2]) / 2 <= right and bottom <= (g.box[1] + g.box[3]) / 2 <= top
        ]
        grid = grid_of(lattice, inside, inner)
        if grid is not None:
            grids = [g for g in grids if g not in inner]
            grids.append(grid)
            rest = outside
    return grids, rest
