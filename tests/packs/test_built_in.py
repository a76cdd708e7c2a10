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


PREFIXES = {"PV": 166, "OT": 210, "OD": 252, "SC": 165, "PD": 110}
"""Obligations of each norm."""


@pytest.mark.parametrize("prefix", [*PREFIXES, "NO"])
def test_every_example_answers_and_every_rule_fires(packs: tuple[Pack, ...], prefix: str) -> None:
    pack = _of(packs, prefix)
    ran = list(trials(pack, packs))
    assert [(t.source, t.problem) for t in ran if t.problem] == []
    assert never_fired(pack, ran) == []
    assert never_passed(pack) == []


@pytest.mark.parametrize("prefix", [*PREFIXES, "NO"])
def test_lint_finds_no_error(packs: tuple[Pack, ...], prefix: str) -> None:
    assert [r for r in lint(_of(packs, prefix), packs) if r.level == "error"] == []


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_obligation_has_a_state_and_what_is_unchecked_a_reason(packs: tuple[Pack, ...], prefix: str) -> None:
    found = coverage([_of(packs, prefix)]).obligations
    assert len(found) == PREFIXES[prefix]
    assert [o.id for o in found if o.state == "unchecked" and len(o.reason or "") < 10] == []


@pytest.mark.skipif(not INVENTORY.is_file(), reason="the inventory of obligations is not at hand")
@pytest.mark.parametrize("prefix", PREFIXES)
def test_obligations_are_those_of_the_inventory(packs: tuple[Pack, ...], prefix: str) -> None:
    pack = _of(packs, prefix)
    lines = [line.split("\t") for line in INVENTORY.read_text("utf-8").splitlines()]
    known = {line[0]: line for line in lines if line[0].startswith(f"{prefix}-")}
    states = {o.id: o.state for o in coverage([pack]).obligations}
    assert set(states) == set(known)
    assert [i for i, o in pack.obligations.items() if o.numeral != known[i][2]] == []
    assert [i for i in sorted(states) if states[i] == "pending"] == []


def _of(packs: tuple[Pack, ...], prefix: str) -> Pack:
    return next(p for p in packs if p.info.prefix == prefix)


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
