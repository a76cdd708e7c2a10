"""What offices put where: the office over the title, what holds for a whole list above it, the year in the title alone."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import openpyxl
import pytest

from checker.recognise.model import Person, Recognised
from checker.recognise.recognise import Candidate, recognise
from parsers.dispatch import read_bytes
from parsers.limits import Limits
from tests.recognise.types_at_hand import candidate, read_one, rows_of

Reader = Callable[[str, str], list[Recognised]]


def test_the_office_over_the_title_is_the_unit(read: Reader) -> None:
    text = (
        "**UNIDAD DE EVALUACIÓN DE ÓRGANOS DESCONCENTRADOS**\n\n**PROGRAMA ANUAL DE TRABAJO 2026**\n\n"
        "| Actividad | Fecha | Responsable |\n|---|---|---|\n| Evaluar los servicios | marzo de 2026 | Jorge Salas Pérez |\n"
    )
    (found,) = read("p.md", text)
    assert found.fields["unidad"].value == "UNIDAD DE EVALUACIÓN DE ÓRGANOS DESCONCENTRADOS"


def test_an_ooad_over_a_list_of_people_serves_all_of_them(types: list[Candidate]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["RELACIÓN DE PERSONAS USUARIAS CAPTADAS"],
        ["OOAD:", "Jalisco", None, "Mes:", "marzo de 2026"],
        [],
        ["Apellido paterno", "Apellido materno", "Nombre(s)", "CURP", "NSS", "Correo electrónico"],
        ["Gómez", "Morales", "Rosa", "GOMR850312MDFMRS01", "12345678903", "rosa@example.com"],
        ["Peña", "Cruz", "Luis", "PECL900101HDFXRS05", "98765432103", "luis@example.com"],
    ):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    (found,) = recognise(read_bytes(buffer.getvalue(), "r.xlsx", Limits()), types)
    assert [r.cells["ooad"].text for r in rows_of(found.fields["personas"])] == ["Jalisco", "Jalisco"]


def test_days_take_the_year_of_the_period(read: Reader) -> None:
    text = (
        "# Calendario mensual de Webinars\n\nOCTUBRE 2026\n\n| OOAD | Fecha | Horario | Tema | Ponente |\n|---|---|---|---|---|\n"
        "| Jalisco | 6 de octubre | 10:00 a 11:00 h | Salud mental | Dra. Inés Lara Soto |\n"
    )
    (found,) = read("c.md", text)
    assert rows_of(found.fields["webinars"])[0].cells["fecha"].value == dt.date(2026, 10, 6)


DUE = candidate(
    {
        "acciones": {
            "kind": "table",
            "labels": ["acciones"],
            "required_by": "OD-050",
            "columns": {
                "accion": {"required_by": "OD-050"},
                "cumplimiento": {"kind": "period", "labels": ["fecha", "fecha de término"], "required_by": "OD-050"},
            },
        },
        "elaboro": {"kind": "people", "labels": ["elaboró"]},
    }
)


@pytest.mark.parametrize(
    ("header", "told"),
    [("Fecha de inicio | Fecha de término", "30/06/2026"), ("Inicio | Fecha de término", "30/06/2026")],
)
def test_what_is_due_is_due_when_it_ends(header: str, told: str) -> None:
    text = (
        f"# Cédula de prueba\n\n| Acción | {header} |\n|---|---|---|\n| Conciliar cuentas | 02/02/2026 | 30/06/2026 |\n"
    )
    fields = read_one(DUE, "p.md", text).fields
    assert rows_of(fields["acciones"])[0].cells["cumplimiento"].text == told


@pytest.mark.parametrize(
    ("written", "name", "charge"),
    [
        ("C.P. Raúl Soto Lira\n\nTitular de la Jefatura de Servicios de Finanzas", "Raúl Soto Lira", "Titular de la Jefatura de Servicios de Finanzas"),
        ("Lic. Laura Méndez Ríos\n\nPersonal evaluador", "Laura Méndez Ríos", "Personal evaluador"),
    ],
)  # fmt: skip
def test_titles_and_charges_as_written(written: str, name: str, charge: str) -> None:
    value = read_one(DUE, "p.md", f"# Cédula de prueba\n\n## Elaboró\n\n{written}\n").fields["elaboro"].value
    assert isinstance(value, tuple)
    assert [(p.name, p.charge) for p in value if isinstance(p, Person)] == [(name, charge)]
