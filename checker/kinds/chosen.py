"""``chosen``: a choice, where the document makes it, is one of some of its values.

Unlike ``one_of`` it takes words that name none of the field's values for undetermined: the office may call one of them otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import cells_of, field_title, short, the_row
from checker.recognise.model import Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    field: str
    """Field, or ``table.column``, of kind ``choice``."""
    values: tuple[str, ...]
    """Those of its values that are right here."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """What was chosen; silent where nothing was, which ``required`` tells where it is owed."""
    field, _, column = params.field.partition(".")
    title = field_title(submission, field, column or None)
    for subject, value, row in cells_of(submission, params.field):
        if value.state in ("absent", "empty"):
            continue
        known = value.state == "present" and not value.problem
        right = "yes" if known and value.value in params.values else "no" if known else "unknown"
        words = {
            "title": title,
            "given": short(value.text),
            "values": _either(params.values),
            "row": the_row(submission, field, row) if row else "",
            "of": short(row.text) if row else "",
        }
        place = value.place or (row.place if row else None)
        yield Fact("chosen", rule, {"right": right}, subject, place, value.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Another value, or none that is known."""
    return (
        Clause("chosen", rule, (Test("right", "==", "no"),), "violated", "wrong"),
        Clause("chosen", rule, (Test("right", "==", "unknown"),), "undetermined", "unknown"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What was chosen and what may be."""
    w = fact.words
    of = f" («{w['of']}»)" if w["of"] else ""
    where = f" en {w['row']}{of}" if w["row"] else ""
    if say == "unknown":
        return f"No se pudo determinar si «{w['title']}»{where} es {w['values']}: dice «{w['given']}»."
    return f"«{w['title']}» dice «{w['given']}»{where}; debe ser {w['values']}."


def _either(values: tuple[str, ...]) -> str:
    """``«UEOD», «UAD» o «UCS»``."""
    *others, last = [f"«{v}»" for v in values]
    return f"{', '.join(others)} o {last}" if others else last
