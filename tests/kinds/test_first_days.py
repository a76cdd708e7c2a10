"""``first_days``: among the first days of the month."""

from __future__ import annotations

import pytest

from .asking import answers, told

WORDS = {"field": "fecha", "days": 5}


@pytest.mark.parametrize(("day", "late"), [(1, False), (5, False), (6, True), (31, True)])
def test_the_last_day_is_included(day: int, late: bool) -> None:
    given = {"fecha": f"{day} de marzo de 2026"}
    assert told("first_days", WORDS, {"fecha": "date"}, given) == ([("fecha", "violated")] if late else [])


def test_silent_without_a_date() -> None:
    assert told("first_days", WORDS, {"fecha": "date"}, {}) == []
    assert told("first_days", WORDS, {"fecha": "date"}, {"fecha": "31 de febrero de 2026"}) == []


def test_the_sentence_says_the_limit() -> None:
    (finding,) = answers("first_days", WORDS, {"fecha": "date"}, {"fecha": "9/03/2026"})
    assert finding.message == "«Fecha» (9 de marzo de 2026) es posterior al día 5 del mes."
