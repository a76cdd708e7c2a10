"""The first reading of a log: which cases it has, how many rows of each, and whether they stand together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from parsers.cases.finish import MOST
from parsers.cases.log import Log, row_at, runs_of
from parsers.model import Gap
from parsers.rows import Rows


class Index(msgspec.Struct):
    """What a first reading tells of the cases, in the order in which they begin."""

    counts: dict[str, int] = {}
    """Case → its rows."""
    interleaved: bool = False
    nameless: int = 0
    """Rows that say something and not of which case."""
    gaps: list[Gap] = []
    """Where those are."""


def index_of(logs: Sequence[Log], name: str) -> Index:
    """Read the cases of all rows, where that suffices by a look at one column. ``name`` as in :meth:`Log.cases`."""
    index = Index({}, False, 0, [])
    last: str | None = None
    for cases in _all_cases(logs):
        if cases is None:
            return _full_index(logs, name)
        last = _count(index, cases, last)
    return index


def _all_cases(logs: Sequence[Log]) -> Iterator[Sequence[str] | None]:
    """The case of each row by a look at its column alone; None where that does not tell."""
    for log in logs:
        column = log.header.columns.get("case")
        if column is None or log.table.column is None:
            yield None
            return
        for texts in log.table.column(log.first, column + 1):
            cases = list(map(log.reader.understood("case").__getitem__, texts))
            yield None if None in cases else cases


def _full_index(logs: Sequence[Log], name: str) -> Index:
    index = Index({}, False, 0, [])
    last: str | None = None
    for log, rows in runs_of(logs):
        cases = log.cases(rows, name)
        if None in cases:
            _nameless(index, log, rows, [at for at, case in enumerate(cases) if case is None])
        last = _count(index, [case for case in cases if case is not None], last)
    return index


def _count(index: Index, cases: Sequence[str], last: str | None) -> str | None:
    """Count the rows of each case; ``last`` is the case of the row before them, and then of the last of them."""
    counts = index.counts
    if not index.interleaved:
        starts = [case for case, _ in groupby(cases)]
        again = starts[1:] if starts and starts[0] == last else starts
        index.interleaved = len(set(again)) < len(again) or any(case in counts for case in again)
    for case, count in Counter(cases).items():
        counts[case] = counts.get(case, 0) + count
    return cases[-1] if cases else last


def _nameless(index: Index, log: Log, rows: Rows, positions: Sequence[int]) -> None:
    """Tell of the rows that name no case and are not blank."""
    for n in positions:
        cells = [column[n] for column in rows.columns]
        if any(map(str.strip, cells)) and not log.is_header(cells):
            index.nameless += 1
            if len(index.gaps) < MOST:
                place = log.place(rows, n, 1)
                said = "; ".join(cell.strip() for cell in cells if cell.strip())[:80]
                index.gaps.append(Gap(f"{row_at(place)} no dice de qué caso es («{said}»)", place))
