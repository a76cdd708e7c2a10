"""``in_order``: what a column or list names stands in the order of the norm: the six stages of a calendar."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.data import Datum, data_of
from checker.kinds.protocol import Context
from checker.kinds.values import field_title
from checker.recognise.model import Recognised
from checker.spanish.text import label_form


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    field: str
    values: tuple[str, ...]
    """In their order; each is told by the text that is it, or begins with it, its numbering aside."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether each value that is there stands after those before it; what is missing is told by ``covers``."""
    texts = [(label_form(d.text), d) for d in data_of(submission, params.field)]
    table, _, column = params.field.partition(".")
    last, before = -1, ""
    for value in params.values:
        form = label_form(value)
        found = next((n for n, (text, _) in enumerate(texts) if text == form), None)
        if found is None:
            found = next((n for n, (text, _) in enumerate(texts) if text.startswith(f"{form} ")), None)
        if found is None:
            continue
        datum: Datum = texts[found][1]
        words = {"title": field_title(submission, table, column or None), "value": value, "before": before}
        stands = "early" if found < last else "right"
        yield Fact("in_order", rule, {"stands": stands}, datum.subject, datum.place, datum.text, (), words)
        if found > last:
            last, before = found, value


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Before its turn."""
    return (Clause("in_order", rule, (Test("stands", "==", "early"),), "violated", "early"),)


def message(params: Params, fact: Fact, say: str) -> str:
    """The value and the one that it should follow."""
    w = fact.words
    return f"En «{w['title']}», «{w['value']}» está fuera de orden: debe ir después de «{w['before']}»."
