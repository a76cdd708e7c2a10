"""Document types made for a test, as YAML would define them."""

from __future__ import annotations

from typing import Any

import msgspec

from checker.packs.model import DocumentType
from checker.recognise.model import FieldValue, Recognised, Row
from checker.recognise.recognise import Candidate, recognise
from parsers.dispatch import read_bytes
from parsers.limits import Limits


def candidate(
    fields: dict[str, Any],
    *titles: str,
    id: str = "cedula",
    pack: str = "prueba",
    also: tuple[str, ...] = (),
    speakers: tuple[str, ...] = (),
) -> Candidate:
    """A type with these fields; a field's title is its name in words, unless it says one."""

    def titled(name: str, spec: dict[str, Any]) -> dict[str, Any]:
        return {"title": name.replace("_", " ").capitalize(), **spec}

    written = {
        name: titled(name, {"labels": [], **spec})
        | ({"columns": {c: titled(c, s) for c, s in spec["columns"].items()}} if "columns" in spec else {})
        for name, spec in fields.items()
    }
    known = {
        "id": id,
        "title": titles[0] if titles else "Cédula de prueba",
        "source": "1",
        "recognise": {"titles": titles or ("cédula de prueba",), "also": also},
        "fields": written,
    }
    return Candidate(pack, msgspec.convert(known, DocumentType), speakers)


def read_one(kind: Candidate, name: str, data: str | bytes) -> Recognised:
    """The one submission of a file of that type."""
    content = data.encode() if isinstance(data, str) else data
    (found,) = recognise(read_bytes(content, name, Limits()), [kind], kind.type.id)
    return found


def rows_of(value: FieldValue) -> list[Row]:
    """Rows of a table field."""
    assert isinstance(value.value, tuple), value
    return [r for r in value.value if isinstance(r, Row)]


def texts(value: FieldValue, *columns: str) -> list[tuple[str, ...]]:
    """The words of these columns, a tuple a row."""
    return [tuple(r.cells[c].text for c in columns) for r in rows_of(value)]
