"""The document types that a file may be of, and what is looked up about all of them at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from checker.packs.model import DocumentType
from checker.packs.tables import Catalogue
from checker.recognise.titles import TitleIndex
from checker.spanish.text import flat, label_form
from parsers.model import Document, paragraphs_of

if TYPE_CHECKING:
    from checker.packs.pack import Pack

_SAMPLED = 3000  # paragraphs of a document asked for labels
_LONGEST_LABEL = 90
_WORD = re.compile(r"\w+")


class Candidate(msgspec.Struct, frozen=True):
    """A document type with the pack that defines it."""

    pack: str
    type: DocumentType
    speakers: tuple[str, ...] = ()
    """Words that name the pack's issuer, its roles and its things: what tells two types of one name apart."""


def speakers_of(pack: Pack) -> tuple[str, ...]:
    """Words by which a document shows whose it is: the issuer, the roles and their abbreviations, the names of its catalogues."""
    issuers = [*pack.info.id.split("/")[:1], *pack.info.issuer.split(",")]
    roles = [w for r in pack.roles.values() for w in (r.name, *r.abbreviations, *r.aliases)]
    tables = [t for t in pack.tables.values() if isinstance(t, Catalogue)]
    entries = [name for t in tables for name in t.entries if len(name) > 4]
    return tuple(dict.fromkeys(w.strip() for w in (*issuers, *roles, *entries) if len(w.strip()) > 2))


class Candidates:
    """Titles and labels of all candidates, indexed once for any number of documents."""

    def __init__(self, known: Sequence[Candidate]) -> None:
        self.known = tuple(known)
        self._vocabularies: dict[str, set[str]] = {}
        self._speakers: dict[str, frozenset[str]] = {}

    @cached_property
    def titles(self) -> TitleIndex:
        return TitleIndex([c.type for c in self.known])

    @cached_property
    def _labels(self) -> dict[str, list[tuple[int, str]]]:
        """Label → the types that have it, with the field or ``table.column`` that it names there."""
        index: dict[str, list[tuple[int, str]]] = {}
        for number, candidate in enumerate(self.known):
            for name, labels in _labels_of(candidate.type):
                for form in dict.fromkeys(map(label_form, labels)):
                    index.setdefault(form, []).append((number, name))
        return index

    def likeness(self, document: Document) -> list[float]:
        """For every candidate how much of what it knows by label stands in the document: found fields times their share."""
        found: list[set[str]] = [set() for _ in self.known]
        for form in _forms(document):
            for number, name in self._labels.get(form, ()):
                found[number].add(name)
        sizes = [sum(1 for _ in _labels_of(c.type)) for c in self.known]
        return [len(names) ** 2 / max(1, size) for names, size in zip(found, sizes, strict=True)]

    def speaking(self, words: str, tied: Sequence[Candidate]) -> list[int]:
        """For each of ``tied`` how many of its speakers the document's ``words`` (folded) name; those that several share tell nothing."""
        own = [self._spoken(c) for c in tied]
        shared = Counter(s for speakers in own for s in speakers)
        text = _between_blanks(words)
        return [sum(s in text for s in speakers if shared[s] == 1) for speakers in own]

    def _spoken(self, candidate: Candidate) -> frozenset[str]:
        """The speakers of the candidate's pack as they are looked for."""
        if candidate.pack not in self._speakers:
            self._speakers[candidate.pack] = frozenset(_between_blanks(flat(s)) for s in candidate.speakers)
        return self._speakers[candidate.pack]

    def knows(self, candidate: Candidate, words: Sequence[str]) -> bool:
        """Some of the words belong to the trade of the candidate's pack: its titles, labels, people and things."""
        known = self._vocabularies.get(candidate.pack)
        if known is None:
            own = [c for c in self.known if c.pack == candidate.pack]
            texts = [s for c in own[:1] for s in c.speakers]
            texts += [t for c in own for t in (c.type.title, *c.type.recognise.titles, *c.type.recognise.also)]
            texts += [label for c in own for _, labels in _labels_of(c.type) for label in labels]
            known = {stem(w) for text in texts for w in re.findall(r"\w+", flat(text)) if len(w) > 2}
            self._vocabularies[candidate.pack] = known
        return any(stem(w) in known for w in words)


def _between_blanks(text: str) -> str:
    """The words of ``text`` alone, so that one text is within another only as whole words."""
    return f" {' '.join(_WORD.findall(text))} "


def stem(word: str) -> str:
    """A word without its ending, so that «riesgo» is «riesgos»."""
    return word.rstrip("aeosr")[:9]


def _labels_of(document_type: DocumentType) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, field in document_type.fields.items():
        yield name, (field.title, *field.labels)
        for column, spec in field.columns.items():
            yield f"{name}.{column}", (spec.title, *spec.labels)


def _forms(document: Document) -> set[str]:
    """Everything short in the document that could be a label: whole lines and cells, and what stands before a colon."""
    forms: set[str] = set()
    for count, paragraph in enumerate(paragraphs_of(document.blocks)):
        if count > _SAMPLED:
            break
        for line in paragraph.text.split("\n"):
            label, colon, _ = line.partition(":")
            if colon and len(label) <= _LONGEST_LABEL:
                forms.add(label_form(label))
            elif len(line) <= _LONGEST_LABEL:
                forms.add(label_form(line))
    forms.discard("")
    return forms
