"""What the files are called by which an expediente speaks of itself."""

from __future__ import annotations

from pathlib import Path

DIRECTORY, DESCRIPTION = "directorio.yaml", "expediente.yaml"


def is_expediente(path: Path) -> bool:
    """Whether a folder says of itself that it is one case."""
    try:
        return (path / DESCRIPTION).is_file()
    except OSError:
        return False
