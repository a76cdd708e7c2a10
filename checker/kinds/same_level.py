"""``same_level``: two numbers of a row, each on its own scale, stand for the same level."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import field_title, rows_of, short, the_row
from checker.packs.decision import line_at, lines_standing, outside
from checker.recognise.model import FieldValue, Recognised


class Scale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column and the decision table, of one input, that tells its level."""

    by: str
    column: str


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    rows: str
    one: Scale
    other: Scale
    answer: str
    """Answer of both tables that must be the same."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """The level of each; silent on a row without both numbers, or with one out of scale, which ``range`` tells."""
    for row in rows_of(submission.fields[params.rows]):
        first, second = row.cells[params.one.column], row.cells[params.other.column]
        levels = [
            _level(scale, cell, params.answer, context) for scale, cell in ((params.one, first), (params.other, second))
        ]
        if not levels[0] or not levels[1]:
            continue
        words = {
            "row": the_row(submission, params.rows, row),
            "of": short(row.text),
            "one": field_title(submission, params.rows, params.one.column),
            "one-given": short(first.text),
            "one-level": levels[0],
            "other": field_title(submission, params.rows, params.other.column),
            "other-given": short(second.text),
            "other-level": levels[1],
        }
        subject = f"{params.rows}[{row.index}].{params.one.column}"
        same = levels[0] == levels[1]
        yield Fact("same_level", rule, {"same": same}, subject, first.place or row.place, first.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """They stand for different levels."""
    return (Clause("same_level", rule, (Test("same", "==", False),), "violated", "different"),)


def message(params: Params, fact: Fact, say: str) -> str:
    """Both numbers with their levels."""
    w = fact.words
    of = f" («{w['of']}»)" if w["of"] else ""
    return (
        f"En {w['row']}{of}, «{w['one']}» dice «{w['one-given']}», que corresponde a «{w['one-level']}», "
        f"y «{w['other']}», «{w['other-given']}», que corresponde a «{w['other-level']}»."
    )


def _level(scale: Scale, cell: FieldValue, answer: str, context: Context) -> str:
    table = context.pack.decision_table(scale.by)
    if not isinstance(cell.value, Decimal):
        return ""
    point = dict.fromkeys(table.inputs, cell.value)
    if outside(table, point):
        return ""
    line = line_at(lines_standing(table, context.pack, context.readings), point)
    return line.then[answer] if line else ""
