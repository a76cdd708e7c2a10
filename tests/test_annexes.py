"""The annexes of the annual programme as offices fill them: the norm's own form in docx, a flat workbook, and several files together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from checker.check import check
from checker.options import Options

UNIT = "Unidad de Evaluación de Órganos Desconcentrados"
MONTHS = "Ene Feb Mzo Abr May Jun Jul Agt Set Oct Nov Dic".split()


def _form(path: Path, **changes: str) -> Path:
    """Anexo 1 as the norm prints it: one table, with a label, or a number, to the left of each text."""
    given = {
        "superior": "1. Garantizar el derecho a la salud",
        "estrategia_prioritaria": "1.2 Mejorar la calidad de los servicios",
        "objetivo": "Fortalecer el seguimiento de la operación para mejorar la atención",
        "estrategia": "Evaluar la operación de los órganos desconcentrados",
        "numero": "1.1.1",
        "linea": "Realizar visitas de verificación",
        "cantidad": "12 visitas",
        "meta": "100",
        **changes,
    }
    rows = [
        ["Alineación al Programa Institucional del Instituto Mexicano del Seguro Social"],
        [f"Objetivo prioritario: {given['superior']}"],
        [f"Estrategia prioritaria: {given['estrategia_prioritaria']}"],
        ["Acción puntual: 1.2.3 Evaluar la operación"],
        [f"Unidad Responsable: {UNIT}"],
        ["Objetivo 1:", given["objetivo"]],
        ["Estrategia 1.1:", given["estrategia"]],
        ["Líneas de acción"],
        [given["numero"], given["linea"]],
        ["Cantidad programada y Unidad de medida:", given["cantidad"]],
        ["Indicador"],
        ["Nombre", "Porcentaje de visitas realizadas"],
        ["Definición", "Mide las visitas realizadas respecto de las programadas"],
        ["Unidad de medida", "Porcentaje"],
        ["Método de cálculo", "Visitas realizadas / Visitas programadas x 100"],
        ["Meta 2025", given["meta"]],
    ]
    word = docx.Document()
    word.add_heading("Objetivos, estrategias, líneas de acción e indicadores para la elaboración del PAT de la DOE", 1)
    table = word.add_table(len(rows), 2)
    for n, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(n, column).text = text
        if len(row) == 1:
            table.cell(n, 0).merge(table.cell(n, 1))
    word.save(str(path))
    return path


def _schedule(path: Path, **changes: Any) -> Path:
    """Anexo 2 as a workbook: a header of two rows, and two rows an action with merged cells; ``changes`` by address."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for n, text in enumerate(
        ["Cronograma de acciones", f"Unidad/Coordinación: {UNIT}", "Área responsable: Coordinación de Evaluación"], 1
    ):
        sheet.cell(n, 1, text)
        sheet.merge_cells(start_row=n, end_row=n, start_column=1, end_column=18)
    sheet.cell(4, 1, "Estrategia: 1.1 Evaluar la operación de los órganos desconcentrados")
    sheet.merge_cells("A4:R4")
    for column, text in enumerate(["No.", "Acciones", "Cant./U.M.", "Pr/R"], 1):
        sheet.cell(5, column, text)
        sheet.merge_cells(start_row=5, end_row=6, start_column=column, end_column=column)
    sheet.cell(5, 5, "Año 2025")
    sheet.merge_cells("E5:R5")
    for column, text in enumerate([*MONTHS, "Abs", "Avance %"], 5):
        sheet.cell(6, column, text)
    for row, kind, numbers in ((7, "Pr", [1] * 12), (8, "R", [1, 1])):
        sheet.cell(row, 4, kind)
        for column, number in enumerate(numbers, 5):
            sheet.cell(row, column, number)
        sheet.cell(row, 17, sum(numbers))
        sheet.cell(row, 18, round(100 * sum(numbers) / 12, 1))
    for column, text in enumerate(["1.1.1", "Realizar visitas de verificación", "12 visitas"], 1):
        sheet.cell(7, column, text)
        sheet.merge_cells(start_row=7, end_row=8, start_column=column, end_column=column)
    for address, value in changes.items():
        sheet[address] = value
    book.save(path)
    return path


def _told(*paths: Path) -> list[tuple[str, str, str]]:
    """(file, rule, outcome) of each error."""
    return [
        (Path(c.result.path).name, f.rule, f.outcome)
        for c in check(list(paths), Options())
        for f in c.result.findings
        if f.severity == "error"
    ]


def test_the_norms_own_form_complies(tmp_path: Path) -> None:
    found = list(check([_form(tmp_path / "uno.docx")], Options()))
    assert [(c.result.type, c.result.verdict) for c in found] == [("anexo-1", "compliant")]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"objetivo": "Fortalecimiento del seguimiento para mejorar la atención"}, "OT-121.infinitivo"),
        ({"objetivo": "Fortalecer a los OOAD para mejorar la atención"}, "OT-122.siglas-y-abreviaturas"),
        ({"estrategia": "Evaluación de la operación"}, "OT-126.infinitivo"),
        ({"linea": "Visitas de verificación"}, "OT-131.infinitivo"),
        ({"numero": "1.2.1"}, "OT-189.numero"),
        ({"cantidad": "12"}, "OT-190.unidad-de-medida"),
        ({"meta": ""}, "OT-191.meta"),
        ({"meta": "Mejorar"}, "OT-143.meta-cuantificada"),
        ({"superior": "Garantizar el derecho a la salud"}, "OT-186.numero-y-nombre"),
        ({"estrategia_prioritaria": "2.1 Mejorar"}, "OT-186.numero-y-nombre"),
    ],
)
def test_each_fault_of_the_form_is_told_and_nothing_else(tmp_path: Path, changes: dict[str, str], rule: str) -> None:
    assert _told(_form(tmp_path / "uno.docx", **changes)) == [("uno.docx", rule, "violated")]


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({}, []),
        ({"Q7": 11}, ["OT-194.suma"]),
        ({"R8": 50}, ["OT-197.real"]),
        ({"C7": "12"}, ["OT-192.unidad-de-medida"]),
        ({"A7": None}, ["OT-192.numero"]),
        ({"A3": "Área responsable:"}, ["OT-192.area-responsable"]),
        ({"H6": "Otro"}, ["OT-193.meses"]),
        ({"C7": "24 visitas", "R7": 50, "R8": 8.3}, ["OT-193.suma-anual"]),
    ],
)
def test_a_schedule_adds_up(tmp_path: Path, changes: dict[str, Any], rules: list[str]) -> None:
    told = [rule for _, rule, _ in _told(_schedule(tmp_path / "dos.xlsx", **changes))]
    if "H6" in changes:  # without its header April is no part of the sums
        told = [rule for rule in told if rule == "OT-193.meses"]
    assert told == rules


def test_the_schedule_says_what_the_objectives_say(tmp_path: Path) -> None:
    form, schedule = tmp_path / "uno.docx", _schedule(tmp_path / "dos.xlsx")
    assert _told(_form(form), schedule) == []
    assert _told(_form(form, cantidad="20 visitas"), schedule) == [
        ("dos.xlsx", "OT-190.suma-mensual", "violated"),
        ("dos.xlsx", "OT-192.transcripcion", "violated"),
    ]
    assert _told(_form(form, linea="Celebrar reuniones"), schedule) == [
        ("dos.xlsx", "OT-192.transcripcion", "violated")
    ]
