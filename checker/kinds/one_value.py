"""``one_value``: a column says the same in all its rows: one objective in a form that is made for one."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.comparing import text_key
from checker.kinds.data import Datum, data_of
from checker.kinds.protocol import Context
from checker.kinds.values import field_title, joined, short
from checker.recognise.model import Recognised

_TOLD = 4


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    field: str
    """``table.column``."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """How many values there are, told at the first that is another; silent where there is none."""
    given: dict[str, Datum] = {}
    for datum in data_of(submission, params.field):
        given.setdefault(text_key(datum.text), datum)
    if not given:
        return
    values = list(given.values())
    told = values[1] if len(values) > 1 else values[0]
    table, _, column = params.field.partition(".")
    words = {
        "title": field_title(submission, table, column or None),
        "values": joined([f"«{short(v.text)}»" for v in values[:_TOLD]]),
        "count": str(len(values)),
    }
    yield Fact("one_value", rule, {"count": len(values)}, told.subject, told.place, told.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """More than one."""
    return (Clause("one_value", rule, (Test("count", ">", 1),), "violated", "several"),)


def message(params: Params, fact: Fact, say: str) -> str:
    """The values."""
    w = fact.words
    return f"«{w['title']}» tiene {w['count']} valores en un mismo documento ({w['values']}); corresponde uno."
