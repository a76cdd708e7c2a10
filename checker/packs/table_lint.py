"""Whether a decision table answers for every point of its domain, and once only, under every reading."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise, product
from math import prod

import msgspec

from checker.packs.decision import Bounds, bounds
from checker.packs.errors import nearest
from checker.packs.model import DocumentType
from checker.packs.pack import Pack
from checker.packs.tables import DecisionTable, Line, Map

MOST_CELLS = 200_000
"""Cells that are looked into; a table that falls into more is not checked, and told."""


def table_problems(pack: Pack) -> Iterator[tuple[str, str]]:
    """(id, problem) of every decision table of the pack: its lines, and what they and its map name that nothing defines."""
    for table in pack.tables.values():
        if isinstance(table, DecisionTable):
            yield from ((table.id, flaw.problem) for flaw in flaws(table))
            yield from ((table.id, problem) for problem in _unknown_readings(table, pack))
            if table.map:
                yield from ((table.id, problem) for problem in _map_problems(table, table.map, pack.types))


def _unknown_readings(table: DecisionTable, pack: Pack) -> Iterator[str]:
    for number, line in enumerate(table.lines, 1):
        known = pack.interpretations.get(line.interpretation or "")
        if line.interpretation and known is None:
            yield f"line {number}: no interpretation {line.interpretation!r}{nearest(line.interpretation, pack.interpretations)}"
        elif known and line.reading not in (None, *(r.id for r in known.readings)):
            yield f"line {number}: {known.id} has no reading {line.reading!r}"


def _map_problems(table: DecisionTable, drawn: Map, types: dict[str, DocumentType]) -> Iterator[str]:
    axes = (drawn.horizontal.input, drawn.vertical.input)
    if sorted(axes) != sorted(table.inputs):
        yield f"its map has the axes {' and '.join(axes)}; the table decides by {', '.join(table.inputs)}"
    answers = table.lines[0].then if table.lines else {}
    yield from (
        f"no answer {n!r} for its map{nearest(n, answers)}"
        for n in (drawn.quadrant, drawn.name, drawn.colour)
        if n not in answers
    )
    for type_id, points in drawn.points.items():
        document = types.get(type_id)
        if document is None:
            yield f"no document type {type_id!r} for its map{nearest(type_id, types)}"
            continue
        rows = document.fields.get(points.rows)
        columns = rows.columns if rows else {}
        wanted = (points.name, *((points.key,) if points.key else ()), *axes)
        yield from (
            f"{type_id} has no column {points.rows}.{c} for its map{nearest(c, columns)}"
            for c in wanted
            if c not in columns
        )


class Flaw(msgspec.Struct, frozen=True):
    """A point of the domain that no line holds, or several, and under which readings."""

    problem: str


def flaws(table: DecisionTable) -> Iterator[Flaw]:
    """Everything wrong with the lines themselves first; then, reading by reading, the first gap and the first overlap.

    Every end of an interval cuts its axis; between two neighbouring ends all points fare alike. So one point of each cell and of
    each end decides for all of them: the answer is exact, with no sampling.
    """
    unfit = list(_unfit(table))
    if unfit:
        yield from unfit
        return
    for choice in _choices(table):
        lines = tuple(n for n, line in enumerate(table.lines) if _stands(line, choice))
        yield from _holes(table, lines, _said(choice))


def _unfit(table: DecisionTable) -> Iterator[Flaw]:
    """Lines that name other inputs than the table, answer other things than the first one, or hold no number."""
    for name, scale in table.inputs.items():
        if bounds(scale).empty:
            yield Flaw(f"the scale {scale} of {name} holds no number")
    answers = set(table.lines[0].then) if table.lines else set()
    for number, line in enumerate(table.lines, 1):
        if set(line.when) != set(table.inputs):
            yield Flaw(
                f"line {number} decides by {', '.join(line.when) or 'nothing'}; the table by {', '.join(table.inputs)}"
            )
        if set(line.then) != answers:
            yield Flaw(f"line {number} answers {', '.join(line.then)}; line 1 {', '.join(table.lines[0].then)}")
        for name, interval in line.when.items():
            if bounds(interval).empty:
                yield Flaw(f"line {number}: {interval} of {name} holds no number")
            elif name in table.inputs and not _within(bounds(interval), bounds(table.inputs[name])):
                yield Flaw(f"line {number}: {interval} of {name} goes beyond its scale {table.inputs[name]}")
        if line.reading and not line.interpretation:
            yield Flaw(f"line {number} names a reading without its interpretation")
    if not table.lines:
        yield Flaw("has no lines")


def _within(inner: Bounds, outer: Bounds) -> bool:
    low = inner.low > outer.low or (inner.low == outer.low and (outer.low_in or not inner.low_in))
    high = inner.high < outer.high or (inner.high == outer.high and (outer.high_in or not inner.high_in))
    return low and high


def _choices(table: DecisionTable) -> Iterator[dict[str, str]]:
    """Every combination of the readings that the lines name."""
    named: dict[str, list[str]] = {}
    for line in table.lines:
        if line.interpretation and line.reading:
            readings = named.setdefault(line.interpretation, [])
            if line.reading not in readings:
                readings.append(line.reading)
    for combination in product(*named.values()):
        yield dict(zip(named, combination, strict=True))


def _stands(line: Line, choice: dict[str, str]) -> bool:
    return (
        line.interpretation is None
        or line.reading is None
        or choice.get(line.interpretation, line.reading) == line.reading
    )


def _said(choice: dict[str, str]) -> str:
    return f" under {', '.join(f'{i}={r}' for i, r in choice.items())}" if choice else ""


def _holes(table: DecisionTable, lines: tuple[int, ...], under: str) -> Iterator[Flaw]:
    names = tuple(table.inputs)
    samples = [_samples(table, name, lines) for name in names]
    if prod(map(len, samples)) > MOST_CELLS:
        yield Flaw(f"falls into more than {MOST_CELLS} cells{under}; its lines were not checked")
        return
    gap = overlap = False
    for point in product(*samples):
        holding = [
            n + 1
            for n in lines
            if all(bounds(table.lines[n].when[name]).holds(x) for name, x in zip(names, point, strict=True))
        ]
        where = ", ".join(f"{name} = {x}" for name, x in zip(names, point, strict=True))
        if not holding and not gap:
            gap = True
            yield Flaw(f"no line holds {where}{under}")
        if len(holding) > 1 and not overlap:
            overlap = True
            yield Flaw(f"lines {' and '.join(map(str, holding))} both hold {where}{under}")


def _samples(table: DecisionTable, name: str, lines: tuple[int, ...]) -> list[Decimal]:
    """A point for each stretch of an axis on which all numbers fare alike: every end, and one number between neighbours."""
    scale = bounds(table.inputs[name])
    own = [bounds(table.lines[n].when[name]) for n in lines]
    ends = sorted({scale.low, scale.high, *(b.low for b in own), *(b.high for b in own)})
    between = [(a + b) / 2 for a, b in pairwise(ends)]
    return sorted(x for x in (*ends, *between) if scale.holds(x))
