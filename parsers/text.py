"""Plain text: paragraphs by line, with hard-wrapped prose joined and drawn or aligned tables recognised."""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.compose import Composer
from parsers.decoding import decode
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Block, Document, Gap, paragraphs_of


def read_text(data: bytes, limits: Limits) -> Document:
    """Read a plain-text file in any encoding of :func:`parsers.decoding.decode`."""
    text, encoding = decode(data)
    composer = Composer(limits)
    blocks = text_blocks(text, composer)
    if not blocks:
        raise Unreadable("empty", "El archivo no contiene texto; solicite que se envíe de nuevo.")
    return Document(
        "text/plain", tuple(blocks), pages=composer.page, notes=encoding_note(encoding), gaps=illegible(blocks)
    )


def text_blocks(text: str, composer: Composer) -> list[Block]:
    """Blocks of a plain text. Form feeds part pages; rules that only decorate are left out."""
    pages = text.rstrip("\f \t\r\n").split("\f")
    if len(pages) > 1:
        composer.page = 0
    blocks: list[Block] = []
    number = 1
    for page in pages:
        if composer.page is not None:
            composer.page += 1
        lines = split_lines(page)
        _page(lines, number, composer, blocks)
        number += len(lines) - 1
    return blocks


def split_lines(text: str) -> list[str]:
    """Lines at LF, CRLF and CR only, without the control characters that no reader sees."""
    return re.sub(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff]", "", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")


def illegible(blocks: list[Block]) -> tuple[Gap, ...]:
    """A gap for each paragraph with characters that the encoding could not give."""
    return tuple(
        Gap(f"caracteres ilegibles por su codificación: {count}", paragraph.place)
        for paragraph in paragraphs_of(tuple(blocks))
        if (count := paragraph.text.count("\ufffd"))
    )


def encoding_note(encoding: str) -> tuple[str, ...]:
    """A note for the receipt where the encoding was a guess."""
    guessed = encoding in ("cp1252", "cp850", "mac_roman", "utf-16-le", "utf-16-be")
    return (f"El archivo no declara su codificación; se leyó como {encoding}.",) if guessed else ()


LIST_MARK = re.compile(
    r"\s*(?:[-*+•·▪●○◦–—]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{1,5})[.)]|\d{1,3}(?:\.\d+)+)\s+"
)
_LABEL = re.compile(r"[^:]{1,60}:(?:\s|$)")
_LONG = 50


def continues(before: str, line: str) -> bool:
    """Whether ``line`` goes on with the sentence that was hard-wrapped at the end of ``before``.

    Only where it is plain: a long line, then one that begins in lower case and is neither a label nor a list item.
    """
    before, line = before.strip(), line.strip()
    return (
        len(before) >= _LONG
        and before[-1] not in ".:;!?…"
        and line[:1].islower()
        and not LIST_MARK.match(line)
        and not _LABEL.match(line)
    )


def join(before: str, line: str) -> str:
    """Two lines of a sentence as one, a word parted at the margin made whole."""
    if re.search(r"[a-záéíóúüñ]-$", before) and line[:1].islower():
        return before[:-1] + line
    return f"{before} {line}"


_ORNAMENT = re.compile(r"\s*([=~*#])\1{2,}\s*$")
_UNDERLINE = re.compile(r"\s*-{3,}\s*$")


def _page(lines: list[str], number: int, composer: Composer, blocks: list[Block]) -> None:
    i = 0
    while i < len(lines):
        if not lines[i].strip() or _ORNAMENT.match(lines[i]):
            i += 1
            continue
        table = _drawn(lines, i) or _aligned(lines, i)
        if table:
            rows = [(number + row.at, row.cells) for row in table.rows]
            blocks.append(composer.table(rows, table.header_rows))
            i = table.end
            continue
        if _UNDERLINE.match(lines[i]) and i and lines[i - 1].strip():
            i += 1
            continue
        text = lines[i].strip()
        first = i
        while i + 1 < len(lines) and continues(lines[i], lines[i + 1]) and not _row_start(lines, i + 1):
            i += 1
            text = join(text, lines[i].strip())
        blocks.append(composer.paragraph(text, number + first))
        i += 1


def _row_start(lines: list[str], i: int) -> bool:
    return (_drawn(lines, i) or _aligned(lines, i)) is not None


class _Row(NamedTuple):
    at: int
    cells: list[str]


class _Grid(NamedTuple):
    rows: list[_Row]
    header_rows: int
    end: int
    """Index of the line after the table."""


_BOX = str.maketrans(
    dict.fromkeys("│┃║¦", "|") | dict.fromkeys("─━┄═", "-") | dict.fromkeys("┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋", "+")
)
_BORDER = re.compile(r"[\s+|:=-]+$")


