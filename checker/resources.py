"""Where the data that comes with vobo lies: in a wheel beside the code, in a checkout beside the packages."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def rules_root() -> Path:
    """Folder with the built-in packs, ``<issuer>/<norm>/pack.yaml``."""
    return _data("rules")


def templates_root() -> Path:
    """Folder with the built-in templates."""
    return _data("templates")


def _data(name: str) -> Path:
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name
