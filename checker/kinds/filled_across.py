"""``filled_across``: rows say something under at least one of several columns: a month that is programmed, a week that is marked."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.selection import rows_where
from checker.kinds.values import capital, field_title, short, the_row
from checker.recognise.model import Recognised, Row


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    table: str
    columns: tuple[str, ...]
    where: dict[str, tuple[str, ...]] = {}
    """Column → values: the rows concerned."""
    heads: str | None = None
    """Catalogue of the names of rows that only stand over others and owe nothing."""
    by_colour: bool = False
    """Forms of this kind are also filled with colour, which words do not show: where no row says anything, that is only doubted, once."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether each row says something; silent about rows without a place for any of the columns, which ``has_columns`` tells."""
    value = submission.fields[params.table]
    heads = context.pack.catalogue(params.heads) if params.heads else None
    rows = [
        row
        for row in rows_where(value, params.where)
        if not (heads and heads.find(row.text)) and any(row.cells[c].state != "absent" for c in params.columns)
    ]
    said = [any(row.cells[c].state in ("present", "undetermined") for c in params.columns) for row in rows]
    first, last = (field_title(submission, params.table, c) for c in (params.columns[0], params.columns[-1]))
    words = {"first": first, "last": last, "table": field_title(submission, params.table)}
    if params.by_colour and rows and not any(said):
        yield Fact("filled_across", rule, {"filled": "unseen"}, params.table, value.place, value.text, (), words)
        return
    for row, filled in zip(rows, said, strict=True):
        yield _fact(rule, row, filled, {**words, "row": the_row(submission, params.table, row)}, params)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Nothing in a row, or nothing to be seen in any."""
    return (
        Clause("filled_across", rule, (Test("filled", "==", "no"),), "violated", "no"),
        Clause("filled_across", rule, (Test("filled", "==", "unseen"),), "undetermined", "unseen"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The row and the columns."""
    w = fact.words
    if say == "unseen":
        return f"No se pudo determinar qué se señala en «{w['table']}» de «{w['first']}» a «{w['last']}»: podría estar marcado con color."
    return f"{capital(w['row'])} («{w['of']}») no señala nada de «{w['first']}» a «{w['last']}»."


def _fact(rule: str, row: Row, filled: bool, words: dict[str, str], params: Params) -> Fact:
    subject = f"{params.table}[{row.index}].{params.columns[0]}"
    attributes = {"filled": "yes" if filled else "no"}
    return Fact(
        "filled_across", rule, {**attributes}, subject, row.place, row.text, (), {**words, "of": short(row.text)}
    )
