"""Which document type a document is, by evidence: titles, labels found, phrases; never by file name."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

import msgspec

from checker.packs.model import DocumentType
from checker.recognise.fields import Reading
from checker.spanish.text import flat, fold, label_form, squeeze
from parsers.model import Document, Paragraph, paragraphs_of

THRESHOLD = 0.5
"""Confidence below which no type is told."""
_LONGEST_TITLE = 18  # words
_FIRST_LINES = 30


class TitleEvidence(msgspec.Struct, frozen=True):
    """How strongly the document calls itself by one of the type's titles, and by titles of other things."""

    own: float
    own_at: int
    words: int
    """Of the title found: «minuta» alone is also what a menu or a draft decree is called."""
    against: float
    against_at: int


def title_evidence(document: Document, document_type: DocumentType, lines: list[tuple[str, float]]) -> TitleEvidence:
    """Look among ``lines``, the document's :func:`title_lines`."""
    own, own_at, words = 0.0, 10**6, 0
    against, against_at = 0.0, 10**6
    titles, others = _forms(document_type.recognise.titles), _forms(document_type.recognise.against)
    for position, (form, weight) in enumerate(lines):
        score = weight * _titled(form, titles, document.ocr)
        if score > own + 0.05:
            own, own_at = score, position
            words = max((len(t.split()) for t in titles if t in form), default=0)
        score = weight * _titled(form, others, document.ocr)
        if score > against + 0.05 and not form.startswith(titles):
            against, against_at = score, position
    return TitleEvidence(own, own_at, words, against, against_at)


@lru_cache(maxsize=1024)
def _forms(titles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(label_form, titles))


def title_lines(document: Document) -> list[tuple[str, float]]:
    """The first lines, headings, running headers and the mail's subject, as labels are compared, each with its weight 0–1."""
    lines: list[tuple[str, float]] = []
    seen = 0
    for paragraph in paragraphs_of(document.blocks):
        if seen > _FIRST_LINES and not paragraph.level:
            continue
        if paragraph.origin in ("footer", "footnote", "comment") or not paragraph.text.strip():
            continue
        seen += paragraph.origin == "body"
        if seen > _FIRST_LINES and not paragraph.level:
            continue
        first = paragraph.text.strip().split("\n")[0]
        if len(first.split()) <= _LONGEST_TITLE:
            lines.append((first, 1.0 if seen <= 12 or paragraph.level else 0.8))
        else:
            lines.append((" ".join(first.split()[:8]), 0.7))
        whole = squeeze(paragraph.text)
        if whole != squeeze(first) and len(whole.split()) <= _LONGEST_TITLE:
            lines.append((whole, 1.0))
    if document.mail:
        lines.append((re.sub(r"^(?:\s*(?:re|rv|fw|fwd)\s*:)+", "", document.mail.subject, flags=re.IGNORECASE), 0.5))
    elif document.title:
        lines.append((document.title, 0.6))
    return [(label_form(text), weight) for text, weight in lines]


def _titled(form: str, titles: tuple[str, ...], ocr: bool) -> float:
    if form in titles:
        return 1.0
    best = 0.0
    padded = f" {form} "
    for title in titles:
        if form.startswith(title) and form[len(title)] in " :,-":
            best = max(best, 0.95)
        elif " " in title and f" {title} " in padded and len(form.split()) <= 12:
            best = max(best, 0.7)
        elif ocr and len(title) > 8 and abs(len(form) - len(title)) <= 6:
            from rapidfuzz import fuzz

            best = max(best, 0.9 if fuzz.ratio(form, title) >= 85 else 0.0)
    return best


def words_of(document: Document) -> str:
    """All words of the document, folded."""
    return fold(" ".join(p.text for p in paragraphs_of(document.blocks)))


def confidence(words: str, document_type: DocumentType, titles: TitleEvidence, reading: Reading | None) -> float:
    """0–1 from titles, the share of required fields that show, and phrases of the trade. ``reading`` None = titles alone.

    ``words`` are those of the whole document, folded (:func:`words_of`).
    """
    coverage = 0.0
    if reading:
        required = [n for n, f in document_type.fields.items() if f.required_by]
        found = sum(reading.fields[n].state != "absent" for n in required)
        coverage = found / len(required) if required else 0.0
    phrases = _phrases(words, document_type)
    titled = titles.own
    stranger = titles.against > titles.own and titles.own < 0.7
    earlier = 0 < titles.against >= titles.own - 0.1 and titles.against_at < titles.own_at
    if stranger or (earlier and (titled < 0.9 or coverage < 0.5)):
        return round(0.35 * (1 - (1 - 0.75 * titled) * (1 - 0.6 * coverage)), 2)
    weight = min(0.8, 0.3 + 0.15 * titles.words)
    return round(1 - (1 - weight * titled) * (1 - 0.6 * coverage) * (1 - 0.25 * phrases), 2)


def _phrases(words: str, document_type: DocumentType) -> float:
    if not document_type.recognise.also:
        return 0.0
    hits = (phrase for phrase in document_type.recognise.also if flat(phrase) in words)
    return len(list(islice(hits, 2))) / 2  # two say it all; the rest need not be looked for


def title_positions(document: Document, document_type: DocumentType) -> list[int]:
    """Indexes of the top-level blocks that open a submission of this type with its title."""
    titles = _forms(document_type.recognise.titles)
    found = []
    for position, block in enumerate(document.blocks):
        if block.origin not in ("body", "textbox"):
            continue
        paragraphs = (
            [block]
            if isinstance(block, Paragraph)
            else [p for c in block.cells[:2] for p in paragraphs_of(c.blocks)][:2]
        )
        for paragraph in paragraphs:
            if len(paragraph.text) > 200:
                continue
            form = label_form(paragraph.text)
            if len(form.split()) <= 14 and _titled(form, titles, document.ocr) >= 0.9:
                found.append(position)
                break
    return found
