"""``vobo procedure list`` and ``vobo procedure show ID``: the procedures of the packs, drawn."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from checker.cli.outputs import UsageError

if TYPE_CHECKING:
    from checker.packs.pack import Pack
    from checker.packs.procedures import Procedure

SUMMARY = "list the procedures of the packs, or draw one (mermaid, svg, bpmn, pnml)"
EXAMPLES = """\
  vobo procedure list
  vobo procedure show programas-virtuales --format svg --output flujo.svg
  vobo procedure show fonacot/productos-digitales#campanas --format mermaid
  vobo procedure show concertacion --format bpmn --output concertacion.bpmn   opens in bpmn.io"""
FORMATS = ("mermaid", "svg", "bpmn", "pnml")


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = actions.add_parser("list", help="every procedure, with its number of activities")
    shown = actions.add_parser("show", help="draw one")
    shown.add_argument("procedure", metavar="ID", help="as ID or PACK#ID")
    shown.add_argument("--format", choices=FORMATS, default="mermaid", help="default: mermaid")
    shown.add_argument("--output", "-o", metavar="FILE", type=Path, help="write to FILE (default: standard output)")
    for one in (listed, shown):
        one.add_argument(
            "--rules", metavar="DIR", type=Path, action="append", default=[], help="folder with more packs"
        )


def run(args: argparse.Namespace) -> int:
    """List or draw; an unknown ID raises ``UsageError`` with the nearest."""
    from checker.check import load
    from checker.options import Options

    packs = load(Options(rules=tuple(args.rules)))
    known = [(pack, p) for pack in packs for p in pack.casebook.procedures.values()]
    if args.action == "list":
        return _list(known)
    pack, procedure = _named(args.procedure, known)
    drawn = _drawn(pack, procedure, args.format)
    if args.output is None:
        sys.stdout.buffer.write(drawn)
        return 0
    try:
        args.output.write_bytes(drawn)
    except OSError as error:
        raise UsageError(f"--output {args.output}: {error.strerror}") from error
    return 0


def _list(known: list[tuple[Pack, Procedure]]) -> int:
    from checker.cli.style import style_of

    style = style_of(sys.stdout, dict(os.environ))
    width = max((len(f"{pack.info.id}#{p.id}") for pack, p in known), default=0)
    for pack, procedure in known:
        name = f"{pack.info.id}#{procedure.id}"
        kind = "flow" if procedure.starts else "no flow"
        print(f"{style.bold(name):<{width}}  {len(procedure.activities):>3} activities, {kind:<7}  {procedure.title}")
    return 0


def _named(wanted: str, known: list[tuple[Pack, Procedure]]) -> tuple[Pack, Procedure]:
    owner, _, name = wanted.rpartition("#")
    fit = [(pack, p) for pack, p in known if p.id == name and owner in ("", pack.info.id)]
    if len(fit) == 1:
        return fit[0]
    from checker.packs.errors import nearest

    ids = [f"{pack.info.id}#{p.id}" for pack, p in known]
    if fit:
        raise UsageError(f"{wanted!r} is of several packs: {', '.join(f'{pack.info.id}#{p.id}' for pack, p in fit)}")
    raise UsageError(
        f"no procedure {wanted!r}{nearest(wanted, [*ids, *(p.id for _, p in known)])} (`vobo procedure list` shows them)"
    )


def _drawn(pack: Pack, procedure: Procedure, form: str) -> bytes:
    from checker.cases.flow import flow_of

    flow = flow_of(procedure, pack)
    if form == "svg":
        from checker.cases.flow_svg import to_svg

        return to_svg(flow).encode()
    if form == "bpmn":
        from checker.cases.bpmn import to_bpmn

        return to_bpmn(flow, procedure.id)
    if form == "mermaid":
        from checker.cases.mermaid import to_mermaid

        return to_mermaid(flow).encode()
    from checker.cases.nets import nets_of
    from checker.cases.pnml import to_pnml

    nets = nets_of(procedure)
    if nets is None:
        raise UsageError(
            f"{procedure.id} is no flow: its activities take place in any order, and a net of it says nothing"
        )
    return to_pnml(nets.flow, {name: activity.name for name, activity in procedure.activities.items()})
