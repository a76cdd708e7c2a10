"""``sets_date``: a day, or a span that falls due."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.check import check
from checker.options import Options

from .asking import answers, told

SPEC = {"acciones": {"accion": "text", "fecha": "period"}}
WORDS = {"field": "acciones.fecha"}


@pytest.mark.parametrize("written", ["30 de abril de 2026", "15/06/2026", "mayo de 2026", "segundo trimestre de 2026"])
def test_a_day_or_a_short_span_sets_one(written: str) -> None:
    assert told("sets_date", WORDS, SPEC, {"acciones": [{"accion": "Capacitar", "fecha": written}]}) == []


def test_what_has_no_end_sets_none() -> None:
    rows = [{"accion": "Capacitar", "fecha": "Permanente"}]
    spec = {**SPEC, "anio": "year"}
    (finding,) = answers("sets_date", WORDS, spec, {"anio": 2026, "acciones": rows})
    assert (finding.subject, finding.outcome) == ("acciones[1].fecha", "undetermined")
    assert finding.message == "No se pudo determinar «Fecha» (accion 1): «Permanente» no fija cuándo vence."


def test_a_month_without_year_is_one_of_a_dated_document(tmp_path: Path) -> None:
    """Through recognition: only a file leaves a month without year as it is."""
    for number, (line, told_of) in enumerate([("Sin fecha", ["undetermined"]), ("Fecha: 3 de febrero de 2026", [])]):
        path = tmp_path / f"plan-{number}.md"
        table = "| Acción de mejora | Responsable | Fecha de cumplimiento |\n|---|---|---|\n| Abrir almacén | Ana Torres Luna | mayo |"
        path.write_text(f"# Plan de mejora\n\nÓrgano evaluado: OOAD Sonora\n\n{line}\n\n{table}\n", encoding="utf-8")
        (checked,) = check([path], Options())
        assert [f.outcome for f in checked.result.findings if f.rule == "OD-050.fecha-cierta"] == told_of


def test_what_is_missing_is_left_to_others() -> None:
    assert told("sets_date", WORDS, SPEC, {"acciones": [{"accion": "Capacitar", "fecha": ""}]}) == []
    assert told("sets_date", WORDS, SPEC, {}) == []
