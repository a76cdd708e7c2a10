"""What YAML, JSON and XES have in common once read: nested values as text, each with its line (0 where it is not known)."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from parsers.cases.model import Event
from parsers.model import Gap, Place


class Scalar(msgspec.Struct, frozen=True, gc=False):
    """A single value as written: ``6.10`` stays ``6.10``. None is null."""

    text: str | None
    line: int


class Sequence(msgspec.Struct, frozen=True):
    """A list of values."""

    items: list[Node]
    line: int


class Mapping(msgspec.Struct, frozen=True):
    """Keys and values in the order of the file, repeated keys included."""

    pairs: list[tuple[str, Node]]
    line: int
    lines: list[int] = []
    """Line of each key; empty where only that of the whole is known."""

    def entries(self) -> Iterator[tuple[str, Node, int]]:
        """Key, value and line of the key."""
        for n, (key, value) in enumerate(self.pairs):
            yield key, value, self.lines[n] if self.lines else self.line


class Refused(msgspec.Struct, frozen=True):
    """A value that was not read."""

    reason: str
    """A clause in Spanish."""
    line: int


class Ready(msgspec.Struct, frozen=True, gc=False):
    """An event that was made as soon as it was read, which is many times smaller than its nodes."""

    event: Event
    gaps: tuple[Gap, ...]
    line: int
    transition: str | None = None
    """Of ``lifecycle:transition``."""


Node = Scalar | Sequence | Mapping | Refused | Ready


class Broken(msgspec.Struct, frozen=True):
    """What of a file could not be read and is no value of it; mostly all that follows a fault."""

    reason: str
    """A clause in Spanish, with the line."""
    line: int


def placed(line: int) -> Place:
    """The place of a line; 0 where it is not known."""
    return Place(line=line or None)


def text_of(node: Node) -> str:
    """What a note shows of a value that has no place of its own; one line, cut where it is long."""
    match node:
        case Scalar(text=text):
            shown = text or ""
        case Sequence(items=items):
            shown = "; ".join(text_of(item) for item in items[:20])
        case Mapping(pairs=pairs):
            shown = ", ".join(f"{key}: {text_of(value)}" for key, value in pairs[:20])
        case Refused(reason=reason):
            shown = reason
        case Ready(event=event):
            shown = event.activity or event.milestone or ""
    shown = " ".join(shown.split())
    return shown if len(shown) <= 160 else shown[:159] + "…"
