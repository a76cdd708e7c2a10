"""``forbidden``: what must not be there."""

from __future__ import annotations

import msgspec

from checker.recognise.model import FieldValue

from .judging import judged, submission, told

WORDS = {"field": "folio"}


def test_present_absent_and_empty() -> None:
    assert told("forbidden", WORDS, folio="F-1") == [("folio", "violated")]
    assert told("forbidden", WORDS) == []
    assert told("forbidden", WORDS, folio="") == []


def test_each_row_that_bears_it() -> None:
    rows = [{"persona": "Ana"}, {"persona": "Luz", "curp": "x"}]
    (finding,) = judged("forbidden", {"field": "personas.curp"}, submission(personas=rows))
    assert finding.subject == "personas[2].curp"
    assert finding.message == "El documento incluye «CURP» (persona 2) («x»), que no debe llevar."


def test_what_could_not_be_read_may_be_there() -> None:
    given = submission()
    unread = FieldValue("undetermined", reason="la imagen no se pudo decodificar")
    given = msgspec.structs.replace(given, fields=given.fields | {"qr": unread})
    (finding,) = judged("forbidden", {"field": "qr"}, given)
    assert finding.outcome == "undetermined"
    assert "la imagen no se pudo decodificar" in finding.message
