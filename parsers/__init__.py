"""Files to located models: knows formats, knows no norm.

The public door is :func:`parsers.read`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parsers.limits import Limits
    from parsers.model import Document

__all__ = ["read"]


def read(path: Path, limits: Limits | None = None) -> Document:
    """Read the file at ``path`` by its content, never by its extension.

    Raises :class:`parsers.errors.Unreadable` with a one-line reason in Spanish.
    Runs in this process: hostile input belongs in :mod:`parsers.worker`.
    """
    from parsers.dispatch import read_file

    return read_file(path, limits)
