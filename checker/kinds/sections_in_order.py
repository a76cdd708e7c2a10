"""``sections_in_order``: a norm has the sections that it must have, in their order; with ``repeats``, each of its procedures has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.norms.headings import Heading, called, headings, index_lines, portion, title_form, titled_line, under
from checker.norms.text import NormText, norm_text
from checker.recognise.model import Recognised


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A section."""

    title: str
    also: tuple[str, ...] = ()
    """Other titles that serve."""
    number: str | None = None
    """Its own, where titles repeat: ``6.2``."""


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    sections: tuple[Part, ...]
    within: tuple[str, ...] = ()
    """Titles of the part of the norm (an appendix) that is meant; the whole norm otherwise."""
    filled: bool = False
    """Something stands under each."""
    repeats: bool = False
    """The sections come again and again, once for each procedure; the first of them opens each."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether each section is there, after the one before it, and whether something stands under it."""
    text = portion(norm_text(submission.document), params.within)
    if text is None:
        return
    found = headings(text)
    if params.repeats:
        yield from _rounds(rule, params, found)
        return
    after = -1
    for number, part in enumerate(params.sections, 1):
        here = _at(text, found, part, after)
        anywhere = here if here is not None else _at(text, found, part, -1)
        state = "absent" if anywhere is None else "present" if here is not None else "early"
        after = here if here is not None else after
        if state == "absent" and _begun(text, part):
            state = "unsure"  # a reader that joins lines gives the title with what stands below it
        if (
            state == "present"
            and params.filled
            and here is not None
            and not _filled(text, found, here, params.sections)
        ):
            state = "empty"
        place = next((line.place for line in text.lines if line.order == anywhere), None)
        words = {"title": _named(part), "before": _named(params.sections[number - 2]) if number > 1 else ""}
        yield Fact("sections_in_order", rule, {"state": state}, f"secciones[{number}]", place, part.title, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Absent, before its turn, or with nothing under it; or not to be told from the words that follow it."""
    states = ("absent", "early", "empty")
    told = [Clause("sections_in_order", rule, (Test("state", "==", s),), "violated", s) for s in states]
    return (*told, Clause("sections_in_order", rule, (Test("state", "==", "unsure"),), "undetermined", "unsure"))


def message(params: Params, fact: Fact, say: str) -> str:
    """Which section, and what is wrong with it."""
    w = fact.words
    where = f" en el procedimiento «{w['of']}»" if w.get("of") else ""
    if say == "absent":
        return f"Falta el apartado «{w['title']}»{where}."
    if say == "unsure":
        return (
            f"No se pudo confirmar el apartado «{w['title']}»: sus palabras están, pero no se distinguen como título."
        )
    if say == "empty":
        return f"El apartado «{w['title']}» está, pero sin contenido."
    return f"El apartado «{w['title']}» está fuera de orden{where}: debe ir después de «{w['before']}»."


def _named(part: Part) -> str:
    return f"{part.number} {part.title}" if part.number else part.title


def _is(heading: Heading, part: Part) -> bool:
    numbered = part.number is None or heading.number == part.number
    return numbered and called(heading, [title_form(t) for t in (part.title, *part.also)])


def _at(text: NormText, found: Sequence[Heading], part: Part, after: int) -> int | None:
    """Order of the line of the section after line ``after``."""
    titles = (part.title, *part.also)
    forms = {title_form(t) for t in titles}
    own = [h for h in found if h.line.order > after and (part.number is None or h.number == part.number)]
    exact = [h.line.order for h in own if h.form in forms][:1]
    if part.number is None and (line := titled_line(text, titles, after)):
        exact.append(line.order)
    if exact:
        return min(exact)
    return next((h.line.order for h in own if called(h, list(forms))), None)


def _begun(text: NormText, part: Part) -> bool:
    """A line outside the index begins with the title."""
    inside = {line.order for line in index_lines(text)}
    forms = tuple(f"{title_form(t)} " for t in (part.title, *part.also) if len(t) > 8)
    return bool(forms) and any(title_form(ln.text).startswith(forms) for ln in text.body if ln.order not in inside)


def _filled(text: NormText, found: Sequence[Heading], order: int, sections: Sequence[Part]) -> bool:
    """Something stands between the title and the next of the sections; under a title that is alone, before the next heading."""
    heading = next((h for h in found if h.line.order == order), None)
    if heading is None:
        return True
    if len(sections) == 1 and not under(text, heading, found):
        return any(getattr(b, "images", 0) for b in text.document.blocks if b.place == heading.line.place)
    after = (n for part in sections if (n := _at(text, found, part, order)) is not None)
    end = min(after, default=None)
    lines = [ln for ln in text.body if ln.order > order and (end is None or ln.order < end)]
    images = any(getattr(b, "images", 0) for b in text.document.blocks if b.place == heading.line.place)
    return bool(lines) or images


def _rounds(rule: str, params: Params, found: Sequence[Heading]) -> Iterator[Fact]:
    """Facts for each section of each round; a round is called by the heading that stands over it."""
    rounds: list[tuple[Heading | None, list[tuple[int, Heading]]]] = []
    over: Heading | None = None
    for heading in found:
        which = next((n for n, part in enumerate(params.sections) if _is(heading, part)), None)
        if which is None:
            over = heading if heading.number[:1].isdigit() or heading.line.level else over
        elif which == 0:
            rounds.append((over, [(0, heading)]))
        elif rounds:
            rounds[-1][1].append((which, heading))
    for count, (title, members) in enumerate(rounds, 1):
        seen = [which for which, _ in members]
        for number, part in enumerate(params.sections):
            state = "present"
            if number not in seen:
                state = "absent"
            elif any(later in seen[: seen.index(number)] for later in range(number + 1, len(params.sections))):
                state = "early"
            place = next((h.line.place for which, h in members if which == number), members[0][1].line.place)
            of = f"{title.number} {title.title}".strip() if title else str(count)
            before = params.sections[number - 1].title if number else ""
            words = {"title": part.title, "of": of[:80], "before": before}
            subject = f"procedimientos[{count}].secciones[{number + 1}]"
            yield Fact("sections_in_order", rule, {"state": state}, subject, place, part.title, (), words)
