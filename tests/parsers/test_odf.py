"""OpenDocument text and spreadsheets, as raw packages and by LibreOffice."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import time
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Cell, Document, Paragraph, Table
from parsers.odf import read_odf
from parsers.odf_styles import numbering

_NAMES = {
    "office": "office",
    "style": "style",
    "text": "text",
    "table": "table",
    "draw": "drawing",
    "number": "datastyle",
    "form": "form",
    "meta": "meta",
}
_SPACES = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for p, n in _NAMES.items()) + (
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:xml="http://www.w3.org/XML/1998/namespace"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
_TEXT = "application/vnd.oasis.opendocument.text"
_SHEET = "application/vnd.oasis.opendocument.spreadsheet"


def _package(media_type: str, body: str, automatic: str = "", styles: str = "", **parts: str) -> bytes:
    kind = "text" if media_type.startswith(_TEXT) else "spreadsheet"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", media_type)
        package.writestr(
            "content.xml",
            f"<office:document-content {_SPACES}><office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        )
        package.writestr("styles.xml", f"<office:document-styles {_SPACES}>{styles}</office:document-styles>")
        for name, text in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return stream.getvalue()


def _odt(body: str, automatic: str = "", styles: str = "", **parts: str) -> Document:
    return read_odf(_package(_TEXT, body, automatic, styles, **parts), Limits())


def _ods(body: str, automatic: str = "", styles: str = "") -> Document:
    return read_odf(_package(_SHEET, body, automatic, styles), Limits())


def _paragraphs(document: Document) -> list[Paragraph]:
    return [block for block in document.blocks if isinstance(block, Paragraph)]


def _tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def _cell(document: Document, at: str) -> Cell:
    return next(c for t in _tables(document) for c in t.cells if c.place.cell == at)


_BOLD = (
    '<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="P1" style:family="paragraph"><style:text-properties fo:font-weight="bold" '
    'fo:font-size="14pt"/></style:style><style:style style:name="P2" style:family="paragraph" '
    'style:parent-style-name="P1"/><style:style style:name="H" style:family="text">'
    '<style:text-properties text:display="none"/></style:style>'
)


def test_headings_white_space_and_weight() -> None:
    document = _odt(
        '<text:h text:outline-level="2">Minuta</text:h>'
        '<text:p text:style-name="P2">ASUNTO</text:p>'
        '<text:p>\n  <text:span text:style-name="T1">Fecha:</text:span>\n   14<text:s text:c="2"/>de<text:tab/>octubre'
        "<text:line-break/> de 2025  </text:p>"
        '<text:p><text:span text:style-name="H">oculto</text:span></text:p>',
        _BOLD,
    )
    heading, subject, date, hidden = _paragraphs(document)
    assert (heading.text, heading.level) == ("Minuta", 2)
    assert (subject.bold, subject.size) == (True, 14.0)
    assert date.text == "Fecha: 14  de\toctubre\nde 2025"
    assert (date.bold, date.bold_prefix) == (False, 6)
    assert (hidden.text, hidden.hidden) == ("oculto", True)
    assert [p.place.paragraph for p in _paragraphs(document)] == [1, 2, 3, 4]


def test_a_box_of_fields_cuts_no_list() -> None:
    frame = (
        '<text:p><draw:frame text:anchor-type="as-char"><draw:text-box><text:p>Fecha: 14 de octubre</text:p>'
        "</draw:text-box></draw:frame></text:p>"
    )
    names = "<text:p>Ana Ruiz</text:p><text:p>Luis Paz</text:p>"
    document = _odt(f"<text:p>Asistentes:</text:p>{frame}{names}<text:p>Acuerdos:</text:p>")
    told = [p.text for p in _paragraphs(document) if p.text]
    assert told == ["Asistentes:", "Ana Ruiz", "Luis Paz", "Fecha: 14 de octubre", "Acuerdos:"]
    floating = frame.replace("as-char", "paragraph").replace("Fecha: 14 de octubre", "copia sin valor")
    assert [p.text for p in _paragraphs(_odt(floating + names)) if p.text] == [
        "Ana Ruiz",
        "Luis Paz",
        "copia sin valor",
    ]


def test_text_hidden_or_struck_within_a_paragraph_is_apart_and_marked() -> None:
    struck = (
        '<style:style style:name="S" style:family="text"><style:text-properties style:text-line-through-style="solid"/>'
        "</style:style>"
    )
    document = _odt(
        '<text:p>Asunto: <text:span text:style-name="H">Uso de aulas</text:span></text:p>'
        '<text:p>Lugar: <text:span text:style-name="S">Sala 2</text:span></text:p>',
        _BOLD + struck,
    )
    assert [(p.text, p.hidden, p.place.paragraph) for p in _paragraphs(document)] == [
        ("Asunto:", False, 1),
        ("Uso de aulas", True, 1),
        ("Lugar:", False, 2),
        ("Sala 2", True, 2),
    ]
    assert any("oculto" in note for note in document.notes)


_LISTS = (
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    '<text:list-level-style-number text:level="3" style:num-format="1" style:num-suffix="." text:display-levels="3"/>'
    '</text:list-style><text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="\uf0b7"/>'
    "</text:list-style>"
)


def test_list_labels_nest_continue_and_restart() -> None:
    def items(*texts: str) -> str:
        return "".join(f"<text:list-item><text:p>{t}</text:p></text:list-item>" for t in texts)

    document = _odt(
        '<text:list text:style-name="L1" xml:id="uno"><text:list-item><text:p>A</text:p><text:p>sigue</text:p><text:list>'
        f"{items('B', 'C')}<text:list-item><text:list>{items('D')}</text:list></text:list-item></text:list></text:list-item>"
        f'{items("E")}</text:list><text:p>entre</text:p><text:list text:style-name="L1" text:continue-numbering="true">'
        f'{items("F")}</text:list><text:list text:style-name="L1">{items("G")}</text:list>'
        f'<text:list text:continue-list="uno" text:style-name="L1">{items("H")}</text:list>'
        f'<text:list text:style-name="L2"><text:list-header><text:p>I</text:p></text:list-header>{items("J")}</text:list>',
        _LISTS,
    )
    assert [(p.label, p.text) for p in _paragraphs(document)] == [
        ("1.", "A"),
        ("", "sigue"),
        ("a)", "B"),
        ("b)", "C"),
        ("1.b.1.", "D"),
        ("2.", "E"),
        ("", "entre"),
        ("3.", "F"),
        ("1.", "G"),
        ("4.", "H"),
        ("", "I"),
        ("•", "J"),
    ]


def test_outline_numbering_of_headings() -> None:
    outline = (
        "<office:styles><text:outline-style><text:outline-level-style text:level='1' style:num-format='I' style:num-suffix='.'/>"
        "<text:outline-level-style text:level='2' style:num-format='1' text:display-levels='2'/></text:outline-style></office:styles>"
    )
    body = "".join(f'<text:h text:outline-level="{n}">x</text:h>' for n in (1, 2, 2, 1, 2))
    assert [p.label for p in _paragraphs(_odt(body, styles=outline))] == ["I.", "I.1", "I.2", "II.", "II.1"]


@pytest.mark.parametrize(
    ("number", "style", "text"), [(4, "i", "iv"), (1994, "I", "MCMXCIV"), (28, "a", "bb"), (3, "1", "3")]
)
def test_numbering(number: int, style: str, text: str) -> None:
    assert numbering(number, style) == text


def test_tables_with_spans_headers_and_nested_tables() -> None:
    document = _odt(
        '<table:table table:name="Tabla1"><table:table-column/><table:table-header-rows><table:table-row>'
        '<table:table-cell table:number-columns-spanned="2"><text:p>ACUERDOS</text:p></table:table-cell>'
        "<table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-rows-spanned="2"><text:p>1</text:p></table:table-cell>'
        '<table:table-cell><table:table table:name="Firmas"><table:table-row><table:table-cell><text:p>dentro</text:p>'
        "</table:table-cell></table:table-row></table:table></table:table-cell></table:table-row><table:table-row>"
        "<table:covered-table-cell/><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/><table:table-cell/></table:table-row>'
        "</table:table>"
    )
    (table,) = _tables(document)
    assert (table.rows, table.columns, table.header_rows, table.title) == (4, 2, 1, "")
    assert [(c.row, c.column, c.rowspan, c.colspan, c.text) for c in table.cells][:4] == [
        (1, 1, 1, 2, "ACUERDOS"),
        (2, 1, 2, 1, "1"),
        (2, 2, 1, 1, "dentro"),
        (3, 2, 1, 1, "x"),
    ]
    (inner,) = table.cells[2].blocks
    assert isinstance(inner, Table)
    assert (inner.title, inner.place.table) == ("Firmas", 2)


def test_what_hangs_on_a_paragraph_goes_to_its_place() -> None:
    document = _odt(
        '<text:p>Texto<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        "<text:p>Al pie</text:p></text:note-body></text:note> que sigue<office:annotation><dc:creator>Ana</dc:creator>"
        "<text:p>Comentario</text:p></office:annotation><draw:frame><draw:text-box><text:p>En caja</text:p></draw:text-box>"
        '</draw:frame><draw:frame><draw:image xlink:href="a.png"/><draw:image xlink:href="a.svg"/></draw:frame>'
        "<draw:custom-shape><text:p>En figura</text:p></draw:custom-shape></text:p><text:p>fin</text:p>"
    )
    assert [(p.text, p.origin, p.images) for p in _paragraphs(document)] == [
        ("Texto que sigue", "body", 1),
        ("En caja", "textbox", 0),
        ("En figura", "textbox", 0),
        ("fin", "body", 0),
        ("Al pie", "footnote", 0),
        ("Comentario", "comment", 0),
    ]


def test_tracked_deletions_are_out_and_told() -> None:
    document = _odt(
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><text:p>viejo</text:p></text:deletion>'
        '</text:changed-region></text:tracked-changes><text:p>nuevo<text:change text:change-id="c1"/></text:p>'
    )
    assert [p.text for p in _paragraphs(document)] == ["nuevo"]
    assert document.notes == ("El documento tiene cambios controlados; se leyó con todos ellos aceptados.",)


def test_form_controls_show_what_was_filled_in() -> None:
    document = _odt(
        '<office:forms><form:form><form:text xml:id="a" form:current-value="Ana Ruiz"/>'
        '<form:checkbox xml:id="b" form:label="Presencial" form:current-state="checked"/></form:form></office:forms>'
        '<text:p>Nombre: <draw:control draw:control="a"/></text:p><text:p><draw:control draw:control="b"/></text:p>'
    )
    assert [p.text for p in _paragraphs(document)] == ["Nombre: Ana Ruiz", "☒ Presencial"]


def test_headers_and_footers_of_the_page_styles_in_use() -> None:
    masters = (
        '<office:master-styles><style:master-page style:name="Standard"><style:header><text:p>IMSS</text:p></style:header>'
        "<style:footer><text:p>Página <text:page-number>1</text:page-number></text:p></style:footer></style:master-page>"
        '<style:master-page style:name="Otra"><style:header><text:p>Sin uso</text:p></style:header></style:master-page>'
        '<style:master-page style:name="Usada"><style:header><text:p>Anexo</text:p></style:header></style:master-page>'
        "</office:master-styles>"
    )
    automatic = '<style:style style:name="P9" style:family="paragraph" style:master-page-name="Usada"/>'
    document = _odt("<text:p>x</text:p>", automatic, masters)
    assert [(p.text, p.origin) for p in _paragraphs(document)] == [
        ("IMSS", "header"),
        ("Anexo", "header"),
        ("x", "body"),
        ("Página 1", "footer"),
    ]


def test_hidden_sections_and_indexes() -> None:
    document = _odt(
        '<text:section text:display="none"><text:p>oculto</text:p></text:section><text:table-of-content><text:index-body>'
        "<text:index-title><text:p>Índice</text:p></text:index-title><text:p>1 Objetivo</text:p></text:index-body></text:table-of-content>"
    )
    assert [(p.text, p.hidden) for p in _paragraphs(document)] == [
        ("oculto", True),
        ("Índice", False),
        ("1 Objetivo", False),
    ]


def test_embedded_objects_are_gaps_and_signatures_are_told() -> None:
    document = _odt(
        '<text:p>x<draw:frame><draw:object xlink:href="./Object 1"/><draw:image/></draw:frame></text:p>',
        **{
            "META-INF__documentsignatures_xml": '<s xmlns:dc="http://purl.org/dc/elements/1.1/"><Signature>'
            "<dc:date>2025-10-14T09:30:00,123</dc:date></Signature></s>"
        },
    )
    assert [gap.reason for gap in document.gaps] == ["objeto incrustado que no se leyó"]
    (signature,) = document.signatures
    assert (signature.signed, signature.name, signature.when) == (True, None, dt.datetime(2025, 10, 14, 9, 30))


def test_encrypted_and_other_kinds_are_refused() -> None:
    manifest = '<m:manifest xmlns:m="urn:m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    with pytest.raises(Unreadable) as caught:
        _odt("", **{"META-INF__manifest_xml": manifest})
    assert caught.value.code == "encrypted"
    with pytest.raises(Unreadable) as caught:
        read_odf(_package("application/vnd.oasis.opendocument.presentation", ""), Limits())
    assert caught.value.code == "unknown-format"


def _row(*cells: str, repeat: int = 1) -> str:
    filled = "".join(
        f"<table:table-cell office:value-type='string'><text:p>{c}</text:p></table:table-cell>" for c in cells
    )
    return f'<table:table-row table:number-rows-repeated="{repeat}">{filled}</table:table-row>'


def test_sheets_fall_into_regions_and_a_million_repeated_rows_cost_nothing() -> None:
    empty = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    begin = time.process_time()
    document = _ods(
        '<table:table table:name="Plan 2026">'
        + _row("PLAN ANUAL")
        + '<table:table-row><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        + _row("Curso", "Medio")
        + _row("RCP", "Correo", repeat=2)
        + empty
        + _row("al final")
        + "</table:table>"
    )
    assert time.process_time() - begin < 2
    assert [p.text for p in _paragraphs(document)] == ["PLAN ANUAL", "al final"]
    (table,) = _tables(document)
    assert [(c.text, c.place.cell) for c in table.cells][-2:] == [
        ("RCP", "'Plan 2026'!A5"),
        ("Correo", "'Plan 2026'!B5"),
    ]


def test_typed_values_as_a_reader_sees_them() -> None:
    month = (
        '<number:date-style style:name="N1"><number:month number:textual="true"/><number:year/></number:date-style>'
        '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
    )
    cells = [
        ("office:value-type='float' office:value='15'", "15,00", "15", 15),
        ("office:value-type='float' office:value='123'", "00123", "00123", 123),
        ("office:value-type='percentage' office:value='0.85'", "85,0%", "85%", 0.85),
        ("office:value-type='date' office:date-value='2025-10-14'", "14/10/25", "2025-10-14", dt.date(2025, 10, 14)),
        ("office:value-type='date' table:style-name='ce1' office:date-value='2025-10-01'", "octubre 2025", "octubre 2025", dt.date(2025, 10, 1)),
        ("office:value-type='date' office:date-value='2025-10-14T09:30:00'", "x", "2025-10-14 09:30", dt.datetime(2025, 10, 14, 9, 30)),
        ("office:value-type='time' office:time-value='PT09H30M00S'", "09:30", "09:30", dt.time(9, 30)),
        ("office:value-type='boolean' office:boolean-value='true'", "SÍ", "VERDADERO", True),
    ]  # fmt: skip
    row = "".join(f"<table:table-cell {a}><text:p>{t}</text:p></table:table-cell>" for a, t, _, _ in cells)
    document = _ods(f'<table:table table:name="H"><table:table-row>{row}</table:table-row></table:table>', month)
    assert [(c.text, c.value) for c in _tables(document)[0].cells] == [(text, value) for _, _, text, value in cells]


def test_hidden_parts_formulas_and_copies_of_other_files() -> None:
    automatic = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    document = _ods(
        '<table:table table:name="H"><table:table-column/><table:table-column table:visibility="collapse"/>'
        + _row("a", "b")
        + "<table:table-row><table:table-cell table:formula='of:=TODAY()'/><table:table-cell/></table:table-row></table:table>"
        + '<table:table table:name="Oculta" table:style-name="ta2">'
        + _row("secreto")
        + "</table:table>"
        + '<table:table table:name="ajena" table:style-name="ta_extref">'
        + _row("de otro libro")
        + "</table:table>",
        automatic,
    )
    assert [c.hidden for c in _tables(document)[0].cells][:2] == [False, True]
    assert [(p.text, p.hidden) for p in _paragraphs(document)] == [("secreto", True)]
    assert [gap.reason for gap in document.gaps] == ["fórmula sin valor calculado en H!A2"]
    assert document.notes[0] == "Se leyeron también hojas ocultas: Oculta."
    assert document.pages == 2


def test_too_many_cells() -> None:
    with pytest.raises(Unreadable) as caught:
        read_odf(_package(_SHEET, f"<table:table>{_row('x', repeat=1_000_000_000)}</table:table>"), Limits())
    assert caught.value.code == "too-many-cells"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_libreoffice_writes(tmp_path: Path) -> None:
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "Instituto"
    word.add_heading("Minuta de reunión", 1)
    paragraph = word.add_paragraph()
    paragraph.add_run("Asunto:").bold = True
    paragraph.add_run(" Programas")
    for text in ("uno", "dos"):
        word.add_paragraph(text, style="List Number")
    word.save(str(tmp_path / "minuta.docx"))
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Plan"
    sheet.append(["Curso", "Fecha"])
    sheet.append(["RCP", dt.date(2026, 2, 3)])
    book.save(tmp_path / "plan.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    for name, target in (("minuta.docx", "odt"), ("plan.xlsx", "ods")):
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            str(tmp_path),
            str(tmp_path / name),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    minuta = read_odf((tmp_path / "minuta.odt").read_bytes(), Limits())
    assert [(p.label, p.text, p.level, p.bold_prefix) for p in _paragraphs(minuta)] == [
        ("", "Instituto", 0, 0),
        ("", "Minuta de reunión", 1, 0),
        ("", "Asunto: Programas", 0, 7),
        ("1.", "uno", 0, 0),
        ("2.", "dos", 0, 0),
    ]
    plan = read_odf((tmp_path / "plan.ods").read_bytes(), Limits())
    assert _cell(plan, "Plan!B2").value == dt.date(2026, 2, 3)
    assert _cell(plan, "Plan!B2").text == "2026-02-03"


def test_weight_within_a_cell_of_a_sheet() -> None:
    bold = '<text:span text:style-name="T1">Asunto:</text:span>'
    cells = "".join(
        f"<table:table-cell office:value-type='string'>{text}</table:table-cell>"
        for text in (
            f"<text:p>{bold} Programas</text:p>",
            f"<text:p>{bold}</text:p>",
            f"<text:p>uno</text:p><text:p>{bold}</text:p>",
        )
    )
    document = _ods(f"<table:table><table:table-row>{cells}</table:table-row></table:table>", _BOLD)
    found = [p for c in _tables(document)[0].cells for p in c.blocks if isinstance(p, Paragraph)]
    assert [(p.text, p.bold, p.bold_prefix) for p in found] == [
        ("Asunto: Programas", False, 7),
        ("Asunto:", True, 0),
        ("uno\nAsunto:", False, 0),
    ]
