"""Tables undone: a full-width cell is a line, a label cell with its neighbours a pair, a header row with rows below a grid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from checker.recognise.items import (
    CHARGE_HEADERS,
    FIELDS,
    NAME_HEADERS,
    NEUTRAL_HEADERS,
    PEOPLE,
    SIGNATURE_HEADERS,
    Grid,
    Item,
    Pair,
    months_of,
)
from checker.recognise.labels import OTHER, LabelIndex, announced
from checker.spanish.text import flat, label_form, squeeze, undecorated
from parsers.model import Block, Cell, Table, paragraphs_of


class TableReader(msgspec.Struct):
    """Reads tables for one document type; ``blocks`` reads what stands inside a cell."""

    index: LabelIndex
    fuzzy: bool
    blocks: Callable[[tuple[Block, ...]], Iterator[Item]]

    def read(self, table: Table) -> Iterator[Item]:
        rows = _distinct_rows(table)
        if all(len(cells) <= 1 for cells in rows):
            for cells in rows:
                for _, cell in cells:
                    yield from self._cell(cell)
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
            elif header := self._header(rows, position):
                yield from flush()
                target, texts, height, matched = header
                spans = tuple((c, cell.colspan) for c, cell in cells if cell.colspan > 1 and cell.text.strip())
                start = position + height
                position = start
                while position < len(rows) and not self._ends_grid(rows, position, target, texts):
                    position += 1
                yield from self._grid(
                    Grid(target, texts, (), cells[0][1].place, table.title, matched, spans), rows[start:position]
                )
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
                elif pair and filled and (not cells[0][1].text.strip() or cells[0][1].row < _row_number(cells)):
                    beside = [(c, cell) for c, cell in filled if cell.row == _row_number(cells)]
                    pair = replace(pair, value=(*pair.value, *_side_by_side(beside)))
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

    def _speaks(self, cells: list[tuple[int, Cell]]) -> bool:
        """Some cell holds a label of its own (``Fecha: …`` in a layout table)."""
        for _, cell in cells:
            for paragraph in paragraphs_of(cell.blocks):
                first = next(announced(flat(undecorated(paragraph.text)), self.index.known), None)
                if first and first.start == 0 and self.index.field(first.label):
                    return True
        return False

    def _is_section(self, cell: Cell, cells: list[tuple[int, Cell]], below: list[list[tuple[int, Cell]]]) -> bool:
        """A lone filled cell in a row of empty ones that heads what stands below, and is not the label of an empty value."""
        matches = self.index.field(cell.text, self.fuzzy)
        if cell is not cells[0][1] or len(cell.text) >= 120 or (matches and matches[0].target == OTHER):
            return False
        if len(cells) == 2:
            return bool(matches and below and below[0] and len(below[0]) == 2 and not self._is_label(below[0][0][1]))
        return bool(matches) or all(p.bold or p.text.isupper() for p in paragraphs_of(cell.blocks) if p.text.strip())

    def _header(self, rows: list[list[tuple[int, Cell]]], position: int) -> tuple[str, dict[int, str], int, int] | None:
        """(target, column → text, rows that the header takes, columns named) when the row at ``position`` is a header."""
        best = self._header_row(rows[position])
        if best is None:
            return self._header_of_two(rows, position)
        if position + 1 > len(rows) - 1 and best[2] < 3:
            return None
        target, texts, matched = best
        height = 1
        if position + 1 < len(rows):
            below = rows[position + 1]
            own = [(c, cell) for c, cell in below if cell.row == _row_number(below) and cell.text.strip()]
            deeper = {c: squeeze(cell.text) for c, cell in own if self._names_column(target, cell.text)}
            if (
                len(below) > 1
                and own
                and len(deeper) == len(own)
                and (len(own) < len(below) or any(months_of(t) for t in deeper.values()))
            ):
                texts = {**texts, **deeper}
                height, matched = 2, matched + len(deeper)
        return target, texts, height, matched

    def _header_of_two(
        self, rows: list[list[tuple[int, Cell]]], position: int
    ) -> tuple[str, dict[int, str], int, int] | None:
        """A header whose upper row only groups columns («Seguimiento») that the row below names."""
        if position + 2 >= len(rows):
            return None
        upper, lower = rows[position], rows[position + 1]
        number = _row_number(lower)
        own = [(c, cell) for c, cell in lower if cell.row == number and cell.text.strip()]
        grouped = any(cell.rowspan > 1 or cell.colspan > 1 for _, cell in upper) or len(own) < len(lower)
        if len(upper) < 2 or not own or not grouped:
            return None
        texts = dict([*((c, cell) for c, cell in upper if cell.text.strip()), *own])
        best = self._header_row(sorted(texts.items()))
        if best is None or not all(self._names_column(best[0], cell.text) for _, cell in own):
            return None
        return best[0], best[1], 2, best[2]

    def _names_column(self, target: str, text: str) -> bool:
        if target == PEOPLE:
            return label_form(text) in NAME_HEADERS | CHARGE_HEADERS | SIGNATURE_HEADERS
        if months_of(text) or self.index.worded(target, text):
            return True
        return (
            target in self.index.columns
            and bool(self.index.column(target, text, self.fuzzy))
            and self.index.column(target, text, self.fuzzy)[0].target != OTHER
        )

    def _header_row(self, cells: list[tuple[int, Cell]]) -> tuple[str, dict[int, str], int] | None:
        filled = [(c, cell.text) for c, cell in cells if cell.text.strip()]
        if len(filled) < 2 or sum(_may_head(self.index, t, self.fuzzy) for _, t in filled) < 0.6 * len(filled):
            return None  # a body row, as most are: what follows demands as much of a header
        texts = {c: squeeze(t) for c, t in filled}
        if any(len(t) > 90 for t in texts.values()):
            return None
        forms = {c: label_form(t) or t for c, t in texts.items()}
        neutral = sum(f in NEUTRAL_HEADERS or not label_form(f) for f in forms.values())
        found: list[tuple[int, str]] = []
        for target in self.index.columns:
            named: set[str] = set()
            months = crossed = 0
            for text in texts.values():
                if months_of(text):
                    months += 1
                    continue
                choice = next(
                    (
                        m.target
                        for m in self.index.column(target, text, self.fuzzy)
                        if m.target != OTHER and m.target not in named
                    ),
                    None,
                )
                if choice:
                    named.add(choice)
                elif self.index.worded(target, text) or self.index.column(target, text, self.fuzzy):
                    crossed += 1  # a medium or platform to mark, a second column of a period
            count = len(named) + (months if months >= 3 else 0) + crossed
            if len(named) >= (1 if months >= 3 else 2):
                found.append((count, target))
        people = (
            sum(f in NAME_HEADERS for f in forms.values()),
            sum(
                f in CHARGE_HEADERS or f in SIGNATURE_HEADERS or f in NAME_HEADERS or f.startswith("asist")
                for f in forms.values()
            ),
        )
        if people[0] and people[1] >= 2:
            found.append((people[1], PEOPLE))
        fields = {
            m.target
            for t in texts.values()
            for m in self.index.field(t, self.fuzzy)[:1]
            if m.target != OTHER and m.similarity >= 0.8
        }
        if len(fields) >= 2 and len(fields) > max((count for count, _ in found), default=0):
            common = sum(bool(self.index.field(t)) for t in texts.values())
            found.append((common, FIELDS))
        best = max(found, default=None)
        if best is None or best[0] + neutral < 0.6 * len(texts):
            return None
        return best[1], texts, best[0]

    def _ends_grid(
        self, rows: list[list[tuple[int, Cell]]], position: int, target: str, header: dict[int, str]
    ) -> bool:
        cells = rows[position]
        filled = [cell for _, cell in cells if cell.text.strip()]
        if len(cells) == 1:
            matches = self.index.field(cells[0][1].text, self.fuzzy) if filled else []
            below = rows[position + 1] if position + 1 < len(rows) else []
            if filled and not matches and len(below) > 1 and not self._header_row(below) and not self._pairs(below):
                return False  # the name of a group of rows: a platform, a month
            return bool(matches) or (
                bool(filled)
                and len(filled[0].text) < 80
                and all(p.bold for p in paragraphs_of(filled[0].blocks) if p.text.strip())
            )
        again = self._header_row(cells)
        if again and again[0] != FIELDS and (again[0] != target or again[2] == len(filled)):
            return not self._repeats(cells, header)
        if filled and filled[0] is cells[0][1] and len(filled) <= 2 and target != FIELDS:
            first = self.index.field(filled[0].text)
            return (
                bool(first)
                and first[0].similarity == 1.0
                and first[0].target not in ("", target)
                and not self._names_column(target, filled[0].text)
            )
        return False

    def _grid(self, grid: Grid, rows: list[list[tuple[int, Cell]]]) -> Iterator[Item]:
        """The grid with its body; field labels side by side become pairs, unless every row is a submission of its own."""
        body = tuple(tuple(row) for row in rows if not self._repeats(row, grid.header))
        filled = tuple(row for row in body if sum(bool(cell.text.strip()) for _, cell in row) >= 3)
        if grid.target != FIELDS:
            yield replace(grid, rows=body)
        elif len(filled) > 1 and grid.matched >= 4:
            yield replace(grid, rows=filled)
        else:
            for column, text in grid.header.items():
                below = [cell for row in body for c, cell in row if c == column]
                yield Pair(text, grid.place, tuple(b for cell in dict.fromkeys(below) for b in cell.blocks))

    @staticmethod
    def _repeats(row: list[tuple[int, Cell]], header: dict[int, str]) -> bool:
        """The header row printed again on the next page."""
        texts = [(c, cell.text) for c, cell in row if cell.text.strip()]
        return bool(texts) and all(header.get(c, "").casefold() == squeeze(t).casefold() for c, t in texts)

    def _pairs(self, cells: list[tuple[int, Cell]]) -> list[Pair]:
        """Label cells with what stands to their right, up to the next label cell."""
        number = _row_number(cells)
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
            pairs.append(Pair(text, place, _side_by_side(value)))
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


@lru_cache(maxsize=8192)
def _may_head(index: LabelIndex, text: str, fuzzy: bool) -> bool:
    """The text could stand in a header: a label of any sort, a month, a mere number."""
    text = squeeze(text)
    form = label_form(text)
    return bool(
        not form
        or form in NEUTRAL_HEADERS
        or form in NAME_HEADERS
        or form in CHARGE_HEADERS
        or form in SIGNATURE_HEADERS
        or months_of(text)
        or index.field(text, fuzzy)
        or index.field(text)
        or any(index.column(table, text, fuzzy) or index.worded(table, text) for table in index.columns)
    )


def _distinct_rows(table: Table) -> list[list[tuple[int, Cell]]]:
    """For every row, the cells that cover it from left to right, each once."""
    rows: list[list[tuple[int, Cell]]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        for r in range(cell.row, min(cell.row + cell.rowspan, table.rows + 1)):
            rows[r - 1].append((cell.column, cell))
    for number, row in enumerate(rows, 1):
        row.sort(key=lambda item: item[0])
        if row and all(cell.row != number for _, cell in row):
            row.clear()
    return [row for row in rows if row]


def _row_number(cells: list[tuple[int, Cell]]) -> int:
    return max(cell.row for _, cell in cells)


def _side_by_side(cells: list[tuple[int, Cell]]) -> tuple[Block, ...]:
    """The blocks of one cell; of several cells in a row, one paragraph that reads them from left to right."""
    if len(cells) == 1:
        return cells[0][1].blocks
    blocks = [b for _, cell in cells for b in cell.blocks]
    first = next((p for p in paragraphs_of(tuple(blocks))), None)
    if first is None:
        return ()
    text = ", ".join(squeeze(cell.text) for _, cell in cells if cell.text.strip())
    images = sum(p.images for p in paragraphs_of(tuple(blocks)))
    return (replace(first, text=text, bold_prefix=0, images=images),)
