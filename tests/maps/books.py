"""Matrices as workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

MUPOI = "Matriz Unificada de Problemas Operativos Institucionales"
MURO = "Matriz Unificada de Riesgos Operativos"
HEADS = {
    MUPOI: ("Clave", "Problemática", "Unidad que la detectó", "Tipo", "Ámbito de responsabilidad", "Seguimiento", "Impacto", "Frecuencia"),
    MURO: ("Clave", "Riesgo", "Unidad que registra", "Categoría", "Ámbito de responsabilidad", "Seguimiento", "Impacto", "Probabilidad"),
}  # fmt: skip
Row = tuple[object, object, object, object]
"""Key, name, impact, frequency or probability."""


def book(path: Path, *sheets: tuple[str, Sequence[Row]], period: str = "enero de 2026") -> Path:
    """A workbook with a matrix a sheet."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets:
        sheet = workbook.create_sheet("MUPOI" if title == MUPOI else "MURO")
        sheet["A1"] = title
        sheet["A2"], sheet["B2"] = "Periodo", period
        sheet.append([])
        sheet.append(HEADS[title])
        for key, name, across, up in rows:
            unit, kind = ("UEOD", "Médica") if title == MUPOI else ("CAPSOI", "Legal")
            sheet.append((key, name, unit, kind, "Dirección Médica", "En curso", across, up))
    workbook.save(path)
    return path
