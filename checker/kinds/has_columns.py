"""``has_columns``: a table has the columns of its form, whether or not anything stands in them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import field_title, joined, rows_of
from checker.recognise.model import Recognised

_TOLD = 5
"""Missing columns named in the sentence; of more the first and the last."""


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    table: str
    columns: tuple[str, ...]
    at_least: int | None = None
    """How many of them serve; all where not given."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """How many of the columns no row has a place for, told once; silent where the table has no rows, which ``required`` tells."""
    rows = list(rows_of(submission.fields[params.table]))
    if not rows:
        return
    missing = [
        field_title(submission, params.table, column)
        for column in params.columns
        if all(row.cells[column].state == "absent" for row in rows)
    ]
    if params.at_least is not None and len(params.columns) - len(missing) >= params.at_least:
        missing = []
    named = joined([f"«{m}»" for m in missing])
    if len(missing) > _TOLD:
        named = f"{len(missing)}, de «{missing[0]}» a «{missing[-1]}»"
    words = {"table": field_title(submission, params.table), "missing": named}
    value = submission.fields[params.table]
    yield Fact("has_columns", rule, {"missing": len(missing)}, params.table, value.place, value.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Some column is not there."""
    return (Clause("has_columns", rule, (Test("missing", ">", 0),), "violated", "missing"),)


def message(params: Params, fact: Fact, say: str) -> str:
    """The columns that are not there."""
    return f"«{fact.words['table']}» no tiene las columnas del formato: faltan {fact.words['missing']}."
