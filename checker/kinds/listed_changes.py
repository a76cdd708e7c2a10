"""``listed_changes``: what a norm's control of changes says was included stands in it, and what was eliminated does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import short
from checker.norms.headings import Heading, find_heading, headings, section_lines, title_form, under
from checker.norms.text import NormText, norm_text
from checker.recognise.model import Recognised
from checker.spanish.text import flat, squeeze

_SAME = 92  # percentage from which a title is the one listed
_ITEM = re.compile(r"^\s*(?:\d{1,2}\s*[.)]|[•▪\-–*]|[a-z]\))?\s*")


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    section: tuple[str, ...]
    """Titles of the control of changes."""
    included: tuple[str, ...]
    """Words after which it lists what was included."""
    eliminated: tuple[str, ...]
    """Words after which it lists what was eliminated."""
    chapter: tuple[str, ...]
    """Titles of the chapter whose numbered sections are the procedures."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Each procedure listed, and each one that the norm has; silent where the control of changes lists none."""
    text = norm_text(submission.document)
    found = headings(text)
    chapter = find_heading(found, params.chapter)
    lines = [piece for line in section_lines(text, params.section) for piece in _pieces(line.text)]
    included, eliminated = _after(lines, params.included), _after(lines, params.eliminated)
    if chapter is None or not included:
        return
    members = list(_numbered(text, found, chapter))
    place = next((line.place for line in section_lines(text, params.section)), None)
    for number, name in enumerate(included, 1):
        state = "right" if any(_same(h.title, name) for h in members) else "missing"
        yield Fact(
            "listed_changes", rule, {"state": state}, f"incluidos[{number}]", place, name, (), {"name": short(name)}
        )
    for number, name in enumerate(eliminated, 1):
        there = next((h for h in members if _same(h.title, name)), None)
        state = "remains" if there else "right"
        at = there.line.place if there else place
        yield Fact(
            "listed_changes", rule, {"state": state}, f"eliminados[{number}]", at, name, (), {"name": short(name)}
        )
    for number, heading in enumerate(members, 1):
        state = "right" if any(_same(heading.title, name) for name in included) else "unlisted"
        words = {"name": short(heading.title)}
        yield Fact(
            "listed_changes",
            rule,
            {"state": state},
            f"procedimientos[{number}]",
            heading.line.place,
            heading.title,
            (),
            words,
        )


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Listed and not there, eliminated and there; there and not listed, which an earlier version may have brought."""
    told = [Clause("listed_changes", rule, (Test("state", "==", s),), "violated", s) for s in ("missing", "remains")]
    return (*told, Clause("listed_changes", rule, (Test("state", "==", "unlisted"),), "undetermined", "unlisted"))


def message(params: Params, fact: Fact, say: str) -> str:
    """Which procedure."""
    name = fact.words["name"]
    return {
        "missing": f"El control de cambios dice que se incluyó «{name}», que no está en el documento.",
        "remains": f"El control de cambios dice que se eliminó «{name}», que sigue en el documento.",
        "unlisted": f"El procedimiento «{name}» no figura entre los que el control de cambios dice incluidos.",
    }[say]


def _pieces(text: str) -> Iterator[str]:
    for piece in re.split(r"[\n\t]|(?<=[^\W\d_]{3}\.)\s+(?=[A-ZÁÉÍÓÚ])", text):
        if piece.strip():
            yield squeeze(piece)


def _after(lines: Sequence[str], words: Sequence[str]) -> list[str]:
    """The items after one of ``words``, which a narrow cell may break over lines, up to the next line that is no item."""
    text = "\n".join(lines)
    for phrase in words:
        found = re.search(r"\s+".join(map(re.escape, flat(phrase).split())) + r"\s*:?", flat(text))
        if found:
            return list(_items(text[found.end() :].split("\n")))
    return []


def _items(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        name = _ITEM.sub("", line).strip(" .;")
        if re.match(r"(?:incluir|eliminar|adecuar|actualizar|incorporar|modificar)\b", flat(name)):
            return
        if name:
            yield name


def _numbered(text: NormText, found: Sequence[Heading], chapter: Heading) -> Iterator[Heading]:
    orders = {line.order for line in under(text, chapter, found)}
    yield from (h for h in found if h.line.order in orders and h.number.isdigit() and not h.line.cells)


def _same(title: str, name: str) -> bool:
    from rapidfuzz.fuzz import ratio

    return ratio(title_form(title), title_form(name)) >= _SAME
