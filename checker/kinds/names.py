"""Whether two names are of one person: without titles, accents, case and order, with initials and shortened forms."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Literal

from checker.spanish.people import bare_name
from checker.spanish.text import flat

Likeness = Literal["yes", "no", "unsure"]

_PARTICLES = frozenset("de del la las los y e i da do dos van von san santa".split())
_TYPO = 80
"""rapidfuzz ratio (0–100) from which two words may be one, misread or misspelt."""


@lru_cache(maxsize=4096)
def same_person(one: str, other: str) -> Likeness:
    """``unsure`` where a single shared word, or a word that is nearly another, is all there is to go by."""
    left, right = _words(one), _words(other)
    if not left or not right:
        return "unsure"
    if sorted(left) == sorted(right):
        return "yes"
    few, many = sorted((left, right), key=len)
    whole, initials, near, unmatched = _matched(few, list(many))
    if unmatched:
        return "no"
    if near:
        return "unsure" if whole + near >= 2 else "no"
    if whole >= 2 or (whole == 1 and initials):
        return "yes"
    return "unsure" if whole else "no"


def _matched(few: list[str], many: list[str]) -> tuple[int, int, int, int]:
    """Words of ``few`` found whole, as initials, nearly, and not at all in ``many``; each of ``many`` serves once."""
    whole = initials = near = unmatched = 0
    rest = []
    for word in few:
        if word in many:
            many.remove(word)
            whole += 1
        else:
            rest.append(word)
    for word in rest:
        candidates = [m for m in many if (len(word) == 1 or len(m) == 1) and m[0] == word[0]]
        close = candidates or [m for m in many if len(m) > 1 and len(word) > 1 and _alike(word, m)]
        if close:
            many.remove(close[0])
            initials += bool(candidates)
            near += not candidates
        else:
            unmatched += 1
    return whole, initials, near, unmatched


def _alike(word: str, other: str) -> bool:
    # letters in common bound the ratio from above: most words are told apart without importing rapidfuzz
    if 200 * sum((Counter(word) & Counter(other)).values()) < _TYPO * (len(word) + len(other)):
        return False
    from rapidfuzz.fuzz import ratio

    return bool(ratio(word, other) >= _TYPO)


def _words(name: str) -> list[str]:
    return [w for w in re.findall(r"\w+", flat(bare_name(name))) if w not in _PARTICLES]
