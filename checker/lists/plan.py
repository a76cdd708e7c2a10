"""Which rules of a type are asked of each row, which of all rows together, and which of the head alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from checker.lists.sure import Doubtful, anything, full_names, identifiers, written
from checker.packs.model import DocumentType
from checker.packs.pack import Pack, Rule

_OF_CELLS = ("required", "identifier", "pattern", "one_of", "range", "fixed", "forbidden", "full_name")
"""Kinds that judge each row by a few of its texts: equal texts get equal answers."""


class CellCheck(msgspec.Struct, frozen=True):
    """A rule on one column."""

    rule: Rule
    owner: Pack
    column: str
    besides: tuple[str, ...]
    """Other columns of the row that the answer depends on."""
    doubtful: Doubtful | None
    """None where no quick test is known: every text is judged once."""
    owed: bool
    """It speaks of cells that are empty too."""


class UniqueCheck(msgspec.Struct, frozen=True):
    """A rule by which rows may not repeat each other."""

    rule: Rule
    owner: Pack
    columns: tuple[str, ...]
    alike: bool
    """It also doubts rows that are only similar."""


class Plan(msgspec.Struct, frozen=True):
    """The rules of a type, sorted by what they need to see."""

    table: str
    cells: tuple[CellCheck, ...]
    unique: tuple[UniqueCheck, ...]
    whole: tuple[Rule, Pack] | None
    """The rule that tells of rows which cannot be read: that the list stands there, or else that its first column does."""

    def asks_head(self, rule: Rule) -> bool:
        """Whether ``rule`` is asked of the head, for it concerns no row."""
        return not any(check.rule is rule for check in self.cells) and not any(c.rule is rule for c in self.unique)


def plan_of(document_type: DocumentType, rules: Iterable[tuple[Rule, Pack]]) -> Plan | None:
    """The plan for a type with ``rows``; None where one of its rules needs more of the list than a row."""
    table = document_type.rows
    assert table is not None, "only types with rows are judged row by row"
    field = document_type.fields[table]
    cells: list[CellCheck] = []
    unique: list[UniqueCheck] = []
    whole: tuple[Rule, Pack] | None = None
    first_owed: tuple[Rule, Pack] | None = None
    for rule, owner in rules:
        params = msgspec.to_builtins(rule.params)
        conditions = [c for c in (rule.head.when, rule.head.unless) if c is not None]
        if any(_concerns(msgspec.to_builtins(c), table) for c in conditions):
            return None
        if rule.kind == "required" and params["field"] == table and params.get("column") is None:
            whole = whole or (rule, owner)
            continue
        if not _concerns(params, table):
            continue
        if rule.head.with_ is not None or conditions:
            return None
        if rule.kind == "unique":
            unique.append(UniqueCheck(rule, owner, tuple(params["by"]), params.get("alike") is not None))
            continue
        column = str(params.get("column") or str(params.get("field", "")).partition(".")[2])
        if rule.kind not in _OF_CELLS or column not in field.columns:
            return None
        owed = rule.kind == "required"
        quick = written(field.columns[column]) if owed else _quick(rule.kind, params)
        besides = tuple(params.get("surnames") or ())
        cells.append(CellCheck(rule, owner, column, besides, quick, owed))
        if owed and first_owed is None:
            first_owed = (rule, owner)
    return Plan(table, tuple(cells), tuple(unique), whole or first_owed)


def _quick(kind: str, params: dict[str, object]) -> Doubtful | None:
    if kind == "identifier":
        return identifiers(params["is"])  # type: ignore[arg-type]
    if kind == "full_name":
        return full_names(params["words"])  # type: ignore[arg-type]
    return anything if kind == "forbidden" else None


def _concerns(value: object, table: str) -> bool:
    """Whether words of a rule name the table or one of its columns."""
    return any(text == table or text.startswith(f"{table}.") for text in _texts(value))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(key)
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
