from __future__ import annotations

import io

import docx
import pytest
from msgspec.structs import replace

from parsers.docx import located_paragraphs, read_docx
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Document, Paragraph, Table, paragraphs_of
from parsers.package import open_package
from tests.word_files import box, p, r, sdt, tbl, tc, tr, word_file

LIMITS = Limits()
BIG = '<w:sz w:val="30"/>'
PROMPT = "<w:showingPlcHdr/>"
BREAK = "<w:r><w:lastRenderedPageBreak/></w:r>"


def read(body: str, parts: dict[str, str] | None = None, **more: object) -> Document:
    return read_docx(word_file(body, parts, **more), LIMITS)  # type: ignore[arg-type]


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in paragraphs_of(document.blocks)]


def only_table(document: Document) -> Table:
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    return table


def first(document: Document) -> Paragraph:
    return next(paragraphs_of(document.blocks))


class TestParts:
    def test_all_parts_are_read_in_order_with_their_origin(self) -> None:
        section = '<w:sectPr><w:headerReference r:id="rId-header1"/><w:footerReference r:id="rId-footer1"/></w:sectPr>'
        document = read(
            p("cuerpo") + section,
            {
                "header1": p("membrete"),
                "footer1": p("pie"),
                "footnotes": f'<w:footnote w:type="separator" w:id="-1">{p("sep")}</w:footnote>'
                f'<w:footnote w:id="1">{p("nota")}</w:footnote>',
                "endnotes": f'<w:endnote w:id="1">{p("final")}</w:endnote>',
                "comments": f'<w:comment w:id="0" w:author="x">{p("comentario")}</w:comment>',
            },
        )
        assert [(b.text, b.origin, b.place.paragraph) for b in paragraphs_of(document.blocks)] == [
            ("membrete", "header", 1),
            ("cuerpo", "body", 2),
            ("pie", "footer", 3),
            ("nota", "footnote", 4),
            ("final", "footnote", 5),
            ("comentario", "comment", 6),
        ]

    def test_a_header_that_no_page_shows_is_hidden(self) -> None:
        section = '<w:headerReference w:type="first" r:id="rId-header1"/><w:headerReference w:type="default" r:id="rId-header2"/>'
        parts = {"header1": p("solo primera"), "header2": p("siempre")}
        assert [b.hidden for b in paragraphs_of(read(f"<w:sectPr>{section}</w:sectPr>", parts).blocks)] == [True, False]
        shown = read(f"<w:sectPr>{section}<w:titlePg/></w:sectPr>", parts)
        assert [b.hidden for b in paragraphs_of(shown.blocks)] == [False, False]

    def test_text_boxes_come_once_after_their_paragraph(self) -> None:
        document = read(
            f"<w:p>{r('antes')}{box(p('caja') + tbl(tr(tc(p('en tabla')))))}{r(' y después')}</w:p>" + p("fin")
        )
        assert texts(document) == ["antes y después", "caja", "en tabla", "fin"]
        assert [b.origin for b in paragraphs_of(document.blocks)] == ["body", "textbox", "textbox", "body"]
        assert document.blocks[3].place.paragraph == 4

    def test_vml_only_text_box(self) -> None:
        pict = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p('vieja caja')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        assert texts(read(f"<w:p>{pict}</w:p>")) == ["vieja caja"]

    def test_strict_namespaces_read_alike(self) -> None:
        body = p("Título", '<w:outlineLvl w:val="0"/>', "<w:b/>") + tbl(
            tr(tc(p("x"), '<w:gridSpan w:val="2"/>')), tr(tc(p("a")), tc(p("b")))
        )
        loose, strict = read(body), read(body, strict=True)
        assert loose.blocks == strict.blocks
        assert len(texts(strict)) == 4

    def test_smart_art_texts_are_read(self) -> None:
        data = (
            b'<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
            b'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:pt><dgm:t><a:p><a:r><a:t>Acuerdo </a:t></a:r>'
            b"<a:r><a:t>uno</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>"
        )
        body = '<w:p><w:r><w:drawing><dgm:relIds r:dm="rIdD"/></w:drawing></w:r></w:p>'
        found = read(
            body, raw={"word/diagrams/data1.xml": data}, relations={"rIdD": ("diagramData", "diagrams/data1.xml")}
        )
        assert texts(found) == ["Acuerdo uno"]
        missing = read(body)
        assert [gap.reason for gap in missing.gaps] == ["diagrama sin leer"]

    def test_alternative_chunks_are_gaps(self) -> None:
        document = read(p("a") + '<w:altChunk r:id="rIdX"/>')
        assert len(document.gaps) == 1
        assert "sin leer" in document.gaps[0].reason

    def test_embedded_files_are_attachments(self) -> None:
        inner = word_file(p("documento de adentro"))
        document = read(
            p("a"),
            raw={"word/embeddings/doc1.docx": inner, "word/embeddings/oleObject1.bin": b"\x00" * 64},
            relations={"rIdE": ("package", "embeddings/doc1.docx"), "rIdO": ("oleObject", "embeddings/oleObject1.bin")},
        )
        read_in, refused = document.attachments
        assert read_in.name == "doc1.docx"
        assert read_in.document is not None
        assert texts(read_in.document) == ["documento de adentro"]
        assert refused.document is None
        assert refused.reason

    def test_files_nested_beyond_the_limit_are_not_read(self) -> None:
        data = word_file(p("fondo"))
        for _ in range(4):
            data = word_file(
                p("x"), raw={"word/embeddings/d.docx": data}, relations={"rIdE": ("package", "embeddings/d.docx")}
            )
        document: Document | None = read_docx(data, replace(LIMITS, depth=2))
        depth = 0
        while document is not None and document.attachments:
            depth += 1
            document = document.attachments[0].document
        assert depth == 2

    def test_title_property_macros_and_missing_parts(self) -> None:
        core = (
            b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title> Minuta 3 </dc:title></cp:coreProperties>'
        )
        document = read(
            p("a"),
            raw={"docProps/core.xml": core, "word/vbaProject.bin": b"x"},
            package_relations={"rId2": ("core-properties", "docProps/core.xml")},
        )
        assert document.title == "Minuta 3"
        assert any("macros" in note for note in document.notes)
        with pytest.raises(Unreadable, match="no contiene"):
            read_docx(word_file("").replace(b"word/document.xml", b"word/documenX.xml"), LIMITS)


