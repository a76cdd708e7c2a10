"""``may_act``, ``separation``, ``addressed`` and ``jointly``: who does something, with whom, for whom."""

from __future__ import annotations

from typing import Any

import pytest

from checker.cases.directory import Holder

from .judging import answers, event, told

PLAN = {"of": {"activity": ["3"]}}
MAY = {**PLAN, "roles": ["direccion"]}


@pytest.mark.parametrize(
    ("role", "outcome"),
    [
        ("direccion", None),
        ("TD", None),
        ("titular de la direccion", None),
        ("Persona Encargada de la Unidad Operativa", None),
        ("TJD", "violated"),
        (None, "undetermined"),
        ("Titular de la Direción", "undetermined"),
    ],
)
def test_roles_and_their_stand_ins(role: str | None, outcome: str | None) -> None:
    given = event("3", "2026-02-03", **({"role": role} if role else {}))
    assert told("may_act", MAY, [given]) == ([("3", outcome)] if outcome else [])


def test_who_did_it_is_told() -> None:
    (found,) = answers("may_act", MAY, [event("3", "2026-02-03", role="TJD")])
    assert found.message == (
        "La actividad 3 («Autorizar el plan») consta el 3 de febrero de 2026, a cargo de Titular de la Jefatura de Departamento; "
        "corresponde a Titular de la Dirección."
    )
    (found,) = answers("may_act", MAY, [event("3", "2026-02-03", role="Titular de la Direción")])
    assert "¿Se quiso decir «Titular de la Dirección»?" in found.message


def test_what_is_unsaid_is_told_once() -> None:
    (found,) = answers("may_act", MAY, [event("3", "2026-02-03"), event("3", "2026-02-04"), event("3", "2026-02-05")])
    assert (found.outcome, "(y otras 2 veces)" in found.message) == ("undetermined", True)


def test_who_had_left_the_office() -> None:
    from datetime import date

    held = [Holder("Laura Méndez Ruiz", "TD", end=date(2026, 1, 31))]
    given = [event("3", "2026-02-03", role="TD", person="Laura Méndez Ruiz")]
    (found,) = answers("may_act", MAY, given, directory=held)
    assert "no ocupaba ese cargo en esa fecha, según el directorio" in found.message


APART = {"of": {"activity": ["3"]}, "other": {"activity": ["1"]}}


@pytest.mark.parametrize(
    ("one", "two", "outcome"),
    [
        ({"person": "p-014"}, {"person": "P-014"}, "violated"),
        ({"person": "p-10014"}, {"person": "p-10015"}, None),
        ({"person": "Lic. Laura Méndez Ruiz"}, {"person": "LAURA MENDEZ RUIZ"}, "violated"),
        ({"person": "Laura Méndez Ruiz"}, {"person": "Ana Soto Vega"}, None),
        ({"person": "Laura Méndez"}, {"person": "Laura Mendes"}, "undetermined"),
        ({"person": "Laura Méndez"}, {"person": "p-014"}, "undetermined"),
        ({"role": "TD"}, {"role": "TJD"}, None),
        ({"role": "TD"}, {"role": "TD"}, "undetermined"),
        ({"role": "TD", "person": "p-1"}, {"role": "TD"}, "undetermined"),
        ({}, {"person": "p-1"}, "undetermined"),
    ],
)
def test_the_same_person(one: dict[str, Any], two: dict[str, Any], outcome: str | None) -> None:
    given = [event("1", "2026-02-03", **one), event("3", "2026-02-05", **two)]
    assert told("separation", APART, given) == ([("3", outcome)] if outcome else [])


def test_the_directory_knows_a_person_by_name_and_address() -> None:
    held = [
        Holder("Laura Méndez", "TD", email="lmendez@imss.gob.mx"),
        Holder("Ana Soto", "TJD", email="asoto@imss.gob.mx"),
    ]
    given = [event("1", "2026-02-03", person="lmendez@imss.gob.mx"), event("3", "2026-02-05", person="Laura Mendez")]
    assert told("separation", APART, given, directory=held) == [("3", "violated")]
    given = [event("1", "2026-02-03", person="asoto@imss.gob.mx"), event("3", "2026-02-05", person="Laura Mendez")]
    assert told("separation", APART, given, directory=held) == []


def test_each_approval_is_held_against_what_was_drawn_up_for_it() -> None:
    given = [
        event("1", "2026-01-05", person="p-1"),
        event("3", "2026-01-07", person="p-2"),
        event("1", "2026-02-05", person="p-2"),
        event("3", "2026-02-07", person="p-1"),
    ]
    assert told("separation", APART, given) == []
    (found,) = answers("separation", APART, [*given, event("3", "2026-03-07", person="p-2")])
    assert found.message == (
        "La actividad 3 («Autorizar el plan») (el 7 de marzo de 2026, a cargo de p-2) y la actividad 1 («Elaborar el plan») "
        "(el 5 de febrero de 2026, a cargo de p-2) son de la misma persona, p-2; deben ser de personas distintas."
    )


