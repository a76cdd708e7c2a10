"""Infinitives, acronyms, abbreviations and qualifying adjectives."""

from __future__ import annotations

import pytest

from checker.spanish.wording import abbreviations, acronyms, begins_with_infinitive, qualifying_adjectives


@pytest.mark.parametrize(
    "text",
    [
        "Fortalecer el seguimiento",
        "1.1.1 Coordinarse con las áreas",
        "• Dar seguimiento",
        "“Impulsar” la atención",
        "OÍR a la población",
        "Reírse",
        "Hacerle llegar el oficio",
        "Establecerlas",
        "Dárselo a conocer",
        "Ir a los centros",
        "a) Revisar",
        "Co-organizar eventos",
        "Regular la operación",
        "Auxiliar a las personas",
    ],
)
def test_an_infinitive_is_known_whatever_it_bears(text: str) -> None:
    assert begins_with_infinitive(text)[0] == "yes"


@pytest.mark.parametrize(
    "text",
    [
        "Fortalecimiento del seguimiento",
        "Lugar de atención",
        "Mujeres atendidas",
        "Taller de inducción",
        "Porvenir institucional",
        "Bienestar de la población",
        "Líder de proyecto",
        "Carácter preventivo",
        "Charlas en centros",
        "Perla",
        "Primer informe",
        "La coordinación de acciones",
        "",
        "1.1.1",
    ],
)
def test_nouns_in_r_are_no_infinitives(text: str) -> None:
    assert begins_with_infinitive(text)[0] == "no"


@pytest.mark.parametrize(
    "text", ["Titular de la unidad", "Circular 5 de 2025", "No permitir rezagos", "Deber de cuidado"]
)
def test_what_may_be_either_is_unsure(text: str) -> None:
    assert begins_with_infinitive(text)[0] == "unsure"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Atender a los OOAD y al IMSS", ["OOAD", "IMSS"]),
        ("Registrar las TICs del I.M.S.S.", ["I.M.S.S.", "TICs"]),
        ("Concluir la etapa IV y el tomo XXI", []),
        ("FORTALECER EL SEGUIMIENTO DEL IMSS", []),
        ("Atender EN TIEMPO REAL a las personas", []),
        ("Atender, NO sólo registrar", []),
        ("Realizar 12 visitas a EduTK", []),
    ],
)
def test_acronyms_are_capitals_that_are_no_emphasis_and_no_numerals(text: str, found: list[str]) -> None:
    assert acronyms(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Difundir carteles, trípticos, etc. en la zona", ["etc."]),
        ("Atender el oficio núm. 3 del Lic. Ruiz", ["núm.", "Lic."]),
        ("Revisar el acuerdo no. 4", ["no."]),
        ("Decidir si procede o no. Después, informar", []),
        ("Informar a las 9 a.m.", ["a.m."]),
        ("Fortalecer la operación.", []),
    ],
)
def test_abbreviations_are_those_of_a_closed_list(text: str, found: list[str]) -> None:
    assert abbreviations(text) == found


def test_adjectives_are_those_of_a_closed_list_and_no_part_of_names() -> None:
    assert qualifying_adjectives("Brindar una excelente y oportuna atención") == ["excelente", "oportuna"]
    assert qualifying_adjectives("Óptimo uso de los recursos") == ["Óptimo"]
    assert qualifying_adjectives("Atender el programa Buen Trato en la Unidad Médica") == []
    assert qualifying_adjectives("Fortalecer la operación institucional integral") == []
