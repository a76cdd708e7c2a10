"""``named_so``: where a document lists what a decision table answers, as a legend does, each entry says all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import field_title, rows_of, short
from checker.recognise.model import Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    rows: str
    """Table field that is the legend."""
    by: str
    """Decision table of the pack."""
    key: str
    """Its answer that names the entry, and the column, of kind ``choice``, of that name."""
    value: str
    """The entry that the rule is about."""
    says: dict[str, str]
    """Other answers → columns, of kind ``choice``, that state them."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """What the entry says of itself; silent where it says nothing."""
    table = context.pack.decision_table(params.by)
    right = next((line.then for line in table.lines if line.then.get(params.key) == params.value), None)
    for row in rows_of(submission.fields[params.rows]) if right else ():
        if row.cells[params.key].value != params.value:
            continue
        for answer, column in params.says.items():
            cell = row.cells[column]
            if cell.state in ("absent", "empty"):
                continue
            assert right is not None, "rows are looked at only where the table has the entry"
            known = cell.state == "present" and not cell.problem
            fits = "unknown" if not known else "yes" if cell.value == right[answer] else "no"
            words = {
                "entry": f"{field_title(submission, params.rows, params.key).lower()} {params.value}",
                "title": field_title(submission, params.rows, column),
                "given": short(cell.text),
                "right": right[answer],
            }
            subject = f"{params.rows}[{row.index}].{column}"
            yield Fact("named_so", rule, {"fits": fits}, subject, cell.place or row.place, cell.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Another answer's words, or words that are none's."""
    return (
        Clause("named_so", rule, (Test("fits", "==", "no"),), "violated", "wrong"),
        Clause("named_so", rule, (Test("fits", "==", "unknown"),), "undetermined", "unknown"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The entry, what it says, and what belongs to it."""
    w = fact.words
    if say == "unknown":
        return f"No se pudo determinar si «{w['title']}» del {w['entry']} es «{w['right']}»: dice «{w['given']}»."
    return f"«{w['title']}» del {w['entry']} dice «{w['given']}»; corresponde «{w['right']}»."
