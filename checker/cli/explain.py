"""``vobo explain``: what a rule, an obligation, an interpretation or a numeral demands."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.packs.pack import Pack, Rule
    from checker.report.paint import Style

SUMMARY = "tell what a rule, an obligation or a numeral demands, and why"
EXAMPLES = """\
  vobo explain PV-040.fechas-compromiso     a rule
  vobo explain PV-040                       an obligation and its rules
  vobo explain PV-i06                       an interpretation and its readings
  vobo explain 4.12                         whatever a numeral demands"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("what", metavar="WHAT", help="id of a rule, obligation or interpretation, or a numeral")
    parser.add_argument("--rules", metavar="DIR", type=Path, action="append", default=[], help="folder with more packs")


def run(args: argparse.Namespace) -> int:
    """Print what is known; an unknown WHAT raises ``BadOption`` with the nearest ids."""
    from checker.check import load
    from checker.cli.style import style_of
    from checker.options import Options

    packs = load(Options(rules=tuple(args.rules)))
    style = style_of(sys.stdout, dict(os.environ))
    wanted = args.what.strip()
    told = [part for pack in packs for part in _explained(pack, wanted, style)]
    if not told:
        raise _unknown(packs, wanted)
    print("\n\n".join(told))
    return 0


def _explained(pack: Pack, wanted: str, style: Style) -> Iterator[str]:
    key = wanted.casefold()
    rules = [r for r in pack.every_rule if r.head.id.casefold() == key]
    if rules:
        yield "\n".join(_rule(pack, rules, style))
    for name, obligation in pack.obligations.items():
        if key in (name.casefold(), obligation.numeral.casefold()):
            yield "\n".join(_obligation(pack, name, style))
    for name, item in pack.interpretations.items():
        if key in (name.casefold(), item.numeral.casefold()):
            yield "\n".join(_interpretation(pack, name, style))


def _obligation(pack: Pack, name: str, style: Style) -> Iterator[str]:
    obligation = pack.obligations[name]
    yield f"{style.bold(name)}  {pack.info.title}, numeral {obligation.numeral}"
    yield f"  {obligation.demands}"
    rules = {r.head.id: r for r in pack.every_rule if name in r.obligations}
    for rule in rules.values():
        yield f"  {rule.head.id} ({rule.head.severity}): {rule.head.title}"
    if not rules:
        because = obligation.reason or obligation.unchecked
        yield f"  No mechanical check is possible: {because}" if obligation.unchecked else "  No rule checks it yet."


def _rule(pack: Pack, rules: Sequence[Rule], style: Style) -> Iterator[str]:
    """A rule, in all the places where it is told."""
    head, first = rules[0].head, rules[0]
    yield f"{style.bold(head.id)}  {', '.join(r.head.title for r in rules)}"
    yield f"  severity    {head.severity}" + (
        f" ({head.severity_signed} for signed finals)" if head.severity_signed else ""
    )
    yield f"  check kind  {first.kind}"
    for name in first.obligations:
        obligation = pack.obligations.get(name)
        if obligation:
            yield f"  demanded by {name}, numeral {head.numeral or obligation.numeral}: {obligation.demands}"
    for remedy in dict.fromkeys(r.head.remedy for r in rules):
        yield f"  remedy      {remedy}"
    for name in dict.fromkeys(r.head.interpretation for r in rules if r.head.interpretation):
        yield f"  rests on    {name}"
        yield from (f"    {line}" for line in _interpretation(pack, name, style))
    yield f"  written in  {', '.join(dict.fromkeys(r.origin for r in rules))} of {pack.info.id}"


def _interpretation(pack: Pack, name: str, style: Style) -> Iterator[str]:
    item = pack.interpretations.get(name)
    if item is None:
        return
    yield f"{style.bold(name)}  numeral {item.numeral}: {item.open}"
    for reading in item.readings:
        yield f"  {'*' if reading.id == item.taken else ' '} {reading.id}: {reading.text}"
    yield f"  taken because: {item.why}"


def _unknown(packs: Sequence[Pack], wanted: str) -> Exception:
    from rapidfuzz.process import extract

    from checker.options import BadOption

    known = {n for p in packs for n in (*p.obligations, *p.interpretations, *(r.head.id for r in p.every_rule))}
    known |= {o.numeral for p in packs for o in p.obligations.values()}
    scored = extract(wanted, sorted(known), limit=None, score_cutoff=60, processor=str.casefold)
    # ids share most letters: the one that begins alike is the one that was meant
    near = [m for m, *_ in sorted(scored, key=lambda s: (-s[1], -_alike(s[0], wanted)))][:3]
    hint = f"did you mean {' or '.join(near)}?" if near else "see `vobo rules list`"
    return BadOption(f"no rule, obligation, interpretation or numeral {wanted!r}; {hint}")


def _alike(one: str, other: str) -> int:
    """Letters with which both begin."""
    pairs = zip(one.casefold(), other.casefold(), strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
