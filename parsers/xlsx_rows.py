"""Worksheets of any length, row by row, in memory that does not grow with them.

Rows as spreadsheets write them (one cell after the other, each a number or the index of a shared string) are cut out of the bytes by
one pattern, several times faster than an XML parser gives them; a piece in which anything else stands goes through the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import cast

import msgspec

from parsers.a1 import MAX_COLUMN, MAX_ROW, column_number
from parsers.errors import Unreadable
from parsers.package import Package, parse_xml
from parsers.rows import Rows, Trouble
from parsers.xlsx_cells import EMPTY_ROW, iso_shown, rich_text, unescaped
from parsers.xlsx_styles import PLAIN, Look, shown
from parsers.xlsx_texts import Texts, unentitied

_KEPT = 64 * 2**20
"""Bytes of an expanded sheet up to which it is kept between its two readings rather than expanded twice."""
_FORMS = 24
"""Forms of rows that are looked for in one piece."""
_ANY_FORMULA = rb"(?:/>|\s[^<>]*/>|(?:\s[^<>]*)?>[^<]*</[\w:]+>)"
_WHOLE_NUMBERS = re.compile(rb"(?:(?:0|[1-9]\d{0,14})(?:\n|\Z))+")
_FRAME = 1 << 22
"""Bytes that may stand before the rows."""
_TRUE = ("1", "true", "on")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")

Troubled = dict[tuple[int, int], tuple[Trouble, str]]


class Frame(msgspec.Struct):
    """A worksheet without most of its rows."""

    before: bytes = b""
    """Down to the tag that opens the rows."""
    head: bytes = b""
    """The first rows that show something."""
    after: bytes = b""
    """From the tag that closes the rows on."""
    prefix: bytes = b""
    """Of the names of elements, ``x:`` with its colon."""
    kept: list[bytes] | None = None
    """All rows, where they are few enough."""
    rows: int = 0
    """Those that show something; not counted further where they are enough to make the sheet a long one."""

    @property
    def xml(self) -> bytes:
        """A worksheet that has only the rows of the head."""
        return self.before + self.head + self.after

    @property
    def last_row(self) -> int:
        """Number of the last row of the head."""
        return max(map(int, re.findall(rb"<(?:\w+:)?row\b[^>]*?\sr=\"(\d{1,7})\"", self.head)), default=0)

    @property
    def width(self) -> int:
        """Columns of the head."""
        letters = set(re.findall(rb'\sr="([A-Z]{1,3})\d', self.head))
        return max((column_number(c.decode()) for c in letters), default=1)

    @property
    def last_merged(self) -> int:
        """The last row that a merged cell covers."""
        ends = re.findall(rb"mergeCell\b[^>]*?\sref=\"\$?[A-Z]+\$?\d+:\$?[A-Z]+\$?(\d+)\"", self.after)
        return max(map(int, ends), default=0)


def frame_of(package: Package, name: str, head_rows: int, longer_than: int) -> Frame | None:
    """Look through the worksheet ``name`` once; None where its bytes are not laid out as expected (UTF-16, no rows at all)."""
    frame = Frame(kept=[] if package.declared_size(name) <= _KEPT else None)
    left = head_rows
    for piece in _pieces(package, name, frame):
        if frame.kept is not None:
            frame.kept.append(piece)
        if left >= 0:
            shows = piece if frame.prefix else EMPTY_ROW.sub(b"", piece)
            starts = [m.start() for m in re.finditer(rb"<" + frame.prefix + rb"row\b", shows)]
            frame.head += shows if len(starts) <= left else shows[: starts[left]]
            left -= len(starts)
        if frame.rows <= longer_than:
            frame.rows += piece.count(b"<" + frame.prefix + b"row")
    return frame if frame.after else None


def _pieces(package: Package, name: str, frame: Frame) -> Iterator[bytes]:
    """The rows in pieces of whole ones, those left out that show nothing for sure; ``frame`` is completed on the way."""
    rest = b""
    opened = closed = False
    for piece in package.pieces(name):
        if closed:
            frame.after += piece
            continue
        data = rest + piece
        if not opened:
            opening = re.search(rb"<((?:\w+:)?)sheetData\s*>", data)
            if opening is None:
                if len(data) > _FRAME:
                    return
                rest = data
                continue
            opened = True
            frame.prefix, frame.before = opening[1], data[: opening.end()]
            data = data[opening.end() :]
        end = data.find(b"</" + frame.prefix + b"sheetData")
        if end >= 0:
            closed = True
            data, frame.after = data[:end], data[end:]
            rest = b""
        else:
            cut = max(data.rfind(b"<" + frame.prefix + b"row "), 0)
            data, rest = data[:cut], data[cut:]
        marks = (b"<" + frame.prefix + mark for mark in (b"v", b"is", b"f"))
        if data and any(mark in data for mark in marks):
            yield data


class Kind(msgspec.Struct, frozen=True):
    """What the attributes of a cell say."""

    type: str
    look: Look


class Form(msgspec.Struct, frozen=True):
    """How a row is laid out: which columns it has, of which kinds. Rows of one form are cut out together."""

    pattern: re.Pattern[bytes]
    """A whole row; its groups are the row's number and the values of ``cells``."""
    cells: tuple[tuple[int, Kind, bool], ...]
    """Column from 1, kind, and whether a formula gives the value."""


