"""From words to lines, columns and paragraphs, in the order in which a person reads a page.

Neither drawing order (some producers draw backwards) nor position alone (it braids columns) gives reading order. So words are
grouped into rows, rows cut where a gap is wide, and gutters looked for that several rows share; what lies between two gutters
is a column, or the column of a table without ruling lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import msgspec

from parsers.pdf_draft import Grid, Line, TextBlock, hull
from parsers.pdf_frame import Box
from parsers.pdf_ink import Word

_CUT = 0.48
"""Gap, in ems, from which a row is cut while gutters are looked for. A space is 0.25 to 0.35 ems."""
_STRETCHED = 0.4
"""Usual gap, in ems, from which a line counts as stretched."""
_SURE = 2.0
"""Gap, in ems, that no justified line has."""
_TAB = 1.8
"""Gap, in ems, that is shown as a tab inside a line."""
_LIST = re.compile(
    r"(\d{1,3}(\.\d{1,3})*[.)]-?|\d{1,3}(\.\d{1,3})+|[a-zñ]{1,2}\)|[IVXL]{1,5}[.)]-?|[A-Z][.)]|[-–—•▪◦●○■□➢❖✓☐☑☒*·])\s"
)
"""How an item of a list begins."""
_BULLET = re.compile(r"[-–—•▪◦●○■□➢❖✓☐☑☒*·]")
_NUMBERING = re.compile(r"(\d{1,3}(\.\d{1,3})*[.)]-?|\d{1,3}(\.\d{1,3})+|[A-Za-zñ]\)|[IVXL]{1,5}[.)]-?|[A-Z]\.)")
_LABEL = re.compile(r"(?!\w+://)[A-ZÁÉÍÓÚÑ¿][^:.;,]{1,48}:(\s|$)")
"""``Lugar y fecha:`` at the beginning of a line."""
_LEADER = re.compile(r"(?:\.\s?){4,}\s*\d{1,4}$|…{2,}\s*\d{1,4}$")
_OPEN = re.compile(
    r"(?:[,(\-–]|\b(?:de|del|el|la|los|las|un|una|en|y|e|o|u|a|al|por|para|con|sin|que|se|su|sus|como|numeral(?:es)?|art[ií]culos?|"
    r"fracci[oó]n|incisos?|p[aá]ginas?|punto|oficio|n[uú]mero|no\.|núm\.))$",
    re.IGNORECASE,
)
"""How a line ends that cannot be the end of its sentence."""


class Row(msgspec.Struct):
    """Pieces side by side: runs of words without a wide gap, or one table."""

    pieces: list[Piece]
    box: Box
    size: float


class Piece(msgspec.Struct):
    """What a gutter may pass on either side, but not through."""

    box: Box
    words: list[Word] = []
    grid: Grid | None = None


def rows_of(words: Sequence[Word], grids: Sequence[Grid] = ()) -> list[Row]:
    """Words and tables grouped by height, top to bottom; each row cut at wide gaps."""
    groups: list[tuple[list[Word], list[float]]] = []
    for word in sorted(words, key=lambda w: -(w.box[1] + w.box[3])):
        low, high = word.box[1], word.box[3]
        placed = False
        for group, band in groups[-1:-4:-1]:
            overlap = min(high, band[1]) - max(low, band[0])
            if overlap >= 0.5 * min(high - low, band[1] - band[0]) and overlap > 0:
                group.append(word)
                # a superscript must not narrow the band, nor a tall word widen it into the next line
                if high - low <= 1.6 * (band[1] - band[0]):
                    band[0], band[1] = min(band[0], low), max(band[1], high)
                placed = True
                break
        if not placed:
            groups.append(([word], [low, high]))
    rows = _aligned([_row(group) for group, _ in groups])
    rows.extend(Row([Piece(grid.box, grid=grid)], grid.box, 0.0) for grid in grids)
    rows.sort(key=lambda row: -row.box[3] if row.pieces[0].grid else -(row.box[1] + row.box[3]) / 2)
    return rows


def _aligned(rows: list[Row]) -> list[Row]:
    """Cut again where a word begins at the x at which pieces of several rows begin: a cell that fills its column to the gutter."""
    starts = [piece.box[0] for row in rows for piece in row.pieces[1:]]
    levels = Counter(round(start) for start in starts)
    shared = sorted(start for start in starts if sum(levels[round(start) + step] for step in (-1, 0, 1)) >= 3)
    if not shared:
        return rows
    for row in rows:
        row.pieces = [part for piece in row.pieces for part in _cut_at(piece, shared, 0.8 * _CUT * row.size)]
    return rows


def _cut_at(piece: Piece, starts: list[float], least: float) -> list[Piece]:
    parts = [[piece.words[0]]]
    for word in piece.words[1:]:
        at = bisect_left(starts, word.box[0] - 0.8)
        if at < len(starts) and starts[at] <= word.box[0] + 0.8 and word.box[0] - parts[-1][-1].box[2] >= least:
            parts.append([word])
        else:
            parts[-1].append(word)
    return [piece] if len(parts) == 1 else [Piece(hull([word.box for word in part]), part) for part in parts]


def _row(words: list[Word]) -> Row:
    words.sort(key=lambda w: w.box[0])
    size = max(word.size for word in words)
    pieces = [part for run in _split(words, _SURE * size) for part in _split(run, _threshold(run, size))]
    if len(pieces) > 1 and len(pieces[0]) == 1 and pieces[1][0].box[0] - pieces[0][0].box[2] < 4 * size:
        marker = pieces[0][0].text
        if _BULLET.fullmatch(marker) or (len(pieces) == 2 and _NUMBERING.fullmatch(marker)):
            pieces[:2] = [pieces[0] + pieces[1]]  # the label of a list item is no column
    made = [Piece(hull([w.box for w in piece]), piece) for piece in pieces]
    return Row(made, hull([piece.box for piece in made]), size)


def _split(words: list[Word], least: float) -> list[list[Word]]:
    """Words from left to right, parted at gaps wider than ``least`` points."""
    pieces: list[list[Word]] = [[words[0]]]
    edge = words[0].box[2]
    for word in words[1:]:
        if word.box[0] - edge > least:
            pieces.append([word])
        else:
            pieces[-1].append(word)
        edge = max(edge, word.box[2])
    return pieces


def _threshold(words: list[Word], size: float) -> float:
    """Gap from which a run is cut: in a line stretched to justify it, all gaps are wide and none is a gutter."""
    gaps = [b.box[0] - a.box[2] for a, b in pairwise(words)]
    usual = median(gaps) if len(gaps) >= 2 else 0.0
    return max(_CUT * size, 1.7 * usual if usual > _STRETCHED * size else 0.0)


def line_of(words: list[Word]) -> Line:
    """One line; wide gaps inside become tabs, words that touch are one."""
    parts = [words[0].text]
    edge = words[0].box[2]
    marker = bool(_BULLET.fullmatch(parts[0]) or _NUMBERING.fullmatch(parts[0]))
    for word in words[1:]:
        gap = word.box[0] - edge
        wide = gap > _TAB * word.size and not (marker and len(parts) == 1)
        parts.append("\t" if wide else " " if gap > 0.08 * word.size else "")
        parts.append(word.text)
        edge = max(edge, word.box[2])
    weights: dict[float, int] = {}
    for word in words:
        weights[word.size] = weights.get(word.size, 0) + len(word.text)
    size = max(weights, key=lambda s: (weights[s], s))
    return Line(words, hull([w.box for w in words]), "".join(parts), size)


def line_of_row(row: Row) -> Line:
    """All pieces of a row as one line."""
    return line_of([word for piece in row.pieces for word in piece.words])


def paragraphs(lines: Sequence[Line], right: float | None = None) -> list[TextBlock]:
    """Lines of one column, top to bottom, joined where the text only wrapped.

    ``right``: x where the column ends; by default that of the longest line.
    """
    if not lines:
        return []
    edge = right if right is not None else max(line.box[2] for line in lines)
    pitch = _pitch(lines)
    blocks = [TextBlock([lines[0]])]
    for line in lines[1:]:
        if _continues(blocks[-1].lines, line, edge, pitch):
            blocks[-1].lines.append(line)
        else:
            blocks.append(TextBlock([line]))
    return blocks


def _pitch(lines: Sequence[Line]) -> float:
    """Usual distance from a line to the next, in ems."""
    steps = [
        (a.box[1] - b.box[1]) / b.size
        for a, b in pairwise(lines)
        if b.size and 0.8 < (a.box[1] - b.box[1]) / b.size < 2.6
    ]
    return min(median(steps), 2.2) if steps else 1.3


def _continues(lines: list[Line], line: Line, edge: float, pitch: float) -> bool:
    """Whether ``line`` goes on with the paragraph that ``lines`` are."""
    last, size = lines[-1], line.size
    if abs(last.size - size) > 0.08 * size + 0.2 or not 0.5 < (last.box[1] - line.box[1]) / size <= 1.22 * pitch:
        return False
    if not line.words[0].text.strip("_") or not last.words[-1].text.strip("_"):
        return False  # a line to sign or to write on
    if _LEADER.search(last.text):
        return False  # an entry of an index is complete with its page
    if _LIST.match(line.text) and not _OPEN.search(last.text):
        return False
    opens = bool(_OPEN.search(last.text))
    if _LABEL.match(line.text) and not opens:
        return False
    if last.bold and not line.bold and not line.text[:1].islower() and not opens:
        return False
    if line.bold and not last.bold and not last.words[-1].bold:
        return False
    tolerance = 0.3 * size
    first = lines[0]
    if len(lines) > 1:
        aligned = abs(line.box[0] - last.box[0]) <= tolerance
    else:
        # the first line may be indented, or hang out to the left with its label
        shift = line.box[0] - first.box[0]
        hanging = shift > 0 and (bool(_LIST.match(first.text)) or bool(_LABEL.match(first.text)))
        aligned = -6 * size <= shift <= tolerance or (hanging and shift < 25 * size)
    centred = abs((line.box[0] + line.box[2]) - (last.box[0] + last.box[2])) <= 2 * tolerance
    if not (aligned or centred):
        return False
    room = edge - last.box[2]
    if line.words[0].box[2] - line.words[0].box[0] + 0.25 * size > room - 0.1 * size:
        return True
    if line.text[:1].islower() or opens:
        return not last.text.endswith((".", ":", ";"))
    # a justified block narrower than its column
    return len(lines) > 1 and abs(last.box[2] - lines[-2].box[2]) <= 0.15 * size and not last.text.endswith((".", ":"))


def starts_item(line: Line) -> bool:
    """Whether the line begins a list item or a labelled field."""
    return bool(_LIST.match(line.text + " ") or _LABEL.match(line.text))


def is_labelled(words: list[Word]) -> bool:
    """Whether the words are a label with a colon and its value."""
    match = _LABEL.match(" ".join(word.text for word in words))
    return bool(match) and ":" not in words[-1].text[-1:]
