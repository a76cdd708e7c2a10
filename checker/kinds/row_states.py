"""``row_states``: every row says something in one of several columns, or the document says it once for all its rows."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact, Scalar
from checker.kinds.protocol import Context
from checker.kinds.values import capital, field_title, rows_of, short, the_row
from checker.recognise.model import FieldValue, Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    table: str
    columns: tuple[str, ...]
    """Any of them serves; findings name the first."""
    or_field: str | None = None
    """A field of the document that serves all rows."""
    valid: bool = True
    """What is stated is valid too; otherwise any words serve."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """The best that each row says: valid, else doubtful, else not valid, else nothing."""
    common = [submission.fields[params.or_field]] if params.or_field else []
    title = " o ".join(f"«{field_title(submission, params.table, c)}»" for c in params.columns)
    for row in rows_of(submission.fields[params.table]):
        own = [row.cells[c] for c in params.columns]
        best = min((*own, *common), key=_rank)
        words = {
            "title": title,
            "row": the_row(submission, params.table, row),
            "of": short(row.text),
            "why": (best.problem or best.reason).rstrip("."),
        }
        says = _SAYS[_rank(best)]
        attributes: dict[str, Scalar] = {"says": "valid" if says == "invalid" and not params.valid else says}
        subject = f"{params.table}[{row.index}].{params.columns[0]}"
        yield Fact("row_states", rule, attributes, subject, best.place or row.place, best.text or row.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Nothing, what is not valid, or what could not be read."""
    return (
        Clause("row_states", rule, (Test("says", "==", "nothing"),), "violated", "missing"),
        Clause("row_states", rule, (Test("says", "==", "invalid"),), "violated", "invalid"),
        Clause("row_states", rule, (Test("says", "==", "doubtful"),), "undetermined", "doubtful"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The row and what it owes."""
    w = fact.words
    row = f"{w['row']} («{w['of']}»)" if w["of"] else w["row"]
    if say == "missing":
        return f"{capital(row)} no señala {w['title']}."
    verb = "no es válido" if say == "invalid" else "no se pudo determinar"
    return f"{w['title']} {verb} en {row}" + (f": {w['why']}." if w["why"] else ".")


_SAYS = ("valid", "doubtful", "invalid", "nothing")


def _rank(value: FieldValue) -> int:
    if value.state == "present":
        return 2 if value.problem else 0
    return 1 if value.state == "undetermined" else 3
