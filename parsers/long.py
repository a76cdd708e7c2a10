"""Opens lists too long to be held whole; what is short, or of another format, is left to :mod:`parsers.dispatch`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from parsers.dispatch import load_file, reading
from parsers.limits import Limits
from parsers.rows import LongFile, Rows, Runs
from parsers.sniff import Kind, sniff

HEAD_ROWS = 100
"""Rows that are read to tell what a file is."""
LONG = 2_000
"""Rows beyond which a list is long."""
_SHORT = 20_000
"""Bytes below which no file is long."""
_LISTS = frozenset((".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm"))
_RATE = 50_000_000 / 60
"""Bytes a second at which a list is judged at the least."""
_SAMPLE = 1 << 17
_LONGEST = 2 * 2**30
"""Bytes that text may have which is never held whole."""


def open_long(path: Path, limits: Limits, head_rows: int = HEAD_ROWS, longer_than: int = LONG) -> LongFile | None:
    """The list at ``path`` with its head of ``head_rows`` rows; None where it has few, or its format is read whole.

    Raises :class:`parsers.errors.Unreadable` as :func:`parsers.dispatch.read_file` does.
    """
    try:
        size = path.stat().st_size if path.is_file() else 0
    except OSError:
        return None  # opening it will tell why
    if size < _SHORT:
        return None
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE)
    if sample.startswith(b"PK\x03\x04"):
        data = load_file(path, limits)
        kind = sniff(data, path.name)
        limits = replace(limits, cells=max(limits.cells, 2**31))
        if kind is not Kind.XLSX:
            return None
        from parsers.xlsx_long import open_workbook

        with reading(kind):
            return _guarded(kind, open_workbook(data, limits, head_rows, longer_than))
    kind = sniff(sample[: sample.rfind(b"\n") + 1] or sample, path.name)
    if kind is not Kind.CSV or size > _LONGEST:
        return None
    from parsers.delimited_rows import open_delimited

    with reading(kind):
        return _guarded(kind, open_delimited(path, limits, head_rows, longer_than))


def seconds_more(path: Path) -> float:
    """Seconds that a long list may take beyond what any file may: a minute for every 50 MB of it; 0 for other files."""
    if path.suffix.lower() not in _LISTS:
        return 0.0
    try:
        return path.stat().st_size / _RATE
    except (OSError, ValueError):
        return 0.0  # opening it will tell why


def _guarded(kind: Kind, found: LongFile | None) -> LongFile | None:
    """The same file, whose rows too raise nothing but Unreadable."""

    def guarded(runs: Runs) -> Runs:
        def rows(first: int, only: frozenset[int] | None) -> Iterator[tuple[int, Rows]]:
            with reading(kind):
                yield from runs(first, only)

        return rows

    if found is None:
        return None
    return replace(found, tables=tuple(replace(table, runs=guarded(table.runs)) for table in found.tables))
