"""An agenda as CSV, for a spreadsheet: a row for each duty, dated ones first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from checker.agenda.model import Agenda, Dated, Duty, Undated
from checker.report.words import one_line

_HEADS = (
    "Fecha límite",
    "Desde",
    "Cuándo",
    "Qué",
    "Periodo",
    "A cargo de",
    "Disposición",
    "Norma",
    "Clave",
    "Numeral",
    "Regla",
    "Cómo se cuenta",
    "Nota",
)
_COMMANDS = ("=", "+", "-", "@", "\t", "\r", "|", "%")
"""What a cell begins with that a spreadsheet takes for a formula or a command."""


def sheet(agenda: Agenda) -> bytes:
    """UTF-8 with a byte order mark, as spreadsheets want it, days as ``2026-02-09``; nothing in it is run as a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(_HEADS)
    rows: list[Dated | Undated] = [*agenda.dated, *agenda.undated]
    writer.writerows([_safe(cell) for cell in _row(item)] for item in rows)
    return file.getvalue().encode("utf-8-sig")


def _row(item: Dated | Undated) -> Iterator[str]:
    if isinstance(item, Dated):
        yield from (item.last.isoformat(), item.first.isoformat() if item.first else "", "")
        yield from _duty(item.duty, item.period, item.working)
    else:
        yield from ("", "", item.when)
        yield from _duty(item.duty, "", "")


def _duty(duty: Duty, period: str, working: str) -> tuple[str, ...]:
    who = " o ".join(duty.who)
    return (
        *(duty.what, period, who, duty.title),
        *(duty.norm, duty.clave, duty.numeral, duty.rule, working, duty.note),
    )


def _safe(cell: str) -> str:
    """An apostrophe before what a spreadsheet would run."""
    clean = one_line(cell)
    return f"'{clean}" if clean.startswith(_COMMANDS) else clean
