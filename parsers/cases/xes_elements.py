"""The elements of an XES log to the events of its traces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat

from parsers.cases.build import CaseBuilder, ready
from parsers.cases.finish import MOST
from parsers.cases.names import field_of
from parsers.cases.tree import Mapping, Node, Scalar, Sequence
from parsers.errors import Unreadable
from parsers.model import Gap, Place

_DEPTH = 40
"""Elements within elements that are read."""
_VALUES = frozenset(("string", "date", "int", "float", "boolean", "id", "list", "container"))
_APART = frozenset(("global", "classifier", "extension"))
"""Declarations. The values that ``global`` declares are none that a trace or event states, so they stand for nothing here."""


class Fault(Exception):
    """The file stops being XML here. ``str()`` is a clause in Spanish."""


class _Attribute:
    """An attribute that is not complete: its children may follow."""

    def __init__(self, key: str, value: str | None, line: int, kind: str) -> None:
        self.key = key
        self.value = value
        self.line = line
        self.kind = kind
        self.children: list[tuple[str, Node]] = []

    def node(self) -> Node:
        if self.kind == "list":
            return Sequence([value for _, value in self.children], self.line)
        if self.kind == "container" or (self.value is None and self.children):
            return Mapping(self.children, self.line)
        return Scalar(self.value, self.line)


class Elements:
    """Takes the bytes of a log; gives the traces that have ended."""

    def __init__(self) -> None:
        self.gaps: list[Gap] = []
        """What belongs to no trace."""
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        self._depth = 0
        self._apart = 0
        """Depth of the declaration that is being passed over; 0 where there is none."""
        self._log: list[tuple[str, Node]] = []
        self._trace: list[tuple[str, Node]] | None = None
        self._trace_line = 0
        self._event: Mapping | None = None
        self._events: list[Node] = []
        self._attributes: list[_Attribute] = []
        self._ended: list[CaseBuilder] = []
        self._orphans = 0

    @property
    def line(self) -> int:
        """Line down to which the log was read."""
        return self._parser.CurrentLineNumber

    def feed(self, piece: bytes) -> None:
        """The next bytes; none at the end. Raises :class:`Fault`, and Unreadable for what is no XES at all."""
        try:
            self._parser.Parse(piece, not piece)
        except expat.ExpatError as error:
            raise Fault("no es XML bien formado") from error
        except (ValueError, LookupError) as error:
            raise Fault("el XML está en una codificación que no se lee") from error

    def ended(self) -> Iterator[CaseBuilder]:
        """The traces that are complete and were not given yet."""
        ended, self._ended = self._ended, []
        yield from ended

    def unfinished(self) -> Iterator[CaseBuilder]:
        """The trace that the log breaks off in, with its complete events."""
        if self._trace is not None:
            yield self._built()

    def _doctype(self, *_: object) -> NoReturn:
        raise Unreadable("xml-bomb", "El archivo declara entidades XML (DOCTYPE), lo que no se admite; no se abrió.")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        self._depth += 1
        if self._apart:
            return
        if self._depth == 1 and tag != "log":
            raise Unreadable("unknown-format", f"El archivo es XML de otro tipo (<{tag}>), no un registro XES.")
        if self._depth > _DEPTH:
            raise Fault(f"hay más de {_DEPTH} niveles anidados")
        line = self._parser.CurrentLineNumber
        if tag in _VALUES:
            self._attributes.append(_Attribute(attributes.get("key", ""), attributes.get("value"), line, tag))
        elif tag == "event" and self._event is None:
            self._event = Mapping([], line)
        elif tag == "trace" and self._trace is None:
            self._trace, self._trace_line, self._events = [], line, []
        elif tag in _APART:
            self._apart = self._depth
        elif tag != "values" and self._depth > 1:
            self._tell(f"la línea {line} tiene un elemento «{tag[:40]}» que no es de XES y no se leyó", line)
            self._apart = self._depth

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if self._apart:
            if self._depth < self._apart:
                self._apart = 0
            return
        tag = tag.rpartition(":")[2]
        if tag in _VALUES:
            self._attribute(self._attributes.pop())
        elif tag == "event" and self._event is not None:
            event, self._event = self._event, None
            if self._trace is not None:
                self._events.append(ready(event, len(self._events) + 1, attributes=True))
            else:
                self._tell(f"el evento de la línea {event.line} no está en ninguna traza", event.line)
        elif tag == "trace" and self._trace is not None:
            self._ended.append(self._built())
            self._trace = None

    def _attribute(self, attribute: _Attribute) -> None:
        """A complete attribute goes to what it describes; those nested in a plain value stand beside it, with its key before theirs."""
        pairs = [(attribute.key, attribute.node())]
        if attribute.kind not in ("list", "container") and attribute.value is not None:
            pairs += [(f"{attribute.key}/{key}", node) for key, node in attribute.children]
        if self._attributes:
            self._attributes[-1].children += pairs
        elif self._event is not None:
            self._event.pairs.extend(pairs)
        elif self._trace is not None:
            self._trace += pairs
        else:
            self._log += pairs

    def _tell(self, reason: str, line: int) -> None:
        self._orphans += 1
        if self._orphans <= MOST:
            self.gaps.append(Gap(reason, Place(line=line)))

    def _built(self) -> CaseBuilder:
        """The trace as a case."""
        builder = CaseBuilder(self._trace_line)
        builder.procedure = next(
            (node.text for key, node in self._log if field_of(key) == "procedure" and isinstance(node, Scalar)), None
        )
        pairs = self._trace or []
        name = next((key for key in ("concept:name", "identity:id") if any(key == k for k, _ in pairs)), None)
        builder.head(Mapping([("case" if k == name else k, v) for k, v in pairs], self._trace_line), tell_unknown=False)
        for event in self._events:
            builder.add(event)
        if not self._events:
            builder.gaps.append(Gap("el caso no trae eventos", Place(line=self._trace_line)))
        return builder
