"""How sure it is that a document is of a type: its title, the fields that show, the words of the trade."""

from __future__ import annotations

from itertools import islice

from checker.packs.model import DocumentType
from checker.recognise.fields import Reading
from checker.recognise.model import Row
from checker.recognise.titles import TitleEvidence
from checker.spanish.text import flat, fold
from parsers.model import Document, paragraphs_of

THRESHOLD = 0.5
"""Confidence below which no type is told."""
_ENOUGH = 4
"""Fields and columns found from which the share of a type's own that shows speaks for itself; a single table says little."""


def words_of(document: Document) -> str:
    """All words of the document, folded."""
    return fold(" ".join(p.text for p in paragraphs_of(document.blocks)))


def confidence(words: str, document_type: DocumentType, titles: TitleEvidence, reading: Reading | None) -> float:
    """0–1 from titles, the share of required fields that show, and phrases of the trade. ``reading`` None = titles alone.

    ``words`` are those of the whole document, folded (:func:`words_of`).
    """
    share, found = coverage(document_type, reading) if reading else (0.0, 0)
    if reading and _whole_table(document_type, reading):
        share = max(share, 0.9)  # an export has neither title nor form: its header row says what it is
    phrases = _phrases(words, document_type)
    titled = titles.own
    stranger = titles.against > titles.own and titles.own < 0.7
    earlier = 0 < titles.against >= titles.own - 0.1 and titles.against_at < titles.own_at
    if stranger or (earlier and (titled < 0.9 or share < 0.5)):
        return round(0.35 * (1 - (1 - 0.75 * titled) * (1 - 0.6 * share)), 2)
    if titled < 0.5:
        share *= min(1.0, found / _ENOUGH)  # any table has a name and a date: without a title it takes more than that
    weight = min(0.8, 0.3 + 0.15 * titles.words)
    return round(1 - (1 - weight * titled) * (1 - 0.6 * share) * (1 - 0.25 * phrases), 2)


def coverage(document_type: DocumentType, reading: Reading) -> tuple[float, int]:
    """Share of the type's required fields that show, and how many of its fields and columns were found in all."""
    required = [n for n, f in document_type.fields.items() if f.required_by] or list(document_type.fields)
    found = sum(_shows(document_type, reading, n) for n in required)
    columns, owed, borne = 0, 0, 0
    for name, value in reading.fields.items():
        rows = [r for r in value.value if isinstance(r, Row)] if isinstance(value.value, tuple) else []
        if rows:
            told = {n for r in rows[:20] for n, c in r.cells.items() if c.state != "absent"}
            demanded = {n for n, c in document_type.fields[name].columns.items() if c.required_by}
            columns += len(told) - 1
            owed, borne = owed + len(demanded), borne + len(demanded & told)
    share = (found + borne) / (len(required) + owed) if required else 0.0
    return share, found + columns


def _shows(document_type: DocumentType, reading: Reading, name: str) -> bool:
    """The field's label or its own shape was found; a table that nobody could read is anybody's."""
    state = reading.fields[name].state
    unread = state == "undetermined" and document_type.fields[name].kind == "table"
    return state != "absent" and not unread


def _whole_table(document_type: DocumentType, reading: Reading) -> bool:
    """A table field is there with all the columns that its type requires, four at least, told by their headers."""
    for name, field in document_type.fields.items():
        value = reading.fields[name]
        rows = [r for r in value.value if isinstance(r, Row)] if isinstance(value.value, tuple) else []
        required = [n for n, c in field.columns.items() if c.required_by]
        told = [n for n in required if any(r.cells[n].state != "absent" for r in rows[:5])]
        if len(told) >= 4 and len(told) == len(required) and "header row" in value.evidence:
            return True
    return False


def _phrases(words: str, document_type: DocumentType) -> float:
    if not document_type.recognise.also:
        return 0.0
    hits = (phrase for phrase in document_type.recognise.also if flat(phrase) in words)
    return len(list(islice(hits, 2))) / 2  # two say it all; the rest need not be looked for
