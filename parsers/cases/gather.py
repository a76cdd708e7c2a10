"""The second reading of a log: its events, case by case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

import msgspec

from parsers.cases.finish import finished
from parsers.cases.lifecycle import counted, transition_of
from parsers.cases.log import Log, row_at, runs_of, spans_of
from parsers.cases.model import CaseRecord, Event
from parsers.model import Gap, Place
from parsers.rows import Rows


class _Gathered(msgspec.Struct):
    """A case in the making."""

    events: list[Event] = []
    procedures: dict[str, Place] = {}
    gaps: list[Gap] = []
    transitions: list[str | None] = []


class _Part(msgspec.Struct):
    """Rows as they are read: all of them, or those of the cases that are gathered."""

    cases: Sequence[str]
    events: list[Event]
    procedures: Sequence[str | None]
    faults: list[tuple[int, Gap]]
    transitions: Sequence[str | None]


def _parts(logs: Sequence[Log], name: str, wanted: frozenset[str] | None) -> Iterator[_Part]:
    """All rows that name a case, or one of those ``wanted``; their events are numbered within it."""
    counts: dict[str, int] = {}
    for log, rows in runs_of(logs):
        said = log.cases(rows, name)
        if wanted is not None or None in said:
            kept = [at for at, case in enumerate(said) if case is not None and (wanted is None or case in wanted)]
            if not kept:
                continue
            rows = _only(rows, kept)
            said = [said[at] for at in kept]
        cases = cast("Sequence[str]", said)
        events = log.reader.events(rows, _numbers(cases, counts))
        transitions = log.reader.texts(rows, "transition")
        if "transition" in log.header.columns:
            transitions = list(map(transition_of, transitions))
        yield _Part(cases, events, log.reader.texts(rows, "procedure"), _faults(log, rows), transitions)


def in_turn(logs: Sequence[Log], notes: tuple[str, ...], name: str) -> Iterator[CaseRecord]:
    """The cases of a file in which each stands together, each when the next one begins."""
    last, held = "", _Gathered([], {}, [], [])
    for part in _parts(logs, name, None):
        for case, span in spans_of(part.cases):
            if case != last:
                if held.events:
                    yield _record(last, held, notes, logs)
                last, held = case, _Gathered([], {}, [], [])
            held.events += part.events[span.start : span.stop]
            held.transitions += part.transitions[span.start : span.stop]
            for procedure in dict.fromkeys(part.procedures[span.start : span.stop]):
                if procedure is not None:
                    at = part.procedures.index(procedure, span.start)
                    held.procedures.setdefault(procedure, part.events[at].place)
            if part.faults:
                held.gaps += [gap for at, gap in part.faults if at in span]
    if held.events:
        yield _record(last, held, notes, logs)


def together(logs: Sequence[Log], notes: tuple[str, ...], name: str, batch: Sequence[str]) -> Iterator[CaseRecord]:
    """The cases of ``batch``, whose rows stand anywhere."""
    held = {case: _Gathered([], {}, [], []) for case in batch}
    for part in _parts(logs, name, frozenset(batch)):
        for case, event in zip(part.cases, part.events, strict=True):
            held[case].events.append(event)
        for case, transition in zip(part.cases, part.transitions, strict=True):
            held[case].transitions.append(transition)
        first: dict[tuple[str, str | None], int] = {}
        for at, said in enumerate(zip(part.cases, part.procedures, strict=True)):
            first.setdefault(said, at)
        for (case, procedure), at in first.items():
            if procedure is not None:
                held[case].procedures.setdefault(procedure, part.events[at].place)
        for at, gap in part.faults:
            held[part.cases[at]].gaps.append(gap)
    for case in batch:
        yield _record(case, held.pop(case), notes, logs)


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
    for case in cases:
        number = counts.get(case, 0) + 1
        counts[case] = number
        numbers.append(number)
    return numbers


def _faults(log: Log, rows: Rows) -> list[tuple[int, Gap]]:
    """What of the rows cannot be read or trusted: position in the run and gap."""
    found: list[tuple[int, Gap]] = []
    for n, why in rows.unread.items():
        place = log.place(rows, n, 1)
        found.append((n, Gap(f"{row_at(place)} {why}", place)))
    if rows.lines is not None:
        beyond = rows.columns[log.header.width :]
        for n in sorted({n for column in beyond for n, cell in enumerate(column) if cell.strip()}):
            place = log.place(rows, n, 1)
            found.append((n, Gap(f"{row_at(place)} tiene más celdas que el encabezado", place)))
    for (n, column), (trouble, said) in rows.troubled.items():
        place = log.place(rows, n, column + 1)
        what = "tiene una fórmula sin valor calculado" if trouble == "formula" else f"muestra el error {said}"
        found.append((n, Gap(f"la celda {place.cell} {what}", place)))
    return found


def _record(case: str, gathered: _Gathered, notes: tuple[str, ...], logs: Sequence[Log]) -> CaseRecord:
    procedures = tuple(gathered.procedures)
    gaps = gathered.gaps
    if len(procedures) > 1:
        named = "», «".join(procedure[:80] for procedure in procedures[:3])
        reason = f"las filas del caso dicen procedimientos distintos («{named}»); no se tomó ninguno"
        gaps = [*gaps, Gap(reason, gathered.procedures[procedures[1]])]
    procedure = procedures[0] if len(procedures) == 1 else None
    events, told = counted(gathered.events, gathered.transitions)
    one_zone = len(frozenset[object]().union(*(log.reader.zones for log in logs))) < 2
    place = gathered.events[0].place
    return finished(case, procedure, tuple(events), place, (*notes, *told), gaps, one_zone=one_zone)
