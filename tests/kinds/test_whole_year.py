"""``whole_year``: twelve months or none."""

from __future__ import annotations

from checker.kinds.values import MONTHS

from .asking import answers, told

SPEC = {"metas": {"actividad": "text", **dict.fromkeys(MONTHS, "number"), "total": "number"}}
WORDS = {"table": "metas", "months": MONTHS}


def test_every_month_has_a_place_even_if_empty() -> None:
    row = {"actividad": "Ofimática", **dict.fromkeys(MONTHS, 10), "agosto": ""}
    assert told("whole_year", WORDS, SPEC, {"metas": [row]}) == []


def test_months_without_a_place_are_named() -> None:
    row = {"actividad": "Ofimática", **dict.fromkeys(MONTHS[:10], 10)}
    (finding,) = answers("whole_year", WORDS, SPEC, {"metas": [row]})
    assert (finding.subject, finding.outcome) == ("metas", "violated")
    assert finding.message == "«Metas» no abarca el año calendario: no hay columna para noviembre y diciembre."


def test_a_table_without_months_says_nothing_of_them() -> None:
    assert told("whole_year", WORDS, SPEC, {"metas": [{"actividad": "Ofimática", "total": 120}]}) == []
    assert told("whole_year", WORDS, SPEC, {}) == []
