"""The rows of a table field, from grids with or without a header and from paragraphs, in the order in which they stand."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from checker.packs.model import Field
from checker.recognise.cards import Cards
from checker.recognise.grid_rows import from_grid
from checker.recognise.groups import group_of
from checker.recognise.items import Grid, Item, Line, Pair, joined
from checker.recognise.labels import OTHER, LabelIndex
from checker.recognise.row_lines import from_lines, single_lines
from checker.recognise.row_values import Draft
from checker.recognise.signature_lines import RULE
from checker.recognise.standing import Standing, settle, stand, standing_label
from parsers.model import paragraphs_of


def drafts(
    items: Iterable[Item],
    name: str,
    field_: Field,
    index: LabelIndex,
    context: str = "",
    over: Standing | None = None,
) -> list[Draft]:
    """All rows of ``items`` for the table field ``name``; ``over`` is what stands over all of them, by column."""
    pending: Standing = {}
    standing: Standing = dict(over or {})
    found: list[Draft] = []
    first = next(iter(field_.columns))
    lines: list[Line] = []
    items = list(items)
    gridded = any(isinstance(i, Grid) and i.target == name for i in items)
    above: Grid | None = None
    cards = Cards(field_, [])

    def add(more: list[Draft]) -> None:
        for draft in more[:1]:
            draft.standing.update(pending)
            pending.clear()
        found.extend(more)

    def flush() -> None:
        add(from_lines(lines, name, field_, index, context))
        lines.clear()

    for item in items:
        if isinstance(item, Line):
            text = item.paragraph.text
            if over_them := standing_label(text, name, field_, index):
                flush()
                stand(pending, field_, *over_them, item.paragraph.place)
            elif group := group_of(text, name, field_, index, heading=item.strength >= 0.5):
                flush()
                context = group
            elif not gridded:  # words around a table of rows are not rows
                lines.append(item)
        elif isinstance(item, Pair):
            match = next((m.target for m in index.column(name, item.label) if m.target != OTHER), None)
            flush()
            value = joined(item.value)
            if match and match != first and field_.columns[match].inherits and (match in standing or not found):
                stand(pending, field_, match, item.label, value, item.place)
                standing.update(pending)
            elif match == first and any(m.target == name for m in index.field(item.label)):
                inner = [Line(p) for p in single_lines(paragraphs_of(item.value))]
                add(from_lines(inner, name, field_, index, context))  # «Acuerdos | 1. … 2. …»
            elif match and (match == first or not found or cards.found) and not gridded:
                before = len(cards.found)
                cards.take(match, item.label, value, item.place)
                add(cards.found[before:])
            elif match and found:
                found[-1].columns.setdefault(match, (value, item.place))
            elif index.field(item.label):
                inner = [Line(p) for p in single_lines(paragraphs_of(item.value))]
                add(from_lines(inner, name, field_, index, context))
        else:
            flush()
            if gridded and not item.header:
                if above is None or not _continues(item, above):
                    continue
                item = replace(item, header=above.header, groups=above.groups, spans=above.spans)
            rows_, context = from_grid(item, name, field_, index, context, pending)
            found.extend(rows_)
            above = item
    flush()
    settle(found, field_, dict(over or {}))
    return found


def _continues(grid: Grid, above: Grid) -> bool:
    """A table without header that goes on where the one above was cut; not one to sign in."""
    width = max(len(row) for row in above.rows) if above.rows else len(above.header)
    texts = [cell.text for row in grid.rows for _, cell in row]
    return (
        all(len(row) <= width for row in grid.rows)
        and width - 1 <= max(map(len, grid.rows))
        and not any(map(RULE.search, texts))
    )
