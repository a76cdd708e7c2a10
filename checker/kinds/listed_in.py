"""``listed_in``: what this document states is among what a list or text of the other one names."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.comparing import place_of, text_key
from checker.kinds.data import called, data_of
from checker.kinds.protocol import Context
from checker.kinds.values import rows_of, short
from checker.recognise.model import FieldValue, Recognised
from checker.spanish.text import label_form

_NEAR = 88.0
"""Likeness, 0–100, from which a text may be one of the other document's with a slip."""


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    field: str
    """Field or ``table.column``."""
    listed: str
    """Field of the other document, or ``table.column`` of it."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether each value is named there, its numbering aside; silent where either does not state anything."""
    other = context.other
    assert other is not None, "a rule across documents is observed only with the other one"
    table, _, column = params.listed.partition(".")
    value = other.fields[table]
    texts = [r.cells[column].text for r in rows_of(value)] if column else _texts(value)
    known = [label_form(t) for t in texts if t.strip()]
    if not known or value.state != "present":
        return
    judged: set[str] = set()
    for datum in data_of(submission, params.field):
        if text_key(datum.text) in judged:
            continue
        judged.add(text_key(datum.text))
        words = {
            "called": called(submission, params.field, datum.row),
            "given": short(datum.text),
            "document": other.title,
            "where": place_of(other.path, value.place),
        }
        found = _found(label_form(datum.text), known)
        yield Fact("listed_in", rule, {"found": found}, datum.subject, datum.place, datum.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Not named there, or only nearly."""
    return (
        Clause("listed_in", rule, (Test("found", "==", "no"),), "violated", "no"),
        Clause("listed_in", rule, (Test("found", "==", "near"),), "undetermined", "near"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The value and the other document."""
    w = fact.words
    where = f"«{w['document']}» ({w['where']})"
    if say == "near":
        return f"No se pudo confirmar que {w['called']} («{w['given']}») figure en {where}: hay un texto parecido."
    return f"{w['called']} («{w['given']}») no figura en {where}."


def _texts(value: FieldValue) -> list[str]:
    if isinstance(value.value, tuple) and all(isinstance(v, str) for v in value.value):
        return [str(v) for v in value.value]
    return (value.value if isinstance(value.value, str) else value.text).split("\n")


def _found(own: str, known: list[str]) -> str:
    if not own or any(own in text or (len(text) > 20 and text in own) for text in known):
        return "yes"
    from rapidfuzz.fuzz import partial_ratio, ratio

    return "near" if any(max(ratio(own, t), partial_ratio(own, t)) >= _NEAR for t in known) else "no"
