"""``decided_by``: what a document states about a number or a pair of numbers is what a decision table of the norm answers for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact, Scalar
from checker.kinds.comparing import Likeness, text_likeness
from checker.kinds.protocol import Context
from checker.kinds.values import capital, field_title, joined, rows_of, short, the_row
from checker.packs.decision import line_at, lines_standing, outside
from checker.recognise.model import FieldValue, Recognised, Row


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    by: str
    """Decision table of the pack."""
    rows: str
    """Table field, each of whose rows is decided."""
    says: dict[str, str]
    """Answer of the decision table → column that states it."""
    inputs: dict[str, str] = {}
    """Input of the decision table → column that holds the number, where their names differ."""
    only: dict[str, str] = {}
    """Answer → value: only what the table answers so, as each quadrant is an obligation of its own."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """How each statement compares with the table's answer.

    Silent on a row without its numbers, or with one out of scale: ``required`` and ``range`` tell those.
    """
    table = context.pack.decision_table(params.by)
    lines = lines_standing(table, context.pack, context.readings)
    columns = {name: params.inputs.get(name, name) for name in table.inputs}
    for row in rows_of(submission.fields[params.rows]):
        point = _point(row, columns)
        if point is None or outside(table, point):
            continue
        line = line_at(lines, point)
        if line is None or any(line.then.get(name) != value for name, value in params.only.items()):
            continue
        given = joined(
            [f"{field_title(submission, params.rows, c).lower()} {short(row.cells[c].text)}" for c in columns.values()]
        )
        for answer, column in params.says.items():
            stated = row.cells[column]
            like = _likeness(stated, line.then[answer], exact=_is_choice(submission, params.rows, column))
            if like is Likeness.UNKNOWN and stated.state != "undetermined" and not stated.problem:
                continue
            words = {
                "row": the_row(submission, params.rows, row),
                "of": short(row.text),
                "given": given,
                "title": field_title(submission, params.rows, column),
                "stated": short(stated.text),
                "right": line.then[answer],
                "reading": line.interpretation or "",
            }
            attributes: dict[str, Scalar] = {"like": like.value}
            subject = f"{params.rows}[{row.index}].{column}"
            yield Fact("decided_by", rule, attributes, subject, stated.place or row.place, stated.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """It states another answer, or what cannot be told to be the answer."""
    return (
        Clause("decided_by", rule, (Test("like", "==", "different"),), "violated", "different"),
        Clause("decided_by", rule, (Test("like", "==", "near"),), "undetermined", "unsure"),
        Clause("decided_by", rule, (Test("like", "==", "unknown"),), "undetermined", "unsure"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The numbers, what they decide, and what the document states."""
    w = fact.words
    reading = f" (Conforme al criterio de interpretación {w['reading']}.)" if w["reading"] else ""
    where = capital(f"{w['row']} («{w['of']}»)" if w["of"] else w["row"])
    decides = f"{where}, con {w['given']}, corresponde a «{w['right']}» en «{w['title']}»"
    if say == "unsure":
        stated = f"«{w['stated']}»" if w["stated"] else "lo que dice"
        return f"{decides}; no se pudo determinar si {stated} lo es.{reading}"
    return f"{decides}, y dice «{w['stated']}».{reading}"


def _point(row: Row, columns: Mapping[str, str]) -> dict[str, Decimal] | None:
    numbers = {name: row.cells[column].value for name, column in columns.items()}
    point = {name: number for name, number in numbers.items() if isinstance(number, Decimal)}
    return point if len(point) == len(columns) else None


def _is_choice(submission: Recognised, table: str, column: str) -> bool:
    assert submission.type is not None, "rules run on submissions whose type is known"
    return submission.type.fields[table].columns[column].kind == "choice"


def _likeness(stated: FieldValue, right: str, *, exact: bool) -> Likeness:
    """A choice is the answer or another one; free words may resemble it."""
    if stated.state != "present" or stated.problem or not isinstance(stated.value, str):
        return Likeness.UNKNOWN
    if exact:
        return Likeness.SAME if stated.value == right else Likeness.DIFFERENT
    return text_likeness(stated.value, right)
