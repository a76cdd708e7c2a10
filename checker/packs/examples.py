"""Examples of rules as submissions: fields as a person would write them, read by the same functions as a document's."""

from __future__ import annotations

import datetime as dt
from typing import Any

from checker.kinds.media_type import MEDIA_TYPES, UNSAID
from checker.kinds.values import rows_of
from checker.packs.model import Column, DocumentType, Example, Field
from checker.recognise.model import FieldValue, Mark, Period, Person, Recognised, Row, SignatureBlock
from checker.spanish.dates import read_date, read_period
from checker.spanish.numbers import read_number
from checker.spanish.text import flat
from parsers.model import Block, Document

_MARKS: dict[str, Mark] = {
    "linea": "line",
    "rubrica": "text",
    "sello": "seal",
    "imagen": "image",
    "digital": "digital",
    "": "none",
}


class BadExample(ValueError):
    """An example writes what its field cannot hold."""


def submission_of(example: Example, document_type: DocumentType, pack_id: str) -> Recognised:
    """The example as recognition would give it, without a file; raises :class:`BadExample`.

    A person is a name, or ``{nombre, cargo}``; a signatory a name, or ``{nombre, cargo, firma}`` with *firma* one of línea, rúbrica,
    sello, imagen, digital, or nothing.
    """
    unknown = [name for name in example.fields if name not in document_type.fields]
    if unknown:
        raise BadExample(f"no field {unknown[0]!r} in {document_type.id}")
    year = example.fields.get("anio")
    fields = {
        name: _field(field, example.fields[name], year if isinstance(year, int) else None)
        if name in example.fields
        else FieldValue("absent")
        for name, field in document_type.fields.items()
    }
    for name, field in document_type.fields.items():
        if field.any_of_column and fields[name].state == "absent":
            table, _, column = field.any_of_column.partition(".")
            cells = [row.cells[column] for row in rows_of(fields[table])]
            texts = tuple(cell.text for cell in cells if cell.state == "present")
            if texts:
                fields[name] = FieldValue("present", texts, texts[0])
    if example.format is not None and example.format not in MEDIA_TYPES:
        raise BadExample(f"no format {example.format!r}; there are: {', '.join(MEDIA_TYPES)}")
    media_type = MEDIA_TYPES.get(example.format or "", UNSAID)
    return Recognised(Document(media_type, _blocks(example.text)), document_type, pack_id, 1.0, fields)


def _blocks(text: str) -> tuple[Block, ...]:
    if not text:
        return ()
    from parsers.compose import Composer
    from parsers.limits import Limits
    from parsers.markdown import markdown_blocks

    return tuple(markdown_blocks(text, Composer(Limits())))


def _field(field: Field, written: object, year: int | None) -> FieldValue:
    if written is None or written in ("", []):
        return FieldValue("empty")
    if field.kind in ("text", "date", "period", "number", "choice", "code"):
        return _scalar(field.kind, str(written), field, year)
    if field.kind == "year":
        if not isinstance(written, int):
            raise BadExample(f"{written!r} is no year")
        return FieldValue("present", written, str(written))
    items = written if isinstance(written, list) else [written]
    if field.kind == "table":
        rows = tuple(_row(field, n, item, year) for n, item in enumerate(items, 1))
        return FieldValue("present", rows, rows[0].text)
    if field.kind == "signatures":
        blocks = tuple(_signature(item) for item in items)
        return FieldValue("present", blocks, "; ".join(b.name for b in blocks))
    people = tuple(_person(item) for item in items)
    texts = tuple(p.name for p in people)
    return FieldValue("present", people if field.kind == "people" else texts, "; ".join(texts))


def _row(field: Field, number: int, written: Any, year: int | None) -> Row:
    if not isinstance(written, dict):
        raise BadExample(f"{written!r} is no row")
    unknown = [name for name in written if name not in field.columns]
    if unknown:
        raise BadExample(f"no column {unknown[0]!r}")
    cells = {name: _cell(column, written.get(name), name in written, year) for name, column in field.columns.items()}
    return Row(number, cells, cells[next(iter(field.columns))].text, None)


def _cell(column: Column, written: object, given: bool, year: int | None) -> FieldValue:
    if not given:
        return FieldValue("absent")
    text = "" if written is None else str(written)
    return _scalar(column.kind, text, column, year) if text else FieldValue("empty")


def _scalar(kind: str, text: str, column: Column | Field, year: int | None) -> FieldValue:
    if kind == "people":
        return FieldValue("present", (Person(text),), text)
    if kind == "choice":
        value = next((v for v, words in column.choices.items() if flat(text) in map(flat, (v, *words))), None)
        return FieldValue(
            "present", value, text, problem="" if value else f"«{text}» no es ninguno de los valores admitidos"
        )
    if kind == "date":
        day = read_date(text)
        return _dated(text, day.date if day else None, day.problem if day else "")
    if kind == "period":
        span = read_period(text, year)
        period = Period(span.start, span.end) if span and span.start and span.end else None
        return _dated(text, period, span.problem if span else "")
    if kind == "number":
        number = read_number(text)
        return FieldValue("present", number, text, problem="" if number is not None else f"«{text}» no es un número")
    return FieldValue("present", text, text)


def _dated(text: str, value: dt.date | Period | None, problem: str) -> FieldValue:
    return FieldValue(
        "present", value, text, problem="" if value else problem or f"«{text}» no se pudo leer como fecha"
    )


def _person(written: Any) -> Person:
    if not isinstance(written, dict):
        return Person(str(written))
    if not set(written) <= {"nombre", "cargo"}:
        raise BadExample(f"{written!r} is no person: nombre, cargo")
    return Person(str(written.get("nombre", "")), str(written.get("cargo", "")))


def _signature(written: Any) -> SignatureBlock:
    if isinstance(written, str):
        return SignatureBlock(written, "", "line", None)
    if not isinstance(written, dict) or not set(written) <= {"nombre", "cargo", "firma"}:
        raise BadExample(f"{written!r} is no signatory: nombre, cargo, firma")
    mark = flat(str(written.get("firma", "línea") or ""))
    if mark not in _MARKS:
        raise BadExample(f"no kind of signature {mark!r}; there are: {', '.join(m for m in _MARKS if m)}")
    return SignatureBlock(str(written.get("nombre", "")), str(written.get("cargo", "")), _MARKS[mark], None)
