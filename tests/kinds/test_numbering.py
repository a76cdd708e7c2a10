"""``numbering``: numbers that follow one another and hang from the level above."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .asking import told

SPEC = {
    "numero": {"kind": "text", "numbers": "objetivo"},
    "objetivo": "text",
    "lineas": {
        "linea": "text",
        "numero": {"numbers": "linea"},
        "estrategia": {"inherits": True},
        "arriba": {"numbers": "estrategia", "inherits": True},
    },
}
LINES = {"field": "lineas.numero", "depth": 3, "under": "lineas.arriba"}


def _lines(*numbers: str | None, **more: str) -> dict[str, Any]:
    return {
        "lineas": [
            {"linea": f"Línea {n}", **({"numero": x} if x is not None else {}), **more}
            for n, x in enumerate(numbers, 1)
        ]
    }


@pytest.mark.parametrize(
    ("numbers", "answers"),
    [
        (("1.1.1", "1.1.2", "1.2.1", "2.1.1"), []),
        (("1.1.1.", "1.1.2."), []),
        (("1.1.1", "1.1.3", "1.1.4"), [("lineas[2].numero", "violated")]),
        (("1.1.1", "1.1.1"), [("lineas[2].numero", "violated")]),
        (("1.1.2",), [("lineas[1].numero", "undetermined")]),
        (("1.1",), [("lineas[1].numero", "violated")]),
        (("I.1.1",), [("lineas[1].numero", "violated")]),
        (("1.1.a",), [("lineas[1].numero", "violated")]),
        ((None,), []),
        (("",), []),
    ],
)
def test_numbers_follow_one_another(numbers: tuple[str | None, ...], answers: list[tuple[str, str]]) -> None:
    assert told("numbering", LINES, SPEC, _lines(*numbers)) == answers


def test_a_number_hangs_from_the_level_above() -> None:
    assert told("numbering", LINES, SPEC, _lines("1.2.1", arriba="1.2")) == []
    assert told("numbering", LINES, SPEC, _lines("1.2.1", arriba="1.1")) == [("lineas[1].numero", "violated")]
    two = {**LINES, "under": "numero", "consecutive": False, "starts_at": None}
    assert told("numbering", two, SPEC, {"numero": "1", **_lines("1.3.7")}) == []
    assert told("numbering", two, SPEC, {"numero": "2", **_lines("1.3.7")}) == [("lineas[1].numero", "violated")]


def test_what_a_merged_cell_repeats_is_one_number() -> None:
    words = {"field": "lineas.arriba", "depth": 2, "starts_at": None, "owed": True}
    same = _lines("1.1.1", "1.1.2", arriba="1.1", estrategia="Evaluar")
    assert told("numbering", words, SPEC, same) == []
    unnumbered = _lines("1.1.1", "1.1.2", estrategia="Evaluar")
    assert told("numbering", words, SPEC, unnumbered) == [("lineas[1].arriba", "violated")]
    rows = [
        {"linea": "A", "estrategia": "Evaluar", "arriba": "1.1"},
        {"linea": "B", "estrategia": "Otra", "arriba": "1.1"},
    ]
    assert told("numbering", words, SPEC, {"lineas": rows}) == [("lineas[2].arriba", "violated")]


def test_a_sheet_that_keeps_1_10_as_1_1_is_only_doubted() -> None:
    words = {"field": "lineas.arriba", "depth": 2, "starts_at": None}
    rows = [{"linea": str(n), "estrategia": f"E{n}", "arriba": x} for n, x in enumerate(["1.9", "1.1", "1.11"])]
    assert told("numbering", words, SPEC, {"lineas": rows}) == [("lineas[2].arriba", "undetermined")]


def test_a_field_may_owe_its_number() -> None:
    words = {"field": "numero", "starts_at": None, "owed": True}
    assert told("numbering", words, SPEC, {"objetivo": "Fortalecer", "numero": "3"}) == []
    assert told("numbering", words, SPEC, {"objetivo": "Fortalecer"}) == [("numero", "violated")]
    assert told("numbering", words, SPEC, {}) == []


@given(st.lists(st.integers(1, 6), min_size=1, max_size=4))
def test_every_tree_in_order_is_right(widths: list[int]) -> None:
    numbers = [f"{a}.{b}.{c}" for a, w in enumerate(widths, 1) for b in range(1, w + 1) for c in range(1, 3)]
    assert told("numbering", LINES, SPEC, _lines(*numbers)) == []
    if len(numbers) > 2:
        shifted = [*numbers[:1], *numbers[2:]]
        assert told("numbering", LINES, SPEC, _lines(*shifted)) != [] or numbers[1][-1] == "2"
