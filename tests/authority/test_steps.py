"""Who signs as what, in the layouts that feet of documents have."""

from __future__ import annotations

import io

import openpyxl
import pytest

from checker.authority.steps import steps_of
from parsers.dispatch import read_bytes
from parsers.limits import Limits
from tests.word_files import p, tbl, tc, tr, word_file

ELABORO = ("Elaboró", "Lic. Laura Méndez Ríos", "Titular de la División de Prensa e Información")
AUTORIZO = ("Autorizó", "Mtro. Jorge Salas Pérez", "Titular de la Unidad de Comunicación Social")
EXPECTED = [
    ("elaborar", "Laura Méndez Ríos", "Titular de la División de Prensa e Información"),
    ("autorizar", "Jorge Salas Pérez", "Titular de la Unidad de Comunicación Social"),
]


def found(data: bytes, name: str) -> list[tuple[str, str, str]]:
    document = read_bytes(data, name, Limits())
    return [(step.verb, person.name, person.charge) for step in steps_of(document) for person in step.people]


def cells(*texts: str) -> str:
    return tr(*(tc(p(t)) for t in texts))


STACKED = "".join(p(v) + p("") + p("__________________") + p(n) + p(c) for v, n, c in (ELABORO, AUTORIZO))
COLUMNS = tbl(*(cells(a, b) for a, b in zip(ELABORO, AUTORIZO, strict=True)))
ROWS = tbl(cells("", "Nombre", "Cargo", "Firma"), *(cells(v, n, c, "") for v, n, c in (ELABORO, AUTORIZO)))
ONE_CELL_EACH = tbl(tr(*(tc("".join(p(t) for t in (v, "", "________", n, c))) for v, n, c in (ELABORO, AUTORIZO))))


@pytest.mark.parametrize("body", [STACKED, COLUMNS, ROWS, ONE_CELL_EACH], ids=["stacked", "columns", "rows", "cells"])
def test_word(body: str) -> None:
    assert found(word_file(p("Se emite el presente.") + body), "programa.docx") == EXPECTED


def test_side_by_side_between_tabs_as_plain_text() -> None:
    lines = ["Se emite el presente.", *(f"{a}\t\t\t{b}" for a, b in zip(ELABORO, AUTORIZO, strict=True))]
    assert found("\n".join(lines).encode(), "programa.txt") == EXPECTED


def test_columns_of_a_sheet_go_on_over_empty_rows() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for column, (verb, name, charge) in ((1, ELABORO), (3, AUTORIZO)):
        sheet.cell(10, column, verb)
        sheet.cell(12, column, name)
        sheet.cell(13, column, charge)
    buffer = io.BytesIO()
    book.save(buffer)
    assert found(buffer.getvalue(), "programa.xlsx") == EXPECTED


def test_who_reviewed_is_of_another_step() -> None:
    body = p("Autorizó") + p("Revisó") + p("Lic. Laura Méndez Ríos") + p("Titular de la Unidad de Comunicación Social")
    assert found(word_file(body), "programa.docx") == []


def test_prose_is_no_step() -> None:
    body = (
        p("La Unidad autorizó el programa.")
        + p("Lic. Laura Méndez Ríos")
        + p("Titular de la Unidad de Comunicación Social")
    )
    assert found(word_file(body), "programa.docx") == []


@pytest.mark.parametrize(
    "lines",
    [
        ("Autorizó", AUTORIZO[2], "", "______________", AUTORIZO[1]),
        ("AUTORIZA", "______________", AUTORIZO[1], "Titular de la Unidad de", "Comunicación Social"),
        ("Autorizó:", AUTORIZO[1], AUTORIZO[2], "Cadena original: abcdefgh"),
    ],
    ids=["charge over name", "charge goes on", "seal"],
)
def test_one_signature(lines: tuple[str, ...]) -> None:
    assert found(word_file("".join(map(p, lines))), "programa.docx") == EXPECTED[1:]
