"""Lint follows every name in the words of a rule, whatever its check kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.packs.lint import lint
from checker.packs.load import load_packs

OTHER = """\
id: copia
title: Copia
source: '1.1'
recognise: {titles: [copia]}
fields:
  dia_de_copia: {title: Día, kind: date, labels: [día]}
  renglones:
    title: Renglones
    kind: table
    labels: [renglones]
    columns: {renglon: {title: Renglón}, cuando: {title: Cuándo, kind: date}}
"""
CATALOGUE = "id: plazas\ntitle: Plazas\nsource: Anexo\nentries: {Norte: []}\n"
RULE = """\
- id: DE-001.orden
  title: Algo
  on: {document: nota}
  remedy: Corregir.
"""


def _problems(folder: Path, words: str) -> list[str]:
    (folder / "documents" / "copia.yaml").write_text(OTHER, "utf-8")
    (folder / "tables").mkdir()
    (folder / "tables" / "plazas.yaml").write_text(CATALOGUE, "utf-8")
    (folder / "rules" / "orden.yaml").write_text(RULE + "".join(f"  {line}\n" for line in words.splitlines()), "utf-8")
    (pack,) = load_packs([folder])
    return [r.problem for r in lint(pack) if "example" not in r.problem]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("range: {field: puntos.dia_x, at_least: 1}", "puntos has no column 'dia_x'; did you mean 'dia'?"),
        ("one_of: {field: fecha, catalogue: plaza}", "no catalogue 'plaza'; did you mean 'plazas'?"),
        ("unique: {table: puntos, by: [puntos]}", "puntos has no column 'puntos'; did you mean 'punto'?"),
        ("unique: {table: fecha, by: [punto]}", "fecha has no column 'punto'"),
        ("identifier: {field: correo, is: email}", "nota has no field 'correo'"),
        ("row_requires: {table: puntos, when: {pinto: [a]}, column: dia}", "puntos has no column 'pinto'; did you mean 'punto'?"),
        ("with: {document: copias}\nsame_as: {fields: [fecha]}", "no document type 'copias'; did you mean 'copia'?"),
        ("with: {document: copia}\nsame_as: {fields: [fecha]}", "copia has no field 'fecha'"),
        ("with: {document: copia, match: [fecha=dia]}\nsame_as: {fields: [fecha=dia_de_copia]}", "copia has no field 'dia'; did you mean 'dia_de_copia'?"),
        ("with: {document: copia}\nrows_match: {table: puntos, other: renglon, by: [punto]}", "copia has no field 'renglon'; did you mean 'renglones'?"),
        ("with: {document: copia}\nrows_match: {table: puntos, other: renglones, by: [punto=renglon], equal: [dia]}", "renglones has no column 'dia'"),
        ("with: {document: copia}\nrows_match: {table: puntos, other: renglones, by: [x=renglon]}", "puntos has no column 'x'"),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere_is_told(folder: Path, words: str, problem: str) -> None:
    assert problem in _problems(folder, words)


@pytest.mark.parametrize(
    "words",
    [
        "range: {field: puntos.punto, at_least: 1}",
        "one_of: {field: puntos.punto, catalogue: plazas}",
        "unique: {table: puntos, by: [punto, dia]}",
        "row_requires: {table: puntos, when: {punto: [a]}, column: dia}",
        "with: {document: copia, match: [fecha=dia_de_copia]}\nsame_as: {fields: [fecha=dia_de_copia]}",
        "with: {document: copia}\nrows_match: {table: puntos, other: renglones, by: [punto=renglon], equal: [dia=cuando]}",
    ],
)
def test_names_that_lead_somewhere_are_not(folder: Path, words: str) -> None:
    assert _problems(folder, words) == []


def test_types_of_other_packs_are_found_among_them(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "packs" / "otra"
    (other / "rules").mkdir(parents=True)
    head = "id: demo/otra\nprefix: OT\ntitle: Otra\nissuer: Oficina\nedition: '2025'\n"
    (other / "pack.yaml").write_text(head, "utf-8")
    (other / "obligations.yaml").write_text("OT-001: {numeral: '1', demands: Algo}\n", "utf-8")
    rule = RULE.replace("DE-001", "OT-001").replace("document: nota", "document: 'demo/norma#nota'")
    (other / "rules" / "reglas.yaml").write_text(rule + "  range: {field: fechas, at_least: 1}\n", "utf-8")
    packs = load_packs([folder, other])
    (pack,) = (p for p in packs if p.info.id == "demo/otra")
    assert "no document type 'demo/norma#nota'" in [r.problem for r in lint(pack)]
    assert "nota has no field 'fechas'; did you mean 'fecha'?" in [r.problem for r in lint(pack, packs)]
