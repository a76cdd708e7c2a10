"""``authorised`` and ``names_object``: acts of the units of a manual of organisation, by the shipped matrix of authority."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from checker.cases.directory import Directory, Holder
from checker.cases.judge import Court
from checker.findings import Finding
from checker.options import Options
from checker.packs.authority_lint import authority_problems
from checker.packs.load import load_packs
from checker.packs.pack import Pack
from parsers.cases.json_cases import nodes
from parsers.cases.nested import cases_of

PLAN = "Autoriza el plan de mejora"


@pytest.fixture(scope="module")
def pack() -> Pack:
    packs = load_packs([Path(__file__).parents[3] / "rules"])
    return next(p for p in packs if p.info.id == "imss/organizacion-doe")


def answers(
    pack: Pack, events: list[dict[str, Any]], directory: Directory | None = None, **options: Any
) -> list[Finding]:
    """What is told of acts of facultades."""
    record = next(iter(cases_of(nodes(json.dumps({"case": "A-1", "events": events})), "caso")))
    court = Court((pack,), Options(**options), directory)
    result = court.judge(record, "caso.json", "0" * 64, "application/json", "imss/organizacion-doe#facultades").result
    return [f for f in result.findings if ".quien-" in f.rule or f.rule == "OD-019.objeto"]


def told(pack: Pack, activity: str, role: str | None, **more: Any) -> list[tuple[str, str]]:
    event = {"activity": activity, "at": "2026-03-10", **({"role": role} if role else {})}
    return [(f.rule, f.outcome) for f in answers(pack, [event], **more)]


@pytest.mark.parametrize(
    ("role", "outcome"),
    [
        ("UEOD", None),
        ("Titular de la Unidad de Evaluación de Órganos Desconcentrados", None),
        ("Dra. Laura Méndez Ríos, Titular de la UEOD", None),
        ("En suplencia por ausencia de la Titular de la UEOD", None),
        ("Titular de la Dirección de Operación y Evaluación", None),
        ("CECM", "violated"),
        ("Titular del OOAD Estatal Durango", "violated"),
        ("Analista de la Unidad de Evaluación de Órganos Desconcentrados", "undetermined"),
        ("Secretaría de Salud", "undetermined"),
        (None, "undetermined"),
    ],
)
def test_whose_an_authorisation_is(pack: Pack, role: str | None, outcome: str | None) -> None:
    assert told(pack, PLAN, role) == ([("OD-043.quien-autoriza", outcome)] if outcome else [])


@pytest.mark.parametrize(("role", "outcome"), [("Titular", None), ("Analista", "undetermined"), (None, None)])
def test_a_charge_may_stand_beside_its_unit(pack: Pack, role: str | None, outcome: str | None) -> None:
    event = {"activity": PLAN, "at": "2026-03-10", "unit": "Unidad de Evaluación de Órganos Desconcentrados"}
    found = answers(pack, [{**event, **({"role": role} if role else {})}])
    assert [f.outcome for f in found] == ([outcome] if outcome else [])


def test_the_act_its_unit_and_its_numeral_are_told(pack: Pack) -> None:
    (found,) = answers(
        pack, [{"activity": "Autoriza el Plan General de Comunicación Social", "role": "Titular de la UCS"}]
    )
    assert found.message == (
        "Autorizar «Plan General de Comunicación Social» corresponde a la Dirección de Operación y Evaluación, conforme al numeral 7.1, "
        "subnumeral 5; consta que lo hizo la Unidad de Comunicación Social."
    )


@pytest.mark.parametrize(
    ("activity", "role", "outcome"),
    [
        ("Elabora el programa de capacitación de atención y orientación", "DFEAO", None),
        ("Elabora la Política de Identidad Gráfica", "DDPE", None),  # a division of the coordination that elaborates it
        ("Elabora la Política de Identidad Gráfica", "Analista de la Coordinación Técnica de Difusión", None),
        ("Elabora la Política de Identidad Gráfica", "CTI", "violated"),
        ("Valida la Política de Identidad Gráfica", "DDPE", "violated"),  # a decision is its head's
    ],
)
def test_drafting_is_done_below_and_deciding_is_not(pack: Pack, activity: str, role: str, outcome: str | None) -> None:
    assert [o for _, o in told(pack, activity, role)] == ([outcome] if outcome else [])


def test_readings_are_the_users_to_choose(pack: Pack) -> None:
    by_direction = "Titular de la Dirección de Operación y Evaluación"
    assert told(pack, PLAN, by_direction, readings={"OD-i03": "solo-la-unidad"}) == [
        ("OD-043.quien-autoriza", "violated")
    ]
    graphic = "Elabora la Política de Identidad Gráfica"
    assert told(pack, graphic, "DDPE", readings={"OD-i08": "solo-la-unidad"}) == [("OD-149.quien-elabora", "violated")]
    # «autoriza» where the manual says «aprueba»
    plan = "Autoriza las estrategias estadísticas"
    assert told(pack, plan, "DISAD") == [("OD-167.quien-aprueba", "violated")]
    assert told(pack, plan, "DISAD", readings={"OD-i02": "distintos"}) == []
    subscriptions = "Autoriza las suscripciones"
    assert told(pack, subscriptions, "UCS") == []
    assert told(pack, subscriptions, "UCS", readings={"OD-i11": "federal"}) == [("OD-252.quien-autoriza", "violated")]


def test_classes_of_offices_are_left_open(pack: Pack) -> None:
    activity = "Valida la Estrategia y Programa de Comunicación Social"
    assert told(pack, activity, "Secretaría de Gobernación") == []
    assert told(pack, activity, "UCS") == [
        ("OD-119.quien-valida-estrategia-y-programa-de-comunicacion-social", "violated")
    ]
    assert [o for _, o in told(pack, activity, "Titular del OOAD Estatal Durango")] == ["undetermined"]


def test_one_charge_is_doubted_once(pack: Pack) -> None:
    events = [{"activity": PLAN, "role": "Secretaría de Salud", "at": f"2026-03-{day:02d}"} for day in range(1, 6)]
    assert len(answers(pack, events)) == 1
    assert len(answers(pack, [{"activity": PLAN, "at": e["at"]} for e in events])) == 1
    assert len(answers(pack, [{**e, "role": "CECM"} for e in events])) == 5


def test_who_did_not_hold_the_office_is_told(pack: Pack) -> None:
    directory = Directory((Holder("Ana Torres", "UEOD", start=dt.date(2026, 1, 1), end=dt.date(2026, 2, 28)),))
    event = {"activity": PLAN, "role": "UEOD", "person": "Ana Torres"}
    assert answers(pack, [{**event, "at": "2026-02-10"}], directory) == []
    (found,) = answers(pack, [{**event, "at": "2026-03-10"}], directory)
    assert found.outcome == "violated"
    assert "Ana Torres no ocupaba ese cargo el 10 de marzo de 2026" in found.message


@pytest.mark.parametrize("activity", ["Autoriza", "Autoriza el menú del comedor"])
def test_an_act_about_nothing_known_is_no_compliance(pack: Pack, activity: str) -> None:
    assert told(pack, activity, "UEOD") == [("OD-019.objeto", "undetermined")]


def test_a_rule_that_names_no_function_is_found_out(tmp_path: Path) -> None:
    rule = """
- id: DE-001.autoriza
  title: Lo autoriza la Dirección
  on: {case: asunto}
  authorised: {of: {activity: [autorizar]}, under: ["4.1 (3)"], verb: autorizar}
  remedy: Recabar la autorización.
"""
    files = {
        "pack.yaml": "{id: demo/asuntos, prefix: DE, title: Norma, issuer: Oficina, edition: '2025', days: business}",
        "roles.yaml": "[{id: direccion, name: Titular de la Dirección, source: '4'}]",
        "authority.yaml": "direccion: {numeral: '4.1', functions: 3, powers: [{at: 2, verb: autorizar, object: informe}]}",
        "obligations.yaml": "DE-001: {numeral: '6', demands: Algo}",
        "procedures/asunto.yaml": "{id: asunto, title: Asunto, source: '6', told_by: DE-001, activities: {autorizar: {name: Autorizar}}}",
        "rules/reglas.yaml": rule,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (pack,) = load_packs([tmp_path])
    assert list(authority_problems(pack)) == [
        ("rules/reglas.yaml DE-001.autoriza", "authority.yaml has no function to autorizar at 4.1 (3)")
    ]
