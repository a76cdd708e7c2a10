"""Delimited text of any length, record by record, in memory that does not grow with it."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count, islice, zip_longest
from pathlib import Path

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

    def pieces() -> Iterator[bytes]:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                yield piece

    digest = hashlib.sha256()
    breaks = 0
    for piece in pieces():
        digest.update(piece)
        breaks += max(piece.count(b"\n"), piece.count(b"\r"))
    if breaks <= longer_than:
        return None
    encoding = encoding_of(pieces)
    with path.open(encoding=encoding, errors="replace") as stream:
        lines = list(islice(stream, head_rows * 4))
    form = form_of("".join(lines))[0]
    lines = lines[form.skipped :]
    found = list(islice(records(lines, form.delimiter), head_rows + 1))
    if len(found) <= head_rows:
        return None
    head = plain_document(table_document("".join(lines[: found[-1].line - 1]), form, limits))
    ends: dict[int, int] = {}
    table = RowTable(
        "",
        None,
        lambda row, column, line: Place(None, None, None, row, column, None, line),
        lambda first, only: _runs(path, encoding, form, first, only, ends),
        head_rows,
    )
    return LongFile(head, (table,), digest.hexdigest())


def _runs(
    path: Path, encoding: str, form: Form, first: int, only: frozenset[int] | None, ends: dict[int, int]
) -> Iterator[tuple[int, Rows]]:
    """The records from the ``first`` one on; ``ends`` remembers the record after each run, so that it can be passed over."""
    csv.field_size_limit(max(csv.field_size_limit(), 1 << 24))
    number, line = 1, form.skipped + 1
    with path.open(encoding=encoding, errors="replace") as stream:
        next(islice(stream, form.skipped, form.skipped), None)
        for ordinal in count():
            block = stream.readlines(_BLOCK)
            if not block:
                return
            if '"' in block[-1] or '"' in "".join(block):
                _whole(block, stream, form)
            if only is not None and ordinal not in only and ordinal in ends:
                number, line = ends[ordinal], line + len(block)
                continue
            run = _run(block, number, line, form)
            number, line = number + len(run.numbers), line + len(block)
            ends[ordinal] = number
            if number > first:
                yield ordinal, run if run.numbers[0] >= first else run.part(first - run.numbers[0])


def _whole(block: list[str], stream: Iterator[str], form: Form) -> None:
    """Make ``block`` longer until it ends with a record."""
    for _ in range(_MORE):
        last = list(records(block[-_MORE:], form.delimiter))[-1]
        if not last.problem and not is_open(block[-1:], form.delimiter):
            return
        following = next(stream, None)
        if following is None:
            return
        block.append(following)


def _run(block: list[str], number: int, line: int, form: Form) -> Rows:
    """The records of whole lines. Where one goes over several, or its quotes stay open, they are read one by one."""
    if plain := _plain_columns(block, form.delimiter):
        return Rows(range(number, number + len(block)), plain, range(line, line + len(block)), {}, len(plain))
    cells = list(csv.reader(block, delimiter=form.delimiter))
    lines: range | list[int] = range(line, line + len(block))
    unread: dict[int, str] = {}
    if len(cells) != len(block) or ('"' in block[-1] and is_open(block[-1:], form.delimiter)):
        found: list[Record] = list(records(block, form.delimiter, line))
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


def _plain_columns(block: list[str], delimiter: str) -> list[Sequence[str]]:
    """The columns of lines that all have the same cells and nothing to be read with care; none where they do not.

    One cut of the whole text is several times faster than reading record by record. A mark between the lines shows that each has its cells.
    """
    text = "".join(block)
    if '"' in text or "\0" in text or "\ufffd" in text:
        return []
    width = block[0].count(delimiter) + 1
    cells = text.removesuffix("\n").replace("\n", f"{delimiter}\n{delimiter}").split(delimiter)
    if len(cells) != len(block) * (width + 1) - 1 or cells[width :: width + 1].count("\n") != len(block) - 1:
        return []
    return [cells[n :: width + 1] for n in range(width)]
