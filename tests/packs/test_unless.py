"""``when`` and ``unless``: a rule speaks of the documents that its condition names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from checker.check import check
from checker.evaluate import evaluate
from checker.options import Options
from checker.packs.examples import submission_of
from checker.packs.load import load_packs
from checker.packs.model import Example
from checker.resources import rules_root


def _told(rule: str, **fields: Any) -> list[str]:
    (pack,) = (p for p in load_packs([rules_root()]) if p.info.id == "imss/programas-virtuales")
    submission = submission_of(Example(fields=fields), pack.types["reporte-mensual-inscritas"], pack.info.id)
    found = evaluate(pack, submission, readings={}, signed=False)
    return [item.finding.subject for item in found if item.finding.rule == rule]


def test_a_report_of_one_unit_need_not_be_broken_down() -> None:
    rows = [{"programa": "Ofimática", "inscritas": 25}]
    assert _told("PV-152.por-ooad", inscritas=rows) == ["inscritas[1].ooad"]
    assert _told("PV-152.por-ooad", inscritas=rows, plataforma="CLIMSS") == ["inscritas[1].ooad"]
    assert _told("PV-152.por-ooad", inscritas=rows, plataforma="EduTK") == []


def _told_of(markdown: str, folder: Path) -> set[str]:
    path = folder / "recomendacion.md"
    path.write_text(
        f"# Recomendación\n\n{markdown}\n\nEscenarios: optimista.\n\nPremisas: mismo presupuesto.\n", encoding="utf-8"
    )
    (checked,) = check([path], Options())
    return {f.rule for f in checked.result.findings}


def test_a_label_tells_what_stands_under_it(tmp_path: Path) -> None:
    risk = "Riesgo residual: Desabasto de insumos\n\nRecomendación: Comprar por región."
    assert "OT-063.naturaleza" in _told_of(risk, tmp_path)
    form = "Problemática o riesgo residual: Desabasto de insumos\n\nRecomendación: Comprar por región."
    assert "OT-063.naturaleza" not in _told_of(form, tmp_path)  # the label of the form names both
