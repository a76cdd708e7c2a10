"""``each_has``: what several rows are about has a row of each kind: the programmed and the real of every action."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.selection import row_key
from checker.kinds.values import field_title, joined, rows_of, short
from checker.recognise.model import Recognised, Row


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    table: str
    by: tuple[str, ...]
    """Columns that tell what a row is about."""
    column: str
    """A choice."""
    values: tuple[str, ...]
    """Those of its values that each must have."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Which values each thing lacks, told at its first row; where no row makes the choice at all, that is doubted once."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows_of(submission.fields[params.table]):
        if (key := row_key(row, params.by)) is not None:
            groups.setdefault(key, []).append(row)
    if groups and all(row.cells[params.column].state == "absent" for rows in groups.values() for row in rows):
        value = submission.fields[params.table]
        words = {
            "title": field_title(submission, params.table, params.column),
            "missing": joined([f"«{v}»" for v in params.values]),
            "table": field_title(submission, params.table),
        }
        yield Fact("each_has", rule, {"has": "unseen"}, params.table, value.place, value.text, (), words)
        return
    for rows in groups.values():
        cells = [row.cells[params.column] for row in rows]
        missing = [v for v in params.values if v not in [c.value for c in cells]]
        unread = sum(c.value is None for c in cells)
        has = "all" if not missing else "unsure" if unread >= len(missing) else "some"
        words = {
            "title": field_title(submission, params.table, params.column),
            "missing": joined([f"«{m}»" for m in missing]),
            "of": short(rows[0].text),
            "by": short(rows[0].cells[params.by[0]].text),
        }
        subject = f"{params.table}[{rows[0].index}].{params.column}"
        yield Fact("each_has", rule, {"has": has}, subject, rows[0].place, rows[0].text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """A row is missing, or may be one that does not say which it is; or none says it."""
    return (
        Clause("each_has", rule, (Test("has", "==", "some"),), "violated", "some"),
        Clause("each_has", rule, (Test("has", "==", "unsure"),), "undetermined", "unsure"),
        Clause("each_has", rule, (Test("has", "==", "unseen"),), "undetermined", "unseen"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What lacks which row."""
    w = fact.words
    if say == "unseen":
        return (
            f"No se pudo determinar qué renglones de «{w['table']}» son {w['missing']}: ninguno señala «{w['title']}»."
        )
    which = f"{w['by']} («{w['of']}»)" if w["by"] != w["of"] else f"«{w['of']}»"
    if say == "unsure":
        return f"No se pudo determinar si {which} lleva el renglón {w['missing']}: un renglón no dice cuál es."
    return f"{which[:1].upper()}{which[1:]} no lleva el renglón {w['missing']} («{w['title']}»)."
