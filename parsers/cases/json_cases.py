"""Case records in JSON: one case, several one after the other (JSON Lines), or a list of cases.

Numbers stay as written. Lines are those of each event; below that JSON is usually written on one line anyway.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from parsers.cases.build import ready
from parsers.cases.names import field_of
from parsers.cases.tree import Broken, Mapping, Node, Scalar, Sequence

_SPACE = re.compile(r"[ \t\r\n\ufeff]*")

_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of a character, which an escape can write and no text can hold."""


class _Pairs(list[tuple[str, Any]]):
    """An object with all its keys, repeated ones included."""


_DECODER = json.JSONDecoder(object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=str, strict=False)


def nodes(text: str) -> Iterator[Node | Broken]:
    """The cases of ``text``; where it stops being JSON, what was complete of the case is given, and a :class:`Broken` after it."""
    reader = _Reader(text)
    try:
        yield from reader.cases()
    except (json.JSONDecodeError, IndexError, StopIteration) as error:
        position = error.pos if isinstance(error, json.JSONDecodeError) else len(text)
        yield from reader.broken("no es JSON", text.count("\n", 0, position) + 1)
    except RecursionError:
        yield from reader.broken("hay demasiados niveles anidados", reader.line)


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._counted = 0
        self.line = 1
        self._pairs: list[tuple[str, Node]] = []
        self._lines: list[int] = []
        self._events: list[Node] | None = None
        self._started = 0
        """Line of the case that is being read; 0 between cases."""

    def _skip(self) -> str:
        """The next character that is no space, "" at the end; the line is that of it."""
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at
        self.line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._text[self._at : self._at + 1]

    def _expect(self, mark: str) -> None:
        if self._skip() != mark:
            raise json.JSONDecodeError(f"expected {mark}", self._text, self._at)
        self._at += 1

    def _value(self) -> Node:
        self._skip()
        line = self.line
        value, self._at = _DECODER.raw_decode(self._text, self._at)
        return _node(value, line)

    def cases(self) -> Iterator[Node]:
        while mark := self._skip():
            if mark == "[":
                self._at += 1
                yield from self._items()
            else:
                yield self._case() if mark == "{" else self._value()

    def _items(self) -> Iterator[Node]:
        if self._skip() == "]":
            self._at += 1
            return
        while True:
            yield self._case() if self._skip() == "{" else self._value()
            if self._skip() == "]":
                self._at += 1
                return
            self._expect(",")

    def _case(self) -> Node:
        """An object, key by key, whose list of events is read event by event: what comes before a fault is not lost."""
        self._pairs, self._lines, self._events = [], [], None
        self._started = self.line
        self._at += 1
        if self._skip() == "}":
            self._at += 1
        else:
            while True:
                if self._skip() != '"':
                    raise json.JSONDecodeError("expected a key", self._text, self._at)
                line = self.line
                key, self._at = _DECODER.raw_decode(self._text, self._at)
                self._expect(":")
                value = self._listed() if field_of(key) == "events" and self._skip() == "[" else self._value()
                self._pairs.append((key, value))
                self._lines.append(line)
                self._events = None
                if self._skip() == "}":
                    self._at += 1
                    break
                self._expect(",")
        started, self._started = self._started, 0
        return Mapping(self._pairs, started, self._lines)

    def _listed(self) -> Node:
        line = self.line
        self._at += 1
        events: list[Node] = []
        self._events = events
        if self._skip() == "]":
            self._at += 1
            return Sequence(events, line)
        while True:
            events.append(ready(self._value(), len(events) + 1))
            if self._skip() == "]":
                self._at += 1
                return Sequence(events, line)
            self._expect(",")

    def broken(self, reason: str, line: int) -> Iterator[Node | Broken]:
        """The complete events of the case that was being read, and the reason of its end."""
        if self._started:
            if self._events is not None:
                self._pairs.append(("events", Sequence(self._events, self._started)))
                self._lines.append(self._started)
            yield Mapping(self._pairs, self._started, self._lines)
        yield Broken(f"desde la línea {line} {reason}; lo que sigue no se leyó", line)


def _node(value: Any, line: int) -> Node:
    """Decoded JSON as a node; all of it has the line on which it begins."""
    if isinstance(value, _Pairs):
        return Mapping([(key, _node(inner, line)) for key, inner in value], line)
    if isinstance(value, list):
        return Sequence([_node(item, line) for item in value], line)
    if isinstance(value, bool):
        return Scalar("true" if value else "false", line)
    if value is not None and not value.isascii():
        value = _HALVES.sub("\ufffd", value)
    return Scalar(value, line)
