"""``unique``: no two rows of a table are the same, by the columns that tell which row is which."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Annotated

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.identifiers.identity import identity
from checker.kinds.protocol import Context
from checker.kinds.values import capital, field_title, joined, of_the, rows_of, the_row
from checker.recognise.model import Recognised, Row
from parsers.model import Place

_ALL_PAIRS = 300
"""Rows up to which each is compared with each for likeness."""
_WINDOW = 8
"""Neighbours that a row is compared with, in each of three orders, in longer tables."""
_PAIRS = 600_000
"""Pairs that are compared in all, about a second: very long tables look at fewer neighbours."""


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    table: str
    by: tuple[str, ...]
    """Columns that together must not repeat."""
    alike: Annotated[int, msgspec.Meta(ge=50, le=99)] | None = None
    """Likeness (percent) from which two rows may be the same one misspelt; such rows are only doubted."""

    def __post_init__(self) -> None:
        if not self.by:
            raise ValueError("unique takes at least one column in `by`")


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """The first row that each repeats, exactly or nearly; rows that lack one of the columns repeat nothing."""
    first: dict[tuple[str, ...], Row] = {}
    keyed: list[tuple[str, Row]] = []
    repeats: dict[int, tuple[str, Row]] = {}
    rows = [row for row in rows_of(submission.fields[params.table]) if _stated(row, params.by)]
    for row in rows:
        key = tuple(_key(row, column) for column in params.by)
        other = first.setdefault(key, row)
        if other is not row:
            repeats[row.index] = ("yes", other)
        elif params.alike is not None:
            keyed.append((" ".join(key), row))
    if params.alike is not None:
        for row, other in _alike(keyed, params.alike):
            repeats.setdefault(row.index, ("alike", other))
    titles = joined([f"«{field_title(submission, params.table, column)}»" for column in params.by])
    for row in rows:
        found = repeats.get(row.index)
        cell = row.cells[params.by[0]]
        subject = f"{params.table}[{row.index}]" + (f".{params.by[0]}" if len(params.by) == 1 else "")
        words: dict[str, str] = {}
        rests_on: tuple[Place, ...] = ()
        if found is not None:
            words = {
                "titles": titles,
                "row": the_row(submission, params.table, row),
                "other": the_row(submission, params.table, found[1]),
                "where": _where(found[1]),
            }
            rests_on = (found[1].place,) if found[1].place else ()
        quote = "; ".join(row.cells[column].text for column in params.by)
        attributes = {"repeats": found[0] if found else "no"}
        yield Fact("unique", rule, {**attributes}, subject, cell.place or row.place, quote, rests_on, words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """The same as a row before it, or nearly."""
    return (
        Clause("unique", rule, (Test("repeats", "==", "yes"),), "violated", "yes"),
        Clause("unique", rule, (Test("repeats", "==", "alike"),), "undetermined", "alike"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """Both rows; what they say is in the evidence, for it may be a person's."""
    w = fact.words
    row = capital(w["row"])
    if say == "alike":
        other = w["other"].removeprefix("el ")
        to = f"a {other}" if other.startswith("la ") else f"al {other}"
        return f"{row} se parece mucho {to}{w['where']} en {w['titles']}: confirme que no se repite."
    return f"{row} repite {w['titles']} {of_the(w['other'])}{w['where']}."


def _stated(row: Row, columns: Sequence[str]) -> bool:
    return all(row.cells[c].state == "present" and row.cells[c].text.strip() for c in columns)


def _key(row: Row, column: str) -> str:
    cell = row.cells[column]
    return identity(str(cell.value) if cell.value is not None and not isinstance(cell.value, tuple) else cell.text)


def _where(row: Row) -> str:
    place = row.place
    if place is None:
        return ""
    if place.cell:
        return f" (celda {place.cell})"
    return f" (página {place.page})" if place.page else ""


def _alike(keyed: list[tuple[str, Row]], percent: int) -> Iterator[tuple[Row, Row]]:
    """(later, earlier) rows that resemble each other; digits that differ make another thing.

    In long tables neighbours are compared in the order of the words, of the words backwards and of their letters sorted, so that a
    slip anywhere leaves the two rows neighbours in one of them.
    """
    from rapidfuzz.fuzz import ratio

    found: dict[int, tuple[Row, Row]] = {}

    def compare(a: tuple[str, Row], b: tuple[str, Row]) -> None:
        if ratio(a[0], b[0], score_cutoff=percent) and _digits(a[0]) == _digits(b[0]):
            earlier, later = sorted((a[1], b[1]), key=lambda row: row.index)
            known = found.get(later.index)
            if known is None or earlier.index < known[1].index:
                found[later.index] = (later, earlier)

    if len(keyed) <= _ALL_PAIRS:
        for n, one in enumerate(keyed):
            for other in keyed[n + 1 :]:
                compare(one, other)
    else:
        orders: tuple[Callable[[tuple[str, Row]], str], ...] = (
            lambda k: k[0],
            lambda k: k[0][::-1],
            lambda k: " ".join(sorted(k[0].split())),
        )
        window = max(1, min(_WINDOW, _PAIRS // (len(orders) * len(keyed))))
        for order in orders:
            ranked = sorted(keyed, key=order)
            for n, one in enumerate(ranked):
                for other in ranked[n + 1 : n + 1 + window]:
                    compare(one, other)
    yield from found.values()


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
