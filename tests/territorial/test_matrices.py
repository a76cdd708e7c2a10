"""MUPOI, MURO and maps as offices keep them: each layout complies, and each fault is told where it stands and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from .papers import Cells, form, prose, sheet, text, verdict

MUPOI = "Matriz Unificada de Problemas Operativos Institucionales"
HEADS = (
    "Clave", "Problemática", "Unidad que la detectó", "Tipo", "Ámbito de responsabilidad", "Seguimiento", "Impacto", "Nivel de impacto",
    "Frecuencia", "Nivel de frecuencia", "Porcentaje", "Cuadrante", "Nombre del cuadrante", "Color", "Residual", "Naturaleza",
)  # fmt: skip
ROWS: tuple[Cells, ...] = (
    ("P-01", "Diferimiento de cirugías", "UEOD", "Médica", "Prestaciones Médicas", "Plan de mejora", 8, "Grave", 9, "Recurrente", "92 %", "I", "Vigilancia permanente", "Rojo", "Sí", "Faltan quirófanos"),
    ("P-02", "Espera en ventanilla", "Unidad de Atención a la Derechohabiencia", "Trámite", "Afiliación", "Atendida", 3, "Bajo", 6, "Probable", "60 %", "II", "Vigilancia constante", "Naranja", "No", None),
    ("P-03", "Notas por desabasto", "UCS", "Mediática", "Administración", "En atención", 4, "Bajo", 5, "Probable", "55 %", "III", "Vigilancia periódica", "Verde", "No", None),
    ("P-04", "Convenio sin renovar", "Coordinación de Vinculación", "Institucional", "Dirección Jurídica", "En firma", 7, "Grave", 4, "Inusual", "30 %", "IV", "Vigilancia continua", "Amarillo", "No", None),
)  # fmt: skip


def _changed(column: str, value: object, row: int = 0) -> list[list[object]]:
    rows = [list(r) for r in ROWS]
    rows[row][HEADS.index(column)] = value
    return rows


def _plain(folder: Path, rows: object = ROWS) -> Path:
    return sheet(folder / "mupoi.xlsx", MUPOI, [("Periodo", "enero de 2026")], HEADS, rows)  # type: ignore[arg-type]


def _grouped(folder: Path) -> Path:
    """A header of three rows, merged, with groups over their columns."""
    workbook = Workbook()
    page = workbook.active
    assert page is not None
    spans = {
        "A1:P1": "INSTITUTO MEXICANO DEL SEGURO SOCIAL", "A2:P2": "MUPOI", "A3:P3": "Periodo: enero de 2026",
        "A5:E5": "Identificación", "F5:F7": "Seguimiento", "G5:K5": "Valoración", "L5:N5": "Ubicación en el mapa", "O5:P5": "Residual",
        "A6:A7": "No.", "B6:B7": "Problemática operativa", "C6:C7": "Unidad administrativa", "D6:D7": "Tipo", "E6:E7": "Ámbito de responsabilidad",
        "G6:H6": "Impacto", "I6:K6": "Frecuencia de ocurrencia", "L6:L7": "Cuadrante", "M6:M7": "Nombre", "N6:N7": "Color",
        "O6:O7": "Residual", "P6:P7": "Naturaleza",
    }  # fmt: skip
    for span, words in spans.items():
        page.merge_cells(span)
        page[span.split(":")[0]] = words
    for cell, words in zip(("G7", "H7", "I7", "J7", "K7"), ("Valor", "Nivel", "Valor", "Nivel", "%"), strict=True):
        page[cell] = words
    for number, row in enumerate(ROWS, 8):
        for column, value in enumerate(row, 1):
            page.cell(number, column, value)
    workbook.save(folder / "grupos.xlsx")
    return folder / "grupos.xlsx"


def _a_sheet_a_unit(folder: Path) -> Path:
    """The unit stands once over its rows, and the numbers are words."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for row in ROWS:
        page = workbook.create_sheet(str(row[0]))
        page.append([f"{MUPOI} (MUPOI)"])
        page.append(["Unidad administrativa:", row[2]])
        page.append([])
        page.append(
            [
                "ID",
                "Descripción de la problemática",
                "Tipo de problema",
                "Responsable",
                "Estatus",
                "Impacto (1-10)",
                "Frecuencia (1-10)",
            ]
        )
        page.append([row[0], row[1], row[3], row[4], row[5], f"{row[6]} - {row[7]}", f"{row[8]}.0"])
    workbook.save(folder / "hojas.xlsx")
    return folder / "hojas.xlsx"


