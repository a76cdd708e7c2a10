"""``recomputed``: percentages against the numbers that they come from."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .asking import told

TIPO = {"kind": "choice", "choices": {"Pr": [], "R": []}}
SPEC = {"acciones": {"accion": "text", "tipo": TIPO, "meta": "number", "abs": "number", "avance": "number"}}
WORDS = {"table": "acciones", "percentage": "avance", "share": "abs", "whole": "meta"}


def _row(**cells: Any) -> dict[str, Any]:
    return {"acciones": [{"accion": "Visitar", **cells}]}


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        ({"meta": 12, "abs": 3, "avance": 25}, None),
        ({"meta": 1, "abs": 30 * "9", "avance": 25}, "violated"),
        ({"meta": 12, "abs": 3, "avance": "25 %"}, None),
        ({"meta": 12, "abs": 3, "avance": "0.25"}, None),
        ({"meta": 12, "abs": 4, "avance": "33.3 %"}, None),
        ({"meta": 12, "abs": 8, "avance": "67"}, None),
        ({"meta": 12, "abs": 8, "avance": "66"}, None),
        ({"meta": 12, "abs": 8, "avance": "68"}, "violated"),
        ({"meta": 12, "abs": 8, "avance": "66.5"}, "violated"),
        ({"meta": 12, "abs": 3, "avance": "0.25 %"}, "violated"),
        ({"meta": 0, "abs": 3, "avance": "100"}, "undetermined"),
        ({"meta": 0, "abs": 0, "avance": "0"}, None),
        ({"meta": 12, "abs": 3, "avance": "casi"}, "undetermined"),
        ({"meta": 12, "avance": 25}, None),
        ({"meta": 12, "abs": 3}, None),
    ],
)
def test_a_percentage_is_the_one_that_its_numbers_give(cells: dict[str, Any], outcome: str | None) -> None:
    assert told("recomputed", WORDS, SPEC, _row(**cells)) == ([("acciones[1].avance", outcome)] if outcome else [])


@given(st.integers(1, 5000), st.integers(1, 5000), st.integers(0, 4), st.sampled_from([ROUND_DOWN, ROUND_HALF_UP]))
def test_rounding_and_cutting_are_no_faults(share: int, whole: int, places: int, how: str) -> None:
    stated = (Decimal(share) / whole * 100).quantize(Decimal(1).scaleb(-places), how)
    assert told("recomputed", WORDS, SPEC, _row(meta=whole, abs=share, avance=f"{stated} %")) == []


def test_what_was_done_against_what_was_programmed() -> None:
    words = {**WORDS, "whole": "abs", "base": {"tipo": ["Pr"]}, "by": ["accion"], "where": {"tipo": ["R"]}}

    def rows(avance: str) -> dict[str, Any]:
        programmed = {"accion": "Visitar", "tipo": "Pr", "meta": 12, "abs": 4}
        return {"acciones": [programmed, {"accion": "Visitar", "tipo": "R", "meta": 12, "abs": 3, "avance": avance}]}

    assert told("recomputed", words, SPEC, rows("75 %")) == []
    assert told("recomputed", words, SPEC, rows("25 %")) == [("acciones[2].avance", "violated")]
    assert told("recomputed", {**words, "or_whole": "meta"}, SPEC, rows("25 %")) == []
    alone = {"acciones": [{"accion": "Visitar", "tipo": "R", "abs": 3, "avance": "10 %"}]}
    assert told("recomputed", words, SPEC, alone) == []


def test_a_wrong_sum_is_not_told_again_by_its_percentage() -> None:
    spec = {"acciones": {**SPEC["acciones"], "ene": "number", "feb": "number"}}
    words = {**WORDS, "parts": ["ene", "feb"]}
    assert told("recomputed", words, spec, _row(meta=12, ene=1, feb=2, abs=4, avance="25 %")) == []
    assert told("recomputed", words, spec, _row(meta=12, ene=1, feb=2, abs=4, avance="50 %")) == [
        ("acciones[1].avance", "violated")
    ]


def test_base_and_by_go_together() -> None:
    with pytest.raises(ValueError, match="together"):
        told("recomputed", {**WORDS, "by": ["accion"]}, SPEC, {})
