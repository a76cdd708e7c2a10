"""``section_names``: a section of a document names all that it must, each with what must be said of it: the six units, their goals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import joined
from checker.norms.headings import find_heading, headings, index_lines, title_form, titled_line
from checker.norms.text import Line, NormText, norm_text
from checker.recognise.model import Recognised
from checker.spanish.text import flat, squeeze


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind: what it must name is a ``catalogue`` or ``parts``."""

    section: tuple[str, ...]
    """Titles of the section."""
    until: tuple[str, ...]
    """Titles of those that follow it, wherever they stand after it: its end."""
    catalogue: str | None = None
    """Each entry opens a part of the section: the line that is it, or begins with it."""
    parts: dict[str, tuple[str, ...]] = {}
    """What the section speaks of → words for it; one that ends in ``-`` stands for all that begin with it."""
    each_says: dict[str, tuple[str, ...]] = {}
    """What each entry of the catalogue speaks of, from its line to the next entry's → words for it."""

    def __post_init__(self) -> None:
        if bool(self.catalogue) == bool(self.parts):
            raise ValueError("section_names takes either `catalogue` or `parts`")
        if self.each_says and not self.catalogue:
            raise ValueError("section_names takes `each_says` with `catalogue`")


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """What is named, and of each entry what is said; silent where the section is not there, which ``sections_in_order`` tells.

    Without ``each_says`` one fact an entry; with it only the entries that are there, for their absence is another rule's.
    """
    lines = _section(norm_text(submission.document), params)
    if lines is None:
        return
    title, place = params.section[0], lines[0].place
    rest = lines[1:]
    if params.parts:
        words = _words(rest)
        for number, (part, others) in enumerate(params.parts.items(), 1):
            names = "yes" if _speaks(words, (part, *others)) else "no"
            yield Fact(
                "section_names",
                rule,
                {"names": names},
                f"apartado[{number}]",
                place,
                title,
                (),
                {"section": title, "part": part},
            )
        return
    assert params.catalogue is not None, "Params holds one form or the other"
    entries = context.pack.catalogue(params.catalogue).entries
    opens = {name: _opening(rest, (name, *others)) for name, others in entries.items()}
    starts = sorted(n for n in opens.values() if n is not None)
    for number, (name, at) in enumerate(opens.items(), 1):
        told = {"section": title, "part": name}
        if not params.each_says:
            names = "yes" if at is not None else "no"
            yield Fact("section_names", rule, {"names": names}, f"apartado[{number}]", place, title, (), told)
        elif at is not None:
            end = next((n for n in starts if n > at), len(rest))
            words = _words(rest[at + 1 : end])
            missing = [topic for topic, others in params.each_says.items() if not _speaks(words, (topic, *others))]
            says = "all" if not missing else "nothing" if not words.strip() else "some"
            told["missing"] = joined([f"«{m}»" for m in missing])
            yield Fact(
                "section_names", rule, {"says": says}, f"apartado[{number}]", rest[at].place, rest[at].text, (), told
            )


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Not named; named, and not all is said of it."""
    return (
        Clause("section_names", rule, (Test("names", "==", "no"),), "violated", "unnamed"),
        Clause("section_names", rule, (Test("says", "==", "some"),), "violated", "some"),
        Clause("section_names", rule, (Test("says", "==", "nothing"),), "violated", "nothing"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The section and what is missing in it."""
    w = fact.words
    if say == "unnamed":
        return f"El apartado «{w['section']}» no comprende «{w['part']}»."
    if say == "nothing":
        return f"En el apartado «{w['section']}», «{w['part']}» no tiene contenido."
    return f"En el apartado «{w['section']}», «{w['part']}» no contiene {w['missing']}."


def _section(text: NormText, params: Params) -> tuple[Line, ...] | None:
    """The lines of the section, its title first."""
    found = headings(text)
    heading = find_heading(found, params.section)
    start = heading.line if heading else titled_line(text, params.section) or _begun(text, params.section)
    if start is None:
        return None
    after = find_heading(found, params.until, start.order)
    end = after.line if after else titled_line(text, params.until, start.order)
    # what repeats from unit to unit looks like a running header, and is the form itself
    own = [ln for ln in text.lines if ln.order >= start.order and (end is None or ln.order < end.order)]
    title = next((t for t in params.section if title_form(start.text).startswith(f"{title_form(t)} ")), None)
    if title:  # the title and the line below it, which a reader joined
        below = msgspec.structs.replace(start, text=" ".join(start.text.split()[len(title.split()) :]))
        own = [start, below, *own[1:]]
    return tuple(own)


def _begun(text: NormText, titles: Sequence[str]) -> Line | None:
    """The first line outside the index that begins with one of the titles."""
    inside = {line.order for line in index_lines(text)}
    forms = tuple(f"{title_form(t)} " for t in titles)
    return next((ln for ln in text.body if ln.order not in inside and title_form(ln.text).startswith(forms)), None)


def _opening(lines: Sequence[Line], names: Sequence[str]) -> int | None:
    """Position of the line that is one of the names, else of the first that begins with one or has it in a cell."""
    forms = [title_form(name) for name in names]
    own = [title_form(line.text) for line in lines]
    for n, form in enumerate(own):
        if form in forms:
            return n
    for n, (line, form) in enumerate(zip(lines, own, strict=True)):
        cells = [title_form(cell) for cell in line.cells]
        long = [f for f in forms if len(f) > 6]
        if any(form.startswith(f"{f} ") or any(f in cell for cell in cells) for f in long):
            return n
    return None


def _words(lines: Sequence[Line]) -> str:
    return squeeze(flat(" ".join(line.text for line in lines)))


def _speaks(words: str, phrases: Sequence[str]) -> bool:
    return any(re.search(_pattern(phrase), words) for phrase in phrases)


def _pattern(phrase: str) -> str:
    stem = re.escape(flat(phrase).rstrip("-"))
    return rf"(?<!\w){stem}" if phrase.endswith("-") else rf"(?<!\w){stem}(?!\w)"
