"""The functions of each unit in a manual of organisation, as its chapters list them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from checker.norms.headings import Heading, find_heading, headings, title_form
from checker.norms.text import Line, NormText
from checker.spanish.text import squeeze
from checker.spanish.wording import begins_with_infinitive

_LEADING = re.compile(r"^\s*(?:\d{1,3}\s*(?:[.)](?!\d)|(?=\s[A-ZÁÉÍÓÚ]))|[IVXL]+\.|[a-z]\)|[•▪\-–o°]\s)?\s*")
_FEWEST = 4  # words of a function; less is a scrap
_UNIT = re.compile(
    r"(?:unidad|coordinaci|divisi|direcci|subjefatura|jefatura|departament|oficina|subdirecci|secretari|gerencia)"
)


class Function(msgspec.Struct, frozen=True):
    """A function of a unit."""

    position: int
    """From 1, in the order in which they stand."""
    text: str
    line: Line
    numbered: bool
    """It bears its own number, so that nothing else can have been taken for it."""


class Unit(msgspec.Struct, frozen=True):
    """A unit with its functions."""

    numeral: str
    name: str
    functions: tuple[Function, ...]
    line: Line


def units(text: NormText, chapter: Sequence[str]) -> tuple[Unit, ...]:
    """Every numbered unit below the chapter called by one of ``chapter``."""
    return text.once(f"units {chapter}", lambda whole: _units(whole, chapter))


def _units(text: NormText, chapter: Sequence[str]) -> tuple[Unit, ...]:
    found = headings(text)
    start = find_heading(found, chapter)
    if start is None:
        return ()
    after = [h for h in found if h.line.order >= start.line.order and _names_unit(text, h)]
    made = []
    for n, heading in enumerate(after):
        end = after[n + 1].line.order if n + 1 < len(after) else None
        made.append(_unit(text, heading, end))
    return tuple(made)


def _names_unit(text: NormText, heading: Heading) -> bool:
    return "." in heading.number and _UNIT.match(heading.form) is not None


def _unit(text: NormText, heading: Heading, end: int | None) -> Unit:
    start = heading.line.order
    passages = [p for p in text.passages if p.order > start and (end is None or p.order < end)]
    functions: list[Function] = []
    name = heading.title
    for passage in passages:
        written = " ".join(c for c in (passage.cells or (passage.text,)) if c)
        lead = _LEADING.match(written)
        words = squeeze(written[lead.end() :] if lead else written)
        numbered = bool(lead and lead[0].strip())
        if not functions and title_form(words) in heading.form:
            continue
        if functions and not numbered and _goes_on(functions[-1].text, words):
            last = functions[-1]
            functions[-1] = msgspec.structs.replace(last, text=f"{last.text} {words}")
        elif len(words.split()) >= _FEWEST:
            functions.append(Function(len(functions) + 1, words, passage, numbered))
    return Unit(heading.number, name, tuple(functions), heading.line)


def _goes_on(before: str, words: str) -> bool:
    """Whether ``words`` are the rest of the function ``before``, which a page or a column has cut."""
    return words[:1].islower() or (before[-1:] not in ".;:" and begins_with_infinitive(words)[0] != "yes")
