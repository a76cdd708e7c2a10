"""Tables as text (csv, tsv; ``;`` ``,`` tab or ``|`` between the cells) → located model."""

from __future__ import annotations

import csv
import io
from collections import Counter

import msgspec

from parsers.bulk import collector_paused
from parsers.decoding import decode
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Document, Place
from parsers.records import UNCLOSED, records
from parsers.regions import Entry, Sheet, blocks_of

_DELIMITERS = (";", "\t", ",", "|")
_SAMPLE_ROWS = 200
_BROKEN = "Hay comillas sin cerrar: se leyeron como parte del texto."


def read_delimited(data: bytes, limits: Limits) -> Document:
    """Read a table of text in any usual encoding, with whatever delimiter it uses.

    Empty lines part regions: a line of one field is a paragraph, the others are tables. Places give the line of the file
    (where a record that goes over several lines begins), the record's number as row, and the column. Raises Unreadable:
    ``empty``, ``malformed`` for binary content, ``too-many-cells``.
    """
    text, _ = decode(data)
    if not text.strip():
        raise Unreadable("empty", "El archivo no contiene texto.")
    if "\0" in text:
        raise Unreadable("malformed", "El archivo no es un CSV: contiene datos binarios.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    form, text = form_of(text)
    return table_document(text, form, limits)


class Form(msgspec.Struct, frozen=True):
    """How a table of text is written."""

    delimiter: str
    skipped: int
    """Lines before the table that only say how to read it."""

    @property
    def media_type(self) -> str:
        """``text/csv``, or that of tabs."""
        return "text/tab-separated-values" if self.delimiter == "\t" else "text/csv"


def form_of(text: str) -> tuple[Form, str]:
    """How ``text``, whose lines end with ``\\n``, is written, and what of it is the table."""
    delimiter, text, skipped = _declared(text)
    return Form(delimiter or _delimiter(text), skipped), text


def table_document(text: str, form: Form, limits: Limits) -> Document:
    """The document that ``text``, already cut and with ``\\n`` at the end of its lines, is."""
    with collector_paused():
        entries, lines, alone, broken = _entries(text, form, limits)

        def place(row: int, column: int) -> Place:
            return Place(None, None, None, row, column, None, lines[row - 1])

        blocks = blocks_of(Sheet("", place, entries, alone=alone))
    return Document(form.media_type, tuple(blocks), notes=(_BROKEN,) if broken else ())


def _declared(text: str) -> tuple[str | None, str, int]:
    """The delimiter that Excel's first line ``sep=;`` declares, the text after it, and the lines that it took."""
    first, mark, rest = text.partition("\n")
    name, _, value = first.strip("\ufeff \"'").partition("=")
    if mark and name.lower() == "sep" and len(value.strip(" ")) == 1:
        return value.strip(" "), rest, 1
    return None, text, 0


def _delimiter(text: str) -> str:
    """The delimiter by which most records of a sample have the same number of fields, more than one.

    Ties go to the one that gives more fields, then to the less usual in prose: a comma is also punctuation.
    """
    best, score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        rows = []
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(field.strip() for field in row):
                rows.append(row)
            if len(rows) >= _SAMPLE_ROWS:
                break
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        # Loose labels and titles differ in width from the table below them: they count, but less.
        agreement = (count + 0.5 * (sum(widths.values()) - count)) / len(rows)
        if delimiter == ",":
            agreement -= 0.3 * _prose_commas(rows)
        if (round(agreement, 2), width) > score:
            best, score = delimiter, (round(agreement, 2), width)
    return best


def _prose_commas(rows: list[list[str]]) -> float:
    """Share of the fields after a comma that begin with a space, as in a sentence."""
    following = [field for row in rows for field in row[1:]]
    return sum(field.startswith(" ") for field in following) / len(following) if following else 0.0


def _entries(text: str, form: Form, limits: Limits) -> tuple[list[Entry], list[int], frozenset[int], bool]:
    """The filled cells, the line on which each record begins, the records that are one field, and whether quotes were left open."""
    entries: list[Entry] = []
    lines: list[int] = []
    alone: set[int] = set()
    broken = False
    # A field may be as long as the file, which the limits have bounded; the module's own limit is global.
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    for row, record in enumerate(records(io.StringIO(text, newline=""), form.delimiter, form.skipped + 1), 1):
        lines.append(record.line)
        if len(record.cells) == 1:
            alone.add(row)
        broken = broken or record.problem == UNCLOSED
        for column, field in enumerate(record.cells, 1):
            stripped = field.strip()
            if stripped:
                entries.append(Entry(row, column, stripped))
        if len(entries) > limits.cells:
            raise Unreadable(
                "too-many-cells", f"El archivo tiene más de {limits.cells:,} celdas, que es el máximo admitido."
            )
    return entries, lines, frozenset(alone), broken
