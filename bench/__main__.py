"""``python -m bench``."""

from __future__ import annotations

import datetime as dt
import gc
import os
import platform
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bench import alignment, batch, case_events, judging, lists, starting
from bench.measure import Measured
from checker import __version__

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def main() -> int:
    """Measure everything; 1 when a bound is not kept."""
    gc.set_threshold(50_000, 20, 20)  # as the command does
    found: list[Measured] = []
    with tempfile.TemporaryDirectory() as folder:
        for part in (
            judging.measure,
            starting.measure,
            lists.measure,
            batch.measure,
            alignment.measure,
            case_events.measure,
        ):
            for line in part(Path(folder)):
                print(
                    f"{'ok  ' if line.holds else 'MISS'} {line.ratio:5.2f} ({_bound(line)})  {line.what}: {line.figures}",
                    flush=True,
                )
                found.append(line)
    PAGE.write_text(_page(found), "utf-8")
    return 0 if all(line.holds for line in found) else 1


def _bound(line: Measured) -> str:
    return f"{'≥' if line.at_least else '≤'} {line.bound:.2f}"


def _page(found: Iterable[Measured]) -> str:
    rows = "\n".join(
        f"| {line.what} | {line.figures} | {line.ratio:.2f} | {_bound(line)} | {'yes' if line.holds else '**no**'} |"
        for line in found
    )
    return f"""# Benchmarks

Written by `make bench`; every ratio comes from one run, in which both sides took turns.

- Date: {dt.date.today().isoformat()}
- vobo {__version__}, Python {platform.python_version()}, {platform.system()} on {platform.machine()}, {os.cpu_count()} processors
- Load of the machine over the last 15 minutes: {os.getloadavg()[2]:.1f} (much above 1 to 2 means that other programs ran)

| What | Medians | Ratio | Bound | Kept |
|---|---|---:|---:|---|
{rows}

A ratio *on top of parsing* of 0.30 means that judging the document took 30 % of the time that reading it took.
Every round judges a document with words of its own, so that nothing is remembered from the round before; memory freed by
the parser is put in order between the two clocks. Two workers are worth two only where two processors are free.
Memory is the resident memory of the process and its workers, sampled at every answer.
"""


if __name__ == "__main__":
    sys.exit(main())
