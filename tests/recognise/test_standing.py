"""What stands over rows serves them; numbers in labels and before texts; cards whatever their order; sheets that are documents."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from checker.recognise.recognise import recognise
from parsers.dispatch import read_bytes
from parsers.limits import Limits
from tests.recognise.types_at_hand import candidate, read_one, texts

TITLE = "<h1>Cédula de prueba</h1>"
PLAN = candidate(
    {
        "objetivo": {"kind": "text", "labels": ["objetivo"], "required_by": "PV-001"},
        "numero": {"kind": "text", "labels": ["número de objetivo"], "numbers": "objetivo"},
        "lineas": {
            "kind": "table",
            "labels": ["líneas de acción"],
            "required_by": "PV-001",
            "columns": {
                "linea": {"labels": ["línea de acción"]},
                "numero": {"labels": ["no. de línea"], "numbers": "linea"},
                "cantidad": {"kind": "number", "labels": ["cantidad"]},
                "estrategia": {"labels": ["estrategia"], "inherits": True},
                "numero_estrategia": {"labels": ["no. de estrategia"], "numbers": "estrategia", "inherits": True},
            },
        },
    }
)
EXPECTED = [
    ("Visitar", "1.1.1", "12", "Evaluar", "1.1"),
    ("Informar", "1.1.2", "4", "Evaluar", "1.1"),
    ("Reunir", "1.2.1", "6", "Coordinar", "1.2"),
]
COLUMNS = ("linea", "numero", "cantidad", "estrategia", "numero_estrategia")


def _pair(label: str, value: str) -> str:
    return f"<tr><td>{label}</td><td>{value}</td></tr>"


FORM = (
    "<table>"
    + _pair("Objetivo 1:", "Mejorar")
    + _pair("Estrategia 1.1:", "Evaluar")
    + "<tr><td colspan=2>Líneas de acción</td></tr>"
    + _pair("1.1.1", "Visitar")
    + _pair("Cantidad:", "12")
    + _pair("1.1.2", "Informar")
    + _pair("Cantidad:", "4")
    + _pair("Estrategia 1.2:", "Coordinar")
    + "<tr><td colspan=2>Líneas de acción</td></tr>"
    + _pair("1.2.1", "Reunir")
    + _pair("Cantidad:", "6")
    + "</table>"
)
GRIDS = (
    "<p>Objetivo 1: Mejorar</p><p>Estrategia: 1.1 Evaluar</p><table><tr><th>No. de línea</th><th>Línea de acción</th><th>Cantidad</th></tr>"
    "<tr><td>1.1.1</td><td>Visitar</td><td>12</td></tr><tr><td>1.1.2</td><td>Informar</td><td>4</td></tr></table><p>Estrategia: 1.2 Coordinar</p>"
    "<table><tr><th>No. de línea</th><th>Línea de acción</th><th>Cantidad</th></tr><tr><td>1.2.1</td><td>Reunir</td><td>6</td></tr></table>"
)
MERGED = (
    "<p>Objetivo 1: Mejorar</p><table><tr><th>Estrategia</th><th>Línea de acción</th><th>Cantidad</th></tr>"
    "<tr><td rowspan=2>1.1 Evaluar</td><td>1.1.1 Visitar</td><td>12</td></tr><tr><td>1.1.2 Informar</td><td>4</td></tr>"
    "<tr><td>1.2 Coordinar</td><td>1.2.1 Reunir</td><td>6</td></tr></table>"
)


@pytest.mark.parametrize("body", [FORM, GRIDS, MERGED])
def test_rows_bear_what_stands_over_them(body: str) -> None:
    fields = read_one(PLAN, "a.html", TITLE + body).fields
    assert (fields["objetivo"].value, fields["numero"].value) == ("Mejorar", "1")
    assert texts(fields["lineas"], *COLUMNS) == EXPECTED


def test_a_card_may_begin_with_its_key() -> None:
    card = (
        "<table>"
        + _pair("No. de línea", "{n}")
        + _pair("Línea de acción", "{t}")
        + _pair("Cantidad", "{c}")
        + "</table>"
    )
    cards = card.format(n="1", t="Visitar", c="12") + card.format(n="2", t="Reunir", c="6")
    rows = read_one(PLAN, "a.html", f"{TITLE}<p>Objetivo: Mejorar</p><h2>Líneas de acción</h2>{cards}").fields["lineas"]
    assert texts(rows, "numero", "linea", "cantidad") == [("1", "Visitar", "12"), ("2", "Reunir", "6")]


def test_a_sentence_says_several_fields() -> None:
    kind = candidate(
        {
            "nombre": {"kind": "text", "labels": ["otorga la presente a"], "required_by": "PV-001"},
            "curso": {"kind": "text", "labels": ["por haber acreditado el curso"], "required_by": "PV-001"},
            "plataforma": {"kind": "choice", "labels": ["en la plataforma"], "choices": {"CLIMSS": [], "EduTK": []}},
        }
    )
    text = "CÉDULA DE PRUEBA\n\nEl Instituto otorga la presente a Rosa Gómez Morales por haber acreditado el curso «Ofimática», impartido en la plataforma EduTK.\n"
    fields = read_one(kind, "a.txt", text).fields
    assert [fields[n].value for n in ("nombre", "curso", "plataforma")] == ["Rosa Gómez Morales", "Ofimática", "EduTK"]


def test_sheets_with_titles_of_their_own_are_documents_of_their_own() -> None:
    columns = {
        "clave": {"labels": ["clave"]},
        "asunto": {"labels": ["asunto"]},
        "impacto": {"kind": "number", "labels": ["impacto"]},
    }
    table = {"kind": "table", "labels": ["registros"], "required_by": "PV-001", "columns": columns}
    kinds = [candidate({"registros": table}, f"matriz de {w}", id=w) for w in ("problemas", "riesgos")]
    book = openpyxl.Workbook()
    for number, word in enumerate(("problemas", "riesgos")):
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = f"Hoja de {word}"
        rows: list[list[Any]] = [[f"Matriz de {word}"], [], ["Clave", "Asunto", "Impacto"]]
        for row in (*rows, *([f"{word[0]}-{n}", "Uno", n] for n in range(1, 3 - number))):
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    found = recognise(read_bytes(data.getvalue(), "a.xlsx", Limits()), kinds)
    told = [(r.type.id if r.type else None, r.part, texts(r.fields["registros"], "clave")) for r in found]
    assert told == [
        ("problemas", "Hoja de problemas", [("p-1",), ("p-2",)]),
        ("riesgos", "Hoja de riesgos", [("r-1",)]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "CÉDULA DE PRUEBA ESCOLAR\n\nEscuela Secundaria 12\nObjetivo: Lectura\n",
        "COMUNICADO DE PRENSA\n\nEl municipio presenta su cédula de prueba\n",
        "NÓMINA\n\nObjetivo: pagar\n",
    ],
)
def test_another_paper_is_not_taken_for_the_type(text: str) -> None:
    (found,) = recognise(read_bytes(text.encode(), "a.txt", Limits()), [PLAN])
    assert found.type is None
