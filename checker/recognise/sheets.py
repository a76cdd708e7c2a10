"""A workbook whose sheets are different documents, each by its own title: MUPOI on one sheet, MURO on the next."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from checker.recognise.titles import TitleEvidence, TitleIndex
from parsers.model import Block, Document, Table

_WORKBOOKS = ("spreadsheet", "ms-excel", "opendocument.spreadsheet")


def parts_by_sheet(document: Document, titles: TitleIndex) -> list[tuple[str, Document]]:
    """(name, sheets) for every document in the workbook; empty unless sheets call themselves by plain titles of different types.

    A sheet without a title of its own belongs to the one before it.
    """
    if not any(word in document.media_type for word in _WORKBOOKS):
        return []
    sheets: dict[int | None, list[Block]] = {}
    for block in document.blocks:
        sheets.setdefault(block.place.page, []).append(block)
    if len(sheets) < 2:
        return []
    parts: list[tuple[str, Document, frozenset[int]]] = []
    for page, blocks in sheets.items():
        part = replace(
            document, blocks=tuple(blocks), title="", gaps=tuple(g for g in document.gaps if g.place.page == page)
        )
        named = _named(titles.evidence(part))
        name = next((b.title for b in blocks if isinstance(b, Table) and b.title), str(page))
        if parts and (not named or named & parts[-1][2]):
            before = parts[-1]
            joined = replace(before[1], blocks=before[1].blocks + part.blocks, gaps=before[1].gaps + part.gaps)
            parts[-1] = (before[0], joined, before[2])
        else:
            parts.append((name, part, named))
    return [(name, part) for name, part, _ in parts] if len([n for *_, n in parts if n]) > 1 else []


def _named(evidence: Sequence[TitleEvidence]) -> frozenset[int]:
    """The types that a sheet plainly calls itself by."""
    return frozenset(i for i, e in enumerate(evidence) if e.own >= 0.9 and e.own_at < e.against_at)
