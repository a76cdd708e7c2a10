"""Words that a narrow column of a ruled table broke without a hyphen: ``Platafor`` over ``ma``, ``Presup`` over ``uesto``.

A line break within a word cannot be told from one between two words by position alone. Where the program that made the file leaves
the space at the end of a line, its absence tells; elsewhere what is left on the two lines does, when it is no word of Spanish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from parsers.pdf_draft import GridCell, Line, TextBlock

_SPACE = 0.23
"""Width of a space, in ems, at least."""
_ENDINGS = "aeiouáéíóúüynsrldzjx"
"""Letters in which a Spanish word may end."""
_DATE = re.compile(r"\d{1,2}([/.-])\w{1,10}\1(?: (?:19|20)\d\d|(?:1 9|2 0)\d\d|(?:19|20) \d\d|(?:19|20)\d \d)")
"""A date whose year is broken, or stands below its last bar."""
_SHORT = frozenset(
    "a al da de di e el en es fe fin ha he hr ir km la le les lo los las mi mx ni no o para por que se si sin sur su sus te"
    " tu u un una uno uso van vs vía web y ya".split()
)
"""Words of up to three letters that stand by themselves in a table."""


def rejoin_broken(cells: Sequence[GridCell]) -> None:
    """Mark, in the cells of one table, the words that go on in the line below."""
    blocks = [(cell, block) for cell in cells for block in cell.blocks if isinstance(block, TextBlock)]
    padding = min((block.box[0] - cell.box[0] for cell, block in blocks), default=4.0)
    padding = min(8.0, max(2.0, padding))
    told = any(before.words[-1].spaced for _, block in blocks for before, _ in pairwise(block.lines))
    for cell, block in blocks:
        room = cell.box[2] - cell.box[0] - 2 * padding
        for line in _broken(block.lines, room, told):
            line.words[-1] = replace(line.words[-1], broken=True)


def _broken(lines: Sequence[Line], room: float, told: bool) -> Iterator[Line]:
    """Lines of one paragraph whose one word goes on below; ``told``: the file keeps the spaces at the ends of lines."""
    for line, below in pairwise(lines):
        head, tail = line.words[-1], below.words[0]
        # a program breaks a word only where it has a line for itself and is longer than that
        if len(line.words) > 1 or head.spaced or head.hyphen:
            continue
        if _DATE.fullmatch(f"{head.text} {tail.text}"):
            yield line
        if not head.text.isalpha():
            continue
        if not (tail.text[0].islower() or (head.text.isupper() and tail.text[0].isupper())):
            continue
        left = room - (head.box[2] - head.box[0])
        width = tail.box[2] - tail.box[0]
        if left >= 1.5 * width / len(tail.text) + 0.1 * line.size or width <= left:
            continue
        if (told and left > _SPACE * line.size + 0.5) or _no_word(head.text, tail.text):
            yield line


def _no_word(head: str, tail: str) -> bool:
    """Either part cannot be a word by itself."""
    letters = "".join(char for char in tail if char.isalpha()).lower()
    short = len(letters) <= 3 and letters == tail.lower() and letters not in _SHORT
    return short or head[-1].lower() not in _ENDINGS