class SheetRows:
    """The rows of one worksheet. Can be gone through more than once."""

    def __init__(
        self, package: Package, name: str, frame: Frame, texts: Texts, looks: Sequence[Look], epoch_1904: bool
    ) -> None:
        self._package, self._name, self._frame = package, name, frame
        self._texts, self._looks, self._epoch_1904 = texts, looks, epoch_1904
        self._row = b"<%srow" % frame.prefix
        self._opening, self._cell = _shapes(frame.prefix)
        self._end = b"</%srow>" % frame.prefix
        self._ends: dict[int, int] = {}
        """The last row of each run, so that it can be passed over."""

    def runs(self, first: int, only: frozenset[int] | None) -> Iterator[tuple[int, Rows]]:
        """The rows from the sheet's ``first`` one on, with the ordinals of their runs. Raises Unreadable as reading a part does."""
        number = 0
        kept = self._frame.kept
        for ordinal, piece in enumerate(kept if kept is not None else _pieces(self._package, self._name, Frame())):
            if only is not None and ordinal not in only and ordinal in self._ends:
                number = self._ends[ordinal]
                continue
            run = self._run(piece, number)
            if run.numbers:
                number = run.numbers[-1]
                if number >= first:
                    yield ordinal, run.part(sum(n < first for n in run.numbers) if run.numbers[0] < first else 0)
            self._ends[ordinal] = number

    def _run(self, piece: bytes, before: int) -> Rows:
        """All rows of a piece: those of each form together, what has no plain form by the XML parser."""
        found: list[Rows] = []
        rest = piece
        for _ in range(_FORMS):
            if b"<!" in rest or (form := self._form(rest)) is None:
                break
            rows = cast("list[tuple[bytes, ...]]", form.pattern.findall(rest))
            found.append(self._texts_of(form, rows))
            if len(rows) == self._count(rest):
                return found[0] if len(found) == 1 else _merged(found)
            rest = form.pattern.sub(b"", rest)
            if not self._count(rest):
                return _merged(found)
        if len(self._opening.findall(rest)) < self._count(rest):
            return self._parsed(piece, before)  # rows without a number count from the one before
        return _merged([*found, self._parsed(rest, before)])

    def _count(self, rows: bytes) -> int:
        return rows.count(self._row)

    def _form(self, rows: bytes) -> Form | None:
        """The form of the first of ``rows``; None where it has anything but plain cells."""
        opening = self._opening.search(rows)
        if opening is None or opening[0].endswith(b"/>"):
            return None
        end = rows.find(self._end, opening.end())
        at = opening.end()
        parts = [re.escape(opening.string[opening.start() : opening.start(1)]), rb"(\d+)\"[^<>]*>"]
        cells: list[tuple[int, Kind, bool]] = []
        while at < end:
            cell = self._cell.match(rows, at, end)
            if cell is None:
                return None
            column = column_number(cell[1].decode())
            if cells and column <= cells[-1][0]:
                return None
            if cell[3] is not None or cell[4] is not None:
                cells.append((column, self._kind(cell[2]), cell[3] is not None))
            parts.append(_cell_pattern(cell))
            at = cell.end()
        parts.append(re.escape(self._end))
        return Form(re.compile(b"".join(parts)), tuple(cells)) if at == end and cells else None

    def _texts_of(self, form: Form, rows: Sequence[tuple[bytes, ...]]) -> Rows:
        groups = list(zip(*rows, strict=True))
        nothing = [""] * len(rows)
        columns: list[Sequence[str]] = [nothing] * max(column for column, _, _ in form.cells)
        troubled: Troubled = {}
        for (column, kind, formula), values in zip(form.cells, groups[1:], strict=True):
            columns[column - 1] = texts = self._column(kind, values)
            if kind.type == "e":
                troubled.update({(n, column - 1): ("error", text) for n, text in enumerate(texts)})
            elif formula and kind.type != "str" and b"" in values:
                troubled.update({(n, column - 1): ("formula", "") for n, value in enumerate(values) if not value})
        return Rows(list(map(int, groups[0])), columns, troubled=troubled)

    def _column(self, kind: Kind, values: Sequence[bytes]) -> Sequence[str]:
        """The texts that cells of one kind show."""
        if kind.type == "s":
            return self._texts.take([_index(value) for value in values] if b"" in values else list(map(int, values)))
        joined = b"\n".join(values)
        if kind.type == "n" and kind.look.kind == "number" and _WHOLE_NUMBERS.fullmatch(joined):
            return joined.decode().split("\n")
        return [self._text(kind, unentitied(value).decode("utf-8", "replace")) for value in values]

    def _text(self, kind: Kind, raw: str) -> str:
        """What a cell shows that is no shared string."""
        if kind.type in ("str", "inlineStr", "e"):
            return unescaped(raw)
        if kind.type == "b":
            return ("VERDADERO" if raw.strip() in _TRUE else "FALSO") if raw.strip() else ""
        if kind.type == "d":
            return iso_shown(raw)[0]
        return shown(raw.strip(), kind.look, self._epoch_1904)[0] if raw.strip() else ""

    def _kind(self, attributes: bytes) -> Kind:
        style = re.search(rb'\ss="(\d{1,5})"', attributes)
        kind = re.search(rb'\st="(\w+)"', attributes)
        index = int(style[1]) if style else 0
        look = self._looks[index] if index < len(self._looks) else PLAIN
        return Kind(kind[1].decode() if kind else "n", look)

    def _parsed(self, piece: bytes, before: int) -> Rows:
        """The rows of a piece by the XML parser."""
        frame = self._frame
        root = parse_xml(frame.before + piece + frame.after, self._name)
        found: list[tuple[int, dict[int, str]]] = []
        troubled: Troubled = {}
        width = 1
        row = before
        for element in root.iterfind("{*}sheetData/{*}row"):
            row = _number(element.get("r"), row + 1)
            cells: dict[int, str] = {}
            column = 0
            for c in element.iterfind("{*}c"):
                reference = _REFERENCE.fullmatch(str(c.get("r", "")))
                column = column_number(reference[1]) if reference else column + 1
                if column > MAX_COLUMN:
                    raise Unreadable("malformed", f"El archivo está dañado: la fila {row} pasa de la última columna.")
                attributes = f' s="{c.get("s", "0")}" t="{c.get("t", "n")}"'.encode()
                kind = self._kind(attributes)
                raw, formula, inline = (c.find("{*}" + tag) for tag in ("v", "f", "is"))
                at = (len(found), column - 1)
                if inline is not None:
                    rich = rich_text(inline)
                    cells[column] = rich if isinstance(rich, str) else "".join(part for part, _ in rich)
                elif raw is not None and raw.text:
                    if kind.type == "s":
                        cells[column] = self._texts.take([_index(raw.text.encode("utf-8", "replace"))])[0]
                    else:
                        cells[column] = self._text(kind, raw.text)
                    if kind.type == "e":
                        troubled[at] = ("error", cells[column])
                elif formula is not None and kind.type != "str":
                    troubled[at] = ("formula", formula.text or "")
                width = max(width, column if cells.get(column) or at in troubled else 1)
            found.append((row, cells))
        columns: list[Sequence[str]] = [[cells.get(c, "") for _, cells in found] for c in range(1, width + 1)]
        return Rows([number for number, _ in found], columns, troubled=troubled)


