"""Acronyms of a norm: where it defines them, where it uses them, and what it says that they stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from checker.norms.headings import find_heading, headings, index_lines, title_form, under
from checker.norms.text import Line, NormText
from checker.spanish.text import flat, squeeze

_ACRONYM = re.compile(
    r"(?<![\w/.@%-])(?:[A-ZÁÉÍÓÚÑ]{2,}[a-z]{0,2}[A-ZÑ]*|[A-Z][a-z]?[A-Z][A-Za-z]{0,4}[A-Z]|(?:[A-Z]\.){2,}[A-Z]?)(?:-[A-Z]{2,})*(?![\w%@]|-\d|/\d)"
)
_EMPHASIS = re.compile(r"(?:(?<!\w)[A-ZÁÉÍÓÚÑ]{2,}(?!\w)\s*){3,}|(?:(?<!\w)[A-ZÁÉÍÓÚÑ]{6,}(?!\w)\s*){2,}")
"""Three words in capitals in a row, or two long ones, are emphasis."""
_ROMAN = re.compile(r"(?=[IVXLC])(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})$")
_INLINE = re.compile(r"((?:[\w’'.,]+\s+){2,14})\(([A-ZÁÉÍÓÚÑ][A-Za-zÁÉÍÓÚÑ-]{1,12})\)")
_BEFORE_NUMBER = re.compile(r"(?:\s+[A-Z]{2,})*[\s.:-]*(?:[Nn]o\.?\s*)?\d")
_SAME = 96
"""Percentage from which two expansions are the same, written alike."""
_RELATED = 72
"""Percentage from which they are meant to be the same."""


class Acronym(msgspec.Struct, frozen=True):
    """An acronym as the norm defines it."""

    name: str
    stands_for: str
    line: Line


class Use(msgspec.Struct, frozen=True):
    """An acronym as the norm uses it: the first time, and how often."""

    name: str
    line: Line
    times: int


class Expansion(msgspec.Struct, frozen=True):
    """An acronym that the text explains where it uses it."""

    name: str
    says: str
    line: Line


def key(name: str) -> str:
    """What is the same however an acronym is pointed, and in the plural: ``D.O.F.`` is DOF, ``CT's`` is CT."""
    return re.sub(r"(?:['’´‘]\s?s|(?<=[A-Z])s)$", "", re.sub(r"[.\s]", "", name)).upper()


def defined(text: NormText, sections: Sequence[str]) -> dict[str, Acronym]:
    """Key → acronym, as the chapters called by one of ``sections`` define them, in a row or before a colon; a term's acronyms too."""
    found: dict[str, Acronym] = {}
    for line in _chapter(text, sections):
        name, says = _entry(line)
        for piece in _ACRONYM.finditer(name):
            # «Instituto FONACOT» defines FONACOT, «IAT o Informe de Avance» defines IAT
            found.setdefault(key(piece[0]), Acronym(piece[0], says, line))
        if name and len(name.split()) == 1 and re.search(r"[A-Z].*[A-Z]", name):
            found.setdefault(key(name), Acronym(name, says, line))
    return found


def _chapter(text: NormText, sections: Sequence[str]) -> tuple[Line, ...]:
    titles = headings(text)
    lines: list[Line] = []
    seen: set[int] = set()
    for name in sections:
        after = -1
        while heading := find_heading(titles, [name], after):
            after = heading.line.order
            for line in under(text, heading, titles):
                if line.order not in seen:
                    seen.add(line.order)
                    lines.append(line)
    return tuple(lines)


def _entry(line: Line) -> tuple[str, str]:
    """(term, what it stands for) of a line of a glossary."""
    if len([c for c in line.cells if c]) >= 2:
        cells = [c for c in line.cells if c]
        return cells[0].strip(" :"), squeeze(" ".join(cells[1:]))
    name, colon, says = line.text.partition(":")
    name = re.sub(r"^\s*\d+(?:\.\d+)*\.?\s+", "", name)
    return (name.strip(" *-•▪"), squeeze(says)) if colon and len(name.split()) <= 12 else ("", "")


