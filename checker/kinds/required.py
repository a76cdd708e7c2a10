"""``required``: a field, or a column in every row, stands there, is not empty, is valid, and holds enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact, Scalar
from checker.kinds.protocol import Context
from checker.kinds.values import blocks_of, field_title, rows_of, short, the_row
from checker.recognise.model import FieldValue, Recognised, SignatureBlock

_SECTIONS = ("people", "list", "table", "signatures")
"""Kinds of field that hold several things; the others are one datum."""


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    field: str
    column: str | None = None
    """Each row of the table ``field`` owes this column; the table's own absence is told by another rule."""
    at_least: int = 1
    """Items that a list, table, people or signatures field holds."""
    unless_rows: str | None = None
    """A table whose rows, when there are any, tell what this field lacks."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """State, validity and number of items of each subject."""
    value = submission.fields[params.field]
    title = field_title(submission, params.field)
    if params.column is not None:
        column = field_title(submission, params.field, params.column)
        for row in rows_of(value):
            subject = f"{params.field}[{row.index}].{params.column}"
            what = {"title": column, "row": the_row(submission, params.field, row), "of": short(row.text)}
            cell = row.cells[params.column]
            yield _fact(rule, cell, subject, 1, what, row.place)
    elif not (params.unless_rows and any(rows_of(submission.fields[params.unless_rows]))):
        people = blocks_of(value)
        signed = [b for b in people if b.mark != "none"]
        what = {"title": title, "at_least": str(params.at_least), "noun": _noun(submission, params.field)}
        if people and value.state == "present" and not signed:
            yield Fact(
                "required",
                rule,
                {"state": "empty", "valid": True, "count": 0},
                params.field,
                value.place,
                "",
                (),
                what,
            )
            return
        yield _fact(rule, value, params.field, len(signed) if people else _count(value), what, None)
        for number, block in enumerate(people if value.state == "present" else (), 1):
            if block.mark == "none":
                yield _unsigned(rule, f"{params.field}[{number}]", block)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """One per way of lacking it."""

    def clause(say: str, *tests: Test, outcome: Any = "violated") -> Clause:
        return Clause("required", rule, tests, outcome, say)

    present, valid = Test("state", "==", "present"), Test("valid", "==", True)
    return (
        clause("absent", Test("state", "==", "absent")),
        clause("empty", Test("state", "==", "empty")),
        clause("unsigned", Test("state", "==", "unsigned")),
        clause("undetermined", Test("state", "==", "undetermined"), outcome="undetermined"),
        clause("invalid", present, Test("valid", "==", False)),
        clause("few", present, valid, Test("count", "<", params.at_least)),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What is lacking, by its name on the form."""
    w = fact.words
    if "row" in w:
        where = f"{w['row']} («{w['of']}»)" if w["of"] else w["row"]
        return {
            "absent": f"Falta «{w['title']}» en {where}.",
            "empty": f"«{w['title']}» está vacío en {where}.",
            "undetermined": f"No se pudo determinar «{w['title']}» en {where}: {w.get('why', '')}.",
            "invalid": f"«{w['title']}» no es válido en {where}: {w.get('why', '')}.",
        }[say]
    noun = f"{w.get('noun', '')} «{w['title']}»"
    return {
        "absent": f"Falta {noun}: no se encontró en el documento.",
        "empty": f"{noun[:1].upper()}{noun[1:]} está, pero vacío.",
        "unsigned": f"Falta la firma de {w.get('name', '')}: el espacio está vacío.",
        "undetermined": f"No se pudo determinar {noun}: {w.get('why', '')}.",
        "invalid": f"{noun[:1].upper()}{noun[1:]} no es válido: {w.get('why', '')}.",
        "few": f"{noun[:1].upper()}{noun[1:]} {_has(fact)}; se requieren al menos {w.get('at_least', '')}.",
    }[say]


def _fact(rule: str, value: FieldValue, subject: str, count: int, words: dict[str, str], fallback: Any) -> Fact:
    attributes: dict[str, Scalar] = {"state": value.state, "valid": not value.problem, "count": count}
    why = value.problem or value.reason
    if why:
        words["why"] = why.rstrip(".")
    elif value.state == "undetermined":
        words["why"] = "no se pudo leer con certeza"
    return Fact("required", rule, attributes, subject, value.place or fallback, value.text, (), words)


def _unsigned(rule: str, subject: str, block: SignatureBlock) -> Fact:
    words = {"title": subject, "name": block.name or "quien debe firmar"}
    return Fact(
        "required", rule, {"state": "unsigned", "valid": True, "count": 0}, subject, block.place, block.name, (), words
    )


def _count(value: FieldValue) -> int:
    return len(value.value) if isinstance(value.value, tuple) else 1


def _has(fact: Fact) -> str:
    count = fact.attributes["count"]
    if count == 0:
        return "no contiene elementos"
    return f"sólo contiene {count} («{short(fact.quote)}»)" if fact.quote else f"sólo contiene {count}"


def _noun(submission: Recognised, field: str) -> str:
    assert submission.type is not None, "rules run on submissions whose type is known"
    return "el apartado" if submission.type.fields[field].kind in _SECTIONS else "el dato"
