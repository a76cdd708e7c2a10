"""A thousand small documents: memory stays flat, a second worker pays."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from bench.documents import minuta
from bench.measure import Measured
from checker.check import check
from checker.options import Options

PAGE = os.sysconf("SC_PAGE_SIZE")


def measure(folder: Path, count: int = 1_000, rounds: int = 3) -> list[Measured]:
    """Memory of the whole process tree, sampled at every answer; then the time of one worker and of two."""
    paths = [
        minuta(folder / f"m{i:04}.docx", agreements=3, paragraphs=6, day=1 + i % 28) for i in range(min(count, 28))
    ]
    many = [paths[i % len(paths)] for i in range(count)]
    samples = [_memory() for _ in check(many, Options())]
    first, last = (statistics.median(part) for part in (samples[: count // 2], samples[count // 2 :]))
    one, two = _times(many, rounds)
    return [
        Measured(
            f"memory over {count:,} documents, the last half against the first",
            f"{last / 2**20:.0f} MiB against {first / 2**20:.0f} MiB",
            last / first,
            1.10,
        ),
        Measured(
            f"two workers against one, over {count:,} documents",
            f"{count / two:.0f} documents a second against {count / one:.0f}",
            one / two,
            1.7,
            at_least=True,
        ),
    ]


def _times(paths: Sequence[Path], rounds: int) -> tuple[float, float]:
    seconds: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(rounds):
        for workers, kept in seconds.items():
            start = time.perf_counter()
            judged = sum(not answer.defect for answer in check(paths, Options(workers=workers)))
            kept.append(time.perf_counter() - start)
            if judged != len(paths):
                raise RuntimeError(f"{judged} of {len(paths)} documents were judged")
    return statistics.median(seconds[1]), statistics.median(seconds[2])


def _memory() -> int:
    """Resident bytes of this process and of those that it started."""
    own = os.getpid()
    total = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it ended while we looked
            if int(entry.name) == own or int(fields[1]) == own:
                total += int(fields[21]) * PAGE
    return total
