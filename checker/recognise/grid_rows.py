"""The rows of a table field as a grid holds them."""

from __future__ import annotations

import re

from msgspec.structs import replace

from checker.packs.model import Column, Field
from checker.recognise.choices import is_mark
from checker.recognise.grid_columns import columns_of, without_strange_header
from checker.recognise.groups import choice_in, group_of
from checker.recognise.items import Grid, months_of
from checker.recognise.joint_columns import joint_columns, take_joint
from checker.recognise.labels import LabelIndex
from checker.recognise.row_lines import NOTE
from checker.recognise.row_values import Draft
from checker.recognise.scalars import UNREAD
from checker.recognise.standing import Standing, stand, standing_label
from checker.spanish.numbers import number_of_cell, read_number
from checker.spanish.text import flat, is_placeholder, squeeze
from parsers.model import Cell, Place, paragraphs_of

Cells = tuple[tuple[int, Cell], ...]


def from_grid(
    grid: Grid, name: str, field_: Field, index: LabelIndex, context: str, pending: Standing
) -> tuple[list[Draft], str]:
    """The rows of a grid, and the platform or group that its last sub-heading named.

    ``pending`` are values that stand over the next row; what a row over a group of them says is added.
    """
    columns = columns_of(grid, name, field_, index)
    if not columns:
        found = [
            Draft(squeeze(" ".join(c.text for _, c in row)), row[0][1].place, context=context)
            for row in grid.rows
            if _filled(row, field_)
        ]
        _put_over(found[:1], pending)
        return found, context
    if not grid.header:
        grid = replace(grid, rows=without_strange_header(grid, columns, field_))
    joint = joint_columns(grid, name, columns, index)
    columns = {p: c for p, c in columns.items() if p not in joint}
    months = {c: m for c, text in grid.header.items() if (m := _months(text, grid.groups.get(c, "")))}
    marks = {c: (w, text) for c, text in grid.header.items() if c not in columns and (w := index.worded(name, text))}
    title = group_of(grid.title, name, field_, index, heading=True) if grid.title else ""
    asked = {*columns.values(), *(t for targets in joint.values() for t in targets), *(w for w, _ in marks.values())}
    named: tuple[int, ...] = ()
    marked = {c for p, c in columns.items() if _only_marked(grid, p, field_.columns[c])}
    found = []
    first = next(iter(field_.columns))
    for row in grid.rows:
        if not _filled(row, field_) or _is_note(row):
            continue
        only = [cell for _, cell in row if cell.text.strip()]
        if len(only) == 1 and (len(row) <= 2 or only[0] is row[0][1]):
            if over := standing_label(only[0].text, name, field_, index):
                stand(pending, field_, *over, _first_place(only[0]))
                continue
            if choice := choice_in(only[0].text, field_):
                context = choice
                continue
        if len(row) == 1 and row[0][1].colspan > 1 and len(only[0].text) <= 60:
            named = months_of(only[0].text) or named
            continue  # the name of a group of rows, or a total
        draft = Draft("", row[0][1].place, context=context or title, structured=True, marked=marked)
        draft.months.extend(named)
        for position, cell in _without_header_words(row, grid):
            if position in joint:
                take_joint(draft, cell.text, _first_place(cell), joint[position], field_)
            else:
                _take(draft, cell, range(position, position + cell.colspan), columns, months, marks)
        if all(is_placeholder(text) for text, _ in draft.columns.values()) and not (draft.months and months):
            continue  # a row of the form left blank, number aside
        for column in asked - draft.columns.keys():
            draft.columns[column] = ("", row[-1][1].place)
        if first in draft.columns:
            draft.text, place = draft.columns[first]
            draft.place = place or draft.place
        _put_over([draft], pending)
        found.append(draft)
    return found, context


def _only_marked(grid: Grid, position: int, spec: Column) -> bool:
    """The column only bears crosses: weeks of a calendar, options of a list; not one whose «X» waits for words."""
    if spec.required_by or spec.kind not in ("text", "choice"):
        return False
    texts = [cell.text for row in grid.rows for p, cell in row if p == position and cell.text.strip()]
    grouped = bool(grid.groups.get(position)) or spec.kind == "choice"
    return grouped and any(map(is_mark, texts)) and all(is_mark(t) or t == grid.header.get(position) for t in texts)


def _put_over(found: list[Draft], pending: Standing) -> None:
    """The first of the rows bears what stands over it; the others have it from there."""
    for draft in found[:1]:
        draft.standing.update(pending)
        pending.clear()


def _months(text: str, group: str) -> tuple[int, ...]:
    return months_of(text) or (months_of(group.rpartition(" / ")[2]) if group else ())


def _without_header_words(row: Cells, grid: Grid) -> Cells:
    """The row without the words of the header printed again beside the name of a group of rows: «Recepción | 1 | 2 | 3»."""
    beside = [(c, cell) for c, cell in row[1:] if cell.text.strip()]
    again = len(beside) >= 3 and all(grid.header.get(c, "") == squeeze(cell.text) for c, cell in beside)
    return (
        tuple((c, cell if c == row[0][0] else replace(cell, blocks=(), value=None)) for c, cell in row)
        if again
        else row
    )


def _take(
    draft: Draft,
    cell: Cell,
    covered: range,
    columns: dict[int, str],
    months: dict[int, tuple[int, ...]],
    marks: dict[int, tuple[str, str]],
) -> None:
    """Put what a cell holds under its column; a cross under a month or under a medium says that month or medium."""
    target = columns.get(covered.start) or next((columns[c] for c in covered if c in columns), None)
    if target and target not in draft.columns:
        unread = bool(cell.formula) and not cell.text.strip()
        draft.columns[target] = (UNREAD if unread else cell.text, _first_place(cell))
        if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
            draft.numbers[target] = number_of_cell(cell.value, cell.text)
    elif target and not is_placeholder(cell.text):
        draft.columns[target] = (f"{draft.columns[target][0]} al {cell.text}", draft.columns[target][1])
    elif not target and _is_crossed(cell.text):
        draft.months.extend(m for c in covered if c in months for m in months[c])
        for column, word in (marks[c] for c in covered if c in marks):
            before = draft.columns.get(column, ("", None))[0]
            draft.columns[column] = (f"{before}, {word}" if before else word, _first_place(cell))


def _is_crossed(text: str) -> bool:
    return bool(re.search(r"[^\s\-–—_.0]", text)) and flat(text).strip() not in ("no", "n/a", "na")


def _is_note(row: Cells) -> bool:
    """A total, a note under the table, the names of who made it: no row of the field."""
    first = next((cell.text for _, cell in row if cell.text.strip()), "")
    return bool(NOTE.match(flat(first)))


def _filled(row: Cells, field_: Field) -> bool:
    """Some cell holds more than an ordinal; where numbers are asked for, two of them say something too."""
    if any(not is_placeholder(c.text) and not re.fullmatch(r"\s*\d{0,3}[.)]?\s*", c.text) for _, c in row):
        return True
    if not any(c.kind == "number" for c in field_.columns.values()):
        return False
    return sum(read_number(cell.text) is not None for _, cell in row) >= 2


def _first_place(cell: Cell) -> Place:
    for paragraph in paragraphs_of(cell.blocks):
        if paragraph.text.strip():
            return paragraph.place
    return cell.place
