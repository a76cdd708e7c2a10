"""A whole row of a table field in one line, the name of the row and the date that is asked for."""

from __future__ import annotations

import pytest

from tests.recognise.types_at_hand import candidate, read_one, texts

KIND = candidate(
    {
        "fechas": {
            "kind": "table",
            "labels": ["reservas"],
            "required_by": "PV-001",
            "columns": {
                "ooad": {"required_by": "PV-001"},
                "fecha": {"kind": "period", "labels": ["día"], "required_by": "PV-001"},
                "tema": {},
            },
        },
        "lugar": {"kind": "text", "labels": ["lugar"]},
    }
)


@pytest.mark.parametrize(
    "lines",
    [
        "- Jalisco: 12 de marzo de 2026\n- Sonora: 19 de marzo de 2026",
        "Jalisco – 12 de marzo de 2026\n\nSonora – 19 de marzo de 2026",
        "1. Jalisco ..... 12 de marzo de 2026\n2. Sonora ..... 19 de marzo de 2026",
    ],
)
def test_lines_that_are_a_row_each(lines: str) -> None:
    fields = read_one(KIND, "t.md", f"# Cédula de prueba\n\n{lines}\n").fields
    assert texts(fields["fechas"], "ooad", "fecha") == [
        ("Jalisco", "12 de marzo de 2026"),
        ("Sonora", "19 de marzo de 2026"),
    ]


@pytest.mark.parametrize(
    "lines", ["- Jalisco: 12 de marzo de 2026", "- Lugar: 12 de marzo\n- Día: 19 de marzo de 2026"]
)
def test_one_line_or_labels_are_no_rows(lines: str) -> None:
    fields = read_one(KIND, "t.md", f"# Cédula de prueba\n\n{lines}\n").fields
    assert fields["fechas"].state == "absent"
