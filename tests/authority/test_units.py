"""Whose charge a charge is."""

from __future__ import annotations

import pytest

from checker.authority.units import above, resembles, seat_of
from checker.packs.load import Pack

UCS = "unidad-de-comunicacion-social"
DOE = "direccion-de-operacion-y-evaluacion"


@pytest.mark.parametrize(
    ("charge", "standing", "role"),
    [
        ("Titular de la Unidad de Comunicación Social", "head", UCS),
        ("JEFA DE LA UNIDAD DE COMUNICACION SOCIAL", "head", UCS),
        ("Titular de la Unidad de Comunicación Social de la Dirección de Operación y Evaluación", "head", UCS),
        ("Titular de la UCS, IMSS", "head", UCS),
        ("Directora de Operación y Evaluación", "head", DOE),
        ("Coordinador de Vinculación Internacional", "head", "coordinacion-tecnica-de-vinculacion-internacional"),
        (
            "Coordinadora Técnica de Difusión, en suplencia por ausencia de la persona Titular de la Unidad de Comunicación Social",
            "head",
            UCS,
        ),
        ("Encargado del despacho de la Unidad de Comunicación Social", "head", UCS),
        ("Analista de la Unidad de Comunicación Social", "within", UCS),
        ("Titular del OOAD Estatal Durango", "head", "ooad"),
        ("Jefa de la Oficina de Correspondencia", "other", None),
        ("Coordinación de Vinculación Empresarial", "unknown", "coordinacion-de-vinculacion"),
        ("Coordinadora de EvaluTitular de la Coordinación Administrativa", "unknown", None),
        ("Titular", "unknown", None),
        ("", "unknown", None),
    ],
)
def test_seats(doe: Pack, charge: str, standing: str, role: str | None) -> None:
    seat = seat_of(charge, doe.roles, doe.authority)
    assert seat.standing == standing
    if standing != "unknown":
        assert seat.role == role


def test_every_unit_of_the_manual_is_known_by_its_own_name(doe: Pack) -> None:
    for unit in doe.authority:
        for charge in (f"Titular de la {doe.roles[unit].name}", *doe.roles[unit].aliases):
            seat = seat_of(charge, doe.roles, doe.authority)
            assert (seat.standing, seat.role) == ("head", unit), charge


def test_units_stand_above_one_another_up_to_the_director_general(doe: Pack) -> None:
    assert list(above("division-de-comunicacion-interna", doe.authority)) == [
        "coordinacion-de-comunicacion-interna",
        UCS,
        DOE,
        "direccion-general",
    ]


def test_a_misread_name_resembles_the_right_one(doe: Pack) -> None:
    assert resembles("Titular de la Unidad de Comunicasión Soclal", (UCS,), doe.roles)
    assert not resembles("Titular de la Unidad de Atención a la Derechohabiencia", (UCS,), doe.roles)
