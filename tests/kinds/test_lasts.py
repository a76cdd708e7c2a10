"""``lasts``: a week, a month, a quarter."""

from __future__ import annotations

import pytest

from .asking import answers, told

SPEC = {"periodo": "period"}


@pytest.mark.parametrize(
    ("one", "written"),
    [
        ("week", "del 5 al 9 de octubre de 2026"),
        ("week", "del 5 al 11 de octubre de 2026"),
        ("week", "del 5 al 12 de octubre de 2026"),
        ("week", "5 de octubre de 2026"),
        ("month", "marzo de 2026"),
        ("month", "del 26 de febrero al 25 de marzo de 2026"),
        ("month", "31 de marzo de 2026"),
        ("quarter", "segundo trimestre de 2026"),
        ("quarter", "del 1 de enero al 31 de marzo de 2026"),
    ],
)
def test_a_period_of_the_length_asked_for(one: str, written: str) -> None:
    assert told("lasts", {"field": "periodo", "one": one}, SPEC, {"periodo": written}) == []


@pytest.mark.parametrize(
    ("one", "written"),
    [
        ("week", "del 1 al 31 de octubre de 2026"),
        ("week", "del 5 al 16 de octubre de 2026"),
        ("week", "enero a marzo de 2026"),
        ("month", "primera quincena de 2026, del 1 al 15 de marzo de 2026"),
        ("month", "abril a junio de 2026"),
        ("quarter", "abril de 2026"),
        ("quarter", "segundo semestre de 2026"),
    ],
)
def test_another_length_is_told(one: str, written: str) -> None:
    assert told("lasts", {"field": "periodo", "one": one}, SPEC, {"periodo": written}) == [("periodo", "violated")]


def test_figures_that_add_up_from_january_are_doubted() -> None:
    asked = {"field": "periodo", "one": "quarter"}
    assert told("lasts", asked, SPEC, {"periodo": "enero a septiembre de 2026"}) == [("periodo", "undetermined")]
    assert told("lasts", {**asked, "one": "week"}, SPEC, {"periodo": "enero de 2026"}) == [("periodo", "violated")]


def test_what_is_not_there_or_no_period_is_left_to_others() -> None:
    asked = {"field": "periodo", "one": "week"}
    assert told("lasts", asked, SPEC, {}) == []
    assert told("lasts", asked, SPEC, {"periodo": ""}) == []
    assert told("lasts", asked, {"periodo": "text"}, {"periodo": "semana 41"}) == []


def test_words_of_a_text_field_count_too_with_or_without_year() -> None:
    (finding,) = answers("lasts", {"field": "periodo", "one": "week"}, {"periodo": "text"}, {"periodo": "octubre"})
    assert finding.message == "«Periodo» dice «octubre», que son 31 días; debe abarcar una semana."
