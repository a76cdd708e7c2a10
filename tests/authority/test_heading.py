"""Whose a document is, by its heading."""

from __future__ import annotations

import pytest

from checker.authority.heading import unit_of_heading
from checker.check import check
from checker.options import Options
from checker.packs.load import Pack
from parsers.dispatch import read_bytes
from parsers.limits import Limits


@pytest.mark.parametrize(
    ("lines", "unit"),
    [
        (["PROGRAMA ANUAL DE TRABAJO 2026 DE LA COORDINACIÓN DE VINCULACIÓN"], "coordinacion-de-vinculacion"),
        (
            ["Dirección de Operación y Evaluación", "Unidad de Comunicación Social", "Programa de trabajo"],
            "unidad-de-comunicacion-social",
        ),
        (["Unidad de Comunicación Social", "Coordinación de Vinculación", "Programa de trabajo"], None),
        (["Instituto Mexicano del Seguro Social", "Programa de trabajo"], None),
        (["Programa de trabajo", *["Se hará lo que proceda."] * 9, "Coordinación de Vinculación"], None),
    ],
)
def test_the_unit_of_a_heading(doe: Pack, lines: list[str], unit: str | None) -> None:
    document = read_bytes("\n\n".join(lines).encode(), "programa.md", Limits())
    assert unit_of_heading(document, doe) == unit


def test_a_programme_that_says_only_in_its_title_whose_it_is(tmp_path) -> None:
    path = tmp_path / "programa.md"
    path.write_text(
        "# Programa anual de trabajo 2026\n\n## Coordinación Administrativa\n\nDirección de Operación y Evaluación\n\n## Actividades\n\n"
        "| Actividad | Fecha |\n|---|---|\n| Integrar la plantilla | marzo de 2026 |\n\n"
        "**Autorizó:** Lic. Laura Méndez Ríos, Titular de la Unidad de Comunicación Social\n",
        "utf-8",
    )
    (checked,) = check([path], Options(workers=1))
    assert [f.rule for f in checked.result.findings if f.outcome == "violated"] == ["OD-231.autoriza"]
