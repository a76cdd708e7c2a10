"""Places to sign side by side: verbs over or under names, in a table, a sheet or lines cut by tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from checker.recognise.items import Pair
from checker.recognise.labels import OTHER, LabelIndex
from checker.recognise.signature_lines import RULE
from checker.spanish.people import carries_on, is_charge, is_name
from checker.spanish.text import flat, is_placeholder, label_form, squeeze
from parsers.model import Block, Cell, Paragraph, Table, paragraphs_of

_VERBS = frozenset(
    label_form(w)
    for w in "elaboró|elaborado por|elabora|revisó|revisado por|revisa|validó|validado por|valida|visto bueno|vo. bo.|"
    "aprobó|aprobado por|aprueba|autorizó|autorizado por|autoriza|formuló|propone|propuso|conforme|recibió|entregó".split(
        "|"
    )
)
AT_MOST = 24
"""Blocks that places to sign can take, blank ones included."""
_APART = re.compile(r"\t+|\s{3,}")
_LARGEST = 60  # cells of a table to sign in
_TAIL = 6  # last rows of a table that may be to sign in
_LONGEST = 10  # lines of a run of paragraphs, or of what stands under one verb


class Signing(msgspec.Struct, frozen=True):
    """What the first ``blocks`` of a sequence are: verbs, each with who stands with it."""

    pairs: tuple[Pair, ...]
    blocks: int
    head: Table | None = None
    """The rows above, where the last rows of one table are to sign in."""


def signing_block(blocks: Sequence[Block], index: LabelIndex, above: Block | None) -> Signing | None:
    """The places to sign that begin with the first of ``blocks``; None where it does not begin any. ``above`` is what stands before.

    In a sheet the verbs and the names may be cut apart by blank rows: tables of one sheet that follow one another are one.
    """
    if not index.people or not blocks:
        return None
    if isinstance(blocks[0], Paragraph):
        return _of_lines(blocks, index) or _one_below_another(blocks, index, above)
    for count in range(min(4, len(blocks)), 0, -1):
        tables = [b for b in blocks[:count] if isinstance(b, Table)]
        together = len(tables) == count and (count == 1 or all(t.title and t.title == tables[0].title for t in tables))
        if together and (pairs := _pairs(_columns_of(tables), index)):
            return Signing(pairs, count)
    return _last_rows(blocks[0], index) if isinstance(blocks[0], Table) else None


def _last_rows(table: Table, index: LabelIndex) -> Signing | None:
    """The last rows of a table whose first ones are of something else, as a pdf joins two tables."""
    last = [c for c in table.cells if c.row > table.rows - _TAIL]
    if len(last) > _LARGEST or not any(_verb(p, index) for c in last for p in paragraphs_of(c.blocks)):
        return None
    for count in range(1, min(_TAIL, table.rows - 1) + 1):
        top = table.rows - count
        pairs = _pairs(_columns_of([_rows(table, top, table.rows)]), index)
        if pairs:
            while top > 1 and all(_blank(c) for c in table.cells if c.row == top):
                top -= 1
            pairs = _pairs(_columns_of([_rows(table, top, table.rows)]), index) or pairs
            return Signing(pairs, 1, _rows(table, 0, top))
    return None


def _rows(table: Table, after: int, until: int) -> Table:
    return replace(table, cells=tuple(c for c in table.cells if after < c.row <= until), rows=until)


def _blank(cell: Cell) -> bool:
    return is_placeholder(cell.text) or not RULE.sub("", cell.text).strip()


def _columns_of(tables: Sequence[Table]) -> list[list[Paragraph]]:
    """The lines of each column from the top; none where the tables are too large to sign in."""
    if sum(len(t.cells) for t in tables) > _LARGEST:
        return []
    columns: dict[int, list[Paragraph]] = {}
    for table in tables:
        for cell in table.cells:
            if any(isinstance(b, Table) for b in cell.blocks):
                return []
            lines = columns.setdefault(cell.place.column or cell.column, [])
            for paragraph in paragraphs_of(cell.blocks):
                texts = paragraph.text.split("\n")
                lines += [replace(paragraph, text=t, bold_prefix=0) for t in texts if t.strip()]
                if paragraph.images and not paragraph.text.strip():
                    lines.append(paragraph)
    return [lines for _, lines in sorted(columns.items()) if lines]


def _of_lines(blocks: Sequence[Block], index: LabelIndex) -> Signing | None:
    """Paragraphs that tabs or wide gaps cut into as many pieces, line after line."""
    first = blocks[0]
    width = len(_pieces(first)) if isinstance(first, Paragraph) else 0
    if width < 2:
        return None
    columns: list[list[Paragraph]] = [[] for _ in range(width)]
    used = taken = 0
    for block in blocks:
        if not isinstance(block, Paragraph) or taken > _LONGEST:
            break
        pieces = _pieces(block)
        if pieces and len(pieces) != width:
            break
        used += 1
        taken += bool(pieces)
        for column, piece in zip(columns, pieces or (), strict=False):
            column.append(replace(block, text=piece, bold_prefix=0))
    pairs = _pairs(columns, index)
    return Signing(pairs, used) if pairs else None


def _one_below_another(blocks: Sequence[Block], index: LabelIndex, above: Block | None) -> Signing | None:
    """Rule, name, charge and then the verb, one place to sign after another, as a pdf gives what stood side by side.

    Where the verbs come first only a line that holds the charges of all of them side by side is out of the ordinary.
    """
    run: list[Paragraph] = []
    used = 0
    for block in blocks:
        if not isinstance(block, Paragraph):
            break
        goes_on = bool(run) and is_charge(run[-1].text) and carries_on(run[-1].text, block.text)
        if block.text.strip() and not goes_on and not _signs(block, index):
            break
        used += 1
        run += [block] if block.text.strip() else []
    verbs = [bool(_verb(p, index)) for p in run]
    if sum(verbs) < 2 or (isinstance(above, Paragraph) and _signs(above, index)):
        return None
    joint = [p for p in run if len(_pieces(p)) > 1]
    if any(len(_pieces(p)) != sum(verbs) for p in joint) or (verbs[0] and not joint) or verbs[0] == verbs[-1]:
        return None
    places: list[list[Paragraph]] = [[]]
    for line, verb in zip(run, verbs, strict=True):
        if verb and verbs[0] and places[-1]:
            places.append([])
        if line not in joint:
            places[-1].append(line)
        if verb and not verbs[0]:
            places.append([])
    columns = [p for p in places if p]
    for line in joint:
        for column, piece in zip(columns, _pieces(line), strict=True):
            column.insert(len(column) - (not verbs[0]), replace(line, text=piece, bold_prefix=0))
    pairs = _pairs(columns, index)
    return Signing(pairs, used) if pairs else None


def _signs(paragraph: Paragraph, index: LabelIndex) -> bool:
    """A line of a place to sign: a verb, a rule, names or charges."""
    text = squeeze(paragraph.text)
    if len(text) > 200:
        return False
    return bool(_verb(paragraph, index) or RULE.search(text)) or all(
        is_name(p) or is_charge(p) for p in _pieces(paragraph)
    )


def _pieces(paragraph: Paragraph) -> list[str]:
    return [p for p in _APART.split(paragraph.text.strip()) if p.strip()]


def _pairs(columns: Sequence[Sequence[Paragraph]], index: LabelIndex) -> tuple[Pair, ...]:
    """A verb with its lines for each place to sign; none where any column is of something else."""
    if len(columns) < 2:
        return ()
    verbs = [[_verb(p, index) for p in lines] for lines in columns]
    if not all(any(v) for v in verbs) or not any(v == "field" for column in verbs for v in column):
        return ()
    under = all(column[0] == "" and column[-1] != "" for column in verbs)
    if not under and any(column[0] == "" for column in verbs):
        return ()
    pairs = [p for lines, told in zip(columns, verbs, strict=True) for p in _cut(lines, told, under)]
    people = any(is_name(squeeze(p.text)) or RULE.search(p.text) for pair in pairs for p in paragraphs_of(pair.value))
    fits = all(
        len(pair.value) <= _LONGEST and all(_may_stand(p, index) for p in paragraphs_of(pair.value)) for pair in pairs
    )
    return tuple(pairs) if people and fits else ()


def _cut(lines: Sequence[Paragraph], verbs: Sequence[str], under: bool) -> Iterator[Pair]:
    """The column cut at its verbs; ``under`` says that each closes what stands over it."""
    ordered = list(zip(lines, verbs, strict=True))
    found: list[Pair] = []
    value: list[Paragraph] = []
    for line, verb in reversed(ordered) if not under else ordered:
        if verb:
            own = tuple(value if under else reversed(value))
            found.append(Pair(squeeze(line.text), line.place, own))
            value = []
        else:
            value.append(line)
    yield from found if under else reversed(found)


def _verb(paragraph: Paragraph, index: LabelIndex) -> str:
    """``field`` where the line is the label of people that the type asks for, ``other`` where it is a verb of offices at large."""
    text = squeeze(paragraph.text)
    if len(text) > 60 or not text:
        return ""
    matches = [m for m in index.field(text) if m.similarity == 1.0]
    if any(m.target in index.people for m in matches):
        return "field"
    return "other" if label_form(text) in _VERBS and all(m.target == OTHER for m in matches) else ""


def _may_stand(paragraph: Paragraph, index: LabelIndex) -> bool:
    """A name, a charge, a rule, a picture, or a few words that ask for them."""
    text = squeeze(paragraph.text)
    if not text or is_placeholder(text) or RULE.search(text) or is_name(text) or is_charge(text):
        return True
    if any(m.similarity == 1.0 and m.target != OTHER for m in index.field(text)):
        return False  # the label of something else
    return len(text.split()) <= 16 and not text.endswith(":") and not any(c.isdecimal() for c in flat(text))
