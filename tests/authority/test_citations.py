"""Citations of a manual, in the forms that legal foundations have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.authority.citations import citations_of

NAMES = (
    "Manual de Organización de la Dirección de Operación y Evaluación",
    "Manual de Organización de la DOE",
    "G000-002-001",
)
FOUNDATION = (
    "Con fundamento en lo dispuesto en el numeral 8.1.10 subnumerales 3 y 15 del Manual de Organización del Instituto Mexicano del Seguro "
    "Social, clave 0500-002-001 publicado en el Diario Oficial de la Federación el 26 de diciembre de 2022; numeral 7.1, subnumerales 3, "
    "15 y 16; 7.1.1, subnumeral 2; y 7.1.5, subnumerales 1 y 14 del Manual de Organización de la Dirección de Operación y Evaluación, "
    "clave G000-002-001 validado y registrado el 03 de octubre de 2024, se expide la siguiente:"
)


def cited(text: str) -> list[tuple[str, int | None]]:
    return [(c.numeral, c.subnumeral) for c in citations_of(text, NAMES)]


def test_a_foundation_with_two_manuals_gives_each_its_own() -> None:
    assert cited(FOUNDATION) == [("7.1", 3), ("7.1", 15), ("7.1", 16), ("7.1.1", 2), ("7.1.5", 1), ("7.1.5", 14)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("numeral 7.1.5, fracción 1 y 14, del Manual de Organización de la DOE", [("7.1.5", 1), ("7.1.5", 14)]),
        (
            "7.1(3,15,16); 7.1.1(2) del Manual de Organización de la DOE",
            [("7.1", 3), ("7.1", 15), ("7.1", 16), ("7.1.1", 2)],
        ),
        (
            "los subnumerales 3 a 5 del numeral 7.1 del Manual de Organización de la DOE",
            [("7.1", 3), ("7.1", 4), ("7.1", 5)],
        ),
        (
            "numeral 7.1.1.2, subnumerales III y XIV, del Manual de Organización de la DOE",
            [("7.1.1.2", 3), ("7.1.1.2", 14)],
        ),
        (
            "numerales 7.1, 7.1.2 y 7.1.5 del Manual de Organización de la DOE",
            [("7.1", None), ("7.1.2", None), ("7.1.5", None)],
        ),
        (
            "Manual de Organización de la DOE, clave G000-002-001, registrado el 3 de octubre de 2024, numerales 7.1, subnumeral 3; y 7.1.1 (2).",
            [("7.1", 3), ("7.1.1", 2)],
        ),
        (
            "Manual de Organización del IMSS, numeral 8.1.10; y Manual de Organización de la DOE, numeral 7.1.2.",
            [("7.1.2", None)],
        ),
        ("7.2.1 Fundamento\nConforme al numeral 7.1 del Manual de Organización de la DOE", [("7.1", None)]),
    ],
)
def test_forms(text: str, found: list[tuple[str, int | None]]) -> None:
    assert cited(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "numeral 7.1, inciso b), del Manual de Organización de la DOE",
        "numeral 7.1, 3 y 15 del Manual de Organización de la DOE",
    ],
)
def test_what_cannot_be_made_out_is_told_as_such(text: str) -> None:
    assert "" in [numeral for numeral, _ in cited(text)]


@pytest.mark.parametrize(
    "text",
    [
        "El numeral 8 de la Norma X y el Manual de Organización de la DOE se observarán.",
        "7.1.1 El incumplimiento de lo previsto en el Manual de Organización de la DOE será sancionado.",
        "Conforme al numeral 7.9 de la Norma del Modelo de Operación Territorial.",
        "5.8 Enlace: quien designa la unidad conforme al Manual de Organización de la DOE.\n5.12 IAT: instrumento de la unidad.",
        "Conforme a las funciones establecidas en el Manual de Organización de la DOE.",
    ],
)
def test_numerals_of_something_else_are_not_cited(text: str) -> None:
    assert cited(text) == []


NUMERALS = st.lists(st.integers(1, 9), min_size=1, max_size=4).map(lambda parts: ".".join(["7", *map(str, parts)]))
GROUPS = st.lists(
    st.tuples(NUMERALS, st.lists(st.integers(1, 32), min_size=1, max_size=4, unique=True)),
    min_size=1,
    max_size=4,
    unique_by=lambda g: g[0],
)


@given(GROUPS, st.sampled_from(["words", "brackets"]))
def test_what_is_written_is_what_is_read(groups: list[tuple[str, list[int]]], form: str) -> None:
    if form == "words":
        told = "; ".join(
            f"numeral {n}, {'subnumerales' if len(s) > 1 else 'subnumeral'} {_joined(s)}" for n, s in groups
        )
    else:
        told = "; ".join(f"{n} ({', '.join(map(str, s))})" for n, s in groups)
    text = f"Con base en {told} del Manual de Organización de la DOE, se emite lo siguiente."
    assert cited(text) == [(n, s) for n, subs in groups for s in subs]


def _joined(numbers: list[int]) -> str:
    words = list(map(str, numbers))
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} y {words[-1]}"
