"""Which activity a sentence of a record means, when it is no name of ours: by the words that they share.

Offices copy the sentence of the norm's table, three times as long as a name and with its verb in another form: «Difunde normativa
autorizada al Sistema CONALEP para su aplicación». So words count by their stems, each by what it tells apart among the activities.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable

import msgspec

from checker.spanish.text import flat

LIKE = 0.70
"""Likeness, 0–1, from which a sentence is taken for an activity."""
NEAR = 0.50
"""Likeness from which it may be one, and nobody can be sure."""
AHEAD = 0.08
"""By how much it must be more like it than like the next activity."""
_STEM = 5
"""Letters that the forms of a verb share: difun-dir, difun-de."""
_PLAIN = frozenset(
    "a al ante asi caso como con correspondiente de del e el en es la las le les lo los mediante mismo no o para por que se si "
    "sobre su sus tal un una y".split()
)
"""Words that tell nothing apart. A negation is settled before: likeness does not know it."""
_UNKNOWN = 0.35
"""What a word that no activity has weighs, as a share of one that a single activity has."""
_WITHIN = 0.9
"""Likeness of a sentence within which a whole name stands."""
_ENOUGH = 0.5
"""Share of the sentence that the name's words must make up for that; less counts for less."""


class Like(msgspec.Struct, frozen=True):
    """The activity that a sentence is most like."""

    activity: str
    likeness: float
    """0–1."""
    sure: bool
    """So much, and so much more than any other, that it is the one meant."""


class Names:
    """The names of the activities of one procedure, weighed."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """``names``: each name or alias with its activity."""
        self._names = [(stems, activity) for name, activity in names if (stems := stems_of(name))]
        words: dict[str, set[str]] = {}
        for stems, activity in self._names:
            words.setdefault(activity, set()).update(stems)
        having = Counter(stem for stems in words.values() for stem in stems)
        self._weights = {stem: math.log(1 + len(words) / count) for stem, count in having.items()}
        self._unknown = _UNKNOWN * math.log(1 + len(words))

    def nearest(self, text: str, favoured: Collection[str] = ()) -> Like | None:
        """The activity that ``text`` is most like; None where it is like none.

        Of several that it is like, the only one of ``favoured``: those of who acted.
        """
        said = stems_of(text)
        if not said:
            return None
        likeness: dict[str, float] = {}
        for stems, activity in self._names:
            likeness[activity] = max(likeness.get(activity, 0.0), self._likeness(said, stems))
        ranked = sorted(likeness.items(), key=lambda item: -item[1])
        if not ranked or ranked[0][1] < NEAR:
            return None
        activity, best = ranked[0]
        rivals = [name for name, other in ranked if best - other < AHEAD]
        own = [name for name in rivals if name in favoured]
        if len(rivals) > 1 and len(own) == 1:
            activity, rivals = own[0], own
        return Like(activity, min(likeness[activity], 1.0), likeness[activity] >= LIKE and len(rivals) == 1)

    def _likeness(self, said: frozenset[str], name: frozenset[str]) -> float:
        common = self._weight(said & name)
        if not common:
            return 0.0
        whole, part = self._weight(said), self._weight(name)
        alike = 2 * common / (whole + part)
        if len(name) < 2:
            return alike
        enough = min(1.0, common / whole / _ENOUGH)
        return max(alike, _WITHIN * common / part * (1 + enough) / 2)

    def _weight(self, stems: Iterable[str]) -> float:
        return sum(self._weights.get(stem, self._unknown) for stem in sorted(stems))


def stems_of(text: str) -> frozenset[str]:
    """The words that say something, each by what its forms share."""
    return frozenset(_stem(word) for word in re.findall(r"\w+", flat(text)) if word not in _PLAIN)


def _stem(word: str) -> str:
    """Its first letters; of a short one only the plural is taken away."""
    if len(word) > _STEM:
        return word[:_STEM]
    return word.rstrip("s") if len(word) > 3 else word
