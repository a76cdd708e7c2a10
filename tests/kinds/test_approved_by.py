"""``approved_by``: the signature block against the matrix of the manual."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.check import check
from checker.evaluate import Scope, evaluate
from checker.options import Options
from checker.packs.examples import submission_of
from checker.packs.load import Pack, load_packs
from checker.packs.model import Example
from checker.resources import rules_root
from tests.word_files import p, tbl, tc, tr, word_file

DOE = "Titular de la Dirección de Operación y Evaluación"
UCS = "Titular de la Unidad de Comunicación Social"


@pytest.fixture(scope="module")
def doe() -> Pack:
    return next(pack for pack in load_packs([rules_root()]) if pack.info.id == "imss/organizacion-doe")


def told(
    pack: Pack, type_id: str, rule: str, readings: dict[str, str] | None = None, **fields: object
) -> list[tuple[str, str, str]]:
    submission = submission_of(Example(fields=fields), pack.types[type_id], pack.info.id)
    found = evaluate(pack, submission, readings=readings or {}, signed=False, scope=Scope())
    return [(f.finding.outcome, f.finding.subject, f.finding.message) for f in found if f.finding.rule == rule]


def plan(pack: Pack, readings: dict[str, str] | None = None, **fields: object) -> list[tuple[str, str, str]]:
    return told(pack, "plan-general-comunicacion-social", "OD-025.autoriza", readings, **fields)


def signs(charge: str, name: str = "Laura Méndez Ríos") -> list[dict[str, str]]:
    return [{"nombre": name, "cargo": charge}]


@pytest.mark.parametrize(
    "charge",
    [
        DOE,
        "DIRECTOR DE OPERACION Y EVALUACION",
        "Titular de la DOE",
        "Titular de la Dirección General",
        f"{UCS}, en suplencia por ausencia de la persona titular de la Dirección de Operación y Evaluación",
        "Encargada del despacho de la Dirección de Operación y Evaluación",
    ],
)
def test_the_unit_its_superior_and_who_acts_for_it_may_authorise(doe: Pack, charge: str) -> None:
    assert plan(doe, autorizo=signs(charge)) == []


def test_another_unit_is_a_finding_that_names_who_should(doe: Pack) -> None:
    ((outcome, subject, message),) = plan(doe, autorizo=signs(UCS))
    assert (outcome, subject) == ("violated", "autorizo[1]")
    assert UCS in message
    assert "7.1, subnumeral 5" in message
    assert "la Dirección de Operación y Evaluación" in message


@pytest.mark.parametrize(
    "charge",
    [
        "",
        "Titular",
        "Analista de la Dirección de Operación y Evaluación",
        "Titular de la Direccién de Operacién y Evaluacién",
    ],
)
def test_a_charge_that_does_not_tell_is_a_doubt(doe: Pack, charge: str) -> None:
    assert [outcome for outcome, *_ in plan(doe, autorizo=signs(charge))] == ["undetermined"]


def test_an_office_of_no_unit_is_another(doe: Pack) -> None:
    assert [outcome for outcome, *_ in plan(doe, autorizo=signs("Jefa de la Oficina de Correspondencia"))] == [
        "violated"
    ]


def test_aprobo_is_worth_autorizo_under_the_reading_taken(doe: Pack) -> None:
    assert plan(doe, aprobo=signs(DOE)) == []
    strict = plan(doe, {"OD-i02": "distintos"}, aprobo=signs(DOE))
    assert [outcome for outcome, *_ in strict] == ["undetermined"], "nobody authorises"


def test_what_stands_under_the_verb_itself_is_judged_first(doe: Pack) -> None:
    assert [o for o, *_ in plan(doe, autorizo=signs(UCS), aprobo=signs(DOE, "Jorge Salas Pérez"))] == ["violated"]


def test_the_superior_is_another_where_the_user_reads_it_so(doe: Pack) -> None:
    strict = plan(doe, {"OD-i03": "solo-la-unidad"}, autorizo=signs("Titular de la Dirección General"))
    assert [outcome for outcome, *_ in strict] == ["violated"]


def test_signatures_without_a_verb(doe: Pack) -> None:
    assert plan(doe, firmas=[{"nombre": "Laura Méndez Ríos", "cargo": DOE}]) == []
    ((outcome, subject, _),) = plan(doe, firmas=[{"nombre": "Laura Méndez Ríos", "cargo": UCS}])
    assert (outcome, subject) == ("undetermined", "firmas")


def test_a_plan_that_shows_nobody_is_undetermined_and_a_programme_silent(doe: Pack) -> None:
    assert [outcome for outcome, *_ in plan(doe)] == ["undetermined"]
    assert told(doe, "programa-de-trabajo", "OD-231.autoriza", unidad="Coordinación Administrativa") == []


def test_a_programme_is_judged_by_whose_it_is(doe: Pack) -> None:
    admin = signs("Titular de la Coordinación Administrativa")
    assert (
        told(doe, "programa-de-trabajo", "OD-231.autoriza", unidad="Coordinación Administrativa", autorizo=admin) == []
    )
    assert told(
        doe, "programa-de-trabajo", "OD-164.autoriza", unidad="Unidad de Atención a la Derechohabiencia", autorizo=admin
    )
    assert (
        told(
            doe,
            "programa-de-trabajo",
            "OD-231.autoriza",
            unidad="Unidad de Atención a la Derechohabiencia",
            autorizo=admin,
        )
        == []
    )


def test_anybody_of_the_unit_elaborates(doe: Pack) -> None:
    analyst = signs("Analista de la Coordinación de Vinculación")
    assert (
        told(doe, "programa-de-trabajo", "OD-186.elabora", unidad="Coordinación de Vinculación", elaboro=analyst) == []
    )


def test_offices_that_the_manual_only_names_as_a_class_are_doubted_not_refused(doe: Pack) -> None:
    financial = "División de Evaluación Financiera"

    def validated(charge: str, readings: dict[str, str] | None = None) -> list[str]:
        found = told(doe, "informe-de-resultados", "OD-065.valida", readings, unidad=financial, valido=signs(charge))
        return [outcome for outcome, *_ in found]

    assert validated("Director de Finanzas") == []
    assert validated("Evaluadora") == []
    assert validated("Titular de la División de Evaluación Financiera") == []
    assert validated("Titular de la División de Evaluación Financiera", {"OD-i06": "visitante"}) == ["violated"]
    assert validated("Coordinadora de Tesorería") == ["undetermined"]
    assert validated(UCS) == ["violated"]


def test_a_charge_that_takes_several_lines_is_read_whole(doe: Pack) -> None:
    document = doe.types["plan-general-comunicacion-social"]
    text = "Autorizó\n\nMtra. Ana Torres Luna\n\nTitular de la Coordinación\n\nAdministrativa"
    example = Example(
        fields={"autorizo": [{"nombre": "Ana Torres Luna", "cargo": "Titular de la Coordinación"}]}, text=text
    )
    found = evaluate(doe, submission_of(example, document, doe.info.id), readings={}, signed=False, scope=Scope())
    (finding,) = [f.finding for f in found if f.finding.rule == "OD-025.autoriza"]
    assert finding.outcome == "violated"
    assert "Titular de la Coordinación Administrativa" in finding.message


def cells(*texts: str) -> str:
    return tr(*(tc(p(t)) for t in texts))


@pytest.mark.parametrize("layout", ["stacked", "columns", "rows"])
@pytest.mark.parametrize(
    ("charge", "verdict"),
    [("Titular de la Unidad de Evaluación de Órganos Desconcentrados", "compliant"), (UCS, "noncompliant")],
)
def test_real_files(tmp_path: Path, layout: str, charge: str, verdict: str) -> None:
    blocks = [
        ("Elaboró", "Lic. Laura Méndez Ríos", "Coordinadora de Evaluación de la Calidad Médica"),
        ("Autorizó", "Mtro. Jorge Salas Pérez", charge),
    ]
    body = p("PROGRAMA ANUAL DE TRABAJO 2026") + p("Unidad: Coordinación de Evaluación de la Calidad Médica")
    body += p("Actividades") + tbl(
        cells("Actividad", "Fecha"), cells("Evaluar los servicios de urgencias", "marzo de 2026")
    )
    body += {
        "stacked": "".join(p(v) + p("") + p("________________") + p(n) + p(c) for v, n, c in blocks),
        "columns": tbl(*(cells(*row) for row in zip(*blocks, strict=True))),
        "rows": tbl(cells("", "Nombre", "Cargo", "Firma"), *(cells(v, n, c, "") for v, n, c in blocks)),
    }[layout]
    path = tmp_path / "programa.docx"
    path.write_bytes(word_file(body))
    (checked,) = check([path], Options(workers=1))
    result = checked.result
    assert result.type == "programa-de-trabajo"
    assert result.verdict == verdict
    fired = {f.rule for f in result.findings if f.outcome == "violated"}
    assert fired == (set() if verdict == "compliant" else {"OD-038.autoriza"})