def _pipe_cells(line: str) -> list[str] | None:
    if "|" not in line:
        return None
    inner = line.strip()
    cells = [cell.strip() for cell in inner.removeprefix("|").removesuffix("|").split("|")]
    return cells if len(cells) > 1 or (inner[0] == "|" == inner[-1] and len(inner) > 1) else None


def _drawn(lines: list[str], start: int) -> _Grid | None:
    """A table drawn with pipes or box characters, with or without borders; at least two rows, or one within borders."""
    if "|" not in lines[start].translate(_BOX) and "+" not in lines[start].translate(_BOX):
        return None
    groups: list[list[_Row]] = [[]]
    borders = 0
    double = False
    end = start
    for end in range(start, len(lines) + 1):
        line = lines[end].translate(_BOX) if end < len(lines) else ""
        if _BORDER.match(line) and ("---" in line or "===" in line):
            borders += 1
            double = double or (len(groups) == 1 and bool(groups[0]) and "=" in line)
            if groups[-1]:
                groups.append([])
            continue
        cells = _pipe_cells(line)
        if cells is None:
            break
        groups[-1].append(_Row(end, cells))
    groups = [group for group in groups if group]
    lines_of_cells = [row for group in groups for row in group]
    if not lines_of_cells or max(len(row.cells) for row in lines_of_cells) < 2:
        return None
    if len(lines_of_cells) < 2 and borders < 2:
        return None
    if len(groups) > 2:
        return _Grid([_merged(group) for group in groups], int(double), end)
    rows: list[_Row] = []
    for group in groups:
        for row in group:
            if rows and row is not group[0] and borders and _goes_on(row.cells):
                rows[-1] = _merged([rows[-1], row])
            else:
                rows.append(row)
    return _Grid(rows, int(len(groups) == 2), end)


def _goes_on(cells: list[str]) -> bool:
    """Whether a line is the rest of the row above: nothing in its first cell, or only ends of sentences."""
    return not cells[0] or all(cell[0].islower() for cell in cells if cell)


def _merged(rows: list[_Row]) -> _Row:
    """The lines of one row: what each column says, line by line."""
    width = max(len(row.cells) for row in rows)
    columns = [[row.cells[c] for row in rows if c < len(row.cells) and row.cells[c]] for c in range(width)]
    return _Row(rows[0].at, ["\n".join(column) for column in columns])


class _Piece(NamedTuple):
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def under(self, other: _Piece) -> bool:
        """Aligned at the left, at the right, or centred."""
        left, right = self.start - other.start, self.end - other.end
        return abs(left) <= 1 or abs(right) <= 1 or abs(left + right) <= 4


def _pieces(line: str) -> list[_Piece]:
    return [_Piece(found.start(), found[0]) for found in re.finditer(r"\S+(?: \S+)*", line.expandtabs(8))]


def _aligned(lines: list[str], start: int) -> _Grid | None:
    """A table whose columns are kept apart by tabs, or by two spaces or more and stand under each other."""
    if not re.search(r"\S(?:\t| {2,})\s*\S", lines[start]):
        return None
    return _tabbed(lines, start) or _spaced(lines, start)


def _tabbed(lines: list[str], start: int) -> _Grid | None:
    rows: list[_Row] = []
    for i in range(start, len(lines)):
        cells = [cell.strip() for cell in lines[i].rstrip().split("\t")]
        if len(cells) < 2 or not cells[0] or (rows and len(cells) != len(rows[0].cells)):
            break
        if LIST_MARK.fullmatch(cells[0] + " ") and len(cells) == 2:
            break
        rows.append(_Row(i, cells))
    return _Grid(rows, 0, rows[-1].at + 1) if len(rows) > 1 else None


def _spaced(lines: list[str], start: int) -> _Grid | None:
    columns = _pieces(lines[start])
    if len(columns) < 2 or _listed(columns):
        return None
    rows = [_Row(start, [piece.text for piece in columns])]
    end = start + 1
    while end < len(lines):
        pieces = _pieces(lines[end])
        placed: dict[int, str] = {}
        for piece in pieces:
            column = next((c for c, head in enumerate(columns) if c not in placed and piece.under(head)), None)
            if column is None or (placed and column < max(placed)):
                break
            placed[column] = piece.text
        if not pieces or len(placed) < len(pieces) or _listed(pieces):
            break
        cells = [placed.get(c, "") for c in range(len(columns))]
        if len(placed) == 1:
            if len(rows) < 2 or not _goes_on(cells):
                break
            rows[-1] = _merged([rows[-1], _Row(end, cells)])
        else:
            rows.append(_Row(end, cells))
        end += 1
    return _Grid(rows, 0, end) if len(rows) > 1 else None


def _listed(pieces: list[_Piece]) -> bool:
    return len(pieces) == 2 and LIST_MARK.fullmatch(pieces[0].text + " ") is not None