def _paper(folder: Path) -> Path:
    wanted = (
        "Clave",
        "Problemática",
        "Unidad que la detectó",
        "Tipo",
        "Ámbito de responsabilidad",
        "Impacto",
        "Frecuencia",
        "Seguimiento",
    )
    table = [wanted, *([row[HEADS.index(h)] for h in wanted] for row in ROWS)]
    return prose(
        folder / "mupoi.docx", MUPOI, [("Fecha de actualización", "30 de enero de 2026")], [("Problemáticas", table)]
    )


def _delimited(folder: Path) -> Path:
    wanted = (
        "Clave",
        "Problemática",
        "Unidad que la detectó",
        "Tipo",
        "Ámbito de responsabilidad",
        "Seguimiento",
        "Impacto",
        "Frecuencia",
    )
    heads = (
        "clave",
        "problemática",
        "unidad",
        "tipo",
        "ámbito de responsabilidad",
        "seguimiento",
        "magnitud de impacto",
        "frecuencia de ocurrencia",
    )
    return text(folder / "mupoi.csv", heads, [[row[HEADS.index(h)] for h in wanted] for row in ROWS], MUPOI)


@pytest.mark.parametrize("made", [_plain, _grouped, _a_sheet_a_unit, _paper, _delimited])
def test_every_layout_of_a_mupoi_complies(made: Callable[[Path], Path], tmp_path: Path) -> None:
    assert verdict(made(tmp_path)) == ("mupoi", "compliant", set())


@pytest.mark.parametrize(
    ("column", "value", "row", "rule", "subject"),
    [
        ("Cuadrante", "III", 0, "OT-065.mupoi", "cuadrante"),
        ("Nombre del cuadrante", "Vigilancia continua", 1, "OT-066.mupoi", "nombre_cuadrante"),
        ("Color", "Naranja", 2, "OT-067.mupoi", "color"),
        ("Color", "azul", 3, "OT-068.mupoi", "color"),
        ("Unidad que la detectó", "CAPSOI", 0, "OT-043.unidad-mupoi", "unidad"),
        ("Unidad que la detectó", None, 0, "OT-056.unidad", "unidad"),
        ("Tipo", None, 1, "OT-056.tipo", "tipo"),
        ("Ámbito de responsabilidad", "", 1, "OT-056.ambito", "ambito"),
        ("Seguimiento", None, 2, "OT-056.seguimiento", "seguimiento"),
        ("Naturaleza", None, 0, "OT-055.naturaleza", "naturaleza"),
        ("Impacto", None, 1, "OT-074.impacto", "impacto"),
        ("Impacto", 14, 1, "OT-074.escala", "impacto"),
        ("Nivel de impacto", "Menor", 1, "OT-074.nivel", "impacto_nivel"),
        ("Nivel de frecuencia", "Remota", 2, None, "frecuencia_nivel"),
        ("Porcentaje", "0 %", 2, "OT-075.porcentaje", "porcentaje"),
    ],
)
def test_each_fault_of_a_mupoi_is_told_where_it_stands(
    column: str, value: object, row: int, rule: str | None, subject: str, tmp_path: Path
) -> None:
    found = verdict(_plain(tmp_path, _changed(column, value, row)))
    rules = (
        {rule} if rule else {"OT-075.nivel", "OT-075.nivel-del-porcentaje"}
    )  # at odds with its value and with its percentage
    assert found == ("mupoi", "noncompliant", {(r, f"problematicas[{row + 1}].{subject}") for r in rules})


RISKS = (
    ("R-01", "Vencimiento de contratos", "Administrativo", "Dirección de Administración", "En contratación", 9, 7, "I", "Atención inmediata"),
    ("R-02", "Subejercicio", "Financiero", "Dirección de Finanzas", "Sin cambio", 4, 2, "III", "Controlados"),
)  # fmt: skip
RISK_HEADS = (
    "Clave",
    "Riesgo",
    "Categoría",
    "Ámbito de responsabilidad",
    "Seguimiento y evolución",
    "Impacto",
    "Probabilidad",
    "Cuadrante",
    "Atención",
)


def _muro(folder: Path, rows: object = RISKS, unit: str = "CAPSOI") -> Path:
    title = "MURO - Matriz Unificada de Riesgos Operativos"
    return sheet(folder / "muro.xlsx", title, [("Unidad", unit), ("Fecha", "31/01/2026")], RISK_HEADS, rows)  # type: ignore[arg-type]


def _muro_cards(folder: Path) -> Path:
    records = [
        [("Clave", r[0]), ("Riesgo operativo", r[1]), ("Tipo de riesgo", r[2]), ("Ámbito de responsabilidad", r[3]), ("Seguimiento y evolución", r[4]), ("Grado de impacto", r[5]), ("Probabilidad de ocurrencia", r[6])]
        for r in RISKS
    ]  # fmt: skip
    return form(folder / "muro.docx", "Matriz Unificada de Riesgos Operativos", *records)


