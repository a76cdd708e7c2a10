"""Kinds about the rows of a programme: its columns, months and weeks, units, causes, and the rows that each action has."""

from __future__ import annotations

from typing import Any

import pytest

from checker.packs.tables import Catalogue

from .asking import told

CROSS = {"kind": "choice", "choices": {"X": ["x"]}}
SPEC = {
    "acciones": {
        "accion": "text",
        "numero": "text",
        "tipo": {"kind": "choice", "choices": {"Pr": [], "R": []}},
        "cantidad": "number",
        "unidad": "text",
        "objetivo": "text",
        "actividades": "text",
        "avance": "number",
        "ene": "number",
        "feb": "number",
        "mar": "number",
    }
}


def _rows(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"acciones": [{"accion": f"Acción {n}", **row} for n, row in enumerate(rows, 1)]}


def test_columns_are_missed_once_whatever_stands_in_them() -> None:
    words = {"table": "acciones", "columns": ["ene", "feb", "mar"]}
    assert told("has_columns", words, SPEC, _rows({"ene": 1, "feb": "", "mar": ""}, {"ene": 2})) == []
    assert told("has_columns", words, SPEC, _rows({"ene": 1, "feb": ""}, {"ene": 2})) == [("acciones", "violated")]
    assert told("has_columns", {**words, "at_least": 2}, SPEC, _rows({"ene": 1, "feb": ""})) == []
    assert told("has_columns", words, SPEC, {}) == []


def test_rows_say_something_under_one_of_the_columns() -> None:
    words = {"table": "acciones", "columns": ["ene", "feb"]}
    assert told("filled_across", words, SPEC, _rows({"ene": "", "feb": 1}, {"ene": "", "feb": ""})) == [
        ("acciones[2].ene", "violated")
    ]
    programmed = {**words, "where": {"tipo": ["Pr"]}}
    assert told("filled_across", programmed, SPEC, _rows({"tipo": "R", "ene": "", "feb": ""})) == []
    assert told("filled_across", words, SPEC, _rows({"cantidad": 1})) == []


def test_a_calendar_may_be_filled_with_colour_and_its_heads_owe_nothing() -> None:
    spec = {"actividades": {"actividad": "text", "sep_1": CROSS, "sep_2": CROSS}}
    words = {"table": "actividades", "columns": ["sep_1", "sep_2"], "heads": "etapas", "by_colour": True}
    stages = {"etapas": Catalogue("etapas", "Etapas", "1", {"Recepción": ()})}
    head = {"actividad": "Recepción", "sep_1": "", "sep_2": ""}
    blank = {"actividad": "Reuniones", "sep_1": "", "sep_2": ""}
    marked = {"actividad": "Diseño", "sep_1": "X", "sep_2": ""}
    for rows, answers in (
        ([head, marked], []),
        ([head, marked, blank], [("actividades[3].sep_1", "violated")]),
        ([head, blank, blank], [("actividades", "undetermined")]),
        ([head], []),
    ):
        assert told("filled_across", words, spec, {"actividades": rows}, catalogues=stages) == answers


def test_one_value_is_asked_of_all_rows() -> None:
    words = {"field": "acciones.objetivo"}
    assert told("one_value", words, SPEC, _rows({"objetivo": "Fortalecer"}, {"objetivo": "fortalecer."}, {})) == []
    assert told("one_value", words, SPEC, _rows({"objetivo": "Fortalecer"}, {"objetivo": "Difundir"})) == [
        ("acciones[2].objetivo", "violated")
    ]
    assert told("one_value", words, SPEC, _rows({})) == []


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        ({"cantidad": "12 visitas"}, None),
        ({"cantidad": "90 %"}, None),
        ({"cantidad": 12, "unidad": "visita"}, None),
        ({"cantidad": 12}, "violated"),
        ({"cantidad": 12, "unidad": ""}, "violated"),
        ({"unidad": ""}, None),
    ],
)
def test_a_quantity_goes_with_its_unit(cells: dict[str, Any], outcome: str | None) -> None:
    words = {"table": "acciones", "quantity": "cantidad", "column": "unidad"}
    assert told("states_unit", words, SPEC, _rows(cells)) == ([("acciones[1].unidad", outcome)] if outcome else [])


def test_each_action_has_a_row_of_each_kind() -> None:
    words = {"table": "acciones", "by": ["numero"], "column": "tipo", "values": ["Pr", "R"]}
    both = [{"numero": "1.1.1", "tipo": "Pr"}, {"numero": "1.1.1", "tipo": "R"}]
    assert told("each_has", words, SPEC, _rows(*both)) == []
    assert told("each_has", words, SPEC, _rows(*both, {"numero": "1.1.2", "tipo": "Pr"})) == [
        ("acciones[3].tipo", "violated")
    ]
    assert told("each_has", words, SPEC, _rows({"numero": "1", "tipo": "Pr"}, {"numero": "1", "tipo": "otro"})) == [
        ("acciones[1].tipo", "undetermined")
    ]
    assert told("each_has", words, SPEC, _rows({"numero": "1"}, {"numero": "2"})) == [("acciones", "undetermined")]
    assert told("each_has", words, SPEC, {"acciones": []}) == []


