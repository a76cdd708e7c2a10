"""Logs as tables (csv, tsv, and the rows of workbooks): one event a row, the cases in any order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from parsers.cases.gather import in_turn, together
from parsers.cases.index import Index, index_of
from parsers.cases.log import Log, log_of
from parsers.cases.model import CaseRecord
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Gap, Place
from parsers.rows import RowTable

HELD = 500_000
"""Events of interleaved cases that are held at a time; a file with more of them is read once for each so many."""

LONGEST = 2 * 2**30
"""Bytes of a text table, which is never held whole."""


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
    logs = [log for table in tables if (log := log_of(table)) is not None]
    if not logs:
        raise Unreadable(
            "malformed",
            "No se halló el encabezado de un registro de caso: columnas «case:concept:name» y «concept:name», o «Caso» y «Actividad».",
        )
    index = index_of(logs, name)
    if not index.counts and not index.gaps:
        raise Unreadable("empty", "El registro tiene encabezado y ninguna fila.")
    notes = _notes(tables, logs, index, name)
    astray = _astray(index)
    for record in _grouped(logs, notes, name, index):
        # what a row of no case says may be what this case lacks, or what it should not have
        yield replace(record, gaps=(*record.gaps, *astray)) if astray else record
    if index.gaps:
        gaps = index.gaps
        if index.nameless > len(gaps):
            gaps = [*gaps, Gap(f"otras {index.nameless - len(gaps)} filas tampoco dicen de qué caso son", Place())]
        yield CaseRecord("", None, (), gaps[0].place, notes, tuple(gaps))


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
    return tuple(dict.fromkeys(notes))


def _grouped(logs: Sequence[Log], notes: tuple[str, ...], name: str, index: Index) -> Iterator[CaseRecord]:
    if not index.interleaved:
        yield from in_turn(logs, notes, name)
    else:
        for batch in _batches(index):
            yield from together(logs, notes, name, batch)


def _astray(index: Index) -> tuple[Gap, ...]:
    """The rows that say of no case what they record."""
    if not index.nameless:
        return ()
    count = "una fila no dice" if index.nameless == 1 else f"{index.nameless} filas no dicen"
    return (Gap(f"{count} de qué caso es lo que registra, y podría ser de este", Place()),)


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
