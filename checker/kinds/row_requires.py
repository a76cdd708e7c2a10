"""``row_requires``: rows of a certain kind owe one more column."""

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
    when: dict[str, tuple[str, ...]]
    """Column → values: rows where every one of these columns bears one of its values."""
    column: str
    """What such a row owes."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """State of the owed column in each row concerned, and in those that may be: what they say of their kind is not known."""
    title = field_title(submission, params.table, params.column)
    for row in rows_of(submission.fields[params.table]):
        unlike = [c for c, values in params.when.items() if row.cells[c].value not in values]
        if not all(_unknown(row.cells[c]) for c in unlike):
            continue
        cell = row.cells[params.column]
        if unlike and cell.state not in ("absent", "empty"):
            continue
        words = {
            "title": title,
            "row": the_row(submission, params.table, row),
            "of": short(row.text),
            "kind": ", ".join(str(row.cells[c].value or short(row.cells[c].text)) for c in params.when),
            "why": (cell.problem or cell.reason).rstrip("."),
        }
        attributes: dict[str, Scalar] = {"state": "unsure" if unlike else cell.state, "valid": not cell.problem}
        subject = f"{params.table}[{row.index}].{params.column}"
        yield Fact("row_requires", rule, attributes, subject, cell.place or row.place, cell.text or row.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Missing, empty, wrong or not readable; or missing where it may not be owed."""
    present = Test("state", "==", "present")
    return (
        Clause("row_requires", rule, (Test("state", "==", "absent"),), "violated", "missing"),
        Clause("row_requires", rule, (Test("state", "==", "empty"),), "violated", "missing"),
        Clause("row_requires", rule, (present, Test("valid", "==", False)), "violated", "invalid"),
        Clause("row_requires", rule, (Test("state", "==", "undetermined"),), "undetermined", "undetermined"),
        Clause("row_requires", rule, (Test("state", "==", "unsure"),), "undetermined", "unsure"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The row and what it owes."""
    w = fact.words
    of = f"{w['row']} («{w['of']}», {w['kind']})" if w["of"] else f"{w['row']} ({w['kind']})"
    if say == "missing":
        return f"{capital(of)} no señala «{w['title']}»."
    if say == "unsure":
        return f"No se pudo determinar si {of} debe señalar «{w['title']}»."
    verb = "no es válido" if say == "invalid" else "no se pudo determinar"
    return f"«{w['title']}» {verb} en {of}: {w['why']}."


def _unknown(cell: FieldValue) -> bool:
    """Something stands there of which it is not known what it is."""
    return cell.state == "undetermined" or (cell.state == "present" and cell.value is None)