@pytest.mark.parametrize(
    ("said", "progress", "outcome"),
    [
        ("Sin avance", 0, "violated"),
        ("No hubo actividades en el periodo que se informa.", "0 %", "violated"),
        ("No hubo avance debido a la falta de viáticos", 0, None),
        ("Las visitas están programadas para junio", 0, None),
        ("Se acordó el programa por la coordinación", 0, "undetermined"),
        ("Sin avance", 25, None),
        ("", 0, None),
    ],
)
def test_no_progress_needs_its_cause(said: str, progress: Any, outcome: str | None) -> None:
    words = {"table": "acciones", "progress": "avance", "column": "actividades"}
    found = told("cause_given", words, SPEC, _rows({"actividades": said, "avance": progress}))
    assert [o for _, o in found] == ([outcome] if outcome else [])


def test_things_that_numbers_tell_apart_bear_different_texts() -> None:
    words = {"table": "acciones", "column": "objetivo", "number": "numero"}
    merged = [{"objetivo": "Evaluar la operación", "numero": "1.1"}] * 2
    assert told("named_apart", words, SPEC, _rows(*merged)) == []
    assert told("named_apart", words, SPEC, _rows(*merged, {"objetivo": "EVALUAR LA OPERACION.", "numero": "1.2"})) == [
        ("acciones[3].objetivo", "violated")
    ]
    assert told(
        "named_apart", words, SPEC, _rows(*merged, {"objetivo": "Evaluar la operacion.s", "numero": "1.2"})
    ) == [("acciones[3].objetivo", "undetermined")]
    unnumbered = [{"objetivo": "Evaluar"}, {"objetivo": "Evaluar"}, {"objetivo": "Difundir"}, {"objetivo": "Evaluar"}]
    assert told("named_apart", words, SPEC, _rows(*unnumbered)) == [("acciones[4].objetivo", "violated")]


def test_what_is_named_stands_in_its_order() -> None:
    words = {"field": "acciones.accion", "values": ["Solicitud", "Recepción", "Impresión"]}

    def rows(*names: str) -> dict[str, Any]:
        return {"acciones": [{"accion": n} for n in names]}

    assert (
        told("in_order", words, SPEC, rows("1. Solicitud de información", "Reuniones", "Recepción", "Impresión")) == []
    )
    assert told("in_order", words, SPEC, rows("Recepción", "Solicitud")) == [("acciones[1].accion", "violated")]
    assert told("in_order", words, SPEC, rows("Impresión")) == []


def test_rows_of_another_strategy_are_not_missed() -> None:
    words = {"table": "acciones", "other": "lineas", "by": ["numero"], "every": "both", "siblings": "numero"}
    other = {"lineas": {"linea": "text", "numero": "text"}}

    def lines(*numbers: str) -> dict[str, Any]:
        return {"lineas": [{"linea": "Visitar", "numero": n} for n in numbers]}

    own = _rows({"numero": "1.1.1"})
    assert told("rows_match", words, SPEC, own, other=(other, lines("1.1.1", "2.1.1"))) == []
    assert told("rows_match", words, SPEC, own, other=(other, lines("1.1.1", "1.1.2"))) == [("acciones", "violated")]
    assert told("rows_match", words, SPEC, own, other=(other, lines("2.1.1"))) == []
    chosen = {**words, "where": {"tipo": ["Pr"]}}
    rows = _rows({"numero": "1.1.1", "tipo": "Pr"}, {"numero": "1.1.9", "tipo": "R"})
    assert told("rows_match", chosen, SPEC, rows, other=(other, lines("1.1.1"))) == []


@pytest.mark.parametrize(
    ("own", "theirs", "outcome"),
    [("16.7", "16.67 %", None), ("17", "16.67", None), ("16.7", "17.67", "violated"), ("25", "50", "violated")],
)
def test_a_rounded_number_is_the_same(own: str, theirs: str, outcome: str | None) -> None:
    words = {"table": "acciones", "other": "lineas", "by": ["numero"], "equal": ["avance"], "rounded": True}
    other = {"lineas": {"linea": "text", "numero": "text", "avance": "number"}}
    lines = {"lineas": [{"linea": "Visitar", "numero": "1.1.1", "avance": theirs}]}
    found = told("rows_match", words, SPEC, _rows({"numero": "1.1.1", "avance": own}), other=(other, lines))
    assert found == ([("acciones[1].avance", outcome)] if outcome else [])
