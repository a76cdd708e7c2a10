"""How wide a text is, near enough: no font is at hand when an SVG is written."""

from __future__ import annotations

_NARROW = frozenset("iljI.,:;'|!¡")
_SLIM = frozenset('frt()[]{}-/\\ "*°·')
_WIDE = frozenset("mwMW%@—…")
_HALF = frozenset("cksvxyzJ")
_MARGIN = 1.05
"""Wider sans-serif fonts over the one that these widths are of."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Pixels that ``text`` takes at ``size`` pixels in a usual sans-serif font, rather too many than too few."""
    ems = sum(_em(c) for c in text)
    return ems * size * _MARGIN * (1.07 if bold else 1.0)


def wrapped(text: str, size: float, room: float, most: int | None = None) -> list[str]:
    """``text`` in lines of at most ``room`` pixels; words longer than a line are cut. Beyond ``most`` lines it ends in an ellipsis."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if width(joined, size) <= room:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        for character in word:
            if lines[-1] and width(lines[-1] + character, size) > room:
                lines.append("")
            lines[-1] += character
    if most is not None and len(lines) > most:
        lines = [*lines[: most - 1], clipped(" ".join(lines[most - 1 :]), size, room)]
    return lines


def clipped(text: str, size: float, room: float) -> str:
    """``text``, cut with an ellipsis where it is wider than ``room`` pixels."""
    if width(text, size) <= room:
        return text
    end = len(text)
    while end and width(text[:end].rstrip() + "…", size) > room:
        end -= 1
    return text[:end].rstrip() + "…"


def _em(character: str) -> float:
    if character in _NARROW:
        return 0.26
    if character in _SLIM:
        return 0.33
    if character in _HALF:
        return 0.5
    if character in _WIDE:
        return 0.88
    if ord(character) > 0x2E7F:
        return 1.0  # East Asian, emoji
    return 0.69 if character.isupper() else 0.556
