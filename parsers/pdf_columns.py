"""Gutters: what stands side by side on a page is columns of prose, signature blocks, or a table without ruling lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from parsers.pdf_draft import Block, Grid, Line, TextBlock
from parsers.pdf_frame import Box
from parsers.pdf_ink import Word
from parsers.pdf_layout import Row, is_labelled, line_of, line_of_row, paragraphs, rows_of, starts_item
from parsers.pdf_pairs import paired_fields
from parsers.pdf_unruled import label_alone, labelled_rows, numbered, unruled_table

_FAR = 1e9
_WRAP = 0.75
"""Share of a page's width that its text reaches at least, where it wraps."""
_MAX_ROWS = 400
"""Rows of one page in which gutters are looked for."""


class _Run(msgspec.Struct):
    """Rows ``first`` to ``last`` (inclusive) that a gutter passes through."""

    first: int
    last: int
    paired: int
    gutter: tuple[float, float]


def page_blocks(words: Sequence[Word], grids: Sequence[Grid], rules: Sequence[Box], width: float) -> list[Block]:
    """Blocks of a page in reading order: its words, the tables already found, its horizontal ruling lines; ``width`` in points."""
    rows = rows_of(words, grids)
    # A page of short lines does not wrap where the longest of them ends.
    return _blocks(rows, rules, max(_longest(rows), _WRAP * width), 0)


def _longest(rows: list[Row]) -> float:
    return max((row.box[2] for row in rows if not row.pieces[0].grid), default=0.0)


def _blocks(rows: list[Row], rules: Sequence[Box], edge: float, nested: int) -> list[Block]:
    """Blocks of a region in reading order; ``edge``: x where its text wraps."""
    run = _best_run(rows) if nested < 6 else None
    if run is None:
        return _column(rows, edge)
    run.last = _until_break(rows, run)
    inside = rows[run.first : run.last + 1]
    columns = _columns(inside)
    if len(columns) < 2:
        return _column(rows, edge)
    out = _blocks(rows[: run.first], rules, edge, nested + 1) if run.first else []
    out.extend(_side_by_side(inside, columns, rules, nested))
    if run.last + 1 < len(rows):
        out.extend(_blocks(rows[run.last + 1 :], rules, edge, nested + 1))
    return out


def _column(rows: list[Row], edge: float) -> list[Block]:
    """Rows without gutters: lines, joined to paragraphs, and tables where they stand."""
    out: list[Block] = []
    lines: list[Line] = []
    for row in rows:
        grid = row.pieces[0].grid
        if grid is not None:
            out.extend(paragraphs(lines, edge))
            lines = []
            out.append(grid)
        elif len(row.pieces) > 1 and all(is_labelled(piece.words) for piece in row.pieces):
            # several labelled fields on one line: each is one
            out.extend(paragraphs(lines, edge))
            lines = []
            out.extend(TextBlock([line_of(piece.words)]) for piece in row.pieces)
        else:
            lines.append(line_of_row(row))
    out.extend(paragraphs(lines, edge))
    return out


def _gaps(row: Row) -> list[tuple[float, float]]:
    """Free intervals of a row, the ones to the far left and right included."""
    out = [(-_FAR, row.pieces[0].box[0])]
    edge = row.pieces[0].box[2]
    for piece in row.pieces[1:]:
        out.append((edge, piece.box[0]))
        edge = max(edge, piece.box[2])
    out.append((edge, _FAR))
    return out


def _best_run(rows: list[Row]) -> _Run | None:
    """The longest run of rows that share a gutter."""
    if len(rows) < 2 or len(rows) > _MAX_ROWS:
        return None
    gaps = [_gaps(row) for row in rows]
    best: _Run | None = None
    for index, row in enumerate(rows):
        seeds = gaps[index][1:-1]
        if not seeds and index + 1 < len(rows):
            # columns whose baselines do not match: neighbours that overlap in height and lie side by side
            below = rows[index + 1]
            if below.box[3] > row.box[1] + 0.2 * (row.box[3] - row.box[1]):
                left, right = sorted((row.box, below.box), key=lambda box: box[0])
                if right[0] > left[2]:
                    seeds = [(left[2], right[0])]
        for seed in seeds:
            if best and best.first <= index <= best.last and seed[0] < best.gutter[1] and best.gutter[0] < seed[1]:
                continue
            run = _grow(rows, gaps, index, seed)
            if run and (best is None or run.paired > best.paired):
                best = run
    return best


