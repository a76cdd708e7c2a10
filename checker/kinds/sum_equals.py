"""``sum_equals``: what a document states as a total is the sum of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact, Scalar
from checker.kinds.comparing import place_of
from checker.kinds.protocol import Context
from checker.kinds.selection import is_percentage, number_of, row_key, rows_where, shown
from checker.kinds.values import field_title, joined, rows_of, short, the_row
from checker.recognise.model import FieldValue, Recognised, Row


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind: either ``table``, ``columns`` and ``total`` (in each row the columns add up to the total), or ``field`` and
    ``of`` (the field is the sum of those columns over all rows).
    """

    table: str | None = None
    columns: tuple[str, ...] = ()
    total: str | None = None
    other: str | None = None
    """Table of the other document that states the total, in the row that ``by`` tells (``own=other`` where names differ)."""
    by: tuple[str, ...] = ()
    where: dict[str, tuple[str, ...]] = {}
    """Column → values: the rows concerned."""
    unit: str | None = None
    """Column with the unit of the total: parts of a percentage need not add up, so that they are only doubted."""
    field: str | None = None
    of: tuple[str, ...] = ()
    """Each ``table.column``."""

    def __post_init__(self) -> None:
        by_row = self.table is not None and bool(self.columns) and self.total is not None
        if by_row == (self.field is not None and bool(self.of)):
            raise ValueError("sum_equals takes either `table`, `columns` and `total`, or `field` and `of`")
        if bool(self.other) != bool(self.by):
            raise ValueError("sum_equals takes `other` and `by` together")


class _Sum(msgspec.Struct, frozen=True):
    """Parts added up; ``total`` None where none is stated, ``doubt`` the first that cannot be read."""

    total: Decimal | None
    doubt: str


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Sum against total, one fact a row; silent where there is no total or no part at all, which ``required`` tells."""
    if params.table is None or params.total is None:
        assert params.field is not None, "Params holds one form or the other"
        parts = [
            row.cells[c] for t, c in map(_split, params.of) for row in rows_where(submission.fields[t], params.where)
        ]
        total = submission.fields[params.field]
        words = {"what": f"«{field_title(submission, params.field)}»", "parts": _titles(submission, params.of)}
        yield from _fact(rule, params.field, total, _added(parts), (total,), words)
        return
    table, stated = params.table, params.total
    others = _others(params, context)
    titles = _titles(submission, [f"{table}.{c}" for c in params.columns])
    for row in rows_where(submission.fields[table], params.where):
        added = _added([row.cells[c] for c in params.columns])
        words = {"parts": titles, "row": the_row(submission, table, row), "of": short(row.text)}
        unit = (row.cells[params.unit],) if params.unit else ()
        if params.other is None:
            total = row.cells[stated]
            words["what"] = f"«{field_title(submission, table, stated)}»"
            yield from _fact(rule, f"{table}[{row.index}].{stated}", total, added, (total, *unit), words, row)
            continue
        key = row_key(row, [n.partition("=")[0] for n in params.by])
        found = others.get(key) if key else None
        if found is None or context.other is None:
            continue  # the row that is not in the other document is another rule's
        total = found.cells[stated]
        words["what"] = f"la cantidad que señala «{context.other.title}»"
        words["where"] = place_of(context.other.path, total.place or found.place)
        yield from _fact(rule, f"{table}[{row.index}].{params.columns[0]}", total, added, (total, *unit), words, row)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Another sum, one of percentages, or a part that cannot be read."""
    return (
        Clause("sum_equals", rule, (Test("agrees", "==", "no"),), "violated", "different"),
        Clause("sum_equals", rule, (Test("agrees", "==", "percentage"),), "undetermined", "percentage"),
        Clause("sum_equals", rule, (Test("agrees", "==", "unread"),), "undetermined", "unread"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What is stated, and what the parts add up to."""
    w = fact.words
    of = f" en {w['row']} («{w['of']}»)" if w.get("row") else ""
    where = f" ({w['where']})" if w.get("where") else ""
    if say == "unread":
        return f"No se pudo comprobar la suma de {w['parts']}{of}: «{w['doubt']}» no se pudo leer como número."
    stated = f"{w['what']}{where} es {w['stated']}, y la suma de {w['parts']} es {w['sum']}{of}"
    if say == "percentage":
        return f"No se pudo comprobar: {stated}, pero se expresa en porcentaje."
    return f"{stated[:1].upper()}{stated[1:]}."


def _fact(
    rule: str,
    subject: str,
    total: FieldValue,
    added: _Sum,
    measured: Sequence[FieldValue],
    words: dict[str, str],
    row: Row | None = None,
) -> Iterator[Fact]:
    stated = number_of(total)
    if total.state not in ("present", "undetermined") or (added.total is None and not added.doubt):
        return
    agrees, sum_ = "yes", added.total or Decimal(0)
    if added.doubt or stated is None:
        agrees = "unread"
    elif stated != sum_:
        agrees = "percentage" if is_percentage(*measured) else "no"
    attributes: dict[str, Scalar] = {"agrees": agrees}
    told = {**words, "stated": short(total.text), "sum": shown(sum_), "doubt": short(added.doubt or total.text)}
    own = total.place if "where" not in words else None
    place = own or (row.place if row else None) or total.place
    yield Fact("sum_equals", rule, attributes, subject, place, total.text, (), told)


def _added(parts: Sequence[FieldValue]) -> _Sum:
    """Blank parts count nothing; a part that is there and is no number leaves the sum in doubt."""
    total: Decimal | None = None
    for part in parts:
        if part.state in ("absent", "empty"):
            continue
        number = number_of(part)
        if number is None:
            return _Sum(total, part.text or part.reason or "una parte")
        total = (total or Decimal(0)) + number
    return _Sum(total, "")


def _others(params: Params, context: Context) -> dict[tuple[str, ...], Row]:
    if params.other is None or context.other is None:
        return {}
    columns = [n.rpartition("=")[2] for n in params.by]
    value = context.other.fields.get(params.other)
    found: dict[tuple[str, ...], Row] = {}
    for row in rows_of(value) if value else ():
        if key := row_key(row, columns):
            found.setdefault(key, row)
    return found


def _split(path: str) -> tuple[str, str]:
    table, _, column = path.partition(".")
    return table, column


def _titles(submission: Recognised, paths: Sequence[str]) -> str:
    names = [field_title(submission, t, c or None) for t, c in map(_split, paths)]
    return f"«{names[0]}» a «{names[-1]}»" if len(names) > 3 else joined([f"«{n}»" for n in names])
