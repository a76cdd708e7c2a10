"""Tables undone: a full-width cell is a line, a label cell with its neighbours a pair, a header row with rows below a grid."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec
from msgspec.structs import replace

from checker.recognise.announcing import announced
from checker.recognise.headers import Header, HeaderReader
from checker.recognise.items import (
    FIELDS,
    PEOPLE,
    Grid,
    Item,
    Pair,
)
from checker.recognise.labels import OTHER, LabelIndex
from checker.recognise.odd_tables import single_column, turned
from checker.recognise.sheet_fields import cut_beside
from checker.recognise.table_rows import Cells, distinct_rows, row_number, side_by_side
from checker.spanish.dates import find_year
from checker.spanish.numbers import read_number
from checker.spanish.text import flat, squeeze, undecorated
from parsers.model import Block, Cell, Table, paragraphs_of


class TableReader(msgspec.Struct):
    """Reads tables for one document type; ``blocks`` reads what stands inside a cell."""

    index: LabelIndex
    fuzzy: bool
    blocks: Callable[[tuple[Block, ...]], Iterator[Item]]

    @property
    def headers(self) -> HeaderReader:
        """Finds the headers of its tables."""
        return HeaderReader(self.index, self.fuzzy)

    def read(self, table: Table) -> Iterator[Item]:
        rows = distinct_rows(table)
        if grid := single_column(table, rows, self.headers):
            yield grid
            return
        if all(len(cells) <= 1 for cells in rows):
            for cells in rows:
                for _, cell in cells:
                    yield from self._cell(cell)
            return
        if on_its_side := turned(rows, self.headers):
            target, labels, records = on_its_side
            yield Grid(target, labels, records, rows[0][0][1].place, table.title)
            return
        position = 0
        pair: Pair | None = None
        loose: list[tuple[tuple[int, Cell], ...]] = []  # rows that no header and no label explains

        def flush() -> Iterator[Item]:
            nonlocal pair, loose
            if pair:
                yield pair
            elif loose:
                yield Grid(None, {}, tuple(loose), loose[0][0][1].place, table.title)
            pair, loose = None, []

        while position < len(rows):
            cells = rows[position]
            filled = [(c, cell) for c, cell in cells if cell.text.strip()]
            if len(cells) == 1 or (
                len(filled) == 1
                and not loose
                and self._is_section(filled[0][1], cells, rows[position + 1 : position + 2])
            ):
                yield from flush()
                yield from self._cell(filled[0][1] if filled else cells[0][1])
                position += 1
            elif header := self.headers.find(rows, position):
                yield from flush()
                yield from self._years(header)
                start = position + header.height
                position = start
                while position < len(rows) and not self._ends_grid(rows, position, header):
                    position += 1
                grid = Grid(
                    header.target,
                    header.texts,
                    (),
                    cells[0][1].place,
                    table.title,
                    also=header.also,
                    groups=header.groups,
                    spans=header.spans,
                )
                yield from self._grid(grid, header, rows[start:position])
            else:
                own = [(c, cell) for c, cell in cells if not self._says_its_own(cell)]
                pairs = self._pairs(own) if own else []
                if pairs:
                    yield from flush()
                    for _, cell in cells:
                        if self._says_its_own(cell):
                            yield from self._cell(cell)
                    yield from pairs[:-1]
                    pair = pairs[-1]
                elif pair and filled and (not cells[0][1].text.strip() or cells[0][1].row < row_number(cells)):
                    beside = [(c, cell) for c, cell in filled if cell.row == row_number(cells)]
                    pair = replace(pair, value=(*pair.value, *side_by_side(beside)))
                elif filled:
                    if pair:
                        yield from flush()
                    inner = [b for _, cell in filled for b in cell.blocks]
                    if any(isinstance(b, Table) for b in inner) or self._speaks(filled):
                        yield from flush()
                        for _, cell in filled:
                            yield from self._cell(cell)
                    else:
                        loose.append(tuple(filled))
                position += 1
        yield from flush()

    def _cell(self, cell: Cell) -> Iterator[Item]:
        yield from self.blocks(cell.blocks)

    def _speaks(self, cells: Cells) -> bool:
        """Some cell holds a label of its own (``Fecha: …`` in a layout table)."""
        for _, cell in cells:
            for paragraph in paragraphs_of(cell.blocks):
                first = next(announced(flat(undecorated(paragraph.text)), self.index.known), None)
                if first and first.start == 0 and self.index.field(first.label):
                    return True
        return False

    def _is_section(self, cell: Cell, cells: Cells, below: list[Cells]) -> bool:
        """A lone filled cell in a row of empty ones that heads what stands below, and is not the label of an empty value."""
        matches = self.index.field(cell.text, self.fuzzy)
        if cell is not cells[0][1] or len(cell.text) >= 120 or (matches and matches[0].target == OTHER):
            return False
        if len(cells) == 2:
            return bool(matches and below and below[0] and len(below[0]) == 2 and not self._is_label(below[0][0][1]))
        return bool(matches) or all(p.bold or p.text.isupper() for p in paragraphs_of(cell.blocks) if p.text.strip())

    def _roles(self, body: Sequence[tuple[tuple[int, Cell], ...]]) -> list[tuple[Cell, Cells]]:
        """The rows with their first cells, where all of these name fields of people: «Elaboró», «Autorizó»."""
        filled = [row for row in body if any(cell.text.strip() for _, cell in row[1:])]
        first = [(row[0][1], list(row)) for row in filled if row[0][1].text.strip()]
        named = [
            any(m.target in self.index.people and m.similarity == 1.0 for m in self.index.field(cell.text))
            for cell, _ in first
        ]
        return first if first and all(named) else []

    def _is_total(self, row: Cells) -> bool:
        filled = [cell for _, cell in row if cell.text.strip()]
        if len(filled) != 2 or read_number(filled[1].text) is None:
            return False
        return any(m.target in self.index.numbers and m.similarity == 1.0 for m in self.index.field(filled[0].text))

    def _years(self, header: Header) -> Iterator[Pair]:
        """«Año 2026» over the months of a header says the year of the document."""
        for cell in header.above:
            named = {m.target for m in self.index.field(cell.text) if m.similarity >= 0.8}
            if named & self.index.years and find_year(cell.text):
                yield Pair(squeeze(cell.text), cell.place, cell.blocks)

    def _ends_grid(self, rows: list[Cells], position: int, header: Header) -> bool:
        cells, target = rows[position], header.target
        filled = [cell for _, cell in cells if cell.text.strip()]
        if len(cells) == 1:
            matches = self.index.field(cells[0][1].text, self.fuzzy) if filled else []
            below = rows[position + 1] if position + 1 < len(rows) else []
            if filled and not matches and len(below) > 1 and not self.headers.row(below) and not self._pairs(below):
                return False  # the name of a group of rows: a platform, a month
            return bool(matches) or (
                bool(filled)
                and len(filled[0].text) < 80
                and all(p.bold for p in paragraphs_of(filled[0].blocks) if p.text.strip())
            )
        again = self.headers.row(cells)
        if again is None and any(cell.rowspan > 1 or cell.colspan > 1 for _, cell in cells):
            again = self.headers.find(rows, position)
        if again and again.target != FIELDS and (again.target != target or again.matched == len(filled)):
            return not header.repeats(cells)
        if filled and filled[0] is cells[0][1] and len(filled) <= 2 and target != FIELDS:
            first = self.index.field(filled[0].text)
            return (
                bool(first)
                and first[0].similarity == 1.0
                and first[0].target not in ("", target)
                and not self.headers.names_column(target, filled[0].text)
            )
        return False

    def _grid(self, grid: Grid, header: Header, rows: list[Cells]) -> Iterator[Item]:
        """The grid with its body; field labels side by side become pairs, unless every row is a submission of its own.

        A last row that bears the label of a number («Total | 3,000») is that number's.
        """
        totals = [row for row in rows[-3:] if self._is_total(row)]
        if totals and header.target != FIELDS:
            rows = [row for row in rows if row not in totals]
        body = tuple(tuple(row) for row in rows if not header.repeats(row))
        filled = tuple(row for row in body if sum(bool(cell.text.strip()) for _, cell in row) >= 3)
        if grid.target == PEOPLE and (roles := self._roles(body)):
            for label, row in roles:
                yield Pair(squeeze(label.text), label.place, side_by_side([c for c in row[1:] if c[1].text.strip()]))
            yield replace(grid, rows=body, named=True)
        elif grid.target != FIELDS:
            grid, beside = cut_beside(grid, body, self.index)
            yield from beside
            yield replace(grid, rows=body)
            for row in totals:
                filled_cells = [cell for _, cell in row if cell.text.strip()]
                yield Pair(squeeze(filled_cells[0].text), filled_cells[0].place, filled_cells[-1].blocks)
        elif len(filled) > 1 and header.matched >= 4:
            yield replace(grid, rows=filled)
        else:
            for column, text in grid.header.items():
                below = [cell for row in body for c, cell in row if c == column]
                yield Pair(text, grid.place, tuple(b for cell in dict.fromkeys(below) for b in cell.blocks))

    def _pairs(self, cells: Cells) -> list[Pair]:
        """Label cells with what stands to their right, up to the next label cell."""
        number = row_number(cells)
        labels = [i for i, (_, cell) in enumerate(cells) if cell.row == number and self._is_label(cell)]
        if 0 not in labels and len(cells) == 2 and self._is_column_label(cells[0][1]):
            labels = [0]  # a card: «Plataforma | CLIMSS»
        if not labels or (len(labels) == len(cells) and len(cells) > 1):
            labels = labels[:1] if labels and not labels[0] and len(cells) == 2 else []
        if not labels or labels[0] > 1:
            return []
        if labels[0] == 1 and cells[0][1].text.strip() and not any(c.text.strip() for _, c in cells[2:]):
            return []  # «1 | Lista de asistencia» is a numbered entry
        pairs = []
        for i, nxt in zip(labels, [*labels[1:], len(cells)], strict=True):
            cell = cells[i][1]
            match = self.index.field(cell.text, self.fuzzy)
            text = squeeze(cell.text)
            value = [
                (c, v)
                for c, v in cells[i + 1 : nxt]
                if v.text.strip() or any(p.images for p in paragraphs_of(v.blocks))
            ]
            if not match and not text.endswith(":") and not value and not self._is_column_label(cell):
                continue
            place = next((p.place for p in paragraphs_of(cell.blocks) if p.text.strip()), cell.place)
            pairs.append(Pair(text, place, side_by_side(value)))
        return pairs

    def _says_its_own(self, cell: Cell) -> bool:
        """«Fecha: 14 de octubre» in one cell is no value of the label to its left."""
        text = cell.text
        if ":" not in text or text.rstrip().endswith(":"):
            return False
        first = next(announced(flat(undecorated(text)), self.index.known), None)
        matches = self.index.field(first.label) if first and first.start == 0 else ()
        return any(m.target != OTHER and m.similarity == 1.0 for m in matches)

    def _is_column_label(self, cell: Cell) -> bool:
        return any(
            m.target != OTHER and m.similarity == 1.0
            for t in self.index.columns
            for m in self.index.column(t, cell.text)
        )

    def _is_label(self, cell: Cell) -> bool:
        text = squeeze(cell.text)
        if not text or len(text) > 90:
            return False
        if matches := self.index.field(text, self.fuzzy):
            return matches[0].similarity >= (0.75 if matches[0].target != OTHER else 1.0)
        return text.endswith(":") and len(text.split()) <= 8
