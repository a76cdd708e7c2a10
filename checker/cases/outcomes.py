"""Which branch an outcome names: «sí», «No se autoriza», «cumple con lo señalado»."""

from __future__ import annotations

import re
from collections.abc import Mapping

from checker.packs.procedures import Branch
from checker.spanish.text import flat

_WORD = re.compile(r"[^\W_]+")
_DENIALS = frozenset(("no", "sin", "tampoco", "nunca"))


def branch_of(text: str, decides: Mapping[str, Branch]) -> str | None:
    """Key of the branch that ``text`` names; of words within each other («se autoriza», «no se autoriza») the longest.

    Words that the text denies («no aprobado») name no branch.
    """
    said = " ".join(_WORD.findall(flat(text)))
    called = {_plain(word): name for name, branch in decides.items() for word in (name, *branch.words)}
    if said in called:
        return called[said]
    inside = [(len(word), name) for word, name in called.items() if _stands(word, said)]
    longest = {name for size, name in inside if size == max(inside)[0]}
    return longest.pop() if len(longest) == 1 else None


def _plain(word: str) -> str:
    return " ".join(_WORD.findall(flat(word)))


def _stands(word: str, said: str) -> bool:
    """Whether ``word`` stands in the text, and the text does not deny it just before."""
    before, found, _ = f" {said} ".partition(f" {word} ")
    if not found:
        return False
    return not _DENIALS.intersection(before.split()[-2:])