@lru_cache(maxsize=8)
def _shapes(prefix: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """The opening tag of a row; a plain cell: its letters, attributes, formula and value."""
    p = prefix
    value = rb"(?:(?:<%sv>|<%sis><%st(?: [^<>]*)?>)([^<]*)(?:</%sv>|</%st></%sis>))?" % ((p,) * 6)
    formula = rb"(<%sf(?:/>| [^<>]*/>|(?: [^<>]*)?>[^<]*</%sf>))?" % (p, p)
    cell = rb'<%sc r="([A-Z]{1,3})\d+"([^<>/]*)(?:/>|>%s%s(?:<%sv/>)?</%sc>)' % (p, formula, value, p, p)
    return re.compile(rb'<%srow(?: [^<>/]*?)?\sr="(\d{1,7})"[^<>/]*>' % p), re.compile(cell)


def _cell_pattern(cell: re.Match[bytes]) -> bytes:
    """Cells like this one, in any row: the same column and look, some other value."""
    text, start = cell.string, cell.start()
    parts = [re.escape(text[start : cell.end(1)]), rb"\d+"]
    formula, value = cell[3], cell[4]
    at = cell.start(2) - 1  # the quote that ends the address
    if formula is not None:
        tag = formula[: re.match(rb"<[\w:]+", formula).end()]  # type: ignore[union-attr]
        parts += [re.escape(text[at : cell.start(3)]), re.escape(tag), _ANY_FORMULA]
        at = cell.end(3)
    if value is not None:
        parts += [re.escape(text[at : cell.start(4)]), b"([^<]*)"]
        at = cell.end(4)
    elif formula is not None:
        parts.append(b"()")
    parts.append(re.escape(text[at : cell.end()]))
    return b"".join(parts)


def _merged(found: Sequence[Rows]) -> Rows:
    """Runs of rows of several forms as one, in the order of their numbers."""
    numbers = [number for run in found for number in run.numbers]
    order = sorted(range(len(numbers)), key=numbers.__getitem__)
    width = max((len(run.columns) for run in found), default=0)
    columns: list[Sequence[str]] = []
    for column in range(width):
        texts = [
            text
            for run in found
            for text in (run.columns[column] if column < len(run.columns) else [""] * len(run.numbers))
        ]
        columns.append([texts[n] for n in order])
    troubled: Troubled = {}
    if any(run.troubled for run in found):
        position = {n: at for at, n in enumerate(order)}
        offset = 0
        for run in found:
            troubled.update({(position[offset + n], column): what for (n, column), what in run.troubled.items()})
            offset += len(run.numbers)
    return Rows([numbers[n] for n in order], columns, troubled=troubled)


def _index(raw: bytes) -> int:
    if not raw.strip().isdigit():
        raise Unreadable("malformed", "El archivo está dañado: una celda apunta a un texto que no existe.")
    return int(raw)


def _number(text: str | None, default: int) -> int:
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MAX_ROW:
        raise Unreadable("malformed", f"El archivo está dañado: «{text}» no es el número de una fila.")
    return int(text)
