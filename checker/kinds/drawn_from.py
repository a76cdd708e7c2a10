"""``drawn_from``: the points of a map are rows of the matrix that it is made from, at the coordinates that the matrix gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact, Scalar
from checker.kinds.comparing import Likeness, likeness, place_of, text_key, text_likeness
from checker.kinds.protocol import Context
from checker.kinds.values import capital, field_title, of_the, rows_of, short, the_row
from checker.recognise.model import FieldValue, Recognised, Row

_ALIKE_AT_MOST = 2_000
"""Rows of the matrix with which the name of a point that has no equal is compared letter by letter."""


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind; columns are called the same in both documents, or ``own=other``."""

    table: str
    matrix: str
    """Table of the other document."""
    by: tuple[str, ...]
    """Columns that tell which row a point is, in order: of each point the first that it bears and the matrix has serves."""
    equal: tuple[str, ...] = ()
    """Columns that say the same in both."""
    all: bool = False
    """Tell the rows of the matrix that the map leaves out, and nothing else."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Each point with its row; silent where either table has no rows, or they share no column by which a point could be told."""
    other = context.other
    assert other is not None, "a rule across documents is observed only with the other one"
    points, matrix = _rows(submission.fields[params.table]), _rows(other.fields.get(params.matrix))
    if not points or not matrix:
        return
    base = {"document": other.title, "table": field_title(submission, params.table)}
    pairs = [name.partition("=") for name in params.by]
    by = [(own, theirs or own) for own, _, theirs in pairs]
    index = {theirs: _index(matrix, theirs) for _, theirs in by}
    drawn: set[int] = set()
    for point in points:
        found, sure = _row_of(point, by, index)
        words = {**base, "row": the_row(submission, params.table, point), "of": short(point.text)}
        if found is not None:
            drawn.add(found.index)
        if params.all:
            continue
        if found is None:
            near = "" if sure is None else sure
            attributes: dict[str, Scalar] = {"found": "near" if near else "no", "like": ""}
            subject = f"{params.table}[{point.index}]"
            yield Fact(
                "drawn_from", rule, attributes, subject, point.place, point.text, (), {**words, "near": short(near)}
            )
            continue
        yield from _compared(rule, params, submission, point, found, other.path, words)
    if params.all:
        value = submission.fields[params.table]
        for row in matrix:
            if row.index not in drawn:
                words = {**base, "of": short(row.text), "where": place_of(other.path, row.place)}
                yield Fact(
                    "drawn_from", rule, {"found": "left-out", "like": ""}, params.table, value.place, "", (), words
                )


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """A point that no row is, or only nearly; a coordinate that differs; a row that is not drawn."""
    return (
        Clause("drawn_from", rule, (Test("found", "==", "no"),), "violated", "missing"),
        Clause("drawn_from", rule, (Test("found", "==", "near"),), "undetermined", "unsure"),
        Clause("drawn_from", rule, (Test("found", "==", "left-out"),), "violated", "left-out"),
        Clause("drawn_from", rule, (Test("like", "==", "different"),), "violated", "different"),
        Clause("drawn_from", rule, (Test("like", "==", "near"),), "undetermined", "near"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The point, and what the matrix says."""
    w = fact.words
    if say == "missing":
        return f"{capital(w['row'])} («{w['of']}») no figura en «{w['document']}»."
    if say == "unsure":
        return (
            f"No se pudo confirmar que {w['row']} («{w['of']}») figure en «{w['document']}»: "
            f"lo más parecido es «{w['near']}»."
        )
    if say == "left-out":
        return f"«{w['of']}», de «{w['document']}» ({w['where']}), no está en «{w['table']}»."
    both = f"«{w['own']}», y en «{w['document']}» ({w['where']}), «{w['theirs']}»"
    if say == "near":
        return f"No se pudo confirmar «{w['title']}» {of_the(w['row'])}: aquí dice {both}."
    return f"«{w['title']}» {of_the(w['row'])} («{w['of']}») dice {both}."


def _rows(value: FieldValue | None) -> tuple[Row, ...]:
    return tuple(rows_of(value)) if value is not None else ()


def _written(row: Row, column: str) -> str:
    cell = row.cells.get(column)
    return text_key(cell.text) if cell is not None and cell.state == "present" else ""


def _index(rows: Sequence[Row], column: str) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for row in rows:
        if key := _written(row, column):
            found.setdefault(key, row)
    return found


def _row_of(
    point: Row, by: Sequence[tuple[str, str]], index: dict[str, dict[str, Row]]
) -> tuple[Row | None, str | None]:
    """The row that a point is; else the text that its name nearly is, None where nothing resembles it."""
    near: str | None = None
    for own, theirs in by:
        key, rows = _written(point, own), index[theirs]
        if not key or not rows:
            continue
        if key in rows:
            return rows[key], None
        if len(rows) <= _ALIKE_AT_MOST and near is None:
            near = next(
                (row.cells[theirs].text for k, row in rows.items() if text_likeness(key, k) is Likeness.NEAR), None
            )
    return None, near


def _compared(
    rule: str, params: Params, submission: Recognised, point: Row, row: Row, path: str, words: dict[str, str]
) -> Iterator[Fact]:
    for column in params.equal:
        own, _, theirs = column.partition("=")
        a, b = point.cells[own], row.cells[theirs or own]
        like = likeness(a, b)
        if like is Likeness.UNKNOWN:
            continue
        told = {
            **words,
            "title": field_title(submission, params.table, own),
            "own": short(a.text),
            "theirs": short(b.text),
            "where": place_of(path, b.place or row.place),
        }
        attributes: dict[str, Scalar] = {"found": "yes", "like": like.value}
        subject = f"{params.table}[{point.index}].{own}"
        yield Fact("drawn_from", rule, attributes, subject, a.place or point.place, a.text, (), told)
