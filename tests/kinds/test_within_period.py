"""``within_period``: the dates of a table in the month of the document."""

from __future__ import annotations

import pytest

from .asking import answers, told

SPEC = {"mes": "period", "webinars": {"tema": "text", "fecha": "date", "semana": "period"}}
WORDS = {"dates": "webinars.fecha", "period": "mes"}


@pytest.mark.parametrize(
    ("day", "inside"), [("1/09/2026", True), ("30/09/2026", True), ("31/08/2026", False), ("1/10/2026", False)]
)
def test_both_ends_belong_to_it(day: str, inside: bool) -> None:
    given = {"mes": "septiembre de 2026", "webinars": [{"tema": "Uno", "fecha": day}]}
    assert told("within_period", WORDS, SPEC, given) == ([] if inside else [("webinars[1].fecha", "violated")])


def test_a_period_that_reaches_over_the_end_is_outside() -> None:
    words = {"dates": "webinars.semana", "period": "mes"}
    given = {
        "mes": "septiembre de 2026",
        "webinars": [{"tema": "Uno", "semana": "del 28 de septiembre al 2 de octubre de 2026"}],
    }
    (finding,) = answers("within_period", words, SPEC, given)
    assert finding.message == (
        "«Semana» (tema 1) («del 28 de septiembre al 2 de octubre de 2026») queda fuera de «Mes» (septiembre de 2026)."
    )


def test_silent_without_the_period() -> None:
    assert told("within_period", WORDS, SPEC, {"webinars": [{"tema": "Uno", "fecha": "1/10/2026"}]}) == []
