"""Packs found valid, kept as JSON under the user's cache folder: a run that finds its packs there neither imports yaml nor validates.

What is kept holds for the code that found it valid: each state of the modules that define packs and check kinds has its own entries.
"""

from __future__ import annotations

import contextlib
import os
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

FORMAT = 2
"""Part of the name of every entry; raised when what is kept changes."""
_DEFINING = ("packs", "kinds")
"""Packages whose modules say what a pack may say."""


def cache_dir() -> Path | None:
    """``VOBO_CACHE_DIR``, else ``vobo`` under ``XDG_CACHE_HOME`` or ``~/.cache``; None where there is no home."""
    if chosen := os.environ.get("VOBO_CACHE_DIR"):
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME")
    if base and Path(base).is_absolute():
        return Path(base) / "vobo"
    try:
        return Path.home() / ".cache" / "vobo"
    except RuntimeError:
        return None


def get(sha256: str) -> Any:
    """What was kept for a pack of this hash; None when nothing readable is there."""
    path = _entry(sha256)
    if path is None:
        return None
    try:
        return msgspec.json.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError):
        return None


def put(sha256: str, data: Any) -> None:
    """Keep ``data``; where the folder cannot be written the next run parses again, which is slower and no less right."""
    import tempfile  # a run that finds its packs kept does not need it

    path = _entry(sha256)
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    except OSError:
        return
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(data))
        Path(name).replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()


def _entry(sha256: str) -> Path | None:
    folder = cache_dir()
    return folder / f"pack-{FORMAT}-{_code()}-{sha256}.json" if folder else None


@cache
def _code() -> str:
    """The state of the defining modules: the newest change and how many they are."""
    times = [
        entry.stat().st_mtime_ns
        for name in _DEFINING
        for entry in os.scandir(Path(__file__).parents[1] / name)
        if entry.name.endswith(".py")
    ]
    return f"{max(times):x}-{len(times)}"
