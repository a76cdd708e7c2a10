"""What is wrong in a matrix of authority: roles that nothing defines, subnumerals that do not exist, rules that ask for no function."""

from __future__ import annotations

from collections.abc import Iterator

from checker.authority.register import every_power
from checker.packs.authority import Verb
from checker.packs.errors import nearest
from checker.packs.pack import Pack


def authority_problems(pack: Pack) -> Iterator[tuple[str, str]]:
    """Where, and what is wrong."""
    yield from _units(pack)
    yield from _powers(pack)
    yield from _rules(pack)


def _units(pack: Pack) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    for name, unit in pack.authority.items():
        where = f"authority.yaml {name}"
        other = seen.setdefault(unit.numeral, name)
        if other != name:
            yield where, f"has the numeral {unit.numeral} of {other}"
        for role in (name, unit.under):
            if role and role not in pack.roles:
                yield where, f"no role {role!r}{nearest(role, pack.roles)}"
        over, steps = unit.under, 0
        while over in pack.authority and steps <= len(pack.authority):
            over, steps = pack.authority[over].under, steps + 1
        if steps > len(pack.authority):
            yield where, "stands above itself"


def _powers(pack: Pack) -> Iterator[tuple[str, str]]:
    for found in every_power(pack.authority):
        power, where = found.power, f"authority.yaml {found.unit} ({found.power.at})"
        if power.at > pack.authority[found.unit].functions:
            yield where, f"{found.numeral} has {pack.authority[found.unit].functions} subnumerals"
        for role in (*power.by, *power.of, power.into, power.via):
            if role and role not in pack.roles:
                yield where, f"no role {role!r}{nearest(role, pack.roles)}"
        known = pack.interpretations.get(power.interpretation or "")
        if power.interpretation and known is None:
            yield where, f"no interpretation {power.interpretation!r}"
        if power.reading and (known is None or power.reading not in [r.id for r in known.readings]):
            yield where, f"no reading {power.reading!r} of {power.interpretation}"


def _rules(pack: Pack) -> Iterator[tuple[str, str]]:
    """Rules of the kinds ``approved_by`` and ``authorised`` name functions by where they stand."""
    from checker.kinds.approved_by import Params
    from checker.kinds.cases.authorised import Params as CaseParams

    known = {(f"{f.numeral} ({f.power.at})", f.power.verb) for f in every_power(pack.authority)}
    for rule in (*pack.rules, *pack.casebook.rules):
        asked = rule.params
        functions: tuple[str, ...] = ()
        verb: Verb | None = None
        if isinstance(asked, Params):
            functions, verb = (f"{asked.numeral} ({asked.at})",), asked.verb
        elif isinstance(asked, CaseParams):
            functions, verb = asked.under, asked.verb
        for function in functions:
            if not any(f == function and verb in (None, v) for f, v in known):
                what = f"function to {verb}" if verb else "power"
                yield f"{rule.origin} {rule.head.id}", f"authority.yaml has no {what} at {function}"
