"""``described``: the document says something of its own, besides its title, its labels and what identifies it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.packs.model import DocumentType
from checker.recognise.model import FieldValue, Recognised, Row
from checker.spanish.text import is_placeholder, label_form, squeeze, without_guidance
from parsers.model import Paragraph, paragraphs_of


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    words: int
    """Below this number of words nothing is described."""
    besides: tuple[str, ...] = ()
    """Fields that only identify the document."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """How many words it has of its own; a page that could not be read, or a picture, may hold more."""
    assert submission.type is not None, "rules run on submissions whose type is known"
    document = submission.document
    paragraphs = [p for p in paragraphs_of(document.blocks) if p.origin in ("body", "textbox")]
    paragraphs = paragraphs[_titled_at(paragraphs, submission.type) :]
    known = _labels(submission.type)
    identified = {squeeze(submission.fields[name].text) for name in params.besides}
    said = [t for p in paragraphs if (t := _own(p.text, known, identified))]
    if not paragraphs:
        said = [t for n, v in submission.fields.items() if n not in params.besides for t in _values(v)]
    words = sum(len(t.split()) for t in said)
    unread = bool(document.gaps) or any(p.images for p in paragraphs_of(document.blocks) if p.origin == "body")
    yield Fact("described", rule, {"words": min(words, params.words), "unread": unread}, "documento", None, "", (), {})


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """It says nothing; or nothing that could be read."""
    few = Test("words", "<", params.words)
    return (
        Clause("described", rule, (few, Test("unread", "==", False)), "violated", "blank"),
        Clause("described", rule, (few, Test("unread", "==", True)), "undetermined", "unread"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What the document lacks."""
    if say == "unread":
        return "No se pudo determinar qué describe el documento: casi no tiene texto que pueda leerse."
    return "El documento no describe nada: fuera de su título y de sus datos de identificación casi no tiene texto."


def _titled_at(paragraphs: Sequence[Paragraph], document_type: DocumentType) -> int:
    """Where the title stands; what is above it is a letterhead."""
    titles = tuple(map(label_form, (document_type.title, *document_type.recognise.titles)))
    return next((n for n, p in enumerate(paragraphs) if label_form(p.text).startswith(titles)), 0)


def _own(text: str, known: frozenset[str], identified: set[str]) -> str:
    """What of a paragraph is neither a label, nor a blank to fill in, nor what identifies the document."""
    bare = squeeze(without_guidance(text))
    label, colon, rest = bare.partition(":")
    if colon and label_form(label) in known:
        bare = squeeze(rest)
    if not bare or is_placeholder(bare) or bare in identified or label_form(bare) in known:
        return ""
    return bare


def _labels(document_type: DocumentType) -> frozenset[str]:
    words = [document_type.title, *document_type.recognise.titles]
    for field in document_type.fields.values():
        words += [field.title, *field.labels]
        for column in field.columns.values():
            words += [column.title, *column.labels]
    return frozenset(map(label_form, words))


def _values(value: FieldValue) -> Iterator[str]:
    if not isinstance(value.value, tuple):
        yield value.text
        return
    for item in value.value:
        if isinstance(item, Row):
            yield from (c.text for c in item.cells.values())
        else:
            yield str(item)
