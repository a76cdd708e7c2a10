"""``sum_equals``: totals of rows, of whole columns, and of another document."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .asking import answers, told

ROW = {"accion": "text", "unidad": "text", "tipo": {"kind": "choice", "choices": {"Pr": [], "R": []}}}
SPEC = {"acciones": {**ROW, "ene": "number", "feb": "number", "mar": "number", "abs": "number"}}
WORDS = {"table": "acciones", "columns": ["ene", "feb", "mar"], "total": "abs"}


def _row(**cells: Any) -> dict[str, Any]:
    return {"acciones": [{"accion": "Visitar", **cells}]}


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        ({"ene": 1, "feb": 2, "mar": 3, "abs": 6}, None),
        ({"ene": 1, "feb": 2, "mar": 3, "abs": 7}, "violated"),
        ({"ene": 1, "feb": 2, "mar": 3, "abs": "1" + 40 * "0"}, "violated"),
        ({"ene": 26 * "9", "feb": 2, "mar": 3, "abs": 6}, "violated"),
        ({"ene": 1, "feb": "", "abs": 1}, None),
        ({"ene": "1,250", "feb": "0.5", "abs": "1 250.50"}, None),
        ({"ene": "uno", "feb": 2, "abs": 3}, "undetermined"),
        ({"ene": 1, "abs": "varias"}, "undetermined"),
        ({"ene": 1}, None),
        ({"abs": 5, "ene": "", "feb": ""}, None),
        ({"ene": 100, "feb": 100, "abs": "100 %"}, "undetermined"),
        ({"ene": 100, "feb": 100, "abs": "100 por ciento"}, "undetermined"),
    ],
)
def test_a_row_adds_up(cells: dict[str, Any], outcome: str | None) -> None:
    assert told("sum_equals", WORDS, SPEC, _row(**cells)) == ([("acciones[1].abs", outcome)] if outcome else [])


def test_the_unit_may_say_that_parts_are_percentages() -> None:
    words = {**WORDS, "unit": "unidad"}
    assert told("sum_equals", words, SPEC, _row(unidad="Porcentaje", ene=100, feb=100, abs=100)) == [
        ("acciones[1].abs", "undetermined")
    ]


def test_only_the_rows_that_are_meant_are_added() -> None:
    rows = {"acciones": [{"accion": "Visitar", "tipo": t, "ene": 1, "abs": 2} for t in ("Pr", "R")]}
    assert told("sum_equals", {**WORDS, "where": {"tipo": ["R"]}}, SPEC, rows) == [("acciones[2].abs", "violated")]


@given(st.lists(st.decimals(0, 10_000, places=2), min_size=1, max_size=3), st.decimals("0.01", 100, places=2))
def test_any_parts_make_their_sum_and_no_other(parts: list[Decimal], off: Decimal) -> None:
    cells = dict(zip(("ene", "feb", "mar"), parts, strict=False))
    assert told("sum_equals", WORDS, SPEC, _row(**cells, abs=sum(parts))) == []
    assert told("sum_equals", WORDS, SPEC, _row(**cells, abs=sum(parts) + off)) == [("acciones[1].abs", "violated")]


def test_a_field_is_the_sum_of_a_column() -> None:
    spec = {**SPEC, "total": "number"}
    words = {"field": "total", "of": ["acciones.abs"]}
    rows = {"acciones": [{"accion": "A", "abs": 2}, {"accion": "B", "abs": 3}]}
    assert told("sum_equals", words, spec, {**rows, "total": 5}) == []
    assert told("sum_equals", words, spec, {**rows, "total": 6}) == [("total", "violated")]


def test_the_other_document_states_the_total() -> None:
    words = {**WORDS, "total": "cantidad", "other": "lineas", "by": ["accion=linea"]}
    other = {"lineas": {"linea": "text", "cantidad": "number"}}
    lines = {"lineas": [{"linea": "Visitar.", "cantidad": "12 visitas"}]}
    assert told("sum_equals", words, SPEC, _row(ene=6, feb=6), other=(other, lines)) == []
    found = answers("sum_equals", words, SPEC, _row(ene=6, feb=5), other=(other, lines))
    assert [(f.subject, f.outcome) for f in found] == [("acciones[1].ene", "violated")]
    assert "otra.xlsx" in found[0].message
    assert "11" in found[0].message
    assert told("sum_equals", words, SPEC, {"acciones": [{"accion": "Otra", "ene": 1}]}, other=(other, lines)) == []


@pytest.mark.parametrize(
    "words",
    [{"table": "acciones"}, {"field": "total"}, {**WORDS, "field": "t", "of": ["a.b"]}, {**WORDS, "other": "x"}],
)
def test_half_a_rule_is_refused(words: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="sum_equals takes"):
        told("sum_equals", words, SPEC, {})
