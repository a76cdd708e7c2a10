"""The account between a submission and what is handed back: which section speaks for which place, and how often it says each word.

A passage is told only by a section that took something from where it stands, and each time that a section says a word answers for one
time that the submission does. Thus a name said of the attendees never stands for the same name beside an agreement.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from checker.handback.outline import Piece, Section, texts_of, without_placeholders
from checker.handback.values import long_date
from checker.recognise.model import FieldValue, Person, Row, SignatureBlock
from checker.spanish.text import NUMBERING, flat, is_placeholder, label_form
from parsers.model import Block, Cell, Place, Table, paragraphs_of

_WORD = re.compile(r"[^\W_]+")
_NUMBERED_THINGS = r"(?:acuerdo|compromiso|punto|tema|asunto|n[oú]m?)\b\.?\s*"
_NUMBERED = re.compile(rf"^\s*{_NUMBERED_THINGS}\d{{1,3}}\s*[.:)\-–—]+\s*")
"""``acuerdo 01. ``: what numbers a line and is no content, besides plain numbering."""
_ORDINAL = re.compile(rf"\W*(?:{_NUMBERED_THINGS})?(?:\d{{1,3}}|\w)\W*", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00(?::00)?)?\b")
_NEAR = 3
"""Paragraphs around a signature among which name, charge and line of the signatory stand."""


def words(text: str) -> list[str]:
    """The words of a text in order, folded."""
    return _WORD.findall(flat(text))


def content(text: str) -> str:
    """``text`` without placeholders of ours, dates that are data written out, as documents that are handed back write them."""
    return _ISO.sub(_written_out, without_placeholders(text)).strip()


class _Speech(msgspec.Struct):
    """What one section says: words yet to be answered for, and which follow one another."""

    left: Counter[str]
    pairs: set[tuple[str, str]]


class Ledger:
    """Asked line by line, in reading order, whether the outline has told it."""

    def __init__(
        self,
        everything: Sequence[Block],
        fields: Mapping[str, FieldValue],
        sections: Iterable[Section],
        labels: Iterable[str],
        answers: Mapping[str, str],
    ) -> None:
        """``labels`` are the type's words for its fields; ``answers`` names the table, a column of which stands for a field."""
        names = [*labels, *(value.label for value in fields.values())]
        self._labels = {label_form(name) for name in names} - {""}
        self._label_words = {word for name in names for word in words(name)}
        self._speech = {section.field: _speech(section.pieces) for section in sections}
        self._at: dict[Place, set[str]] = {}
        self._values: set[Place] = set()
        for name, value in fields.items():
            self._values.update(_places(value, exactly=True))
            for place in _places(value):
                self._at.setdefault(place, set()).update((name, answers.get(name, name)))
        self._signatures_around(everything, fields)

    def speakers(self, places: Iterable[Place]) -> frozenset[str]:
        """The sections that took something from one of ``places``."""
        return frozenset(name for place in places for name in self._at.get(place, ()))

    def holds_value(self, places: Iterable[Place]) -> bool:
        """Whether one of ``places`` is where a value was read, rather than only under the label of a field."""
        return not self._values.isdisjoint(places)

    def is_label(self, text: str) -> bool:
        """Whether ``text`` is no more than what a field or column is called, by the type or by the submission."""
        return label_form(text) in self._labels

    def names_only(self, text: str) -> bool:
        """Whether ``text`` is made of words of labels alone: ``Lugar``, where the type knows «Lugar y fecha»."""
        return self._label_words.issuperset(words(text))

    def tells(self, text: str, speakers: Iterable[str], *, numbers: bool = False) -> bool:
        """Whether ``speakers`` say the line ``text``, whose words are then answered for. Blanks, ordinals and bare labels need no telling.

        In longer lines most of the words must follow one another as they do there. ``numbers``: a bare number is a value, no ordinal.
        """
        text = content(text)
        ordinal = _ORDINAL.fullmatch(text) and not (numbers and any(map(str.isdigit, text)))
        if is_placeholder(text) or ordinal or self.is_label(text):
            return True
        speeches = [self._speech[name] for name in sorted(speakers) if name in self._speech]
        if not speeches:
            return False
        found = words(NUMBERING.sub("", _NUMBERED.sub("", flat(text)), count=1))
        owed = Counter(w for w in found if len(w) > 1 or w.isdigit())
        for word, count in owed.items():
            if sum(s.left[word] for s in speeches) < count and word not in self._label_words:
                return False
        pairs = [p for p in pairwise(found) if not self._label_words.intersection(p)]
        if len(found) >= 4 and 2 * sum(any(p in s.pairs for s in speeches) for p in pairs) < len(pairs):
            return False
        for word, count in owed.items():
            for speech in speeches:
                taken = min(count, speech.left[word])
                speech.left[word] -= taken
                count -= taken
        return True

    def _signatures_around(self, everything: Sequence[Block], fields: Mapping[str, FieldValue]) -> None:
        """A signatory's name, charge and line stand in neighbouring paragraphs, of which the field knows one."""
        paragraphs = list(paragraphs_of(tuple(everything)))
        for name, value in fields.items():
            blocks = value.value if isinstance(value.value, tuple) else ()
            places = {b.place for b in blocks if isinstance(b, SignatureBlock)}
            at = [i for i, p in enumerate(paragraphs) if p.place in places]
            for position in at:
                for paragraph in paragraphs[max(0, position - _NEAR) : position + _NEAR + 1]:
                    self._at.setdefault(paragraph.place, set()).add(name)


def places_of(block: Block | Cell) -> Iterator[Place]:
    """The places of a block or cell and of all within it."""
    yield block.place
    if isinstance(block, Table):
        for cell in block.cells:
            yield from places_of(cell)
    elif isinstance(block, Cell):
        for inner in block.blocks:
            yield from places_of(inner)


def _places(value: FieldValue, *, exactly: bool = False) -> Iterator[Place]:
    """Where what a field says stands, and unless ``exactly`` all that stands under its label."""
    found: list[Place | None] = [value.place]
    if not exactly:
        found += (p for block in value.blocks for p in places_of(block))
    for item in value.value if isinstance(value.value, tuple) else ():
        if isinstance(item, Person | SignatureBlock | Row):
            found.append(item.place)
        if isinstance(item, Row):
            found += (p for cell in item.cells.values() for p in _places(cell, exactly=exactly))
    nowhere = Place()
    return (place for place in found if place is not None and place != nowhere)


def _speech(pieces: tuple[Piece, ...]) -> _Speech:
    left: Counter[str] = Counter()
    pairs: set[tuple[str, str]] = set()
    for text in texts_of(pieces):
        said = words(" ".join(run.text for run in text.runs if run.tone != "gap"))
        left.update(said)
        pairs.update(pairwise(said))
    return _Speech(left, pairs)


def _written_out(date: re.Match[str]) -> str:
    try:
        return long_date(dt.date(int(date[1]), int(date[2]), int(date[3])))
    except ValueError:
        return date[0]
