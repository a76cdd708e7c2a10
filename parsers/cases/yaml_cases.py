"""Case records in YAML: one case, several documents, or a list of cases, read one after the other.

Every scalar is text as written (``6.10`` is no number, ``no`` no boolean). Tags mean nothing. Aliases stand for small values only,
as programs write what they wrote before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from parsers.cases.build import ready
from parsers.cases.finish import MOST
from parsers.cases.names import field_of
from parsers.cases.tree import Broken, Mapping, Node, Refused, Scalar, Sequence

MAX_DEPTH = 40
MOST_NAMED = 50
"""Values that an alias may stand for, those counted that its own aliases stand for: what expands without end is refused."""
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Characters with which the whole text would be no YAML."""
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))


def nodes(text: str) -> Iterator[Node | Broken]:
    """The cases of ``text``: each document that is a mapping, each item of one that is a list.

    Where it stops being YAML, what was complete of the case is given, and a :class:`Broken` after it.
    """
    import yaml

    builder = _Builder()
    take = yaml.CSafeLoader(_FORBIDDEN.sub("\ufffd", text)).get_event
    try:
        while not isinstance(event := take(), yaml.StreamEndEvent):
            if type(event) is yaml.ScalarEvent and builder.in_mapping(event):
                continue
            if builder.depth > MAX_DEPTH:
                yield from builder.broken(f"hay más de {MAX_DEPTH} niveles anidados", builder.line)
                return
            node = builder.feed(event)
            if node is not None:
                yield node
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        yield from builder.broken("no es YAML", mark.line + 1 if mark else builder.line)
    for match in islice(_FORBIDDEN.finditer(text), MOST):
        line = text.count("\n", 0, match.start()) + 1
        yield Broken(f"la línea {line} tiene un carácter que un texto no admite (U+{ord(match[0]):04X})", line)


class _Open:
    """A mapping or list that is not complete."""

    def __init__(self, line: int, mapping: bool, anchor: str | None) -> None:
        self.line = line
        self.anchor = anchor
        self.mapping = mapping
        self.items: list[Node] = []
        self.pairs: list[tuple[str, Node]] = []
        self.lines: list[int] = []
        self.key: str | None = None

    def add(self, node: Node) -> None:
        if not self.mapping:
            self.items.append(node)
        elif self.key is None:
            self.key = node.text or "" if isinstance(node, Scalar) else "?"
            self.lines.append(node.line)
        else:
            self.pairs.append((self.key, node))
            self.key = None

    def node(self) -> Node:
        if self.mapping:
            return Mapping(self.pairs, self.line, self.lines[: len(self.pairs)])
        return Sequence(self.items, self.line)


class _Builder:
    """Turns parsing events into nodes; a list at the top is not kept, its items are handed out."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._listed = False
        self._anchors: dict[str, Node] = {}
        self.line = 1

    @property
    def depth(self) -> int:
        """Mappings and lists that are open."""
        return len(self._open)

    def in_mapping(self, event: Any) -> bool:
        """Take a scalar where it is a key or a value, as nearly all are; False where it stands elsewhere."""
        level = self._open[-1] if self._open else None
        if level is None or not level.mapping or event.anchor is not None:
            return False
        line = event.start_mark.line + 1
        if level.key is None:
            level.key = event.value
            level.lines.append(line)
        else:
            level.pairs.append((level.key, Scalar(_text(event), line)))
            level.key = None
        return True

    def feed(self, event: Any) -> Node | None:
        """Take any other parsing event; the case that it completes, if it does."""
        kind = type(event).__name__
        if event.start_mark is not None:
            self.line = event.start_mark.line + 1
        match kind:
            case "ScalarEvent":
                return self._take(Scalar(_text(event), self.line), event.anchor)
            case "MappingStartEvent":
                self._open.append(_Open(self.line, True, event.anchor))
            case "SequenceStartEvent" if not self._open and not self._listed:
                self._listed = True
            case "SequenceStartEvent":
                self._open.append(_Open(self.line, False, event.anchor))
            case "MappingEndEvent":
                return self._close()
            case "SequenceEndEvent" if self._open:
                return self._close()
            case "DocumentEndEvent":
                self._listed = False
                self._anchors.clear()
            case "AliasEvent":
                return self._take(self._named(event.anchor))
        return None

    def _close(self) -> Node | None:
        level = self._open.pop()
        return self._take(level.node(), level.anchor)

    def _named(self, anchor: str) -> Node:
        """What an alias stands for, on its own line."""
        match self._anchors.get(anchor):
            case Scalar(text=text):
                return Scalar(text, self.line)
            case Sequence(items=items):
                return Sequence(items, self.line)
            case Mapping(pairs=pairs):
                return Mapping(pairs, self.line)
        return Refused(f"es una referencia de YAML (*{anchor[:40]}) que no se admite; escriba el valor", self.line)

    def _take(self, node: Node, anchor: str | None = None) -> Node | None:
        if anchor is not None:
            self._anchors.pop(anchor, None)
            if _weight(node) <= MOST_NAMED:
                self._anchors[anchor] = node
        if not self._open:
            return node
        if len(self._open) == 2 and not self._open[1].mapping and field_of(self._open[0].key or "") == "events":
            node = ready(node, len(self._open[1].items) + 1)
        self._open[-1].add(node)
        return None

    def broken(self, reason: str, line: int) -> Iterator[Node | Broken]:
        """The complete events of the case that was being read, and the reason of its end."""
        case: Node | None = None
        for place, level in reversed(list(enumerate(self._open[:2]))):
            if place == 1 and (level.mapping or self._open[0].key is None):
                continue
            if case is not None:
                level.add(case)
            case = level.node()
        if case is not None:
            yield case
        yield Broken(f"desde la línea {line} {reason}; lo que sigue no se leyó", line)


def _weight(node: Node) -> int:
    """Values within a node; counted only until they are too many for an alias."""
    inner: list[Node] = []
    if isinstance(node, Sequence):
        inner = node.items
    elif isinstance(node, Mapping):
        inner = [value for _, value in node.pairs]
    weight = 1
    for value in inner:
        weight += _weight(value)
        if weight > MOST_NAMED:
            break
    return weight


def _text(event: Any) -> str | None:
    """What a scalar says; None for a null, which stands without quotes."""
    return None if event.value in _NULLS and not event.style else event.value
