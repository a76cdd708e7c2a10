"""``one_of``: a value is one of a closed list, a catalogue of the pack or the values that the rule itself gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.data import called, data_of
from checker.kinds.protocol import Context
from checker.kinds.values import short
from checker.packs.tables import Catalogue
from checker.recognise.model import Recognised
from checker.spanish.text import flat

_NEAR = 85.0
"""Likeness of two names, 0–100, from which one may be the other misspelt."""


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind: the list is either a catalogue or ``values``."""

    field: str
    catalogue: str | None = None
    values: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.catalogue) == bool(self.values):
            raise ValueError("one_of takes either `catalogue` or `values`")


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether each value is of the list, nearly, or not; silent where there is none."""
    known = context.pack.catalogue(params.catalogue) if params.catalogue else _given(params.values)
    asked: dict[str, tuple[Literal["yes", "near", "no"], str]] = {}
    for datum in data_of(submission, params.field):
        found = asked.get(datum.text)
        if found is None:
            found = asked[datum.text] = _standing(known, datum.text)
        words = {}
        if found[0] != "yes":
            words = {
                "called": called(submission, params.field, datum.row),
                "given": short(datum.text),
                "near": found[1],
                "list": known.title,
                "values": _told(known),
            }
        yield Fact("one_of", rule, {"listed": found[0]}, datum.subject, datum.place, datum.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Not of the list, or only nearly."""
    return (
        Clause("one_of", rule, (Test("listed", "==", "no"),), "violated", "no"),
        Clause("one_of", rule, (Test("listed", "==", "near"),), "undetermined", "near"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The value and the list."""
    w = fact.words
    listed = f"los valores admitidos ({w['values']})" if w["values"] else f"«{w['list']}»"
    if say == "near":
        return f"No se pudo confirmar {w['called']}: dice «{w['given']}»; lo más parecido en {listed} es «{w['near']}»."
    return f"{w['called']} dice «{w['given']}», que no figura en {listed}."


@lru_cache(maxsize=64)
def _given(values: tuple[str, ...]) -> Catalogue:
    return Catalogue("valores", "", "", dict.fromkeys(values, ()))


def _told(known: Catalogue) -> str:
    """A short list in full; a long one goes by its title."""
    return ", ".join(known.entries) if len(known.entries) <= 8 or not known.title else ""


def _standing(known: Catalogue, text: str) -> tuple[Literal["yes", "near", "no"], str]:
    if known.find(text) is not None:
        return "yes", ""
    bare = " ".join(flat(text).split()).strip(" .;,:")
    if known.find(bare) is not None:
        return "yes", ""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extractOne

    written = {" ".join(flat(w).split()): name for name, others in known.entries.items() for w in (name, *others)}
    # «Jefatura de Servicios de Jalisco» names one of the list among other words, «Nuevo León» may shorten a longer name
    within = {name for w, name in written.items() if _says(bare, w) or _says(w, bare)}
    if within:
        return "near", max(within, key=len)
    digits = [c for c in bare if c.isdigit()]
    likely = [w for w in written if [c for c in w if c.isdigit()] == digits]  # another number is another thing
    best = extractOne(bare, likely, scorer=ratio, score_cutoff=_NEAR)
    return ("near", written[best[0]]) if best else ("no", "")


def _says(text: str, name: str) -> bool:
    """``name`` stands in ``text`` as whole words; names of a few letters stand in too much."""
    return len(name) >= 4 and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