def used(text: NormText, sections: Sequence[str]) -> tuple[Use, ...]:
    """Every acronym in the body outside the chapters that define them, its index and what is all in capitals, by first use."""
    outside = {line.order for line in (*_chapter(text, sections), *index_lines(text))}
    first: dict[str, tuple[str, Line]] = {}
    times: Counter[str] = Counter()
    ordinary = _ordinary(text)
    for line in text.body:
        if line.order in outside:
            continue
        for cell in line.cells or (line.text,):
            if _shouted(cell):
                continue
            emphasis = [m.span() for m in _EMPHASIS.finditer(cell)]
            for piece in _ACRONYM.finditer(cell):
                name = piece[0]
                if _ROMAN.match(name) or flat(name) in ordinary or _number(cell, piece.end()) or "://" in cell:
                    continue
                if any(start <= piece.start() < end for start, end in emphasis):
                    continue
                times[key(name)] += 1
                first.setdefault(key(name), (name, line))
    return tuple(Use(name, line, times[k]) for k, (name, line) in first.items())


def _ordinary(text: NormText) -> set[str]:
    """Words that the norm also writes in lower case: no acronyms, only words in capitals."""
    return {flat(word) for line in text.lines for word in re.findall(r"(?<!\w)[a-záéíóúñü]{2,}(?!\w)", line.text)} | {
        "si",
        "no",
        "nota",
        "termina",
        "inicia",
        "inicio",
        "fin",
    }


def _shouted(words: str) -> bool:
    """Whether the cell or line is all in capitals, where an acronym cannot be told from a word."""
    letters = [c for c in words if c.isalpha()]
    if len(words.split()) == 1:
        return len(letters) >= 5 and words.isupper()  # a rubric, a header of a column
    return len(words.split()) >= 2 and sum(c.isupper() for c in letters) >= 0.7 * len(letters)


def _number(cell: str, end: int) -> bool:
    """Whether it is part of a number: ``Acuerdo No. CD ME 59-250724``."""
    return _BEFORE_NUMBER.match(cell, end) is not None


def expansions(text: NormText) -> tuple[Expansion, ...]:
    """Every ``Nombre completo (SIGLA)`` of the body."""
    found = []
    for line in text.passages:
        for cell in line.cells or (line.text,):
            found += [Expansion(m[2], squeeze(m[1]), line) for m in _INLINE.finditer(cell)]
    return tuple(found)


def other_expansion(acronym: Acronym, expansion: Expansion) -> str:
    """What the text says that the acronym stands for, where that is another wording of what the chapter says; empty when it is the same."""
    from rapidfuzz.fuzz import ratio

    stands = _words(acronym.stands_for)
    said = squeeze(re.sub(r"[^\w\s]", " ", expansion.says)).split()
    best, score = "", 0.0
    for count in range(max(2, len(stands) - 3), len(stands) + 4):
        if count > len(said):
            break
        tail = " ".join(said[-count:])
        now = ratio(flat(tail), " ".join(stands))
        if now > score:
            best, score = tail, now
    return best if _RELATED <= score < _SAME and best[:1].isupper() else ""


def _words(stands_for: str) -> list[str]:
    first = re.split(r"[.;]", stands_for)[0]
    return squeeze(re.sub(r"[^\w\s]", " ", flat(first))).split()


def terms(text: NormText, sections: Sequence[str]) -> tuple[tuple[str, Line], ...]:
    """Terms that the glossary defines in words, with their line."""
    found = []
    for line in _chapter(text, sections):
        name, says = _entry(line)
        if name and says and re.search(r"[a-záéíóúñ]{3}", name) and len(name.split()) <= 12:
            found.append((name, line))
    return tuple(found)


def term_used(text: NormText, term: str, line: Line) -> bool:
    """Whether the term, in singular or plural, stands anywhere but in the line that defines it."""
    outside = {other.order for other in index_lines(text)} | {line.order}
    words = [re.sub(r"(?:es|s)$", "", w) for w in title_form(re.sub(r"\([^)]*\)", "", term)).split()]
    pattern = re.compile(r"(?<!\w)" + r"\W+".join(rf"{re.escape(w)}(?:es|s|e)?" for w in words) + r"(?!\w)")
    return any(pattern.search(p.flat) for p in text.passages if p.order not in outside)
