"""Logs as tables (csv, tsv, and the rows of workbooks): one event a row, the cases in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import cast

import msgspec

from parsers.cases.columns import EventReader, Header, header_of
from parsers.cases.finish import MOST, finished
from parsers.cases.model import CaseRecord, Event
from parsers.cases.recognise import HEADER_WITHIN
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Gap, Place
from parsers.rows import Rows, RowTable

HELD = 500_000
"""Events of interleaved cases that are held at a time; a file with more of them is read once for each so many."""

LONGEST = 2 * 2**30
"""Bytes of a text table, which is never held whole."""


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
    from parsers.delimited_rows import row_table

    if path.stat().st_size > max(limits.file_size, LONGEST):
        raise Unreadable("too-large", f"El archivo pesa más de {LONGEST // 2**30} GiB, que es el máximo admitido.")
    return cases_of((row_table(path),), path.name.partition(".")[0])


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
    if not index.interleaved:
        yield from _in_turn(logs, readers, notes, name)
    else:
        for batch in _batches(index):
            yield from _together(logs, readers, notes, name, batch)
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
    last: str | None = None
    for cases in _all_cases(logs, readers):
        if cases is None:
            return _full_index(logs, readers, name)
        last = _count(index, cases, last)
    return index


def _all_cases(logs: Sequence[Log], readers: Sequence[EventReader]) -> Iterator[Sequence[str] | None]:
    """The case of each row by a look at its column alone; None where that does not tell."""
    for log, reader in zip(logs, readers, strict=True):
        column = log.header.columns.get("case")
        if column is None or log.table.column is None:
            yield None
            return
        for texts in log.table.column(log.first, column + 1):
            cases = list(map(reader.understood("case").__getitem__, texts))
            yield None if None in cases else cases


def _full_index(logs: Sequence[Log], readers: Sequence[EventReader], name: str) -> Index:
    index = Index({}, False, 0, [])
    last: str | None = None
    for n, rows in _runs(logs):
        cases = _cases_in(readers[n], logs[n].header, rows, name)
        if None in cases:
            _nameless(index, logs[n].table, rows, [at for at, case in enumerate(cases) if case is None])
        last = _count(index, [case for case in cases if case is not None], last)
    return index


def _count(index: Index, cases: Sequence[str], last: str | None) -> str | None:
    """Count the rows of each case; ``last`` is the case of the row before them, and then of the last of them."""
    counts = index.counts
    if not index.interleaved:
        starts = [case for case, _ in groupby(cases)]
        again = starts[1:] if starts and starts[0] == last else starts
        index.interleaved = len(set(again)) < len(again) or any(case in counts for case in again)
    for case, count in Counter(cases).items():
        counts[case] = counts.get(case, 0) + count
    return cases[-1] if cases else last


def _spans(cases: Sequence[str]) -> list[tuple[str, range]]:
    """The positions of each stretch of rows of one case."""
    spans: list[tuple[str, range]] = []
    position = 0
    for case, run in groupby(cases):
        start, position = position, position + len(tuple(run))
        spans.append((case, range(start, position)))
    return spans


def _nameless(index: Index, table: RowTable, rows: Rows, positions: Sequence[int]) -> None:
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


def _batches(index: Index) -> Iterator[Sequence[str]]:
    """The cases to gather in each reading of a file in which they are interleaved."""
    batch: list[str] = []
    size = 0
    for case, count in index.counts.items():
        if batch and size + count > HELD:
            yield batch
            batch, size = [], 0
        batch.append(case)
        size += count
    yield batch


class _Gathered(msgspec.Struct):
    """A case in the making."""

    events: list[Event] = []
    procedures: dict[str, Place] = {}
    gaps: list[Gap] = []


class _Part(msgspec.Struct):
    """Rows as they are read: all of them, or those of the cases that are gathered."""

    cases: Sequence[str]
    events: list[Event]
    procedures: Sequence[str | None]
    faults: list[tuple[int, Gap]]


def _parts(
    logs: Sequence[Log], readers: Sequence[EventReader], name: str, wanted: frozenset[str] | None
) -> Iterator[_Part]:
    """All rows that name a case, or one of those ``wanted``; their events are numbered within it."""
    counts: dict[str, int] = {}
    for n, rows in _runs(logs):
        reader, log = readers[n], logs[n]
        said = _cases_in(reader, log.header, rows, name)
        if wanted is not None or None in said:
            kept = [at for at, case in enumerate(said) if case is not None and (wanted is None or case in wanted)]
            if not kept:
                continue
            rows = _only(rows, kept)
            said = [said[at] for at in kept]
        cases = cast("Sequence[str]", said)
        events = reader.events(rows, _numbers(cases, counts))
        yield _Part(cases, events, reader.texts(rows, "procedure"), _faults(log, rows))


def _in_turn(
    logs: Sequence[Log], readers: Sequence[EventReader], notes: tuple[str, ...], name: str
) -> Iterator[CaseRecord]:
    """The cases of a file in which each stands together, each when the next one begins."""
    last, held = "", _Gathered([], {}, [])
    for part in _parts(logs, readers, name, None):
        for case, span in _spans(part.cases):
            if case != last:
                if held.events:
                    yield _record(last, held, notes, readers)
                last, held = case, _Gathered([], {}, [])
            held.events += part.events[span.start : span.stop]
            for procedure in dict.fromkeys(part.procedures[span.start : span.stop]):
                if procedure is not None:
                    at = part.procedures.index(procedure, span.start)
                    held.procedures.setdefault(procedure, part.events[at].place)
            if part.faults:
                held.gaps += [gap for at, gap in part.faults if at in span]
    if held.events:
        yield _record(last, held, notes, readers)


def _together(
    logs: Sequence[Log], readers: Sequence[EventReader], notes: tuple[str, ...], name: str, batch: Sequence[str]
) -> Iterator[CaseRecord]:
    """The cases of ``batch``, whose rows stand anywhere."""
    held = {case: _Gathered([], {}, []) for case in batch}
    for part in _parts(logs, readers, name, frozenset(batch)):
        for case, event in zip(part.cases, part.events, strict=True):
            held[case].events.append(event)
        for at, (case, procedure) in enumerate(zip(part.cases, part.procedures, strict=True)):
            if procedure is not None and procedure not in held[case].procedures:
                held[case].procedures[procedure] = part.events[at].place
        for at, gap in part.faults:
            held[part.cases[at]].gaps.append(gap)
    for case in batch:
        yield _record(case, held.pop(case), notes, readers)


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


def _numbers(cases: Sequence[str], counts: dict[str, int]) -> list[int]:
    """The number of each row within its case, from what each has already."""
    numbers: list[int] = []
    for case, span in _spans(cases):
        before = counts.get(case, 0)
        counts[case] = before + len(span)
        numbers += range(before + 1, before + len(span) + 1)
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


def _record(case: str, gathered: _Gathered, notes: tuple[str, ...], readers: Sequence[EventReader]) -> CaseRecord:
    procedures = tuple(gathered.procedures)
    gaps = gathered.gaps
    if len(procedures) > 1:
        named = "», «".join(procedures[:MOST])
        reason = f"las filas del caso dicen procedimientos distintos («{named}»); no se tomó ninguno"
        gaps = [*gaps, Gap(reason, gathered.procedures[procedures[1]])]
    procedure = procedures[0] if len(procedures) == 1 else None
    events = tuple(gathered.events)
    one_zone = len(frozenset[object]().union(*(reader.zones for reader in readers))) < 2
    return finished(case, procedure, events, events[0].place, notes, gaps, one_zone=one_zone)
