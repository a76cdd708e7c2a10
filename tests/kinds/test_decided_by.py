"""``decided_by``, ``same_level`` and ``named_so``: what a decision table of the norm answers, against what the document states."""

from __future__ import annotations

from typing import Any

import pytest

from checker.packs.tables import DecisionTable, Line

from .asking import answers, told

QUADRANTS = DecisionTable(
    "cuadrantes",
    "Cuadrantes",
    "1",
    {"impacto": "[1, 10]", "frecuencia": "[1, 10]"},
    (
        Line({"impacto": "(5, 10]", "frecuencia": "[1, 10]"}, {"cuadrante": "I", "color": "rojo"}),
        Line({"impacto": "[1, 5]", "frecuencia": "[1, 10]"}, {"cuadrante": "III", "color": "verde"}),
    ),
)
LEVELS = DecisionTable(
    "niveles", "Niveles", "1", {"valor": "[1, 10]"}, (Line({"valor": "[1, 5]"}, {"nivel": "Bajo"}), Line({"valor": "(5, 10]"}, {"nivel": "Alto"}))
)  # fmt: skip
SHARES = DecisionTable(
    "partes", "Partes", "1", {"parte": "[1, 100]"}, (Line({"parte": "[1, 50]"}, {"nivel": "Bajo"}), Line({"parte": "(50, 100]"}, {"nivel": "Alto"}))
)  # fmt: skip
TABLES: Any = {t.id: t for t in (QUADRANTS, LEVELS, SHARES)}
CHOICE = {"kind": "choice", "choices": {"I": (), "III": (), "rojo": ("roja",), "verde": ()}}
SPEC = {
    "puntos": {"punto": "text", "impacto": "number", "frecuencia": "number", "cuadrante": CHOICE, "color": CHOICE, "nota": "text", "parte": "number"},
    "leyenda": {"cuadrante": CHOICE, "color": CHOICE},
}  # fmt: skip
WORDS = {"by": "cuadrantes", "rows": "puntos", "says": {"cuadrante": "cuadrante", "color": "color"}}


def _point(**cells: str) -> dict[str, Any]:
    return {"puntos": [{"punto": "Filas", **cells}]}


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"impacto": "8", "frecuencia": "2", "cuadrante": "I", "color": "roja"}, []),
        ({"impacto": "8", "frecuencia": "2"}, []),
        ({"impacto": "5", "frecuencia": "2", "cuadrante": "I"}, [("puntos[1].cuadrante", "violated")]),
        ({"impacto": "8", "frecuencia": "2", "color": "verde"}, [("puntos[1].color", "violated")]),
        ({"impacto": "8", "frecuencia": "2", "color": "fucsia"}, [("puntos[1].color", "undetermined")]),
        ({"impacto": "8", "cuadrante": "III"}, []),
        ({"impacto": "alto", "frecuencia": "2", "cuadrante": "III"}, []),
        ({"impacto": "11", "frecuencia": "2", "cuadrante": "III"}, []),
    ],
)
def test_what_is_stated_is_what_the_numbers_decide(cells: dict[str, str], found: list[tuple[str, str]]) -> None:
    assert told("decided_by", WORDS, SPEC, _point(**cells), catalogues=TABLES) == found


def test_the_sentence_tells_numbers_answer_and_statement() -> None:
    (finding,) = answers(
        "decided_by", WORDS, SPEC, _point(impacto="8", frecuencia="2", cuadrante="III"), catalogues=TABLES
    )
    assert finding.message == (
        "El punto 1 («Filas»), con impacto 8 y frecuencia 2, corresponde a «I» en «Cuadrante», y dice «III»."
    )


def test_a_rule_may_be_about_one_answer_only() -> None:
    words = {**WORDS, "only": {"cuadrante": "III"}}
    assert (
        told("decided_by", words, SPEC, _point(impacto="8", frecuencia="2", cuadrante="III"), catalogues=TABLES) == []
    )
    assert told("decided_by", words, SPEC, _point(impacto="4", frecuencia="2", cuadrante="I"), catalogues=TABLES)


def test_free_words_may_resemble_the_answer() -> None:
    words = {"by": "niveles", "rows": "puntos", "inputs": {"valor": "impacto"}, "says": {"nivel": "nota"}}
    for note, outcome in (("ALTO", []), ("Bajo", [("puntos[1].nota", "violated")])):
        assert told("decided_by", words, SPEC, _point(impacto="8", nota=note), catalogues=TABLES) == outcome


@pytest.mark.parametrize(
    ("value", "share", "fine"), [("8", "60 %", True), ("8", "50", False), ("8", "", True), ("8", "0", True)]
)
def test_two_scales_stand_for_one_level(value: str, share: str, fine: bool) -> None:
    words = {
        "rows": "puntos",
        "answer": "nivel",
        "one": {"by": "partes", "column": "parte"},
        "other": {"by": "niveles", "column": "impacto"},
    }
    found = answers("same_level", words, SPEC, _point(impacto=value, parte=share), catalogues=TABLES)
    assert [f.subject for f in found] == ([] if fine else ["puntos[1].parte"])
    if not fine:
        assert found[0].message == (
            "En el punto 1 («Filas»), «Parte» dice «50», que corresponde a «Bajo», y «Impacto», «8», que corresponde a «Alto»."
        )


@pytest.mark.parametrize(
    ("colour", "found"),
    [
        ("roja", []),
        ("", []),
        ("verde", [("leyenda[1].color", "violated")]),
        ("fucsia", [("leyenda[1].color", "undetermined")]),
    ],
)
def test_a_legend_says_what_belongs_to_each_entry(colour: str, found: list[tuple[str, str]]) -> None:
    words = {"rows": "leyenda", "by": "cuadrantes", "key": "cuadrante", "value": "I", "says": {"color": "color"}}
    given = {"leyenda": [{"cuadrante": "I", "color": colour}, {"cuadrante": "III", "color": "rojo"}]}
    assert told("named_so", words, SPEC, given, catalogues=TABLES) == found
