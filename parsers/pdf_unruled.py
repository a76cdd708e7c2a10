"""Tables without ruling lines: telling them from columns of prose and from blocks to sign, and finding their rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from parsers.pdf_draft import Grid, GridCell, hull
from parsers.pdf_frame import Box
from parsers.pdf_layout import Piece, Row, line_of, starts_item
from parsers.pdf_ruled import cell_blocks

_NUMBER = re.compile(r"(\d{1,3})[.)]?-?")
"""How a row is numbered."""


def labelled_rows(rows: list[Row]) -> bool:
    """Most of what stands at the left are labels with a colon, their values at the right."""
    pairs = [row for row in rows if len(row.pieces) > 1]
    return sum(row.pieces[0].words[-1].text.endswith(":") for row in pairs) >= max(1, 0.5 * len(pairs))


def label_alone(row: Row) -> bool:
    return len(row.pieces) == 1 and not row.pieces[0].grid and row.pieces[0].words[-1].text.endswith(":")


def numbered(rows: Sequence[Row]) -> bool:
    """The lines with text at the far left begin with 1, 2, 3…, and what stands to the right of them does not."""
    left = min(row.box[0] for row in rows) + max(row.size for row in rows)
    first = [row for row in rows if row.pieces[0].box[0] <= left]
    numbers = [_NUMBER.fullmatch(row.pieces[0].words[0].text) if row.pieces[0].words else None for row in first]
    if not all(numbers) or not all(len(row.pieces) > 1 for row in first):
        return False
    if [int(number[1]) for number in numbers if number] != list(range(1, len(first) + 1)):
        return False
    if len(first) == 1 and (len(first[0].pieces) < 3 or len(first[0].pieces[0].words) > 1):
        return False  # one line is a row only where it is plain that there are columns
    return not any(piece.words and _NUMBER.fullmatch(piece.words[0].text) for row in first for piece in row.pieces[1:])


def unruled_table(rows: list[Row], columns: list[tuple[float, float]], rules: Sequence[Box]) -> Grid | None:
    """The rows as a table; None where they read as columns of prose or as blocks to sign."""
    if any(piece.grid for row in rows for piece in row.pieces):
        return None
    labelled = len(columns) == 2 and labelled_rows(rows)
    counted = not labelled and numbered(rows)
    if counted:
        rows, columns = _numbers_apart(rows, columns)
    placed = [_placed(row, columns) for row in rows]
    paired = sum(sum(1 for pieces in line if pieces) > 1 for line in placed)
    if counted:
        if _prose(placed, columns):
            return None
    elif not labelled and (paired < 3 or _signatures(placed, columns) or _prose(placed, columns)):
        return None
    if counted:
        starts = [index for index, line in enumerate(placed) if index == 0 or line[0]]
    elif labelled:
        starts = [
            index for index, line in enumerate(placed) if index == 0 or (line[0] and not _label_goes_on(placed, index))
        ]
    else:
        starts = _row_starts(rows, placed, rules)
    edges = [columns[0][0], *((a[1] + b[0]) / 2 for a, b in pairwise(columns)), columns[-1][1]]
    groups = [range(a, b) for a, b in zip(starts, [*starts[1:], len(rows)], strict=True)]
    cells: list[GridCell] = []
    for number, group in enumerate(groups, 1):
        high = max(rows[i].box[3] for i in group)
        low = min(rows[i].box[1] for i in group)
        for column in range(len(columns)):
            words = [word for i in group for piece in placed[i][column] for word in piece.words]
            box = (edges[column], low, edges[column + 1], high)
            blocks = cell_blocks(words, (), (columns[column][0], low, columns[column][1] + 4, high))
            cells.append(GridCell(number, column + 1, list(blocks), hull([w.box for w in words]) if words else box))
    return Grid(cells, len(groups), len(columns), hull([row.box for row in rows]), edges, ruled=False)


def _numbers_apart(rows: list[Row], columns: list[tuple[float, float]]) -> tuple[list[Row], list[tuple[float, float]]]:
    """Numbers as a column of their own where only a space parts them from the text beside them."""
    heads = [row.pieces[0] for row in rows if row.pieces[0].words and _NUMBER.fullmatch(row.pieces[0].words[0].text)]
    glued = [piece for piece in heads if len(piece.words) > 1]
    if not glued:
        return rows, columns
    numbers, texts = max(piece.words[0].box[2] for piece in heads), min(piece.words[1].box[0] for piece in glued)
    if numbers >= texts:
        return rows, columns
    apart = [
        replace(
            row,
            pieces=[
                Piece(hull([word.box for word in part]), part)
                for piece in row.pieces
                for part in ((piece.words[:1], piece.words[1:]) if piece in glued else (piece.words,))
            ],
        )
        for row in rows
    ]
    return apart, [(columns[0][0], numbers), (texts, columns[0][1]), *columns[1:]]


def _label_goes_on(placed: list[list[list[Piece]]], index: int) -> bool:
    """The line has the rest of a label that wrapped: no colon yet above, no value beside it."""
    above = placed[index - 1][0]
    return bool(above) and not above[-1].words[-1].text.endswith(":") and not any(placed[index][1:])


def _placed(row: Row, columns: list[tuple[float, float]]) -> list[list[Piece]]:
    out: list[list[Piece]] = [[] for _ in columns]
    for piece in row.pieces:
        middle = (piece.box[0] + piece.box[2]) / 2
        nearest = min(range(len(columns)), key=lambda c: max(columns[c][0] - middle, middle - columns[c][1], 0.0))
        out[nearest].append(piece)
    return out


def _signatures(placed: list[list[list[Piece]]], columns: list[tuple[float, float]]) -> bool:
    """Side by side, each centred: a line, a name, a charge. These read one block after the other."""
    if len(placed) > 8:
        return False
    drawn = any(piece.words[0].text.startswith("____") for line in placed for pieces in line for piece in pieces)
    centred = spread = 0
    for column in range(len(columns)):
        boxes = [hull([piece.box for piece in line[column]]) for line in placed if line[column]]
        if len(boxes) < 2:
            continue
        middles = [(box[0] + box[2]) / 2 for box in boxes]
        lefts = [box[0] for box in boxes]
        centred += max(middles) - min(middles) <= 4
        spread += max(lefts) - min(lefts) > 6
    return (centred == len(columns) and spread > 0) or (drawn and len(placed) <= 6 and not _headed(placed))


def _headed(placed: list[list[list[Piece]]]) -> bool:
    """The first line is a header and not a line to sign on: a table of attendance keeps its shape."""
    return (
        all(pieces and not pieces[0].words[0].text.startswith("____") for pieces in placed[0])
        and sum(any(piece.words[0].text.startswith("____") for pieces in line for piece in pieces) for line in placed)
        > 1
    )


def _prose(placed: list[list[list[Piece]]], columns: list[tuple[float, float]]) -> bool:
    """Most lines of each column fill it, as wrapped text does, and no line stands for a row of its own."""
    if len(columns) > 3:
        return False
    for column, (left, right) in enumerate(columns):
        lines = [line_of([w for p in line[column] for w in p.words]) for line in placed if line[column]]
        if len(lines) < 4:
            return False
        filled = sum(line.box[2] - left > 0.78 * (right - left) for line in lines)
        words = sum(len(line.words) for line in lines)
        if filled < 0.55 * len(lines) or words < 3 * len(lines):
            return False
    return True


def _row_starts(rows: list[Row], placed: list[list[list[Piece]]], rules: Sequence[Box]) -> list[int]:
    """Indexes of the lines that begin a row of the table; the others go on with wrapped cells."""
    pitches = [(a.box[1] - b.box[1]) for a, b in pairwise(rows)]
    tight = min((pitch for pitch in pitches if pitch > 0.8 * rows[0].size), default=0.0)
    counts = [sum(1 for line in placed if line[c]) for c in range(len(placed[0]))]
    full = max(counts)
    key = min(range(len(counts)), key=lambda c: (counts[c] if counts[c] >= 3 else 1e9, c))
    wraps = counts[key] < full
    width = max(row.box[2] for row in rows) - min(row.box[0] for row in rows)
    long = [(x0, y, x1) for x0, y, x1, _ in rules if x1 - x0 > 0.5 * width]
    out = [0]
    for i in range(1, len(rows)):
        line, above = placed[i], rows[i - 1]
        ruled = any(
            rows[i].box[3] - 4 <= y <= above.box[1] + 4 and x0 < rows[i].box[2] and x1 > rows[i].box[0]
            for x0, y, x1 in long
        )
        apart = pitches[i - 1] > 1.3 * tight
        occupied = sum(1 for pieces in line if pieces)
        if (
            ruled
            or (apart and occupied > 1)
            or (line[key] and (occupied > 1 or not wraps))
            or (line[0] and occupied > 1 and _begins(line[0], placed[i - 1][0]))
            or _resumes(placed[out[-1] : i + 1])
        ):
            out.append(i)
    return out


def _resumes(lines: list[list[list[Piece]]]) -> bool:
    """A column of the last line was empty in the line above and held text before that: wrapped text leaves no such hole."""
    *before, above, last = lines
    return any(last[c] and not above[c] and any(line[c] for line in before) for c in range(len(last)))


def _begins(pieces: list[Piece], before: list[Piece]) -> bool:
    """The first cell's line opens something: a number, or a capital after a finished sentence or nothing."""
    line = line_of([word for piece in pieces for word in piece.words])
    if starts_item(line) or line.text.rstrip(".").isdigit():
        return True
    if not line.text[:1].isupper():
        return False
    return not before or before[-1].words[-1].text.endswith(".")
