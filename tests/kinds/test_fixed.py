"""``fixed``: always the same value."""

from __future__ import annotations

import pytest

from .judging import judged, scanned, submission, told

WORDS = {"field": "folio", "value": "3B13-009-005"}


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("3B13-009-005", None),
        ("Clave: 3b13 – 009 – 005.", None),
        ("3B13-009-006", "violated"),
        ("3B13-009-0055", "violated"),
        ("otra", "violated"),
    ],
)
def test_a_clave(written: str, outcome: str | None) -> None:
    assert told("fixed", WORDS, folio=written) == ([("folio", outcome)] if outcome else [])


def test_a_misspelt_text_is_only_doubted() -> None:
    words = {"field": "curso", "value": "Constancia de acreditación"}
    assert told("fixed", words, curso="Constancia de acreditacióm") == [("curso", "undetermined")]


def test_what_ocr_read_is_only_doubted() -> None:
    (finding,) = judged("fixed", WORDS, scanned(submission(folio="3BI3-O09-O05")))
    assert finding.outcome == "undetermined"
    assert finding.message == "No se pudo confirmar que «Folio» sea «3B13-009-005»: se leyó «3BI3-O09-O05»."


def test_whole_numbers_are_values_too() -> None:
    assert told("fixed", {"field": "impacto", "value": 5}, impacto="5") == []
    assert told("fixed", {"field": "impacto", "value": 5}, impacto="15") == [("impacto", "violated")]
