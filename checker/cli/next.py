"""``vobo next CASE``: what is due now in a case, by whom, until when, with which documents."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from checker.cli.outputs import UsageError

if TYPE_CHECKING:
    from checker.cases.due import Due
    from checker.report.paint import Style

SUMMARY = "tell what is due next in a case: by whom, until when, with which documents"
EXAMPLES = """\
  vobo next caso.yaml
  vobo next bitacora.csv --as-of 2026-03-02 --format json"""
_WIDTH = 100


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("case", metavar="CASE", type=Path, help="a case record: YAML, JSON, CSV, XLSX or XES")
    parser.add_argument(
        "--procedure", metavar="ID", help="as ID or PACK#ID (default: what the record says, or recognised)"
    )
    parser.add_argument("--partial", action="store_true", help="the record is an extract: nothing before it is wanting")
    parser.add_argument("--as-of", metavar="DATE", help="the day on which to look, as 2026-02-03 (default: today)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument("--rules", metavar="DIR", type=Path, action="append", default=[], help="folder with more packs")


def run(args: argparse.Namespace) -> int:
    """Print what is due of every case of the file; a file that is no record raises ``UsageError``."""
    from checker.cases.due import due_next
    from checker.cases.judge import Court
    from checker.cases.law import UnknownProcedure
    from checker.check import load
    from checker.options import Options
    from parsers.cases.read import read_cases
    from parsers.errors import Unreadable
    from parsers.limits import Limits

    day = _day(args.as_of)
    options = Options(rules=tuple(args.rules), procedure=args.procedure, as_of=day, partial=args.partial)
    court = Court(load(options), options)
    cases: list[tuple[str, str, list[Due]]] = []
    try:
        for record in read_cases(args.case, Limits()):
            law, _ = court.laws.of(record, args.procedure or record.procedure)
            cases.append((record.case, law.procedure.title, due_next(court.case(record, law)[0], law)))
    except Unreadable as error:
        raise UsageError(f"{args.case}: {error.reason}") from error
    except UnknownProcedure as error:
        raise UsageError(f"{args.case}: {error}") from error
    if args.format == "json":
        return _json(cases, day)
    from checker.cli.style import style_of

    style = style_of(sys.stdout, dict(os.environ))
    for name, title, found in cases:
        print(f"{style.bold(name)}  {style.dim(title)}")
        print("\n".join(_lines(found, day, style)) or "  No hay nada pendiente: el asunto terminó.")
        print()
    return 0


def _day(text: str | None) -> dt.date:
    if text is None:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--as-of {text!r}: a day is written 2026-02-03") from error


def _lines(found: list[Due], day: dt.date, style: Style) -> Iterator[str]:
    from checker.spanish.saying import joined, spoken

    for due in found:
        late = due.until is not None and due.until < day
        head = f"Si el resultado es «{due.outcome}»: {due.what}" if due.outcome else due.what
        yield from textwrap.wrap(head, _WIDTH - 2, initial_indent="  • ", subsequent_indent="    ")
        until = f"{'venció' if late else 'vence'} el {spoken(due.until)}" if due.until else ""
        details = (
            ("Quién", due.who),
            ("Hasta", style.paint("error", until) if late else until),
            ("Con", joined([f"«{a}»" for a in due.artefacts])),
            ("Para", joined(list(due.to))),
            ("Conducto", joined(list(due.via))),
            ("Cómputo", due.working),
            ("Numeral", due.numeral),
        )
        for label, text in details:
            if text:
                first, *rest = textwrap.wrap(text, _WIDTH - 16) or [text]
                yield f"    {style.dim(label.ljust(10))}{first}"
                yield from (f"{' ' * 14}{line}" for line in rest)


def _json(cases: list[tuple[str, str, list[Due]]], day: dt.date) -> int:
    import msgspec

    told = {
        "as_of": day,
        "cases": [{"case": name, "procedure": title, "due": found} for name, title, found in cases],
    }
    print(msgspec.json.format(msgspec.json.encode(told), indent=2).decode())
    return 0
