"""Cell notes: they are there for every program that opens the copy, and nothing else of the file changes."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, DataBarRule
from openpyxl.worksheet.table import Table as ListObject

from checker.handback.annotate.xlsx import annotate_xlsx
from checker.handback.annotate.xlsx_notes import place_legacy_drawing
from checker.handback.marks import AUTHOR, Mark
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Paragraph, Place
from parsers.xlsx import read_xlsx


def _mark(cell: str | None, text: str) -> Mark:
    return Mark(Place(cell=cell) if cell else None, text, "error", "violated")


def _book(path: Path, with_note: bool = False) -> Path:
    book = openpyxl.Workbook()
    hidden = book.active
    assert hidden is not None
    hidden.title = "Oculta"
    hidden.sheet_state = "hidden"
    sheet = book.create_sheet("Acuerdos 2026")
    for row in (("No.", "Acuerdo", "Fecha"), (1, "Enviar el plan", None), (2, "Revisar", "mayo")):
        sheet.append(row)
    sheet.add_table(ListObject(displayName="T", ref="A1:C3"))
    sheet.conditional_formatting.add("A2:A3", CellIsRule(operator="lessThan", formula=["0"]))
    sheet.conditional_formatting.add("A2:A3", DataBarRule("num", 0, "num", 9, "FF0000"))
    if with_note:
        sheet["B2"].comment = Comment("nota anterior", "Ana")
    book.create_sheet("Otra")["A1"] = "x"
    book.save(path)
    return path


def _notes(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): (cell.comment.author or "", cell.comment.text)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def test_notes_stand_on_their_cells(tmp_path: Path) -> None:
    source = _book(tmp_path / "a.xlsx")
    marks = [
        _mark("'Acuerdos 2026'!C2", "Falta la fecha compromiso.\nNumeral 6, actividad 4 <NOTA> & más."),
        _mark("'Acuerdos 2026'!C2", "Y otra cosa."),
        _mark("Otra!A1", "Sobra."),
        _mark(None, "Faltan las firmas.\x07"),
        _mark("No existe!B2", "De otra hoja."),
    ]
    target = annotate_xlsx(source, marks, tmp_path / "b.xlsx")
    assert target == tmp_path / "b.xlsx"
    assert _notes(target) == {
        ("Acuerdos 2026", "C2"): (
            AUTHOR,
            "Vo. Bo.:\nFalta la fecha compromiso.\nNumeral 6, actividad 4 <NOTA> & más.\n\nY otra cosa.",
        ),
        ("Acuerdos 2026", "A1"): (AUTHOR, "Vo. Bo.:\nFaltan las firmas.\n\nDe otra hoja."),
        ("Otra", "A1"): (AUTHOR, "Vo. Bo.:\nSobra."),
    }


def test_every_part_that_needs_no_change_stays_byte_for_byte(tmp_path: Path) -> None:
    source = _book(tmp_path / "a.xlsx")
    target = annotate_xlsx(source, [_mark("'Acuerdos 2026'!C2", "Falta.")], tmp_path / "b.xlsx")
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target) as after:
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
        sheet = "xl/worksheets/sheet2.xml"
        assert changed == {"[Content_Types].xml", sheet, "xl/worksheets/_rels/sheet2.xml.rels"}
        assert set(after.namelist()) - set(before.namelist()) == {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"}
        old, new = before.read(sheet), after.read(sheet)
        pointer = new[new.index(b"<legacyDrawing") : new.index(b"/>", new.index(b"<legacyDrawing")) + 2]
        assert new.replace(pointer, b"") == old
        # The schema wants the pointer before the tables.
        assert new.index(pointer) < new.index(b"<tableParts")
        assert new.count(pointer) == 1
        for name in after.namelist():
            if name.endswith((".xml", ".rels", ".vml")):
                etree.fromstring(after.read(name))


def test_notes_that_were_there_survive_and_are_added_to(tmp_path: Path) -> None:
    source = _book(tmp_path / "a.xlsx", with_note=True)
    marks = [_mark("'Acuerdos 2026'!B2", "Falta el verbo."), _mark("'Acuerdos 2026'!C2", "Falta la fecha.")]
    target = annotate_xlsx(source, marks, tmp_path / "b.xlsx")
    notes = _notes(target)
    assert notes["Acuerdos 2026", "B2"] == ("Ana", "nota anterior\n\nVo. Bo.:\nFalta el verbo.")
    assert notes["Acuerdos 2026", "C2"] == (AUTHOR, "Vo. Bo.:\nFalta la fecha.")
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target) as after:
        assert before.namelist() == after.namelist()
        (drawing,) = [name for name in after.namelist() if name.endswith(".vml")]
        shapes = [
            s.get("id") for s in etree.fromstring(after.read(drawing)).iter("{urn:schemas-microsoft-com:vml}shape")
        ]
        assert len(shapes) == len(set(shapes)) == 2
    again = annotate_xlsx(target, marks[1:], tmp_path / "c.xlsx")
    assert _notes(again)["Acuerdos 2026", "C2"][1].count("Falta la fecha.") == 2


def test_a_conversation_is_left_alone_and_its_note_goes_beside_it(tmp_path: Path) -> None:
    source = _book(tmp_path / "a.xlsx", with_note=True)
    threaded = '<ThreadedComments xmlns="urn:t"><threadedComment ref="B2" id="1"><text>¿?</text></threadedComment></ThreadedComments>'
    talk = tmp_path / "t.xlsx"
    rels = "xl/worksheets/_rels/sheet2.xml.rels"
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(talk, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == rels:
                relation = b'<Relationship Id="t1" Type="urn:x/threadedComment" Target="/xl/threadedComments/t1.xml"/>'
                data = data.replace(b"</Relationships>", relation + b"</Relationships>")
            after.writestr(name, data)
        after.writestr("xl/threadedComments/t1.xml", threaded)
    target = annotate_xlsx(talk, [_mark("'Acuerdos 2026'!B2", "Falta.")], tmp_path / "b.xlsx")
    notes = _notes(target)
    assert notes["Acuerdos 2026", "B2"] == ("Ana", "nota anterior")
    assert notes["Acuerdos 2026", "C2"][1] == "Vo. Bo.:\nSobre la celda B2:\nFalta."


def test_without_marks_the_copy_is_the_same(tmp_path: Path) -> None:
    source = _book(tmp_path / "a.xlsx")
    target = annotate_xlsx(source, [], tmp_path / "b.xlsx")
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target) as after:
        assert [(n, before.read(n)) for n in before.namelist()] == [(n, after.read(n)) for n in after.namelist()]


def test_the_copy_reads_as_the_original_with_its_notes(tmp_path: Path) -> None:
    source = _book(tmp_path / "a.xlsx")
    target = annotate_xlsx(source, [_mark("'Acuerdos 2026'!C2", "Falta.")], tmp_path / "b.xlsx")
    before, after = read_xlsx(source.read_bytes(), Limits()), read_xlsx(target.read_bytes(), Limits())
    assert after.blocks[:-1] == before.blocks
    note = after.blocks[-1]
    assert isinstance(note, Paragraph)
    assert (note.origin, note.place.cell, note.text) == ("comment", "'Acuerdos 2026'!C2", "Vo. Bo.:\nFalta.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_pointer_goes_where_the_schema_wants_it(encoding: str) -> None:
    main = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><x:worksheet xmlns:x="{main}"><x:sheetData/><x:conditionalFormatting>'
        "<x:extLst/></x:conditionalFormatting><x:drawing/><x:extLst/></x:worksheet>"
    )
    sheet = text.encode(encoding)
    found = place_legacy_drawing(sheet, "s")
    patched = etree.fromstring(found.apply(sheet, "rId9", "urn:r"))
    assert [etree.QName(child).localname for child in patched] == [
        "sheetData",
        "conditionalFormatting",
        "drawing",
        "legacyDrawing",
        "extLst",
    ]
    assert patched[3].get("{urn:r}id") == "rId9"
    assert etree.QName(patched[3]).namespace == found.namespace == main


def test_entities_in_a_worksheet_are_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        place_legacy_drawing(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "s")
    assert caught.value.code == "xml-bomb"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_notes(tmp_path: Path) -> None:
    source = _book(tmp_path / "a.xlsx", with_note=True)
    marks = [_mark("'Acuerdos 2026'!B2", "Falta el verbo."), _mark("'Acuerdos 2026'!C2", "Falta la fecha.")]
    target = annotate_xlsx(source, marks, tmp_path / "b.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path), str(target)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    root = etree.fromstring((tmp_path / "b.fods").read_bytes(), etree.XMLParser(huge_tree=True))
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    shown = ["".join(map(str, note.itertext())) for note in root.iter(office + "annotation")]
    assert any("nota anterior" in text and "Falta el verbo." in text for text in shown)
    assert any("Vo. Bo.:" in text and "Falta la fecha." in text for text in shown)