def _grow(rows: list[Row], gaps: list[list[tuple[float, float]]], start: int, seed: tuple[float, float]) -> _Run | None:
    """Follow a gutter down and up from ``start`` for as long as nothing crosses it."""
    narrow, wide = seed
    least = 0.45 * max(rows[start].size, 6.0)
    first = last = start
    for step, stop in ((1, len(rows)), (-1, -1)):
        for index in range(start + step, stop, step):
            above, below = (rows[index - step], rows[index]) if step == 1 else (rows[index], rows[index - step])
            if above.box[1] - below.box[3] > 2.6 * max(above.size, below.size, 8.0) and len(gaps[index]) != len(
                gaps[start]
            ):
                break
            shared = max(
                ((max(narrow, a), min(wide, b)) for a, b in gaps[index]), key=lambda interval: interval[1] - interval[0]
            )
            if shared[1] - shared[0] < least:
                break
            narrow, wide = shared
            first, last = min(first, index), max(last, index)
    middle = (narrow + wide) / 2
    lefts = [any(piece.box[2] <= middle for piece in rows[i].pieces) for i in range(first, last + 1)]
    rights = [any(piece.box[0] >= middle for piece in rows[i].pieces) for i in range(first, last + 1)]
    both = [left and right for left, right in zip(lefts, rights, strict=True)]
    if any(both):
        # What stands alone above the first pair, or apart below the last one, is not part of it.
        top = both.index(True)
        end = len(both) - 1 - both[::-1].index(True)
        labelled = labelled_rows(rows[first + top : first + end + 1])
        while labelled and top and label_alone(rows[first + top - 1]):
            top -= 1  # a label whose value is missing
        while first + end < last:
            above, below = rows[first + end], rows[first + end + 1]
            alone = labelled and label_alone(below)
            apart = above.box[1] - below.box[3] > 0.75 * below.size
            if not alone and (apart or not _wraps(rows[first : first + end + 1], below, middle)):
                break
            end += 1
        first, last, lefts, rights, both = (
            first + top,
            first + end,
            lefts[top : end + 1],
            rights[top : end + 1],
            both[top : end + 1],
        )
    paired = sum(both) or min(sum(lefts), sum(rights))
    if paired == 1 and any(both) and first < last and numbered(rows[first : last + 1]):
        return _Run(first, last, paired, (narrow, wide))  # a table of one row, which wraps
    if paired < 2 or (not any(both) and paired < 3) or (paired == 2 and wide - narrow < rows[start].size):
        return None
    return _Run(first, last, paired, (narrow, wide))


def _wraps(above: list[Row], row: Row, gutter: float) -> bool:
    """Whether ``row``, alone on its side of the gutter, can be the rest of a line that wrapped there."""
    if row.pieces[0].grid or starts_item(line_of_row(row)):
        return False
    left = row.box[2] <= gutter
    side = [p.box for r in above for p in r.pieces if (p.box[2] <= gutter if left else p.box[0] >= gutter)]
    last = [p.box for p in above[-1].pieces if (p.box[2] <= gutter if left else p.box[0] >= gutter)]
    if not side or not last:
        return False
    start, end = min(box[0] for box in side), max(box[2] for box in side)
    return last[-1][2] - start > 0.75 * (end - start)


def _until_break(rows: list[Row], run: _Run) -> int:
    """Last row before a heading at the left after which the columns are others: two tables one above the other share a gutter."""
    inside = rows[run.first : run.last + 1]
    pitches = [a.box[1] - b.box[1] for a, b in pairwise(inside)]
    tight = min((pitch for pitch in pitches if pitch > 0.8 * inside[0].size), default=0.0)
    if not tight:
        return run.last  # base lines that do not match
    for index in range(1, len(inside) - 1):
        row = inside[index]
        if len(row.pieces) > 1 or row.pieces[0].grid or row.pieces[0].box[0] > inside[0].box[0] + row.size:
            continue
        if pitches[index - 1] <= 1.2 * tight or row.pieces[0].words[-1].text.endswith(":"):
            continue
        if not _alike(_columns(inside[:index]), _columns(inside[index + 1 :])):
            return run.first + index - 1
    return run.last


def _alike(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> bool:
    """Same number of columns, each beginning or ending at the same place or overlapping for most of its width."""
    return len(one) == len(other) and all(
        abs(a[0] - b[0]) < 6
        or abs(a[1] - b[1]) < 6
        or min(a[1], b[1]) - max(a[0], b[0]) > 0.8 * max(a[1] - a[0], b[1] - b[0])
        for a, b in zip(one, other, strict=True)
    )


def _columns(rows: list[Row]) -> list[tuple[float, float]]:
    """x extents of the columns that all rows keep to."""
    spans = sorted((piece.box[0], piece.box[2]) for row in rows for piece in row.pieces)
    least = 0.45 * max(max(row.size for row in rows), 6.0)
    out = [list(spans[0])]
    for left, right in spans[1:]:
        if left - out[-1][1] >= least:
            out.append([left, right])
        else:
            out[-1][1] = max(out[-1][1], right)
    return [(left, right) for left, right in out]


def _side_by_side(
    rows: list[Row], columns: list[tuple[float, float]], rules: Sequence[Box], nested: int
) -> list[Block]:
    table = paired_fields(rows) or unruled_table(rows, columns, rules) or paired_fields(rows, capitals=True)
    if table is not None:
        return [table]
    out: list[Block] = []
    for left, right in columns:
        pieces = [piece for row in rows for piece in row.pieces if left <= (piece.box[0] + piece.box[2]) / 2 <= right]
        words = [word for piece in pieces for word in piece.words]
        grids = [piece.grid for piece in pieces if piece.grid is not None]
        inner = rows_of(words, grids)
        # of a few lines nobody can tell where they would have wrapped
        edge = _longest(inner) if len(pieces) >= 6 else _FAR
        out.extend(_blocks(inner, rules, edge, nested + 1))
    return out
