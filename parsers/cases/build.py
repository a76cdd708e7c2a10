"""Cases from nested values (YAML, JSON, XES): every key has its place, and what has none is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from parsers.cases import names, values
from parsers.cases.finish import finished
from parsers.cases.lifecycle import counted, transition_of
from parsers.cases.model import Artefact, CaseRecord, Event, When
from parsers.cases.names import Field, field_of
from parsers.cases.tree import Mapping, Node, Ready, Refused, Scalar, placed, text_of
from parsers.cases.tree import Sequence as Items
from parsers.cases.when import read_time
from parsers.model import Gap, Place

T = TypeVar("T")


class Found(msgspec.Struct):
    """What a mapping says, by field, and what there is to tell of it."""

    values: dict[Field, tuple[str, Node]] = {}
    """Field → the key as written, and the value."""
    extra: list[tuple[str, Node, int]] = []
    """Keys that are not known."""
    gaps: list[Gap] = []
    notes: list[str] = []


def sorted_out(mapping: Mapping) -> Found:
    """The keys of ``mapping`` by what they are about. A key given twice with different values is taken for neither; of two
    keys of one meaning the first counts."""
    found = Found({}, [], [], [])
    first: dict[Field, int] = {}
    for key, value, line in mapping.entries():
        field = field_of(key)
        if field is None or field == "hour":
            found.extra.append((key, value, line))
        elif field not in found.values:
            found.values[field] = (key, value)
            first[field] = line
        elif _said(found.values[field][1]) == _said(value):
            continue
        elif names.folded(key) != names.folded(found.values[field][0]):
            said = f"«{key}: {text_of(value)}»"
            found.notes.append(f"{said} dice otra cosa que «{found.values[field][0]}» y no se tomó en cuenta")
        else:
            reason = (
                f"«{key}» está dos veces con valores distintos (líneas {first[field]} y {line}); no se tomó ninguno"
            )
            found.gaps.append(Gap(reason, placed(line)))
            found.values[field] = (key, Refused("está dos veces", line))
    return found


def _said(node: Node) -> object:
    """The value without its lines."""
    match node:
        case Scalar(text=text):
            return text
        case Items(items=items):
            return [_said(item) for item in items]
        case Mapping(pairs=pairs):
            return [(key, _said(value)) for key, value in pairs]
        case Refused(reason=reason):
            return reason
        case Ready(event=event):
            return replace(event, place=Place())


class CaseBuilder:
    """Gathers the events of one case and gives the record."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.case: str | None = None
        self.procedure: str | None = None
        self.events: list[Event] = []
        self._transitions: list[str | None] = []
        self.notes: list[str] = []
        self.gaps: list[Gap] = []

    def head(self, mapping: Mapping, *, tell_unknown: bool = True) -> Node | None:
        """Take what the case says of itself; its events, as they stand, are handed back."""
        found = sorted_out(mapping)
        self.gaps += found.gaps
        self.notes += found.notes
        take = _Taker(found, self.gaps)
        self.case = take.text("case") or self.case
        self.procedure = take.text("procedure") or self.procedure
        for key, value, line in found.extra:
            self.notes.append(f"línea {line}: {names.unknown(key)}" if tell_unknown else f"{key}: {text_of(value)}")
        for field, (key, value) in found.values.items():
            if field not in names.OF_CASE:
                self.notes.append(f"«{key}: {text_of(value)}» se dice del caso, no de un evento; no se tomó en cuenta")
        return found.values["events"][1] if "events" in found.values else None

    def add(self, node: Node) -> None:
        """One more event."""
        number = len(self.events) + 1
        node = ready(node, number)
        if isinstance(node, Ready):
            self.events.append(node.event if node.event.number == number else replace(node.event, number=number))
            self._transitions.append(node.transition)
            self.gaps += node.gaps
        elif isinstance(node, Refused):
            self.gaps.append(Gap(node.reason, placed(node.line)))
        else:
            reason = f"«{text_of(node)}» está donde va un evento y no tiene claves («activity: …»)"
            self.gaps.append(Gap(reason, placed(node.line)))

    def record(self, unnamed: str) -> CaseRecord:
        """The case; ``unnamed`` is what it is called where it does not say."""
        notes = list(self.notes)
        if self.case is None:
            notes.insert(0, f"el registro no dice de qué caso es; se le llamó «{unnamed}»")
        events, told = counted(self.events, self._transitions)
        notes += told
        return finished(self.case or unnamed, self.procedure, tuple(events), placed(self.line), notes, self.gaps)


