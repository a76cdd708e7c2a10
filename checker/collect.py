"""From what a user names (files, folders, patterns, a list on standard input) to the files to check."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from checker.cases.expediente_names import is_expediente

_HIDDEN = (".", "~$")
"""How hidden files, and the lock files of office suites, begin."""
_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "vobo.toml", "directorio.yaml"})
"""What file managers leave in folders, our own configuration, and the directory that records are read with."""


class NothingMatches(ValueError):
    """A pattern names no file. One line in English."""


def collect(
    arguments: Sequence[str], stdin: Iterable[bytes], skip: Collection[Path] = (), whole: bool = False
) -> Iterator[Path]:
    """Files in the order of the arguments; those of a folder sorted by path, its subfolders included.

    ``-`` reads files and folders from ``stdin``, one a line, without patterns. Hidden files, lock files and the files and folders
    in ``skip`` (where results are written) are left out of folders, but not when they are named. What does not exist, and a
    folder that cannot be listed, is yielded all the same, so that it is reported. With ``whole`` a folder stands for itself: it is one
    expediente; so does, always, one that holds an ``expediente.yaml``. Raises :class:`NothingMatches` for a pattern without files.
    """
    left_out = frozenset(os.path.realpath(path) for path in skip)
    for argument in arguments:
        if argument == "-":
            for line in stdin:
                name = line.rstrip(b"\r\n")
                if name.strip():
                    yield from _expand(Path(os.fsdecode(name)), left_out, whole)
        elif _is_pattern(argument):
            yield from _matches(argument, left_out, whole)
        else:
            yield from _expand(Path(argument), left_out, whole)


def _is_pattern(argument: str) -> bool:
    """A file whose name merely looks like a pattern is itself."""
    return any(mark in argument for mark in "*?[") and not os.path.lexists(argument)


def _matches(pattern: str, left_out: frozenset[str], whole: bool) -> Iterator[Path]:
    from glob import glob

    # Not Path.glob, which takes no absolute pattern and lists hidden files.
    named = [path for path in map(Path, sorted(glob(pattern, recursive=True))) if not _is_left_out(path, left_out)]  # noqa: PTH207
    if "**" in pattern:  # names each folder and, again, everything in it
        named = [path for path in named if not _is_folder(path)]
    if not named:
        raise NothingMatches(f"no file matches {pattern!r}")
    for path in named:
        yield from _expand(path, left_out, whole)


def _expand(path: Path, left_out: frozenset[str], whole: bool) -> Iterator[Path]:
    """The file, or the files of the folder; a folder that links lead to twice, or in a circle, is walked once."""
    seen: set[tuple[int, int]] = set()
    waiting = [path]
    while waiting:
        path = waiting.pop()
        if whole or not _is_folder(path) or is_expediente(path):
            yield path
            continue
        try:
            status = path.stat()
            inside = sorted(path.iterdir(), reverse=True)
        except OSError:
            yield path
            continue
        if (status.st_dev, status.st_ino) not in seen:
            seen.add((status.st_dev, status.st_ino))
            waiting += [entry for entry in inside if not _is_left_out(entry, left_out)]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # may not be looked at; reading it says why
        return False


def _is_left_out(path: Path, left_out: frozenset[str]) -> bool:
    name = path.name
    return (
        name.startswith(_HIDDEN) or name.lower() in _SYSTEM or (bool(left_out) and os.path.realpath(path) in left_out)
    )
