"""YAML as packs may use it: YAML 1.2 scalars, no tags, no duplicate keys, bounded in size, depth and expansion.

``no`` stays the word *no*, ``on`` is a key like any other, ``010`` and dates stay text; only ``true``, ``false``, ``null``, and plain
decimal numbers are more than text. So what a lawyer writes is what the rule reads.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec

from checker.packs.errors import PackError

MAX_BYTES = 1 << 20
"""Size of one file."""
MAX_DEPTH = 40
MAX_NODES = 200_000
"""Nodes of a file after its aliases are expanded."""

Key = str | int
Trail = tuple[Key, ...]

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_CORE = "tag:yaml.org,2002:"
_PLAIN_TAGS = {_CORE + t for t in ("str", "int", "float", "bool", "null", "timestamp", "value")}


class YamlFile(msgspec.Struct):
    """A file's data, and the line (from 1) on which each key or item stands."""

    data: Any
    lines: dict[Trail, int] = {}

    def line(self, trail: Trail) -> int | None:
        """Line of what ``trail`` leads to, or of the nearest thing around it."""
        while trail and trail not in self.lines:
            trail = trail[:-1]
        return self.lines.get(trail)


def parse(path: Path, text: bytes) -> YamlFile:
    """The YAML in ``text``; raises :class:`PackError`, which names ``path``."""
    import yaml

    if len(text) > MAX_BYTES:
        raise PackError(path, None, f"larger than {MAX_BYTES >> 10} KiB")
    try:
        _check_depth(path, text)
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise PackError(path, line, f"not YAML: {error.problem or error.context}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PackError(path, None, f"not YAML: {' '.join(str(error).split())}") from error
    reader = _Reader(path)
    result = YamlFile(None, reader.lines)
    if root is not None:
        try:
            reader.weigh(root, set())
            result.data = reader.build(root, ())
        except RecursionError as error:
            raise PackError(path, None, "aliases within aliases, too deep") from error
    return result


def _check_depth(path: Path, text: bytes) -> None:
    """Composing recurses in C; a file of a million brackets must not reach it."""
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                line = event.start_mark.line + 1 if event.start_mark else None
                raise PackError(path, line, f"nested deeper than {MAX_DEPTH}")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[Trail, int] = {}
        self._weights: dict[int, int] = {}

    def weigh(self, node: Any, above: set[int]) -> int:
        """Nodes under ``node`` once every alias is expanded: an alias bomb weighs what it would explode to."""
        if id(node) in above:
            raise self._error(node, "an alias that contains itself")
        if id(node) not in self._weights:
            children = [] if isinstance(node.value, str) else node.value
            above.add(id(node))
            self._weights[id(node)] = 1 + sum(
                self.weigh(n, above) for c in children for n in (c if isinstance(c, tuple) else (c,))
            )
            above.discard(id(node))
        if self._weights[id(node)] > MAX_NODES:
            raise self._error(node, f"more than {MAX_NODES} nodes when its aliases are expanded")
        return self._weights[id(node)]

    def build(self, node: Any, trail: Trail) -> Any:
        """Plain data; ``trail`` is how one gets there."""
        import yaml

        self.lines.setdefault(trail, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            self._no_tag(node, "map")
            result: dict[str, Any] = {}
            for key, value in self._pairs(node):
                name = str(key.value)
                self.lines[(*trail, name)] = key.start_mark.line + 1
                result[name] = self.build(value, (*trail, name))
            return result
        if isinstance(node, yaml.SequenceNode):
            self._no_tag(node, "seq")
            return [self.build(item, (*trail, n)) for n, item in enumerate(node.value)]
        if node.tag not in _PLAIN_TAGS:
            raise self._error(node, f"tag {node.tag!r} is not allowed")
        return str(node.value) if node.style or node.tag == _CORE + "str" else _scalar(node.value)

    def _no_tag(self, node: Any, kind: str) -> None:
        if node.tag != _CORE + kind:
            raise self._error(node, f"tag {node.tag!r} is not allowed")

    def _pairs(self, node: Any) -> list[tuple[Any, Any]]:
        """The node's own pairs and, before them, those merged by ``<<`` that it does not set itself."""
        own: dict[str, tuple[Any, Any]] = {}
        merged: dict[str, tuple[Any, Any]] = {}
        for key, value in node.value:
            if not isinstance(key.value, str):
                raise self._error(key, "a key must be a word")
            if key.tag == _CORE + "merge":
                for source in value.value if value.id == "sequence" else [value]:
                    if source.id != "mapping":
                        raise self._error(key, "<< merges mappings only")
                    for pair in self._pairs(source):
                        merged.setdefault(str(pair[0].value), pair)
            elif key.value in own:
                raise self._error(key, f"duplicate key {key.value!r}")
            else:
                own[key.value] = (key, value)
        return list((merged | own).values())

    def _error(self, node: Any, problem: str) -> PackError:
        return PackError(self.path, node.start_mark.line + 1, problem)


def _scalar(text: str) -> str | int | float | bool | None:
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text
