"""``vobo template TYPE``: the blank document of a type, ready to fill in."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.packs.model import DocumentType
    from checker.packs.pack import Pack

SUMMARY = "write the blank document of a type, every field a placeholder with its numeral"
EXAMPLES = """\
  vobo template minuta-de-reunion                              writes minuta-de-reunion.docx
  vobo template plan-anual-de-difusion -o plan-2027.docx
  vobo template minuta-de-reunion --template-dir membretes/    on the office's own letterhead"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "type",
        metavar="TYPE",
        help="id of the document type, or PACK#ID where several packs define it (see `vobo types`)",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=Path,
        help="where to write it (default: TYPE.docx, or TYPE.xlsx for what offices keep as a workbook)",
    )
    parser.add_argument("--pack", metavar="ID", help="the pack that defines the type, where several do")
    parser.add_argument("--rules", metavar="DIR", type=Path, action="append", default=[], help="folder with more packs")
    parser.add_argument(
        "--template-dir",
        metavar="DIR",
        type=Path,
        help="folder with the office's letterhead: TYPE.docx or membrete.docx, with {{ titulo }}, {{ contenido }}, {{ campos.NAME }}",
    )
    parser.add_argument(
        "--as-of", metavar="DATE", type=dt.date.fromisoformat, help="day (YYYY-MM-DD) whose edition of the norm governs"
    )
    parser.add_argument("--force", action="store_true", help="overwrite the file if it exists")


def run(args: argparse.Namespace) -> int:
    """Write the document and print its path; 2 where that cannot be done."""
    from checker.check import load
    from checker.handback.blank import blank
    from checker.handback.letterhead import TemplateError
    from checker.options import BadOption, Options
    from checker.packs.errors import PackError

    target: Path = args.output or Path(f"{args.type}.docx")
    try:
        packs = load(Options(packs=(args.pack,) if args.pack else (), rules=tuple(args.rules)))
        pack, document_type = _wanted(packs, args.type, args.as_of)
        target = args.output or Path(f"{document_type.id}{'.xlsx' if document_type.workbook else '.docx'}")
        if target.exists() and not args.force:
            raise BadOption(f"{target} exists; use --force to overwrite it")
        print(blank(document_type, pack, target, args.template_dir))
        others = sorted(
            {
                f"{p.info.id}#{document_type.id}"
                for p in packs
                if document_type.id in p.types and p.info.id != pack.info.id
            }
        )
        if others and "#" not in args.type:
            print(f"vobo: this is the one of {pack.info.id}; there are also {', '.join(others)}", file=sys.stderr)
    except (BadOption, PackError, TemplateError) as error:
        print(f"vobo: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"vobo: {error.filename or target}: {error.strerror or error}", file=sys.stderr)
        return 2
    return 0


def _wanted(packs: Sequence[Pack], wanted: str, as_of: dt.date | None) -> tuple[Pack, DocumentType]:
    """The type and the edition in force that defines it; of several packs' the one that asks for most. Raises BadOption where none does."""
    from difflib import get_close_matches

    from checker.options import BadOption
    from checker.packs.load import pack_in_force

    owner, _, type_id = wanted.rpartition("#")
    known_packs = dict.fromkeys(p.info.id for p in packs if owner in ("", p.info.id))
    governing = [pack_in_force(packs, i, as_of) for i in known_packs]
    found = [p for p in governing if type_id in p.types]
    if not found:
        known = sorted({t for p in governing for t in p.types})
        near = get_close_matches(type_id, known, n=3, cutoff=0.4)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are: {', '.join(known)}"
        raise BadOption(f"no document type {type_id!r}; {hint}")
    strictest = max(found, key=lambda p: sum(f.required_by is not None for f in p.types[type_id].fields.values()))
    return strictest, strictest.types[type_id]
