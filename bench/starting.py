"""The process: start-up and one file, against bare Python."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bench.documents import minuta
from bench.measure import Measured, ms, side_by_side

VOBO = Path(sys.executable).with_name("vobo")


def measure(folder: Path, rounds: int = 21) -> list[Measured]:
    """``vobo check one.docx`` and ``vobo --version``."""
    path = minuta(folder / "one.docx", agreements=6, paragraphs=40)
    opening = f"import docx; docx.Document({str(path)!r})"
    bare, check = side_by_side(_run(sys.executable, "-c", opening), _run(str(VOBO), "check", str(path)), rounds)
    nothing, version = side_by_side(_run(sys.executable, "-c", "pass"), _run(str(VOBO), "--version"), rounds)
    return [
        Measured(
            "`vobo check one.docx`, against Python that imports python-docx and opens the same file",
            f"{ms(check)} against {ms(bare)}",
            check / bare,
            2.0,
        ),
        Measured(
            "`vobo --version`, against `python -c pass`", f"{ms(version)} against {ms(nothing)}", version / nothing, 3.0
        ),
    ]


def _run(*command: str) -> Callable[[], None]:
    # both sides keep what they compile, as installed programs do
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def act() -> None:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=kept, check=False)
        if done.returncode not in (0, 1):
            raise RuntimeError(f"{' '.join(command)}: {done.stderr.decode()}")

    return act
