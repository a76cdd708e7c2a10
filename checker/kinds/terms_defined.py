"""``terms_defined``: a norm defines the acronyms that it uses, uses those that it defines, and says once what each stands for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Protocol

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.norms.acronyms import defined, expansions, key, other_expansion, term_used, terms, used
from checker.norms.headings import portion
from checker.norms.text import Line, NormText, norm_text
from checker.recognise.model import Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    ask: Literal["acronyms", "uses", "expansions"]
    """Acronyms used are defined · what is defined is used · an acronym is explained in one way."""
    sections: tuple[str, ...]
    """Titles of the chapters that define."""
    before: tuple[str, ...] = ()
    """Titles of the part (an appendix with definitions of its own) before which the norm is read."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """One fact for each acronym or term asked about; none where the norm has no such chapter."""
    text = portion(norm_text(submission.document), (), params.before)
    if text is None:
        return
    known = defined(text, params.sections)
    if not known and not terms(text, params.sections):
        return

    def fact(name: str, state: str, line: Line, **words: str) -> Fact:
        subject = f"siglas[{key(name)}]" if params.ask != "uses" else f"terminos[{name}]"
        return Fact("terms_defined", rule, {"state": state}, subject, line.place, name, (), {"name": name, **words})

    if params.ask == "acronyms":
        for use in used(text, params.sections):
            yield fact(use.name, "right" if key(use.name) in known else "undefined", use.line, times=str(use.times))
    elif params.ask == "uses":
        yield from _unused(text, params, fact)
    else:
        for expansion in expansions(text):
            acronym = known.get(key(expansion.name))
            says = other_expansion(acronym, expansion) if acronym else ""
            if acronym:
                words = {"says": says, "stands": acronym.stands_for}
                yield fact(expansion.name, "otherwise" if says else "right", expansion.line, **words)


def _unused(text: NormText, params: Params, fact: _Maker) -> Iterator[Fact]:
    names = {key(use.name) for use in used(text, params.sections)}
    for item in defined(text, params.sections).values():
        if key(item.name) not in names and not _stands_in_capitals(text, item.name, item.line):
            yield fact(item.name, "unused", item.line)
    for name, line in terms(text, params.sections):
        if not term_used(text, name, line):
            yield fact(name, "unused", line)


class _Maker(Protocol):
    """Makes a fact of a name, its state and its line."""

    def __call__(self, name: str, state: str, line: Line, **words: str) -> Fact: ...


def _stands_in_capitals(text: NormText, name: str, line: Line) -> bool:
    """Whether it stands in a line that is all capitals, which is not read for acronyms."""
    return any(name in other.text.split() for other in text.lines if other.order != line.order)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Used and not defined, defined and not used, explained otherwise."""
    state = {"acronyms": "undefined", "uses": "unused", "expansions": "otherwise"}[params.ask]
    return (Clause("terms_defined", rule, (Test("state", "==", state),), "violated", state),)


def message(params: Params, fact: Fact, say: str) -> str:
    """Which acronym or term."""
    w = fact.words
    return {
        "undefined": f"La sigla «{w['name']}» se usa ({w.get('times')} veces) y no está en «{params.sections[0]}».",
        "unused": f"«{w['name']}» está definido y no se usa en el resto del documento.",
        "otherwise": f"La sigla «{w['name']}» se desarrolla aquí como «{w.get('says')}» y su apartado dice «{w.get('stands')}».",
    }[say]