SENT = {"of": {"activity": ["3"]}, "to": ["jefatura", "oficina"], "via": ["direccion"]}


@pytest.mark.parametrize(
    ("said", "outcomes"),
    [
        ({"to": ["TJD", "TJO"], "via": "TD"}, []),
        ({"to": ["TJD", "TJO"], "via": "encargada"}, []),
        ({"to": ["TJD"], "via": "TD"}, ["violated"]),
        ({"to": ["TJD"], "via": "TD", "role": "TJO"}, []),
        ({"to": [], "via": []}, ["violated", "violated"]),
        ({"to": ["TJD", "Recursos Humanos"], "via": "TD"}, ["undetermined"]),
        ({}, ["undetermined", "undetermined"]),
    ],
)
def test_addressees(said: dict[str, Any], outcomes: list[str]) -> None:
    assert [o for _, o in told("addressed", SENT, [event("3", "2026-02-03", **said)])] == outcomes


def test_an_address_is_known_by_the_directory() -> None:
    held = [Holder("Ana Soto", "TJO", email="asoto@imss.gob.mx")]
    given = [event("3", "2026-02-03", to=["TJD", "asoto@imss.gob.mx"], via="TD")]
    assert told("addressed", SENT, given, directory=held) == []
    assert told("addressed", {**PLAN, "to_any": ["jefatura", "oficina"]}, given) == []


def test_whom_it_does_not_reach() -> None:
    (found,) = answers("addressed", SENT, [event("3", "2026-02-03", to=["TJD"], via="TD")])
    assert found.message == (
        "La actividad 3 («Autorizar el plan») (el 3 de febrero de 2026) debe dirigirse a Titular de la Jefatura de Oficina, "
        "y no consta que así fuera."
    )


JOINT = {"of": {"activity": ["3"]}, "roles": ["direccion", ["jefatura", "oficina"]]}


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        ([{"role": "TD", "to": ["TJO"]}], None),
        ([{"role": "TD"}, {"role": "TJD"}], None),
        ([{"role": "TJO", "unit": "Titular de la Dirección"}], None),
        ([{"role": "TD"}], "undetermined"),
        ([{"role": "TD", "to": []}], "violated"),
        ([{"role": "TJD"}, {"role": "TJO"}], "violated"),
        ([{"role": "TD", "to": ["Recursos Humanos"]}], "undetermined"),
        ([{}], "undetermined"),
    ],
)
def test_all_took_part(given: list[dict[str, Any]], outcome: str | None) -> None:
    events = [event("3", f"2026-02-0{n}", **said) for n, said in enumerate(given, 1)]
    assert told("jointly", JOINT, events) == ([("3", outcome)] if outcome else [])


def test_each_occasion_has_its_own_participants() -> None:
    both, alone, between = {"role": "TD", "to": ["TJD"]}, {"role": "TD", "to": []}, event("1", "2026-02-20")

    def occasions(first: dict[str, Any], then: dict[str, Any], *more: dict[str, Any]) -> list[tuple[str, str]]:
        return told("jointly", JOINT, [event("3", "2026-02-03", **first), *more, event("3", "2026-03-03", **then)])

    assert occasions(both, alone, between) == [("3", "violated")]
    assert occasions(both, both, between) == []
    assert occasions(alone, both) == []  # one office that consults two by turns


def test_only_of_events_that_say_whom_they_reach() -> None:
    words = {**PLAN, "to": ["jefatura"], "if_said": True}
    assert told("addressed", words, [event("3", "2026-02-03"), event("3", "2026-02-04", to=["TJO"])]) == [
        ("3", "violated")
    ]


def test_each_period_has_its_own_participants() -> None:
    events = [
        event("3", "2026-02-03", role="TD", to=["TJD"], period="2026-01"),
        event("3", "2026-03-03", role="TD", to=[], period="2026-02"),
    ]
    (found,) = answers("jointly", JOINT, events)
    assert (
        "el 3 de marzo de 2026, a cargo de Titular de la Dirección, sin que participe Titular de la Jefatura de Departamento o "
        in found.message
    )
    three = {
        "of": {"activity": ["3"]},
        "roles": ["direccion", "jefatura", "oficina", "encargada"],
        "may_be_apart": True,
    }
    assert told(
        "jointly", {**three, "roles": ["jefatura", "oficina", "encargada"]}, [event("3", role="TJD", to=[])]
    ) == [("3", "undetermined")]
