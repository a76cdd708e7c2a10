"""``named_in``: what this document is about is named in the other one, such as an evaluation in the programme that schedules it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.data import called, data_of
from checker.kinds.protocol import Context
from checker.kinds.values import short
from checker.recognise.model import FieldValue, Recognised, Row
from checker.spanish.text import flat

_SHORT = 3
"""Letters up to which a word only joins others."""


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    field: str
    """Field or ``table.column`` whose words are looked for."""
    other: tuple[str, ...]
    """Fields of the other document in which they are looked for."""
    among: tuple[str, ...] = ()
    """Words one of which the other document must use at all: without them nothing of the kind is named there."""
    besides: tuple[str, ...] = ()
    """Words that name nothing by themselves: ``OOAD``."""
    share: int = 100
    """Percentage of the words that one paragraph or row of the other document must have."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether each value is named there; silent where the other document shows none of those fields."""
    other = context.other
    assert other is not None, "a rule across documents is observed only with the other one"
    pieces = [flat(t) for name in params.other if (v := other.fields.get(name)) for t in _pieces(v) if t.strip()]
    if not pieces:
        return
    there = not params.among or any(re.search(rf"(?<!\w){re.escape(flat(w))}", p) for w in params.among for p in pieces)
    besides = {flat(word) for word in params.besides}
    bags = [frozenset(re.findall(r"\w+", piece)) for piece in pieces]
    for datum in data_of(submission, params.field):
        words = {w for w in re.findall(r"\w+", flat(datum.text)) if len(w) > _SHORT and w not in besides}
        if not words:
            continue
        best = max(len(words & bag) for bag in bags)
        named = "yes" if there and best * 100 >= params.share * len(words) else "unsure" if there else "no"
        told = {
            "called": called(submission, params.field, datum.row),
            "given": short(datum.text),
            "document": other.title,
            "among": params.among[0] if params.among else "",
        }
        yield Fact("named_in", rule, {"named": named}, datum.subject, datum.place, datum.text, (), told)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Nothing of the kind is named there; or perhaps under other words."""
    return (
        Clause("named_in", rule, (Test("named", "==", "no"),), "violated", "no"),
        Clause("named_in", rule, (Test("named", "==", "unsure"),), "undetermined", "unsure"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What was looked for, and where."""
    w = fact.words
    if say == "no":
        return f"«{w['document']}» no menciona «{w['among']}», y {w['called']} dice «{w['given']}»."
    return f"No se pudo confirmar que «{w['document']}» comprenda {w['called']}: «{w['given']}» no figura ahí con esas palabras."


def _pieces(value: FieldValue) -> Iterator[str]:
    """What one paragraph or row says."""
    if not isinstance(value.value, tuple):
        yield value.text
        return
    for item in value.value:
        yield " ".join([item.text, *(c.text for c in item.cells.values())]) if isinstance(item, Row) else str(item)
