"""What stands on a page beside its running text: typed field values, lines to sign on, turned words, comments."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.pdf_draft import Block, Line, TextBlock
from parsers.pdf_frame import Box
from parsers.pdf_ink import Ink, Word
from parsers.pdf_layout import line_of
from parsers.pdf_ruled import merged_lines


def typed_words(text: str, box: Box) -> list[Word]:
    """Words of a form field or a typed note, spread over its box as a viewer shows them."""
    lines = [line.split() for line in text.splitlines() if line.strip()]
    if not lines:
        return []
    high = (box[3] - box[1]) / len(lines)
    size = max(4.0, min(10.0, 0.8 * high))
    out = []
    for number, parts in enumerate(lines):
        middle = box[3] - (number + 0.5) * high if len(lines) > 1 or high < 2.5 * size else box[3] - 0.75 * size
        advance = min(0.5 * size, (box[2] - box[0]) / max(sum(len(part) + 0.6 for part in parts), 1.0))
        x = box[0] + min(2.0, 0.1 * (box[2] - box[0]))
        for part in parts:
            wide = advance * len(part)
            out.append(Word(part, (x, middle - size / 2, x + wide, middle + size / 2), size))
            x += wide + 0.6 * advance
    return out


def lines_to_sign(ink: Ink, words: Sequence[Word]) -> list[Word]:
    """Underscores where a line to sign on is drawn: alone, nothing on it like an underlined word, a centred name under it."""
    out: list[Word] = []
    for x0, y, x1, _ in merged_lines(ink.across, vertical=False):
        long = x1 - x0
        if not 60 <= long <= 0.55 * ink.frame.width or any(_touches(rule, x0, y, x1) for rule in ink.upright):
            continue
        near = [w for w in words if w.box[2] > x0 - 30 and w.box[0] < x1 + 30]
        if any(0 <= w.box[1] + 0.3 * w.size - y < 0.6 * w.size for w in near):
            continue  # underlined text
        under = [w for w in near if 0 <= y - w.box[3] + 2 < 2.2 * w.size]
        if not under:
            continue
        middle = (min(w.box[0] for w in under) + max(w.box[2] for w in under)) / 2
        if abs(middle - (x0 + x1) / 2) <= 0.25 * long:
            size = under[0].size
            out.append(Word("_" * max(4, round(long / size * 1.8)), (x0, y, x1, y + size), size))
    return out


def _touches(rule: Box, x0: float, y: float, x1: float) -> bool:
    return x0 - 4 <= rule[0] <= x1 + 4 and rule[1] - 4 <= y <= rule[3] + 4


def turned_blocks(words: Sequence[Word]) -> list[Block]:
    """Turned and slanted text, one paragraph per stretch of words drawn one near the other."""
    out: list[Block] = []
    run: list[Word] = []
    for word in words:
        if run and not _adjacent(run[-1].box, word.box, 3 * max(word.size, run[-1].size)):
            out.append(TextBlock([_loose_line(run)], origin="textbox"))
            run = []
        run.append(word)
    if run:
        out.append(TextBlock([_loose_line(run)], origin="textbox"))
    return out


def _adjacent(a: Box, b: Box, reach: float) -> bool:
    return max(b[0] - a[2], a[0] - b[2]) <= reach and max(b[1] - a[3], a[1] - b[3]) <= reach


def _loose_line(words: list[Word]) -> Line:
    line = line_of(words)
    line.text = " ".join(word.text for word in words)
    return line


def comment_block(text: str, box: Box) -> TextBlock:
    return TextBlock([Line([Word(text, box, 0.0)], box, text, 0.0)], origin="comment")
