"""Names of one person, however written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.kinds.names import same_person

WORDS = st.lists(
    st.sampled_from("Laura Méndez Ríos Jorge Salas Pérez Ana Torres Luna Íñigo".split()),
    min_size=2,
    max_size=4,
    unique=True,
)


@pytest.mark.parametrize(
    ("one", "other", "like"),
    [
        ("Lic. Laura Méndez Ríos", "LAURA MENDEZ RIOS", "yes"),
        ("Méndez Ríos Laura", "Dra. Laura Méndez Ríos", "yes"),
        ("J. Salas Pérez", "Jorge Salas Pérez", "yes"),
        ("Laura Méndez", "Laura Méndez Ríos", "yes"),
        ("Ma. del Carmen de la Cruz", "MARIA DEL CARMEN DE LA CRUZ", "no"),
        ("Juan Salas Pérez", "Jorge Salas Pérez", "no"),
        ("Laura Méndez Ríos", "Ana Torres Luna", "no"),
        ("Laura", "Laura Méndez Ríos", "unsure"),
        ("Laura Méndes Ríos", "Laura Méndez Ríos", "unsure"),
        ("", "Laura Méndez Ríos", "unsure"),
    ],
)
def test_likeness(one: str, other: str, like: str) -> None:
    assert same_person(one, other) == like
    assert same_person(other, one) == like


@given(WORDS, st.randoms(use_true_random=False))
def test_order_and_case_do_not_matter(words: list[str], random: object) -> None:
    shuffled = list(words)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert same_person(" ".join(words), " ".join(shuffled).upper()) == "yes"
