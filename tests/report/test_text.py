from pathlib import Path

import pytest

from checker.report import Aside, render, text, words
from checker.report.paint import Style


def test_a_reviewer_finds_everything_about_a_finding(report):
    told = render("text", report, Aside({"minuta-de-reunion": "Minuta de reunión"}))
    assert "✘ NO CUMPLE  entregas/minuta febrero ñ.docx" in told
    assert "Minuta de reunión (confianza 97 %)" in told
    assert "Incumplimiento  PV-040.fechas-compromiso" in told
    assert "Dónde       página 1, párrafo 31, tabla 1, fila 3, columna 3" in told
    assert "Dónde       celda Hoja1!B3" in told
    assert "Dice        «Enviar el programa anual a la Coordinación»" in told
    assert "Fundamento  numeral 6, actividad 4, NOTA" in told
    assert "Qué hacer   Anotar la fecha de compromiso del acuerdo." in told
    assert "? POR VERIFICAR  entregas/escaneo.pdf\n  Sin texto" in told
    assert "! NO SE PUDO LEER  /abs/dañado.docx\n  El archivo está truncado" in told
    assert told.splitlines()[-1].startswith(
        "4 documentos: 1 cumple · 1 no cumple · 1 por verificar · 1 no se pudo leer"
    )


def test_the_gravest_comes_first(report):
    told = render("text", report)
    labels = ["Incumplimiento  PV", "Advertencia  PV", "Nota  PV", "Por verificar  PV"]
    assert [told.index(label) for label in labels] == sorted(told.index(label) for label in labels)


@pytest.mark.parametrize("width", [57, 80, 120])
def test_no_line_is_wider_than_the_terminal(report, width):
    for result in report.results:
        shown = text.submission(result, (Path("a") / ("b" * 20),), {}, width=width)
        body = shown.splitlines()[1:]  # a path is not broken: it is there to be copied
        assert max(map(len, body), default=0) <= width


def test_a_document_cannot_write_to_the_terminal(hostile):
    told = render("text", hostile)
    assert not set(told) & {"\x1b", "\x00", "\r", "\u202e", "\udcf3"}
    assert "\n::error::" not in told


def test_colour_only_when_asked(report):
    plain = text.submission(report.results[1])
    coloured = text.submission(report.results[1], style=Style(colour=True))
    assert "\x1b" not in plain
    assert "\x1b[1;31m✘ NO CUMPLE\x1b[0m" in coloured
    assert text.submission(report.results[1], style=Style(unicode=False)).startswith("x NO CUMPLE")


def test_files_handed_back_are_named(report):
    told = render("text", report, Aside(written=((), (Path("devueltos/minuta.docx"),))))
    assert "Archivo     devueltos/minuta.docx" in told


def test_numbers_agree_with_their_nouns():
    assert words.count(1, "error") == "1 incumplimiento"
    assert words.count(2, "error") == "2 incumplimientos"
    assert words.count(0, "submissions") == "0 documentos"
    assert words.counted(words.tally([])) == ""
