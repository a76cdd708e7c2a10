"""A field of kind ``code`` says what the picture says."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PIL import Image

from checker.packs.model import DocumentType
from checker.recognise.codes import with_codes
from checker.recognise.model import FieldValue, Recognised
from parsers import read
from tests.parsers.test_barcodes import docx, logo, qr, spoilt

TYPE = {
    "id": "constancia",
    "title": "Constancia",
    "source": "Anexo 1",
    "recognise": {"titles": ["constancia"]},
    "fields": {"qr": {"title": "Código QR", "kind": "code", "labels": ["código qr"]}, "folio": {"title": "Folio", "kind": "text", "labels": ["folio"]}},
}  # fmt: skip


def _qr(path: Path, document_type: object = TYPE) -> FieldValue:
    told = {
        "qr": FieldValue("present", "escanee aquí", "escanee aquí", label="Código QR"),
        "folio": FieldValue("absent"),
    }
    kind = msgspec.convert(document_type, DocumentType)
    return with_codes(Recognised(read(path), kind, "demo", 1.0, told)).fields["qr"]


@pytest.mark.parametrize(
    ("pictures", "state", "value"),
    [
        ([qr("Folio 12")], "present", "Folio 12"),
        ([qr("uno"), logo(), qr("dos")], "present", "uno\ndos"),
        ([spoilt(qr("Folio 12"))], "undetermined", None),
        ([logo()], "absent", None),
        ([], "absent", None),
    ],
)
def test_what_the_picture_says(tmp_path: Path, pictures: list[Image.Image], state: str, value: str | None) -> None:
    found = _qr(docx(tmp_path, *pictures))
    assert (found.state, found.value) == (state, value)
    assert bool(found.reason) is (state == "undetermined")
    assert found.label == "Código QR"


def test_types_without_a_code_are_not_looked_into(tmp_path: Path) -> None:
    plain = {
        **TYPE,
        "fields": {"qr": {"title": "QR", "kind": "text", "labels": ["qr"]}, "folio": TYPE["fields"]["folio"]},
    }  # type: ignore[index]
    assert _qr(docx(tmp_path, qr("Folio 12")), plain).value == "escanee aquí"
