"""Which formats go where: ``--format`` and ``--output``, in pairs or as ``format=file``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from checker.report import MODULES

_SUFFIXES = {
    ".txt": "text",
    ".json": "json",
    ".sarif": "sarif",
    ".xml": "junit",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
}
_LINES = frozenset({"text", "github"})
"""May share standard output: the runner picks its commands out of a log."""


class UsageError(ValueError):
    """The arguments contradict themselves or name what cannot be used. One line in English; exit code 2."""


class Output(msgspec.Struct, frozen=True):
    """One report."""

    format: str
    file: Path | None
    """None is standard output."""


def outputs(formats: Sequence[str], files: Sequence[str]) -> tuple[Output, ...]:
    """The reports that ``--format`` (each a format or a list with commas) and ``--output`` ask for.

    ``format=file`` stands by itself. Other files take the formats that are left, in order, and after these the format that their
    name ends in; text does not go to a file whose name ends in another format. A format without a file goes to standard output,
    and so does text when there is no ``--format``. Raises :class:`UsageError`.
    """
    wanted = [name.strip() for item in formats for name in item.split(",") if name.strip()]
    for name in wanted:
        _known(name)
    found: list[Output] = []
    bare: list[str] = []
    for file in files:
        name, equals, path = file.partition("=")
        if equals and name in MODULES:
            found.append(Output(name, _file(path)))
            if name in wanted:
                wanted.remove(name)
        else:
            bare.append(file)
    found += [Output(_next(wanted, file), _file(file)) for file in bare]
    on_terminal = list(dict.fromkeys(wanted)) if formats else ["text"]
    if len(on_terminal) > 1 and not set(on_terminal) <= _LINES:
        raise UsageError(
            f"only one of {', '.join(on_terminal)} can go to standard output; give the others a file with --output FORMAT=FILE"
        )
    found = [Output(name, None) for name in on_terminal] + found
    _no_file_twice(found)
    return tuple(found)


def _known(name: str) -> None:
    if name not in MODULES:
        import difflib

        near = difflib.get_close_matches(name, MODULES, n=1)
        raise UsageError(
            f"no format {name!r}; " + (f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(MODULES)}")
        )


def _next(wanted: list[str], file: str) -> str:
    """The format of ``file``, taken out of those that are left."""
    fits = [name for name in wanted if name != "text" or _SUFFIXES.get(Path(file).suffix.lower(), "text") == "text"]
    if not fits:
        return _by_suffix(file)
    wanted.remove(fits[0])
    return fits[0]


def _by_suffix(file: str) -> str:
    suffix = Path(file).suffix.lower()
    if suffix not in _SUFFIXES:
        raise UsageError(f"which format is {file!r}? write --output FORMAT={file}")
    return _SUFFIXES[suffix]


def _file(name: str) -> Path:
    """Checked before the work and not after it."""
    file = Path(name)
    if not name or file.is_dir():
        raise UsageError(f"--output {name or '(empty)'}: a file is wanted, not a folder")
    if not file.parent.is_dir():
        raise UsageError(f"--output {name}: there is no folder {str(file.parent)!r}")
    return file


def _no_file_twice(found: Sequence[Output]) -> None:
    files = [output.file for output in found if output.file]
    for file in files:
        if files.count(file) > 1:
            raise UsageError(f"two reports would be written to {str(file)!r}")
