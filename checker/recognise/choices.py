"""Which of the values of a closed list a text names, or a form has marked: ``CLIMSS``, ``( ) CLIMSS (X) EduTK``, ``☐ Sí ☒ No``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from checker.spanish.text import flat, squeeze

Choices = Mapping[str, tuple[str, ...]]
_BOX = re.compile(r"(?P<full>[☒☑✓✔✗✘■●⬛🗹]|[(\[]\s*[xX✓✔●*]\s*[)\]])|(?P<open>[☐□○⬜▢]|\(\s*_*\s*\)|\[\s*_*\s*\])")


_MARKS = frozenset("x X ✓ ✔ ● • ☑ ☒ ✗ ✘ ■".split())


def chosen(text: str, choices: Choices) -> tuple[str, ...] | None:
    """The values that ``text`` names, in the order in which the list has them; None where it prints the options and marks none.

    Words that lie within longer ones of another value do not count: «muy alto» is not «alto».
    """
    boxes = list(_BOX.finditer(text))
    if boxes and (any(b["full"] for b in boxes) or len(boxes) > 1):
        marked = _marked(text, boxes)
        if not marked:
            return None
        return _named(" \n ".join(marked), choices)
    return _named(text, choices)


def is_mark(text: str) -> bool:
    """A cell crossed or ticked and nothing else."""
    return text.strip() in _MARKS


def has_boxes(text: str) -> bool:
    """The options are printed, each with a box to mark."""
    return sum(1 for _ in _BOX.finditer(text)) > 1


def begins_with_box(text: str) -> bool:
    """An option with its box: no heading, whatever its letters."""
    return bool(_BOX.match(text.lstrip()))


def first_choice(text: str, choices: Choices) -> str:
    """The first value of the list that ``text`` names, ``""`` when it names none."""
    named = chosen(text, choices)
    return named[0] if named else ""


def _marked(text: str, boxes: list[re.Match[str]]) -> list[str]:
    """The words beside each marked box: after it, or before it where the text ends with a box."""
    trailing = not text[boxes[-1].end() :].strip(" .,;|") and bool(text[: boxes[0].start()].strip(" .,;:|"))
    found = []
    for i, box in enumerate(boxes):
        if box["full"]:
            before = boxes[i - 1].end() if i else 0
            after = boxes[i + 1].start() if i + 1 < len(boxes) else len(text)
            found.append(text[before : box.start()] if trailing else text[box.end() : after])
    return found


def _named(text: str, choices: Choices) -> tuple[str, ...]:
    if not choices:
        return ()
    folded = flat(squeeze(text))
    pattern, values = _pattern(tuple((flat(w), v) for v, ws in choices.items() for w in (v, *ws)))
    named = {values[match.group()] for match in pattern.finditer(folded)}
    return tuple(v for v in choices if v in named)


@lru_cache(maxsize=256)
def _pattern(words: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    longest = sorted({w for w, _ in words}, key=len, reverse=True)
    values: dict[str, str] = {}
    for word, value in words:
        values.setdefault(word, value)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)"), values
