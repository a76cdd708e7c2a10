"""Which unit a charge speaks for, and which units may stand in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from checker.packs.authority import Power, Unit
from checker.packs.model import Role
from checker.packs.roles import Match, role_at, says_something
from checker.spanish.text import flat

_ACTING = re.compile(
    r"\b(?:en\s+)?suplencia\b|\b(?:por|en)\s+ausencia\b|\bsuplente\s+de|\bencargad[oa]\s+del?\s+(?:despacho|la\s+atencion)|"
    r"\bp\.\s?a\.|\ben\s+funciones\s+de|\ben\s+representacion\s+de"
)
_OFFICE = re.compile(
    r"\b(?:direccion|director(?:a)?|unidad|coordinacion|coordinador(?:a)?|division|subjef\w+|jef\w+|departamento|oficina|"
    r"delegacion|delegad[oa]|subdelegacion|subdelegad[oa]|secretari[oa]|subdireccion|subdirector(?:a)?|titular)\b"
)
_SEATED = frozenset("instituto imss nivel oficinas central adscrito adscrita doe ueod ucs uad capsoi".split())
"""Words that may follow the name of a unit without making it another."""
_RUN_TOGETHER = re.compile(r"[a-záéíóúñ]{2}[A-ZÁÉÍÓÚÑ][a-záéíóúñ]")
"""Two words in one, as text that overlaps in a pdf is read: «Coordinadora de EvaluTitular de …»."""
_TYPO = 88.0
"""Likeness (0–100) from which a charge that names no unit may be a misread name of one."""

_FEMININE = frozenset("direccion unidad coordinacion division subjefatura jefatura oficina".split())

Standing = Literal["head", "within", "other", "unknown"]
"""The head of a unit, or who acts for one · somebody within it · an office that is none of the register · nothing to tell."""


class Seat(msgspec.Struct, frozen=True):
    """What a charge is."""

    standing: Standing
    role: str | None = None


def seat_of(charge: str, roles: Mapping[str, Role], authority: Mapping[str, Unit]) -> Seat:
    """Whose charge it is. Who acts for an absent head sits in that head's place, whatever their own.

    A unit of the register goes by its whole name; roles outside it, of which there are many (the OOAD), go by a name of their own too.
    """
    if not says_something(charge) or _RUN_TOGETHER.search(charge):
        return Seat("unknown")
    acting = _ACTING.search(flat(charge))
    if acting and (found := role_at(charge[acting.end() :], roles)):
        return Seat("head", found.role)
    found = role_at(charge[: acting.start()] if acting else charge, roles)
    if found is None:
        return Seat("other" if _OFFICE.search(flat(charge)) else "unknown")
    if found.before:
        return Seat("within", found.role)
    return Seat("unknown" if found.role in authority and _goes_on(charge, found) else "head", found.role)


def _goes_on(charge: str, found: Match) -> bool:
    """The name is only the beginning of another: «Coordinación de Vinculación Empresarial»."""
    if not found.after or _OFFICE.match(found.after[0]) or found.after[0] in _SEATED:
        return False
    text, word = flat(charge), re.escape(found.after[0])
    return not re.search(rf"[,;:()/|\n.–—-]\s*(?:(?:de|del|la|el|en|y)\s+)*{word}\b", text)


def resembles(charge: str, wanted: tuple[str, ...], roles: Mapping[str, Role]) -> bool:
    """Whether ``charge`` may be a misread or misspelt name of one of the roles ``wanted``."""
    from rapidfuzz.fuzz import partial_ratio

    text = flat(charge)
    names = (n for role in wanted if role in roles for n in (roles[role].name, *roles[role].aliases))
    return any(partial_ratio(flat(name), text) >= _TYPO for name in names if len(name) > 12)


def above(unit: str, authority: Mapping[str, Unit]) -> Iterator[str]:
    """Units above ``unit``, the nearest first."""
    seen = {unit}
    while unit in authority and (over := authority[unit].under) and over not in seen:
        yield over
        seen.add(over)
        unit = over


def the(name: str) -> str:
    """With its article: ``la Unidad de …``, ``el Órgano …``."""
    first = flat(name).partition(" ")[0]
    if first.endswith("s"):
        return f"{'las' if first in ('autoridades', 'unidades') else 'los'} {name}"
    return f"{'la' if first in _FEMININE else 'el'} {name}"


def actors(unit: str, power: Power) -> tuple[str, ...]:
    """Roles that exercise a power which stands under ``unit``."""
    return power.by or (unit,)


def may_act(
    wanted: tuple[str, ...], authority: Mapping[str, Unit], roles: Mapping[str, Role], *, above_too: bool
) -> frozenset[str]:
    """Roles that may act where ``wanted`` should: they, their stand-ins and, with ``above_too``, the units above them."""
    found = set(wanted)
    for role in wanted:
        found.update(roles[role].stand_ins if role in roles else ())
        found.update(above(role, authority) if above_too else ())
    return frozenset(found)
