"""``not_above``: a number is not greater than another of the same row or document."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.data import called
from checker.kinds.protocol import Context
from checker.kinds.values import cells_of, field_title
from checker.recognise.model import FieldValue, Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind: two fields, or two columns of one table."""

    field: str
    than: str
    """What it may reach and not exceed."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether each exceeds its bound; silent where either is not a number."""
    table, _, column = params.than.partition(".")
    for subject, value, row in cells_of(submission, params.field):
        bound = row.cells[column] if row is not None and column else submission.fields[table]
        if not (_is_number(value) and _is_number(bound)):
            continue
        words = {
            "called": called(submission, params.field, row),
            "given": value.text,
            "title": field_title(submission, table, column or None),
            "bound": bound.text,
        }
        above = Decimal(str(value.value)) > Decimal(str(bound.value))
        place = value.place or (row.place if row else None)
        rests_on = (bound.place,) if bound.place else ()
        yield Fact("not_above", rule, {"above": above}, subject, place, value.text, rests_on, words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """It exceeds its bound."""
    return (Clause("not_above", rule, (Test("above", "==", True),), "violated", "above"),)


def message(params: Params, fact: Fact, say: str) -> str:
    """Both numbers."""
    w = fact.words
    return f"{w['called']} dice {w['given']}, más que «{w['title']}» ({w['bound']})."


def _is_number(value: FieldValue) -> bool:
    return value.state == "present" and isinstance(value.value, int | Decimal)
