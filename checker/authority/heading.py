"""Whose a document is, by its heading: «PROGRAMA ANUAL DE TRABAJO 2026 / Coordinación de Vinculación»."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from checker.authority.units import above
from checker.packs.pack import Pack
from checker.packs.roles import role_at
from parsers.model import Document, paragraphs_of

_LINES = 8
"""Lines of a heading, the letterhead among them."""
_LONGEST = 140
"""Characters of such a line; what is longer is text."""


def unit_of_heading(document: Document, pack: Pack) -> str | None:
    """The one unit of the register that the heading names, those above it aside, which a letterhead names too; None where it is not one."""
    named = {
        found.role
        for line in _heading(document)
        if (found := role_at(line, pack.roles)) and found.role in pack.authority
    }
    over = {upper for unit in named for upper in above(unit, pack.authority)}
    own = named - over
    return own.pop() if len(own) == 1 else None


def _heading(document: Document) -> Iterator[str]:
    lines = (line.strip() for p in paragraphs_of(document.blocks) for line in p.text.split("\n"))
    yield from (line for line in islice(filter(None, lines), _LINES) if len(line) <= _LONGEST and ":" not in line)
