"""A bar on standard error while many files, or slow ones, are checked."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Any, TypeVar

_MANY = 5
"""More files than this show the bar at once."""
_LONG = 2.0
"""Seconds after which fewer do."""
_T = TypeVar("_T")


class Progress(AbstractContextManager["Progress"]):
    """Counts files; shows nothing when it is not wanted or standard error is no terminal. tqdm is imported only to be shown."""

    def __init__(self, total: int, wanted: bool) -> None:
        self._total = total
        self._wanted = wanted and total > 1 and sys.stderr.isatty()
        self._start = time.monotonic()
        self._done = 0
        self._bar: Any = None
        if total > _MANY:
            self._show()

    def watch(self, files: Iterable[_T]) -> Iterator[_T]:
        """``files``, each counted when the next one is asked for."""
        for file in files:
            yield file
            self._advance()

    def clear(self) -> None:
        """Take the bar off the terminal before something else is written; it comes back with the next file."""
        if self._bar is not None:
            self._bar.clear()

    def _advance(self) -> None:
        self._done += 1
        if self._bar is not None:
            self._bar.update()
        elif time.monotonic() - self._start > _LONG:
            self._show()

    def _show(self) -> None:
        if self._wanted:
            from tqdm import tqdm

            tqdm.monitor_interval = 0  # no thread beside us when workers are forked
            self._bar = tqdm(
                total=self._total, initial=self._done, unit="file", file=sys.stderr, leave=False, dynamic_ncols=True
            )

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()
