"""``media_type``: the file is of a format that the norm names: a calendar in PDF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.recognise.model import Recognised

Format = Literal["pdf", "xlsx", "xls", "ods", "csv", "docx", "odt"]
_OF_OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "xlsx": f"{_OF_OFFICE}spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
    "docx": f"{_OF_OFFICE}wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}
"""Format → media type."""
UNSAID = "text/x-vobo-example"
"""Media type of an example that says nothing of its format."""
_ALSO = {"application/vnd.ms-excel.sheet.macroenabled.12": "xlsx"}
_CALLED = {
    "pdf": "PDF",
    "xlsx": "Excel (xlsx)",
    "xls": "Excel (xls)",
    "ods": "ODS",
    "csv": "CSV",
    "docx": "Word (docx)",
    "odt": "ODT",
}


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"formats": "is"}):
    """Words of the kind: ``is``, the formats of which one is asked for."""

    formats: tuple[Format, ...]


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """The format of the file, or of the part of it that is the submission."""
    given = submission.document.media_type
    if given == UNSAID:
        return
    known = next((f for f, media in MEDIA_TYPES.items() if media == given), _ALSO.get(given.lower(), ""))
    words = {"given": _CALLED.get(known, given)}
    yield Fact("media_type", rule, {"fine": known in params.formats}, "documento", None, "", (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Another format."""
    return (Clause("media_type", rule, (Test("fine", "==", False),), "violated", "other"),)


def message(params: Params, fact: Fact, say: str) -> str:
    """The format given and the one asked for."""
    asked = " o ".join(_CALLED[f] for f in params.formats)
    return f"El archivo se entregó en formato {fact.words['given']} y se pide en {asked}."
