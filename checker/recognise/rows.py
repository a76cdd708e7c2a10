"""The rows of a table field, from grids with or without a header and from paragraphs, in the order in which they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from checker.packs.model import Field
from checker.recognise.items import CHARGE_HEADERS, NEUTRAL_HEADERS, Grid, Item, Line, Pair, joined, months_of
from checker.recognise.labels import OTHER, LabelIndex
from checker.recognise.row_lines import NOTE, from_lines, reads_as, single_lines
from checker.recognise.row_values import Draft
from checker.recognise.scalars import UNREAD
from checker.recognise.signature_lines import RULE
from checker.spanish.numbers import number_of_cell
from checker.spanish.text import flat, is_placeholder, label_form, squeeze
from parsers.model import Cell, Place, paragraphs_of


def drafts(items: Iterable[Item], name: str, field_: Field, index: LabelIndex, context: str = "") -> list[Draft]:
    """All rows of ``items`` for the table field ``name``."""
    found: list[Draft] = []
    first = next(iter(field_.columns))
    lines: list[Line] = []
    items = list(items)
    gridded = any(isinstance(i, Grid) and i.target == name for i in items)
    above: Grid | None = None

    def flush() -> None:
        found.extend(from_lines(lines, name, field_, index, context))
        lines.clear()

    for item in items:
        if isinstance(item, Line):
            if group := group_of(item.paragraph.text, name, field_, index, heading=item.strength >= 0.5):
                flush()
                context = group
            elif not gridded:  # words around a table of rows are not rows
                lines.append(item)
        elif isinstance(item, Pair):
            match = next((m.target for m in index.column(name, item.label) if m.target != OTHER), None)
            flush()
            value = joined(item.value)
            if match and match != first and found:
                found[-1].columns[match] = (value, item.place)
            elif match or index.field(item.label):
                inner = [Line(p) for p in single_lines(paragraphs_of(item.value))]
                found.extend(from_lines(inner, name, field_, index, context))
        else:
            flush()
            if gridded and not item.header:
                if above is None or not _continues(item, above):
                    continue
                item = replace(item, header=above.header, spans=above.spans)
            rows_, context = _from_grid(item, name, field_, index, context)
            found.extend(rows_)
            above = item
    flush()
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


_LINKS = frozenset("de del la las los el en y e a para por con".split())


def group_of(text: str, name: str, field_: Field, index: LabelIndex, heading: bool) -> str:
    """The name of a group of rows, as it serves each of them: a platform; under a heading also a month or a medium."""
    if len(text.split()) > 6:
        return ""
    if choice := _choice_in(text, field_):
        return choice
    form = label_form(text)
    if heading and len(form.split()) <= 4 and (months_of(form) or index.worded(name, form)):
        return squeeze(form)
    return ""


def _choice_in(text: str, field_: Field) -> str:
    """The choice (platform) that the name of a group of rows names: ``CLIMSS``, ``Cursos EduTK``, ``Webinars conmemorativos``.

    Its other words are words of the field's own labels; a course that mentions its platform says more than that.
    """
    form = label_form(text)
    known = _label_stems(field_)
    for column in field_.columns.values():
        for value, words in column.choices.items():
            for word in (value, *words):
                rest = re.sub(rf"(?<!\w){re.escape(label_form(word))}s?(?!\w)", "", form)
                if rest != form and all(w in _LINKS or w[:6] in known for w in re.findall(r"\w+", rest)):
                    return value
    return ""


def _label_stems(field_: Field) -> set[str]:
    labels = [*field_.labels, *(label for c in field_.columns.values() for label in (c.title, *c.labels))]
    return {word[:6] for label in labels for word in re.findall(r"\w+", label_form(label))}


def _from_grid(grid: Grid, name: str, field_: Field, index: LabelIndex, context: str) -> tuple[list[Draft], str]:
    """The rows of a grid, and the platform or group that its last sub-heading named."""
    columns = _columns_of_header(grid, name, index) if grid.header else _columns_by_content(grid, field_)
    if grid.header and columns:
        columns = _by_content(grid, columns, name, field_, index)
        for position, text in grid.header.items():  # «Inicio | Término»: two columns for one period
            again = next((m.target for m in index.column(name, text) if m.target != OTHER), None)
            if (
                position not in columns
                and again in columns.values()
                and again
                and field_.columns[again].kind == "period"
            ):
                columns = {**columns, position: again}
    if columns and not grid.header:
        grid = replace(grid, rows=_without_strange_header(grid, columns, field_))
    if not columns:
        rows_ = [row for row in grid.rows if _filled(row)]
        return [
            Draft(squeeze(" ".join(c.text for _, c in row)), row[0][1].place, context=context) for row in rows_
        ], context
    for first_column, width in grid.spans:
        if first_column in columns:
            columns |= {
                c: columns[first_column] for c in range(first_column, first_column + width) if c not in grid.header
            }
    months = {c: m for c, text in grid.header.items() if (m := months_of(text))}
    marks = {c: (w, text) for c, text in grid.header.items() if c not in columns and (w := index.worded(name, text))}
    title = group_of(grid.title, name, field_, index, heading=True) if grid.title else ""
    asked = {*columns.values(), *(w for w, _ in marks.values())}
    named: tuple[int, ...] = ()
    found = []
    first = next(iter(field_.columns))
    for row in grid.rows:
        if not _filled(row) or _is_note(row):
            continue
        only = [cell for _, cell in row if cell.text.strip()]
        if len(only) == 1 and (len(row) <= 2 or only[0] is row[0][1]) and (choice := _choice_in(only[0].text, field_)):
            context = choice
            continue
        if len(row) == 1 and row[0][1].colspan > 1 and len(only[0].text) <= 60:
            named = months_of(only[0].text) or named
            continue  # the name of a group of rows, or a total
        draft = Draft("", row[0][1].place, context=context or title, structured=True)
        draft.months.extend(named)
        for position, cell in row:
            _take(draft, cell, range(position, position + cell.colspan), columns, months, marks)
        if is_placeholder("".join(text for text, _ in draft.columns.values())) and not (draft.months and months):
            continue  # a row of the form left blank, number aside
        for column in asked - draft.columns.keys():
            draft.columns[column] = ("", row[-1][1].place)
        if first in draft.columns:
            draft.text, place = draft.columns[first]
            draft.place = place or draft.place
        found.append(draft)
    return found, context


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


def _is_note(row: tuple[tuple[int, Cell], ...]) -> bool:
    """A total, a note under the table, the names of who made it: no row of the field."""
    first = next((cell.text for _, cell in row if cell.text.strip()), "")
    return bool(NOTE.match(flat(first)))


def _filled(row: tuple[tuple[int, Cell], ...]) -> bool:
    return any(not is_placeholder(cell.text) and not re.fullmatch(r"\s*\d{0,3}[.)]?\s*", cell.text) for _, cell in row)


def _first_place(cell: Cell) -> Place:
    for paragraph in paragraphs_of(cell.blocks):
        if paragraph.text.strip():
            return paragraph.place
    return cell.place


def _columns_of_header(grid: Grid, name: str, index: LabelIndex) -> dict[int, str]:
    """Column position → column name; the best match of each name, in the order of the header."""
    options = sorted(
        (
            (m.similarity, -position, position, m.target)
            for position, text in grid.header.items()
            for m in index.column(name, text)
            if m.target != OTHER
        ),
        reverse=True,
    )
    taken: dict[int, str] = {}
    for _, _, position, target in options:
        if position not in taken and target not in taken.values():
            taken[position] = target
    return taken


def _without_strange_header(
    grid: Grid, columns: dict[int, str], field_: Field
) -> tuple[tuple[tuple[int, Cell], ...], ...]:
    """The rows without a first one that only names the columns in words we do not know: no value in any typed column."""
    typed = {p: field_.columns[c] for p, c in columns.items() if field_.columns[c].kind in ("date", "period", "people")}
    first = dict(grid.rows[0]) if grid.rows else {}
    told = [reads_as(spec, first[p].text) for p, spec in typed.items() if p in first]
    return grid.rows[1:] if len(grid.rows) > 1 and told and not any(told) else grid.rows


def _by_content(grid: Grid, columns: dict[int, str], name: str, field_: Field, index: LabelIndex) -> dict[int, str]:
    """``columns`` with those of its missing ones that a column under a strange header holds, told by dates, people or choices."""
    missing = {
        n: s for n, s in field_.columns.items() if n not in columns.values() and s.required_by and s.kind != "text"
    }
    first = next(iter(field_.columns))
    strange = [
        p
        for p, text in grid.header.items()
        if p not in columns
        and not months_of(text)
        and label_form(text) not in NEUTRAL_HEADERS | CHARGE_HEADERS
        and not any(m.target == OTHER for m in index.column(name, text))  # «Fecha de registro» is another date
    ]
    for column, spec in missing.items():
        for position in strange:
            texts = [c.text for row in grid.rows for p, c in row if p == position and not is_placeholder(c.text)]
            if texts and position not in columns and sum(reads_as(spec, t) for t in texts) > 0.5 * len(texts):
                columns = {**columns, position: column}
                break
    left = [p for p in sorted(strange) if p not in columns]
    if (
        first not in columns.values()
        and left
        and any(len(c.text) > 3 for row in grid.rows for p, c in row if p == left[0])
    ):
        columns = {**columns, left[0]: first}  # the leftmost words name the row, whatever their header
    return columns


def _columns_by_content(grid: Grid, field_: Field) -> dict[int, str]:
    """Columns of a table without header, told by what they hold: dates, people, and the longest text."""
    positions = sorted({p for row in grid.rows for p, _ in row})
    texts = {p: [cell.text for row in grid.rows for q, cell in row if q == p and cell.text.strip()] for p in positions}
    found: dict[int, str] = {}
    for column, spec in field_.columns.items():
        share = {p: sum(reads_as(spec, t) for t in ts) / len(ts) for p, ts in texts.items() if ts and p not in found}
        best = max(share, key=lambda p: share[p], default=None)
        if best is not None and share[best] >= 0.5:
            found[best] = column
    if not found:
        return {}
    left = [p for p in positions if p not in found and texts[p]]
    if left:
        found[max(left, key=lambda p: sum(map(len, texts[p])))] = next(iter(field_.columns))
    return found
