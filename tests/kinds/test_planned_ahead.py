"""``planned_ahead``: made in its quarter, for the year that follows."""

from __future__ import annotations

import pytest

from .asking import answers, told

WORDS = {"made": "fecha", "year": "anio", "quarter": 4}
SPEC = {"fecha": "date", "anio": "year"}


@pytest.mark.parametrize(
    ("made", "year", "expected"),
    [
        ("1 de octubre de 2025", 2026, []),
        ("31 de diciembre de 2025", 2026, []),
        ("30 de septiembre de 2025", 2026, [("fecha", "violated")]),
        ("1 de enero de 2026", 2026, [("fecha", "violated")]),
        ("14 de noviembre de 2025", 2025, [("anio", "violated")]),
        ("14 de noviembre de 2025", 2027, [("anio", "violated")]),
    ],
)
def test_quarter_and_year(made: str, year: int, expected: list[tuple[str, str]]) -> None:
    assert told("planned_ahead", WORDS, SPEC, {"fecha": made, "anio": year}) == expected


def test_silent_without_either() -> None:
    assert told("planned_ahead", WORDS, SPEC, {"anio": 2026}) == []
    assert told("planned_ahead", WORDS, SPEC, {"fecha": "14 de noviembre de 2025"}) == []


def test_sentences_name_months_and_years() -> None:
    (late,) = answers("planned_ahead", WORDS, SPEC, {"fecha": "3 de febrero de 2026", "anio": 2026})
    assert (
        late.message
        == "«Fecha» (3 de febrero de 2026) queda fuera de los meses de octubre a diciembre, en que debe elaborarse."
    )
    (year,) = answers("planned_ahead", WORDS, SPEC, {"fecha": "3 de octubre de 2025", "anio": 2025})
    assert year.message == "«Anio» dice 2025; elaborado el 3 de octubre de 2025, el documento corresponde a 2026."
