"""Where in a pack's data a validation error lies, and what would have been right: msgspec names neither keys of maps nor near misses."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from msgspec import inspect

from checker.packs.errors import nearest

_PATH = re.compile(r" - at (?:`key` in )?`\$(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.(?P<name>[^.\[]+)|\[(?P<index>\d+)\]|(?P<any>\[\.\.\.\])")
_UNKNOWN = re.compile(r"unknown field `(?P<key>[^`]*)`")


def culprit(data: Any, kind: Any, message: str) -> tuple[tuple[str | int, ...], str]:
    """The trail of keys to what is wrong, and the problem in one line with the nearest known key."""
    found = _PATH.search(message)
    text = message[: found.start()] if found else message
    trail: list[str | int] = []
    for step in _STEP.finditer(found["path"] if found else ""):
        if step["name"]:
            trail.append(step["name"])
        elif step["index"]:
            trail.append(int(step["index"]))
        else:
            trail.append(_key_at_fault(data, kind, trail, message))
    if found and "`key` in" in found.group():
        trail.append(_key_at_fault(data, kind, trail, message))
    unknown = _UNKNOWN.search(text)
    if unknown:
        trail.append(unknown["key"])
        return tuple(trail), f"unknown key {unknown['key']!r}{nearest(unknown['key'], _known(kind, trail[:-1]))}"
    where = ".".join(str(t) for t in trail)
    return tuple(trail), (f"{where}: " if where else "") + text.replace("`", "'")[:1].lower() + text.replace("`", "'")[
        1:
    ]


def _key_at_fault(data: Any, kind: Any, trail: list[str | int], message: str) -> str:
    """The one key of the map at ``trail`` that, left alone, raises the same message."""
    entries = _at(data, trail)
    for key, value in entries.items():
        try:
            msgspec.convert(_replaced(data, trail, {key: value}), kind)
        except msgspec.ValidationError as error:
            if str(error) == message:
                return str(key)
    return str(next(iter(entries)))


def _at(data: Any, trail: list[str | int]) -> Any:
    for step in trail:
        data = data[step]
    return data


def _replaced(data: Any, trail: list[str | int], new: Any) -> Any:
    if not trail:
        return new
    copy: Any = dict(data) if isinstance(data, dict) else list(data)
    copy[trail[0]] = _replaced(data[trail[0]], trail[1:], new)
    return copy


def _known(kind: Any, trail: list[str | int]) -> list[str]:
    """Keys that the struct at ``trail`` has."""
    node = inspect.type_info(kind)
    for step in trail:
        node = _below(_struct(node), step)
    found = _struct(node)
    return [f.encode_name for f in found.fields] if isinstance(found, inspect.StructType) else []


def _struct(node: inspect.Type) -> inspect.Type:
    """The struct, map or list among the members of a union."""
    if isinstance(node, inspect.UnionType):
        return next((t for t in node.types if not isinstance(t, inspect.NoneType)), node)
    return node


def _below(node: inspect.Type, step: str | int) -> inspect.Type:
    if isinstance(node, inspect.StructType):
        return next(f.type for f in node.fields if f.encode_name == step)
    if isinstance(node, inspect.DictType):
        return node.value_type
    if isinstance(node, inspect.ListType | inspect.VarTupleType):
        return node.item_type
    return node
