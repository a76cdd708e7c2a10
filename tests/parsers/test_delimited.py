"""Tables of text in the encodings and with the delimiters that offices use."""

from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.delimited import read_delimited
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Document, Paragraph, Table


def _read(text: str, encoding: str = "utf-8") -> Document:
    return read_delimited(text.encode(encoding), Limits())


def _shape(document: Document) -> list[object]:
    """Paragraphs as their text, tables as rows of texts."""
    shape: list[object] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            shape.append(block.text)
        else:
            rows: dict[int, list[str]] = {}
            for cell in block.cells:
                rows.setdefault(cell.row, []).append(cell.text)
            shape.append(list(rows.values()))
    return shape


_FORM = "Minuta de reunión\nAsunto;Programas\nFecha;14 de octubre, 2025\n\nAcuerdo;Responsable;Fecha\nEnviar;Ana;\nVer;Luis;3 de mayo\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_loose_labels_above_a_table_in_any_encoding(encoding: str) -> None:
    assert _shape(_read(_FORM, encoding)) == [
        "Minuta de reunión",
        [["Asunto", "Programas"], ["Fecha", "14 de octubre, 2025"]],
        [["Acuerdo", "Responsable", "Fecha"], ["Enviar", "Ana", ""], ["Ver", "Luis", "3 de mayo"]],
    ]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_any_delimiter_with_punctuation_of_the_others(delimiter: str) -> None:
    stream = io.StringIO()
    rows = [["Curso", "Medio", "Nota"], ["RCP, básico", "Correo; web", "a|b"], ["Lactancia", "Radio, tv", "c; d, e"]]
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    document = _read(stream.getvalue())
    assert _shape(document) == [rows]
    assert document.media_type == ("text/tab-separated-values" if delimiter == "\t" else "text/csv")


def test_padding_of_spreadsheet_exports_is_empty_rows() -> None:
    document = _read("PLAN ANUAL,,\n,,\nCurso,Medio,Fecha\nRCP,Correo,3 de mayo\n,,\nElaboró,,\n")
    assert _shape(document) == ["PLAN ANUAL", [["Curso", "Medio", "Fecha"], ["RCP", "Correo", "3 de mayo"]], "Elaboró"]


def test_places_are_lines_of_the_file() -> None:
    document = _read('sep=;\nAcuerdo;Fecha\n"Enviar\nel plan";mayo\nVer;junio\n')
    (table,) = document.blocks
    assert isinstance(table, Table)
    found = [(c.text, c.place.line, c.place.row, c.place.column) for c in table.cells]
    assert found[2:] == [("Enviar\nel plan", 3, 2, 1), ("mayo", 3, 2, 2), ("Ver", 5, 3, 1), ("junio", 5, 3, 2)]
    assert found[0] == ("Acuerdo", 2, 1, 1)


def test_a_quote_that_nothing_closes_does_not_swallow_the_file() -> None:
    document = _read('a;b\n"abierto;1\nc;2\n')
    assert _shape(document) == [[["a", "b"], ['"abierto', "1"], ["c", "2"]]]
    assert document.notes == ("Hay comillas sin cerrar: se leyeron como parte del texto.",)


@pytest.mark.parametrize(("data", "code"), [(b"", "empty"), (b"\n \n", "empty"), (b"a,b\n\0\0,c\n", "malformed")])
def test_bad_input(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_delimited(data, Limits())
    assert caught.value.code == code


def test_too_many_cells() -> None:
    with pytest.raises(Unreadable) as caught:
        read_delimited(b"a,b\n" * 10, Limits(cells=10))
    assert caught.value.code == "too-many-cells"


def test_a_hundred_thousand_rows_take_about_a_second() -> None:
    data = ("curso,medio,fecha\n" + "RCP,correo,3 de mayo\n" * 100_000).encode()
    begin = time.process_time()
    (table,) = read_delimited(data, Limits()).blocks
    assert time.process_time() - begin < 4  # with room for a slow machine
    assert isinstance(table, Table)
    assert (table.rows, len(table.cells)) == (100_001, 300_003)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        document: Document | None = read_delimited(data, Limits())
    except Unreadable:
        document = None
    assert document is None or all(block.place.line for block in document.blocks)
