"""A small language of shapes, ``<n> horas``, matched in time proportional to shape × text whatever either says."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

import msgspec

from checker.spanish.text import flat

_PLACE = re.compile(r"<([^<>]*)>")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_TIGHT = re.compile(r"\s*([-/])\s*")
_MAX_DIGITS = 50
"""Digits that ``<n:…>`` may ask for."""
_MOST_WAYS = 300_000
"""Ways that a regular expression may have to try, a few milliseconds; beyond, the shape is walked."""
_MAX_TEXT = 2_000
"""Characters of a value; what is longer is of no shape."""


class Step(msgspec.Struct, frozen=True):
    """One character that may stand here. ``again`` lets it repeat, ``skip`` lets it be missing."""

    of: Literal["char", "digit", "letter", "any"]
    char: str = ""
    again: bool = False
    skip: bool = False

    def takes(self, char: str) -> bool:
        """Whether ``char`` may stand here."""
        match self.of:
            case "char":
                return char == self.char
            case "digit":
                return char.isdecimal()
            case "letter":
                return char.isalpha()
        return True


def plain(text: str) -> str:
    """The form in which values and literals are compared: flat, single blanks, hyphens and slashes without blanks around."""
    return _TIGHT.sub(r"\1", " ".join(_DASHES.sub("-", flat(text)).split())).strip(" .;,:")


@lru_cache(maxsize=256)
def compiled(shape: str) -> tuple[Step, ...]:
    """The steps of a shape; raises ``ValueError`` for a placeholder that does not exist, and for a shape of nothing.

    ``<n>`` is one or more digits, ``<n:10>`` exactly ten, ``<letters>`` one or more letters, ``<text>`` one or more characters of any kind.
    """
    steps: list[Step] = []
    parts = _PLACE.split(shape)
    for number, part in enumerate(parts):
        if number % 2 == 0:
            if "<" in part or ">" in part:
                raise ValueError(f"the shape {shape!r} has a lone < or >")
            literal = _TIGHT.sub(r"\1", re.sub(r"\s+", " ", _DASHES.sub("-", flat(part))))
            steps += [Step("char", c, skip=c == " ") for c in literal]
        else:
            steps += _placeholder(part)
    while steps and steps[-1].of == "char" and steps[-1].char in " .;,:":  # as in `plain`
        steps.pop()
    if not steps:
        raise ValueError("the shape is empty")
    return tuple(steps)


def fits(text: str, shape: str) -> bool:
    """Whether the whole of ``text`` has the shape; case, accents and the amount of blanks do not count."""
    written = plain(text)
    if not written or len(written) > _MAX_TEXT:
        return False
    expression, repeats = _expression(shape)
    if len(written) ** repeats > _MOST_WAYS:
        return walks(written, compiled(shape))
    return expression.fullmatch(written) is not None


def walks(written: str, steps: tuple[Step, ...]) -> bool:
    """Whether the steps lead through the whole of ``written``, all ways at once: what no shape can make slow."""
    at = _onward({0}, steps)
    for char in written:
        following = {s + 1 for s in at if s < len(steps) and steps[s].takes(char)}
        following |= {s for s in at if s < len(steps) and steps[s].again and steps[s].takes(char)}
        at = _onward(following, steps)
        if not at:
            return False
    return len(steps) in at


@lru_cache(maxsize=256)
def _expression(shape: str) -> tuple[re.Pattern[str], int]:
    """The same as a regular expression, ten times as fast, and how many of its parts repeat: it may try text ** repeats ways."""
    steps = compiled(shape)
    kinds = {"digit": r"\d", "letter": r"[^\W\d_]", "any": "."}
    parts = [kinds.get(s.of, re.escape(s.char)) + ("+" if s.again else "?" if s.skip else "") for s in steps]
    return re.compile("".join(parts), re.DOTALL), sum(step.again for step in steps)


def _placeholder(name: str) -> list[Step]:
    kind, _, count = name.partition(":")
    if kind == "n" and count.isdecimal() and 1 <= int(count) <= _MAX_DIGITS:
        return [Step("digit")] * int(count)
    of: dict[str, Literal["digit", "letter", "any"]] = {"n": "digit", "letters": "letter", "text": "any"}
    if count or ":" in name or kind not in of:
        raise ValueError(f"no placeholder <{name}>; there are: <n>, <n:10>, <letters>, <text>")
    return [Step(of[kind], again=True)]


def _onward(at: set[int], steps: tuple[Step, ...]) -> set[int]:
    """With the steps that may be missing passed over."""
    reached = set(at)
    for step in sorted(at):
        while step < len(steps) and steps[step].skip:
            step += 1
            reached.add(step)
    return reached
