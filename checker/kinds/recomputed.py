"""``recomputed``: a percentage that a table states is the one that its own numbers give."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.selection import number_of, row_key, rows_where, shown
from checker.kinds.values import field_title, of_the, short, the_row
from checker.recognise.model import FieldValue, Recognised, Row


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind: ``percentage`` = ``share`` ÷ ``whole`` × 100, all columns of ``table``."""

    table: str
    percentage: str
    share: str
    whole: str
    parts: tuple[str, ...] = ()
    """Columns of which the share is the sum: the percentage may rest on them, for a wrong sum is told by ``sum_equals``."""
    or_whole: str | None = None
    """Another column of the row itself that may be the whole instead."""
    where: dict[str, tuple[str, ...]] = {}
    """Column → values: the rows concerned."""
    base: dict[str, tuple[str, ...]] = {}
    """Column → values: the row that bears ``whole``, where it is another than the row itself (what was programmed, for what was done)."""
    by: tuple[str, ...] = ()
    """Columns by which that row is the same thing's."""

    def __post_init__(self) -> None:
        if bool(self.base) != bool(self.by):
            raise ValueError("recomputed takes `base` and `by` together")


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Stated against computed, one fact a row; silent where one of the three numbers is not stated.

    What is stated to ``d`` decimals may be rounded or cut at them; a cell that holds the fraction (0.25 for 25 %) states the same.
    """
    table = submission.fields[params.table]
    bases = {k: r for r in rows_where(table, params.base) if (k := row_key(r, params.by))} if params.by else {}
    for row in rows_where(table, params.where):
        key = row_key(row, params.by) if params.by else None
        based: Row | None = bases.get(key) if key else None if params.by else row
        stated, share = row.cells[params.percentage], number_of(row.cells[params.share])
        whole = number_of(based.cells[params.whole]) if based else None
        if stated.state != "present" or share is None or whole is None or (not whole and not share):
            continue
        number = number_of(stated)
        words = {
            "title": field_title(submission, params.table, params.percentage),
            "row": the_row(submission, params.table, row),
            "of": short(row.text),
            "stated": short(stated.text),
            "share": shown(share),
            "whole": shown(whole),
        }
        if number is None or not whole:
            agrees = "unread"
        else:
            exact = share / whole * 100
            instead = number_of(row.cells[params.or_whole]) if params.or_whole else None
            wholes = [whole, *([instead] if instead else [])]
            parts = [n for c in params.parts if (n := number_of(row.cells[c])) is not None]
            shares = [share, *([sum(parts, Decimal(0))] if parts else [])]
            agrees = "yes" if any(_says(stated, number, s / w * 100) for s in shares for w in wholes) else "no"
            words["exact"] = shown(exact, 2)
        subject = f"{params.table}[{row.index}].{params.percentage}"
        yield Fact("recomputed", rule, {"agrees": agrees}, subject, stated.place or row.place, stated.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Another number, or none to compare."""
    return (
        Clause("recomputed", rule, (Test("agrees", "==", "no"),), "violated", "different"),
        Clause("recomputed", rule, (Test("agrees", "==", "unread"),), "undetermined", "unread"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What is stated, and how it comes out."""
    w = fact.words
    if say == "unread":
        what = f"«{w['title']}» («{w['stated']}») {of_the(w['row'])}"
        return f"No se pudo comprobar {what}: {w['share']} de {w['whole']} no da un porcentaje."
    given = f"«{w['title']}» {of_the(w['row'])} («{w['of']}») dice «{w['stated']}»"
    return f"{given}; {w['share']} de {w['whole']} equivale a {w['exact']} %."


def _says(stated: FieldValue, number: Decimal, exact: Decimal) -> bool:
    if _near(number, exact):
        return True
    # 0.25 in a cell without its format
    return "%" not in stated.text and abs(number) <= 2 and _near(number * 100, exact)


def _near(number: Decimal, exact: Decimal) -> bool:
    places = max(0, -int(number.normalize().as_tuple().exponent))
    return abs(number - exact) < Decimal(1).scaleb(-places)
