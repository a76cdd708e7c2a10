"""``chosen``, ``row_states``, ``speaks_of``, ``described``, ``drawn_from`` and ``named_in``."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from checker.recognise.model import Recognised
from parsers.model import Document, Paragraph, Place

from .asking import answers, told
from .judging import judged, submission

UNIT = {"kind": "choice", "choices": {"UEOD": ("unidad de evaluación",), "UCS": (), "CAPSOI": ()}}
SPEC: dict[str, Any] = {
    "unidad": UNIT,
    "filas": {"fila": "text", "unidad": UNIT, "tipo": "text", "clave": "text", "valor": "number"},
}


@pytest.mark.parametrize(
    ("unit", "outcome"),
    [
        ("UEOD", []),
        ("unidad de evaluación", []),
        ("CAPSOI", ["violated"]),
        ("Subdirección Médica", ["undetermined"]),
        ("", []),
    ],
)
def test_chosen_takes_some_of_the_values(unit: str, outcome: list[str]) -> None:
    words = {"field": "unidad", "values": ["UEOD", "UCS"]}
    assert [o for _, o in told("chosen", words, SPEC, {"unidad": unit})] == outcome
    rows = {"filas": [{"fila": "Uno", "unidad": unit}]}
    found = answers("chosen", {**words, "field": "filas.unidad"}, SPEC, rows)
    assert [f.outcome for f in found] == outcome
    if outcome == ["violated"]:
        assert found[0].message == "«Unidad» dice «CAPSOI» en la fila 1 («Uno»); debe ser «UEOD» o «UCS»."


@pytest.mark.parametrize(
    ("row", "whole", "outcome"),
    [
        ({"unidad": "UCS"}, "", []),
        ({"tipo": "Trámite"}, "", []),
        ({}, "UEOD", []),
        ({}, "", ["violated"]),
        ({"unidad": "otra"}, "", ["violated"]),
        ({"unidad": "otra", "tipo": "Trámite"}, "", []),
    ],
)
def test_a_row_states_one_of_several_columns_or_the_document_does(
    row: dict[str, str], whole: str, outcome: list[str]
) -> None:
    words = {"table": "filas", "columns": ["unidad", "tipo"], "or_field": "unidad"}
    given = {"unidad": whole, "filas": [{"fila": "Uno", **row}]}
    assert told("row_states", words, SPEC, given) == [("filas[1].unidad", o) for o in outcome]


def _paper(*texts: str, images: int = 0, **fields: Any) -> Recognised:
    blocks = tuple(Paragraph(t, Place(paragraph=n), images=images) for n, t in enumerate(texts, 1))
    return msgspec.structs.replace(submission(**fields), document=Document("text/plain", blocks))


TOPICS = {"topics": {"patrones": ["patron", "patronal-"], "ámbito legislativo": ["legislativ-"]}}


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Quejas de PATRONES; agenda legislativa", []),
        ("Cuotas patronales y ámbito Legislativo", []),
        ("Quejas de los patronatos; poder legislativo", ["patrones"]),
        ("Nada", ["patrones", "ámbito legislativo"]),
    ],
)
def test_speaks_of_each_topic_wherever_it_does(text: str, missing: list[str]) -> None:
    found = judged("speaks_of", TOPICS, _paper(text))
    assert [f.message for f in found] == [f"El documento no se refiere a «{m}»." for m in missing]


def test_a_picture_may_show_what_no_word_says_only_where_it_can() -> None:
    for drawn, outcome in ((True, "undetermined"), (False, "violated")):
        found = judged("speaks_of", {**TOPICS, "drawn": drawn}, _paper("Mapa", images=1))
        assert {f.outcome for f in found} == {outcome}


@pytest.mark.parametrize(
    ("texts", "outcome"),
    [
        (["Nota", "Nombre: Ana", "Curso", "[Escriba aquí el curso]"], ["violated"]),
        (["Nota", "Nombre: Ana", "Se revisaron los quirófanos y no hubo personal"], []),
        (["Nota", "Curso: se revisaron los quirófanos y no hubo personal"], []),
    ],
)
def test_what_is_only_labels_and_blanks_describes_nothing(texts: list[str], outcome: list[str]) -> None:
    words = {"words": 5, "besides": ["nombre"]}
    found = judged("described", words, _paper(*texts, nombre="Ana"))
    assert [f.outcome for f in found] == outcome


def test_pictures_may_describe_what_cannot_be_read() -> None:
    (finding,) = judged("described", {"words": 5}, _paper("Nota", images=2))
    assert finding.outcome == "undetermined"


DRAWN = {"table": "filas", "matrix": "filas", "by": ["clave", "fila"], "equal": ["valor"]}
MATRIX = {
    "filas": [
        {"clave": "P-1", "fila": "Diferimiento de cirugías", "valor": "8"},
        {"clave": "P-2", "fila": "Desabasto", "valor": "3"},
    ]
}


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"clave": "p-1", "fila": "Otra redacción", "valor": "8.0"}, []),
        ({"fila": "DESABASTO."}, []),
        ({"clave": "P-1", "valor": "9"}, [("filas[1].valor", "violated")]),
        ({"clave": "P-9", "fila": "Filas en ventanilla"}, [("filas[1]", "violated")]),
        ({"fila": "Diferimiento de cirugias."}, []),
        ({"fila": "Diferimientos de cirugías"}, [("filas[1]", "undetermined")]),
    ],
)
def test_points_are_rows_of_the_matrix(row: dict[str, str], found: list[tuple[str, str]]) -> None:
    assert told("drawn_from", DRAWN, SPEC, {"filas": [row]}, other=(SPEC, MATRIX)) == found


def test_rows_left_out_are_told_by_a_rule_of_its_own() -> None:
    words = {"table": "filas", "matrix": "filas", "by": ["clave", "fila"], "all": True}
    (finding,) = answers("drawn_from", words, SPEC, {"filas": [{"clave": "P-1", "fila": "X"}]}, other=(SPEC, MATRIX))
    assert finding.message.startswith("«Desabasto», de «Otra»")
    assert told("drawn_from", words, SPEC, {}, other=(SPEC, MATRIX)) == []


NAMED = {"field": "lugar", "other": ["lineas"], "among": ["evaluación integral"], "besides": ["ooad"]}


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("Realizar la evaluación integral de Jalisco", []),
        ("Realizar talleres en Jalisco", ["violated"]),
        ("Realizar la evaluación integral de Sonora", ["undetermined"]),
    ],
)
def test_what_the_programme_does_not_name_is_doubted(line: str, outcome: list[str]) -> None:
    spec = {"lugar": "text", "lineas": "list"}
    given, other = {"lugar": "OOAD Jalisco"}, (spec, {"lineas": ["Capacitar", line]})
    assert [o for _, o in told("named_in", NAMED, spec, given, other=other)] == outcome
    assert told("named_in", NAMED, spec, given, other=(spec, {})) == []