class TestInline:
    def test_what_a_reader_sees_of_runs(self) -> None:
        inside = (
            f"<w:hyperlink r:id='x'>{r('enlace')}</w:hyperlink><w:smartTag>{r(' etiqueta')}</w:smartTag>"
            f"<w:fldSimple w:instr='DATE'>{r(' campo')}</w:fldSimple>{sdt(r(' control'))}<w:r><w:tab/><w:t>t</w:t><w:br/><w:t>b</w:t>"
            "<w:noBreakHyphen/><w:softHyphen/><w:sym w:font='Wingdings' w:char='F0FE'/></w:r><w:unknown>"
            f"{r(' envuelto')}</w:unknown>"
        )
        assert texts(read(f"<w:p>{inside}</w:p>")) == ["enlace etiqueta campo control\tt\nb-☒ envuelto"]

    def test_tracked_changes_are_read_as_accepted_and_said(self) -> None:
        body = (
            f"<w:p>{r('El ')}<w:ins>{r('nuevo')}</w:ins><w:del><w:r><w:delText>viejo</w:delText></w:r></w:del>"
            f"<w:moveFrom>{r('aquí')}</w:moveFrom>{r(' texto')}</w:p><w:p><w:moveTo>{r('aquí')}</w:moveTo></w:p>"
        )
        document = read(body)
        assert texts(document) == ["El nuevo texto", "aquí"]
        assert any("Control de cambios" in note for note in document.notes)
        assert read(p("a")).notes == ()

    def test_deleted_paragraph_marks_join_and_deleted_rows_go(self) -> None:
        mark = "<w:rPr><w:del/></w:rPr>"
        gone = f"<w:p><w:pPr>{mark}</w:pPr><w:del><w:r><w:delText>borrado</w:delText></w:r></w:del></w:p>"
        document = read(
            p("uno ", mark)
            + p("dos")
            + gone
            + p("tres")
            + tbl(tr(tc(p("fuera")), properties="<w:del/>"), tr(tc(p("queda"))))
        )
        assert texts(document) == ["uno dos", "tres", "queda"]
        assert only_table(document).rows == 1
        assert document.notes

    def test_field_codes_are_not_text_and_results_are_even_across_paragraphs(self) -> None:
        def char(kind: str) -> str:
            return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

        code = "<w:r><w:instrText>TOC \\o</w:instrText></w:r>"
        inner = f"{char('begin')}{r('del código')}{char('separate')}{r('resultado interno')}{char('end')}"
        nested = f"{char('begin')}{code}{inner}{char('separate')}"
        document = read(f"<w:p>{nested}{r('uno')}</w:p><w:p>{r('dos')}{char('end')}{r(' tres')}</w:p>")
        assert texts(document) == ["uno", "dos tres"]

    def test_placeholders_of_controls_count_as_empty(self) -> None:
        prompt = "Haga clic aquí para escribir una fecha."
        rows = tr(tc(p("Fecha")), sdt(tc(p(prompt)), PROMPT)) + tr(tc(p("Asunto")), tc(sdt(p(prompt), PROMPT)))
        document = read(
            f"<w:p>{r('Lugar: ')}{sdt(r(prompt), PROMPT)}</w:p>{sdt(p(prompt), PROMPT)}{tbl(rows)}{sdt(p('lleno'))}"
        )
        assert texts(document) == ["Lugar:", "Fecha", "Asunto", "lleno"]
        assert [cell.text for cell in only_table(document).cells] == ["Fecha", "", "Asunto", ""]
        assert all(cell.place.paragraph for cell in only_table(document).cells)

    def test_legacy_form_fields_show_their_state(self) -> None:
        def form(inside: str) -> str:
            begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inside}</w:ffData></w:fldChar></w:r>'
            return f'<w:p>{begin}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'

        entries = '<w:listEntry w:val="Virtual"/><w:listEntry w:val="Presencial"/>'
        document = read(
            form('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>')
            + form('<w:checkBox><w:default w:val="0"/></w:checkBox>')
            + form(f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>')
            + form(f"<w:ddList>{entries}</w:ddList>")
        )
        assert texts(document) == ["☒", "☐", "Presencial", "Virtual"]

    def test_hidden_text_is_read_apart_and_marked(self) -> None:
        document = read(
            f"<w:p>{r('visible ')}{r('secreto', '<w:vanish/>')}</w:p>" + p("todo oculto", run="<w:vanish/>")
        )
        assert [(b.text, b.hidden, b.place.paragraph) for b in paragraphs_of(document.blocks)] == [
            ("visible", False, 1),
            ("secreto", True, 1),
            ("todo oculto", True, 2),
        ]
        assert any("oculto" in note for note in document.notes)

    @pytest.mark.parametrize(
        ("look", "word"),
        [
            ("<w:strike/>", "tachado"),
            ("<w:dstrike/>", "tachado"),
            ('<w:color w:val="FFFFFF"/>', "blanco"),
            ('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="FFFFFF"/>', "blanco"),
        ],
    )
    def test_what_is_struck_or_white_on_white_is_marked_hidden_and_said(self, look: str, word: str) -> None:
        document = read(f"<w:p>{r('Asunto: ')}{r('Uso de aulas', look)}</w:p>")
        assert [(b.text, b.hidden) for b in paragraphs_of(document.blocks)] == [
            ("Asunto:", False),
            ("Uso de aulas", True),
        ]
        assert any(word in note for note in document.notes)

    @pytest.mark.parametrize(
        "body",
        [
            p("x", run='<w:strike w:val="0"/>'),
            p("x", run='<w:color w:val="auto"/>'),
            p("x", run='<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>'),
            p("x", run='<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>'),
            p("x", '<w:shd w:val="clear" w:fill="1F3864"/>', '<w:color w:val="FFFFFF"/>'),
            tbl(tr(tc(p("x", run='<w:color w:val="FFFFFF"/>'), '<w:shd w:val="clear" w:fill="611232"/>'))),
            "<w:p>" + box(p("x", run='<w:color w:val="FFFFFF"/>')) + "</w:p>",
        ],
    )
    def test_white_on_a_colour_is_seen(self, body: str) -> None:
        document = read(body)
        assert [(b.text, b.hidden) for b in paragraphs_of(document.blocks)] == [("x", False)]
        assert not document.notes

    def test_white_in_a_table_whose_style_is_coloured_is_seen(self) -> None:
        styles = (
            '<w:style w:type="table" w:styleId="T"><w:tblStylePr w:type="firstRow"><w:tcPr>'
            '<w:shd w:val="clear" w:fill="4472C4"/></w:tcPr></w:tblStylePr></w:style>'
        )
        table = tbl(tr(tc(p("x", run='<w:color w:val="FFFFFF"/>'))), properties='<w:tblStyle w:val="T"/>')
        assert [b.hidden for b in paragraphs_of(read(table, {"styles": styles}).blocks)] == [False]

    def test_a_box_of_fields_cuts_no_list(self) -> None:
        boxed = box(p("Fecha: 14 de octubre de 2025") + p("Asunto: Uso de aulas"))
        bold = "<w:b/>"
        document = read(
            p("Asistentes", run=bold) + f"<w:p>{boxed}</w:p>" + p("Ana Ruiz") + p("Luis Paz") + p("Acuerdos", run=bold)
        )
        assert [(b.text, b.place.paragraph, b.origin) for b in paragraphs_of(document.blocks)] == [
            ("Asistentes", 1, "body"),
            ("Ana Ruiz", 5, "body"),
            ("Luis Paz", 6, "body"),
            ("Fecha: 14 de octubre de 2025", 3, "textbox"),
            ("Asunto: Uso de aulas", 4, "textbox"),
            ("Acuerdos", 7, "body"),
        ]

    def test_a_box_that_floats_comes_after_the_lines_it_stands_beside_unless_it_heads_them(self) -> None:
        def floating(content: str) -> str:
            return f"<w:p>{box(content)}</w:p>"

        lines = p("Ana Ruiz") + p("Luis Paz")
        assert texts(read(floating(p("copia sin valor")) + lines)) == ["Ana Ruiz", "Luis Paz", "copia sin valor"]
        assert texts(read(floating(p("ACUERDOS")) + lines)) == ["ACUERDOS", "Ana Ruiz", "Luis Paz"]
        inline = floating(p("contenido")).replace("wp:anchor", "wp:inline")
        assert texts(read(inline + lines)) == ["contenido", "Ana Ruiz", "Luis Paz"]

    def test_pictures_are_counted_where_they_stand(self) -> None:
        picture = "<w:r><w:drawing><wp:inline><a:blip/></wp:inline></w:drawing></w:r>"
        old = "<w:r><w:pict><v:shape><v:imagedata/></v:shape></w:pict></w:r>"
        document = read(f"<w:p>{picture}{old}</w:p><w:p>{r('sin')}</w:p>")
        assert [b.images for b in paragraphs_of(document.blocks)] == [2, 0]

    def test_bold_prefix_and_size(self) -> None:
        document = read(
            f"<w:p>{r('  ')}{r('Fecha', '<w:b/>')}{r(' ')}{r('límite:', '<w:b/>')}{r(' 3 de marzo de dos mil', BIG)}</w:p>"
            + p("Todo", run="<w:b/>")
            + p("Nada")
            + p("no", run='<w:b w:val="0"/>')
        )
        label, whole, none, off = paragraphs_of(document.blocks)
        assert label.text[: label.bold_prefix] == "Fecha límite:"
        assert not label.bold
        assert label.size == 15.0
        assert (whole.bold, whole.bold_prefix) == (True, 0)
        assert (none.bold, none.bold_prefix) == (False, 0)
        assert not off.bold

    def test_page_numbers_only_where_the_file_says_them(self) -> None:
        explicit = '<w:r><w:br w:type="page"/></w:r>'
        assert [b.place.page for b in paragraphs_of(read(p("a") + f"<w:p>{explicit}</w:p>" + p("b")).blocks)] == [
            None,
            None,
        ]
        document = read(
            p("uno")
            + f"<w:p>{BREAK}{r('dos')}</w:p>"
            + f"<w:p>{explicit}</w:p><w:p>{BREAK}{r('tres')}</w:p>"
            + p("cuatro", "<w:pageBreakBefore/>")
            + f"<w:p>{r('empieza en cuatro')}{BREAK}{r(' y acaba en cinco')}</w:p>"
        )
        assert [b.place.page for b in paragraphs_of(document.blocks)] == [1, 2, 3, 4, 4]
        assert document.pages == 5

    def test_a_row_cut_by_a_page_counts_one_page(self) -> None:
        cell = tc(f"<w:p>{r('a')}{BREAK}{r('b')}</w:p>")
        starts = tr(tc(f"<w:p>{BREAK}{r('c')}</w:p>"), tc(p("d")))
        document = read(tbl(tr(cell, cell, cell), starts) + p("después"))
        pages = {b.text: b.place.page for b in paragraphs_of(document.blocks)}
        assert pages == {"ab": 1, "c": 3, "d": 3, "después": 3}


def style(identity: str, name: str, inside: str = "", *, kind: str = "paragraph", default: bool = False) -> str:
    flag = ' w:default="1"' if default else ""
    return f'<w:style w:type="{kind}"{flag} w:styleId="{identity}"><w:name w:val="{name}"/>{inside}</w:style>'


class TestStyles:
    STYLES = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>'
        + style("Normal", "Normal", default=True)
        + style("Ttulo1", "heading 1", '<w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="32"/></w:rPr>')
        + style("Propio", "Apartado", '<w:basedOn w:val="Ttulo1"/>')
        + style("Nivel3", "Inciso", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
        + style("Sin", "X", '<w:basedOn w:val="Ttulo1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr>')
        + style("Fuerte", "Strong", "<w:rPr><w:b/></w:rPr>", kind="character")
        + style("Ciclo", "c", '<w:basedOn w:val="Ciclo2"/>')
        + style("Ciclo2", "d", '<w:basedOn w:val="Ciclo"/>')
        + style("Rejilla", "Grid", '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>', kind="table")
    )

    @pytest.mark.parametrize(
        ("style", "level"),
        [
            ("Ttulo1", 1), ("Propio", 1), ("Nivel3", 3), ("Sin", 0), ("Normal", 0), ("Ciclo", 0), ("Título 2", 2), ("Ttulo4", 4),
            ("Heading3", 3), ("Encabezado 2", 2), ("Encabezado", 0), ("Puesto", 1), ("Title", 1), ("NoExiste", 0),
        ],
    )  # fmt: skip
    def test_heading_levels(self, style: str, level: int) -> None:
        assert first(read(p("a", f'<w:pStyle w:val="{style}"/>'), {"styles": self.STYLES})).level == level

    def test_direct_outline_level_wins(self) -> None:
        direct = '<w:pStyle w:val="Ttulo1"/><w:outlineLvl w:val="{}"/>'
        assert first(read(p("a", direct.format(4)), {"styles": self.STYLES})).level == 5
        assert first(read(p("a", direct.format(9)), {"styles": self.STYLES})).level == 0

    def test_bold_and_size_are_inherited_and_bold_toggles(self) -> None:
        parts = {"styles": self.STYLES}
        heading = first(read(p("a", '<w:pStyle w:val="Propio"/>'), parts))
        assert (heading.bold, heading.size) == (True, 16.0)
        assert first(read(p("a", run='<w:rStyle w:val="Fuerte"/>'), parts)).bold
        assert not first(read(p("a", '<w:pStyle w:val="Propio"/>', '<w:rStyle w:val="Fuerte"/>'), parts)).bold
        assert first(read(p("a"), parts)).size == 11.0

    def test_table_style_makes_its_first_row_bold(self) -> None:
        properties = '<w:tblStyle w:val="Rejilla"/><w:tblLook w:firstRow="1"/>'
        rows = tr(tc(p("Acuerdo")), tc(p("Fecha"))), tr(tc(p("x")), tc(p("y")))
        document = read(tbl(*rows, properties=properties), {"styles": self.STYLES})
        assert [b.bold for b in paragraphs_of(document.blocks)] == [True, True, False, False]
        plain = read(
            tbl(*rows, properties='<w:tblStyle w:val="Rejilla"/><w:tblLook w:val="0000"/>'), {"styles": self.STYLES}
        )
        assert not any(b.bold for b in paragraphs_of(plain.blocks))


def level(ilvl: int, number_format: str, pattern: str, start: int = 1, more: str = "") -> str:
    inside = f'<w:start w:val="{start}"/><w:numFmt w:val="{number_format}"/>{more}<w:lvlText w:val="{pattern}"/>'
    return f'<w:lvl w:ilvl="{ilvl}">{inside}</w:lvl>'


def item(num: int, ilvl: int = 0, text: str = "x") -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num}"/></w:numPr>')


