"""``rows_match``: the rows of a table of this document stand in a table of the other one, and say the same there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact, Scalar
from checker.kinds.comparing import Likeness, likeness, place_of, text_key, text_likeness
from checker.kinds.protocol import Context
from checker.kinds.selection import Where, rows_where
from checker.kinds.values import field_title, row_name, short
from checker.recognise.model import FieldValue, Recognised, Row

_ALIKE_AT_MOST = 2_000
"""Pairs of keys compared letter by letter for a row that has no equal; beyond, a row without its equal is simply missing."""


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind. Columns are written ``own=other`` where their names differ."""

    table: str
    other: str
    """Table of the other document."""
    by: tuple[str, ...]
    """Columns that tell which row is which."""
    equal: tuple[str, ...] = ()
    """Columns that must say the same in both."""
    every: Literal["own", "other", "both"] = "own"
    """Whose rows must stand on the other side too."""
    siblings: str | None = None
    """Column with multilevel numbers: a row is missed only where the other side has others of the level above (1.1 for 1.1.3).

    A form may be about some strategies and not others.
    """
    where: dict[str, tuple[str, ...]] = {}
    """Column → values: the own rows concerned."""
    other_where: dict[str, tuple[str, ...]] = {}
    """The same for the rows of the other document."""


class _Side(msgspec.Struct, frozen=True):
    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    by_key: dict[tuple[str, ...], Row]

    @classmethod
    def of(cls, value: FieldValue | None, columns: tuple[str, ...], where: Where) -> _Side:
        rows = tuple(rows_where(value, where)) if value is not None else ()
        found: dict[tuple[str, ...], Row] = {}
        for row in rows:
            found.setdefault(_key(row, columns), row)
        return cls(rows, columns, found)


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """One fact a row that must have its equal, one for each column compared; silent where a table has no rows, which ``required`` tells."""
    other = context.other
    assert other is not None, "a rule across documents is observed only with the other one"
    own = _Side.of(submission.fields[params.table], tuple(c.partition("=")[0] for c in params.by), params.where)
    theirs = _Side.of(
        other.fields.get(params.other), tuple(c.rpartition("=")[2] for c in params.by), params.other_where
    )
    if not own.rows or not theirs.rows:
        return
    base = {"document": other.title, "table": field_title(submission, params.table)}
    for row in own.rows:
        match = theirs.by_key.get(_key(row, own.columns))
        words = {**base, "row": row_name(submission, params.table, row), "of": short(row.text)}
        if match is None:
            if params.every != "other" and _expected(row, params.siblings, theirs):
                yield _missing(rule, f"{params.table}[{row.index}]", row, own, theirs, words)
            continue
        for column in params.equal:
            own_name, _, other_name = column.partition("=")
            a, b = row.cells[own_name], match.cells[other_name or own_name]
            like = likeness(a, b)
            if like is Likeness.UNKNOWN:
                continue
            told = {
                **words,
                "title": field_title(submission, params.table, own_name),
                "own": short(a.text),
                "theirs": short(b.text),
                "where": place_of(other.path, b.place or match.place),
            }
            attributes: dict[str, Scalar] = {"found": "yes", "like": like.value}
            subject = f"{params.table}[{row.index}].{own_name}"
            yield Fact("rows_match", rule, attributes, subject, a.place or row.place, a.text, (), told)
    if params.every != "own":
        value = submission.fields[params.table]
        for row in theirs.rows:
            if _key(row, theirs.columns) not in own.by_key and _expected(row, params.siblings, own):
                words = {**base, "of": short(row.text), "where": place_of(other.path, row.place)}
                found = _nearest(row, theirs, own)
                yield Fact(
                    "rows_match", rule, {"found": f"{found}-here", "like": ""}, params.table, value.place, "", (), words
                )


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """A row that is not there, or only nearly; a column that says another thing, or nearly the same."""

    def clause(say: str, test: Test, outcome: Literal["violated", "undetermined"] = "violated") -> Clause:
        return Clause("rows_match", rule, (test,), outcome, say)

    return (
        clause("missing", Test("found", "==", "no")),
        clause("unsure", Test("found", "==", "near"), "undetermined"),
        clause("missing-here", Test("found", "==", "no-here")),
        clause("unsure-here", Test("found", "==", "near-here"), "undetermined"),
        clause("different", Test("like", "==", "different")),
        clause("near", Test("like", "==", "near"), "undetermined"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The row, and what the other document says."""
    w = fact.words
    if say == "missing":
        return f"El {w['row']} («{w['of']}») no figura en «{w['document']}»."
    if say == "unsure":
        return f"No se pudo confirmar que el {w['row']} («{w['of']}») figure en «{w['document']}»: lo más parecido es «{w['near']}»."
    if say == "missing-here":
        return f"«{w['of']}», de «{w['document']}» ({w['where']}), no figura en «{w['table']}»."
    if say == "unsure-here":
        return f"No se pudo confirmar que «{w['of']}», de «{w['document']}» ({w['where']}), figure en «{w['table']}»."
    both = f"«{w['own']}», y en «{w['document']}» ({w['where']}), «{w['theirs']}»"
    if say == "near":
        return f"No se pudo confirmar «{w['title']}» del {w['row']}: aquí dice {both}."
    return f"«{w['title']}» del {w['row']} («{w['of']}») dice {both}."


def _key(row: Row, columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_written(row.cells[c]) for c in columns)


def _expected(row: Row, siblings: str | None, side: _Side) -> bool:
    """Whether the other side is about what the row belongs to."""
    if siblings is None:
        return True
    own_group = row.cells[siblings].text.strip(" .").rpartition(".")[0]
    return any(r.cells[siblings].text.strip(" .").rpartition(".")[0] == own_group for r in side.rows)


def _written(cell: FieldValue) -> str:
    """What identifies a cell: its canonical value where it has one."""
    return text_key(str(cell.value) if cell.value is not None and not isinstance(cell.value, tuple) else cell.text)


def _missing(rule: str, subject: str, row: Row, own: _Side, theirs: _Side, words: dict[str, str]) -> Fact:
    found = _nearest(row, own, theirs)
    near = next((r.text for r in theirs.rows if _alike(row, own, r, theirs)), "") if found == "near" else ""
    attributes: dict[str, Scalar] = {"found": found, "like": ""}
    return Fact("rows_match", rule, attributes, subject, row.place, row.text, (), {**words, "near": short(near)})


def _nearest(row: Row, own: _Side, theirs: _Side) -> Literal["near", "no"]:
    if len(theirs.rows) > _ALIKE_AT_MOST:
        return "no"
    return "near" if any(_alike(row, own, other, theirs) for other in theirs.rows) else "no"


def _alike(row: Row, own: _Side, other: Row, theirs: _Side) -> bool:
    pairs = zip(_key(row, own.columns), _key(other, theirs.columns), strict=True)
    return all(a == b or text_likeness(a, b) is Likeness.NEAR for a, b in pairs)
