"""``chapters_answer``: each unit that one chapter of a norm shows has its section in the other, by the same name, and vice versa."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.norms.headings import Heading, headings, title_form
from checker.norms.text import norm_text
from checker.recognise.model import Recognised

_SAME = 85  # percentage from which two names are one, however they were read


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    chapter: str
    """Number of the chapter: ``6.1``."""
    other: str
    """Number of the other one: ``7.1``."""
    depth: int = 1
    """Levels below those numbers that are compared."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Each section of either chapter with its counterpart: by number, else by name."""
    found = headings(norm_text(submission.document))
    own, other = _below(found, params.chapter, params.depth), _below(found, params.other, params.depth)
    if not own or not other:
        yield Fact("chapters_answer", rule, {"state": "unread"}, "apartados", None, "", (), {})
        return
    for these, those, chapter, prefix in (
        (own, other, params.other, params.chapter),
        (other, own, params.chapter, params.other),
    ):
        for heading in these:
            tail = heading.number.removeprefix(prefix)
            same = next((h for h in those if h.number == f"{chapter}{tail}"), None)
            named = any(_alike(h, heading) for h in those)
            state = "right"
            if not named:
                lost = any(
                    h.number.startswith(f"{chapter}{tail}.") for h in found
                )  # its parts are there, its title was not read
                state = "otherwise" if same else "lost" if lost else "missing"
            words = {
                "number": heading.number,
                "name": heading.title,
                "chapter": chapter,
                "other": f"{same.number} {same.title}" if same else "",
            }
            subject = f"apartados[{heading.number}]"
            yield Fact("chapters_answer", rule, {"state": state}, subject, heading.line.place, heading.title, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Without a counterpart, or under another name; a doubt where titles may have been lost in reading."""
    told = [Clause("chapters_answer", rule, (Test("state", "==", s),), "violated", s) for s in ("missing", "otherwise")]
    doubts = [Clause("chapters_answer", rule, (Test("state", "==", s),), "undetermined", s) for s in ("lost", "unread")]
    return (*told, *doubts)


def message(params: Params, fact: Fact, say: str) -> str:
    """Which section."""
    w = fact.words
    return {
        "missing": f"«{w.get('number')} {w.get('name')}» no tiene su apartado en el capítulo {w.get('chapter')}.",
        "otherwise": f"«{w.get('number')} {w.get('name')}» se llama en el otro capítulo «{w.get('other')}».",
        "lost": f"No se leyó el título del apartado del capítulo {w.get('chapter')} que responde a «{w.get('number')} {w.get('name')}».",
        "unread": f"No se encontraron los apartados de los capítulos {params.chapter} y {params.other}.",
    }[say]


def _below(found: Sequence[Heading], prefix: str, depth: int) -> list[Heading]:
    return [
        h
        for h in found
        if h.number.startswith(f"{prefix}.") and 0 < h.number[len(prefix) :].count(".") <= depth and h.title
    ]


def _alike(one: Heading, other: Heading) -> bool:
    from rapidfuzz.fuzz import ratio

    return ratio(title_form(one.title), title_form(other.title)) >= _SAME
