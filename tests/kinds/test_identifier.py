"""``identifier``: what is wrong with it, never the value itself."""

from __future__ import annotations

import pytest

from .judging import judged, scanned, submission, told

CURP = "HEGG560427MVZRRL04"


@pytest.mark.parametrize(
    ("what", "written", "outcome"),
    [
        ("curp", CURP, None),
        ("curp", "hegg 560427-mvzrrl04", None),
        ("curp", CURP[:-1] + "5", "violated"),
        ("curp", CURP[:-1], "violated"),
        ("nss", "12345678903", None),
        ("nss", "12345678901", "violated"),
        ("rfc", "GODE561231GR8", None),
        ("rfc", "GODE561231GR9", "undetermined"),
        ("rfc", "GODE561331GR8", "violated"),
        ("phone", "(55) 1234-5678", None),
        ("phone", "+52 (55) 1234-5678", "violated"),
        ("phone", "12345678", "violated"),
        ("email", "ana@imss.gob.mx", None),
        ("email", "ana(at)imss.gob.mx", "violated"),
    ],
)
def test_each_identifier(what: str, written: str, outcome: str | None) -> None:
    assert told("identifier", {"field": "folio", "is": what}, folio=written) == (
        [("folio", outcome)] if outcome else []
    )


def test_the_sentence_says_what_is_wrong_and_not_whose_it_is() -> None:
    rows = [{"persona": "Ana", "curp": CURP[:-1]}]
    (finding,) = judged("identifier", {"field": "personas.curp", "is": "curp"}, submission(personas=rows))
    assert finding.message == "«CURP» (persona 1) no es una CURP válida: tiene 17 caracteres y debe tener 18."
    assert CURP[:-1] not in finding.message


def test_what_ocr_read_is_never_a_definite_fault() -> None:
    given = scanned(submission(folio="HEGG56O427MVZRRL04"))
    (finding,) = judged("identifier", {"field": "folio", "is": "curp"}, given)
    assert finding.outcome == "undetermined"
    assert finding.message == (
        "No se pudo confirmar que «Folio» sea una CURP válida: según lo leyó el OCR, su carácter 7 debe ser un dígito y es «O»."
    )


def test_what_is_absent_says_nothing() -> None:
    assert told("identifier", {"field": "folio", "is": "curp"}) == []
