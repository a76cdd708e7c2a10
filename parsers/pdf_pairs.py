"""Labels and their values side by side, several to a line: ``Fecha: …  Hora: …`` over ``Asunto: …  Lugar: …``, read line by line."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from parsers.pdf_draft import Grid, GridCell, hull
from parsers.pdf_ink import Word
from parsers.pdf_layout import Piece, Row, is_labelled
from parsers.pdf_ruled import cell_blocks

_CAPITALS = 30
"""Characters of a label in capitals without a colon, at most."""


class _Pair(msgspec.Struct):
    label: list[Word]
    value: list[Word]


def paired_fields(rows: Sequence[Row], *, capitals: bool = False) -> Grid | None:
    """The rows as a table of labels and values; None where some row reads otherwise.

    Labels end in a colon; with ``capitals`` they are short texts in capitals beside one that is not. Where no line has two
    pairs it is the plain table of two columns that others make, unless ``capitals``.
    """
    lines: list[list[_Pair]] = []
    for row in rows:
        if any(piece.grid for piece in row.pieces):
            return None
        pairs = _pairs(row.pieces, capitals)
        if pairs is not None:
            lines.append(pairs)
        elif not lines or not _wrapped(row, lines[-1]):
            return None
    most = max((len(pairs) for pairs in lines), default=0)
    if len(lines) < 2 or (most < 2 and not capitals):
        return None
    return _table(lines, most, max(row.box[2] for row in rows))


def _pairs(pieces: Sequence[Piece], capitals: bool) -> list[_Pair] | None:
    """A line as pairs, an empty value included; None where it does not begin with a label or has a value too many."""
    out: list[_Pair] = []
    for index, piece in enumerate(pieces):
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        if piece.words[-1].text.endswith(":") or (capitals and _capital(piece, after)):
            out.append(_Pair(list(piece.words), []))
        elif out and not out[-1].value:
            out[-1].value = list(piece.words)
        elif is_labelled(piece.words):
            end = next(i for i, word in enumerate(piece.words, 1) if word.text.endswith(":"))
            out.append(_Pair(list(piece.words[:end]), list(piece.words[end:])))
        else:
            return None
    return out


def _capital(piece: Piece, after: Piece | None) -> bool:
    text = _text(piece)
    return after is not None and text.isupper() and len(text) <= _CAPITALS and not _text(after).isupper()


def _text(piece: Piece) -> str:
    return " ".join(word.text for word in piece.words)


def _wrapped(row: Row, above: list[_Pair]) -> bool:
    """Takes in a row that goes on with values of the line above: each piece begins where one of them does."""
    homes = []
    for piece in row.pieces:
        home = next((p for p in above if p.value and abs(p.value[0].box[0] - piece.box[0]) < 0.5 * row.size), None)
        if home is None:
            return False
        homes.append((home, piece))
    for home, piece in homes:
        home.value.extend(piece.words)
    return True


def _table(lines: list[list[_Pair]], most: int, right: float) -> Grid:
    """Two columns to a pair; the last value of a line with fewer pairs takes the columns that are left."""
    cells: list[GridCell] = []
    for number, pairs in enumerate(lines, 1):
        for index, pair in enumerate(pairs):
            last = index == len(pairs) - 1
            end = right if last else pairs[index + 1].label[0].box[0]
            span = 2 * (most - index) - 1 if last else 1
            label = hull([word.box for word in pair.label])
            # An empty value stands where it would be written.
            value = hull([word.box for word in pair.value]) if pair.value else (label[2], label[1], end, label[3])
            cells.append(GridCell(number, 2 * index + 1, list(cell_blocks(pair.label, (), label)), label))
            blocks = list(cell_blocks(pair.value, (), (value[0], value[1], max(end, value[2]), value[3])))
            cells.append(GridCell(number, 2 * index + 2, blocks, value, 1, span))
    box = hull([cell.box for cell in cells])
    widest = max(lines, key=len)
    edges = [box[0], *(x for p in widest for x in (p.label[-1].box[2], hull([w.box for w in p.value or p.label])[2]))]
    return Grid(cells, len(lines), 2 * most, box, edges, ruled=False)
