"""The built-in pack holds together: its examples, its lint, its list of obligations."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.packs.coverage import coverage
from checker.packs.lint import lint
from checker.packs.load import Pack
from checker.packs.roles import role_of
from checker.packs.trial import never_fired, never_passed, trials

INVENTORY = Path(__file__).parents[3] / "shared" / "obligations.tsv"


def test_every_example_answers_and_every_rule_fires(built_in: Pack) -> None:
    ran = list(trials(built_in))
    assert [(t.source, t.problem) for t in ran if t.problem] == []
    assert never_fired(built_in, ran) == []
    assert never_passed(built_in) == []


def test_lint_finds_no_error(built_in: Pack) -> None:
    assert [r for r in lint(built_in) if r.level == "error"] == []


def test_every_obligation_has_a_state(built_in: Pack) -> None:
    found = {o.id: o for o in coverage([built_in]).obligations}
    assert len(found) == 166
    assert {i for i, o in found.items() if o.state == "ruled"} == {"PV-008", "PV-039", "PV-040"}
    assert found["PV-015"].state == "unchecked"
    assert found["PV-015"].reason


@pytest.mark.skipif(not INVENTORY.is_file(), reason="the inventory of obligations is not at hand")
def test_obligations_are_those_of_the_inventory_in_words_of_our_own(built_in: Pack) -> None:
    lines = [line.split("\t") for line in INVENTORY.read_text("utf-8").splitlines()]
    known = {line[0]: line for line in lines if line[0].startswith("PV-")}
    assert set(built_in.obligations) == set(known)
    assert [i for i, o in built_in.obligations.items() if o.numeral != known[i][2]] == []
    assert [i for i, o in built_in.obligations.items() if len(o.demands) >= len(known[i][3])] == []
    unchecked = {i for i, line in known.items() if line[7].startswith("not mechanically checkable")}
    assert {i for i, o in built_in.obligations.items() if o.unchecked} == unchecked


@pytest.mark.parametrize(
    ("charge", "role"),
    [
        ("TJAP", "titular-de-la-jefatura-del-area-de-produccion"),
        ("JEFA DEL ÁREA DE PRODUCCIÓN DE LA DIVISIÓN DE CAPACITACIÓN Y ADIESTRAMIENTO TÉCNICO", "titular-de-la-jefatura-del-area-de-produccion"),
        ("Titular de la División de Capacitación y Adiestramiento Técnico", "titular-de-division"),
        ("Encargado de la División de Capacitación y Adiestramiento Técnico", "titular-de-division"),
        ("Jefe de Oficina de Desarrollo Cultural, Capacitación y Adiestramiento Técnico", "titular-de-la-jefatura-de-oficina"),
        ("Responsable de Webinars de la DCAT", "rwdcat"),
        ("División de Salud", None),
        ("Subjefe de División", None),
        ("Titular", None),
        ("", None),
    ],
)  # fmt: skip
def test_charges_name_roles(built_in: Pack, charge: str, role: str | None) -> None:
    assert role_of(charge, built_in.roles) == role
