"""``vobo case derive FOLDER``: the record that follows from a folder of e-mails and documents, to be corrected and checked."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from checker.cli import OK
from checker.cli.outputs import UsageError

if TYPE_CHECKING:
    from parsers.cases.model import CaseRecord

SUMMARY = "derive the record of a case from a folder or zip of its e-mails and documents"
EXAMPLES = """\
  vobo case derive expedientes/A-2026-017 -o A-2026-017.yaml     then correct it, and: vobo check A-2026-017.yaml
  vobo case derive expediente.zip --procedure campanas
  vobo case derive expedientes/A-2026-017 --directory directorio.yaml"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "action", choices=("derive",), help="derive: write the record as YAML, what was inferred as comments"
    )
    parser.add_argument(
        "folder", metavar="FOLDER", type=Path, help="folder or zip of e-mails (eml, msg, mbox) and documents"
    )
    parser.add_argument("--output", "-o", metavar="FILE", type=Path, help="write to FILE (default: standard output)")
    parser.add_argument(
        "--procedure", metavar="ID", help="as ID or PACK#ID (default: what expediente.yaml says, or recognised)"
    )
    parser.add_argument(
        "--directory",
        metavar="FILE",
        type=Path,
        help="who held which office when (default: directorio.yaml in the folder)",
    )
    parser.add_argument("--rules", metavar="DIR", type=Path, action="append", default=[], help="folder with more packs")


def run(args: argparse.Namespace) -> int:
    """Write the record; what could not be read, or is not sure, stands in its comments and on standard error."""
    from checker.cases.expediente import expediente_of
    from checker.check import load
    from checker.options import Options
    from parsers.cases.write import to_yaml
    from parsers.errors import Unreadable

    options = Options(rules=tuple(args.rules), procedure=args.procedure, directory=args.directory)
    try:
        found = expediente_of(args.folder, load(options), options)
    except Unreadable as error:
        raise UsageError(f"{args.folder}: {error.reason}") from error
    text = to_yaml(_located(found.record, args.folder, args.output))
    if args.output is None:
        sys.stdout.write(text)
    else:
        try:
            args.output.write_text(text, encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{args.output}: {error.strerror}") from error
    for gap in found.record.gaps:
        print(f"vobo case: {gap.reason}", file=sys.stderr)
    return OK


def _located(record: CaseRecord, folder: Path, output: Path | None) -> CaseRecord:
    """The record with the paths of its documents as seen from where it is written; without those that lie elsewhere, or in a zip."""
    from msgspec.structs import replace

    base = (output.parent if output is not None else Path()).resolve()
    root = folder.resolve()
    within = folder.is_dir() and root.is_relative_to(base)

    def located(file: str | None) -> str | None:
        return (root / file).relative_to(base).as_posix() if file is not None and within else None

    events = tuple(
        replace(
            e,
            artefacts=tuple(replace(a, file=located(a.file)) for a in e.artefacts) if e.artefacts is not None else None,
        )
        for e in record.events
    )
    return replace(record, events=events)
