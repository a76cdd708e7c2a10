"""``rows_match``: the rows of a table of this document stand in a table of the other one, and say the same there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact, Scalar
from checker.kinds.comparing import Likeness, likeness, place_of, text_key, text_likeness
from checker.kinds.protocol import Context
from checker.kinds.selection import Where, number_of, rows_where, shown
from checker.kinds.values import capital, field_title, of_the, short, the_row
from checker.packs.tables import Catalogue
from checker.recognise.model import FieldValue, Period, Recognised, Row
from parsers.model import Place

_NAME = 8
"""Letters from which a name that stands within another may be the same one."""
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
    """Columns that must say the same in both; of several rows of one name, numbers are added up."""
    every: Literal["own", "other", "both"] = "own"
    """Whose rows must stand on the other side too."""
    rounded: bool = False
    """Numbers are the same where one is the other rounded to its own decimals: percentages."""
    siblings: str | None = None
    """Column with multilevel numbers: a row is missed only where the other side has others of the level above (1.1 for 1.1.3).

    A form may be about some strategies and not others.
    """
    where: dict[str, tuple[str, ...]] = {}
    """Column → values: the own rows concerned."""
    other_where: dict[str, tuple[str, ...]] = {}
    """The same for the rows of the other document."""
    catalogues: dict[str, str] = {}
    """Own column of ``by`` → catalogue: two ways to write one name are one."""
    dated: dict[str, str] = {}
    """Column of the other table → own field of kind ``period``: its rows of other periods are not missed here."""


class _Side(msgspec.Struct, frozen=True):
    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    catalogues: tuple[Catalogue | None, ...]
    """Of each column."""
    by_key: dict[tuple[str, ...], list[Row]]

    @classmethod
    def of(
        cls,
        value: FieldValue | None,
        columns: tuple[str, ...],
        catalogues: tuple[Catalogue | None, ...],
        where: Where,
    ) -> _Side:
        rows = tuple(rows_where(value, where)) if value is not None else ()
        found: dict[tuple[str, ...], list[Row]] = {}
        side = cls(rows, columns, catalogues, found)
        for row in rows:
            found.setdefault(side.key(row), []).append(row)
        return side

    def key(self, row: Row) -> tuple[str, ...]:
        """What tells which row it is."""
        return tuple(_written(row.cells[c], known) for c, known in zip(self.columns, self.catalogues, strict=True))


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """One fact a row that must have its equal, one for each column compared; silent where a table has no rows, which ``required`` tells."""
    other = context.other
    assert other is not None, "a rule across documents is observed only with the other one"
    columns, others = (tuple(c.partition("=")[0] for c in params.by), tuple(c.rpartition("=")[2] for c in params.by))
    listed = tuple(context.pack.catalogue(params.catalogues[c]) if c in params.catalogues else None for c in columns)
    own = _Side.of(submission.fields[params.table], columns, listed, params.where)
    theirs = _Side.of(other.fields.get(params.other), others, listed, params.other_where)
    if not own.rows or not theirs.rows:
        return
    told_at: set[tuple[str, Place]] = set()
    base = {"document": other.title, "table": field_title(submission, params.table)}
    for row in own.rows:
        key = own.key(row)
        matches = theirs.by_key.get(key)
        words = {**base, "row": the_row(submission, params.table, row), "of": short(row.text)}
        if matches is None:
            if params.every != "other" and _expected(row, params.siblings, theirs):
                yield _missing(rule, f"{params.table}[{row.index}]", row, own, theirs, words)
            continue
        together = own.by_key[key]
        match = _closest(row, matches, params.equal)
        for column in params.equal:
            own_name, _, other_name = column.partition("=")
            a, b = row.cells[own_name], match.cells[other_name or own_name]
            if len(together) + len(matches) > 2:
                ours, others_sum = _added(together, own_name), _added(matches, other_name or own_name)
                if ours and others_sum:
                    if row is not together[0]:
                        continue  # told with the first row of the same name
                    a, b = ours, others_sum
            like = likeness(a, b)
            if like is Likeness.UNKNOWN or (a.place is not None and (own_name, a.place) in told_at):
                continue
            if params.rounded and like is Likeness.DIFFERENT and _rounded(a, b):
                like = Likeness.SAME
            if a.place is not None:
                told_at.add((own_name, a.place))  # what a merged cell says in every row is compared once
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
            if _elsewhen(row, params.dated, submission):
                continue
            if theirs.key(row) not in own.by_key and _expected(row, params.siblings, own):
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
        return f"{capital(w['row'])} («{w['of']}») no figura en «{w['document']}»."
    if say == "unsure":
        return f"No se pudo confirmar que {w['row']} («{w['of']}») figure en «{w['document']}»: lo más parecido es «{w['near']}»."
    if say == "missing-here":
        return f"«{w['of']}», de «{w['document']}» ({w['where']}), no figura en «{w['table']}»."
    if say == "unsure-here":
        return f"No se pudo confirmar que «{w['of']}», de «{w['document']}» ({w['where']}), figure en «{w['table']}»."
    both = f"«{w['own']}», y en «{w['document']}» ({w['where']}), «{w['theirs']}»"
    if say == "near":
        return f"No se pudo confirmar «{w['title']}» {of_the(w['row'])}: aquí dice {both}."
    return f"«{w['title']}» {of_the(w['row'])} («{w['of']}») dice {both}."


def _rounded(a: FieldValue, b: FieldValue) -> bool:
    numbers = [number_of(a), number_of(b)]
    if numbers[0] is None or numbers[1] is None:
        return False
    places = min(max(0, -int(n.normalize().as_tuple().exponent)) for n in numbers if n is not None)
    return abs(numbers[0] - numbers[1]) < Decimal(1).scaleb(-places)


def _expected(row: Row, siblings: str | None, side: _Side) -> bool:
    """Whether the other side is about what the row belongs to."""
    if siblings is None:
        return True
    own_group = row.cells[siblings].text.strip(" .").rpartition(".")[0]
    return any(r.cells[siblings].text.strip(" .").rpartition(".")[0] == own_group for r in side.rows)


def _closest(row: Row, matches: list[Row], equal: tuple[str, ...]) -> Row:
    """Of the rows of the same name, the one that says most of the same."""
    pairs = [(c.partition("=")[0], c.rpartition("=")[2]) for c in equal]

    def agreeing(other: Row) -> int:
        return sum(likeness(row.cells[a], other.cells[b]) is Likeness.SAME for a, b in pairs)

    return matches[0] if len(matches) == 1 else max(matches, key=agreeing)


def _added(rows: list[Row], column: str) -> FieldValue | None:
    """A column over all rows of one name, None where it does not hold numbers."""
    cells = [row.cells[column] for row in rows]
    numbers = [Decimal(c.value) for c in cells if isinstance(c.value, int | Decimal)]
    if len(numbers) < len(cells):
        return None
    total = sum(numbers, Decimal())
    return cells[0] if len(cells) == 1 else FieldValue("present", total, shown(total), place=cells[0].place)


def _elsewhen(row: Row, dated: Mapping[str, str], submission: Recognised) -> bool:
    """Whether the row is dated outside the period of this document."""
    for column, field in dated.items():
        day, period = row.cells[column].value, submission.fields[field].value
        if isinstance(day, dt.date) and isinstance(period, Period) and not period.start <= day <= period.end:
            return True
    return False


def _written(cell: FieldValue, known: Catalogue | None) -> str:
    """What identifies a cell: its name in the catalogue, or its canonical value, where it has one."""
    if known is not None and (name := known.find(cell.text)):
        return text_key(name)
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
    pairs = zip(own.key(row), theirs.key(other), strict=True)
    return all(a == b or text_likeness(a, b) is Likeness.NEAR or _within(a, b) or _within(b, a) for a, b in pairs)


def _within(short_name: str, long_name: str) -> bool:
    """«primeros auxilios» in «curso de primeros auxilios»: perhaps the same thing, called by its whole name."""
    if len(short_name) < _NAME or any(c.isdigit() for c in long_name):
        return False
    return f" {short_name} " in f" {long_name} "
