"""``index_matches``: the index of a norm gives each title as it stands, and its page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.norms.headings import (
    Entry,
    Heading,
    headings,
    index_entries,
    index_lines,
    portion,
    title_form,
    titled_line,
)
from checker.norms.text import Line, NormText, norm_text
from checker.recognise.model import Recognised
from checker.spanish.text import flat, squeeze

_ALIKE = 80  # percentage from which a title is the entry's, written otherwise


_ANNEX = re.compile(r"(?:anexo|apendice) (?:\d{1,2}|[a-z])(?!\w)")
_SHORT = 4  # words of a title that may stand alone without number or style


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    lists: tuple[str, ...] = ()
    """Titles that the index must list where the norm has them: ``transitorios``."""
    within: tuple[str, ...] = ()
    """Titles of the part of the norm (an appendix) whose index is meant; the whole norm's otherwise."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Each entry against the heading that it announces; what the index leaves out; that pages could not be compared."""
    text = portion(norm_text(submission.document), params.within)
    if text is None:
        return
    lines = index_lines(text)
    entries = index_entries(text)
    if not entries:
        titled = lines[0] if lines else titled_line(text, ("Índice", "Contenido"))
        state = "unread" if titled else "absent"
        place = titled.place if titled else None
        yield Fact("index_matches", rule, {"state": state}, "indice", place, "", (), {})
        return
    found = headings(text)
    offset = entries[-1].line.order
    answers = [(entry, *_announced(text, found, entry, offset)) for entry in entries]
    pages = [(text.printed_page(line) if line else None, entry.page) for entry, line, _ in answers]
    off = {at - page for at, page in pages if at is not None}
    # a cover that is not numbered puts every page of the file off by the same; a page that prints its number says it itself
    shift = off.pop() if len(off) == 1 and not text.numbers_pages else 0
    for number, ((entry, line, state), (at, page)) in enumerate(zip(answers, pages, strict=True), 1):
        if state == "present" and at is not None and at != page + shift:
            state = "page"
        words = {"title": f"{entry.number} {entry.title}".strip(), "page": str(page), "at": str(at or "")}
        words["body"] = line.text if line else ""
        yield Fact(
            "index_matches",
            rule,
            {"state": state},
            f"indice[{number}]",
            entry.line.place,
            entry.title,
            (line.place,) if line else (),
            words,
        )
    listed = {title_form(entry.title) for entry in entries}
    for title in params.lists:
        line = titled_line(text, (title,), offset)
        if line is not None and not any(form.startswith(title_form(title)) for form in listed):
            yield Fact(
                "index_matches", rule, {"state": "unlisted"}, "indice", line.place, line.text, (), {"title": line.text}
            )
    if all(at is None for at, _ in pages):
        yield Fact("index_matches", rule, {"state": "unpaged"}, "indice", lines[0].place, "", (), {})


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """No index, a title that is not there or reads otherwise, another page, a section left out; pages unknown."""
    states = ("absent", "missing", "otherwise", "page", "unlisted")
    told = [Clause("index_matches", rule, (Test("state", "==", s),), "violated", s) for s in states]
    doubts = ("unpaged", "unread")
    return (*told, *(Clause("index_matches", rule, (Test("state", "==", s),), "undetermined", s) for s in doubts))


def message(params: Params, fact: Fact, say: str) -> str:
    """What the index says, and what the norm has."""
    w = fact.words
    return {
        "absent": "No se encontró el índice.",
        "unread": "No se pudieron leer las entradas del índice con sus páginas.",
        "missing": f"El índice anuncia «{w.get('title')}», que no aparece como título en el documento.",
        "otherwise": f"El índice dice «{w.get('title')}» y el título del documento es «{w.get('body')}».",
        "page": f"El índice ubica «{w.get('title')}» en la página {w.get('page')} y está en la {w.get('at')}.",
        "unlisted": f"El índice no enlista «{w.get('title')}».",
        "unpaged": "No se cotejaron las páginas del índice: el archivo no permite saber en qué página está cada título.",
    }[say]


def _announced(text: NormText, found: Sequence[Heading], entry: Entry, offset: int) -> tuple[Line | None, str]:
    """The line that the entry announces, and how well it answers."""
    from rapidfuzz.fuzz import ratio

    form = title_form(entry.title)
    body = [h for h in found if h.line.order > offset or h.line.order < offset - 400]
    same = [h for h in body if h.form == form]
    if entry.number:
        same = [h for h in same if h.number == entry.number] or same
    if same:
        # repeated titles (each procedure has its own «Objetivo») are taken where the index says, if one is there
        return next((h.line for h in same if h.line.page == entry.page), same[0].line), "present"
    line = titled_line(text, (entry.title,), offset)
    if line is not None:
        return line, "present"
    annexed = _ANNEX.match(squeeze(flat(entry.title)))
    if annexed:  # «Anexo 1 Formato de …» may open with «ANEXO 1» alone, its title in the form itself
        line = next((ln for ln in text.body if ln.order > offset and ln.flat == annexed[0]), None)
        if line is not None:
            return line, "present"
    near = [h for h in body if h.number == entry.number or not entry.number]
    best = max(near, key=lambda h: ratio(h.form, form), default=None)
    if best is not None and ratio(best.form, form) >= _ALIKE:
        return best.line, "otherwise"
    if best is not None and entry.number and len(entry.number) > 1 and best.number == entry.number:
        return best.line, "otherwise"
    if not entry.number and len(form.split()) <= _SHORT:
        alike = (ln for ln in text.body if ln.order > offset and ratio(title_form(ln.text), form) >= _ALIKE)
        if line := next(alike, None):
            return line, "otherwise"
    # a reader that joins lines gives the title with what stands below it
    joined = (ln for ln in text.body if ln.order > offset and ln.page == entry.page and ln.page is not None)
    begun = next((ln for ln in joined if len(form) > 8 and title_form(ln.text).startswith(f"{form} ")), None)
    return (begun, "present") if begun is not None else _broken(text, form, offset)


def _broken(text: NormText, form: str, offset: int) -> tuple[Line | None, str]:
    """A title that the document breaks over lines."""
    lines = [line for line in text.body if line.order > offset]
    for n, line in enumerate(lines):
        joined = title_form(line.text)
        if not joined or not (form.startswith(joined) or form.endswith(joined)):
            continue
        for after in lines[n + 1 : n + 5]:
            joined = f"{joined} {title_form(after.text)}"
            if joined == form:
                return line, "present"
    return None, "missing"
