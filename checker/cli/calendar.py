"""``vobo calendar``: what a role or unit owes by when, from the norms alone."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.agenda.model import Agenda
    from checker.agenda.owners import Asked
    from checker.packs.pack import Pack

SUMMARY = "list every deadline that a role or unit owes, as iCalendar, CSV, HTML or text"
EXAMPLES = """\
  vobo calendar --pack OT --role CAPSOI --from 2026-01-01 --to 2026-12-31
  vobo calendar --pack OT --role CAPSOI -o plazos.ics            to import in Outlook, Google Calendar or Thunderbird
  vobo calendar --pack PV --unit "División de Capacitación" -o plazos.html
  vobo calendar --pack programas -o plazos.csv                   everybody's

days that the office closes or opens, and readings of what the norms leave open, are taken from vobo.toml"""
_FORMATS = ("text", "ics", "csv", "html")
_ENDINGS = {".txt": "text", ".ics": "ics", ".csv": "csv", ".html": "html", ".htm": "html"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    add = parser.add_argument
    add(
        "--pack",
        metavar="ID",
        action="append",
        default=[],
        help="id, prefix or short name of a pack; repeatable; default: all",
    )
    add(
        "--role",
        metavar="NAME",
        action="append",
        default=[],
        help="id, name, abbreviation or alias of a role; repeatable; default: all",
    )
    add("--unit", metavar="NAME", action="append", default=[], help="every role of this unit; repeatable")
    add("--from", metavar="DATE", dest="start", help="first day, as 2026-01-01 (default: the first of this year)")
    add("--to", metavar="DATE", dest="end", help="last day, included (default: the last of the first day's year)")
    add("--format", choices=_FORMATS, help="default: what the name of the output ends in, else text")
    add("-o", "--output", metavar="FILE", type=Path, help="where to write it (default: standard output)")
    add("--rules", metavar="DIR", type=Path, action="append", default=[], help="folder with more packs")
    add("--config", metavar="FILE", type=Path, help="vobo.toml to read (default: the nearest one above)")


def run(args: argparse.Namespace) -> int:
    """Write the agenda; bad usage raises what ``main`` turns into exit code 2."""
    form = _format(args.format, args.output)
    agenda = _agenda(args)
    if form == "text" and args.output is None:
        from checker.agenda.lines import text
        from checker.cli.style import style_of

        print("\n".join(text(agenda, style_of(sys.stdout, dict(os.environ)))))
        return 0
    written = _written(agenda, form)
    if args.output is None:
        sys.stdout.buffer.write(written)
    else:
        args.output.write_bytes(written)
        print(args.output)
    if form == "ics" and agenda.undated:
        print(
            f"vobo calendar: {len(agenda.undated)} duties have no date of their own (something else sets them off) and no place "
            "in an .ics; the other formats list them",
            file=sys.stderr,
        )
    return 0


def _format(wanted: str | None, output: Path | None) -> str:
    from checker.cli.outputs import UsageError

    if output is not None and not output.resolve().parent.is_dir():
        raise UsageError(f"--output {output}: there is no folder {str(output.parent)!r}")
    if output is not None and output.is_dir():
        raise UsageError(f"--output {output}: a file is wanted, not a folder")
    if wanted:
        return wanted
    if output is None:
        return "text"
    if output.suffix.lower() not in _ENDINGS:
        raise UsageError(f"which format is {str(output)!r}? end it in .ics, .csv, .html or .txt, or give --format")
    return _ENDINGS[output.suffix.lower()]


def _agenda(args: argparse.Namespace) -> Agenda:
    from checker.agenda.gather import gather
    from checker.agenda.owners import called, packs_named
    from checker.check import load
    from checker.config import Config, discover, read
    from checker.options import Options
    from checker.packs.load import pack_in_force

    start, end = _days(args.start, args.end)
    path = args.config or discover(Path.cwd())
    config = read(path) if path else Config()
    known = load(Options(rules=tuple(args.rules) or config.rules or (), readings=config.readings))
    chosen = packs_named(known, args.pack or config.packs or ())
    day = config.as_of or start
    packs = tuple(pack_in_force(known, name, day) for name in dict.fromkeys(p.info.id for p in chosen))
    return gather(
        packs,
        start,
        end,
        _asked(packs, args.role, args.unit),
        owned_by=tuple(called(packs, name) for name in (*args.role, *args.unit)),
        readings=config.readings,
        closed=config.closed,
        opened=config.opened,
    )


def _days(start: str | None, end: str | None) -> tuple[dt.date, dt.date]:
    from checker.agenda.dates import FIRST, LAST
    from checker.cli.outputs import UsageError

    first = _day("--from", start) if start else dt.date.today().replace(month=1, day=1)
    last = _day("--to", end) if end else first.replace(month=12, day=31)
    if last < first:
        raise UsageError(f"--to {last} is before --from {first}")
    if not (first.year >= FIRST and last.year <= LAST and (last - first).days < _MOST):
        raise UsageError(f"write days of the years {FIRST} to {LAST}, at most {_MOST} of them")
    return first, last


_MOST = 3660
"""Days of one agenda."""


def _day(flag: str, value: str) -> dt.date:
    from checker.cli.outputs import UsageError

    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f"{flag} {value}: write a date as 2026-02-03") from error


def _asked(packs: tuple[Pack, ...], roles: list[str], units: list[str]) -> Asked | None:
    from checker.agenda.owners import of_unit, with_role

    asked: Asked = {}
    for found in (*(with_role(packs, role) for role in roles), *(of_unit(packs, unit) for unit in units)):
        for pack, ids in found.items():
            asked[pack] = asked.get(pack, frozenset()) | ids
    return asked if roles or units else None


def _written(agenda: Agenda, form: str) -> bytes:
    if form == "ics":
        from checker.agenda.ics import ics

        return ics(agenda)
    if form == "csv":
        from checker.agenda.sheet import sheet

        return sheet(agenda)
    if form == "html":
        from checker.agenda.page import page

        return page(agenda)
    from checker.agenda.lines import text
    from checker.report.paint import PLAIN

    return ("\n".join(text(agenda, PLAIN)) + "\n").encode()
