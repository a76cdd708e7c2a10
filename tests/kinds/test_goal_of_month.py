"""``goal_of_month``: a monthly figure against the yearly programme."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from checker.kinds.goal_of_month import Params
from checker.kinds.values import MONTHS

from .asking import answers, told

SPEC = {"mes": "period", "inscritas": {"curso": "text", "meta": "number", "inscritas": "number"}}
OTHER = {"metas": {"actividad": "text", **dict.fromkeys(MONTHS, "number")}}
PROGRAMME = (OTHER, {"metas": [{"actividad": "OFIMATICA", "marzo": 20, "abril": 30}]})
REACHED: dict[str, Any] = {
    "table": "inscritas",
    "by": "curso=actividad",
    "reached": "inscritas",
    "month": "mes",
    "other": "metas",
}
STATES: dict[str, Any] = {
    "table": "inscritas",
    "by": "curso=actividad",
    "states": "meta",
    "month": "mes",
    "other": "metas",
}


def _report(month: str, **row: object) -> dict[str, Any]:
    return {"mes": month, "inscritas": [{"curso": "Ofimática", **row}]}


@pytest.mark.parametrize(
    ("month", "reached", "short"),
    [
        ("marzo de 2026", 20, False),
        ("marzo de 2026", 19, True),
        ("abril de 2026", 29, True),
        ("mayo de 2026", 1, False),
        ("marzo a abril de 2026", 1, False),
    ],
)
def test_the_goal_of_that_month_alone(month: str, reached: int, short: bool) -> None:
    found = told("goal_of_month", REACHED, SPEC, _report(month, inscritas=reached), other=PROGRAMME)
    assert found == ([("inscritas[1].inscritas", "violated")] if short else [])


def test_a_goal_that_is_stated_is_the_programmes() -> None:
    assert told("goal_of_month", STATES, SPEC, _report("marzo de 2026", meta=20), other=PROGRAMME) == []
    (finding,) = answers("goal_of_month", STATES, SPEC, _report("marzo de 2026", meta=25), other=PROGRAMME)
    assert finding.message == (
        "En el curso 1 («Ofimática») «Meta» dice 25; en el programa anual, la meta es 20 (otra.xlsx) para marzo."
    )


def test_rows_that_the_programme_does_not_have_are_left_alone() -> None:
    given = {"mes": "marzo de 2026", "inscritas": [{"curso": "Costura", "inscritas": 0}]}
    assert told("goal_of_month", REACHED, SPEC, given, other=PROGRAMME) == []


@pytest.mark.parametrize("more", [{}, {"reached": "a", "states": "b"}])
def test_one_column_is_asked_about(more: dict[str, str]) -> None:
    words = {"table": "t", "by": "a", "month": "m", "other": "o", **more}
    with pytest.raises(msgspec.ValidationError, match="either"):
        msgspec.convert(words, Params)
