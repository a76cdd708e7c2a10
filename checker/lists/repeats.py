"""Which rows of a list repeat each other, in eight bytes a row: keys are hashed as they pass, and looked at again where hashes meet."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from itertools import pairwise

from checker.identifiers.identity import identity
from checker.spanish.text import is_placeholder, squeeze, without_guidance
from parsers.plain import plain_text

_FEW = 200_000
"""Rows whose hashes may be looked at all at once."""
_PARTS = 8
"""Passes in which hashes are sorted; each holds its share of them."""
_PLAIN = re.compile(r"(?:[A-Za-z]{0,4}[0-9]{6}[A-Za-z0-9]*(?:\n(?!\Z)|\Z))+")
"""Written together and with too many digits for a placeholder: what tells it from others is its own lower case. One, or one a line."""
_NONE = 0
"""Stands for a row that lacks one of the columns."""

Key = tuple[str, ...]


def keys_of(columns: Sequence[Sequence[str]]) -> list[Key | None]:
    """For each row what tells it from others, as the check kind ``unique`` compares it; None where one of the ``columns`` is not stated."""
    return [None if None in key else key for key in zip(*map(_identities, columns), strict=True)]


def _identities(texts: Sequence[str]) -> list[str | None]:
    joined = "\n".join(texts)
    if _PLAIN.fullmatch(joined):
        return list(joined.lower().split("\n"))
    plain = _PLAIN.fullmatch
    return [text.lower() if plain(text) else _identity(text) for text in texts]


def _identity(text: str) -> str | None:
    told = squeeze(without_guidance(plain_text(text)))
    return None if is_placeholder(told) else identity(told)


class Hashes:
    """The keys of all rows, by their position."""

    def __init__(self) -> None:
        self._hashes = array("q")

    def add(self, keys: Iterable[Key | None]) -> None:
        """Those of the next rows."""
        self._hashes.extend(_NONE if key is None else hash(key) or 1 for key in keys)

    def _meet_at_once(self) -> bool:
        distinct = set(self._hashes)
        return len(distinct - {_NONE}) < len(self._hashes) - self._hashes.count(_NONE)

    def met(self) -> array[int]:
        """Positions of the rows whose hash another row has too, in ascending order."""
        if len(self._hashes) <= _FEW and not self._meet_at_once():
            return array("Q")
        shared: set[int] = set()
        for part in range(_PARTS):
            own = sorted(h for h in self._hashes if h % _PARTS == part and h != _NONE)
            shared.update(a for a, b in pairwise(own) if a == b)
        return array("Q", (n for n, h in enumerate(self._hashes) if h in shared) if shared else ())
