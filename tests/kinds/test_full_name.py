"""``full_name``: names in full, surnames apart or not."""

from __future__ import annotations

import pytest

from .asking import told

ROWS = {"personas": {"nombre": "text", "paterno": "text", "materno": "text"}}


@pytest.mark.parametrize(
    ("name", "words", "outcome"),
    [
        ("Rosa Gómez Morales", 3, None),
        ("Rosa Gómez", 3, "undetermined"),
        ("Rosa de la Cruz", 3, "undetermined"),
        ("María de los Ángeles de la Cruz Ruiz", 3, None),
        ("Lic. Rosa", 3, "violated"),
        ("ROSA", 2, "violated"),
        ("Rosa Gómez", 2, None),
        ("Rosa 123", 2, "violated"),
    ],
)
def test_words_of_a_name(name: str, words: int, outcome: str | None) -> None:
    found = told("full_name", {"field": "nombre", "words": words}, {"nombre": "text"}, {"nombre": name})
    assert found == ([("nombre", outcome)] if outcome else [])


def test_surnames_may_stand_in_columns_of_their_own() -> None:
    rows = [{"nombre": "Rosa", "paterno": "Gómez"}, {"nombre": "Luis", "paterno": ""}, {"nombre": ""}]
    words = {"field": "personas.nombre", "surnames": ["paterno", "materno"]}
    assert told("full_name", words, ROWS, {"personas": rows}) == [("personas[2].nombre", "violated")]
