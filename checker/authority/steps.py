"""Who signs as what, read from the document itself: the names and charges below, or beside, «Elaboró», «Validó», «Autorizó».

Fields of people hold them where the form announces them; this reads the blocks of a page's foot, which announce nothing but themselves:
stacked in paragraphs, side by side between tabs, one a column, one a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from checker.authority.verbs import verb_of
from checker.packs.authority import Verb
from checker.recognise.model import Person
from checker.spanish.people import find_people
from checker.spanish.text import flat, is_placeholder, squeeze
from parsers.model import Block, Cell, Document, Paragraph, Place, Table

_STEP = re.compile(
    r"^(?:(?:elabor|formul|valid|apr[ou]e?b|autoriz)(?:o|a|an|aron|ado por|ada por|acion)|visto bueno|vo\.?\s?bo\.?|avalo)$"
)
_ENDS = re.compile(
    r"^(?:revis|supervis|recib|entreg|conform|atentamente|propon|presento|c\.?\s?c\.?\s?p|testig|cadena|sello|fecha|firmado|"
    r"firma electronica|serie|hash|correo|tel\b|ext\b|rfc|pagina|hoja)"
)
_RULE = re.compile(r"[_.…—–-]{4,}")
_OPEN = re.compile(r"\b(?:de|del|la|las|los|el|y|e|a|al|con|en|para)$")
"""A charge that goes on in the next line."""
_BLOCK = 8
"""Lines that a signature may take under its step."""
_SIDES = re.compile(r"\t+|\s{3,}")


class Step(msgspec.Struct, frozen=True):
    """One step of a signature block with those who sign under it."""

    verb: Verb
    people: tuple[Person, ...]


class _Line(msgspec.Struct, frozen=True):
    text: str
    place: Place


def steps_of(document: Document) -> tuple[Step, ...]:
    """The steps that the document shows, in its order; people without a charge included."""
    return tuple(step for lines in _groups(document.blocks) for step in _steps(lines))


def _groups(blocks: Sequence[Block]) -> Iterator[list[_Line]]:
    """Runs of lines that are read from top to bottom."""
    run: list[_Line] = []
    sheet: list[Cell] = []
    for block in blocks:
        if isinstance(block, Table) and block.place.cell:
            sheet.extend(block.cells)  # empty rows part a sheet into tables, and its columns go on
            continue
        if isinstance(block, Paragraph):
            if block.origin == "body":
                run.extend(_lines(block))
            continue
        yield from _side_by_side(run)
        run = []
        yield from _of_cells(block.cells)
    yield from _side_by_side(run)
    yield from _of_cells(sheet)


def _lines(paragraph: Paragraph) -> Iterator[_Line]:
    yield from (_Line(text, paragraph.place) for text in paragraph.text.split("\n") if text.strip())


def _side_by_side(run: list[_Line]) -> Iterator[list[_Line]]:
    """The run, and where a line holds several steps, what stands below each of them."""
    yield run
    for number, line in enumerate(run):
        pieces = [p for p in _SIDES.split(line.text.strip()) if p.strip()]
        if len(pieces) < 2 or not all(_step(p) for p in pieces):
            continue
        columns: list[list[_Line]] = [[_Line(p, line.place)] for p in pieces]
        for below in run[number + 1 : number + 1 + _BLOCK]:
            parts = [p for p in _SIDES.split(below.text.strip()) if p.strip()]
            if len(parts) != len(pieces):
                break
            for column, part in zip(columns, parts, strict=True):
                column.append(_Line(part, below.place))
        yield from columns


def _of_cells(cells: Sequence[Cell]) -> Iterator[list[_Line]]:
    """Row by row where the first cell of a row is a step with a person beside it; else column by column."""
    rows: dict[object, list[Cell]] = {}
    columns: dict[object, list[Cell]] = {}
    for cell in cells:
        sheet, place = bool(cell.place.cell), cell.place
        rows.setdefault((place.page, place.row) if sheet else cell.row, []).append(cell)
        columns.setdefault((place.page, place.column) if sheet else cell.column, []).append(cell)
        yield from (g for b in cell.blocks if isinstance(b, Table) for g in _of_cells(b.cells))
    across = [r for r in rows.values() if _step(r[0].text) and not any(_step(c.text) for c in r[1:] if c.text.strip())]
    across = [r for r in across if any(find_people(_bare(c.text)) for c in r[1:])]
    if across:
        yield from ([line for cell in row for line in _of_cell(cell)] for row in across)
    else:
        yield from ([line for cell in column for line in _of_cell(cell)] for column in columns.values())


def _of_cell(cell: Cell) -> Iterator[_Line]:
    for block in cell.blocks:
        if isinstance(block, Paragraph):
            yield from _lines(block)


def _steps(lines: list[_Line]) -> Iterator[Step]:
    for number, line in enumerate(lines):
        verb = _step(line.text)
        if verb is None:
            continue
        below: list[_Line] = []
        for other in lines[number + 1 : number + 1 + _BLOCK]:
            if _step(other.text) or _ENDS.match(flat(other.text).strip()):
                break
            below.append(other)
        people = tuple(_people(below))
        if people:
            yield Step(verb, people)


def _step(text: str) -> Verb | None:
    label = squeeze(flat(text)).strip(" :.,;-–—_")
    return verb_of(label) if len(label) <= 20 and (_STEP.match(label) or _STEP.match(label + ".")) else None


def _bare(text: str) -> str:
    return _RULE.sub(" ", text)


def _people(lines: list[_Line]) -> Iterator[Person]:
    """Names with their charges; a charge that takes several lines is joined."""
    kept = [_Line(squeeze(_bare(line.text)), line.place) for line in lines]
    kept = [line for line in kept if line.text and not is_placeholder(line.text)]
    name, charge, place = "", "", None
    for line in kept:
        found = find_people(line.text)
        person = found[0] if found and found[0].name != found[0].charge and not _OPEN.search(flat(charge)) else None
        if person is not None and charge and not name and not person.charge:
            name, place = person.name, line.place  # the charge stands over the name
        elif person is not None:
            if name:
                yield Person(name, charge, place)
            name, charge, place = person.name, person.charge, line.place
        elif found and not charge:
            charge, place = line.text, place or line.place
        elif charge and len(line.text) < 120 and not line.text.endswith("."):
            charge = f"{charge} {line.text}"
        elif name or charge:
            break
    if name or charge:
        yield Person(name or charge, charge, place)
