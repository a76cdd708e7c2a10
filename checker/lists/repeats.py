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
"""Written together and with too many digits for a placeholder: what tells it from others is itself in capitals. One, or one a line."""
_NONE = -1
"""Stands for a row that lacks one of the columns; no hash is -1."""

Key = str | tuple[str, ...]


def keys_of(columns: Sequence[Sequence[str]]) -> Sequence[Key | None]:
    """For each row what tells it from others, as the check kind ``unique`` compares it; None where one of the ``columns`` is not stated."""
    if len(columns) == 1:
        return _identities(columns[0])
    return [None if None in key else key for key in zip(*map(_identities, columns), strict=True)]


def _identities(texts: Sequence[str]) -> Sequence[str | None]:
    joined = "\n".join(texts)
    if _PLAIN.fullmatch(joined):
        upper = joined.upper()
        return texts if upper == joined else upper.split("\n")
    plain = _PLAIN.fullmatch
    return [text.upper() if plain(text) else _identity(text) for text in texts]


def _identity(text: str) -> str | None:
    told = squeeze(without_guidance(plain_text(text)))
    return None if is_placeholder(told) else identity(told).upper()


class Hashes:
    """The keys of all rows, by their position."""

    def __init__(self) -> None:
        self._hashes = array("q")

    def add(self, keys: Sequence[Key | None]) -> None:
        """Those of the next rows."""
        if None in keys:
            self._hashes.extend(_NONE if key is None else hash(key) for key in keys)
        else:
            self._hashes.extend(map(hash, keys))

    def met(self) -> array[int]:
        """Positions of the rows whose hash another row has too, in ascending order."""
        shared: set[int] = set()
        if len(self._hashes) > _FEW:
            parts: Iterable[Iterable[int]] = ((h for h in self._hashes if h % _PARTS == part) for part in range(_PARTS))
        else:
            distinct = set(self._hashes)
            parts = () if len(distinct) == len(self._hashes) else (self._hashes,)
        for part in parts:
            shared.update(a for a, b in pairwise(sorted(part)) if a == b)
        shared.discard(_NONE)
        return array("Q", (n for n, h in enumerate(self._hashes) if h in shared) if shared else ())
