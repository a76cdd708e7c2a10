"""The rows of a long list as runs with named columns, and which of them are rows of data."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from checker.lists.layout import Layout, folded
from checker.lists.plan import Plan
from checker.lists.ranges import Ranges
from checker.lists.rows import Listed, listed
from checker.lists.sure import holds_words
from checker.packs.model import DocumentType
from checker.recognise.items import Grid
from checker.recognise.labels import LabelIndex
from checker.recognise.row_lines import NOTE
from checker.recognise.rows import drafts
from checker.recognise.scalars import UNREAD
from checker.spanish.text import flat, squeeze
from parsers.model import Cell, Paragraph
from parsers.rows import LongFile, Rows, RowTable

_SAME = 0.9
"""Similarity (0–1) from which the text of a header names a column."""
_LONGEST_HEADER = 90


class Run(msgspec.Struct):
    """A run of rows with what is known of it so far."""

    table: RowTable
    layout: Layout
    rows: Rows
    texts: dict[str, Sequence[str]]
    """The columns that the list has, by their names."""
    unread: dict[int, str]
    dropped: list[int]
    """Positions of what is no row of data, in ascending order."""
    before: int
    """Rows of data before it."""
    unsure: list[int] | None = None
    """Positions of the rows that bear no faultless identifier, once that was asked."""
    doubts: dict[int, list[int]] = {}
    """Number of a check → what it doubts, as far as that was asked."""

    def index(self, position: int) -> int:
        """Number of a row among all rows of data."""
        return self.before + position + 1 - bisect_left(self.dropped, position)

    def listed(self, position: int) -> Listed:
        """The row at a position."""
        return listed(self.table, self.layout, self.rows, position, self.index(position), self.texts)

    def brief(self, position: int, index: int, columns: Sequence[str]) -> Listed:
        """Some columns of the row at a position, to be asked about without being told."""
        texts = {c: self.texts[c][position] for c in columns if c in self.texts}
        line = self.rows.lines[position] if self.rows.lines is not None else None
        return Listed(index, texts, {}, self.table.place(self.rows.numbers[position], 1, line))


class _Part(msgspec.Struct, frozen=True):
    """Rows of one run under one header."""

    layout: Layout
    before: int
    """Rows of data before it."""
    length: int
    dropped: list[int]


class _Aside(msgspec.Struct):
    """Where the reading of a sheet has come to."""

    layout: Layout
    last: int = 0
    """Number of the last row of data, or of one that was set aside."""
    set_aside: bool = False
    """It was set aside."""


class ListReader:
    """Reads the runs of a list: first all of them, then, where asked, those with certain rows again."""

    def __init__(
        self, file: LongFile, layouts: Mapping[int | None, Layout], plan: Plan, kind: DocumentType, index: LabelIndex
    ) -> None:
        self._file, self._layouts, self._plan, self._index = file, layouts, plan, index
        self._field = kind.fields[plan.table]
        self._rows_before = 0
        self._seen: dict[tuple[int, int, int], _Part] = {}
        """Table, ordinal of a run and position in it → the part of the run that begins there."""
        self._aside = _Aside(next(iter(layouts.values())))
        self._apart: dict[str, Ranges] = {}

    @property
    def count(self) -> int:
        """Rows of data that have been read."""
        return self._rows_before

    def notes(self) -> Iterator[str]:
        """How the list was read, in Spanish."""
        yield "La lista se revisó renglón por renglón."
        for table in self._file.tables:
            if table.page not in self._layouts:
                yield f"La hoja «{table.title}» no se reconoció como parte de la lista."
        for title, rows in self._apart.items():
            where = f" de la hoja «{title}»" if title else ""
            yield f"No se leyó como parte de la lista lo que está aparte de ella: filas {rows.told()}{where}."

    def doubtful(self, run: Run, number: int) -> list[int]:
        """Positions of the cells that do not pass the quick test of a check that has one."""
        found = run.doubts.get(number)
        if found is None:
            check = self._plan.cells[number]
            assert check.doubtful is not None, "only checks with a quick test are asked for it"
            found = run.doubts[number] = check.doubtful(run.texts[check.column])
        return found

    def runs(self, wanted: Sequence[int] | None = None) -> Iterator[Run]:
        """All runs; the second time only those with rows at ``wanted`` positions among the rows of data."""
        for number, table in enumerate(self._file.tables):
            layout = self._layouts.get(table.page)
            if layout is None:
                continue
            if wanted is None:
                self._aside = _Aside(layout)
                for ordinal, rows in table.runs(layout.first_row, None):
                    yield from self._parts(number, table, ordinal, rows)
                continue
            parts = [(key, part) for key, part in self._holding(wanted) if key[0] == number]
            for ordinal, rows in table.runs(layout.first_row, frozenset(key[1] for key, _ in parts)):
                for key, part in parts:
                    if key[1] == ordinal:
                        own = rows.part(key[2], key[2] + part.length)
                        run = self._opened(table, part.layout, own, part.before)
                        run.dropped = part.dropped
                        yield run

    def _parts(self, number: int, table: RowTable, ordinal: int, rows: Rows) -> Iterator[Run]:
        """A run, cut where another header stands in it: what follows is laid out by that one."""
        start = 0
        while start < len(rows.numbers):
            run = self._opened(table, self._aside.layout, rows.part(start), self._rows_before)
            header = next((n for n in self._unsure(run) if self._relaid(run, n)), None)
            if header is not None:
                run = self._opened(table, run.layout, rows.part(start, start + header), self._rows_before)
            run.dropped = self._dropped(run)
            length = len(run.rows.numbers)
            self._seen[number, ordinal, start] = _Part(run.layout, self._rows_before, length, run.dropped)
            self._rows_before = run.index(length) - 1
            yield run
            if header is None:
                return
            start += header + 1

    def _relaid(self, run: Run, position: int) -> bool:
        """The row is a header with the columns in other places; what follows is read by it."""
        cells = {c: column[position] for c, column in enumerate(run.rows.columns) if column[position].strip()}
        if len(cells) < 2 or self._is_header(run, {c + 1: text for c, text in cells.items()}):
            return False
        positions: dict[str, int] = {}
        for c, text in cells.items():
            named = self._index.column(self._plan.table, squeeze(text)) if len(text) < _LONGEST_HEADER else ()
            name = next((m.target for m in named if m.similarity >= _SAME and m.target in self._field.columns), None)
            if name is not None:
                positions.setdefault(name, c)
        if len(positions) < 2 or len(positions) < 0.6 * len(cells):
            return False
        headers = ({c: folded(text) for c, text in cells.items()},)
        self._aside = _Aside(replace(run.layout, positions=positions, headers=headers))
        return True

    def _holding(self, wanted: Sequence[int]) -> Iterator[tuple[tuple[int, int, int], _Part]]:
        """The parts of runs that hold one of the ``wanted`` positions among the rows of data."""
        parts = list(self._seen.items())
        ends = [part.before for _, part in parts[1:]] + [self._rows_before]
        for (key, part), end in zip(parts, ends, strict=True):
            at = bisect_left(wanted, part.before)
            if at < len(wanted) and wanted[at] < end:
                yield key, part

    def _opened(self, table: RowTable, layout: Layout, rows: Rows, before: int) -> Run:
        """The run with its columns named, and what in it is no row told apart."""
        count = len(rows.numbers)
        blank: Sequence[str] = ("",) * count
        texts = {n: rows.columns[p] if p < len(rows.columns) else blank for n, p in layout.positions.items()}
        names = {p: n for n, p in layout.positions.items()}
        for (position, column), (what, shown) in rows.troubled.items():
            if column in names:
                changed = list(texts[names[column]])
                changed[position] = UNREAD if what == "formula" else UNREAD + shown
                texts[names[column]] = changed
        for name, text in layout.served.items():
            texts[name] = [own or text for own in texts.get(name, blank)]
        unread = dict(rows.unread)
        widest = max(layout.positions.values(), default=0) + 1
        for position, cells in rows.counts.items():
            beyond = any(rows.columns[c][position].strip() for c in range(rows.width, len(rows.columns)))
            if position not in unread and cells > 1 and (cells < widest or beyond):
                unread[position] = f"trae {cells} celdas y la mayoría {rows.width}"
        return Run(table, layout, rows, texts, unread, [], before)

    def _unsure(self, run: Run) -> list[int]:
        """Positions of the rows that bear no faultless identifier, and may be no rows of data."""
        if run.unsure is not None:
            return run.unsure
        count = len(run.rows.numbers)
        sure: set[int] = set()
        run.unsure = []
        if any(self._all_fine(run, number) for number in range(len(self._plan.cells))):
            return run.unsure
        for number, check in enumerate(self._plan.cells):
            if check.rule.kind == "identifier" and check.column in run.texts:
                texts = run.texts[check.column]
                doubtful = set(self.doubtful(run, number))
                sure.update(n for n in range(count) if texts[n] and n not in doubtful)
                if len(sure) == count:
                    return run.unsure
        run.unsure = [n for n in range(count) if n not in sure and n not in run.unread]
        return run.unsure

    def _dropped(self, run: Run) -> list[int]:
        """Positions of blank rows, headers printed again, totals and notes, and of what stands apart: they hold nothing of a list."""
        left = self._unsure(run)
        grid: list[tuple[tuple[int, Cell], ...]] = []
        asked: list[int] = []
        real: set[int] = set()
        count = len(run.rows.numbers)
        above = -1
        for n in [*left, count]:
            if n - 1 != above:  # a row of data stands between
                self._aside.last, self._aside.set_aside = run.rows.numbers[n - 1], False
            above = n
            if n == count:
                break
            cells = {c + 1: column[n] for c, column in enumerate(run.rows.columns) if column[n].strip()}
            if not cells or self._is_header(run, cells) or self._stands_apart(run, n, cells):
                continue
            if self._is_row(run, n, cells):
                real.add(n)
            else:
                asked.append(n)
                grid.append(tuple(self._cell(run, n, c, text) for c, text in cells.items()))
        if not grid:
            return [n for n in left if n not in real]
        header = {c + 1: text for row in run.layout.headers for c, text in row.items()}
        place = grid[0][0][1].place
        kept = drafts(
            [Grid(self._plan.table, header, tuple(grid), place, run.table.title)],
            self._plan.table,
            self._field,
            self._index,
        )
        numbers = {draft.place.row for draft in kept if draft.place is not None}
        real.update(n for n in asked if run.rows.numbers[n] in numbers)
        return [n for n in left if n not in real]

    def _is_row(self, run: Run, position: int, cells: Mapping[int, str]) -> bool:
        """Several cells, words under one of the columns, and no word at its beginning of totals and notes: a row for sure."""
        if len(cells) < 2 or NOTE.match(flat(next(iter(cells.values())))):
            return False
        return any(len(text[position]) > 3 and holds_words(text[position]) for text in run.texts.values())

    def _stands_apart(self, run: Run, position: int, cells: Mapping[int, str]) -> bool:
        """A row under an empty one, or under one that stands apart, that fills no more than half of the columns: a title, a summary."""
        number, state = run.rows.numbers[position], self._aside
        few = 2 * len(cells) <= len(run.layout.positions)
        apart = few and state.last > 0 and (number > state.last + 1 or state.set_aside)
        state.last, state.set_aside = number, apart
        if apart:
            self._apart.setdefault(run.table.title, Ranges()).add(number)
        return apart

    def _all_fine(self, run: Run, number: int) -> bool:
        """Every row bears a faultless identifier: all are rows of data."""
        check = self._plan.cells[number]
        if check.rule.kind != "identifier" or check.column not in run.texts:
            return False
        return "" not in run.texts[check.column] and not self.doubtful(run, number)

    def _is_header(self, run: Run, cells: dict[int, str]) -> bool:
        return any(all(row.get(c - 1) == folded(text) for c, text in cells.items()) for row in run.layout.headers)

    def _cell(self, run: Run, position: int, column: int, text: str) -> tuple[int, Cell]:
        line = run.rows.lines[position] if run.rows.lines is not None else None
        place = run.table.place(run.rows.numbers[position], column, line)
        return column, Cell(position + 1, column, (Paragraph(squeeze(text), place),), place)
