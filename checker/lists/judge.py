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
from checker.lists.layout import Layout
from checker.lists.plan import CellCheck, Plan, UniqueCheck
from checker.lists.reading import ListReader, Run
from checker.lists.repeats import Hashes, Key, keys_of
from checker.lists.rows import Listed, Rebuilder
from checker.lists.tally import Tally
from checker.packs.pack import Pack, Rule
from checker.recognise.labels import LabelIndex
from checker.recognise.model import FieldValue, Recognised
from parsers.model import Gap
from parsers.rows import LongFile

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
        assert head.type is not None, "lists have a type"
        self._head, self._plan, self._context, self._signed = head, plan, context, signed
        self._reader = ListReader(file, layouts, plan, head.type, index)
        self._rebuilder = Rebuilder(head, plan.table)
        self._tally = Tally(plan.table)
        self._taken: Counter[tuple[str, str, str]] = Counter()
        self._answers: list[dict[_Key, Outcome | None]] = [{} for _ in plan.cells]
        self._hashes = [Hashes() for _ in plan.unique]
        self._troubled: dict[str, tuple[int, Gap]] = {}

    def verdicts(self) -> Verdicts:
        for run in self._reader.runs():
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
        return Verdicts(tuple(self._tally.located()), self._reader.count, gaps, (*self._reader.notes(), *self._notes()))

    def _notes(self) -> Iterator[str]:
        for check in self._plan.unique:
            if check.alike:
                yield f"Por la longitud de la lista sólo se buscaron renglones iguales, no los parecidos ({check.rule.head.id})."

    def _troubles(self, run: Run) -> None:
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

    def _cells(self, run: Run) -> None:
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

    def _doubtful(self, run: Run, number: int) -> list[int]:
        """Positions of the cells of which a check may have something to tell."""
        check = self._plan.cells[number]
        if check.doubtful is None:
            known, texts = self._answers[number], run.texts[check.column]
            left = {text for text in set(texts) if known.get(text, "") is not None}
            return [n for n, text in enumerate(texts) if text in left] if left else []
        return self._reader.doubtful(run, number)

    def _absent(
        self, run: Run, check: CellCheck, doubtful: Sequence[int], told: dict[int, list[int]], number: int
    ) -> None:
        """A column that the list lacks: what is answered to one row holds for all."""
        known = self._answers[number]
        if "" not in known and doubtful:
            known[""] = self._decided(check, [Listed(1, {}, {}, run.listed(doubtful[0]).place)]).get(1)
        outcome = known.get("")
        if outcome is not None:
            self._answered(run, check, doubtful, [outcome] * len(doubtful), told, number)

    def _asked(
        self, run: Run, check: CellCheck, number: int, doubtful: Sequence[int], told: dict[int, list[int]]
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
        run: Run,
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

    def _count(self, run: Run, rule: str, outcome: Outcome, position: int) -> None:
        line = run.rows.lines[position] if run.rows.lines is not None else None
        number = run.rows.numbers[position]
        place = run.table.place(number, 1, line)
        self._tally.count(rule, outcome, run.table.title, line or number, place)

    def _tell(self, run: Run, told: dict[int, list[int]]) -> None:
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

    def _unread(self, run: Run) -> None:
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

    def _unread_fact(self, run: Run, rule: Rule, position: int) -> Fact:
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

    def _keys(self, run: Run, check: UniqueCheck) -> Sequence[Key | None]:
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
        for run in self._reader.runs(positions):
            for (check, met), seen in zip(wanted, first, strict=True):
                self._repeats_in(run, check, met, seen)

    def _repeats_in(self, run: Run, check: UniqueCheck, met: Sequence[int], seen: dict[Key, Listed | int]) -> None:
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
