"""How well the file was read where a finding rests on it: places in reading order, confidence of OCR, gaps."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from checker.facts import Fact
from parsers.model import Block, Document, Paragraph, Place, Table

RELIABLE = 0.80
"""Mean confidence (0–1) of OCR from which a paragraph may carry a definite fault."""


class Quality:
    """One document's places."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def order(self, place: Place | None) -> tuple[int, int]:
        """Sorts places as a reader meets them; what has no place comes last."""
        if place is None:
            return (1, 0)
        position = self._positions.get(place)
        return (0, self._near(place) if position is None else position)

    def doubt_about(self, fact: Fact) -> str:
        """Why a fault told by ``fact`` is not certain, a sentence in Spanish; empty when it is."""
        if gap := self._hiding(fact):
            return f"Podría estar en lo que no se pudo leer: {gap}."
        if self._document.ocr:
            worst = self._confidence(fact)
            if worst is not None and worst < RELIABLE:
                return f"Se apoya en una lectura por OCR poco fiable ({worst:.0%})."
        return ""

    def _hiding(self, fact: Fact) -> str:
        """The first gap that may hold what is not there; a row's missing cell is not elsewhere in the file."""
        if "[" in fact.subject or not _lacks(fact):
            return ""
        for gap in self._document.gaps:
            page, label = gap.place.page, fact.place.page if fact.place else None
            if page is None or label is None or page >= label:
                return gap.reason
        return ""

    def _confidence(self, fact: Fact) -> float | None:
        """The lowest among the paragraphs that it rests on; the whole document's mean for what was not found at all."""
        places = [p for p in (fact.place, *fact.rests_on) if p is not None]
        if not places:
            known = [c for c in self._confidences.values() if c is not None]
            return sum(known) / len(known) if known else None
        found = [c for place in places if (c := self._confidence_at(place)) is not None]
        return min(found, default=None)

    def _confidence_at(self, place: Place) -> float | None:
        key = _key(place)
        if key in self._confidences:
            return self._confidences[key]
        page = [c for k, c in self._confidences.items() if k[0] == place.page and c is not None]
        return min(page, default=None)

    @cached_property
    def _walk(self) -> list[tuple[Place, float | None]]:
        return list(_read(self._document.blocks))

    @cached_property
    def _positions(self) -> dict[Place, int]:
        positions: dict[Place, int] = {}
        for n, place in enumerate(_places(self._document.blocks)):
            positions.setdefault(place, n)
        return positions

    def _near(self, place: Place) -> int:
        """Position of the first thing at or after the page, for a place that is no block's own (a signature field)."""
        page = place.page or 0
        return next((n for n, (p, _) in enumerate(self._walk) if (p.page or 0) > page), len(self._walk))

    @cached_property
    def _confidences(self) -> dict[tuple[object, ...], float | None]:
        found: dict[tuple[object, ...], float | None] = {}
        for place, confidence in self._walk:
            known = found.get(_key(place))
            found[_key(place)] = (
                confidence if known is None else min(known, confidence if confidence is not None else known)
            )
        return found


def _lacks(fact: Fact) -> bool:
    """What is told is that something, or enough of it, is not there."""
    return fact.attributes.get("state") in ("absent", "empty") or (
        "count" in fact.attributes and fact.attributes.get("valid") is True
    )


def _key(place: Place) -> tuple[object, ...]:
    return (place.page, place.paragraph, place.table, place.row, place.column, place.cell, place.line)


def _places(blocks: Iterable[Block]) -> Iterable[Place]:
    """Each paragraph, table and cell."""
    for block in blocks:
        yield block.place
        if isinstance(block, Table):
            for cell in block.cells:
                yield cell.place
                yield from _places(cell.blocks)


def _read(blocks: Iterable[Block]) -> Iterable[tuple[Place, float | None]]:
    """Each paragraph and cell with its confidence; a cell's is the lowest of its paragraphs."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.place, block.confidence
        else:
            yield block.place, None
            for cell in block.cells:
                inner = list(_read(cell.blocks))
                yield cell.place, min((c for _, c in inner if c is not None), default=None)
                yield from inner
