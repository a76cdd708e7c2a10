"""``annexed``: each row says that what accompanies it is there: the curriculum vitae of each speaker."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import cells_of, field_title, short, the_row
from checker.recognise.model import Recognised
from checker.spanish.text import flat

_NO = frozenset(("no", "pendiente", "falta", "sin cv", "no entregado", "por entregar", "x entregar", "solicitado"))


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind: ``table.column``."""

    field: str


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """What each row says; where no row says anything, that is told once, for the annex may come apart."""
    table, _, column = params.field.partition(".")
    cells = list(cells_of(submission, params.field))
    title = field_title(submission, table, column)
    if cells and all(value.state == "absent" for _, value, _ in cells):
        value = submission.fields[table]
        yield Fact("annexed", rule, {"there": "unsaid"}, table, value.place, "", (), {"title": title})
        return
    for subject, value, row in cells:
        assert row is not None, "the kind is about the rows of a table"
        there = "yes" if value.state == "present" else "unread" if value.state == "undetermined" else "no"
        if there == "yes" and flat(" ".join(value.text.split())).strip(" .") in _NO:
            there = "no"
        words = {"title": title, "row": the_row(submission, table, row), "of": short(row.text)}
        yield Fact("annexed", rule, {"there": there}, subject, value.place or row.place, value.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Not there in a row, not readable, or said nowhere."""
    return (
        Clause("annexed", rule, (Test("there", "==", "no"),), "violated", "no"),
        Clause("annexed", rule, (Test("there", "==", "unread"),), "undetermined", "unread"),
        Clause("annexed", rule, (Test("there", "==", "unsaid"),), "undetermined", "unsaid"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """Which row lacks it."""
    w = fact.words
    if say == "unsaid":
        return f"El documento no dice si se cuenta con «{w['title']}»; ha de acompañarlo por separado."
    if say == "unread":
        return f"No se pudo determinar si se cuenta con «{w['title']}» en {w['row']} («{w['of']}»)."
    return f"No se cuenta con «{w['title']}» en {w['row']} («{w['of']}»)."
