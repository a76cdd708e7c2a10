"""What a reader does not see is taken out of the text, and accents are one character, in whatever format."""

from __future__ import annotations

import unicodedata
from io import BytesIO

import docx
import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from parsers.dispatch import read_bytes
from parsers.limits import Limits
from parsers.model import Document, Table, paragraphs_of
from parsers.plain import plain_document, plain_text

NFD = unicodedata.normalize("NFD", "Revisión de la señal")


def texts(document: Document) -> list[str]:
    return [p.text for p in paragraphs_of(document.blocks)]


def test_decomposed_accents_are_composed_in_every_format() -> None:
    word, page = docx.Document(), BytesIO()
    run = word.add_paragraph().add_run(f"Título de la {NFD}: ")
    run.bold = True
    word.add_paragraph(NFD)
    word.add_table(1, 1).cell(0, 0).text = NFD
    word.save(page)
    book, sheet = openpyxl.Workbook(), BytesIO()
    book.active["A1"] = NFD
    book.save(sheet)
    found = read_bytes(page.getvalue(), "a.docx", Limits())
    assert texts(found) == ["Título de la Revisión de la señal:", "Revisión de la señal", "Revisión de la señal"]
    assert found.blocks[0].bold  # type: ignore[union-attr]
    table = read_bytes(sheet.getvalue(), "a.xlsx", Limits()).blocks[0]
    assert texts(read_bytes(sheet.getvalue(), "a.xlsx", Limits())) == ["Revisión de la señal"]
    assert not isinstance(table, Table) or table.cells[0].value == "Revisión de la señal"
    for name, data in (("a.txt", NFD), ("a.html", f"<p>{NFD}</p>"), ("a.md", f"# {NFD}")):
        assert texts(read_bytes(data.encode(), name, Limits())) == ["Revisión de la señal"], name


def test_a_bold_label_keeps_its_length() -> None:
    page = f"<p><b>{unicodedata.normalize('NFD', 'Reunión:')}</b> {NFD}</p>".encode()
    (paragraph,) = paragraphs_of(read_bytes(page, "a.html", Limits()).blocks)
    assert paragraph.text[: paragraph.bold_prefix] == "Reunión:"


def test_characters_without_width_are_dropped_and_ligatures_are_letters() -> None:
    text = "\u200fAsunto\u200e:\u200b \u2060o\ufb01cina de oc\u00adtubre\ufeff\u200d"
    assert texts(read_bytes(text.encode(), "a.txt", Limits())) == ["Asunto: oficina de octubre"]


def test_a_value_of_nothing_but_invisible_characters_is_empty() -> None:
    page = "<table><tr><td>Asunto</td><td>\u200b\u00ad</td></tr><tr><td>Fecha</td><td>hoy</td></tr></table>"
    table = read_bytes(page.encode(), "a.html", Limits()).blocks[0]
    assert isinstance(table, Table)
    assert table.cells[1].blocks == ()


def test_a_plain_document_is_handed_on_as_it_is() -> None:
    document = read_bytes("Asunto: Revisión\n\nOtra cosa".encode(), "a.txt", Limits())
    assert plain_document(document) is document


@given(st.text(alphabet=st.sampled_from("aeonÑó\u0301\u0303\u00ad\u200b\ufb01\ufeff ")))
def test_plain_text_is_plain_once_and_for_all(text: str) -> None:
    plain = plain_text(text)
    assert plain_text(plain) == plain
    assert unicodedata.is_normalized("NFC", plain)
    assert not set(plain) & set("\u00ad\u200b\ufb01\ufeff")
