"""``speaks_of``: the document speaks of every topic that the norm has it cover, wherever it does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.recognise.model import FieldValue, Person, Recognised, Row, SignatureBlock
from checker.spanish.text import flat, squeeze
from parsers.model import paragraphs_of


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    topics: dict[str, tuple[str, ...]]
    """Name of the topic → other words for it; one that ends in ``-`` stands for all that begin with it."""
    drawn: bool = False
    """A picture may show what no word says."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether each topic is named somewhere in the document, headers of tables and titles of sections included."""
    text = _words(submission)
    pictures = params.drawn and any(p.images for p in paragraphs_of(submission.document.blocks))
    for topic, others in params.topics.items():
        named = bool(_pattern((topic, *others)).search(text))
        told = "yes" if named else "drawn" if pictures else "no"
        yield Fact("speaks_of", rule, {"told": told}, "documento", None, "", (), {"topic": topic})


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Named nowhere; or perhaps only in a picture."""
    return (
        Clause("speaks_of", rule, (Test("told", "==", "no"),), "violated", "missing"),
        Clause("speaks_of", rule, (Test("told", "==", "drawn"),), "undetermined", "drawn"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The topic."""
    topic = fact.words["topic"]
    if say == "drawn":
        return f"No se pudo determinar si el documento muestra «{topic}»: no consta en el texto, y trae imágenes que no se leen."
    return f"El documento no se refiere a «{topic}»."


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    forms = [re.escape(flat(w.removesuffix("-"))) + (r"\w*" if w.endswith("-") else "") for w in words]
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")


def _words(submission: Recognised) -> str:
    """All that the document says: its paragraphs, and the values of its fields with their labels."""
    parts = [p.text for p in paragraphs_of(submission.document.blocks)]
    for value in submission.fields.values():
        parts += _said(value)
    return flat(squeeze(" \n ".join(parts)))


def _said(value: FieldValue) -> Iterator[str]:
    yield value.text
    for item in value.value if isinstance(value.value, tuple) else ():
        if isinstance(item, Row):
            yield item.text
            yield from (c.text for c in item.cells.values())
        elif isinstance(item, Person | SignatureBlock):
            yield f"{item.name} {item.charge}"
        else:
            yield str(item)
