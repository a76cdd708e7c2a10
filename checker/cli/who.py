"""``vobo who``: who may do what, by the manuals of organisation."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checker.authority.search import Answer, Answers
    from checker.packs.authority import Verb
    from checker.packs.pack import Pack
    from checker.report.paint import Style

SUMMARY = "tell which unit elaborates, validates, approves or authorises something, and which numeral says so"
EXAMPLES = """\
  vobo who autoriza "Plan General de Comunicación Social"
  vobo who "visto bueno" "opinión institucional"
  vobo who elabora "informe de resultados" --format json
  vobo who --unit "Unidad de Comunicación Social"     all that a unit may do
  vobo who --unit 7.1.1"""
_SHOWN = 10
"""Answers printed; --format json gives them all."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "verb", metavar="VERB", nargs="?", help="autoriza, aprobar, visto bueno, valida, elabora …, in any form"
    )
    parser.add_argument("object", metavar="OBJECT", nargs="?", help="the document or matter, in the words you have")
    parser.add_argument(
        "--unit", metavar="NAME", help="instead: all that this unit may do (name, abbreviation or numeral)"
    )
    parser.add_argument("--rules", metavar="DIR", type=Path, action="append", default=[], help="folder with more packs")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print it (default: text)")


def run(args: argparse.Namespace) -> int:
    """Print the answers; 0 where somebody does it, 1 where nobody does. Bad usage raises ``BadOption``."""
    from checker.authority.search import of_unit, who
    from checker.authority.verbs import VERBS, verb_of
    from checker.check import load
    from checker.cli.style import style_of
    from checker.options import BadOption, Options

    packs = load(Options(rules=tuple(args.rules)))
    style = style_of(sys.stdout, dict(os.environ))
    if args.unit is not None:
        if args.verb or args.object:
            raise BadOption("--unit takes no VERB and no OBJECT")
        found = of_unit(packs, args.unit)
        if found is None:
            raise _no_unit(packs, args.unit)
        name, powers = found
        if args.format == "json":
            _print_json({"unit": name, "functions": [_record(a) for a in powers]})
        else:
            print("\n".join(_unit(name, powers, style)))
        return 0
    if not args.verb or not args.object:
        raise BadOption(
            'give a VERB and an OBJECT, as in: vobo who autoriza "Plan General de Comunicación Social"; or --unit NAME'
        )
    verb = verb_of(args.verb)
    if verb is None:
        raise BadOption(f"no verb {args.verb!r}; there are: {', '.join(v.replace('-', ' ') for v in VERBS)}")
    answers = who(packs, verb, args.object)
    if args.format == "json":
        told = {k: [_record(a) for a in getattr(answers, k)] for k in ("asked", "instead")}
        _print_json({"verb": verb, "object": args.object, "answers": told["asked"], "instead": told["instead"]})
    else:
        print("\n".join(_told(verb, args.object, answers, style)))
    return 0 if answers.asked else 1


def _told(verb: Verb, written: str, answers: Answers, style: Style) -> Iterator[str]:
    from checker.authority.verbs import does

    if answers.asked:
        for answer in answers.asked[:_SHOWN]:
            yield from _answer(answer, style)
        if len(answers.asked) > _SHOWN:
            yield style.dim(f"… y {len(answers.asked) - _SHOWN} más (--format json)")
        return
    nobody = f"Conforme a los manuales de organización, nadie {does(verb)} «{written}»"
    if not answers.instead:
        yield f"{nobody}, ni se encontró función alguna sobre ello."
        return
    yield f"{nobody}. Lo que dicen de ello:"
    for answer in answers.instead[:_SHOWN]:
        yield from _answer(answer, style)


def _answer(answer: Answer, style: Style) -> Iterator[str]:
    from checker.authority.units import the
    from checker.authority.verbs import does

    who = " o ".join(the(name) for name in answer.actors)
    yield f"{style.bold(who[:1].upper() + who[1:])} {does(answer.power.verb)}: {answer.power.object}."
    where = (
        f"{answer.found.citation}" if answer.actors == (answer.unit,) else f"{answer.found.citation} ({answer.unit})"
    )
    yield style.dim(f"  {answer.pack.info.title}, numeral {where}")
    yield from (f"  {line}" for line in _notes(answer))


def _notes(answer: Answer) -> Iterator[str]:
    from checker.authority.units import the

    roles = answer.pack.roles
    if answer.power.note:
        yield answer.power.note
    if answer.power.into in roles:
        via = f", por conducto de {the(roles[answer.power.via].name)}" if answer.power.via in roles else ""
        yield f"Se integra al de {the(roles[answer.power.into].name)}{via}."
    if answer.power.interpretation:
        yield f"Conforme al criterio de interpretación {answer.power.interpretation}."


def _unit(name: str, powers: Sequence[Answer], style: Style) -> Iterator[str]:
    from checker.authority.verbs import does

    yield style.bold(name)
    if not powers:
        yield "  El manual no le da funciones de elaborar, validar, aprobar ni autorizar."
    width = max((len(f"{a.found.numeral} ({a.power.at})") for a in powers), default=0)
    for answer in powers:
        where = f"{answer.found.numeral} ({answer.power.at})"
        yield f"  {where:<{width}}  {does(answer.power.verb)}: {answer.power.object}"


def _record(answer: Answer) -> dict[str, Any]:
    power = answer.power
    return {
        "pack": answer.pack.info.id,
        "clave": answer.pack.info.clave,
        "who": list(answer.actors),
        "verb": power.verb,
        "object": power.object,
        "numeral": answer.found.numeral,
        "subnumeral": power.at,
        "unit": answer.unit,
        "note": power.note or None,
        "interpretation": power.interpretation,
        "score": answer.score,
    }


def _print_json(data: dict[str, Any]) -> None:
    import msgspec

    print(msgspec.json.format(msgspec.json.encode(data), indent=2).decode())


def _no_unit(packs: Sequence[Pack], wanted: str) -> Exception:
    from rapidfuzz.process import extract

    from checker.authority.search import unit_names
    from checker.options import BadOption

    near = [m for m, *_ in extract(wanted, unit_names(packs), limit=3, score_cutoff=60, processor=str.casefold)]
    return BadOption(f"no unit {wanted!r}" + (f"; did you mean {' or '.join(near)}?" if near else ""))
