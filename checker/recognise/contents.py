"""What stands under a label, read as the kinds of field read it: words, entries of a list, people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.packs.model import Field
from checker.recognise.choices import first_choice
from checker.recognise.items import NAME_HEADERS, Grid, Item, Line, Pair, joined
from checker.recognise.model import FieldValue, Person
from checker.recognise.row_lines import CLOSING
from checker.recognise.segments import Segment, original_blocks
from checker.spanish.dates import find_dates
from checker.spanish.people import bare_name, carries_on, find_people
from checker.spanish.text import NUMBERING, flat, is_placeholder, label_form, squeeze, undecorated
from parsers.model import Place, paragraphs_of


def has_choices(field: Field) -> bool:
    return any(c.choices for c in field.columns.values())


def context_of(segment: Segment, field: Field) -> str:
    """A choice (platform) that the segment's own label or the heading over it names."""
    for column in field.columns.values():
        if column.choices:
            under = next((e for e in segment.evidence if e.startswith("under «")), "")
            if choice := first_choice(f"{segment.label if segment.form != 'header' else ''} {under}", column.choices):
                return choice
    return ""


def with_rest(segment: Segment) -> list[Item]:
    if segment.rest is None:
        return segment.items
    return [Line(segment.rest, rest=True), *segment.items]


def lines_of(segment: Segment, most: int = 3) -> list[tuple[str, Place | None]]:
    """The value's words, a line each: the rest of a run-in line alone, or else the next few lines."""
    if segment.rest and not is_placeholder(segment.rest.text):
        return [(segment.rest.text, segment.rest.place)]
    parts: list[tuple[str, Place | None]] = []
    for item in segment.items:
        if isinstance(item, Line):
            parts.append((item.paragraph.text, item.paragraph.place))
        elif isinstance(item, Pair):
            parts.extend((p.text, p.place) for p in paragraphs_of(item.value))
        elif item.target is None:
            parts.extend((cell.text, cell.place) for row in item.rows for _, cell in row)
        if len(parts) >= most:
            break
    return [(t, p) for t, p in parts if t.strip()]


def text_of(segment: Segment, own_line: bool) -> tuple[str, Place | None]:
    """The value's words: the rest of a run-in line, or what follows (for dates, the next few lines, as one may be broken over them)."""
    parts: list[tuple[str, Place | None]] = []
    if segment.rest and not is_placeholder(segment.rest.text):
        parts.append((segment.rest.text, segment.rest.place))
        if not own_line or find_dates(segment.rest.text):
            return parts[0]
    for item in segment.items:
        if isinstance(item, Line):
            parts.append((item.paragraph.text, item.paragraph.place))
        elif isinstance(item, Pair):
            first = next((p.place for p in paragraphs_of(item.value) if p.text.strip()), item.place)
            parts.append((joined(item.value), first))
        elif item.target is None:
            parts.extend((cell.text, cell.place) for row in item.rows for _, cell in row)
        if len(parts) >= (3 if own_line else 8):
            break
    parts = [(t, p) for t, p in parts if not is_placeholder(t)]
    if not parts:
        return "", segment.place
    if own_line:
        for text, place in parts:
            if find_dates(text):
                return text, place
    return "\n".join(t for t, _ in parts), parts[0][1]


_NUMBER_ALONE = re.compile(r"\s*\d{1,3}\s*[.)]?\s*")


def entries(segment: Segment) -> list[str]:
    """Items of a list: a line each; of a run-in list, what its numbers or semicolons separate."""
    entries: list[str] = []
    listed = False
    if segment.rest and not is_placeholder(segment.rest.text):
        pieces = re.split(r";|\n|(?:(?<=\s)|^)\(?\d{1,2}[.)]-?\s+|(?<=\s)[a-h]\)\s+", segment.rest.text)
        entries.extend(squeeze(p).strip(" ,.;") for p in pieces)
    for item in segment.items:
        if isinstance(item, Line):
            numbered = item.numbering or item.paragraph.label
            if entries and (
                CLOSING.search(flat(item.paragraph.text)) or (listed and not numbered and len(item.paragraph.text) > 90)
            ):
                break  # the account goes on after the list
            listed = bool(numbered)
            entries.append(_unnumbered(item.paragraph.text))
        elif isinstance(item, Pair):
            lines = joined(item.value).split("\n")
            entries.extend(_unnumbered(t) for t in (lines if len(lines) > 1 else re.split(r";\s", lines[0])))
        else:
            entries.extend(
                squeeze(" ".join(c.text for _, c in row if not _NUMBER_ALONE.fullmatch(c.text))) for row in item.rows
            )
    return [e for e in entries if not is_placeholder(e) and not re.fullmatch(r"\d{1,3}[.)]?", e)]


def _unnumbered(text: str) -> str:
    bare = undecorated(text)
    match = NUMBERING.match(flat(bare))
    return squeeze(bare[match.end() :]) if match and match.end() < len(bare) else squeeze(bare)


