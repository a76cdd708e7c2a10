"""Case records to YAML in the form that people read and correct."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from parsers.cases.model import Artefact, CaseRecord, Event

_WORD = re.compile(r"[A-Za-zÁÉÍÓÚÜÑáéíóúüñ¿¡][\w ./()°ºáéíóúüñÁÉÍÓÚÜÑ@+«»#-]*")
"""Text that YAML cannot take for anything else."""
_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?")
_NOT_WORDS = frozenset("true false yes no on off null y n si sí".split())
_UNPRINTED = re.compile(r"[^\x20-\x7e]")
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def to_yaml(record: CaseRecord) -> str:
    """The record as one YAML document; notes and gaps stand as comments where they belong. Reading it gives the same record."""
    lines = [*_comments(record.notes, ""), *_comments((f"no se leyó: {gap.reason}" for gap in record.gaps), "")]
    lines.append(f"case: {_scalar(record.case)}")
    if record.procedure is not None:
        lines.append(f"procedure: {_scalar(record.procedure)}")
    lines.append("events:" if record.events else "events: []")
    for event in record.events:
        lines += _event(event)
    return "\n".join(lines) + "\n"


def _event(event: Event) -> list[str]:
    pairs: list[tuple[str, str]] = []
    for key, text in (
        ("id", event.id),
        ("activity", event.activity),
        ("event", event.milestone),
        ("at", event.at.text if event.at is not None else None),
        ("role", event.role),
        ("person", event.person),
        ("unit", event.unit),
        ("outcome", event.outcome),
        ("period", event.period),
    ):
        if text is not None:
            pairs.append((key, _quoted(text) if key == "activity" else _scalar(text)))
    if event.artefacts is not None:
        pairs.append(("artefacts", _flow(map(_artefact, event.artefacts))))
    if event.to is not None:
        pairs.append(("to", _flow(map(_scalar, event.to))))
    if event.via is not None:
        pairs.append(("via", _scalar(event.via[0]) if _alone(event.via) else _flow(map(_scalar, event.via))))
    lines = [f"{'  - ' if n == 0 else '    '}{key}: {value}" for n, (key, value) in enumerate(pairs)] or ["  - {}"]
    return [*_comments(event.notes, "  "), *lines]


def _alone(texts: tuple[str, ...]) -> bool:
    """One text, which reading will not take for several or for none."""
    from parsers.cases.values import listed

    return len(texts) == 1 and listed(texts[0]) == texts


def _artefact(artefact: Artefact) -> str:
    file = "" if artefact.file is None else f", file: {_scalar(artefact.file)}"
    return f"{{type: {_scalar(artefact.type)}{file}}}"


def _flow(items: Iterable[str]) -> str:
    return f"[{', '.join(items)}]"


def _comments(notes: Iterable[str], indent: str) -> list[str]:
    return [f"{indent}# {_BREAKS.sub(' ', note)}" for note in notes]


def _scalar(text: str) -> str:
    """Plain where that is read as it stands, else in double quotes."""
    plain = _TIME.fullmatch(text) or (
        _WORD.fullmatch(text) and text.casefold() not in _NOT_WORDS and text == text.strip()
    )
    return text if plain and " #" not in text else _quoted(text)


def _quoted(text: str) -> str:
    """A JSON string is one of YAML too, but for what YAML does not admit even in quotes."""
    return _UNPRINTED.sub(_escaped, json.dumps(text, ensure_ascii=False))


def _escaped(match: re.Match[str]) -> str:
    return match[0] if match[0].isprintable() else f"\\U{ord(match[0]):08x}"
