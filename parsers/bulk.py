"""What the readers of large tables share."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    Typed = str | float | int | bool | dt.date | dt.datetime | dt.time | None
    """The typed value of a spreadsheet's cell."""


@contextmanager
def collector_paused() -> Iterator[None]:
    """No garbage collection while a large model is built: it holds no cycles, and every pass would walk all of it again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
