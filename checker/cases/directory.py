"""``directorio.yaml``: who held which office, in which unit, with which address, from when to when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from checker.packs.model import Role
from checker.packs.roles import role_of
from checker.spanish.text import flat, squeeze

NAME = "directorio.yaml"
_MOST = 4 << 20
"""Bytes of a directory."""


class DirectoryError(ValueError):
    """The file is no directory. One line in English: path, line, what is wrong."""


class Holder(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"start": "from", "end": "to"}):
    """One person in one office."""

    person: str
    """Name, or the id that records give."""
    role: str
    """Id, name or abbreviation of the role."""
    email: str = ""
    unit: str = ""
    start: dt.date | None = None
    """First day; None: since ever."""
    end: dt.date | None = None
    """Last day; None: still."""


class Directory(msgspec.Struct, frozen=True):
    """Everybody that the directory names."""

    holders: tuple[Holder, ...]

    def of_person(self, person: str) -> tuple[Holder, ...]:
        """The offices of one person, told by name, id or address."""
        asked = _key(person)
        return tuple(h for h in self.holders if asked in (_key(h.person), _key(h.email)))

    def held(self, person: str, role: str, day: dt.date | None, roles: Mapping[str, Role]) -> bool | None:
        """Whether ``person`` held the role ``role`` (an id) on ``day`` (None: ever); None for somebody it does not know."""
        known = self.of_person(person)
        if not known:
            return None
        return any(
            (role_of(h.role, roles) or h.role) == role
            and (day is None or ((h.start is None or h.start <= day) and (h.end is None or day <= h.end)))
            for h in known
        )


def read_directory(path: Path) -> Directory:
    """The directory in ``path``: a YAML list of person, role and, where known, e-mail, unit, from, to. Raises :class:`DirectoryError`."""
    try:
        with path.open("rb") as file:
            content = file.read(_MOST + 1)
    except OSError as error:
        raise DirectoryError(f"{path}: cannot be read: {error.strerror}") from error
    return parsed_directory(path, content)


def parsed_directory(path: Path, content: bytes) -> Directory:
    """The directory whose source is ``content``; ``path`` is only for messages. Raises :class:`DirectoryError`."""
    from checker.packs.errors import PackError
    from checker.packs.yaml_file import parse

    if len(content) > _MOST:
        raise DirectoryError(f"{path}: larger than {_MOST >> 20} MiB")
    try:
        parsed = parse(path, content)
    except PackError as error:
        raise DirectoryError(str(error)) from error
    try:
        return Directory(tuple(msgspec.convert(parsed.data or [], list[Holder])))
    except msgspec.ValidationError as error:
        from checker.packs.explain import culprit

        where, problem = culprit(parsed.data, list[Holder], str(error))
        line = parsed.line(where)
        raise DirectoryError(f"{path}{f':{line}' if line else ''}: {problem}") from error


def merged(directories: Sequence[Directory]) -> Directory | None:
    """All of them as one; None of none."""
    return Directory(tuple(h for d in directories for h in d.holders)) if directories else None


def _key(text: str) -> str:
    return squeeze(flat(text))
