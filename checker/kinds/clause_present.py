"""``clause_present``: a norm carries a clause, with what it must cite and its date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import joined, spoken
from checker.norms.headings import portion, section_lines
from checker.norms.text import Line, NormText, norm_text
from checker.recognise.model import Recognised
from checker.spanish.dates import find_dates
from checker.spanish.text import flat

_FOLLOW = 3  # passages after the first that a clause may go on for


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    about: tuple[str, ...]
    """Words by which the clause is known, each of which serves; those joined by `` + `` stand in it together."""
    title: str
    """What the clause is called."""
    cites: tuple[str, ...] = ()
    """What it must say; ways to say the same are parted by ``|``. Blanks and punctuation do not count."""
    dates: tuple[dt.date, ...] = ()
    """Dates that it must state."""
    dated: bool = False
    """It states some date."""
    section: tuple[str, ...] = ()
    """Titles of the section in which it stands."""
    within: tuple[str, ...] = ()
    """Titles of the part of the norm (an appendix) that is meant."""
    before: tuple[str, ...] = ()
    """Titles of the part before which it stands."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether the clause is there, and what it lacks; of several, the one that lacks least."""
    text = portion(norm_text(submission.document), params.within, params.before)
    found = _clauses(text, params) if text else []
    if not found:
        yield Fact("clause_present", rule, {"state": "absent"}, "clausula", None, "", (), {})
        return
    line, lacking = min(((line, _lacking(params, words)) for line, words in found), key=lambda item: len(item[1]))
    state = "incomplete" if lacking else "present"
    yield Fact(
        "clause_present", rule, {"state": state}, "clausula", line.place, line.text, (), {"lacking": joined(lacking)}
    )


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Absent, or without something that it must say."""
    return tuple(
        Clause("clause_present", rule, (Test("state", "==", s),), "violated", s) for s in ("absent", "incomplete")
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """Which clause, and what it lacks."""
    if say == "absent":
        return f"No se encontró {params.title}."
    return f"{params.title[:1].upper()}{params.title[1:]} está, pero no señala {fact.words['lacking']}."


def _clauses(text: NormText, params: Params) -> list[tuple[Line, str]]:
    """First line and words of every clause of this kind: its passage, and those that go on with it."""
    passages = text.passages
    if params.section:
        orders = {line.order for line in section_lines(text, params.section)}
        passages = tuple(p for p in passages if p.order in orders)
    wanted = [[bare(word) for word in option.split(" + ")] for option in params.about]
    bared = text.once("bare passages", lambda whole: {p.order: bare(p.text) for p in whole.passages})
    forms = [bared[p.order] for p in passages]
    found = []
    for n, passage in enumerate(passages):
        window = "".join(forms[n : n + 1 + (_FOLLOW if len(forms[n]) < 80 else 0)])
        if any(option[0] in forms[n] and all(word in window for word in option) for option in wanted):
            words = " ".join(p.text for p in _going_on(passages[n : n + 1 + _FOLLOW]))
            found.append((passage, words))
    return found


def _going_on(passages: Sequence[Line]) -> Iterator[Line]:
    """The first, and those after it that begin no numeral of their own."""
    for n, passage in enumerate(passages):
        if n and re.match(r"\s*\d{1,2}\.\d", passage.text):
            return
        yield passage


def bare(text: str) -> str:
    """Only letters and digits, flat: what remains the same however a citation is spaced and pointed."""
    return re.sub(r"[^a-z0-9]", "", flat(text))


def _lacking(params: Params, words: str) -> list[str]:
    said = bare(words)
    lacking = [f"«{c.split('|')[0]}»" for c in params.cites if not any(bare(way) in said for way in c.split("|"))]
    stated = {d.date for d in find_dates(words)}
    lacking += [f"la fecha {spoken(day)}" for day in params.dates if day not in stated]
    if params.dated and not any(stated):
        lacking.append("la fecha")
    return lacking
