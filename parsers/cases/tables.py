"""Logs as tables (csv, tsv, and the rows of workbooks): one event a row, the cases in any order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from parsers.cases.columns import EventReader, Header, header_of
from parsers.cases.finish import MOST, finished
from parsers.cases.model import CaseRecord, Event
from parsers.cases.recognise import HEADER_WITHIN
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Gap, Place
from parsers.rows import Rows, RowTable

HELD = 250_000
"""Events of interleaved cases that are held at a time; a file with more of them is read once for each so many."""


class Log(msgspec.Struct, frozen=True):
    """A table whose header was found."""

    table: RowTable
    header: Header
    first: int
    """The first row below the header."""


class Index(msgspec.Struct):
    """What a first reading tells of the cases, in the order in which they begin."""

    counts: dict[str, int] = {}
    """Case → its rows."""
    interleaved: bool = False
    nameless: int = 0
    """Rows that say something and not of which case."""
    gaps: list[Gap] = []
    """Where those are."""


def read_table(path: Path, limits: Limits) -> Iterator[CaseRecord]:
    """The cases of a log in delimited text. Raises Unreadable where it has no header of one."""
    from parsers.delimited_rows import open_delimited

    file = open_delimited(path, limits, 1, 0)
    if file is None:
        raise Unreadable("malformed", "El archivo no tiene un encabezado y una fila debajo: no es un registro de caso.")
    return cases_of(file.tables, path.name.partition(".")[0])


def cases_of(tables: Sequence[RowTable], name: str) -> Iterator[CaseRecord]:
    """The cases of ``tables`` in the order in which they begin. ``name`` is what the case is called where no column tells cases apart.

    Where each case stands together, one is held at a time; else :data:`HELD` events, or the largest case.
    """
    logs = [log for table in tables if (log := _log_of(table)) is not None]
    if not logs:
        raise Unreadable(
            "malformed",
            "No se halló el encabezado de un registro de caso: columnas «case:concept:name» y «concept:name», o «Caso» y «Actividad».",
        )
    readers = [EventReader(log.header, log.table.place if log.table.page is not None else None) for log in logs]
    index = _index(logs, readers, name)
    if not index.counts and not index.gaps:
        raise Unreadable("empty", "El registro tiene encabezado y ninguna fila.")
    notes = _notes(tables, logs, index, name)
    for wanted in _batches(index):
        yield from _cases(logs, readers, notes, wanted, name)
    if index.gaps:
        gaps = index.gaps
        if index.nameless > len(gaps):
            gaps = [*gaps, Gap(f"otras {index.nameless - len(gaps)} filas tampoco dicen de qué caso son", Place())]
        yield CaseRecord("", None, (), gaps[0].place, notes, tuple(gaps))


def _log_of(table: RowTable) -> Log | None:
    """The table with the first of its rows that is a header."""
    seen = 0
    for _, rows in table.runs(1, None):
        for n, number in enumerate(rows.numbers):
            header = header_of([column[n] for column in rows.columns])
            if header is not None:
                return Log(table, header, number + 1)
            seen += 1
            if seen >= HEADER_WITHIN:
                return None
    return None


def _runs(logs: Sequence[Log]) -> Iterator[tuple[int, Rows]]:
    """All rows below the headers, with the position of their log."""
    for n, log in enumerate(logs):
        for _, rows in log.table.runs(log.first, None):
            yield n, rows


def _cases_in(reader: EventReader, header: Header, rows: Rows, name: str) -> Sequence[str | None]:
    """The case of each row; None where it is not said."""
    if "case" in header.columns:
        return reader.texts(rows, "case")
    return [name if any(column[n].strip() for column in rows.columns) else None for n in range(len(rows.numbers))]


def _index(logs: Sequence[Log], readers: Sequence[EventReader], name: str) -> Index:
    index = Index({}, False, 0, [])
    counts = index.counts
    last: str | None = None
    for n, rows in _runs(logs):
        cases = _cases_in(readers[n], logs[n].header, rows, name)
        position = 0
        for case, run in groupby(cases):
            size = sum(1 for _ in run)
            if case is None:
                _nameless(index, logs[n].table, rows, range(position, position + size))
            else:
                if case in counts and case != last:
                    index.interleaved = True
                counts[case] = counts.get(case, 0) + size
                last = case
            position += size
    return index


def _nameless(index: Index, table: RowTable, rows: Rows, positions: range) -> None:
    """Tell of the rows that name no case and are not blank."""
    for n in positions:
        if any(column[n].strip() for column in rows.columns):
            index.nameless += 1
            if len(index.gaps) < MOST:
                place = _place(table, rows, n, 1)
                said = "; ".join(column[n].strip() for column in rows.columns if column[n].strip())[:80]
                index.gaps.append(Gap(f"{_where(place)} no dice de qué caso es («{said}»)", place))


def _place(table: RowTable, rows: Rows, n: int, column: int) -> Place:
    line = None if rows.lines is None else rows.lines[n]
    return table.place(rows.numbers[n], column, line)


def _where(place: Place) -> str:
    return f"la línea {place.line}" if place.line is not None else f"la fila de {place.cell}"


def _notes(tables: Sequence[RowTable], logs: Sequence[Log], index: Index, name: str) -> tuple[str, ...]:
    """What is to be told of every case of the file."""
    notes = [note for log in logs for note in log.header.notes]
    read = {id(log.table) for log in logs}
    notes += [
        f"la hoja «{table.title}» no tiene el encabezado de un registro y no se leyó"
        for table in tables
        if id(table) not in read
    ]
    if any("case" not in log.header.columns for log in logs):
        notes.append(f"ninguna columna dice de qué caso es cada fila; todas se tomaron por el caso «{name}»")
    if index.nameless:
        count = "una fila no dice" if index.nameless == 1 else f"{index.nameless} filas no dicen"
        notes.append(f"{count} de qué caso es lo que registra, y podría ser de este")
    return tuple(dict.fromkeys(notes))


def _batches(index: Index) -> Iterator[tuple[str, ...] | None]:
    """The cases to gather in each reading; None for one reading that gives them one after the other."""
    if not index.interleaved:
        if index.counts:
            yield None
        return
    batch: list[str] = []
    size = 0
    for case, count in index.counts.items():
        if batch and size + count > HELD:
            yield tuple(batch)
            batch, size = [], 0
        batch.append(case)
        size += count
    yield tuple(batch)


class _Gathered(msgspec.Struct):
    """A case in the making."""

    events: list[Event] = []
    procedures: dict[str, Place] = {}
    gaps: list[Gap] = []


def _cases(
    logs: Sequence[Log],
    readers: Sequence[EventReader],
    notes: tuple[str, ...],
    batch: tuple[str, ...] | None,
    name: str,
) -> Iterator[CaseRecord]:
    """The cases of one reading: those of ``batch``, at its end; or all, each when the next one begins."""
    wanted = None if batch is None else frozenset(batch)
    held: dict[str, _Gathered] = {}
    for n, rows in _runs(logs):
        reader, log = readers[n], logs[n]
        cases = _cases_in(reader, log.header, rows, name)
        kept = [at for at, case in enumerate(cases) if case is not None and (wanted is None or case in wanted)]
        if len(kept) < len(cases):
            rows = _only(rows, kept)
            cases = [cases[at] for at in kept]
        events = reader.events(rows, _numbers(cases, {case: len(one.events) for case, one in held.items()}))
        procedures = reader.texts(rows, "procedure")
        faults = _faults(log, rows)
        position = 0
        for case, run in groupby(cases):
            assert case is not None
            part = slice(position, position + sum(1 for _ in run))
            position = part.stop
            if wanted is None and case not in held:
                for before in tuple(held):
                    yield _record(before, held.pop(before), notes)
            gathered = held.setdefault(case, _Gathered([], {}, []))
            gathered.events += events[part]
            for procedure in dict.fromkeys(procedures[part]):
                if procedure is not None:
                    at = procedures.index(procedure, part.start)
                    gathered.procedures.setdefault(procedure, events[at].place)
            if faults:
                gathered.gaps += [gap for at, gap in faults if part.start <= at < part.stop]
    for case in tuple(held) if batch is None else batch:
        yield _record(case, held.pop(case), notes)


def _only(rows: Rows, kept: Sequence[int]) -> Rows:
    """The rows at the positions ``kept``."""
    new = {at: n for n, at in enumerate(kept)}
    return Rows(
        [rows.numbers[at] for at in kept],
        [[column[at] for at in kept] for column in rows.columns],
        None if rows.lines is None else [rows.lines[at] for at in kept],
        {new[at]: why for at, why in rows.unread.items() if at in new},
        rows.width,
        {new[at]: width for at, width in rows.counts.items() if at in new},
        {(new[at], column): what for (at, column), what in rows.troubled.items() if at in new},
    )


def _numbers(cases: Sequence[str | None], counts: dict[str, int]) -> list[int]:
    """The number of each row within its case, from what each has already."""
    numbers: list[int] = []
    for case in cases:
        key = case or ""
        number = counts.get(key, 0) + 1
        counts[key] = number
        numbers.append(number)
    return numbers


def _faults(log: Log, rows: Rows) -> list[tuple[int, Gap]]:
    """What of the rows cannot be read or trusted: position in the run and gap."""
    found: list[tuple[int, Gap]] = []
    for n, why in rows.unread.items():
        place = _place(log.table, rows, n, 1)
        found.append((n, Gap(f"{_where(place)} {why}", place)))
    for n, width in rows.counts.items():
        if width > log.header.width and any(column[n].strip() for column in rows.columns[log.header.width :]):
            place = _place(log.table, rows, n, 1)
            found.append((n, Gap(f"{_where(place)} tiene más celdas que el encabezado", place)))
    for (n, column), (trouble, said) in rows.troubled.items():
        place = _place(log.table, rows, n, column + 1)
        what = "tiene una fórmula sin valor calculado" if trouble == "formula" else f"muestra el error {said}"
        found.append((n, Gap(f"la celda {place.cell} {what}", place)))
    return found


def _record(case: str, gathered: _Gathered, notes: tuple[str, ...]) -> CaseRecord:
    procedures = tuple(gathered.procedures)
    gaps = gathered.gaps
    if len(procedures) > 1:
        named = "», «".join(procedures[:MOST])
        reason = f"las filas del caso dicen procedimientos distintos («{named}»); no se tomó ninguno"
        gaps = [*gaps, Gap(reason, gathered.procedures[procedures[1]])]
    procedure = procedures[0] if len(procedures) == 1 else None
    return finished(case, procedure, tuple(gathered.events), gathered.events[0].place, notes, gaps)
