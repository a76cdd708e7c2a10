"""``vobo types``: the document types that vobo knows, with their fields."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

SUMMARY = "list the document types that vobo knows"
EXAMPLES = """\
  vobo types
  vobo types minuta-de-reunion     one type, with the labels of its fields
  vobo types --format json"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("type", metavar="TYPE", nargs="?", help="only this type, in full")
    parser.add_argument("--rules", metavar="DIR", type=Path, action="append", default=[], help="folder with more packs")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print it (default: text)")


def run(args: argparse.Namespace) -> int:
    """Print them; an unknown TYPE raises ``BadOption``."""
    from checker.check import load
    from checker.cli.style import style_of
    from checker.options import Options

    packs = load(Options(type=args.type, rules=tuple(args.rules)))
    found = [(p, t) for p in packs for t in p.types.values() if args.type in (None, t.id)]
    if args.format == "json":
        import msgspec

        types = [
            {
                "id": t.id,
                "title": t.title,
                "pack": p.info.id,
                "edition": p.info.edition,
                "source": t.source,
                "fields": {
                    n: {"title": f.title, "kind": f.kind, "required_by": f.required_by} for n, f in t.fields.items()
                },
            }
            for p, t in found
        ]
        print(msgspec.json.format(msgspec.json.encode({"types": types}), indent=2).decode())
        return 0
    style = style_of(sys.stdout, dict(os.environ))
    for pack, document in found:
        print(f"{style.bold(document.id)}  {document.title}")
        print(style.dim(f"  {pack.info.id} ({pack.info.edition}), numeral {document.source}"))
        width = max(map(len, document.fields))
        for name, field in document.fields.items():
            owed = field.required_by or "optional"
            print(f"  {name:<{width}}  {field.kind:<10}  {owed:<8}  {field.title}")
            if args.type:
                print(style.dim(f"  {'':<{width}}  {', '.join(field.labels)}"))
    return 0
