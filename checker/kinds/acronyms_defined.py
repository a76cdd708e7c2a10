"""``acronyms_defined``: the acronyms that a document uses often stand in its list of acronyms."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.norms.headings import find_heading, headings, index_lines, titled_line
from checker.norms.text import Line, NormText, norm_text
from checker.recognise.model import Recognised
from checker.spanish.wording import acronyms


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    section: tuple[str, ...]
    """Titles of the list."""
    times: int = 3
    """How often an acronym stands in the document for it to be owed; ``x`` and its plural ``xs`` are one."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether each acronym in use is listed, told where it first stands; silent where there is no list, which other rules tell."""
    text = norm_text(submission.document)
    start = _list(text, params.section)
    if start is None:
        return
    listed = "\n".join(line.text for line in text.body if line.order >= start.order)
    used: dict[str, list[Line]] = {}
    inside = {line.order for line in index_lines(text)}
    for line in text.body:
        if line.order < start.order and line.order not in inside:
            for found in acronyms(line.text):
                used.setdefault(found.removesuffix("s").replace(".", ""), []).append(line)
    for acronym, lines in used.items():
        if len(lines) < params.times:
            continue
        there = re.search(rf"(?<!\w){re.escape(acronym)}s?(?!\w)", listed.replace(".", ""))
        words = {"acronym": acronym, "count": str(len(lines)), "section": params.section[0]}
        attributes = {"listed": "yes" if there else "no"}
        yield Fact(
            "acronyms_defined", rule, {**attributes}, f"sigla {acronym}", lines[0].place, lines[0].text, (), words
        )


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Used, and not listed."""
    return (Clause("acronyms_defined", rule, (Test("listed", "==", "no"),), "violated", "no"),)


def message(params: Params, fact: Fact, say: str) -> str:
    """The acronym, and how often it is used."""
    w = fact.words
    return f"«{w['acronym']}» se usa en {w['count']} lugares y no figura en «{w['section']}»."


def _list(text: NormText, names: tuple[str, ...]) -> Line | None:
    """The title of the list: the last heading called so, for annexes may have lists of their own before it."""
    last: Line | None = None
    after = -1
    while (heading := find_heading(headings(text), names, after)) is not None:
        last, after = heading.line, heading.line.order
    return last or titled_line(text, names)
