"""Headings of a norm, its index, and the lines that stand under a heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from checker.norms.text import Line, NormText
from checker.spanish.text import flat, label_form, squeeze

_NUMBERED = re.compile(r"^\s*((?:\d{1,2}\.)*\d{1,2})(?:\s*[.)\-–]+\s*|\s+)([^\s\d].*)$")
_ROMAN = re.compile(r"^\s*([IVXL]{1,6})\s*[.)\-–]+\s*(\S.*)$")
_LETTER = re.compile(r"^\s*([a-zA-Z])\s?[).]\s*-?\s+(\S.*)$")
_ONLY_NUMBER = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2})*)\.?\s*$")
_LONGEST = 26  # words
_PAGE_AT_END = re.compile(r"(?:(?:[.…·_]\s?){2,}|\s|^)\s*(\d{1,4})(?:\s*(?:de|/)\s*\d{1,4})?\s*$")
_LEADERS = re.compile(r"((?:\.\s?){4,}\s*\d{1,4}(?:\s*(?:de|\/)\s*\d{1,4})?)\s+(?=\S)(?!(?:de|\/)\s*\d)")
_INDEX = ("indice", "contenido", "tabla de contenido", "indice general", "indice pagina", "contenido pagina")
_WIDE = 60
"""Characters from which a line that is not the last of its paragraph was broken by the margin, and is no heading."""
_ENDS_MATTER = ("transitorio", "apendice", "anexo", "instructivo")
_JUMP = 200
"""Pages from one entry of an index to the next; what is more is a year or an amount."""
_STRAY = 8  # lines without a page number after which the index is over


class Heading(msgspec.Struct, frozen=True):
    """A heading, its number apart from its title."""

    number: str
    """``7.2.1``, ``IV``, ``a``; empty when it has none."""
    title: str
    line: Line

    @property
    def form(self) -> str:
        """The title as titles are compared."""
        return title_form(self.title)


class Entry(msgspec.Struct, frozen=True):
    """A line of the index."""

    number: str
    title: str
    page: int
    line: Line


def title_form(title: str) -> str:
    """Flat, without numbering, decoration, quotes or closing colon; hyphens and slashes as blanks."""
    return squeeze(re.sub(r"[-–—/“”\"«».,;:]", " ", label_form(title)))


def headings(text: NormText) -> tuple[Heading, ...]:
    """Every heading outside the index, in order."""
    return text.once("headings", _headings)


def _headings(text: NormText) -> tuple[Heading, ...]:
    inside = {line.order for line in index_lines(text)}
    found = []
    lines = text.body
    joined = {passage.order: passage.text for passage in text.passages}
    for n, line in enumerate(lines):
        if line.order in inside:
            continue
        alone = _ONLY_NUMBER.match(line.text)
        if alone and n + 1 < len(lines):  # a column of numbers, as OCR reads it: the title is the next line
            after = lines[n + 1]
            if "." in alone[1] and heading_of(after, bare=True) and not _ONLY_NUMBER.match(after.text):
                found.append(Heading(alone[1], squeeze(after.text), line))
                continue
        heading = _heading_at(line, joined.get(line.order, line.text), lines[n + 1] if n + 1 < len(lines) else None)
        if heading:
            found.append(heading)
    return tuple(found)


def _heading_at(line: Line, whole: str, after: Line | None) -> Heading | None:
    """The heading that opens at ``line``, whose paragraph reads ``whole``: the paragraph, or its first line where prose follows at once."""
    if whole == line.text:
        return heading_of(line)
    heading = heading_of(msgspec.structs.replace(line, text=whole))
    if heading:
        return msgspec.structs.replace(heading, line=line)
    wrapped = len(line.text) >= _WIDE and not line.text.isupper()
    goes_on = after is not None and after.text[:1].islower()
    return None if wrapped or goes_on else heading_of(line)


def heading_of(line: Line, *, bare: bool = False) -> Heading | None:
    """The heading that a line is, by its level, number or capitals; ``bare`` takes any short title."""
    text = line.text
    if line.cells:
        said = [cell for cell in line.cells if cell]
        numbered = len(said) == 2 and _ONLY_NUMBER.match(said[0])
        if len(said) != 1 and not numbered:
            return None
        text = " ".join(said)
    text = squeeze(text)
    if not text or len(text.split()) > (_LONGEST if not text.isupper() else 2 * _LONGEST):
        return None
    ends = text[-1]
    for pattern in (_NUMBERED, _ROMAN, _LETTER):
        found = pattern.match(text)
        if found and _titled(found[2]) and (ends not in ".;," or line.level) and (pattern is not _LETTER or _few(text)):
            return Heading(found[1], found[2], line)
    if line.level or bare:
        return Heading("", text, line) if _titled(text) else None
    if ends in ",;" or sum(map(str.islower, text)) * 9 > len(text):
        return None
    letters = [c for c in text if c.isalpha()]
    capitals = len(letters) > 3 and sum(map(str.isupper, letters)) >= 0.9 * len(letters)
    return Heading("", text, line) if capitals else None


def _titled(title: str) -> bool:
    return title[:1].isupper() or title[:1] in '“"«¿'


def _few(text: str) -> bool:
    return len(text.split()) <= 8 or text.isupper()


def index_lines(text: NormText) -> tuple[Line, ...]:
    """The lines of the index with its title; none when the norm has no index."""
    return text.once("index", _index_lines)


def _index_lines(text: NormText) -> tuple[Line, ...]:
    start = next((n for n, line in enumerate(text.body) if _opens_index(line)), None)
    if start is None:
        return ()
    last, stray, page, first = start, 0, 0, ""
    for n in range(start + 1, len(text.body)):
        line = text.body[n]
        found = _PAGE_AT_END.search(line.text) if len(line.text) < 300 else None
        if first and title_form(line.text) == first:
            break  # the first title again, without its page: the text itself
        if found and page <= int(found[1]) <= page + _JUMP:
            last, stray, page = n, 0, int(found[1])
            first = first or title_form(line.text[: found.start()])
        else:
            stray += 1
            if stray > _STRAY or len(line.text.split()) > 60:
                break
    return text.body[start : last + 1] if last > start + 1 else ()


def _opens_index(line: Line) -> bool:
    return " ".join(label_form(cell) for cell in (line.cells or (line.text,))).strip() in _INDEX


def index_entries(text: NormText) -> tuple[Entry, ...]:
    """The entries of the index that give a page; a title broken over two lines is joined."""
    found: list[Entry] = []
    waiting = ""
    pieces = [(line, words) for line in index_lines(text)[1:] for words in _apart(line)]
    for line, words in pieces:
        page = _PAGE_AT_END.search(words)
        if not page:
            goes_on = bool(_NUMBERED.match(words) or _ROMAN.match(words) or waiting)
            waiting = squeeze(f"{waiting} {words}") if goes_on and not words.endswith((".", ":")) else ""
            continue
        title = squeeze(f"{waiting} {words[: page.start()]}").rstrip(" .…·_")
        waiting = ""
        number = next((m for p in (_NUMBERED, _ROMAN, _LETTER) if (m := p.match(title))), None)
        if number:
            found.append(Entry(number[1], number[2], int(page[1]), line))
        elif title:
            found.append(Entry("", title, int(page[1]), line))
    return tuple(found)


def _apart(line: Line) -> list[str]:
    """The entries that a line of the index holds: several where a reader took them for one paragraph."""
    words = squeeze(" ".join(cell for cell in (line.cells or (line.text,)) if cell))
    return [piece.strip() for piece in _LEADERS.sub(r"\1\n", words).split("\n") if piece.strip()]


def find_heading(found: Iterable[Heading], names: Sequence[str], after: int = -1) -> Heading | None:
    """The first heading after line ``after`` that is called by one of ``names``."""
    forms = [title_form(name) for name in names]
    return next((h for h in found if h.line.order > after and called(h, forms)), None)


def titled_line(text: NormText, names: Sequence[str], after: int = -1) -> Line | None:
    """The first line outside the index that is nothing but one of ``names``, where no heading is called so."""
    inside = {line.order for line in index_lines(text)[1:]}
    forms = {title_form(name) for name in names}
    return next(
        (ln for ln in text.body if ln.order > after and ln.order not in inside and title_form(ln.text) in forms), None
    )


def called(heading: Heading, forms: Sequence[str]) -> bool:
    """Whether the heading is one of ``forms`` (:func:`title_form`), begins with it, or is it but for a letter or two."""
    own = heading.form
    for form in forms:
        if own == form or own.startswith(f"{form} "):
            return True
        if abs(len(own) - len(form)) <= 3 and len(form) > 8:
            from rapidfuzz.fuzz import ratio

            if ratio(own, form) >= 93:
                return True
    return False


def under(text: NormText, heading: Heading, found: Sequence[Heading]) -> tuple[Line, ...]:
    """The lines under a heading, those of its own subheadings included, up to the next one of its rank or above."""
    start = heading.line.order
    end = next((h.line.order for h in found if h.line.order > start and not _below(h, heading)), None)
    return tuple(line for line in text.body if line.order > start and (end is None or line.order < end))


def _below(other: Heading, heading: Heading) -> bool:
    """Whether ``other`` is a part of what ``heading`` opens."""
    if not other.number and not other.line.level:  # rubrics in capitals
        return bool(heading.number) and not other.form.startswith(_ENDS_MATTER)
    kinds = _kind(heading.number), _kind(other.number)
    if kinds == (_ARABIC, _ARABIC):
        return other.number.startswith(f"{heading.number}.")
    levels = heading.line.level, other.line.level
    if all(levels) and levels[0] != levels[1]:
        return levels[1] > levels[0]
    return bool(heading.number) and bool(other.number) and kinds[1] > kinds[0]


_ARABIC = 2


def _kind(number: str) -> int:
    """Rank of a way to number: IV, A, 1, a)."""
    if number[:1].isdigit():
        return _ARABIC
    if number.islower():
        return 3
    return 0 if re.fullmatch("[IVXL]+", number) else 1


def portion(text: NormText, within: Sequence[str] = (), before: Sequence[str] = ()) -> NormText | None:
    """The text from the heading called by one of ``within`` (an appendix), up to the next of its kind, or up to ``before``.

    The whole text where neither is given; None when there is no such heading to begin with.
    """
    if not within and not before:
        return text
    return text.once(f"portion {within} {before}", lambda whole: _portion(whole, within, before))


def _portion(text: NormText, within: Sequence[str], before: Sequence[str]) -> NormText | None:
    found = headings(text)
    if within:
        heading = find_heading(found, within)
        if heading is None:
            return None
        kind = heading.form.split()[0]
        after = (h for h in found if h.line.order > heading.line.order and h.form.split()[:1] == [kind])
        end = next((h.line.order for h in after if h.form != heading.form), None)
        return text.part(heading.line.order, end)
    stop = find_heading(found, before)
    return text.part(0, stop.line.order if stop else None)


def section_lines(text: NormText, names: Sequence[str]) -> tuple[Line, ...]:
    """The lines of the first section called by one of ``names``; none when there is no such section."""
    found = headings(text)
    heading = find_heading(found, names)
    return under(text, heading, found) if heading else ()


def mentions(words: str, phrase: str) -> bool:
    """Whether flat ``words`` hold ``phrase``."""
    return squeeze(flat(phrase)) in words