def ready(node: Node, number: int, *, attributes: bool = False) -> Node:
    """The event that a mapping is; any other node as it came.

    ``attributes``: keys that are not known are extensions (XES), kept with their value and not mistakes.
    """
    if not isinstance(node, Mapping):
        return node
    found = sorted_out(node)
    gaps = found.gaps
    take = _Taker(found, gaps)
    notes = found.notes
    event = Event(
        number,
        take.text("id"),
        take.text("activity", joined=True),
        take.text("milestone"),
        take.time(notes),
        take.text("role", joined=True),
        take.text("person", joined=True),
        take.text("unit", joined=True),
        take.text("outcome"),
        take.many("artefacts", _artefact, values.artefacts),
        values.joined(take.many("to", _one_text, values.listed), take.many("cc", _one_text, values.listed)),
        take.many("via", _one_text, values.listed),
        take.text("period"),
        placed(node.line),
        (),
    )
    transition = transition_of(take.text("transition"))
    for field in sorted(names.OF_CASE):
        if field in found.values and not attributes:
            key, value = found.values[field]
            notes.append(f"«{key}: {text_of(value)}» se dice de un evento, no del caso; no se tomó en cuenta")
    for key, value, line in found.extra:
        notes.append(f"{key}: {text_of(value)}" if attributes else f"línea {line}: {names.unknown(key)}")
    notes += [gap.reason for gap in gaps]
    if notes:
        event = replace(event, notes=tuple(notes))
    return Ready(event, tuple(gaps), node.line, transition)


class _Taker:
    """Takes values as the fields want them; one of another kind becomes a gap."""

    def __init__(self, found: Found, gaps: list[Gap]) -> None:
        self._found = found
        self._gaps = gaps

    def _refuse(self, key: str, node: Node, wanted: str) -> None:
        if isinstance(node, Refused):
            if node.reason != "está dos veces":  # told where it was found
                self._gaps.append(Gap(f"el valor de «{key}» {node.reason}", placed(node.line)))
        else:
            self._gaps.append(Gap(f"«{key}: {text_of(node)}» no es {wanted}", placed(node.line)))

    def text(self, field: Field, *, joined: bool = False) -> str | None:
        """A single text; of a list all, joined by «; », where ``joined`` allows for it."""
        key, node = self._found.values.get(field, ("", None))
        if node is None:
            return None
        if isinstance(node, Scalar):
            return values.scalar(node.text)
        if joined and isinstance(node, Items) and all(isinstance(item, Scalar) for item in node.items):
            return "; ".join(item.text for item in node.items if isinstance(item, Scalar) and item.text) or None
        self._refuse(key, node, "un texto")
        return None

    def time(self, notes: list[str]) -> When | None:
        """The event's time."""
        key, node = self._found.values.get("at", ("", None))
        if node is not None and not isinstance(node, Scalar):
            self._refuse(key, node, "un texto")  # there is a time, which is not the same as none
            return When(text_of(node), None, problem=node.reason if isinstance(node, Refused) else "no es un texto")
        text = self.text("at")
        if text is None:
            return None
        when, note = read_time(text)
        if note:
            notes.append(note)
        return when

    def many(
        self, field: Field, one: Callable[[Node], T | None], of_text: Callable[[str | None], tuple[T, ...] | None]
    ) -> tuple[T, ...] | None:
        """Several values: a list, or a text with ``;``."""
        key, node = self._found.values.get(field, ("", None))
        if node is None:
            return None
        if isinstance(node, Scalar):
            return of_text(node.text)
        if isinstance(node, Refused):
            self._refuse(key, node, "")
            return None
        items: Sequence[Node] = node.items if isinstance(node, Items) else (node,)
        taken: list[T] = []
        for item in items:
            value = one(item)
            if value is None:
                self._refuse(key, item, "un artefacto (type y file)" if field == "artefacts" else "un texto")
            else:
                taken.append(value)
        return tuple(taken) if taken or not items else None


def _one_text(node: Node) -> str | None:
    return values.scalar(node.text) if isinstance(node, Scalar) else None


def _artefact(node: Node) -> Artefact | None:
    """``type`` and ``file`` of a mapping, or ``type=file`` of a text."""
    if isinstance(node, Scalar):
        told = values.scalar(node.text)
        return None if told is None else values.artefact(told)
    if not isinstance(node, Mapping):
        return None
    said: dict[str, str | None] = {}
    for key, value in node.pairs:
        name = {"tipo": "type", "archivo": "file"}.get(names.folded(key), names.folded(key))
        if name not in ("type", "file") or name in said or not isinstance(value, Scalar):
            return None
        said[name] = values.scalar(value.text)
    return Artefact(said.get("type") or "", said.get("file")) if any(said.values()) else None
