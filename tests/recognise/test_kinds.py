"""Fields and columns of every kind are read as their kind, in forms, prose and workbooks."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest

from checker.recognise.choices import chosen
from checker.recognise.model import Period
from tests.recognise.types_at_hand import candidate, read_one, rows_of

KIND = candidate(
    {
        "periodo": {"kind": "period", "labels": ["periodo", "periodo que se informa"], "required_by": "PV-001"},
        "meta": {"kind": "number", "labels": ["meta", "meta anual"], "required_by": "PV-001"},
        "plataforma": {
            "kind": "choice",
            "labels": ["plataforma"],
            "choices": {"CLIMSS": [], "EduTK": ["edu tk"]},
            "required_by": "PV-001",
        },
        "duracion": {"kind": "text", "labels": ["duración del curso"]},
    }
)
HEAD = "CÉDULA DE PRUEBA\n\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "a.txt",
            HEAD
            + "Periodo: del 1 al 31 de marzo de 2026\nMeta anual: 1,250 personas\nPlataforma: CLIMSS\nDuración del curso: 12 horas",
        ),
        (
            "a.md",
            "# Cédula de prueba\n\n## Periodo\n\nMarzo de 2026\n\n## Meta\n\n1 250\n\n## Plataforma\n\n☒ CLIMSS\n\n☐ EduTK\n\n## Duración del curso\n\n12 horas\n",
        ),
        (
            "a.html",
            "<h1>Cédula de prueba</h1><table><tr><td>Periodo que se informa</td><td>01/03/2026 al 31/03/2026</td></tr><tr><td>Meta</td><td>1250</td>"
            "</tr><tr><td>Plataforma</td><td>( X ) CLIMSS ( ) EduTK</td></tr><tr><td>Duración del curso</td><td>12 horas</td></tr></table>",
        ),
    ],
)
def test_single_values(name: str, text: str) -> None:
    fields = read_one(KIND, name, text).fields
    assert fields["periodo"].value == Period(dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    assert fields["meta"].value == Decimal(1250)
    assert fields["plataforma"].value == "CLIMSS"
    assert fields["duracion"].value == "12 horas"


@pytest.mark.parametrize(
    ("label", "written", "state", "told"),
    [
        ("meta", "por definir", "empty", ""),
        ("meta", "muchas", "present", "no es un número"),
        ("meta", "de 5 a 10", "undetermined", "un solo número"),
        ("plataforma", "( ) CLIMSS ( ) EduTK", "empty", ""),
        ("plataforma", "(X) CLIMSS (X) EduTK", "undetermined", "más de una opción"),
        ("plataforma", "Moodle", "present", "no es CLIMSS ni EduTK"),
        ("periodo", "31 de febrero de 2026", "present", "no existe"),
        ("periodo", "durante el año", "undetermined", "no se pudo leer"),
    ],
)
def test_what_is_no_value(label: str, written: str, state: str, told: str) -> None:
    value = read_one(KIND, "a.txt", f"{HEAD}{label.capitalize()}: {written}\n").fields[label]
    assert value.state == state
    assert value.value is None
    assert told in value.problem + value.reason


def test_numbers_of_a_workbook_keep_what_their_format_rounds() -> None:
    columns = {
        "indicador": {"labels": ["indicador"]},
        "avance": {"kind": "number", "labels": ["avance"]},
        "meta": {"kind": "number", "labels": ["meta"]},
    }
    kind = candidate({"avances": {"kind": "table", "labels": ["avances"], "columns": columns, "required_by": "PV-001"}})
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Cédula de prueba"],
        ["Indicador", "Avance", "Meta"],
        ["Cursos", 0.855, 33.333],
        ["Talleres", "12,5 %", "1,250"],
    ):
        sheet.append(row)
    sheet["B3"].number_format = "0%"
    sheet["C3"].number_format = "0"
    data = io.BytesIO()
    book.save(data)
    first, second = rows_of(read_one(kind, "a.xlsx", data.getvalue()).fields["avances"])
    assert (first.cells["avance"].value, first.cells["avance"].text) == (Decimal("85.5"), "85.5%")
    assert first.cells["meta"].value == Decimal("33.333")
    assert (second.cells["avance"].value, second.cells["meta"].value) == (Decimal("12.5"), Decimal(1250))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("muy alto", ("muy alto",)),
        ("Alto", ("alto",)),
        ("☐ alto ☑ muy alto", ("muy alto",)),
        ("alto [x]  muy alto [ ]", ("alto",)),
        ("alto ( ) muy alto ( )", None),
        ("ninguno", ()),
    ],
)
def test_choices(text: str, named: tuple[str, ...] | None) -> None:
    assert chosen(text, {"alto": (), "muy alto": ()}) == named
