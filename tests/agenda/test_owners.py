"""Whose a duty is, in the packs that ship."""

import pytest

from checker.agenda.model import AgendaError
from checker.agenda.owners import called, named, of_unit, owners, packs_named, unit_at, with_role
from checker.check import load
from checker.kinds.cases.may_act import Params
from checker.options import Options
from checker.packs.model import On, RuleHead
from checker.packs.procedures import Activity, Artefact, Events, Procedure, Sends
from checker.packs.rule import Rule

PACKS = load(Options())
OT = next(p for p in PACKS if p.info.prefix == "OT")
PV = next(p for p in PACKS if p.info.prefix == "PV")


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("OT", "imss/operacion-territorial"),
        ("ot", "imss/operacion-territorial"),
        ("imss/operacion-territorial", "imss/operacion-territorial"),
        ("operacion-territorial", "imss/operacion-territorial"),
        ("programas", "imss/programas-virtuales"),
    ],
)
def test_packs_by_any_name(name: str, pack: str) -> None:
    assert {p.info.id for p in packs_named(PACKS, [name])} == {pack}


def test_all_packs_without_names_and_several_with_several() -> None:
    assert packs_named(PACKS, []) == tuple(PACKS)
    assert [p.info.prefix for p in packs_named(PACKS, ["PV", "OT"])] == ["PV", "OT"]


@pytest.mark.parametrize(("name", "told"), [("XX", "is unknown"), ("", "is unknown"), ("imss/", "is unknown")])
def test_unknown_packs(name: str, told: str) -> None:
    with pytest.raises(AgendaError, match=f"{told}; there are: .*OT \\(imss/operacion-territorial\\)"):
        packs_named(PACKS, [name])


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("CAPSOI", "capsoi"),
        ("capsoi", "capsoi"),
        ("Coordinación de Análisis, Prospectiva y Seguimiento a la Operación Institucional", "capsoi"),
        ("coordinacion de analisis prospectiva y seguimiento a la operacion institucional", "capsoi"),
        ("Titular de la CAPSOI", "titular-de-la-capsoi"),
        ("titular-de-la-capsoi", "titular-de-la-capsoi"),
        ("Director de Operación y Evaluación", "tdoe"),
    ],
)
def test_a_role_by_any_name(written: str, role: str) -> None:
    assert with_role([OT], written) == {OT.info.id: frozenset({role})}


def test_a_role_is_looked_for_in_every_pack() -> None:
    assert set(with_role(PACKS, "Titular de División")) == {PV.info.id}


def test_unknown_roles_tell_the_nearest() -> None:
    with pytest.raises(AgendaError, match="no role 'CAPSO' in OT; did you mean 'CAPSOI'"):
        with_role([OT], "CAPSO")
    with pytest.raises(AgendaError, match="no unit 'zzz' in OT"):
        of_unit([OT], "zzz")


def test_a_unit_has_all_its_roles() -> None:
    found = of_unit([OT], "CAPSOI")[OT.info.id]
    assert {"capsoi", "titular-de-la-capsoi"} <= found
    assert "titular-de-la-uad" not in found
    assert of_unit([OT], OT.roles["capsoi"].name)[OT.info.id] == found


def test_what_is_asked_for_is_called_as_the_norm_does() -> None:
    assert called([PV, OT], "capsoi") == f"{OT.roles['capsoi'].name} (CAPSOI)"
    assert called([OT], "titular de la uad") == OT.roles["titular-de-la-uad"].name
    assert called([OT], "Enlaces") == "Enlaces"


def test_short_names() -> None:
    assert named(OT, ["capsoi", "titular-de-la-uad", "auditor"], short=True) == (
        "CAPSOI",
        OT.roles["titular-de-la-uad"].name,
        "auditor",
    )
    assert named(OT, ["capsoi"]) == (OT.roles["capsoi"].name,)


PROCEDURE = Procedure(
    id="p",
    title="P",
    source="1",
    told_by="OT-001",
    activities={
        "1": Activity(name="entregar", obligation="OT-001", roles=("capsoi", "uad"), does=("informe",)),
        "2": Activity(name="enviar", obligation="OT-001", roles=("ucs",), sends=(Sends("oficio"),)),
    },
    artefacts={"informe": Artefact("Informe"), "oficio": Artefact("Oficio")},
)


def may_act(of: Events, *roles: str) -> Rule:
    head = RuleHead(id="OT-001.quien", title="Quién", on=On(case="p"), remedy="Corregir.")
    return Rule(head, "may_act", Params(of=of, roles=roles), "rules/casos.yaml")


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (Events(activity=("1",)), ("capsoi", "uad")),
        (Events(activity=("1", "2")), ("capsoi", "uad", "ucs")),
        (Events(artefact="informe"), ("capsoi", "uad")),
        (Events(artefact="oficio"), ("ucs",)),
        (Events(activity=("1",), role="uad"), ("uad",)),
        (Events(activity=("1",), artefact="mapa"), ("cv",)),
        (Events(activity=("2",), artefact="mapa"), ("ucs",)),
    ],
)
def test_owners(of: Events, expected: tuple[str, ...]) -> None:
    rules = [may_act(Events(activity=("1",), artefact="mapa"), "cv"), may_act(Events(activity=("1",), role="uad"), "x")]
    assert owners(of, PROCEDURE, rules) == expected


def test_functions_are_of_the_unit_under_whose_numeral_they_stand() -> None:
    manual = next(p for p in PACKS if p.info.prefix == "OD")
    unit = unit_at(manual, "7.1.6.1(4)")
    assert unit is not None
    assert manual.roles[unit].name == "División de Recursos Humanos"
    assert unit_at(manual, "7.1.6.10(4)") is None
    assert unit_at(manual, "N-3") is None
    assert unit_at(OT, "7.1") is None
