"""``unique``: exact repetition is a fault, likeness a doubt, and long tables take time in proportion."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .judging import judged, submission, told

BY_CURP = {"table": "personas", "by": ["curp"]}


def _people(*curps: str) -> list[dict[str, str]]:
    return [{"persona": f"Persona {n}", "curp": curp} for n, curp in enumerate(curps)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("HEGG560427MVZRRL04", "hegg 560427 mvzrrl-04", True),
        ("55 1234 5678", "5512345678", True),
        ("Curso de Excel", "CURSO DE EXCÉL.", True),
        ("1-12", "11-2", False),
        ("Excel 1", "Excel 2", False),
    ],
)
def test_what_counts_as_the_same(one: str, other: str, same: bool) -> None:
    assert told("unique", BY_CURP, personas=_people(one, other)) == ([("personas[2].curp", "violated")] if same else [])


def test_rows_are_the_same_by_all_the_columns_together() -> None:
    rows = [
        {"persona": "Ana", "ooad": "Jalisco"},
        {"persona": "Ana", "ooad": "Colima"},
        {"persona": "ANA", "ooad": "jalisco"},
    ]
    (finding,) = judged("unique", {"table": "personas", "by": ["persona", "ooad"]}, submission(personas=rows))
    assert finding.subject == "personas[3]"
    assert finding.message == "La persona 3 repite «Persona» y «OOAD» de la persona 1."


def test_rows_without_the_column_repeat_nothing() -> None:
    assert told("unique", BY_CURP, personas=[*_people("", ""), {"persona": "Ana"}, {"persona": "Luz"}]) == []


def test_likeness_is_a_doubt() -> None:
    words = {"table": "personas", "by": ["persona"], "alike": 90}
    rows = [{"persona": p} for p in ("Laura Méndez Ríos", "Jorge Salas", "Laura Mendes Ríos", "Curso 1", "Curso 2")]
    (finding,) = judged("unique", words, submission(personas=rows))
    assert (finding.subject, finding.outcome) == ("personas[3].persona", "undetermined")
    assert "se parece mucho a la persona 1" in finding.message


def test_likeness_is_found_in_long_tables_in_proportionate_time() -> None:
    letters = "bcdfghjklmnpqrstvwxz"
    names = [
        f"{letters[n % 20]}{letters[n // 20 % 20]}{letters[n // 400 % 20]}a {letters[n * 7 % 20] * 9}"
        for n in range(4000)
    ]
    names[100], names[3000] = "Guadalupe Hernández Villalobos", "Guadalupe Hernandes Villalobos"
    names[200], names[3500] = "Xicoténcatl Domínguez", "Sicoténcatl Domínguez"
    given = submission(personas=[{"persona": n} for n in names])
    begun = time.perf_counter()
    found = judged("unique", {"table": "personas", "by": ["persona"], "alike": 93}, given)
    assert time.perf_counter() - begun < 5
    assert {"personas[3001].persona", "personas[3501].persona"} <= {f.subject for f in found}


@given(st.lists(st.sampled_from(["A1", "B2", "C3", "D4"]), max_size=12))
def test_one_answer_for_each_row_that_repeats(values: list[str]) -> None:
    assert len(told("unique", BY_CURP, personas=_people(*values) or None)) == len(values) - len(set(values))
