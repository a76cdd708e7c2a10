"""Hours of the day as offices write them: «10:00 a 11:00 h», «de 9 a 10:30 hrs», «4:00 p. m.»."""

from __future__ import annotations

import re
from functools import lru_cache

from checker.spanish.text import flat

_HOUR = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?:\s*[:.]\s*(?P<minute>\d{2}))?(?![\d:])\s*"
    r"(?P<half>[ap]\s?\.?\s?m\b\.?)?(?P<unit>\s*(?:horas?|hrs?|h)\b\.?)?"
)
_BETWEEN = re.compile(
    r"\b(?:de|desde|hasta|las|la|a|al|y|horas?|hrs?|h|hora|tiempo|del|centro|pacifico|cdmx|ciudad|mexico)\b|[\s,.;()–—-]"
)
_NOON = 12 * 60


@lru_cache(maxsize=2048)
def read_hours(text: str) -> tuple[int, ...]:
    """Minutes since midnight of each hour named, in order; nothing where the text says anything else too, or is a mere number.

    >>> read_hours("10:00 a 11:30 horas")
    (600, 690)
    """
    folded = flat(text)
    found = list(_HOUR.finditer(folded))
    if not found or _BETWEEN.sub("", _HOUR.sub(" ", folded)):
        return ()
    if not any(m["minute"] or m["half"] or m["unit"] for m in found):
        return ()
    if any(int(m["hour"]) > 24 or int(m["minute"] or 0) > 59 for m in found):
        return ()
    minutes: list[int] = []
    after: tuple[int, bool] | None = None  # the hour that follows, and whether it is of the afternoon
    for match in reversed(found):
        at = int(match["hour"]) % 24 * 60 + int(match["minute"] or 0)
        half = (match["half"] or "")[:1]
        if half == "p" and at < _NOON:
            at += _NOON
        elif half == "a" and at >= _NOON:
            at -= _NOON
        elif not half and after and after[1] and at + _NOON < after[0]:
            at += _NOON  # «de 4:00 a 5:00 p. m.»
        minutes.append(at)
        after = (at, half == "p")
    return tuple(reversed(minutes))
