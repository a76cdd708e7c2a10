"""The texts of the five norms themselves, where they are at hand: what a careful reviewer finds in them, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.check import check
from checker.findings import Result
from checker.options import Options

FOLDER = Path(__file__).parents[3] / "shared" / "norms"
"""The texts, which lie beside the checkout where the inventory does."""
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the texts of the norms are not at hand")


def _of(name: str, type_id: str, prefix: str) -> tuple[Result, set[tuple[str, str]]]:
    [checked] = check([FOLDER / f"{name}.txt"], Options(type=type_id))
    own = [f for f in checked.result.findings if f.rule.startswith(prefix) and f.outcome == "violated"]
    return checked.result, {(f.rule, f.subject) for f in own}


def test_conalep() -> None:
    result, violated = _of("conalep-servicios", "manual-de-procedimientos", "SC-")
    assert result.fields["clave"].value == "7081-MP-SI"
    assert {(r, s) for r, s in violated if not r.startswith(("SC-010", "SC-009"))} == {
        ("SC-003.misma-fecha", "fechas[32]"),  # 18 October on page 32
        ("SC-004.encabezado", "paginas[43]"),  # «43 de 50»
        ("SC-008.indice", "indice[5]"),  # «Jurídico y Administrativo»
        ("SC-012.vigencia", "marco_juridico[3]"),
        ("SC-012.vigencia", "marco_juridico[6]"),
        ("SC-029.codigo", "partes[2].codigo"),  # Pd-01 in the history of Pd-02
        ("SC-080.clave-y-nombre", "instrucciones[6]"),  # It-04 and It-05 crossed
        ("SC-080.clave-y-nombre", "instrucciones[7]"),
        ("SC-082.responsable", "instrucciones[1]"),
        ("SC-082.responsable", "instrucciones[7]"),  # JDCEC for JDCESC
        ("SC-082.responsable", "instrucciones[8]"),
    }
    assert {"siglas[UOCDMX]", "siglas[DCAJ]", "siglas[COMERI]", "siglas[SECYT]"} <= {s for _, s in violated}


def test_fonacot() -> None:
    _, violated = _of("fonacot-productos-digitales", "manual-de-procedimientos", "PD-")
    assert violated == {
        ("PD-006.indice", "indice"),  # the transitorios are not in it
        ("PD-012.leyes-de-los-reglamentos", "marco_juridico[63]"),  # of the Ley Federal de Archivos
        ("PD-012.vigencia", "marco_juridico[63]"),
        ("PD-015.remisiones", "procedimientos[4].actividades[5]"),  # it sends to itself
        ("PD-107.acronimos", "siglas[CDMX]"),
        ("PD-107.uso", "terminos[Manual de Procedimientos]"),
    }


def test_territorial_operation() -> None:
    result, violated = _of("imss-operacion-territorial", "norma", "OT-")
    assert result.kind == "norm"
    assert {(r, s) for r, s in violated if not r.startswith("OT-003")} == {
        ("OT-002.indice", "indice[11]"),  # «Etapas de …» for «Etapa de …»
        ("OT-002.indice", "indice[12]"),
        ("OT-002.indice", "indice[13]"),
        ("OT-002.indice", "indice[14]"),
        ("OT-004.acuerdos", "acuerdos_citados[1]"),  # «HCT310822»
        ("OT-004.acuerdos", "acuerdos_citados[3]"),
        ("OT-090.indice-de-los-lineamientos", "indice[11]"),  # «Transitorios»
    }


def test_organisation_of_the_doe() -> None:
    _, violated = _of("imss-organizacion-doe", "manual-de-organizacion", "OD-")
    assert violated == {
        ("OD-020.sin-repetir", "unidades[7.1.2.1].funciones[12]"),
        ("OD-020.sin-repetir", "unidades[7.1.3.1.3].funciones[9]"),
    }


def test_virtual_programmes() -> None:
    _, violated = _of("imss-programas-virtuales", "procedimiento", "PV-")
    assert violated == set()
