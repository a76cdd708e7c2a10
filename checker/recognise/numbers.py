"""Numbers that name a paragraph or a row: in a label («Estrategia 1.2:») or before a text («1.1.1 Realizar visitas»)."""

from __future__ import annotations

import re

from checker.spanish.text import squeeze, undecorated

_NUMBER_OF_LABEL = re.compile(
    r"(?<![\w.])(?P<number>\d{1,3}(?:\.\d{1,3})*|(?<=\w{4} )(?:I{1,3}|I?V|VI{1,3}|IX))\.?[\s:.)\-–—]*$"
)
_NUMBER_BEFORE = re.compile(
    r"^\W{0,2}(?:(?P<many>\d{1,3}(?:\.\d{1,3})+)[.)]?[\s:\-–—]*|(?P<one>\d{1,3})\s*(?:[.)]|[:\-–—](?=\s))[\s:\-–—.]*)(?=[^\W\d])"
)


def number_of_label(label: str) -> str:
    """The number that a label bears at its end: ``1.2`` of «Estrategia 1.2:»."""
    match = _NUMBER_OF_LABEL.search(undecorated(squeeze(label)))
    return match["number"] if match else ""


def number_before(text: str) -> tuple[str, str]:
    """The number before a text and the text without it: ``1.1.1``, «Realizar visitas»; no number leaves the text as it is."""
    bare = squeeze(text)
    match = _NUMBER_BEFORE.match(bare)
    return ((match["many"] or match["one"]), bare[match.end() :]) if match else ("", text)
