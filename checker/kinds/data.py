"""The single values that a path names, each with what a sentence needs to tell of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from checker.kinds.values import cells_of, field_title, row_name
from checker.recognise.model import FieldValue, Person, Recognised, Row
from parsers.model import Place, paragraphs_of


class Datum(msgspec.Struct, frozen=True):
    """One value that is present."""

    subject: str
    text: str
    """As written; the canonical value of a choice."""
    value: FieldValue
    place: Place | None
    row: Row | None


def data_of(submission: Recognised, path: str) -> Iterator[Datum]:
    """What is present under ``field`` or ``table.column``, the items of a list one by one; what is absent or empty is left out."""
    for subject, value, row in cells_of(submission, path):
        if value.state != "present":
            continue
        place = value.place or (row.place if row else None)
        items = value.value if isinstance(value.value, tuple) else ()
        texts = [t for item in items if (t := item.name if isinstance(item, Person) else item) and isinstance(t, str)]
        if len(texts) > 1:
            for number, text in enumerate(texts, 1):
                yield Datum(f"{subject}[{number}]", text, value, place, row)
        else:
            text = texts[0] if texts else value.value if isinstance(value.value, str) else value.text
            if text.strip():
                yield Datum(subject, text, value, place, row)


def undetermined_of(submission: Recognised, path: str) -> Iterator[tuple[str, FieldValue, Row | None]]:
    """(subject, value, row) of what stands there and could not be read."""
    return ((s, v, r) for s, v, r in cells_of(submission, path) if v.state == "undetermined")


def called(submission: Recognised, path: str, row: Row | None) -> str:
    """What a path names, for a sentence: ``«Folio»``, ``«CURP» (persona 3)``."""
    field, _, column = path.partition(".")
    title = f"«{field_title(submission, field, column or None)}»"
    return f"{title} ({row_name(submission, field, row)})" if row is not None else title


def recognised_letters(submission: Recognised) -> Callable[[Place | None], bool]:
    """Whether what stands at a place was read by OCR, which mistakes ``0`` for ``O``: nothing that rests on exact characters is certain."""
    if not submission.document.ocr:
        return lambda place: False
    own = {p.place for p in paragraphs_of(submission.document.blocks) if p.confidence is None}
    return lambda place: place is None or place not in own
