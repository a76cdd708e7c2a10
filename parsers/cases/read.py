"""The door of case records: any file of them, case by case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from parsers.cases.model import CaseRecord
from parsers.cases.recognise import is_case_record
from parsers.decoding import decode, is_text
from parsers.dispatch import load_file, reading
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.sniff import Kind

_HEAD = 1 << 16
_JSON = re.compile(r"[\s\ufeff]*(?:\[\s*)?(?:\{\s*[\"}]|\]|$)")


def is_case_file(path: Path, limits: Limits) -> bool:
    """Whether the file at ``path`` is a case record; False for what cannot be opened. Looks at the beginning; at all of a workbook."""
    try:
        if not path.is_file():
            return False  # opening a pipe would wait for its other end
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
        if head.startswith(b"PK\x03\x04"):
            head = load_file(path, limits)
    except (OSError, ValueError, Unreadable):
        return False
    return is_case_record(head, path.name)


def read_cases(path: Path, limits: Limits | None = None) -> Iterator[CaseRecord]:
    """The cases of the record at ``path``, one by one, in the order in which they begin.

    Text tables and XES are never held whole: memory grows with the largest case (for a table whose cases are interleaved, with
    :data:`parsers.cases.tables.HELD` events beyond it). YAML and JSON are held as text. What cannot be read of a case is among its
    gaps, or those of the last case where it belongs to none. Raises :class:`parsers.errors.Unreadable` for what gives no case.
    """
    limits = limits or Limits()
    head = _head(path, limits)
    if head.startswith(b"PK\x03\x04"):
        from parsers.cases.workbooks import read_workbook

        with reading(Kind.XLSX):
            yield from read_workbook(path, limits)
    elif head.startswith(b"\x1f\x8b") or head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<"):
        from parsers.cases.xes import read_xes

        with reading(Kind.XML):
            yield from read_xes(path, limits)
    elif not is_text(head):
        raise Unreadable(
            "unknown-format", "El contenido no es YAML, JSON, CSV, XLSX ni XES: no es un registro de caso."
        )
    elif _is_nested(head, path.name.lower()):
        with reading(Kind.TEXT):
            yield from _read_nested(load_file(path, limits), path)
    else:
        from parsers.cases.tables import read_table

        with reading(Kind.CSV):
            yield from read_table(path, limits)


def _head(path: Path, limits: Limits) -> bytes:
    """The first bytes of a regular file. Raises Unreadable as loading it would."""
    if not path.is_file():
        load_file(path, limits)
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except (OSError, ValueError):
        head = load_file(path, limits)[:_HEAD]
    if not head.strip():
        raise Unreadable("empty", "El archivo está vacío; solicite que se envíe de nuevo.")
    return head


def _is_nested(head: bytes, name: str) -> bool:
    """YAML or JSON rather than a table."""
    from parsers.cases.recognise import is_nested

    return name.endswith((".yaml", ".yml", ".json", ".jsonl", ".ndjson")) or is_nested(head, name)


def _read_nested(data: bytes, path: Path) -> Iterator[CaseRecord]:
    from parsers.cases.nested import cases_of

    text = decode(data)[0].lstrip("\ufeff")
    if not path.name.lower().endswith((".yaml", ".yml")) and _JSON.match(text):
        from parsers.cases.json_cases import nodes
    else:
        from parsers.cases.yaml_cases import nodes
    return cases_of(nodes(text), path.name.partition(".")[0])
