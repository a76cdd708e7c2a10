"""The rows of a long list, a few thousand at a time: quick tests of columns, and check kinds for what they do not pass."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from checker.engine.decide import decide
from checker.evaluate import Located, located
from checker.facts import Fact
from checker.findings import Outcome
from checker.kinds import kind
from checker.kinds.protocol import Context
from checker.lists.layout import Layout, folded
from checker.lists.plan import CellCheck, Plan, UniqueCheck
from checker.lists.ranges import Ranges
from checker.lists.repeats import Hashes, Key, keys_of
from checker.lists.rows import Listed, Rebuilder, listed
from checker.lists.sure import holds_words
from checker.lists.tally import Tally
from checker.packs.pack import Pack, Rule
from checker.recognise.items import Grid
from checker.recognise.labels import LabelIndex
from checker.recognise.model import FieldValue, Recognised
from checker.recognise.row_lines import NOTE
from checker.recognise.rows import drafts
from checker.recognise.scalars import UNREAD
from checker.spanish.text import flat, squeeze
from parsers.model import Cell, Gap, Paragraph
from parsers.rows import LongFile, Rows, RowTable

_REMEMBERED = 100_000
"""Texts of one column whose answer is kept."""
_BATCH = 2_000
"""Rows that go through the check kinds together."""
_SAME = 0.9
"""Similarity (0–1) from which the text of a header names a column."""
_LONGEST_HEADER = 90
_ROW = re.compile(r"\[(\d+)\]")
_Key = str | tuple[str, ...]


class Verdicts(msgspec.Struct, frozen=True):
    """What was found in the rows."""

    located: tuple[Located, ...]
    rows: int
    gaps: tuple[Gap, ...]
    notes: tuple[str, ...]


def judge_rows(
    file: LongFile,
    head: Recognised,
    plan: Plan,
    layouts: Mapping[int | None, Layout],
    index: LabelIndex,
    context: Context,
    signed: bool,
) -> Verdicts:
    """Ask every row what ``plan`` asks of rows.

    Raises :class:`parsers.errors.Unreadable` where the file cannot be read to its end, and
    :class:`checker.engine.decide.EngineDisagreement`.
    """
    return _Judge(file, head, plan, layouts, index, context, signed).verdicts()


class _Run(msgspec.Struct):
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


class _Judge:
    def __init__(
        self,
        file: LongFile,
        head: Recognised,
        plan: Plan,
        layouts: Mapping[int | None, Layout],
        index: LabelIndex,
        context: Context,
        signed: bool,
    ) -> None:
        self._file, self._head, self._plan, self._layouts = file, head, plan, layouts
        self._index, self._context, self._signed = index, context, signed
        self._rebuilder = Rebuilder(head, plan.table)
        self._tally = Tally(plan.table)
        self._taken: Counter[tuple[str, str, str]] = Counter()
        self._answers: list[dict[_Key, Outcome | None]] = [{} for _ in plan.cells]
        self._hashes = [Hashes() for _ in plan.unique]
        self._troubled: dict[str, tuple[int, Gap]] = {}
        self._rows_before = 0
        self._columns = frozenset(head.type.fields[plan.table].columns) if head.type else frozenset[str]()
        self._seen: dict[tuple[int, int, int], _Part] = {}
        """Table, ordinal of a run and position in it → the part of the run that begins there."""
        self._aside = _Aside(next(iter(layouts.values())))
        self._apart: dict[str, Ranges] = {}

    def verdicts(self) -> Verdicts:
        for run in self._runs(None):
            self._troubles(run)
            self._cells(run)
            self._unread(run)
            for check, hashes in zip(self._plan.unique, self._hashes, strict=True):
                hashes.add(self._keys(run, check))
        self._repeated()
        gaps = tuple(
            replace(gap, reason=gap.reason if count == 1 else f"{gap.reason} y otras {count - 1:,} celdas")
            for count, gap in self._troubled.values()
        )
        return Verdicts(tuple(self._tally.located()), self._rows_before, gaps, tuple(self._notes()))

    def _notes(self) -> Iterator[str]:
        yield "La lista se revisó renglón por renglón."
        for table in self._file.tables:
            if table.page not in self._layouts:
                yield f"La hoja «{table.title}» no se reconoció como parte de la lista."
        for title, rows in self._apart.items():
            where = f" de la hoja «{title}»" if title else ""
            yield f"No se leyó como parte de la lista lo que está aparte de ella: filas {rows.told()}{where}."

    # Runs -----------------------------------------------------------------------------------------------------------------

    def _runs(self, wanted: Sequence[int] | None) -> Iterator[_Run]:
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

    def _parts(self, number: int, table: RowTable, ordinal: int, rows: Rows) -> Iterator[_Run]:
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

    def _relaid(self, run: _Run, position: int) -> bool:
        """The row is a header with the columns in other places; what follows is read by it."""
        cells = {c: column[position] for c, column in enumerate(run.rows.columns) if column[position].strip()}
        if len(cells) < 2 or self._is_header(run, {c + 1: text for c, text in cells.items()}):
            return False
        positions: dict[str, int] = {}
        for c, text in cells.items():
            named = self._index.column(self._plan.table, squeeze(text)) if len(text) < _LONGEST_HEADER else ()
            name = next((m.target for m in named if m.similarity >= _SAME and m.target in self._columns), None)
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

    def _opened(self, table: RowTable, layout: Layout, rows: Rows, before: int) -> _Run:
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
        return _Run(table, layout, rows, texts, unread, [], before)

    def _unsure(self, run: _Run) -> list[int]:
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
                doubtful = set(self._doubtful(run, number))
                sure.update(n for n in range(count) if texts[n] and n not in doubtful)
                if len(sure) == count:
                    return run.unsure
        run.unsure = [n for n in range(count) if n not in sure and n not in run.unread]
        return run.unsure

    def _dropped(self, run: _Run) -> list[int]:
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
        field = self._head.type.fields[self._plan.table]  # type: ignore[union-attr]
        place = grid[0][0][1].place
        kept = drafts(
            [Grid(self._plan.table, header, tuple(grid), place, run.table.title)], self._plan.table, field, self._index
        )
        numbers = {draft.place.row for draft in kept if draft.place is not None}
        real.update(n for n in asked if run.rows.numbers[n] in numbers)
        return [n for n in left if n not in real]

    def _is_row(self, run: _Run, position: int, cells: Mapping[int, str]) -> bool:
        """Several cells, words under one of the columns, and no word at its beginning of totals and notes: a row for sure."""
        if len(cells) < 2 or NOTE.match(flat(next(iter(cells.values())))):
            return False
        return any(len(text[position]) > 3 and holds_words(text[position]) for text in run.texts.values())

    def _stands_apart(self, run: _Run, position: int, cells: Mapping[int, str]) -> bool:
        """A row under an empty one, or under one that stands apart, that fills no more than half of the columns: a title, a summary."""
        number, state = run.rows.numbers[position], self._aside
        few = 2 * len(cells) <= len(run.layout.positions)
        apart = few and state.last > 0 and (number > state.last + 1 or state.set_aside)
        state.last, state.set_aside = number, apart
        if apart:
            self._apart.setdefault(run.table.title, Ranges()).add(number)
        return apart

    def _all_fine(self, run: _Run, number: int) -> bool:
        """Every row bears a faultless identifier: all are rows of data."""
        check = self._plan.cells[number]
        if check.rule.kind != "identifier" or check.column not in run.texts:
            return False
        return "" not in run.texts[check.column] and not self._doubtful(run, number)

    def _is_header(self, run: _Run, cells: dict[int, str]) -> bool:
        return any(all(row.get(c - 1) == folded(text) for c, text in cells.items()) for row in run.layout.headers)

    def _cell(self, run: _Run, position: int, column: int, text: str) -> tuple[int, Cell]:
        line = run.rows.lines[position] if run.rows.lines is not None else None
        place = run.table.place(run.rows.numbers[position], column, line)
        return column, Cell(position + 1, column, (Paragraph(squeeze(text), place),), place)

    def _troubles(self, run: _Run) -> None:
        """Cells that nobody can read are told even where no rule asks for their column; those of the head are already."""
        for (position, column), (what, shown) in run.rows.troubled.items():
            number = run.rows.numbers[position]
            if number <= run.table.last_of_head:
                continue
            place = run.table.place(number, column + 1, None)
            told = (
                f"la celda {place.cell} muestra el error {shown}"
                if what == "error"
                else f"fórmula sin valor calculado en {place.cell}"
            )
            count, gap = self._troubled.get(what, (0, Gap(told, place)))
            self._troubled[what] = (count + 1, gap)

    # Cells ----------------------------------------------------------------------------------------------------------------

    def _cells(self, run: _Run) -> None:
        """Ask the rules on single columns."""
        failed: dict[str, list[int]] = {}
        """Column → cells that do not hold a faultless identifier; the others are written for sure."""
        count = len(run.rows.numbers)
        dropped = {*run.dropped, *run.unread}
        told: dict[int, list[int]] = {}
        order = sorted(range(len(self._plan.cells)), key=lambda n: self._plan.cells[n].rule.kind != "identifier")
        for number in order:
            check = self._plan.cells[number]
            texts = run.texts.get(check.column)
            if texts is None:
                if check.owed:
                    doubtful = [n for n in range(count) if n not in dropped]
                    self._absent(run, check, doubtful, told, number)
                continue
            told_before = failed.get(check.column) if check.owed else None
            doubtful = self._doubtful(run, number) if told_before is None else told_before
            if check.rule.kind == "identifier":
                empty = [n for n, text in enumerate(texts) if not text] if "" in texts else []
                failed[check.column] = sorted({*doubtful, *empty}) if empty else doubtful
            if dropped:
                doubtful = [n for n in doubtful if n not in dropped]
            if doubtful:
                self._asked(run, check, number, doubtful, told)
        self._tell(run, told)

    def _doubtful(self, run: _Run, number: int) -> list[int]:
        """Positions of the cells of which a check may have something to tell."""
        check = self._plan.cells[number]
        if check.doubtful is None:
            known, texts = self._answers[number], run.texts[check.column]
            left = {text for text in set(texts) if known.get(text, "") is not None}
            return [n for n, text in enumerate(texts) if text in left] if left else []
        found = run.doubts.get(number)
        if found is None:
            found = run.doubts[number] = check.doubtful(run.texts[check.column])
        return found

    def _absent(
        self, run: _Run, check: CellCheck, doubtful: Sequence[int], told: dict[int, list[int]], number: int
    ) -> None:
        """A column that the list lacks: what is answered to one row holds for all."""
        known = self._answers[number]
        if "" not in known and doubtful:
            known[""] = self._decided(check, [Listed(1, {}, {}, run.listed(doubtful[0]).place)]).get(1)
        outcome = known.get("")
        if outcome is not None:
            self._answered(run, check, doubtful, [outcome] * len(doubtful), told, number)

    def _asked(
        self, run: _Run, check: CellCheck, number: int, doubtful: Sequence[int], told: dict[int, list[int]]
    ) -> None:
        """What the check answers to doubtful cells, each text asked once."""
        known = self._answers[number]
        if len(known) > _REMEMBERED:
            known.clear()
        columns = [run.texts[c] for c in (check.column, *check.besides) if c in run.texts]
        keys: list[_Key] = [c[n] for c in columns[:1] for n in doubtful]
        if len(columns) > 1:
            keys = [tuple(c[n] for c in columns) for n in doubtful]
        seen: dict[_Key, int] = {}
        for n, key in zip(doubtful, keys, strict=True):
            if key not in known:
                seen.setdefault(key, n)
        wanted = (check.column, *check.besides)
        items = list(seen.items())
        for start in range(0, len(items), _BATCH):
            part = items[start : start + _BATCH]
            rows = []
            for at, (_, n) in enumerate(part, 1):
                rows.append(run.brief(n, at, wanted))
            answers = self._decided(check, rows)
            known.update({key: answers.get(at) for at, (key, _) in enumerate(part, 1)})
        found = [(n, outcome) for n, key in zip(doubtful, keys, strict=True) if (outcome := known[key]) is not None]
        self._answered(run, check, [n for n, _ in found], [o for _, o in found], told, number)

    def _decided(self, check: CellCheck, rows: Sequence[Listed]) -> dict[int, Outcome]:
        """Index of a row → what the rule answers to it, where it answers."""
        facts = self._facts(check, self._rebuilder.cells(rows))
        clauses = kind(check.rule.kind).clauses(check.rule.head.id, check.rule.params)
        found: dict[int, Outcome] = {}
        for activation in decide(clauses, facts):
            outcome = clauses[activation.clause].outcome
            row = _row_of(facts[activation.fact])
            if found.get(row) != "violated":
                found[row] = outcome
        return found

    def _facts(self, check: CellCheck | UniqueCheck, submission: Recognised) -> tuple[Fact, ...]:
        rule = check.rule
        return tuple(
            kind(rule.kind).observe(rule.head.id, rule.params, submission, replace(self._context, pack=check.owner))
        )

    def _answered(
        self,
        run: _Run,
        check: CellCheck,
        positions: Sequence[int],
        outcomes: Sequence[Outcome],
        told: dict[int, list[int]],
        number: int,
    ) -> None:
        """The first answers of a rule are told, the others counted."""
        room = self._tally.room(check.rule.head.id) - len(told.get(number, ()))
        if room > 0:
            told.setdefault(number, []).extend(positions[:room])
        rest = slice(max(room, 0), None)
        rule = check.rule.head.id
        for n, outcome in zip(positions[rest], outcomes[rest], strict=True):
            self._count(run, rule, outcome, n)

    def _count(self, run: _Run, rule: str, outcome: Outcome, position: int) -> None:
        line = run.rows.lines[position] if run.rows.lines is not None else None
        number = run.rows.numbers[position]
        place = run.table.place(number, 1, line)
        self._tally.count(rule, outcome, run.table.title, line or number, place)

    def _tell(self, run: _Run, told: dict[int, list[int]]) -> None:
        """The answers to the rows chosen, with their sentences."""
        asked: list[tuple[Rule, Pack, Sequence[Fact]]] = []
        for number in sorted(told):
            check = self._plan.cells[number]
            asked.append(
                (
                    check.rule,
                    check.owner,
                    self._facts(check, self._rebuilder.submission([run.listed(n) for n in told[number]])),
                )
            )
        for item in self._located(asked):
            self._tally.tell(item)

    def _located(self, asked: Sequence[tuple[Rule, Pack, Sequence[Fact]]]) -> list[Located]:
        return located(asked, self._rebuilder.document, self._signed, self._taken) if asked else []

    # Rows that cannot be read ---------------------------------------------------------------------------------------------

    def _unread(self, run: _Run) -> None:
        """Each row that cannot be read is told by the rule that asks for the list."""
        if not run.unread or self._plan.whole is None:
            return
        rule, owner = self._plan.whole
        room = self._tally.room(rule.head.id)
        facts = [self._unread_fact(run, rule, position) for position in sorted(run.unread)[: max(room, 0)]]
        for item in self._located([(rule, owner, facts)]):
            self._tally.tell(item)
        for position in sorted(run.unread)[max(room, 0) :]:
            self._count(run, rule.head.id, "undetermined", position)

    def _unread_fact(self, run: _Run, rule: Rule, position: int) -> Fact:
        row = run.listed(position)
        number = row.place.line or row.place.row or row.index
        why = f"la {'fila' if row.place.cell else 'línea'} {number:,} no se puede leer: {run.unread[position]}"
        shown = " | ".join(filter(None, (column[position].strip() for column in run.rows.columns)))
        value = FieldValue("undetermined", text=shown, place=row.place, reason=why)
        head = replace(self._head, fields={**self._head.fields, self._plan.table: value})
        params = replace(rule.params, column=None) if getattr(rule.params, "column", None) else rule.params
        (fact,) = kind(rule.kind).observe(rule.head.id, params, head, self._context)
        return replace(fact, subject=f"{self._plan.table}[{row.index}]", quote=shown)

    # Rows that repeat each other ------------------------------------------------------------------------------------------

    def _keys(self, run: _Run, check: UniqueCheck) -> Sequence[Key | None]:
        """What tells each row of data from the others; rows that are none are left out."""
        count = len(run.rows.numbers)
        if any(c not in run.texts for c in check.columns):
            return [None] * (count - len(run.dropped))
        keys = keys_of([run.texts[c] for c in check.columns])
        if not run.unread and not run.dropped:
            return keys
        dropped = set(run.dropped)
        return [None if n in run.unread else key for n, key in enumerate(keys) if n not in dropped]

    def _repeated(self) -> None:
        """Look again at the rows whose keys may be the same."""
        wanted = [(check, hashes.met()) for check, hashes in zip(self._plan.unique, self._hashes, strict=True)]
        wanted = [(check, met) for check, met in wanted if met]
        if not wanted:
            return
        first: list[dict[Key, Listed | int]] = [{} for _ in wanted]
        positions = array("Q", sorted({n for _, met in wanted for n in met}))
        for run in self._runs(positions):
            for (check, met), seen in zip(wanted, first, strict=True):
                self._repeats_in(run, check, met, seen)

    def _repeats_in(self, run: _Run, check: UniqueCheck, met: Sequence[int], seen: dict[Key, Listed | int]) -> None:
        """Those of one run; ``seen`` keeps the first row of each key."""
        dropped = set(run.dropped)
        positions = [n for n in range(len(run.rows.numbers)) if n not in dropped]
        start, end = bisect_left(met, run.before), bisect_left(met, run.before + len(positions))
        rows: dict[int, Listed] = {}
        told: set[int] = set()
        own = [positions[met[at] - run.before] for at in range(start, end)]
        texts = [[run.texts[c][n] for n in own] for c in check.columns]
        for n, key in zip(own, keys_of(texts), strict=True):
            if key is None or n in run.unread:
                continue
            room = self._tally.room(check.rule.head.id) - len(told)
            earlier = seen.get(key)
            if earlier is None:
                seen[key] = run.listed(n) if room > 0 else run.index(n)
            elif room > 0 and isinstance(earlier, Listed):
                rows[earlier.index] = earlier
                rows[run.index(n)] = run.listed(n)
                told.add(run.index(n))
            else:
                self._count(run, check.rule.head.id, "violated", n)
        facts = self._facts(check, self._rebuilder.submission([rows[index] for index in sorted(rows)])) if rows else ()
        facts = tuple(fact for fact in facts if _row_of(fact) in told)
        for item in self._located([(check.rule, check.owner, facts)]):
            self._tally.tell(item)


def _row_of(fact: Fact) -> int:
    found = _ROW.search(fact.subject)
    assert found is not None, "facts about rows name them"
    return int(found[1])
