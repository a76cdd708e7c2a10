"""``whole_year``: twelve months or none, and something of each."""

from __future__ import annotations

from checker.kinds.values import MONTHS

from .asking import answers, told

SPEC = {"metas": {"actividad": "text", **dict.fromkeys(MONTHS, "number"), "total": "number"}}
WORDS = {"table": "metas", "months": MONTHS}


def test_some_row_says_something_of_every_month() -> None:
    row = {"actividad": "Ofimática", **dict.fromkeys(MONTHS, 10), "agosto": ""}
    other = {"actividad": "Costura", **dict.fromkeys(MONTHS, ""), "agosto": 0}
    assert told("whole_year", WORDS, SPEC, {"metas": [row, other]}) == []


def test_months_of_which_no_row_says_anything_are_doubted() -> None:
    row = {"actividad": "Ofimática", **dict.fromkeys(MONTHS[:10], 10), **dict.fromkeys(MONTHS[10:], "")}
    (finding,) = answers("whole_year", WORDS, SPEC, {"metas": [row]})
    assert (finding.subject, finding.outcome) == ("metas", "undetermined")
    assert finding.message == (
        "No se pudo determinar si «Metas» abarca el año calendario: nada se anota en noviembre y diciembre."
    )
    blank = {"actividad": "Ofimática", **dict.fromkeys(MONTHS, ""), "total": 120}
    assert told("whole_year", WORDS, SPEC, {"metas": [blank]}) == []


def test_months_without_a_place_are_named() -> None:
    row = {"actividad": "Ofimática", **dict.fromkeys(MONTHS[:10], 10)}
    (finding,) = answers("whole_year", WORDS, SPEC, {"metas": [row]})
    assert (finding.subject, finding.outcome) == ("metas", "violated")
    assert finding.message == "«Metas» no abarca el año calendario: no hay columna para noviembre y diciembre."


def test_a_table_without_months_says_nothing_of_them() -> None:
    assert told("whole_year", WORDS, SPEC, {"metas": [{"actividad": "Ofimática", "total": 120}]}) == []
    assert told("whole_year", WORDS, SPEC, {}) == []
