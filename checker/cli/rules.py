"""``vobo rules``: list, test, lint and measure the rules, and print the schema of packs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.packs.pack import Pack

SUMMARY = "list, test, lint and measure the rules, and print the schema of packs"
EXAMPLES = """\
  vobo rules list                        every rule with its check kind and title
  vobo rules test --rules mypack/        run the examples of all rules, yours included
  vobo rules lint --rules mypack/
  vobo rules coverage --format json
  vobo rules schema > vobo-pack.schema.json"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    actions = ("list", "test", "lint", "coverage", "schema")
    parser.add_argument("action", choices=actions, help="what to do with the rules")
    parser.add_argument("--rules", metavar="DIR", type=Path, action="append", default=[], help="folder with more packs")
    parser.add_argument("--pack", metavar="ID", action="append", default=[], help="only this pack")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print it (default: text)")


def run(args: argparse.Namespace) -> int:
    """0 when all is well, 1 when a test or lint finds a fault; a pack that cannot be loaded raises ``PackError``."""
    if args.action == "schema":
        import json

        from checker.packs.schema import schema

        print(json.dumps(schema(), ensure_ascii=False, indent=2))
        return 0
    from checker.check import load
    from checker.options import Options

    packs = load(Options(packs=tuple(args.pack), rules=tuple(args.rules)))
    known = load(Options(rules=tuple(args.rules)))  # rules may be about types of packs that were not asked for
    actions: dict[str, Callable[[Sequence[Pack], Sequence[Pack], bool], int]] = {
        "list": _list,
        "test": _test,
        "lint": _lint,
        "coverage": _coverage,
    }
    return actions[args.action](packs, known, args.format == "json")


def _print_json(data: object) -> None:
    import msgspec

    print(msgspec.json.format(msgspec.json.encode(data), indent=2).decode())


def _list(packs: Sequence[Pack], known: Sequence[Pack], as_json: bool) -> int:
    if as_json:
        _print_json(
            {
                "rules": [
                    {
                        "id": r.head.id,
                        "title": r.head.title,
                        "kind": r.kind,
                        "severity": r.head.severity,
                        "obligations": r.obligations,
                        "on": r.head.on.document or r.head.on.case,
                        "pack": p.info.id,
                        "origin": r.origin,
                        "derived": r.derived,
                    }
                    for p in packs
                    for r in p.every_rule
                ]
            }
        )
        return 0
    from checker.cli.style import style_of

    style = style_of(sys.stdout, _environment())
    for pack in packs:
        print(style.bold(f"{pack.info.id} ({pack.info.edition})"))
        width = max((len(r.head.id) for r in pack.every_rule), default=0)
        for rule in pack.every_rule:
            severity = style.paint(rule.head.severity, f"{rule.head.severity:<7}")
            print(f"  {rule.head.id:<{width}}  {severity}  {style.dim(f'{rule.kind:<14}')}  {rule.head.title}")
    return 0


def _test(packs: Sequence[Pack], known: Sequence[Pack], as_json: bool) -> int:
    from checker.packs.trial import never_fired, never_passed, trials

    failures: list[tuple[str, str]] = []
    count = 0
    for pack in packs:
        ran = list(trials(pack, known))
        count += len(ran)
        failures += [(t.source, t.problem) for t in ran if t.problem]
        failures += [(rule, "no example fires it") for rule in never_fired(pack, ran)]
        failures += [(rule, "no example passes it") for rule in never_passed(pack)]
    if as_json:
        _print_json({"examples": count, "failures": [{"source": s, "problem": p} for s, p in failures]})
    else:
        for source, problem in failures:
            print(f"{source}: {problem}")
        rules = len({r.head.id for p in packs for r in p.every_rule})
        print(f"{count} examples of {rules} rules, {len(failures)} failures")
    return 1 if failures else 0


def _lint(packs: Sequence[Pack], known: Sequence[Pack], as_json: bool) -> int:
    from checker.packs.lint import lint

    remarks = [(pack, remark) for pack in packs for remark in lint(pack, known)]
    errors = sum(remark.level == "error" for _, remark in remarks)
    if as_json:
        _print_json(
            {
                "remarks": [
                    {"pack": p.info.id, "level": r.level, "where": r.where, "problem": r.problem} for p, r in remarks
                ]
            }
        )
    else:
        from checker.cli.style import style_of

        style = style_of(sys.stdout, _environment())
        for pack, remark in remarks:
            print(f"{style.paint(remark.level, remark.level)}: {pack.info.id}/{remark.where}: {remark.problem}")
        print(f"{errors} errors, {len(remarks) - errors} warnings")
    return 1 if errors else 0


def _coverage(packs: Sequence[Pack], known: Sequence[Pack], as_json: bool) -> int:
    from checker.packs.coverage import coverage

    if as_json:
        _print_json(coverage(packs))
        return 0
    from checker.cli.style import style_of

    style = style_of(sys.stdout, _environment())
    for pack in packs:
        found = coverage([pack]).obligations
        print(style.bold(f"{pack.info.id} ({pack.info.edition}): {pack.info.title}"))
        numeral = max((len(o.numeral) for o in found), default=0)
        for item in found:
            paint = {"ruled": "compliant", "unchecked": "dim", "pending": "undetermined"}[item.state]
            told = ", ".join(item.rules) or item.reason or ""
            print(f"  {item.id}  {item.numeral:<{numeral}}  {style.paint(paint, f'{item.state:<9}')}  {told}".rstrip())
        totals = ", ".join(f"{sum(o.state == s for o in found)} {s}" for s in ("ruled", "unchecked", "pending"))
        print(f"  {len(found)} obligations: {totals}\n")
    return 0


def _environment() -> dict[str, str]:
    import os

    return dict(os.environ)
