"""Workbooks, made with openpyxl, as raw packages and by LibreOffice."""

from __future__ import annotations

import datetime as dt
import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Border, Font, Side
from openpyxl.worksheet.table import Table as ListObject
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Picture

from parsers.a1 import MAX_COLUMN, MAX_ROW, address, parse_address, parse_range, sheet_prefix, split_sheet
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Cell, Document, Paragraph, Place, Table, paragraphs_of
from parsers.regions import Entry, Sheet, blocks_of
from parsers.xlsx import read_xlsx
from parsers.xlsx_styles import Look, from_serial, shown

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _read(build: Callable[[openpyxl.Workbook, Worksheet], object]) -> Document:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Hoja1"
    build(book, sheet)
    stream = io.BytesIO()
    book.save(stream)
    return read_xlsx(stream.getvalue(), Limits())


def _raw(
    sheet: str, main: str = _MAIN, office: str = _OFFICE, workbook: str = "", extra: dict[str, str] | None = None
) -> bytes:
    """A package with one worksheet whose XML is given."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'{relations}<Relationship Id="a" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">{workbook}<sheets>'
        '<sheet name="Hoja1" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{relations}<Relationship Id="b" Type="{office}/worksheet" Target="/xl/s.xml"/>'
        f'<Relationship Id="c" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "xl/s.xml": f'<worksheet xmlns="{main}">{sheet}</worksheet>',
        **(extra or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return stream.getvalue()


def _tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def _texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def _rows(table: Table) -> list[list[str]]:
    grid = table.grid()
    return [
        [grid[r, c].text if (r, c) in grid else "" for c in range(1, table.columns + 1)]
        for r in range(1, table.rows + 1)
    ]


def _cell(document: Document, at: str) -> Cell:
    return next(c for t in _tables(document) for c in t.cells if c.place.cell == at)


def _minuta(book: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet.merge_cells("A1:D1")
    sheet["A1"] = "MINUTA DE REUNIÓN"
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A2"], sheet["B2"] = "Asunto:", "Programas virtuales"
    sheet.merge_cells("B2:D2")
    sheet["A3"], sheet["B3"] = "Fecha:", dt.date(2025, 10, 14)
    sheet.merge_cells("A4:D4")
    sheet["A4"] = "ACUERDOS"
    for column, name in enumerate(("No.", "Acuerdo", "Responsable", "Fecha compromiso"), 1):
        sheet.cell(5, column, name)
    sheet.append([1, "Enviar el plan", "Ana Ruiz", dt.date(2025, 11, 3)])
    sheet.append([2, "Revisar", None, None])
    sheet["A10"], sheet["A11"] = "Firmas", "Ana Ruiz"


def test_a_form_falls_into_title_labels_section_and_table() -> None:
    document = _read(_minuta)
    title, labels, section, agreements, *rest = document.blocks
    assert isinstance(title, Paragraph)
    assert (title.text, title.bold, title.size) == ("MINUTA DE REUNIÓN", True, 14.0)
    assert isinstance(labels, Table)
    assert [row[:2] for row in _rows(labels)] == [["Asunto:", "Programas virtuales"], ["Fecha:", "2025-10-14"]]
    assert isinstance(section, Paragraph)
    assert section.text == "ACUERDOS"
    assert isinstance(agreements, Table)
    assert agreements.title == "Hoja1"
    assert _rows(agreements) == [
        ["No.", "Acuerdo", "Responsable", "Fecha compromiso"],
        ["1", "Enviar el plan", "Ana Ruiz", "2025-11-03"],
        ["2", "Revisar", "", ""],
    ]
    assert [block.text for block in rest if isinstance(block, Paragraph)] == ["Firmas", "Ana Ruiz"]


def test_places_are_the_sheets_own_and_empty_cells_have_one_too() -> None:
    document = _read(_minuta)
    empty = _cell(document, "Hoja1!C7")
    assert (empty.row, empty.column, empty.text, empty.blocks) == (3, 3, "", ())
    assert empty.place == Place(page=1, row=7, column=3, cell="Hoja1!C7")
    merged = _cell(document, "Hoja1!B2")
    assert (merged.row, merged.column, merged.colspan) == (1, 2, 3)


def test_group_rows_do_not_cut_a_table() -> None:
    def build(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet.append(["Curso", "Medio", "Fecha"])
        for quarter in ("Primer trimestre", "Segundo trimestre"):
            sheet.append([quarter])
            sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=3)
            sheet.append(["RCP", "Correo", dt.date(2026, 2, 3)])

    (table,) = _tables(_read(build))
    assert table.rows == 5


@pytest.mark.parametrize("titles", [True, False])
def test_tables_side_by_side_are_two(titles: bool) -> None:
    def build(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        if titles:
            sheet["A1"], sheet["D1"] = "Asistentes", "Temas"
        for row, texts in enumerate((("Nombre", "Cargo"), ("Ana", "Jefa"), ("Luis", "Analista")), 2):
            sheet.cell(row, 1, texts[0])
            sheet.cell(row, 2, texts[1])
        for row, texts in enumerate((("Tema", "Minutos"), ("Altas", "10")), 2 if titles else 3):
            sheet.cell(row, 4, texts[0])
            sheet.cell(row, 5, texts[1])

    first, second = _tables(_read(build))
    assert _rows(first)[-1] == ["Luis", "Analista"]
    assert _rows(second)[-1] == ["Altas", "10"]


def test_a_spacer_column_does_not_cut_a_table() -> None:
    def build(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        for row in (
            ("No.", "Acuerdo", None, "Responsable", "Fecha"),
            (1, "Enviar", None, "Ana", "3 de mayo"),
            (2, "Ver"),
        ):
            sheet.append(row)

    (table,) = _tables(_read(build))
    assert table.columns == 5


def test_bordered_empty_cells_are_where_an_answer_goes() -> None:
    def build(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        line = Side(style="thin")
        for row, label in enumerate(("Asunto:", "Fecha:"), 1):
            sheet.cell(row, 1, label)
            sheet.cell(row, 2).border = Border(bottom=line)

    document = _read(build)
    assert _cell(document, "Hoja1!B2").text == ""


def test_a_list_object_is_a_table_with_a_header() -> None:
    def build(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet.append(["Unidad", "CSS Legaria"])
        for row in (("Curso", "Fecha"), ("RCP", "3 de mayo")):
            sheet.append(row)
        sheet.add_table(ListObject(displayName="Cursos", ref="A2:B3"))

    labels, courses = _tables(_read(build))
    assert (labels.rows, labels.header_rows, courses.rows, courses.header_rows) == (1, 0, 2, 1)


def test_numbers_dates_and_truth_as_a_reader_sees_them() -> None:
    cases = [
        (15.0, "General", "15", 15),
        (0.1 + 0.2, "General", "0.3", 0.3),
        (0.85, "0%", "85%", 0.85),
        (123, "00000", "00123", 123),
        (True, "General", "VERDADERO", True),
        (dt.date(2025, 10, 14), 'd" de "mmmm" de "yyyy', "2025-10-14", dt.date(2025, 10, 14)),
        (dt.date(2025, 10, 14), "[$-80A]dddd\\, d \\d\\e mmmm", "2025-10-14", dt.date(2025, 10, 14)),
        (dt.date(2025, 10, 1), "mmmm yyyy", "octubre de 2025", dt.date(2025, 10, 1)),
        (dt.datetime(2025, 10, 14, 9, 30), "dd/mm/yyyy hh:mm", "2025-10-14 09:30", dt.datetime(2025, 10, 14, 9, 30)),
        (dt.time(9, 30), "hh:mm", "09:30", dt.time(9, 30)),
        (1.5, '[Red]#,##0.00" días"', "1.5", 1.5),
    ]

    def build(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        for row, (value, code, _, _) in enumerate(cases, 1):
            sheet.cell(row, 1, f"caso {row}")
            sheet.cell(row, 2, value).number_format = code

    document = _read(build)
    got = [(c.text, c.value) for row in range(1, len(cases) + 1) for c in (_cell(document, f"Hoja1!B{row}"),)]
    assert got == [(text, typed) for _, _, text, typed in cases]


def test_1904_dates() -> None:
    styles = f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    sheet = '<sheetData><row r="1"><c r="A1" s="1"><v>0</v></c><c r="B1" s="1"><v>44481</v></c></row></sheetData>'
    data = _raw(sheet, workbook='<workbookPr date1904="1"/>', extra={"xl/styles.xml": styles})
    assert _rows(_tables(read_xlsx(data, Limits()))[0]) == [["1904-01-01", "2025-10-13"]]


@given(st.dates(dt.date(1904, 1, 1), dt.date(9990, 1, 1)))
def test_both_date_systems_differ_by_1462_days(day: dt.date) -> None:
    serial = (day - dt.date(1904, 1, 1)).days
    expected = dt.datetime.combine(day, dt.time())
    assert from_serial(serial, epoch_1904=True) == from_serial(serial + 1462, epoch_1904=False) == expected


def test_the_first_days_of_1900_count_a_29_february_that_never_was() -> None:
    found = [from_serial(serial, epoch_1904=False) for serial in (1, 59, 60, 61)]
    assert [m.date().isoformat() for m in found if m] == ["1900-01-01", "1900-02-28", "1900-02-28", "1900-03-01"]


@given(
    st.floats(allow_nan=True, allow_infinity=True),
    st.sampled_from(["number", "date", "time", "zeros", "percent", "month"]),
)
def test_any_number_shows_as_something(number: float, kind: str) -> None:
    text, _ = shown(repr(number), Look(kind=kind, width=5, months="my"), epoch_1904=False)  # type: ignore[arg-type]
    assert text


def test_rich_text_keeps_its_bold_beginning() -> None:
    def build(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        bold = TextBlock(InlineFont(b=True), "Asunto:")
        sheet["A1"] = CellRichText(bold, " Programas")

    (paragraph,) = [b for b in _read(build).blocks if isinstance(b, Paragraph)]
    assert (paragraph.text, paragraph.bold, paragraph.bold_prefix) == ("Asunto: Programas", False, 7)


def test_formulas_without_value_are_worked_out_or_gaps() -> None:
    def build(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        book.create_sheet("Otra hoja")["B2"] = "desde allá"
        for row in (
            ("n", 1),
            ("m", 2.5),
            ("suma", "=SUM(B1:B2, 10)"),
            ("otra", "='Otra hoja'!B2"),
            ("hoy", "=TODAY()"),
        ):
            sheet.append(row)
        sheet.append(("cadena", "=B3"))

    document = _read(build)
    assert [_cell(document, f"Hoja1!B{row}").text for row in range(1, 7)] == [
        "1",
        "2.5",
        "13.5",
        "desde allá",
        "",
        "13.5",
    ]
    assert [gap.reason for gap in document.gaps] == ["fórmula sin valor calculado en Hoja1!B5"]
    assert document.gaps[0].place.cell == "Hoja1!B5"
    assert _cell(document, "Hoja1!B5").formula == "=TODAY()"


def test_a_cell_plus_or_minus_a_constant_is_worked_out() -> None:
    def build(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet.append((dt.date(2025, 10, 14), 7, "texto", dt.datetime(2025, 10, 14, 9, 30)))
        sheet.append(("=A1+20", "=B1 - 2.5", "=C1+1", "=D1+1"))
        sheet.append(("=30+A1", "=$B$1+1", "=A1+1.5", "=A2-1"))
        sheet.append(("=A1+B1", "=A1*2", "=A1+999999999", "x"))

    document = _read(build)
    rows = [[_cell(document, f"Hoja1!{column}{row}").text for column in "ABCD"] for row in (2, 3, 4)]
    assert rows == [
        ["2025-11-03", "4.5", "", "2025-10-15 09:30"],
        ["2025-11-13", "8", "", "2025-11-02"],
        ["", "", "", "x"],
    ]
    assert _cell(document, "Hoja1!A2").value == dt.date(2025, 11, 3)
    assert _cell(document, "Hoja1!A4").formula == "=A1+B1"
    assert {gap.place.cell for gap in document.gaps} == {f"Hoja1!{at}" for at in ("C2", "C3", "A4", "B4", "C4")}


def test_error_values_are_gaps() -> None:
    data = _raw('<sheetData><row r="1"><c r="A1" t="e"><f>B9</f><v>#REF!</v></c></row></sheetData>')
    assert [gap.reason for gap in read_xlsx(data, Limits()).gaps] == ["la celda Hoja1!A1 muestra el error #REF!"]


def test_hidden_rows_columns_and_sheets_are_read_marked_and_told() -> None:
    def build(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        for row in (("a", "b"), ("c", "d")):
            sheet.append(row)
        sheet.row_dimensions[2].hidden = True
        secret = book.create_sheet("Oculta")
        secret.sheet_state = "veryHidden"
        secret["A1"] = "secreto"

    document = _read(build)
    assert [cell.hidden for cell in _tables(document)[0].cells] == [False, False, True, True]
    assert [p.hidden for p in document.blocks if isinstance(p, Paragraph)] == [True]
    assert document.notes == (
        "Se leyeron también hojas ocultas: Oculta.",
        "Se leyeron también filas o columnas ocultas en: Hoja1.",
    )
    assert document.pages == 2


def test_comments_headers_and_images() -> None:
    def build(book: openpyxl.Workbook, sheet: Worksheet) -> None:
        sheet.append(["Nombre", "Firma"])
        sheet.append(["Ana Ruiz", None])
        sheet["A2"].comment = Comment("Falta el cargo", "Revisora")
        sheet.oddHeader.center.text = "IMSS && &A"
        sheet.oddFooter.right.text = "Página &P de &N"
        for at in ("B2", "H30"):
            picture = io.BytesIO()
            Picture.new("RGB", (20, 10)).save(picture, "PNG")
            sheet.add_image(Image(picture), at)

    document = _read(build)
    found = [(p.text, p.origin, p.place.cell, p.images) for p in document.blocks if isinstance(p, Paragraph)]
    assert found == [
        ("IMSS & Hoja1", "header", None, 0),
        ("", "body", "Hoja1!H30", 1),
        ("Página # de #", "footer", None, 0),
        ("Falta el cargo", "comment", "Hoja1!A2", 0),
    ]
    (signature,) = _cell(document, "Hoja1!B2").blocks
    assert isinstance(signature, Paragraph)
    assert signature.images == 1


def test_text_boxes_and_threaded_comments() -> None:
    drawing = (
        '<d:wsDr xmlns:d="urn:d" xmlns:a="urn:a"><d:twoCellAnchor><d:from><d:col>1</d:col><d:row>2</d:row></d:from>'
        '<d:sp><d:nvSpPr><d:cNvPr id="2" name="x"/></d:nvSpPr><d:txBody>'
        '<a:p><a:r><a:rPr b="1" sz="1200"/><a:t>Vo. Bo.</a:t></a:r></a:p><a:p/></d:txBody></d:sp></d:twoCellAnchor></d:wsDr>'
    )
    legacy = (
        f'<comments xmlns="{_MAIN}"><authors><author>tc</author></authors><commentList><comment ref="A1" authorId="0"><text><t>'
        "[Threaded comment] Your version of Excel…</t></text></comment></commentList></comments>"
    )
    threaded = '<ThreadedComments xmlns="urn:t"><threadedComment ref="A1" id="1"><text>¿Quién firma?</text></threadedComment></ThreadedComments>'
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="x{i}" Type="urn:x/{kind}" Target="{kind}.xml"/>'
            for i, kind in enumerate(("drawing", "comments", "threadedComment"))
        )
        + "</Relationships>"
    )
    extra = {
        "xl/drawing.xml": drawing,
        "xl/comments.xml": legacy,
        "xl/threadedComment.xml": threaded,
        "xl/_rels/s.xml.rels": relations,
    }
    document = read_xlsx(_raw("<sheetData/>", extra=extra), Limits())
    box, comment = [b for b in document.blocks if isinstance(b, Paragraph)]
    assert (box.text, box.origin, box.place.cell, box.bold, box.size) == ("Vo. Bo.", "textbox", "Hoja1!B3", True, 12.0)
    assert (comment.text, comment.origin, comment.place.cell) == ("¿Quién firma?", "comment", "Hoja1!A1")


def test_strict_namespaces_prefixes_and_cells_without_address() -> None:
    main, office = (
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
    sheet = '<sheetData><row><c t="inlineStr"><is><t>Fecha</t></is></c><c t="d"><v>2025-10-14</v></c></row></sheetData>'
    document = read_xlsx(_raw(sheet, main, office), Limits())
    assert _rows(_tables(document)[0]) == [["Fecha", "2025-10-14"]]
    assert _cell(document, "Hoja1!B1").value == dt.date(2025, 10, 14)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.12"),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
        ),
    ],
)
def test_media_types(kind: str, expected: str) -> None:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>'
    )
    assert read_xlsx(_raw("<sheetData/>", extra={"[Content_Types].xml": types}), Limits()).media_type == expected


def test_binary_workbooks_are_legacy() -> None:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
        'PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
    )
    with pytest.raises(Unreadable) as caught:
        read_xlsx(_raw("<sheetData/>", extra={"[Content_Types].xml": types}), Limits())
    assert caught.value.code == "legacy-format"


def test_a_million_formatted_empty_rows_and_far_corners_cost_little() -> None:
    rows = "".join(f'<row r="{r}"><c r="A{r}" s="1"/></row>' for r in range(2, 1_048_576))
    first = '<row r="1"><c r="A1"><v>1</v></c></row>'
    last = '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    begin = time.process_time()
    document = read_xlsx(_raw(f"<sheetData>{first}{rows}{last}</sheetData>"), Limits())
    assert time.process_time() - begin < 8
    assert _texts(document) == ["1", "2"]


def test_too_many_cells_and_merges_are_refused() -> None:
    row = "".join(f'<c r="{address(1, c)}"><v>1</v></c>' for c in range(1, 12))
    with pytest.raises(Unreadable) as caught:
        read_xlsx(_raw(f'<sheetData><row r="1">{row}</row></sheetData>'), Limits(cells=10))
    assert caught.value.code == "too-many-cells"


def test_hostile_merges_cost_little() -> None:
    rows = "".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c><c r="XFD{r}"><v>2</v></c></row>' for r in range(1, 20))
    merges = '<mergeCell ref="A1:XFD1048576"/>' * 20_000
    begin = time.process_time()
    document = read_xlsx(_raw(f"<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>"), Limits())
    assert time.process_time() - begin < 5
    # What stands under a merged cell nobody sees; the span is cut at 1,024, so the last column stays.
    assert "1" in _texts(document) + [c.text for t in _tables(document) for c in t.cells]


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        ('<sheetData><row r="0"><c r="A0"><v>1</v></c></row></sheetData>', "malformed"),
        ('<sheetData><row r="1"><c r="É1"><v>1</v></c></row></sheetData>', "malformed"),
        ('<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>', "malformed"),
        ("<sheetData><row>", "malformed"),
    ],
)
def test_damage_is_told(sheet: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_xlsx(_raw(sheet), Limits())
    assert caught.value.code == code


def test_entities_are_refused() -> None:
    bomb = f'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet xmlns="{_MAIN}"><sheetData/></worksheet>'
    with pytest.raises(Unreadable) as caught:
        read_xlsx(_raw("", extra={"xl/s.xml": bomb}), Limits())
    assert caught.value.code == "xml-bomb"


@given(st.integers(1, MAX_ROW), st.integers(1, MAX_COLUMN))
def test_addresses_round_trip(row: int, column: int) -> None:
    assert parse_address(address(row, column)) == (row, column)
    assert parse_range(f"{address(row, column)}:A1") == (1, 1, row, column)


@given(st.text(min_size=1))
def test_sheet_names_round_trip(name: str) -> None:
    assert split_sheet(sheet_prefix(name) + "B3") == (name, "B3")


@given(st.sets(st.tuples(st.integers(1, 12), st.integers(1, 8)), min_size=1))
def test_regions_lose_and_repeat_nothing(filled: set[tuple[int, int]]) -> None:
    entries = [Entry(r, c, address(r, c)) for r, c in sorted(filled)]
    blocks = blocks_of(Sheet("H", lambda r, c: Place(row=r, column=c), entries))
    found = [p for p in paragraphs_of(tuple(blocks)) if p.text]
    assert sorted(p.text for p in found) == sorted(e.text for e in entries)
    assert all(p.text == address(p.place.row or 0, p.place.column or 0) for p in found)
    for block in blocks:
        if isinstance(block, Table):
            rows = {p.place.row for p in paragraphs_of((block,))}
            assert rows == set(range(min(r for r in rows if r), max(r for r in rows if r) + 1))
            assert len({(c.row, c.column) for c in block.cells}) == len(block.cells)


def test_a_file_on_disk_reads_as_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "libro.xlsx"
    path.write_bytes(_raw('<sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData>'))
    assert _texts(read_xlsx(path.read_bytes(), Limits())) == ["7"]