_AWAY = re.compile(
    r"\bno (?:asist\w+|se present\w+|acudi\w+|comparec\w+)|\binasistencia|\bausente|\bfalto\b|^\W*c\.?\s?c\.?\s?p\b|^\W*con copia"
)
"""Who did not come, and who is only sent a copy."""
POINTER = re.compile(
    r"\b(?:lista|relacion|registro|orden del dia|agenda)\b.{0,30}\banex|\banex\w*.{0,30}\b(?:lista|relacion)\b|\bver anexo\b|"
    r"\bse adjunta\b|"
    r"^\W*(?:el|la|los|las)? ?que se (?:anexa|adjunta)|^\W*(?:segun|conforme a) (?:lo|la|el)?.{0,30}anex"
)
"""Words that send the reader to another document."""


def only_hidden(segment: Segment) -> bool:
    """Everything under the label is hidden from who reads the document."""
    shown = [segment.rest] if segment.rest else []
    shown = [p for p in (*shown, *paragraphs_of(original_blocks(segment.items))) if not is_placeholder(p.text)]
    return bool(shown) and all(p.hidden for p in shown)


def people_of(segment: Segment) -> FieldValue:
    people: list[Person] = []
    words: list[str] = []
    pointer = ""
    for item in with_rest(segment):
        if isinstance(item, Grid):
            people.extend(_people_of_grid(item) if not item.named else ())
            continue
        paragraphs = [item.paragraph] if isinstance(item, Line) else list(paragraphs_of(item.value))
        lines = [
            line for p in paragraphs for line in p.text.split("\n") if line.strip() and not _AWAY.search(flat(line))
        ]
        text = "\n".join(lines)
        if is_placeholder(text):
            continue
        if POINTER.search(flat(text)):
            pointer = squeeze(text)
        words.append(text)
        place = next((p.place for p in paragraphs if p.text.strip()), None)
        if (
            isinstance(item, Line)
            and people
            and not people[-1].charge
            and (found := find_people(f"{people[-1].name}\n{text}"))
            and len(found) == 1
            and found[0].name == people[-1].name
        ):
            people[-1] = Person(people[-1].name, found[0].charge, people[-1].place)
            continue
        if isinstance(item, Line) and people and people[-1].charge and carries_on(people[-1].charge, text):
            last, charge = people[-1], squeeze(f"{people[-1].charge} {text}")
            people[-1] = Person(charge if last.name == last.charge else last.name, charge, last.place)
            continue
        people.extend(Person(p.name, p.charge, place) for p in find_people(text))
    unique = list({flat(bare_name(p.name)): p for p in reversed(people)}.values())[::-1]
    if unique:
        text = "; ".join(
            squeeze(f"{p.name} ({p.charge})" if p.charge and p.charge != p.name else p.name) for p in unique
        )
        return FieldValue("present", tuple(unique), text[:300], place=unique[0].place)
    if pointer:
        return FieldValue(
            "undetermined",
            None,
            pointer[:120],
            place=segment.place,
            reason=f"remite a otro documento: «{pointer[:60]}»",
        )
    if words:
        return FieldValue(
            "undetermined",
            None,
            squeeze(words[0])[:120],
            place=segment.place,
            reason=f"no se reconocieron nombres en «{squeeze(words[0])[:60]}»",
        )
    return FieldValue("empty", place=segment.place)


def _people_of_grid(grid: Grid) -> Iterator[Person]:
    forms = {c: label_form(t) for c, t in grid.header.items()}
    column = next((c for c, f in forms.items() if f in NAME_HEADERS), None)
    charge = next(
        (
            c
            for c, f in forms.items()
            if f != forms.get(column or -1)
            and f.startswith(("cargo", "puesto", "area", "adscripcion", "unidad", "funcion"))
        ),
        None,
    )
    came = next((c for c, f in forms.items() if f.startswith(("asist", "presente")) and c != column), None)
    for row in grid.rows:
        cells = dict(row)
        if came in cells and came is not None and re.match(r"\W*(?:no\b|falto|ausente|f$)", flat(cells[came].text)):
            continue
        if any(_AWAY.search(flat(cell.text)) for _, cell in row):
            continue
        if column is not None:
            who = cells.get(column)
            if who is None or is_placeholder(who.text):
                continue
            found = find_people(who.text)
            role = squeeze(cells[charge].text) if charge in cells and charge is not None else ""
            if found:
                yield Person(found[0].name, role or found[0].charge, who.place)
                yield from (Person(p.name, p.charge, who.place) for p in found[1:])
            elif squeeze(who.text).strip("0123456789. "):
                yield Person(squeeze(who.text), role, who.place)
        else:
            text = ", ".join(squeeze(cell.text) for _, cell in row if cell.text.strip())
            yield from (Person(p.name, p.charge, row[0][1].place) for p in find_people(text))