def labels(body: str, numbering: str, styles: str = "") -> list[str]:
    return [b.label for b in paragraphs_of(read(body, {"numbering": numbering, "styles": styles}).blocks)]


def one_list(*levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>' + num(1)


def num(identity: int, inside: str = "") -> str:
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="0"/>{inside}</w:num>'


class TestNumbering:
    @pytest.mark.parametrize(
        ("number_format", "start", "expected"),
        [
            ("decimal", 9, ["9.", "10."]), ("lowerLetter", 26, ["z.", "aa."]), ("upperLetter", 1, ["A.", "B."]),
            ("upperRoman", 3, ["III.", "IV."]), ("lowerRoman", 48, ["xlviii.", "xlix."]), ("upperRoman", 1994, ["MCMXCIV.", "MCMXCV."]),
            ("decimalZero", 9, ["09.", "10."]), ("ordinal", 1, ["1º.", "2º."]), ("ordinalText", 1, ["Primero.", "Segundo."]),
            ("cardinalText", 1, ["Uno.", "Dos."]), ("lowerLetter", 999999999, ["999999999.", "1000000000."]), ("chicago", 2, ["2.", "3."]),
        ],
    )  # fmt: skip
    def test_formats(self, number_format: str, start: int, expected: list[str]) -> None:
        assert labels(item(1) * 2, one_list(level(0, number_format, "%1.", start))) == expected

    def test_multilevel_restarts_and_continues(self) -> None:
        numbering = one_list(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"), level(2, "lowerLetter", "%3)"))
        body = "".join(item(1, ilvl) for ilvl in (0, 1, 1, 2, 2, 1, 2, 0, 1))
        assert labels(body, numbering) == ["1.", "1.1", "1.2", "a)", "b)", "1.3", "a)", "2.", "2.1"]

    def test_a_level_without_its_parent_counts_it_from_its_start(self) -> None:
        numbering = one_list(level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2"))
        assert labels(item(1, 1) + item(1, 1) + item(1, 0), numbering) == ["I.1", "I.2", "II."]

    def test_legal_numbering_never_restarting_levels_and_bullets(self) -> None:
        numbering = one_list(
            level(0, "upperRoman", "Artículo %1."),
            level(1, "decimal", "%1.%2", more="<w:isLgl/>"),
            level(2, "decimal", "%3", more='<w:lvlRestart w:val="0"/>'),
            level(3, "bullet", "\uf0b7"),
            level(4, "none", ""),
        )
        body = "".join(item(1, ilvl) for ilvl in (0, 1, 2, 0, 2, 3, 4))
        assert labels(body, numbering) == ["Artículo I.", "1.1", "1", "Artículo II.", "2", "•", ""]

    def test_nums_share_a_count_unless_they_override_the_start(self) -> None:
        shared = one_list(level(0, "decimal", "%1.")) + num(2)
        assert labels(item(1) + item(2) + item(1), shared) == ["1.", "2.", "3."]
        over = num(2, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
        assert labels(item(1) + item(1) + item(2) + item(2), one_list(level(0, "decimal", "%1.")) + over) == [
            "1.",
            "2.",
            "1.",
            "2.",
        ]

    def test_numbering_from_styles_and_its_removal(self) -> None:
        styles = style("T2", "heading 2", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
        numbering = one_list(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2", more='<w:pStyle w:val="T2"/>'))
        styled = p("a", '<w:pStyle w:val="T2"/>')
        none = p("b", '<w:pStyle w:val="T2"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        assert labels(styled + none + styled, numbering, styles) == ["1.1", "", "1.2"]

    def test_an_empty_item_keeps_its_label_and_unknown_lists_give_none(self) -> None:
        numbering = one_list(level(0, "decimal", "%1."))
        document = read(item(1, 0, "") + item(7) + item(1, 12), {"numbering": numbering})
        assert [(b.label, b.text) for b in paragraphs_of(document.blocks)] == [("1.", ""), ("", "x"), ("", "x")]

    def test_a_style_tied_to_a_list_that_is_not_there(self) -> None:
        styles = style("L", "Lista", '<w:pPr><w:numPr><w:numId w:val="8"/></w:numPr></w:pPr>')
        assert labels(p("a", '<w:pStyle w:val="L"/>'), one_list(level(0, "decimal", "%1.")), styles) == [""]

    def test_a_swollen_label_is_cut(self) -> None:
        assert len(labels(item(1), one_list(level(0, "decimal", "z" * 100_000)))[0]) < 200


class TestTables:
    def test_merges_are_resolved(self) -> None:
        document = read(
            tbl(
                tr(tc(p("Encabezado"), '<w:gridSpan w:val="3"/>'), properties="<w:tblHeader/>"),
                tr(tc(p("a"), '<w:vMerge w:val="restart"/>'), tc(p("b"), '<w:gridSpan w:val="2"/>')),
                tr(tc("<w:p/>", "<w:vMerge/>"), tc(p("c")), tc(p("d"))),
            )
        )
        table = only_table(document)
        assert [(c.row, c.column, c.rowspan, c.colspan, c.text) for c in table.cells] == [
            (1, 1, 1, 3, "Encabezado"),
            (2, 1, 2, 1, "a"),
            (2, 2, 1, 2, "b"),
            (3, 2, 1, 1, "c"),
            (3, 3, 1, 1, "d"),
        ]
        assert (table.rows, table.columns, table.header_rows) == (3, 3, 1)
        assert len(table.grid()) == 9

    def test_rows_and_cells_in_controls_beside_merges(self) -> None:
        document = read(
            tbl(
                tr(tc(p("a"), '<w:vMerge w:val="restart"/>'), sdt(tc(p("b")))),
                sdt(tr(tc("<w:p/>", "<w:vMerge/>"), tc(sdt(p("c"))))),
            )
        )
        assert [(c.row, c.column, c.text) for c in only_table(document).cells] == [
            (1, 1, "a"),
            (1, 2, "b"),
            (2, 2, "c"),
        ]

    def test_columns_are_those_that_a_reader_can_tell_apart(self) -> None:
        document = read(
            tbl(
                tr(tc(p("a"), '<w:gridSpan w:val="40"/>'), tc(p("b"), '<w:gridSpan w:val="60"/>')),
                tr(tc(p("c"), '<w:gridSpan w:val="100"/>')),
                tr(tc(p("d")), properties='<w:gridBefore w:val="40"/>'),
            )
        )
        table = only_table(document)
        assert table.columns == 2
        assert [(c.row, c.column, c.colspan) for c in table.cells] == [(1, 1, 1), (1, 2, 1), (2, 1, 2), (3, 2, 1)]

    def test_absurd_spans_cost_nothing(self) -> None:
        wide = '<w:gridSpan w:val="200000000"/>'
        table = only_table(
            read(tbl(tr(tc(p("a"), wide), tc(p("b"), wide)), tr(tc(p("c"), '<w:gridSpan w:val="-3"/>'))))
        )
        assert len(table.grid()) <= 4

    def test_nested_tables_number_on_and_have_a_floor(self) -> None:
        document = read(tbl(tr(tc(p("a") + tbl(tr(tc(p("b"))))))) + tbl(tr(tc(p("c")))))
        assert [(b.text, b.place.table) for b in paragraphs_of(document.blocks)] == [("a", 1), ("b", 2), ("c", 3)]
        deep = p("fondo")
        for _ in range(25):
            deep = tbl(tr(tc(deep)))
        gapped = read(deep)
        assert texts(gapped) == []
        assert len(gapped.gaps) == 1

    def test_hidden_rows_captions_and_places(self) -> None:
        table = only_table(
            read(
                tbl(
                    tr(tc(p("a"))),
                    tr(tc(p("b")), properties="<w:hidden/>"),
                    properties='<w:tblCaption w:val="Acuerdos"/>',
                )
            )
        )
        assert table.title == "Acuerdos"
        assert [c.hidden for c in table.cells] == [False, True]
        second = table.cells[1].blocks[0]
        assert isinstance(second, Paragraph)
        assert (second.place.table, second.place.row, second.place.column, second.hidden) == (1, 2, 1, True)


class TestLocated:
    def test_the_same_number_finds_the_same_element(self) -> None:
        section = '<w:sectPr><w:headerReference r:id="rId-header1"/></w:sectPr>'
        body = (
            p("")
            + p("uno")
            + tbl(tr(tc(p("dos")), sdt(tc(p("tres")))))
            + f"<w:p>{r('cuatro')}{box(p('cinco'))}</w:p>"
            + sdt(p("seis"))
            + section
        )
        data = word_file(body, {"header1": p("membrete"), "comments": f'<w:comment w:id="0">{p("nota")}</w:comment>'})
        located = located_paragraphs(open_package(data, LIMITS), LIMITS)
        for paragraph in paragraphs_of(read_docx(data, LIMITS).blocks):
            part, element = located[paragraph.place.paragraph or 0]
            assert "".join(t.text or "" for t in element.iter("{*}t")).startswith(paragraph.text)
            assert part.startswith(
                {"header": "word/header", "comment": "word/comments"}.get(paragraph.origin, "word/document")
            )
        assert sorted(located) == list(range(1, len(located) + 1))


def test_a_file_of_python_docx() -> None:
    file = docx.Document()
    file.core_properties.title = "Minuta"
    file.add_heading("Minuta de reunión", 1)
    file.add_paragraph("uno", style="List Number")
    file.add_paragraph("dos", style="List Number")
    file.add_paragraph("punto", style="List Bullet")
    table = file.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "unida"
    out = io.BytesIO()
    file.save(out)
    document = read_docx(out.getvalue(), LIMITS)
    assert document.title == "Minuta"
    assert first(document).level == 1
    assert [b.label for b in document.blocks if isinstance(b, Paragraph)] == ["", "1.", "2.", "•"]
    assert only_table(document).cells[0].colspan == 2
