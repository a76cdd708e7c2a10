"""``unless``: a rule says nothing where its condition holds."""

from __future__ import annotations

from typing import Any

from checker.evaluate import evaluate
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
