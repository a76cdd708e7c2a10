"""Kinds about the texts of a programme: their wording, the plan that they follow, quarters, and its sections."""

from __future__ import annotations

from typing import Any

import pytest

from checker.packs.tables import Catalogue

from .asking import answers, told

SPEC = {
    "objetivo": "list",
    "superior": "text",
    "estrategia": "text",
    "accion": "text",
    "periodo": "period",
    "lineas": {"linea": "text"},
}
UNITS = {
    "unidades": Catalogue(
        "unidades", "Unidades", "3", {"Unidad de Evaluación": ("UE",), "Coordinación Administrativa": ()}
    )
}


def test_every_demand_on_a_text_is_told_apart() -> None:
    words = {
        "field": "objetivo",
        "begins": "infinitive",
        "without": ["acronyms", "abbreviations", "qualifying-adjectives"],
        "mentions": ["para", "a fin de"],
        "at_most_words": 8,
        "quantified": True,
    }
    assert told("wording", words, SPEC, {"objetivo": "Atender doce casos para mejorar"}) == []
    found = answers(
        "wording", words, SPEC, {"objetivo": "Excelente atención del IMSS, etc. a quien lo pida en la zona"}
    )
    assert [f.outcome for f in found] == ["violated"] * 7
    assert "«IMSS»" in found[1].message


def test_a_text_that_a_merged_cell_repeats_is_judged_once() -> None:
    words = {"field": "lineas.linea", "begins": "infinitive"}
    rows = {"lineas": [{"linea": "Visitas"}, {"linea": "Visitas"}, {"linea": "Visitar"}]}
    assert told("wording", words, SPEC, rows) == [("lineas[1].linea", "violated")]


def test_a_demand_on_wording_is_required() -> None:
    with pytest.raises(ValueError, match="wording takes"):
        told("wording", {"field": "objetivo"}, SPEC, {})


@pytest.mark.parametrize(
    ("given", "answers_"),
    [
        ({"superior": "1. Garantizar la salud", "estrategia": "1.2 Mejorar", "accion": "1.2.3 Evaluar"}, []),
        ({"superior": "Objetivo prioritario 1: Garantizar la salud", "estrategia": "1.2 Mejorar"}, []),
        ({"superior": "II. Garantizar la salud", "estrategia": "1.2 Mejorar"}, []),
        ({"superior": "Garantizar la salud"}, [("superior", "violated")]),
        ({"superior": "1."}, [("superior", "violated")]),
        ({"superior": "1. Garantizar", "estrategia": "2.1 Mejorar"}, [("estrategia", "violated")]),
        ({"superior": "", "estrategia": "2.1 Mejorar"}, []),
    ],
)
def test_names_go_with_numbers_that_hang_from_one_another(given: dict[str, Any], answers_: list[Any]) -> None:
    assert told("numbered_names", {"fields": ["superior", "estrategia", "accion"]}, SPEC, given) == answers_


@pytest.mark.parametrize(
    ("period", "outcome"),
    [
        ("01 de enero al 31 de marzo de 2025", None),
        ("01 enero al 31 de marzo de 2024", None),
        ("1° de octubre al 31 de diciembre de 2025", None),
        ("Primer trimestre 2025 (01 de enero al 31 de marzo de 2025)", None),
        ("enero a marzo de 2025", "undetermined"),
        ("01/04/2025 al 30/06/2025", "violated"),
        ("01 de febrero al 30 de abril de 2025", "violated"),
        ("01 de enero al 30 de junio de 2025", "violated"),
        ("01 de enero al 30 de marzo de 2025", "violated"),
        ("31 de febrero de 2025", None),  # no period at all: `required` tells that
    ],
)
def test_a_quarter_is_one_of_the_calendar_with_its_days(period: str, outcome: str | None) -> None:
    assert [o for _, o in told("natural_quarter", {"field": "periodo"}, SPEC, {"periodo": period})] == (
        [outcome] if outcome else []
    )


