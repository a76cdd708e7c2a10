"""Long lists: against python-calamine that only reads the same sheet, memory, and the curve from a hundred fields to a million."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bench.list_files import MOBILES, PEOPLE, PEOPLE_TITLE, as_csv, as_xlsx, mobiles, people
from bench.measure import Measured, side_by_side
from checker.check import check
from checker.options import Options

VOBO = Path(sys.executable).with_name("vobo")
ROWS = 100_000
MOST = 1_000_000


def measure(folder: Path, rounds: int = 5) -> list[Measured]:
    """Workbooks of 100,000 rows, a csv of a million, and lists of 10² to 10⁶ fields."""
    return [*_workbook(folder, rounds), *_text(folder), _curve(folder, rounds)]


def _workbook(folder: Path, rounds: int) -> list[Measured]:
    path = as_xlsx(folder / "personas.xlsx", PEOPLE_TITLE, PEOPLE, people(ROWS))
    read, judged = side_by_side(lambda: _calamine(path), lambda: _checked(path), rounds)
    memory = _memory(path)
    return [
        Measured(
            f"checking a workbook of {ROWS:,} rows and 5 columns, against python-calamine that only reads the sheet",
            f"{judged:.2f} s against {read:.2f} s",
            judged / read,
            2.0,
        ),
        Measured(
            "peak memory of `vobo check` on that workbook, against 300 MiB", f"{memory:.0f} MiB", memory / 300, 1.0
        ),
    ]


def _text(folder: Path) -> list[Measured]:
    part = as_csv(folder / "celulares-parte.csv", MOBILES, mobiles(ROWS))
    path = as_csv(folder / "celulares.csv", MOBILES, mobiles(MOST))
    start = time.perf_counter()
    _checked(path)
    seconds = time.perf_counter() - start
    rate = path.stat().st_size / 1e6 / seconds * 60
    less, more = _memory(part), _memory(path)
    return [
        Measured(
            f"checking a csv of {MOST:,} rows, against 50 MB a minute",
            f"{path.stat().st_size / 1e6:.0f} MB in {seconds:.1f} s, {rate:.0f} MB a minute",
            rate / 50,
            1.0,
            at_least=True,
        ),
        Measured(
            f"peak memory of `vobo check` on a csv of {MOST:,} rows, against one of {ROWS:,}",
            f"{more:.0f} MiB against {less:.0f} MiB",
            more / less,
            1.6,
        ),
    ]


def _curve(folder: Path, rounds: int) -> Measured:
    """A field is a cell of the list. The last step is a tenfold one between lists that are both judged row by row."""
    seconds = {}
    for fields in (10**2, 10**3, 10**4, 10**5, 10**6):
        path = as_csv(folder / f"{fields}.csv", PEOPLE, people(fields // len(PEOPLE)))
        seconds[fields] = statistics.median(_timed(lambda path=path: _checked(path)) for _ in range(rounds))  # type: ignore[misc]
    told = ", ".join(f"{fields:,}: {1000 * took:.0f} ms" for fields, took in seconds.items())
    return Measured(
        "time for ten times as many fields, from 100,000 to 1,000,000",
        f"fields and time: {told}",
        seconds[10**6] / seconds[10**5],
        11.0,
    )


def _timed(act: Callable[[], None]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _calamine(path: Path) -> None:
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    if len(rows) <= ROWS:
        raise RuntimeError(f"{len(rows)} rows were read")


def _checked(path: Path) -> None:
    (answer,) = check([path], Options())
    if answer.result.verdict != "compliant":
        raise RuntimeError(f"{path.name}: {answer.result.verdict} {answer.result.reason} {answer.defect}")


def _memory(path: Path) -> float:
    """Peak resident memory of the largest process of the command, in MiB: what the kernel tells of each while it runs."""
    process = subprocess.Popen([str(VOBO), "check", str(path)], stdout=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max([peak, *map(_high_water, (process.pid, *_children(process.pid)))])
        time.sleep(0.005)
    if process.returncode != 0:
        raise RuntimeError(f"vobo check {path.name} ended with {process.returncode}")
    return peak / 1024


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _high_water(pid: int) -> int:
    """KiB of memory that a process has held at most."""
    with suppress(OSError):  # it has ended
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0
