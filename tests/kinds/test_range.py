"""``range``: limits belong to it; what is no number is left open."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.kinds.range import Params

from .judging import judged, submission, told

WORDS = {"field": "impacto", "at_least": 1, "at_most": 10}


@pytest.mark.parametrize(
    ("written", "outcome"),
    [("1", None), ("10", None), ("5.5", None), ("0", "violated"), ("10.01", "violated"), ("-3", "violated")],
)
def test_numbers(written: str, outcome: str | None) -> None:
    assert told("range", WORDS, impacto=written) == ([("impacto", outcome)] if outcome else [])


def test_text_is_read_as_the_number_that_it_holds() -> None:
    words = {"field": "duracion", "at_least": 20}
    assert told("range", words, duracion="40 horas") == []
    assert told("range", words, duracion="12 horas") == [("duracion", "violated")]
    assert told("range", words, duracion="de 10 a 40 horas") == [("duracion", "undetermined")]


def test_what_is_told_to_be_no_number_is_not_told_again() -> None:
    assert told("range", WORDS, impacto="alto") == []
    assert told("range", WORDS) == []


def test_the_sentence_names_both_limits() -> None:
    rows = [{"persona": "Ana", "impacto": "11"}]
    (finding,) = judged("range", {**WORDS, "field": "personas.impacto"}, submission(personas=rows))
    assert finding.message == "«Impacto» (persona 1) dice «11»; debe estar entre 1 y 10."


@given(st.integers(-100, 100), st.integers(-100, 100), st.integers(-100, 100))
def test_inside_is_between_the_limits(value: int, one: int, other: int) -> None:
    low, high = sorted((one, other))
    found = told("range", {"field": "impacto", "at_least": low, "at_most": high}, impacto=str(value))
    assert (not found) is (low <= value <= high)


@pytest.mark.parametrize("words", [{"field": "x"}, {"field": "x", "at_least": 3, "at_most": 2}])
def test_limits_are_given_in_order(words: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(words, Params)