def test_a_value_is_named_by_the_other_document() -> None:
    words = {"field": "superior", "listed": "objetivo"}
    other = (SPEC, {"objetivo": ["1. Garantizar el derecho a la salud", "2. Fortalecer las finanzas"]})
    assert told("listed_in", words, SPEC, {"superior": "Garantizar el derecho a la salud"}, other=other) == []
    assert told("listed_in", words, SPEC, {"superior": "1. Garantizar el derecho a la salut"}, other=other) == [
        ("superior", "undetermined")
    ]
    assert told("listed_in", words, SPEC, {"superior": "3. Construir obras"}, other=other) == [("superior", "violated")]
    assert told("listed_in", words, SPEC, {"superior": "3. Construir obras"}, other=(SPEC, {})) == []


SECTION = {"section": ["Metas"], "until": ["Anexos"], "catalogue": "unidades"}
PROGRAMME = """
# Directorio

Unidad de Evaluación

# Metas

## {first}

Objetivo 1. Indicador: visitas.

## Coordinación Administrativa

{last}

# Anexos

PTAR y PTCI
"""


@pytest.mark.parametrize(
    ("first", "answers_"),
    [("Unidad de Evaluación", []), ("UE", []), ("Otra unidad", [("apartado[1]", "violated")])],
)
def test_a_section_names_every_unit(first: str, answers_: list[Any]) -> None:
    text = PROGRAMME.format(first=first, last="Objetivo 2. Indicador: informes.")
    assert told("section_names", SECTION, SPEC, {}, catalogues=UNITS, text=text) == answers_


def test_what_is_said_of_each_unit_stands_in_its_own_part() -> None:
    words = {**SECTION, "each_says": {"objetivo": [], "indicador": ["indicadores"]}}
    whole = PROGRAMME.format(first="Unidad de Evaluación", last="Objetivo 2. Indicadores: informes.")
    assert told("section_names", words, SPEC, {}, catalogues=UNITS, text=whole) == []
    half = PROGRAMME.format(first="Unidad de Evaluación", last="Objetivo 2.")
    assert told("section_names", words, SPEC, {}, catalogues=UNITS, text=half) == [("apartado[2]", "violated")]


def test_a_section_speaks_of_its_parts_and_of_no_other_section() -> None:
    words = {"section": ["Anexos"], "until": ["Siglas"], "parts": {"PTAR": [], "PADNI": ["normativos inter-"]}}
    text = PROGRAMME.format(first="UE", last="PADNI")
    assert told("section_names", words, SPEC, {}, text=text) == [("apartado[2]", "violated")]
    assert told("section_names", words, SPEC, {}, text=f"{text}\n\nDocumentos Normativos Internos\n") == []
    assert told("section_names", words, SPEC, {}, text="# Otra cosa") == []


def test_acronyms_in_frequent_use_are_listed() -> None:
    body = "# Introducción\n\n" + "El IMSS y los OOAD informan.\n\n" * 3 + "La OIT opina.\n\n"
    words = {"section": ["Siglas y acrónimos", "Siglas"]}
    listed = body + "# Siglas y acrónimos\n\nIMSS: Instituto\n\nOOAD: Órganos\n"
    assert told("acronyms_defined", words, SPEC, {}, text=listed) == []
    assert told("acronyms_defined", {**words, "times": 1}, SPEC, {}, text=listed) == [("sigla OIT", "violated")]
    assert told("acronyms_defined", words, SPEC, {}, text=body + "# Siglas\n\nIMSS: Instituto\n") == [
        ("sigla OOAD", "violated")
    ]
    assert told("acronyms_defined", words, SPEC, {}, text=body) == []


def test_underlining_may_stand_in_the_text_as_marks() -> None:
    words = {"field": "objetivo", "without": ["underlining"]}
    assert told("wording", words, SPEC, {"objetivo": "Atender a la <u>población</u>"}) == [("objetivo", "violated")]
    assert told("wording", words, SPEC, {"objetivo": "Atender a la población"}) == []
