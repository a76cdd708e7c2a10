"""Delimited text of any length, record by record, in memory that does not grow with it."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest
from pathlib import Path
from typing import TextIO

from parsers.decoding import encoding_of
from parsers.delimited import Form, form_of, table_document
from parsers.limits import Limits
from parsers.model import Place
from parsers.plain import plain_document
from parsers.records import Record, is_open, records, trouble_in
from parsers.rows import LongFile, Rows, RowTable

_PIECE = 1 << 20
_BLOCK = 1 << 19
"""Characters of text that are read at a time."""
_MORE = 64
"""Lines by which a block is made longer where it ends within quotes."""


def open_delimited(path: Path, limits: Limits, head_rows: int, longer_than: int) -> LongFile | None:
    """The text table at ``path``, of which the head shows ``head_rows`` records; None where it has no more lines than ``longer_than``."""
    digest = hashlib.sha256()
    breaks = 0
    for piece in _pieces(path):
        digest.update(piece)
        breaks += max(piece.count(b"\n"), piece.count(b"\r"))
    if breaks <= longer_than:
        return None
    encoding = encoding_of(lambda: _pieces(path))
    with path.open(encoding=encoding, errors="replace") as stream:
        lines = list(islice(stream, head_rows * 4))
    form = form_of("".join(lines))[0]
    lines = lines[form.skipped :]
    found = list(islice(records(lines, form.delimiter), head_rows + 1))
    if len(found) <= head_rows:
        return None
    head = plain_document(table_document("".join(lines[: found[-1].line - 1]), form, limits))
    return LongFile(head, (_table(path, encoding, form, head_rows),), digest.hexdigest())


def row_table(path: Path) -> RowTable:
    """All records of the text table at ``path``, of which no head is read."""
    encoding = encoding_of(lambda: _pieces(path))
    with path.open(encoding=encoding, errors="replace") as stream:
        sample = stream.read(_PIECE)
    return _table(path, encoding, form_of(sample[: sample.rfind("\n") + 1] or sample)[0], 0)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _table(path: Path, encoding: str, form: Form, last_of_head: int) -> RowTable:
    ends: dict[int, int] = {}
    return RowTable(
        "",
        None,
        lambda row, column, line: Place(None, None, None, row, column, None, line),
        lambda first, only: _runs(path, encoding, form, first, only, ends),
        last_of_head,
        lambda first, column: _column(path, encoding, form, first, column),
    )


def _texts(path: Path, encoding: str, form: Form) -> Iterator[tuple[str, range]]:
    """The text of the table in pieces of whole records, with the numbers of their lines."""
    line = form.skipped + 1
    with path.open(encoding=encoding, errors="replace") as stream:
        next(islice(stream, form.skipped, form.skipped), None)
        while text := stream.read(_BLOCK):
            text += stream.readline()
            if '"' in text:
                text = _whole(text, stream, form)
            following = line + text.count("\n") + (not text.endswith("\n"))
            yield text, range(line, following)
            line = following


def _runs(
    path: Path, encoding: str, form: Form, first: int, only: frozenset[int] | None, ends: dict[int, int]
) -> Iterator[tuple[int, Rows]]:
    """The records from the ``first`` one on; ``ends`` remembers the record after each run, so that it can be passed over."""
    csv.field_size_limit(max(csv.field_size_limit(), 1 << 24))
    number = 1
    for ordinal, (text, lines) in enumerate(_texts(path, encoding, form)):
        if only is not None and ordinal not in only and ordinal in ends:
            number = ends[ordinal]
            continue
        run = _run(text, number, lines, form)
        number += len(run.numbers)
        ends[ordinal] = number
        if number > first:
            yield ordinal, run if run.numbers[0] >= first else run.part(first - run.numbers[0])


def _column(path: Path, encoding: str, form: Form, first: int, column: int) -> Iterator[Sequence[str]]:
    """One cell of each record from the ``first`` on."""
    csv.field_size_limit(max(csv.field_size_limit(), 1 << 24))
    mark, before = form.delimiter, first - 1
    for text, lines in _texts(path, encoding, form):
        if '"' in text or "\0" in text:
            run = _run(text, 1, lines, form)
            cells = run.columns[column - 1] if column <= len(run.columns) else ("",) * len(run.numbers)
        elif column == 1:
            cells = [line.partition(mark)[0] for line in text.removesuffix("\n").split("\n")]
        else:
            padding = mark * (column - 1)
            cells = [(line + padding).split(mark, column)[column - 1] for line in text.removesuffix("\n").split("\n")]
        if before < len(cells):
            yield cells[before:] if before else cells
        before = max(0, before - len(cells))


def _lines(text: str) -> list[str]:
    """The lines of ``text`` with their ends; no other character than the line feed ends one."""
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


def _whole(text: str, stream: TextIO, form: Form) -> str:
    """``text``, and as many more lines as it takes to end with a record."""
    block = _lines(text)
    for _ in range(_MORE):
        last = list(records(block[-_MORE:], form.delimiter))[-1]
        if not last.problem and not is_open(block[-1:], form.delimiter):
            break
        following = stream.readline()
        if not following:
            break
        block.append(following)
        text += following
    return text


def _run(text: str, number: int, lines: range, form: Form) -> Rows:
    """The records of whole lines. Where one goes over several, or its quotes stay open, they are read one by one."""
    if plain := _plain_columns(text, lines, form.delimiter):
        return Rows(range(number, number + len(lines)), plain, lines, {}, len(plain))
    return _careful(_lines(text), number, lines, form)


def _careful(block: list[str], number: int, whole: range, form: Form) -> Rows:
    """The records of ``block`` by the rules of quotes."""
    cells = list(csv.reader(block, delimiter=form.delimiter))
    lines: range | list[int] = whole
    unread: dict[int, str] = {}
    if len(cells) != len(block) or ('"' in block[-1] and is_open(block[-1:], form.delimiter)):
        found: list[Record] = list(records(block, form.delimiter, whole.start))
        cells = [list(r.cells) for r in found]
        lines = [r.line for r in found]
        unread = {n: r.problem for n, r in enumerate(found) if r.problem}
    else:
        text = "".join(block)
        if "\ufffd" in text or "\0" in text:
            unread = {n: problem for n, row in enumerate(cells) if (problem := trouble_in(row))}
    counts: dict[int, int] = {}
    widths = Counter(map(len, cells))
    usual = max(widths, key=lambda width: (widths[width], width), default=0)
    if len(widths) > 1:
        counts = {n: len(row) for n, row in enumerate(cells) if len(row) != usual}
    columns = list(zip_longest(*cells, fillvalue="")) or [("",) * len(cells)]
    return Rows(range(number, number + len(cells)), list(columns), lines, unread, usual, counts)


def _plain_columns(text: str, lines: range, delimiter: str) -> list[Sequence[str]]:
    """The columns of lines that all have the same cells and nothing to be read with care; none where they do not.

    One cut of the whole text is several times faster than reading record by record. A mark between the lines shows that each has its cells.
    """
    if '"' in text or "\0" in text or "\ufffd" in text:
        return []
    width = text.count(delimiter, 0, text.find("\n")) + 1
    cells = text.removesuffix("\n").replace("\n", f"{delimiter}\n{delimiter}").split(delimiter)
    if len(cells) != len(lines) * (width + 1) - 1 or cells[width :: width + 1].count("\n") != len(lines) - 1:
        return []
    return [cells[n :: width + 1] for n in range(width)]
