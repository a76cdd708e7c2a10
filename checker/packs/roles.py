"""Which role of a norm a charge names: «Jefa del Área de Producción, DCAT» → ``titular-de-la-jefatura-del-area-de-produccion``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from checker.packs.model import Role
from checker.spanish.text import flat

_RANK = frozenset(
    "a al el la los las de del en y e por persona titular jefe jefa jefatura encargado encargada c lic ing mtro mtra dr dra".split()
)
"""Words that every charge has: what remains says which."""


class Match(msgspec.Struct, frozen=True):
    """A role's name among the words of a charge that say something."""

    role: str
    before: int
    """Words before the name. None: the charge is the role's own; else that of somebody within («Analista de la División de …»)."""
    after: tuple[str, ...]
    """Words after it."""


def role_of(charge: str, roles: Mapping[str, Role]) -> str | None:
    """Id of the role that ``charge`` names; None when it names none of them.

    The office that stands first decides, the longer name among those: a jefatura names the division above it afterwards.
    A name of one plain word («División») counts only when the charge says nothing else.
    """
    found = role_at(charge, roles)
    return found.role if found else None


def role_at(charge: str, roles: Mapping[str, Role]) -> Match | None:
    """The role as :func:`role_of` finds it, with the words around its name."""
    words = _core(charge)
    best: tuple[int, int] | None = None
    found = None
    for role in roles.values():
        for name, short in _names(role):
            at = _position(name, words) if short or len(name) > 1 else (0 if words == name else None)
            if name and at is not None and (best is None or (at, -len(name)) < best):
                best, found = (at, -len(name)), role.id
    return Match(found, best[0], tuple(words[best[0] - best[1] :])) if found and best else None


def says_something(charge: str) -> bool:
    """Whether a charge is more than a rank: «Titular» alone could be anybody."""
    return bool(_core(charge))


@lru_cache(maxsize=1024)
def _names(role: Role) -> list[tuple[list[str], bool]]:
    names = [(_core(n), False) for n in (role.name, *role.aliases)]
    return names + [(_words(a), True) for a in role.abbreviations]


def _core(text: str) -> list[str]:
    return [w for w in _words(text) if w not in _RANK]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", flat(text))


def _position(name: list[str], words: list[str]) -> int | None:
    return next((n for n in range(len(words) - len(name) + 1) if words[n : n + len(name)] == name), None)
