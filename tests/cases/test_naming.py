"""Sentences of records find the activity that they mean, or none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.cases.naming import LIKE, NEAR, Names

NAMES = Names(
    [
        ("Elaborar el proyecto de actualización de la normativa", "2"),
        ("Someter el proyecto al GT-COMERI para revisión y aprobación", "3"),
        ("Difundir la normativa autorizada al Sistema CONALEP", "6"),
        ("Difundir la normativa autorizada", "6"),
        ("Dar a conocer la normativa a los responsables y asesorarlos", "7"),
        ("Aprobar", "8"),
    ]
)


@pytest.mark.parametrize(
    ("text", "activity"),
    [
        ("Difunde normativa autorizada al Sistema CONALEP para su aplicación.", "6"),
        ("Somete proyecto normativo al GT-COMERI para revisión y aprobación.", "3"),
        (
            "Da a conocer a los responsables de los servicios de capacitación la normativa actualizada para su aplicación y asesora.",
            "7",
        ),
        ("DIFUNDIR NORMATIVA AUTORIZADA", "6"),
    ],
)
def test_a_sentence_with_the_verb_in_another_form_is_known(text: str, activity: str) -> None:
    found = NAMES.nearest(text)
    assert found is not None
    assert found.activity == activity
    assert found.sure


@pytest.mark.parametrize(
    "text",
    [
        "",
        "de la",
        "Pagar la nómina de la quincena",
        "Normativa",
        "Aprobar el presupuesto anual de la coordinación de servicios",
    ],
)
def test_what_is_like_none_is_none(text: str) -> None:
    assert NAMES.nearest(text) is None


def test_what_is_like_two_is_sure_to_be_neither() -> None:
    found = NAMES.nearest("Elaborar y someter el proyecto de actualización al GT-COMERI")
    assert found is not None
    assert found.activity in ("2", "3")
    assert not found.sure


@given(st.text(max_size=80))
def test_no_text_is_more_than_itself(text: str) -> None:
    found = NAMES.nearest(text)
    assert found is None or NEAR <= found.likeness <= 1
    assert found is None or not found.sure or found.likeness >= LIKE


@given(st.permutations("Difundir la normativa autorizada al Sistema CONALEP".split()))
def test_the_order_of_words_does_not_matter(words: list[str]) -> None:
    found = NAMES.nearest(" ".join(words))
    assert found is not None
    assert found.activity == "6"
    assert found.likeness == pytest.approx(1)
