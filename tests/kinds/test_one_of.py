"""``one_of``: closed lists, near misses left open."""

from __future__ import annotations

import msgspec
import pytest

from checker.kinds.one_of import Params

from .judging import judged, submission, told

WORDS = {"field": "personas.ooad", "catalogue": "ooad"}


@pytest.mark.parametrize(
    ("written", "outcome"),
    [
        ("Jalisco", None),
        ("  JALISCO. ", None),
        ("estatal jalisco", None),
        ("nuevo leon", None),
        ("Jalsico", "undetermined"),
        ("OOAD Jalisco", "undetermined"),
        ("Nuevo  León y otros", "undetermined"),
        ("Atlantis", "violated"),
        ("Norte", "undetermined"),
        ("D.F", "violated"),
    ],
)
def test_names_of_a_catalogue(written: str, outcome: str | None) -> None:
    found = told("one_of", WORDS, personas=[{"persona": "Ana", "ooad": written}])
    assert found == ([("personas[1].ooad", outcome)] if outcome else [])


def test_what_is_absent_or_empty_says_nothing() -> None:
    assert told("one_of", WORDS, personas=[{"persona": "Ana"}, {"persona": "Luz", "ooad": ""}]) == []
    assert told("one_of", WORDS) == []


def test_each_item_of_a_list_is_told_by_itself() -> None:
    words = {"field": "unidades", "values": ["Norte", "Sur 1", "Sur 2"]}
    (finding,) = judged("one_of", words, submission(unidades=["sur 1", "Sur 3", "NORTE"]))
    assert (finding.subject, finding.outcome) == ("unidades[2]", "violated")
    assert finding.message == "«Unidades» dice «Sur 3», que no figura en los valores admitidos (Norte, Sur 1, Sur 2)."


def test_the_sentence_names_the_row_and_the_nearest() -> None:
    (finding,) = judged("one_of", WORDS, submission(personas=[{"persona": "Ana", "ooad": "Jalsico"}]))
    assert finding.message == (
        "No se pudo confirmar «OOAD» (persona 1): dice «Jalsico»; lo más parecido en los valores admitidos "
        "(Jalisco, Nuevo León, Norte del D.F.) es «Jalisco»."
    )


@pytest.mark.parametrize("words", [{"field": "folio"}, {"field": "folio", "catalogue": "ooad", "values": ["a"]}])
def test_one_list_is_given(words: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError, match="either"):
        msgspec.convert(words, Params)
