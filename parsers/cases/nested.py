"""Nested values (YAML, JSON) to cases: one case, a list of cases, or a flat list of events that each name their case."""

from __future__ import annotations

import collections.abc as abc
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import cast

from parsers.cases.build import CaseBuilder
from parsers.cases.model import CaseRecord
from parsers.cases.names import field_of
from parsers.cases.tree import Broken, Mapping, Node, Refused, Scalar, Sequence, placed, text_of
from parsers.errors import Unreadable
from parsers.model import Gap

Trail = tuple[str | int, ...]


def record_of(
    data: abc.Mapping[str, object], line_of: Callable[[Trail], int | None] | None = None, name: str = "ejemplo"
) -> CaseRecord:
    """The case that plain data tell, with the keys of a record: what the readers of YAML and JSON make of the same text.

    ``line_of`` gives the line of what a trail of keys and positions leads to; ``name`` is what the case is called where it does not say.
    """
    node = _node(data, (), line_of or (lambda trail: None))
    return _case(cast("Mapping", node)).record(name)


def _node(value: object, trail: Trail, line_of: Callable[[Trail], int | None]) -> Node:
    line = line_of(trail) or 0
    match value:
        case abc.Mapping():
            pairs = [(str(key), _node(inner, (*trail, key), line_of)) for key, inner in value.items()]
            return Mapping(pairs, line)
        case list() | tuple():
            return Sequence([_node(item, (*trail, n), line_of) for n, item in enumerate(value)], line)
        case bool():
            return Scalar("true" if value else "false", line)
        case dt.date() | dt.time():
            return Scalar(value.isoformat(), line)
    return Scalar(None if value is None else str(value), line)


def cases_of(nodes: Iterable[Node | Broken], name: str) -> Iterator[CaseRecord]:
    """The cases among ``nodes`` in their order, those of flat events last. ``name`` is what a case without a name is called.

    What belongs to no case becomes a gap of the last one. Raises Unreadable where there is no case at all.
    """
    flat: dict[str, CaseBuilder] = {}
    loose: list[Gap] = []
    held: CaseBuilder | None = None
    unnamed = 0

    def title() -> str:
        return name if unnamed == 1 else f"{name} ({unnamed})"

    for node in nodes:
        if isinstance(node, Broken):
            loose.append(Gap(node.reason, placed(node.line)))
        elif not isinstance(node, Mapping):
            if not (isinstance(node, Scalar) and node.text is None):  # an empty document
                said = node.reason if isinstance(node, Refused) else "no es un caso con sus claves"
                loose.append(Gap(f"«{text_of(node)}» {said}", placed(node.line)))
        elif _is_event(node):
            case = _case_of(node)
            if case not in flat:
                flat[case] = CaseBuilder(node.line)
                flat[case].case = case or None
            flat[case].add(_own(node))
            flat[case].procedure = flat[case].procedure or _scalar_of(node, "procedure")
        else:
            if held is not None:
                unnamed += held.case is None
                yield held.record(title())
            held = _case(node)
    builders = [*([held] if held is not None else []), *flat.values()]
    if not builders:
        reason = loose[0].reason if loose else "no hay ningún caso"
        raise Unreadable("malformed", f"El registro no se puede leer: {reason}.")
    builders[-1].gaps += loose
    for builder in builders:
        unnamed += builder.case is None
        yield builder.record(title())


def _case(node: Mapping) -> CaseBuilder:
    builder = CaseBuilder(node.line)
    events = builder.head(node)
    if isinstance(events, Sequence):
        for event in events.items:
            builder.add(event)
    elif isinstance(events, Refused):
        builder.gaps.append(Gap(f"la lista de eventos {events.reason}", placed(events.line)))
    elif events is None or (isinstance(events, Scalar) and events.text is None):
        builder.gaps.append(Gap("el caso no trae eventos", placed(node.line)))
    else:
        builder.gaps.append(Gap(f"«{text_of(events)}» no es una lista de eventos", placed(events.line)))
    return builder


def _is_event(node: Mapping) -> bool:
    """An event that stands by itself, as tables write it: it has no events of its own and says what was done."""
    fields = {field_of(key) for key, _ in node.pairs}
    return "events" not in fields and bool(fields & {"activity", "milestone"})


def _own(node: Mapping) -> Mapping:
    """What of a flat event is not about its case."""
    kept = [(key, value, line) for key, value, line in node.entries() if field_of(key) not in ("case", "procedure")]
    return Mapping([(key, value) for key, value, _ in kept], node.line, [line for _, _, line in kept])


def _case_of(node: Mapping) -> str:
    return _scalar_of(node, "case") or ""


def _scalar_of(node: Mapping, field: str) -> str | None:
    for key, value in node.pairs:
        if field_of(key) == field and isinstance(value, Scalar):
            return (value.text or "").strip() or None
    return None
