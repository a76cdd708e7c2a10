"""Text boxes: those that stand beside the text are read after the lines they are anchored among, and cut no list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.model import Block, Paragraph, Table

_FIELD = re.compile(r"[^\W\d_][^:\n]{1,48}:\s")
"""A label with a colon and something after it."""


def stands_apart(blocks: Sequence[Block], *, floating: bool) -> bool:
    """What the box holds does not belong to the text around it: whole fields; or anything that floats and heads nothing."""
    texts = [block for block in blocks if isinstance(block, Paragraph) and block.text]
    if not texts or any(isinstance(block, Table) for block in blocks):
        return False  # a table laid out in a box is part of what is told
    if all(_FIELD.match(paragraph.text) for paragraph in texts):
        return True
    return floating and not opens(texts[-1])


def opens(block: Block) -> bool:
    """The block begins something new: a heading, or a field with its label."""
    if not isinstance(block, Paragraph):
        return False
    text = block.text
    return bool(
        block.level
        or block.bold
        or block.bold_prefix
        or text.endswith(":")
        or (text.isupper() and not block.label)
        or _FIELD.match(text)
    )
