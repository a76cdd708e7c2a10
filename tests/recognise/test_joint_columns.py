"""One column of a table for what two are asked for: told apart, or in doubt, never missing."""

from __future__ import annotations

import pytest

from checker.recognise.model import FieldValue
from tests.recognise.types_at_hand import candidate, read_one, rows_of

KIND = candidate(
    {
        "sesiones": {
            "kind": "table",
            "labels": ["sesiones"],
            "required_by": "PV-001",
            "columns": {
                "tema": {"required_by": "PV-001"},
                "ponente": {"kind": "people", "required_by": "PV-001"},
                "fecha": {"kind": "period", "required_by": "PV-001"},
                "horario": {"labels": ["hora"], "required_by": "PV-001"},
            },
        }
    }
)


def _row(header: str, cells: str) -> dict[str, FieldValue]:
    rule = "|".join("---" for _ in header.split("|"))
    fields = read_one(KIND, "t.md", f"# Cédula de prueba\n\n|{header}|\n|{rule}|\n|{cells}|\n").fields
    return rows_of(fields["sesiones"])[0].cells


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Tema / Ponente | Fecha y hora", "Cuidado del corazón / Dra. Rosa Gómez Morales | 29/09/2026, 10:00 h"),
        ("Tema y ponente | Fecha | Hora", "Cuidado del corazón – Dra. Rosa Gómez Morales | 29/09/2026 | 10:00 h"),
        ("Tema | Ponente | Fecha, hora", "Cuidado del corazón | Rosa Gómez Morales | 29/09/2026 – 10:00 h"),
    ],
)
def test_parts_are_told_apart(header: str, cells: str) -> None:
    row = _row(header, cells)
    assert row["tema"].value == "Cuidado del corazón"
    assert row["ponente"].text in ("Rosa Gómez Morales", "Dra. Rosa Gómez Morales")
    assert row["horario"].value == "10:00 h"
    assert row["fecha"].state == "present"
    assert not row["fecha"].problem


def test_what_cannot_be_told_apart_is_in_doubt() -> None:
    row = _row("Tema / Ponente | Fecha y hora", "Cuidado del corazón | 29 de septiembre de 2026")
    assert row["tema"].state == row["ponente"].state == row["horario"].state == "undetermined"
    assert "«Ponente»" in row["tema"].reason
    assert row["fecha"].state == "present"


def test_a_blank_cell_is_empty_for_both() -> None:
    row = _row("Tema / Ponente | Fecha | Hora", "  | 29/09/2026 | 10:00 h")
    assert row["tema"].state == row["ponente"].state == "empty"
