"""Known labels inside longer text: before a colon, or at the end of a sentence that announces what follows."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

import msgspec

from checker.recognise.labels import LabelIndex, Match
from checker.spanish.text import flat

_COLON = re.compile(r"[\s*_]*(?:\([^()]{0,40}\))?\s*[:：=]\s*")
_TRAILING = re.compile(r"(?<=[a-z]) \d{1,4}(?:\.\d{1,3})*$")
_WORD_START = re.compile(r"(?<!\w)\w")
_LONGEST = 75  # characters of a label


class Announced(msgspec.Struct, frozen=True):
    """A known label with its colon at ``folded[start:end]``."""

    label: str
    start: int
    end: int


def announced(folded: str, known: Container[str]) -> Iterator[Announced]:
    """Labels among ``known`` that stand before a colon (or ``=``) in folded text, each as long as it can be."""
    for colon in _COLON.finditer(folded):
        begin = max(0, colon.start() - _LONGEST)
        head = folded[begin : colon.start()]
        for word in _WORD_START.finditer(head):
            label = " ".join(head[word.start() :].split()).rstrip(".")
            if label in known or _TRAILING.sub("", label) in known:
                yield Announced(label, begin + word.start(), colon.end())
                break


def _ends_with_phrase(folded: str, index: LabelIndex) -> list[Match]:
    """«… Oficina de Capacitación otorga la presente constancia a»: a line that ends with a whole label of three words or more."""
    words = folded.split()
    for count in range(min(9, len(words) - 1), 2, -1):
        label = " ".join(words[-count:])
        if (names := index.fields.get(label)) and label.endswith((" a", " al", " de", " en", " curso", " taller")):
            return [Match(n, 0.9) for n in names]
    return []


def ends_with_label(text: str, index: LabelIndex) -> list[Match]:
    """Fields named by the end of a sentence that announces them: «… se tomaron los siguientes acuerdos:»."""
    folded = flat(text).rstrip()
    if not folded.endswith(":") and len(folded) > 40:
        return _ends_with_phrase(folded, index)
    if not folded.endswith(":") or not re.search(
        r"\bsiguientes?\b|\ba continuacion\b|\bpresentes\b|\bcon la asistencia de\b|\bse acord[oa]\b", folded
    ):
        return []
    words = re.sub(r"[^\w\s]", " ", folded).split()
    for count in range(min(5, len(words)), 0, -1):
        if names := index.fields.get(" ".join(words[-count:])):
            return [Match(n, 0.85) for n in names]
    middle = re.search(r"\bsiguientes?\s+([\w\s]{3,60})", folded)
    if middle:
        rest = middle.group(1).split()
        for count in range(min(4, len(rest)), 0, -1):
            if names := index.fields.get(" ".join(rest[:count])):
                return [Match(n, 0.8) for n in names]
    return []
