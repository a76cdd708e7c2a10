"""A log of a million events in a table: checking it against only reading it, and what is held of it."""

from __future__ import annotations

import csv
import datetime as dt
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Measured, settle
from checker.cases.sample import made_records
from checker.check import load
from checker.options import Options
from parsers.cases.model import CaseRecord

EVENTS = 1_000_000
_PROCEDURE = "programas-virtuales"
_DEVIATING = 0.05
"""Share of the cases that lack an activity."""
_HEAD = (
    *("Caso", "Actividad", "Fecha", "Rol", "Persona", "Resultado", "Artefactos", "Para", "Por conducto de"),
    "Procedimiento",
)
_READ = """
import sys, time, pandas
pandas.read_csv(sys.argv[2])
start = time.perf_counter()
pandas.read_csv(sys.argv[1])
print(time.perf_counter() - start)
"""
"""Pandas reads a small table first, so that neither its import nor its first steps count."""


def measure(folder: Path, rounds: int = 3, events: int = EVENTS) -> list[Measured]:
    """Time of a log against pandas, memory against a tenth of it, and time of each event against a log of a tenth."""
    tenth, whole = folder / "tenth.csv", folder / "whole.csv"
    made = {path: make_log(path, size) for path, size in ((tenth, events // 10), (whole, events))}
    reading: list[float] = []
    checking: dict[Path, list[float]] = {tenth: [], whole: []}
    peaks: dict[Path, int] = {}
    for _ in range(rounds):
        reading.append(_pandas(whole, tenth))
        for path, kept in checking.items():
            seconds, peaks[path] = _vobo(path, folder / "report.json")
            kept.append(seconds)
    read, small, large = statistics.median(reading), *(statistics.median(kept) for kept in checking.values())
    return [
        Measured(
            f"`vobo check` of a table of {made[whole]:,} events of programas virtuales, of which 5 % of the cases deviate: "
            "against `pandas.read_csv` alone",
            f"{large:.1f} s against {read:.2f} s",
            large / read,
            5.0,
        ),
        Measured(
            "the same, for ten times as many events: time of each",
            f"{made[tenth]:,} events: {small:.1f} s, {made[whole]:,}: {large:.1f} s",
            (large / made[whole]) / (small / made[tenth]),
            1.2,
        ),
        Measured(
            "the same, for ten times as many events: peak memory of the largest process",
            f"{peaks[whole] / 2**20:.0f} MiB against {peaks[tenth] / 2**20:.0f} MiB; the table has {whole.stat().st_size / 2**20:.0f} MiB",
            peaks[whole] / peaks[tenth],
            2.0,
        ),
    ]


def make_log(path: Path, events: int, seed: int = 1) -> int:
    """Write a log of at least so many events; gives how many it has. Each case is a compliant one with times of its own, or lacks an
    activity.
    """
    chance, written, number = random.Random(seed), 0, 0
    kinds = [list(_rows(record)) for record in _records()]
    with path.open("w", newline="", encoding="utf-8") as stream:
        out = csv.writer(stream)
        out.writerow(_HEAD)
        while written < events:
            number += 1
            rows = chance.choice(kinds)
            lacking = chance.randrange(1, len(rows) - 1) if chance.random() < _DEVIATING else -1
            later = dt.timedelta(seconds=chance.randrange(3_000))
            for at, (moment, row) in enumerate(rows):
                if at != lacking:
                    out.writerow((f"PV-{number:06}", row[0], (moment + later).strftime("%Y-%m-%dT%H:%M:%S"), *row[1:]))
                    written += 1
    return written


def _records() -> list[CaseRecord]:
    pack = next(p for p in load(Options()) if p.info.id == "imss/programas-virtuales")
    return list(made_records(pack.casebook.procedures[_PROCEDURE], pack))


def _rows(record: CaseRecord) -> Iterator[tuple[dt.datetime, tuple[str, ...]]]:
    for event in record.events:
        if event.at is None or event.at.value is None:
            raise RuntimeError("made events are dated")
        artefacts = "; ".join(a.type for a in event.artefacts or ())
        said = (event.activity or event.milestone, event.role, event.person, event.outcome, artefacts)
        sent = ("; ".join(event.to or ()), "; ".join(event.via or ()), record.procedure)
        yield event.at.value, tuple(text or "" for text in (*said, *sent))


def _pandas(path: Path, small: Path) -> float:
    """Seconds that reading takes."""
    settle()
    command = (sys.executable, "-c", _READ, str(path), str(small))
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _vobo(path: Path, report: Path) -> tuple[float, int]:
    """Seconds of the command, start-up and report included; peak bytes of the largest of its processes."""
    vobo = Path(sys.executable).with_name("vobo")
    command = (str(vobo), "check", str(path), "--format", "json", "--output", str(report))
    settle()
    start = time.perf_counter()
    process = os.posix_spawn(command[0], command, os.environ)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise RuntimeError(f"vobo ended with {os.waitstatus_to_exitcode(status)}")
    return seconds, usage.ru_maxrss * 1024
