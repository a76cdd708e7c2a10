"""``integrated``: the programme of one unit in that of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.check import check
from checker.options import Options

OWN = ["Evaluar los servicios de urgencias", "Dar seguimiento a los planes de mejora"]


def programme(path: Path, unit: str, activities: list[str], year: int = 2026) -> Path:
    rows = "".join(f"| {a} | marzo de {year} |\n" for a in activities)
    path.write_text(
        f"# Programa de trabajo anual {year}\n\n**Unidad:** {unit}\n\n## Actividades\n\n| Actividad | Fecha |\n|---|---|\n{rows}",
        "utf-8",
    )
    return path


def told(*paths: Path) -> list[tuple[str, str, str]]:
    results = [checked.result for checked in check(list(paths), Options(workers=1))]
    return [(f.outcome, f.severity, f.subject) for r in results for f in r.findings if f.rule == "OD-047.integra"]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return programme(tmp_path / "propio.md", "Coordinación de Evaluación de la Calidad Médica", OWN)


UEOD = "Unidad de Evaluación de Órganos Desconcentrados"


def test_what_is_taken_up_in_other_case_or_within_a_longer_text_is_integrated(tmp_path: Path, own: Path) -> None:
    theirs = [
        "EVALUAR LOS SERVICIOS DE URGENCIAS",
        "Calidad médica: dar seguimiento a los planes de mejora de los OOAD",
    ]
    assert told(own, programme(tmp_path / "ueod.md", UEOD, theirs)) == []


def test_what_is_not_taken_up_is_advised(tmp_path: Path, own: Path) -> None:
    assert told(own, programme(tmp_path / "ueod.md", UEOD, OWN[:1])) == [("violated", "warning", "actividades[2]")]


def test_where_nothing_is_taken_up_it_is_told_once(tmp_path: Path, own: Path) -> None:
    assert told(own, programme(tmp_path / "ueod.md", UEOD, ["Celebrar el aniversario"])) == [
        ("violated", "warning", "actividades")
    ]


def test_something_alike_is_a_doubt(tmp_path: Path, own: Path) -> None:
    theirs = [OWN[0], "Dar seguimiento al plan de mejoras"]
    assert told(own, programme(tmp_path / "ueod.md", UEOD, theirs)) == [("undetermined", "warning", "actividades[2]")]


def test_among_several_the_programme_of_the_unit_meant_is_taken(tmp_path: Path, own: Path) -> None:
    ueod = programme(tmp_path / "ueod.md", UEOD, OWN)
    other = programme(tmp_path / "ucs.md", "Unidad de Comunicación Social", ["Difundir campañas"])
    assert told(own, other, ueod) == []


@pytest.mark.parametrize(("unit", "year"), [("Unidad de Comunicación Social", 2026), (UEOD, 2025)])
def test_the_programme_of_another_unit_or_year_is_not_compared(tmp_path: Path, own: Path, unit: str, year: int) -> None:
    other = programme(tmp_path / "otro.md", unit, ["Difundir campañas"], year)
    assert [(outcome, severity) for outcome, severity, _ in told(own, other)] == [("undetermined", "info")]
