"""Kinds are told by content; encodings by what the bytes say."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.decoding import decode, decode_as, is_text
from parsers.sniff import Kind, sniff
from tests.parsers.ole_files import Tree, ole_file


def package(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def types(main: str) -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": f'<Types><Override PartName="/a.xml" ContentType="application/vnd.{main}+xml"/></Types>',
        "a.xml": "<a/>",
    }


ZIPS = {
    "openxmlformats-officedocument.wordprocessingml.document.main": Kind.DOCX,
    "ms-word.document.macroEnabled.main": Kind.DOCX,
    "openxmlformats-officedocument.spreadsheetml.sheet.main": Kind.XLSX,
    "ms-excel.sheet.macroEnabled.main": Kind.XLSX,
    "openxmlformats-officedocument.presentationml.presentation.main": Kind.PPTX,
    "openxmlformats-officedocument.drawing": Kind.ZIP,
}


@pytest.mark.parametrize(("main", "kind"), ZIPS.items())
@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a.zip", ""])
def test_office_packages_by_their_main_part(main: str, kind: Kind, name: str) -> None:
    assert sniff(package(types(main)), name) is kind


def test_an_embedded_workbook_does_not_make_a_word_file_a_workbook() -> None:
    parts = types("openxmlformats-officedocument.wordprocessingml.document.main")
    parts["word/embeddings/hoja.xlsx"] = package(types("openxmlformats-officedocument.spreadsheetml.sheet.main"))
    assert sniff(package(parts)) is Kind.DOCX


@pytest.mark.parametrize(("mime", "kind"), [("text", Kind.ODT), ("spreadsheet", Kind.ODS), ("presentation", Kind.ODP)])
def test_odf_by_its_mimetype(mime: str, kind: Kind) -> None:
    data = package({"mimetype": f"application/vnd.oasis.opendocument.{mime}", "content.xml": "<a/>"})
    assert sniff(data) is kind
    assert sniff(package({"mimetype": f"application/vnd.oasis.opendocument.{mime}-template"})) is kind


@pytest.mark.parametrize(
    ("part", "kind"),
    [("word/document.xml", Kind.DOCX), ("xl/workbook.xml", Kind.XLSX), ("foto.jpg", Kind.ZIP)],
)
def test_a_truncated_zip_is_still_told_apart(part: str, kind: Kind) -> None:
    data = package({part: "x" * 5000, "otro.xml": bytes(range(256)) * 40})
    assert sniff(data[:-200]) is kind


OLES: list[tuple[Tree, Kind]] = [
    ({"EncryptedPackage": b"x" * 600, "EncryptionInfo": b"x"}, Kind.ENCRYPTED),
    ({"WordDocument": b"x" * 5000, "1Table": b"x", "ObjectPool": {"_1": {"Workbook": b"x"}}}, Kind.DOC),
    ({"Workbook": b"x" * 5000}, Kind.XLS),
    ({"Book": b"x"}, Kind.XLS),
    ({"PowerPoint Document": b"x"}, Kind.PPT),
    ({"__properties_version1.0": b"x" * 32, "__substg1.0_0037001F": b"x"}, Kind.MSG),
    ({"Contents": b"x"}, Kind.OLE),
]


@pytest.mark.parametrize(("tree", "kind"), OLES)
def test_ole_by_the_streams_at_its_root(tree: Tree, kind: Kind) -> None:
    data = ole_file(tree)
    assert sniff(data, "a.docx") is kind


def test_a_message_with_a_word_file_attached_is_a_message() -> None:
    inner = ole_file({"WordDocument": b"x" * 5000})
    tree: Tree = {
        "__properties_version1.0": b"x" * 32,
        "__attach_version1.0_#00000000": {"__substg1.0_37010102": inner},
    }
    assert sniff(ole_file(tree)) is Kind.MSG


def test_a_cut_ole_file_is_told_by_the_names_left_in_it() -> None:
    data = ole_file({"Workbook": b"x" * 50_000})
    directory = next(i for i in range(0, len(data), 512) if b"R\0o\0o\0t\0" in data[i : i + 20])
    assert sniff(data[: directory + 512]) is Kind.XLS


TEXTS: list[tuple[str, str, Kind]] = [
    ("", "", Kind.EMPTY),
    ("\ufeff \r\n\t\n", "a.txt", Kind.EMPTY),
    ("<!DOCTYPE html>\n<html></html>", "a.txt", Kind.HTML),
    ("<!-- x --><table><tr><td>1</table>", "a.xls", Kind.HTML),
    ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "", Kind.HTML),
    ('<?xml version="1.0"?><log xes.version="1.0"/>', "", Kind.XML),
    ('<?xml version="1.0"?><!-- a --><!DOCTYPE x [<!ENTITY a "b">]><!-- c --><w:wordDocument/>', "", Kind.WORD_XML),
    ("| A | B |\n| --- | :-: |\n| 1 | 2 |", "", Kind.MARKDOWN),
    ('<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "a.doc", Kind.WORD_XML),
    ('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "", Kind.SHEET_XML),
    ("From: a@b.mx\nTo: c@d.mx\nSubject: x\n\nhola", "a.txt", Kind.EML),
    ("\nReceived: from x\n by y\nMIME-Version: 1.0\n\n", "", Kind.EML),
    ("De: Ana\nPara: Luis\nAsunto: Minuta\n\nTexto", "a.txt", Kind.TEXT),
    ("Fecha: hoy\nDate: today\n\nx", "", Kind.TEXT),
    ("From a@b.mx Tue Feb  3 10:00:00 2026\nFrom: a@b.mx\n\nx\n", "", Kind.MBOX),
    ("a,b,c\n1,2,3\n", "a.md.txt", Kind.CSV),
    ('Nombre;Cargo\n"Ruiz; Ana";Jefa\nLuis;Jefe\n', "", Kind.CSV),
    ("Curso\tMedio\tFecha\nUno\tCLIMSS\t1/1/2026\nDos\tEduTK\t2/1/2026\n", "", Kind.CSV),
    ("Acuerdo\nUno\n", "a.csv", Kind.CSV),
    ("Estimada, buenos días, espero que bien.\nLe escribo, como acordamos, para decir.\n", "", Kind.TEXT),
    ("Ana Ruiz, Titular\nLuis Gil, Jefe\nMarta Paz, Jefa\n", "", Kind.TEXT),
    ("# Minuta\n\ntexto", "a.txt", Kind.MARKDOWN),
    ("**Fecha:** hoy", "", Kind.MARKDOWN),
    ("a | b\n--- | ---\n1 | 2", "", Kind.MARKDOWN),
    ("MINUTA\n======\nFecha: hoy\n________________\nFirma", "", Kind.TEXT),
    ("solo texto", "plan.md", Kind.MARKDOWN),
    ("Los archivos empiezan con %PDF-1.7, como se sabe.", "", Kind.TEXT),
    ("{\\rtf1 hola}", "a.doc", Kind.RTF),
]


@pytest.mark.parametrize(("text", "name", "kind"), TEXTS)
def test_kinds_of_text(text: str, name: str, kind: Kind) -> None:
    assert sniff(text.encode(), name) is kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"junk\n%PDF-1.4\n1 0 obj\n", Kind.PDF),
        (b"\x89PNG\r\n\x1a\n\0\0", Kind.IMAGE),
        (b"\xff\xd8\xff\xe0", Kind.IMAGE),
        (b"II*\0\x08\0\0\0", Kind.IMAGE),
        (b"GIF89a\0", Kind.OTHER_IMAGE),
        (b"RIFF\0\0\0\0WEBPVP8 ", Kind.OTHER_IMAGE),
        (bytes(range(256)) * 4, Kind.UNKNOWN),
        (b"\x7fELF\x02\x01\x01\0\0\0\0", Kind.UNKNOWN),
    ],
)
def test_binary_kinds(data: bytes, kind: Kind) -> None:
    assert sniff(data, "minuta.docx") is kind


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.4", b"<"]),
)
def test_any_bytes_have_a_kind(data: bytes, head: bytes) -> None:
    assert isinstance(sniff(head + data, "x"), Kind)


SPANISH = "Reunión de la Comisión: ¿quién asistió? Acuerdo nº 1, artículo 3°, año 2025, pingüino, ÁÉÍÓÚÑ"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("text", [SPANISH, "ASCII solo", "«comillas» — “raras”…"])
def test_text_comes_back_from_any_encoding(encoding: str, text: str) -> None:
    data = text.encode(encoding)
    assert is_text(data)
    assert decode(data)[0] == text


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_old_encodings_are_told_by_the_spanish_they_give(encoding: str) -> None:
    assert decode(SPANISH.encode(encoding)) == (SPANISH, encoding)


def test_a_damaged_byte_does_not_spoil_the_rest_of_utf8() -> None:
    data = SPANISH.encode() + b"\xff" + SPANISH.encode()
    assert decode(data) == (SPANISH + "\ufffd" + SPANISH, "utf-8")


def test_a_false_declaration_gives_way_to_the_bytes() -> None:
    assert decode_as(SPANISH.encode(), "us-ascii") == SPANISH
    assert decode_as(SPANISH.encode(), "x-no-such") == SPANISH
    assert decode_as("ñ".encode("iso-8859-1"), "iso-8859-1") == "ñ"


@given(st.text(alphabet="abc áéíóúñÁ\n.,;:¿?123", min_size=1))
def test_spanish_survives_utf8_and_windows(text: str) -> None:
    assert decode(text.encode())[0] == text
    assert decode(text.encode("cp1252"))[0] == text


def test_a_stray_control_character_does_not_make_a_text_binary() -> None:
    assert sniff(b"Fecha: 14 de octubre\0\n", "a.txt") is Kind.TEXT


def test_hostile_prologues_and_marks_cost_no_more_than_their_length() -> None:
    began = time.monotonic()
    assert sniff(b"<!-- -->" * 5_000 + b"<x/>") is Kind.XML
    sniff(b"<!--" * 20_000)
    sniff(b"**a " * 15_000 + b"[" * 20_000)
    sniff(b"x\n" + b" " * 60_000 + b"x")
    assert time.monotonic() - began < 5
