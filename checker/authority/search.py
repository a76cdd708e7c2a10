"""Who does what with which object: «autoriza», «Plan General de Comunicación Social» → the functions of the manuals that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from checker.authority.register import Found, powers
from checker.authority.units import actors
from checker.authority.verbs import RANK, nearness
from checker.packs.authority import Power, Verb
from checker.packs.pack import Pack
from checker.spanish.text import flat

_FOUND = 80.0
"""Likeness (0–100) from which an object is the one that was asked for."""
_BESIDE = 12.0
"""Points below the best answer within which others are told too."""
_SAME_WORD = 85.0
"""Likeness of two words from which they are one, misspelt or in the plural."""
_PLAIN = frozenset("a al con de del e el en la las lo los o para por que se su sus un una y".split())


class Answer(msgspec.Struct, frozen=True):
    """One function that answers the question."""

    pack: Pack
    found: Found
    score: float
    """How well the object fits, 0–100."""

    @property
    def power(self) -> Power:
        """The function itself."""
        return self.found.power

    @property
    def actors(self) -> tuple[str, ...]:
        """Names of who does it, as the manual calls them."""
        roles = self.pack.roles
        return tuple(roles[r].name if r in roles else r for r in actors(self.found.unit, self.power))

    @property
    def unit(self) -> str:
        """Name of the unit under whose numeral it stands."""
        return self.pack.roles[self.found.unit].name


class Answers(msgspec.Struct, frozen=True):
    """What was asked, and what else is done with that object; each best first."""

    asked: tuple[Answer, ...]
    instead: tuple[Answer, ...]
    """Other verbs with the same object, the nearest in rank first."""


def who(packs: Sequence[Pack], verb: Verb, written: str) -> Answers:
    """Who does ``verb`` with what ``written`` names, in any of the manuals of ``packs``.

    Case, accents, plurals, small words and single misspelt letters do not matter; words may be left out.
    """
    scored = [Answer(p, f, _score(written, f.power)) for p in packs for f in powers(p, {})]
    fit = [a for a in scored if a.score >= _FOUND]
    if not fit:
        return Answers((), ())
    best = max(a.score for a in fit)
    fit = [a for a in fit if a.score >= best - _BESIDE]
    asked = [a for a in fit if a.power.verb == verb]
    return Answers(_ranked(asked, verb), _ranked([a for a in fit if a.power.verb != verb], verb))


def of_unit(packs: Sequence[Pack], written: str) -> tuple[str, tuple[Answer, ...]] | None:
    """The unit that ``written`` names (its id, name, abbreviation or numeral) and all that it may do; None when there is none."""
    wanted = flat(written).strip()
    for pack in packs:
        for role, unit in pack.authority.items():
            known = pack.roles[role]
            names = (role, unit.numeral, known.name, *known.abbreviations, *known.aliases)
            if wanted in map(flat, names):
                return known.name, tuple(_of(pack, role))
    return None


def unit_names(packs: Sequence[Pack]) -> list[str]:
    """Names of every unit of the manuals."""
    return [pack.roles[role].name for pack in packs for role in pack.authority]


def _of(pack: Pack, role: str) -> Iterator[Answer]:
    yield from (Answer(pack, f, 100.0) for f in powers(pack, {}) if role in actors(f.unit, f.power))


def _ranked(answers: list[Answer], verb: Verb) -> tuple[Answer, ...]:
    """By likeness of the object, then by how near the verb stands; the higher of two that stand as near first."""

    def rank(answer: Answer) -> tuple[float, int, int]:
        own = answer.power.verb
        return (-answer.score, nearness(verb, own), -RANK.index(own) if own in RANK else 0)

    return tuple(sorted(answers, key=rank))


def _score(written: str, power: Power) -> float:
    asked = _words(written)
    return max((_likeness(asked, _words(name)) for name in (power.object, *power.also)), default=0.0) if asked else 0.0


def _likeness(asked: list[str], name: list[str]) -> float:
    """Share of the words asked for that the name has, and a little for how much of the name they are."""
    if not name:
        return 0.0
    missing = list(name)
    hits = 0
    for word in asked:
        like = next((n for n in missing if _one_word(word, n)), None)
        if like is not None:
            missing.remove(like)
            hits += 1
    return round(100 * (0.85 * hits / len(asked) + 0.15 * hits / len(name)), 1)


def _one_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if len(one) < 4 or len(other) < 4 or one[0] != other[0]:
        return False
    from rapidfuzz.fuzz import ratio

    return bool(ratio(one, other) >= _SAME_WORD)


def _words(text: str) -> list[str]:
    return [w for w in re.findall(r"\w+", flat(text)) if w not in _PLAIN]
