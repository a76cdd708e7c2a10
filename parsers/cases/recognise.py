"""Tells a case record from a document, by its content; the name only helps to take text for YAML."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator

from parsers.cases.names import Field, field_of
from parsers.decoding import decode, is_text

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_HEAD = 1 << 16
_XES = re.compile(
    r"(?:\s++|\ufeff|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*+(?:\[.*?\])?\s*>)*+<(?:[\w.-]+:)?log[\s/>]", re.DOTALL
)
_YAML_KEY = re.compile(r"^(?:- +)?[\"']?([\w:. ]{1,40}?)[\"']?[ \t]*:(?:[ \t\r]|$)", re.MULTILINE)
_JSON_KEY = re.compile(r"\"((?:[^\"\\\n]){1,40})\"\s*:")
_NAMED = (".yaml", ".yml", ".json", ".jsonl", ".ndjson")
_OTHERS = ("expediente.yaml", "expediente.yml")
"""Files that say of which case a folder is; they are no record."""
HEADER_WITHIN = 30
"""Rows within which a table's header is looked for."""


def is_case_record(head: bytes, name: str) -> bool:
    """Whether a file called ``name`` that begins with ``head`` is a case record.

    64 KiB of text or of gzip tell; of an office package (xlsx, ods) all of its bytes must be given, or the answer is False.
    Never raises.
    """
    if head.startswith(_GZIP):
        return _is_xes(_unzipped(head))
    if head.startswith(_ZIP):
        from parsers.cases.workbooks import holds_cases

        return holds_cases(head)
    if not is_text(head):
        return False
    text = decode(head[:_HEAD])[0].lstrip("\ufeff")
    if text.lstrip().startswith("<"):
        return _XES.match(text) is not None
    return _nested(text, name.lower()) or _table(text)


def _unzipped(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, _HEAD)
    except zlib.error:
        return b""


def _is_xes(head: bytes) -> bool:
    return is_text(head) and _XES.match(decode(head)[0].lstrip("\ufeff")) is not None


def is_nested(head: bytes, name: str) -> bool:
    """YAML or JSON that is a case record."""
    return _nested(decode(head)[0].lstrip("\ufeff"), name.lower())


def _nested(text: str, name: str) -> bool:
    """YAML or JSON that has a case or events where one would."""
    if name.rpartition("/")[2] in _OTHERS:
        return False
    if text.lstrip().startswith(("{", "[")):
        fields = _fields(match[1] for match in _JSON_KEY.finditer(text))
        return "events" in fields or ("case" in fields and bool(fields & {"activity", "milestone"}))
    fields = _fields(match[1] for match in _YAML_KEY.finditer(text))
    if name.endswith(_NAMED):
        return bool(fields & {"case", "events"})
    return {"case", "events"} <= fields and re.search(r"^ *- +\w+ *:", text, re.MULTILINE) is not None


def _table(text: str) -> bool:
    """Delimited text of which one of the first rows is a header with case and activity."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:HEADER_WITHIN]
    return any(
        is_header(cell.strip(" \"'") for cell in line.split(mark)) for line in lines for mark in ",;\t|" if mark in line
    )


def is_header(cells: Iterable[str]) -> bool:
    """The columns of a log: which case, and which activity or milestone."""
    fields = _fields(cells)
    return "case" in fields and bool(fields & {"activity", "milestone"})


def _fields(names: Iterable[str]) -> set[Field]:
    return set(_known(names))


def _known(names: Iterable[str]) -> Iterator[Field]:
    for name in names:
        if (field := field_of(name)) is not None:
            yield field