@pytest.mark.parametrize("made", [_muro, _muro_cards])
def test_every_layout_of_a_muro_complies(made: Callable[[Path], Path], tmp_path: Path) -> None:
    assert verdict(made(tmp_path)) == ("muro", "compliant", set())


def test_each_fault_of_a_muro_is_told(tmp_path: Path) -> None:
    assert verdict(_muro(tmp_path, unit="UCS")) == ("muro", "noncompliant", {("OT-061.unidad", "unidad")})
    for place, value, rule, subject in (
        (2, "Operativo", "OT-023.categoria", "categoria"),
        (2, None, "OT-023.categoria", "categoria"),
        (8, "Atención periódica", "OT-070.muro", "nombre_cuadrante"),
        (6, 0, "OT-075.escala-riesgo", "probabilidad"),
    ):
        rows = [list(r) for r in RISKS]
        rows[0][place] = value
        found = verdict(_muro(tmp_path, rows))
        assert found == ("muro", "noncompliant", {(rule, f"riesgos[1].{subject}")})


QUADRANTS = (
    ("Cuadrante", "Nombre", "Color"),
    ("I", "Problemáticas de vigilancia permanente", "Rojo"),
    ("II", "Problemáticas de vigilancia constante", "Naranja"),
    ("III", "Problemáticas de vigilancia periódica", "Verde"),
    ("IV", "Problemáticas de vigilancia continua", "Amarillo"),
)


def _map(folder: Path, quadrants: object = QUADRANTS, across: str = "magnitud de impacto", **points: str) -> Path:
    wanted = ("Clave", "Problemática", "Impacto", "Frecuencia", "Cuadrante", "Color")
    rows = [
        [points.get(str(row[0]), row[11]) if h == "Cuadrante" else row[HEADS.index(h)] for h in wanted] for row in ROWS
    ]
    axes = [
        ("Periodo", "enero 2026"),
        ("Eje horizontal", f"{across} (1 a 10)"),
        ("Eje vertical", "frecuencia de ocurrencia (1 a 10)"),
    ]
    sections = [("Cuadrantes", quadrants), ("Problemáticas operativas", [wanted, *rows])]
    return prose(folder / "mapa.docx", "Mapa de Problemáticas Operativas", axes, sections)  # type: ignore[arg-type]


def test_a_map_complies_alone_and_with_its_matrix(tmp_path: Path) -> None:
    assert verdict(_map(tmp_path)) == ("mapa-problematicas", "compliant", set())
    assert verdict(_map(tmp_path), _plain(tmp_path)) == ("mapa-problematicas", "compliant", set())


def test_each_fault_of_a_map_is_told(tmp_path: Path) -> None:
    kind = "mapa-problematicas"
    found = verdict(_map(tmp_path, **{"P-04": "I"}))
    assert found == (kind, "noncompliant", {("OT-068.punto", "puntos[4].cuadrante")})
    found = verdict(_map(tmp_path, across="frecuencia"))
    assert found == (kind, "noncompliant", {("OT-064.horizontal", "eje_horizontal")})
    swapped = [*QUADRANTS[:2], ("II", "Problemáticas de vigilancia constante", "Verde"), *QUADRANTS[3:]]
    assert verdict(_map(tmp_path, swapped)) == (kind, "noncompliant", {("OT-066.cuadrante", "cuadrantes[2].color")})
    assert verdict(_map(tmp_path, QUADRANTS[:4])) == (kind, "noncompliant", {("OT-064.cuadrantes", "documento")})
    other = _plain(tmp_path, [*_changed("Impacto", 10, 0)[:3], ("P-09", "Otra problemática", *ROWS[3][2:])])
    assert verdict(_map(tmp_path), other) == (
        kind,
        "noncompliant",
        {("OT-057.registrado", "puntos[1].impacto"), ("OT-057.registrado", "puntos[4]"), ("OT-057.completo", "puntos")},
    )


def test_a_map_that_is_a_picture_is_left_to_a_person(tmp_path: Path) -> None:
    from docx import Document
    from PIL import Image

    Image.new("RGB", (60, 60), "red").save(tmp_path / "mapa.png")
    document = Document()
    document.add_heading("Mapa de Problemáticas Operativas", 1)
    document.add_paragraph("Eje horizontal: magnitud de impacto")
    document.add_paragraph("Eje vertical: frecuencia de ocurrencia")
    document.add_picture(str(tmp_path / "mapa.png"))
    document.save(str(tmp_path / "imagen.docx"))
    found = verdict(tmp_path / "imagen.docx")
    assert found == (
        "mapa-problematicas",
        "undetermined",
        {("OT-064.puntos", "puntos"), ("OT-064.cuadrantes", "documento")},
    )
