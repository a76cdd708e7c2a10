"""``code_says``: what a code states against what the document prints."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.kinds.code_contents import contents_of
from checker.kinds.code_says import Params

from .judging import judged, scanned, submission, told

PRINTED: dict[str, Any] = {"nombre": "Rosa Gómez Ñúñez", "curso": "Cuidado de personas mayores", "duracion": "40 horas", "fecha": "3 de mayo de 2026"}  # fmt: skip
WORDS = {"code": "qr", "fields": ["nombre", "curso", "duracion", "fecha", "folio"], "within": ["folio"]}

GOOD = {
    "lines": "Nombre: ROSA GOMEZ NUÑEZ\nCurso: Cuidado de personas mayores\nDuración: 40 horas\nFecha de conclusión: 03/05/2026\nFolio: CPM-12",
    "bars": "Rosa Gómez Ñúñez|Cuidado de personas mayores|40 h|2026-05-03|CPM-12",
    "surname first": "GÓMEZ ÑÚÑEZ ROSA|CUIDADO DE PERSONAS MAYORES|40 HORAS|3 mayo 2026|CPM-12",
    "json": json.dumps({"nombreCompleto": "Rosa Gómez Ñúñez", "curso": {"nombre_curso": "Cuidado de personas mayores", "duracion": 40}, "fecha": "2026-05-03T10:00:00", "folio": "CPM-12"}),
    "query": f"https://edutk.imss.gob.mx/c?nombre={quote('Rosa Gómez Ñúñez')}&curso=Cuidado+de+personas+mayores&duracion=40&fecha=20260503&folio=CPM-12",
    "one text": "Rosa Gómez Ñúñez acreditó el curso Cuidado de personas mayores, con duración de 40 horas, el 3 de mayo de 2026; folio: CPM-12",
    "mojibake": "Nombre: Rosa GÃ³mez Ã‘ÃºÃ±ez\nCurso: Cuidado de personas mayores\nDuraciÃ³n: 40 horas\nFecha: 3/05/2026\nFolio: CPM-12".encode().decode(),
    "commas": "nombre=Rosa Gómez Ñúñez, curso=Cuidado de personas mayores, duracion=40, fecha=03-05-2026, folio=CPM-12",
    "percent": "Rosa%20G%C3%B3mez%20%C3%91%C3%BA%C3%B1ez|Cuidado%20de%20personas%20mayores|40%20horas|03%2F05%2F2026|CPM-12",
    "two codes": "https://imss.gob.mx\nRosa Gómez Ñúñez|Cuidado de personas mayores|40 horas|03/05/2026|CPM-12",
}  # fmt: skip


@pytest.mark.parametrize("form", sorted(set(GOOD) - {"mojibake"}))
def test_every_form_that_says_it_all(form: str) -> None:
    assert told("code_says", WORDS, qr=GOOD[form], **PRINTED) == []
    assert told("code_says", WORDS, qr=GOOD[form], folio="CPM-12", **PRINTED) == []


def test_text_in_the_wrong_encoding_is_mended() -> None:
    wrong = GOOD["lines"].encode("utf-8").decode("latin-1")
    assert "Ã" in wrong
    assert told("code_says", WORDS, qr=wrong, **PRINTED) == []


@pytest.mark.parametrize(
    ("old", "new", "outcome", "said"),
    [
        ("40 horas", "20 horas", "violated", "no coincide en «Duración»: el código señala «20 horas» y el documento, «40 horas»"),
        ("03/05/2026", "04/05/2026", "violated", "no coincide en «Fecha»"),
        ("ROSA GOMEZ NUÑEZ", "JORGE SALAS", "violated", "el código señala «JORGE SALAS» y el documento, «Rosa Gómez Ñúñez»"),
        ("ROSA GOMEZ NUÑEZ", "ROSA GOMES NUÑES", "undetermined", "No se pudo confirmar que «Código QR» repita «Nombre»"),
        ("Duración: 40 horas\n", "", "violated", "«Código QR» no contiene «Duración» («40 horas»)."),
        ("\nFolio: CPM-12", "", "violated", "«Código QR» no contiene «Folio»."),
        ("Curso: Cuidado de personas mayores", "Curso: Cuidado de la niñez", "violated", "no coincide en «Curso»"),
    ],
)  # fmt: skip
def test_what_it_says_otherwise_or_not_at_all(old: str, new: str, outcome: str, said: str) -> None:
    code = GOOD["lines"].replace(old, new)
    assert code != GOOD["lines"]
    (finding,) = judged("code_says", WORDS, submission(qr=code, **PRINTED))
    assert (finding.subject, finding.outcome) == ("qr", outcome)
    assert said in finding.message


def test_another_folio_than_the_printed_one() -> None:
    (finding,) = judged("code_says", WORDS, submission(qr=GOOD["lines"], folio="CPM-13", **PRINTED))
    assert finding.message == "«Código QR» no coincide en «Folio»: el código señala «CPM-12» y el documento, «CPM-13»."


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("https://edutk.imss.gob.mx/validar/8f3a9c", "una dirección electrónica"),
        ("https://edutk.imss.gob.mx/validar?folio=CPM-12", "una dirección electrónica"),
        ("8F3A9C-77", "un identificador"),
    ],
)
def test_an_address_or_an_identifier_decides_nothing(code: str, what: str) -> None:
    (finding,) = judged("code_says", WORDS, submission(qr=code, **PRINTED))
    assert finding.outcome == "undetermined"
    assert finding.message.startswith(
        f"«Código QR» sólo contiene {what}: no se pudo confirmar que señale «Nombre», «Curso»"
    )


def test_a_date_that_is_only_owed_within_is_not_compared() -> None:
    words = {"code": "qr", "fields": ["nombre"], "within": ["fecha", "folio"]}
    assert told("code_says", words, qr="Rosa Gómez Ñúñez|1/04/2026|CPM-12", **PRINTED) == []
    assert told("code_says", words, qr="Rosa Gómez Ñúñez|CPM-12", **PRINTED) == [("qr", "violated")]


def test_no_code_says_nothing() -> None:
    assert told("code_says", WORDS, **PRINTED) == []
    assert told("code_says", WORDS, qr="", **PRINTED) == []


def test_what_is_not_printed_is_not_compared() -> None:
    assert (
        told(
            "code_says", {"code": "qr", "fields": ["nombre", "folio"]}, qr="Rosa Gómez Ñúñez", nombre="Rosa Gómez Ñúñez"
        )
        == []
    )


def test_print_read_by_ocr_is_never_a_definite_difference() -> None:
    given = scanned(submission(qr=GOOD["lines"].replace("40 horas", "20 horas"), **{**PRINTED, "curso": "Otro"}))
    found = judged("code_says", WORDS, given)
    assert {f.outcome for f in found} == {"undetermined"}
    assert len(found) == 2


@given(st.text(max_size=200))
def test_any_text_is_read_in_bounds(text: str) -> None:
    assert len(contents_of(text).pieces) <= 500


def test_what_nests_without_end_is_read_in_bounds() -> None:
    assert len(contents_of("[" * 100_000).pieces) <= 500
    assert len(contents_of("a|" * 100_000).pieces) == 500


def test_it_is_said_what_is_owed() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"code": "qr"}, Params)
