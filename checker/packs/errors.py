"""The typed error of packs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


class PackError(Exception):
    """A pack does not say what a pack may say. ``str()`` is one line in English: file, line (from 1), what, and the nearest known word."""

    def __init__(self, path: Path, line: int | None, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}" if line else f"{path}: {problem}")
        self.path = path
        self.line = line
        self.problem = problem

    def __reduce__(self) -> tuple[type[PackError], tuple[Path, int | None, str]]:
        return (PackError, (self.path, self.line, self.problem))


def nearest(word: str, known: Iterable[str]) -> str:
    """``; did you mean 'labels'?``, or nothing when no known word is near."""
    from rapidfuzz.process import extractOne

    best = extractOne(word, list(known), score_cutoff=60)
    return f"; did you mean {best[0]!r}?" if best else ""
