"""``states_unit``: a quantity goes with its unit, in its own cell or in another: «12 informes»."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import field_title, of_the, rows_of, short, the_row
from checker.recognise.model import Recognised

_LETTERS = re.compile(r"[^\W\d_]{2,}|%")


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    table: str
    quantity: str
    """Column of the quantity."""
    column: str
    """Column of the unit, where the form has one."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether each quantity has a unit; one that a merged cell carries down is judged once, and a row without quantity not at all."""
    title = field_title(submission, params.table, params.column)
    before = None
    for row in rows_of(submission.fields[params.table]):
        quantity, unit = row.cells[params.quantity], row.cells[params.column]
        if quantity.state != "present" or (quantity.place is not None and quantity.place == before):
            continue
        before = quantity.place
        stated = "yes" if unit.state == "present" or _LETTERS.search(quantity.text) else "no"
        if unit.state == "undetermined" and stated == "no":
            stated = "unread"
        words = {"title": title, "row": the_row(submission, params.table, row), "given": short(quantity.text)}
        words["of"] = short(row.text)
        subject = f"{params.table}[{row.index}].{params.column}"
        place = unit.place or quantity.place or row.place
        yield Fact("states_unit", rule, {"stated": stated}, subject, place, quantity.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """No unit, or one that cannot be read."""
    return (
        Clause("states_unit", rule, (Test("stated", "==", "no"),), "violated", "no"),
        Clause("states_unit", rule, (Test("stated", "==", "unread"),), "undetermined", "unread"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The quantity and its row."""
    w = fact.words
    if say == "unread":
        return f"No se pudo determinar «{w['title']}» {of_the(w['row'])}."
    return f"La cantidad «{w['given']}» {of_the(w['row'])} («{w['of']}») no señala «{w['title']}»."
