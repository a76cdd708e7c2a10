"""The files of an expediente, from a folder or a zip, each with its bytes or with why it has none. Nothing is ever extracted to disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import msgspec

from parsers.dispatch import load_file
from parsers.errors import Unreadable
from parsers.limits import Limits

_HIDDEN = (".", "~$")
_SYSTEM = frozenset(("thumbs.db", "desktop.ini", "vobo.toml"))


class Piece(msgspec.Struct, frozen=True):
    """One file of an expediente."""

    name: str
    """Path within the folder or zip, with ``/``."""
    data: bytes | None
    reason: str = ""
    """Why it could not be read, in Spanish; empty where ``data`` is there."""


def pieces(path: Path, limits: Limits) -> Iterator[Piece]:
    """The files of the folder or zip at ``path``, sorted by name; what file managers leave behind is no part of it.

    ``limits.entries`` and ``limits.expanded_size`` bound all of them together: what lies beyond is named, not read.
    Raises :class:`parsers.errors.Unreadable` for what is neither folder nor zip, or a zip that nobody should open.
    """
    found = _of_folder(path, limits) if path.is_dir() else _of_zip(path, limits)
    total = 0
    for number, piece in enumerate(found):
        total += len(piece.data or b"")
        if number >= limits.entries:
            yield Piece(piece.name, None, f"el expediente tiene más de {limits.entries} archivos")
            return
        if total > limits.expanded_size:
            yield Piece(piece.name, None, "los archivos del expediente pesan juntos más de lo admitido")
        else:
            yield piece


def names_in(folder: Path) -> list[str]:
    """The files of a folder and those below it, sorted by path."""
    return sorted(_names(folder))


def _of_folder(path: Path, limits: Limits) -> Iterator[Piece]:
    base = path.resolve()
    for name in names_in(path):
        if isinstance(name, _Unlisted):
            yield Piece(name, None, "no se pudo listar la carpeta")
            continue
        file = path / name
        if not file.resolve().is_relative_to(base):
            yield Piece(name, None, "es un enlace a un archivo fuera del expediente; no se abrió")
            continue
        try:
            yield Piece(name, load_file(file, limits))
        except Unreadable as error:
            yield Piece(name, None, error.reason)


class _Unlisted(str):
    """Name of a folder whose files nobody may see."""


def _names(path: Path) -> Iterator[str]:
    """Every file below ``path``, links to folders not followed."""
    failed: list[OSError] = []
    for folder, inner, files in os.walk(path, onerror=failed.append):
        inner[:] = [name for name in inner if not _is_left_out(name)]
        links = [name for name in inner if (Path(folder) / name).is_symlink()]
        for name in (*files, *links):
            if not _is_left_out(name):
                yield (Path(folder) / name).relative_to(path).as_posix()
    for error in failed:
        yield _Unlisted(Path(error.filename or path).relative_to(path).as_posix())


def _of_zip(path: Path, limits: Limits) -> Iterator[Piece]:
    from parsers.package import open_package

    data = load_file(path, limits)
    if not data.startswith(b"PK"):
        raise Unreadable("malformed", "El archivo está dañado o no es un ZIP.")
    package = open_package(data, limits)
    if len(package.names) > limits.entries:
        raise Unreadable("too-large", f"El archivo ZIP tiene más de {limits.entries} archivos; no se abrió.")
    names = [name for name in sorted(package.names) if not any(map(_is_left_out, PurePosixPath(name).parts))]
    top = _common_folder(names)
    for name in names:
        try:
            yield Piece(name[len(top) :], package.read(name))
        except Unreadable as error:
            yield Piece(name[len(top) :], None, error.reason)


def _common_folder(names: list[str]) -> str:
    """The folder that a zip of a folder begins with, with its slash."""
    first = names[0].split("/") if names else []
    folder = f"{first[0]}/" if len(first) > 1 else ""
    return folder if folder and all(name.startswith(folder) for name in names) else ""


def _is_left_out(name: str) -> bool:
    return (name.startswith(_HIDDEN) and name != "..") or name.lower() in _SYSTEM or name == "__MACOSX"
