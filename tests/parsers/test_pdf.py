"""Reading pdf files: order, paragraphs, tables, running headers, forms, signatures, refusals."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Document, Paragraph, Table, paragraphs_of
from parsers.pdf import read_pdf
from tests.parsers.pdf_files import grid, text, write_pdf

NO_OCR = Limits(ocr="off")


def read(*pages: str, **options: Any) -> Document:
    return read_pdf(write_pdf(pages, **options), NO_OCR)


def texts(document: Document, origin: str = "body") -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph) and block.origin == origin]


def tables(document: Document) -> list[list[list[str]]]:
    """Texts of each table, row by row; a cell that another covers is None-free: it repeats."""
    out = []
    for block in document.blocks:
        if isinstance(block, Table):
            cells = block.grid()
            out.append([[cells[r, c].text for c in range(1, block.columns + 1)] for r in range(1, block.rows + 1)])
    return out


def paragraph(document: Document, start: str) -> Paragraph:
    return next(p for p in paragraphs_of(document.blocks) if p.text.startswith(start))


# Order and paragraphs


def test_text_drawn_backwards_reads_from_the_top() -> None:
    lines = ["Asunto: Planeación anual", "Fecha: 12 de octubre de 2025", "Lugar: Sala de juntas"]
    drawn = [text(72, 700 - 20 * n, line) for n, line in enumerate(lines)]
    assert texts(read("".join(reversed(drawn)))) == lines


def column(x: float, y: float, words: str, count: int) -> str:
    return "".join(text(x, y - 13 * n, f"{words} número {n} de la columna que va", size=10) for n in range(count))


def test_two_columns_are_read_one_after_the_other_below_a_full_width_title() -> None:
    title = text(
        72, 740, "Acta de la sesión ordinaria de la comisión de seguimiento de los programas virtuales", bold=True
    )
    document = read(title + column(330, 700, "Derecha", 12) + column(72, 700, "Izquierda", 12))
    body = " ".join(texts(document))
    assert body.startswith("Acta de la sesión")
    assert body.rindex("Izquierda número 11") < body.index("Derecha número 0")
    assert not tables(document)


def test_columns_whose_base_lines_do_not_match_do_not_braid() -> None:
    document = read(column(72, 700, "Izquierda", 8) + column(330, 694, "Derecha", 8))
    body = " ".join(texts(document))
    assert body.rindex("Izquierda número 7") < body.index("Derecha número 0")


def test_wrapped_lines_become_one_paragraph_that_begins_at_its_first_line() -> None:
    document = read(
        text(72, 700, "Se hace constar que los programas virtuales de la Coordinación tendrán vigencia de un año y que")
        + text(72, 686, "sus responsables informarán cada trimestre.")
        + text(72, 672, "Otra cosa.")
    )
    assert texts(document) == [
        "Se hace constar que los programas virtuales de la Coordinación tendrán vigencia de un año y que "
        "sus responsables informarán cada trimestre.",
        "Otra cosa.",
    ]
    first, second = (block.place for block in document.blocks)
    assert (first.page, first.line, first.paragraph) == (1, 1, 1)
    assert (second.page, second.line, second.paragraph) == (1, 3, 2)
    assert first.box is not None
    left, bottom, right, top = first.box
    assert left == pytest.approx(72, abs=1)
    assert bottom == pytest.approx(683.6, abs=1)
    assert right > 500
    assert top == pytest.approx(708.6, abs=1)


@pytest.mark.parametrize(
    "second",
    [
        "Lugar: Sala de juntas",
        "2. Difundir el programa",
        "b) Difundir",
        "• Difundir",
        "MAYÚSCULAS",
        "Ana Ruiz, Jefa de Oficina",
    ],
)
def test_what_opens_something_new_stays_apart(second: str) -> None:
    wide = text(
        72, 640, "Un renglón que llega hasta el margen derecho para que se sepa dónde envuelve el texto aquí mismo."
    )
    assert texts(read(text(72, 700, "Asunto: Planeación") + text(72, 686, second) + wide))[:2] == [
        "Asunto: Planeación",
        second,
    ]


def test_a_full_line_is_followed_by_a_label_of_its_own() -> None:
    full = "Asunto: Revisión de los acuerdos que tomaron las áreas participantes durante la sesión ordinaria anterior"
    assert texts(read(text(72, 700, full) + text(72, 686, "Fecha: 3 de marzo de 2026"))) == [
        full,
        "Fecha: 3 de marzo de 2026",
    ]


def test_hyphens_of_line_ends_are_resolved_and_those_of_names_kept() -> None:
    document = read(
        text(72, 700, "El informe se entregará a la Coordi-")
        + text(72, 686, "nación de Bienestar Social, zona Norte-")
        + text(72, 672, "Sur, a más tardar el 15 de octubre de")
        + text(72, 658, "2025.")
    )
    assert texts(document) == [
        "El informe se entregará a la Coordinación de Bienestar Social, zona Norte-Sur, a más tardar el 15 de octubre de 2025."
    ]


def test_bold_labels_sizes_and_headings() -> None:
    document = read(
        text(72, 740, "Minuta de reunión", size=18)
        + text(72, 715, "Datos generales", size=14, bold=True)
        + text(72, 700, "Asunto:", bold=True)
        + text(119, 700, "Planeación anual")
        + text(72, 680, "Acuerdos", bold=True)
        + "".join(text(72, 660 - 20 * n, f"Renglón {n} del cuerpo, que fija su tamaño") for n in range(4))
    )
    title, section, subject, heading = document.blocks[:4]
    assert isinstance(title, Paragraph)
    assert (title.level, title.size) == (1, 18)
    assert isinstance(section, Paragraph)
    assert (section.level, section.bold) == (2, True)
    assert isinstance(subject, Paragraph)
    assert subject.text == "Asunto: Planeación anual"
    assert (subject.bold, subject.bold_prefix, subject.level) == (False, len("Asunto:"), 0)
    assert isinstance(heading, Paragraph)
    assert (heading.bold, heading.bold_prefix, heading.level) == (True, 0, 0)


@pytest.mark.parametrize(
    ("rotate", "matrix", "start", "step"),
    [
        (90, "0 1 -1 0", (100, 72), (20, 0)),
        (180, "-1 0 0 -1", (500, 100), (0, 20)),
        (270, "0 -1 1 0", (500, 700), (-20, 0)),
        (0, "0 1 -1 0", (100, 72), (20, 0)),
    ],
)
def test_turned_pages_read_upright_and_boxes_stay_in_user_space(
    rotate: int, matrix: str, start: tuple[int, int], step: tuple[int, int]
) -> None:
    lines = ["Asunto: Planeación anual", "Fecha: 12 de octubre de 2025"]
    content = "".join(
        f"BT /F 11 Tf {matrix} {start[0] + n * step[0]} {start[1] + n * step[1]} Tm ({line}) Tj ET\n"
        for n, line in enumerate(lines)
    )
    document = read(content, rotate=rotate)
    assert texts(document) == lines
    box = document.blocks[0].place.box
    assert box is not None
    assert box[0] - 1 <= start[0] <= box[2] + 1
    assert box[1] - 1 <= start[1] <= box[3] + 1


def test_a_watermark_stays_out_of_the_text() -> None:
    mark = "BT /F 60 Tf .7 .7 -.7 .7 150 200 Tm (BORRADOR) Tj ET\n"
    page = text(72, 700, "Primera línea") + mark + text(72, 680, "Segunda línea")
    document = read(page, page)
    assert texts(document) == ["Primera línea", "Segunda línea"] * 2
    assert texts(document, "textbox") == ["BORRADOR"]


def test_text_without_ink_is_read_and_marked_hidden() -> None:
    document = read(text(72, 700, "A la vista") + text(72, 600, "Escondido", mode=3))
    assert [(p.text, p.hidden) for p in paragraphs_of(document.blocks)] == [("A la vista", False), ("Escondido", True)]


# Tables


def test_ruled_table_with_merged_header_and_empty_cell() -> None:
    document = read(
        "72 510 468 90 re S 72 570 m 540 570 l 72 540 m 540 540 l 300 570 m 300 510 l S\n"
        + text(200, 580, "ACUERDOS", bold=True)
        + text(76, 550, "Acuerdo")
        + text(305, 550, "Fecha")
        + text(76, 520, "Difundir")
    )
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert (table.rows, table.columns) == (3, 2)
    head = table.cells[0]
    assert (head.text, head.colspan, head.rowspan) == ("ACUERDOS", 2, 1)
    last = table.grid()[3, 2]
    assert last.text == ""
    assert (last.place.page, last.place.table, last.place.row, last.place.column) == (1, 1, 3, 2)
    assert last.place.box == pytest.approx((300, 510, 540, 540), abs=2)
    inside = table.grid()[2, 1].blocks[0].place
    assert (inside.table, inside.row, inside.column, inside.paragraph) == (1, 2, 1, 2)


def test_text_wrapped_in_a_cell_is_one_paragraph_and_names_under_each_other_are_not() -> None:
    document = read(
        grid([72, 250, 420], [600, 520])
        + "".join(
            text(76, 586 - 13 * n, part)
            for n, part in enumerate(["Elaborar el plan anual de", "difusión de los programas", "virtuales"])
        )
        + "".join(text(254, 586 - 13 * n, part) for n, part in enumerate(["Juan Pérez", "Ana Ruiz", "Luz Mora"]))
    )
    assert tables(document) == [
        [["Elaborar el plan anual de difusión de los programas virtuales", "Juan Pérez\nAna Ruiz\nLuz Mora"]]
    ]


def test_words_that_a_narrow_column_broke_are_joined_and_others_are_not() -> None:
    def cell(x: float, y: float, *lines: str) -> str:
        return "".join(text(x, y - 13 * n, line) for n, line in enumerate(lines))

    content = grid([72, 128, 184, 240], [600, 650, 700])
    content += (
        cell(76, 687, "Platafor", "ma") + cell(132, 687, "Primeros", "auxilios") + cell(188, 687, "Fecha de", "inicio")
    )
    content += cell(76, 637, "electróni", "co") + cell(132, 637, "Medio", "de uso") + cell(188, 637, "30/10/20", "25")
    assert tables(read(content)) == [
        [["Plataforma", "Primeros auxilios", "Fecha de inicio"], ["electrónico", "Medio de uso", "30/10/2025"]]
    ]


def test_a_line_end_without_its_space_tells_a_broken_word() -> None:
    def header(end: str) -> str:
        cells = (
            text(76, 687, "Respon") + text(76, 674, "sable") + text(127, 687, f"Medio{end}") + text(127, 674, "usado")
        )
        return grid([72, 123, 174], [650, 700]) + cells

    assert tables(read(header(" "))) == [[["Responsable", "Medio usado"]]]
    assert tables(read(header(""))) == [[["Respon sable", "Medio usado"]]]


def test_grid_with_open_sides_is_a_table() -> None:
    rules = "72 600 m 540 600 l 72 570 m 540 570 l 72 540 m 540 540 l 150 600 m 150 540 l 400 600 m 400 540 l S\n"
    cells = [(76, 580, "No."), (155, 580, "Acuerdo"), (405, 580, "Fecha"), (76, 550, "1"), (155, 550, "Difundir")]
    assert tables(read(rules + "".join(text(*cell) for cell in cells))) == [
        [["No.", "Acuerdo", "Fecha"], ["1", "Difundir", ""]]
    ]


def unruled(
    rows: list[tuple[str, ...]], xs: tuple[float, ...] = (74, 250, 400), top: float = 700, pitch: float = 14
) -> str:
    return "".join(
        text(x, top - pitch * n, part) for n, row in enumerate(rows) for x, part in zip(xs, row, strict=True) if part
    )


WRAPPED = [
    ("Acuerdo", "Responsable", "Fecha"),
    ("Elaborar el plan anual de", "Juan Pérez", "20/10/2025"),
    ("difusión", "", ""),
    ("Difundir el curso de", "Ana Ruiz", ""),
    ("primeros auxilios", "", ""),
    ("Convocar", "Luz Mora", "21/10/2025"),
]


@pytest.mark.parametrize("rules", ["", "72 668 420 .5 re f 72 640 420 .5 re f\n"])
def test_unruled_table_with_wrapped_cells_keeps_a_missing_date_missing(rules: str) -> None:
    assert tables(read(rules + unruled(WRAPPED))) == [
        [
            ["Acuerdo", "Responsable", "Fecha"],
            ["Elaborar el plan anual de difusión", "Juan Pérez", "20/10/2025"],
            ["Difundir el curso de primeros auxilios", "Ana Ruiz", ""],
            ["Convocar", "Luz Mora", "21/10/2025"],
        ]
    ]


def test_labels_beside_their_values_are_a_table_and_an_empty_value_stays() -> None:
    rows = [
        ("Asistentes:", "Juan Pérez, Director de la Unidad, y"),
        ("", "Ana Ruiz"),
        ("Lugar:", "Sala"),
        ("Hora:", ""),
    ]
    assert tables(read(unruled(rows, (72, 180)))) == [
        [["Asistentes:", "Juan Pérez, Director de la Unidad, y Ana Ruiz"], ["Lugar:", "Sala"], ["Hora:", ""]]
    ]


def test_a_numbered_row_whose_name_wraps_is_one_person() -> None:
    name = text(72, 700, "1") + text(216, 700, "Lic. Rosa Isela") + text(360, 700, "Jefa de Oficina")
    rest = text(216, 687, "Cárdenas Mejía")
    after = text(72, 640, "ORDEN DEL DÍA", bold=True)
    one = [["1", "Lic. Rosa Isela Cárdenas Mejía", "Jefa de Oficina"]]
    assert tables(read(name + rest + after)) == [one]
    second = text(72, 674, "2") + text(216, 674, "Ing. Tomás Villegas") + text(360, 674, "Cómputo")
    assert tables(read(name + rest + second + text(216, 661, "Oropeza") + after)) == [
        [*one, ["2", "Ing. Tomás Villegas Oropeza", "Cómputo"]]
    ]


def test_numbers_that_only_a_space_parts_from_their_text_are_a_column() -> None:
    rows = text(72, 700, "1 Lic. Rosa Isela Cárdenas") + text(330, 700, "Jefa")
    rows += text(72, 684, "2 Ing. Tomás Villegas Oropeza") + text(330, 684, "Cómputo")
    assert tables(read(rows)) == [
        [["1", "Lic. Rosa Isela Cárdenas", "Jefa"], ["2", "Ing. Tomás Villegas Oropeza", "Cómputo"]]
    ]


def test_labels_and_values_several_to_a_line_are_read_line_by_line() -> None:
    content = "".join(
        text(x, y, words)
        for y, line in (
            (700, ((72, "Fecha:"), (180, "14 de octubre de"), (300, "Hora:"), (400, "10:00"))),
            (687, ((180, "2025"),)),
            (665, ((72, "Asunto:"), (300, "Lugar:"), (400, "Sala 2"))),
            (645, ((72, "Convoca:"), (180, "Dirección"), (300, "Clave: A 7"))),
            (625, ((72, "Medio:"), (180, "En línea"))),
        )
        for x, words in line
    )
    assert tables(read(content)) == [
        [
            ["Fecha:", "14 de octubre de 2025", "Hora:", "10:00"],
            ["Asunto:", "", "Lugar:", "Sala 2"],
            ["Convoca:", "Dirección", "Clave:", "A 7"],
            ["Medio:", "En línea", "En línea", "En línea"],
        ]
    ]


def test_labels_in_capitals_beside_their_values_are_read_line_by_line() -> None:
    content = text(72, 700, "FECHA") + text(180, 700, "14/10/2025") + text(300, 700, "HORA") + text(400, 700, "10:00")
    content += text(72, 684, "ASUNTO") + text(180, 684, "Mantenimiento de las aulas virtuales")
    asunto = "Mantenimiento de las aulas virtuales"
    assert tables(read(content)) == [[["FECHA", "14/10/2025", "HORA", "10:00"], ["ASUNTO", asunto, asunto, asunto]]]


def test_two_tables_one_above_the_other_are_two() -> None:
    general = unruled([("Fecha:", "12/10/2025"), ("Lugar:", "México"), ("Hora:", "10:00")], (72, 180), top=740)
    document = read(general + text(72, 715 - 30, "Acuerdos") + unruled(WRAPPED, (72, 250, 400), top=660))
    assert [len(table[0]) for table in tables(document)] == [2, 3]
    assert "Acuerdos" in texts(document)


def test_a_ruled_table_right_under_two_columns_stays_a_table() -> None:
    above = unruled([("Uno", "Dos", "Tres"), ("Cuatro", "Cinco", "Seis"), ("Siete", "Ocho", "Nueve")])
    ruled = grid([74, 110, 200], [670, 650, 630]) + text(76, 655, "A") + text(112, 655, "B") + text(76, 635, "C")
    assert tables(read(above + ruled)) == [
        [["Uno", "Dos", "Tres"], ["Cuatro", "Cinco", "Seis"], ["Siete", "Ocho", "Nueve"]],
        [["A", "B"], ["C", ""]],
    ]


def test_signature_blocks_side_by_side_read_one_after_the_other() -> None:
    blocks = [(120, "Juan Pérez", "Director"), (300, "Ana Ruiz", "Jefa"), (480, "Luz Mora", "Titular")]
    drawn = "".join(
        f"{x - 60} 514 120 .5 re f\n" + text(x - 2.8 * len(name), 500, name) + text(x - 2.5 * len(charge), 486, charge)
        for x, name, charge in blocks
    )
    found = texts(read(drawn))
    assert [part for part in found if "_" not in part] == [
        "Juan Pérez",
        "Director",
        "Ana Ruiz",
        "Jefa",
        "Luz Mora",
        "Titular",
    ]
    assert [index for index, part in enumerate(found) if set(part) == {"_"}] == [0, 3, 6]


def test_an_underline_is_no_line_to_sign_on() -> None:
    assert texts(read("72 698 100 0.5 re f\n" + text(72, 700, "Texto subrayado") + text(72, 686, "Debajo"))) == [
        "Texto subrayado",
        "Debajo",
    ]


def test_a_table_broken_over_pages_is_one_table_without_its_repeated_header() -> None:
    head = text(76, 107, "Acuerdo") + text(305, 107, "Fecha")
    one = grid([72, 300, 540], [120, 95, 70]) + head + text(76, 77, "Primero") + text(305, 77, "1/2/2026")
    two = (
        grid([72, 300, 540], [720, 695, 670])
        + text(76, 707, "Acuerdo")
        + text(305, 707, "Fecha")
        + text(76, 677, "Segundo")
    )
    document = read(one, two)
    assert tables(document) == [[["Acuerdo", "Fecha"], ["Primero", "1/2/2026"], ["Segundo", ""]]]
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert table.header_rows == 1
    place = table.grid()[3, 1].place
    assert (place.page, place.row) == (2, 3)


def test_rows_of_data_that_read_the_same_on_two_pages_are_all_kept() -> None:
    row = text(76, 77, "Difundir") + text(305, 77, "Ana Ruiz")
    one = grid([72, 300, 540], [120, 95, 70]) + text(76, 107, "Acuerdo") + text(305, 107, "Responsable") + row
    two = (
        grid([72, 300, 540], [720, 695, 670])
        + text(76, 707, "Acuerdo") + text(305, 707, "Responsable")
        + text(76, 677, "Difundir") + text(305, 677, "Ana Ruiz")
    )  # fmt: skip
    assert tables(read(one, two)) == [[["Acuerdo", "Responsable"], ["Difundir", "Ana Ruiz"], ["Difundir", "Ana Ruiz"]]]


def test_a_row_that_the_page_break_cut_is_one_row() -> None:
    one = (
        grid([72, 300, 540], [120, 95, 70])
        + text(76, 107, "Acuerdo") + text(305, 107, "Fecha")
        + text(76, 77, "Elaborar el plan anual de difusión de") + text(305, 77, "1/2/2026")
    )  # fmt: skip
    two = (
        grid([72, 300, 540], [720, 695, 670])
        + text(76, 707, "los programas")
        + text(76, 677, "Otro")
        + text(305, 677, "3/2/2026")
    )
    assert tables(read(one, two))[0][1:] == [
        ["Elaborar el plan anual de difusión de los programas", "1/2/2026"],
        ["Otro", "3/2/2026"],
    ]


# Pages


def test_running_headers_and_page_numbers_come_once_and_apart() -> None:
    pages = [
        text(72, 760, "Instituto Mexicano del Seguro Social", size=9)
        + text(72, 700, f"Cuerpo de la página {number}")
        + text(280, 30, f"Página {number} de 3", size=9)
        for number in (1, 2, 3)
    ]
    document = read(*pages)
    assert texts(document, "header") == ["Instituto Mexicano del Seguro Social"]
    assert texts(document) == [f"Cuerpo de la página {number}" for number in (1, 2, 3)]
    assert texts(document, "footer") == ["Página 1 de 3"]
    assert [block.place.page for block in document.blocks] == [1, 1, 2, 3, 1]


@pytest.mark.parametrize(("bold", "size"), [(True, 14), (False, 11)])
def test_the_same_title_on_every_page_is_that_of_several_records(bold: bool, size: float) -> None:
    pages = [
        text(200, 710, "MINUTA DE REUNIÓN", bold=bold, size=size) + text(72, 680, f"Asunto: el tema {name}")
        for name in ("A", "B", "C")
    ]
    document = read(*pages)
    assert texts(document).count("MINUTA DE REUNIÓN") == 3


def test_a_low_header_over_pages_that_run_on_is_a_header() -> None:
    lines = [[f"Renglón {name}{n} de un texto que sigue" for n in range(45)] for name in ("A", "B", "C")]
    pages = [
        text(72, 715, "Dirección de Prestaciones Económicas y Sociales", size=9)
        + "".join(text(72, 690 - 13 * n, line) for n, line in enumerate(part))
        for part in lines
    ]
    document = read(*pages)
    assert texts(document, "header") == ["Dirección de Prestaciones Económicas y Sociales"]
    assert texts(document) == [line for part in lines for line in part]


def test_a_paragraph_that_goes_on_overleaf_is_one() -> None:
    document = read(
        text(72, 90, "Las áreas participantes entregarán los informes de avance de cada trimestre a la división de"),
        text(72, 720, "bienestar social para su revisión.") + text(72, 690, "Siguiente."),
    )
    assert texts(document)[0].endswith("a la división de bienestar social para su revisión.")
    assert document.blocks[0].place.page == 1
    assert document.blocks[0].place.box is not None
    assert document.blocks[0].place.box[3] < 110


def test_an_empty_sheet_is_no_gap_and_a_drawing_without_text_is_one() -> None:
    document = read("", text(72, 700, "Texto"), "72 100 200 300 re f\n")
    assert texts(document) == ["Texto"]
    assert [(gap.place.page, gap.reason) for gap in document.gaps] == [
        (3, "página 3 sin texto: el OCR está desactivado")
    ]
    assert document.pages == 3


def test_garbled_text_is_a_gap_and_not_text() -> None:
    cmap = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n"
    cmap += b"1 beginbfrange <20> <7e> <E020> endbfrange endcmap end"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 1001 0 R>>"
    objects = {1000: font, 1001: b"<</Length %d>>\nstream\n" % len(cmap) + cmap + b"\nendstream"}
    page = "BT /G 11 Tf 72 700 Td (Asunto: no se puede leer) Tj ET\n"
    data = write_pdf([page], objects=objects).replace(b"/F 3 0 R/B", b"/G 1000 0 R/B")
    document = read_pdf(data, NO_OCR)
    assert texts(document) == []
    assert "texto ilegible" in document.gaps[0].reason


def test_ligatures_and_word_bullets_are_plain_characters() -> None:
    cmap = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange\n"
    cmap += b"2 beginbfchar <41> <FB01> <42> <F0B7> endbfchar 1 beginbfrange <61> <7a> <0061> endbfrange endcmap end"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 1001 0 R>>"
    objects = {1000: font, 1001: b"<</Length %d>>\nstream\n" % len(cmap) + cmap + b"\nendstream"}
    data = write_pdf(["BT /G 11 Tf 72 700 Td (B) Tj 12 0 Td (oAcina) Tj ET\n"], objects=objects).replace(
        b"/F 3 0 R", b"/G 1000 0 R"
    )
    assert texts(read_pdf(data, NO_OCR)) == ["• oficina"]


# Forms, pictures, annotations, attachments, signatures


def test_form_fields_are_read_where_they_stand() -> None:
    fields = {
        1000: b"<</Type/Annot/Subtype/Widget/FT/Tx/T(asunto)/V(Planeaci\xf3n anual)/Rect[130 695 400 712]/P 10 0 R/F 4>>",
        1001: b"<</Type/Annot/Subtype/Widget/FT/Btn/T(c)/V/Si/AS/Si/Rect[130 655 142 667]/P 10 0 R/F 4/AP<</N<</Si 1002 0 R/Off 1002 0 R>>>>>>",
        1002: b"<</Type/XObject/Subtype/Form/BBox[0 0 12 12]/Length 0>>\nstream\n\nendstream",
    }
    document = read(
        text(72, 700, "Asunto:") + text(72, 658, "Presencial"),
        page="/Annots[1000 0 R 1001 0 R]",
        catalog="/AcroForm<</Fields[1000 0 R 1001 0 R]>>",
        objects=fields,
    )
    everything = " ".join(p.text for p in paragraphs_of(document.blocks))
    assert "Planeación anual" in everything
    assert everything.index("Asunto:") < everything.index("Planeación anual") < everything.index("Presencial")
    assert "☒" in everything


def test_comments_and_typed_notes() -> None:
    notes = {
        1000: b"<</Type/Annot/Subtype/FreeText/Contents(12 de mayo de 2026)/Rect[120 695 300 712]/F 4>>",
        1001: b"<</Type/Annot/Subtype/Text/Contents(Revisar esta fecha)/Rect[400 700 420 720]/F 4>>",
        1002: b"<</Type/Annot/Subtype/Text/Contents(Oculto)/Rect[400 600 420 620]/F 2>>",
    }
    document = read(text(72, 700, "Fecha:"), page="/Annots[1000 0 R 1001 0 R 1002 0 R]", objects=notes)
    assert texts(document)[0].split() == ["Fecha:", "12", "de", "mayo", "de", "2026"]
    assert texts(document, "comment") == ["Revisar esta fecha"]


PICTURE = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\nstream\n\x00\nendstream"


def test_a_picture_belongs_to_the_name_under_it() -> None:
    page = (
        text(72, 400, "Acuerdos tomados")
        + "q 90 0 0 30 120 216 cm /I Do Q\n"
        + text(120, 200, "Juan Pérez López")
        + text(120, 186, "Director")
    )
    document = read(page, resources="/XObject<</I 1000 0 R>>", objects={1000: PICTURE})
    assert {p.text: p.images for p in paragraphs_of(document.blocks)} == {
        "Acuerdos tomados": 0,
        "Juan Pérez López": 1,
        "Director": 0,
    }


def test_a_picture_alone_in_a_cell_is_there() -> None:
    page = (
        grid([72, 300, 540], [600, 570, 540])
        + text(76, 580, "Nombre")
        + text(305, 580, "Firma")
        + text(76, 550, "Ana Ruiz")
    )
    document = read(
        page + "q 90 0 0 20 320 545 cm /I Do Q\n", resources="/XObject<</I 1000 0 R>>", objects={1000: PICTURE}
    )
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert [p.images for p in paragraphs_of(table.grid()[2, 2].blocks)] == [1]


def test_an_embedded_file_is_an_attachment_read_in_its_turn() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(write_pdf([text(72, 700, "Oficio")]))))
    writer.add_attachment("anexo.pdf", write_pdf([text(72, 700, "Anexo técnico")]))
    writer.add_attachment("vacio.pdf", b"")
    out = BytesIO()
    writer.write(out)
    document = read_pdf(out.getvalue(), NO_OCR)
    by_name = {attachment.name: attachment for attachment in document.attachments}
    inner = by_name["anexo.pdf"].document
    assert inner is not None
    assert texts(inner) == ["Anexo técnico"]
    assert by_name["vacio.pdf"].document is None
    assert by_name["vacio.pdf"].reason


def test_signature_fields(signed_pdf: bytes) -> None:
    document = read_pdf(signed_pdf, NO_OCR)
    (signature,) = document.signatures
    assert signature.signed
    assert signature.name == "Juan Pérez López"
    assert signature.whole
    assert signature.when is not None
    assert signature.when.year >= 2024
    assert signature.place.page == 1
    assert signature.place.box == (300, 100, 500, 140)


def test_a_signature_that_does_not_cover_what_was_added_later(signed_pdf: bytes) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter(BytesIO(signed_pdf), incremental=True)
    writer.add_metadata({"/Title": "Otra cosa"})
    out = BytesIO()
    writer.write(out)
    (signature,) = read_pdf(out.getvalue(), NO_OCR).signatures
    assert signature.signed
    assert not signature.whole


def test_an_empty_signature_field_is_not_signed() -> None:
    field = {1000: b"<</Type/Annot/Subtype/Widget/FT/Sig/T(firma_titular)/Rect[300 100 500 140]/P 10 0 R/F 4>>"}
    document = read(
        text(72, 700, "Oficio"), page="/Annots[1000 0 R]", catalog="/AcroForm<</Fields[1000 0 R]>>", objects=field
    )
    (signature,) = document.signatures
    assert (signature.signed, signature.name, signature.whole) == (False, "firma_titular", False)
    assert (signature.place.page, signature.place.box) == (1, (300, 100, 500, 140))


# Refusals and limits


def protected(user: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(write_pdf([text(72, 700, "Contenido")]))))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_password_makes_it_unreadable_and_restrictions_alone_do_not() -> None:
    with pytest.raises(Unreadable) as caught:
        read_pdf(protected("secreto"), NO_OCR)
    assert caught.value.code == "encrypted"
    assert texts(read_pdf(protected(""), NO_OCR)) == ["Contenido"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\nthis is no pdf\nxref", "malformed"),
        (write_pdf([text(72, 700, "Contenido")])[:-150], "truncated"),
        (write_pdf([text(72, 700, f"Página {n}") for n in range(6)])[:900], "truncated"),
    ],
)
def test_damaged_files_have_a_code_and_a_reason(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_pdf(data, NO_OCR)
    assert caught.value.code == code
    assert caught.value.reason.endswith(".")


def test_too_many_pages() -> None:
    with pytest.raises(Unreadable) as caught:
        read_pdf(write_pdf([""] * 4), Limits(pages=3))
    assert caught.value.code == "too-many-pages"


def test_a_gigantic_page_is_not_rendered() -> None:
    from parsers import ocr

    document = read_pdf(write_pdf(["0 0 9999999 9999999 re f\n"], media="0 0 9999999 9999999"), Limits())
    (gap,) = document.gaps
    assert ("tamaño" if ocr.available() else "tesseract") in gap.reason


@pytest.mark.parametrize("media", ["0 0 0 0", "0 0 612", "10 10 10 900"])
def test_a_page_without_a_size_is_read_all_the_same(media: str) -> None:
    assert texts(read(text(72, 700, "Oficio"), text(72, 700, "Anexo"), media=media)) == ["Oficio", "Anexo"]


def test_title_property() -> None:
    assert read(text(72, 700, "Oficio"), info="/Title(Minuta de octubre)").title == "Minuta de octubre"


# Files of a word processor


def test_a_minuta_of_a_word_processor(to_pdf: Callable[[str], bytes]) -> None:
    document = read_pdf(to_pdf("minuta"), NO_OCR)
    assert texts(document, "header") == ["INSTITUTO MEXICANO DEL SEGURO SOCIAL"]
    assert texts(document, "footer") == ["Clave 3A01-003-002"]
    subject = paragraph(document, "Asunto:")
    assert subject.bold_prefix == len("Asunto:")
    assert subject.text.endswith("programas virtuales de capacitación y difusión.")
    assert paragraph(document, "Minuta de reunión").level == 1
    assert paragraph(document, "Acuerdos").level == 2
    assert [t for t in texts(document) if t.startswith("•")] == [
        "• Juan Pérez López, Director",
        "• Ana Ruiz, Jefa de Oficina",
    ]
    (agreements,) = tables(document)
    assert agreements[0] == ["No.", "Acuerdo", "Responsable", "Fecha compromiso"]
    assert [row[0] for row in agreements[1:]] == [str(n) for n in range(1, 31)]
    assert {row[1] for row in agreements[1:]} == {
        "Entregar el plan anual de difusión con los cursos y los medios que se usarán"
    }
    assert [row[3] for row in agreements[1:]] == ["" if n == 3 else "20/10/2025" for n in range(30)]
    assert texts(document)[-6:] == ["_" * 25, "Juan Pérez López", "Director", "_" * 25, "Ana Ruiz", "Jefa de Oficina"]


@pytest.fixture(scope="session")
def to_pdf(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """Builds one of the documents below and converts it with LibreOffice, once per session."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("pdf")
    made: dict[str, bytes] = {}

    def convert(name: str) -> bytes:
        if name not in made:
            source = folder / f"{name}.docx"
            _minuta(source)
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            made[name] = source.with_suffix(".pdf").read_bytes()
        return made[name]

    return convert


def _minuta(path: Path) -> None:
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement

    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "INSTITUTO MEXICANO DEL SEGURO SOCIAL"
    section.footer.paragraphs[0].text = "Clave 3A01-003-002"
    document.add_heading("Minuta de reunión", 0)
    subject = document.add_paragraph()
    subject.add_run("Asunto:").bold = True
    subject.add_run(
        " Planeación anual de los cursos en línea, que deberá presentarse por las áreas que participan en el desarrollo de los "
        "programas virtuales de capacitación y difusión."
    )
    document.add_heading("Asistentes", 1)
    for person in ("Juan Pérez López, Director", "Ana Ruiz, Jefa de Oficina"):
        document.add_paragraph(person, style="List Bullet")
    document.add_heading("Acuerdos", 1)
    table = document.add_table(1, 4)
    table.style = "Table Grid"
    for cell, name in zip(table.rows[0].cells, ("No.", "Acuerdo", "Responsable", "Fecha compromiso"), strict=True):
        cell.text = name
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for number in range(30):
        agreement = "Entregar el plan anual de difusión con los cursos y los medios que se usarán"
        values = (str(number + 1), agreement, "Juan Pérez", "" if number == 3 else "20/10/2025")
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = value
    document.add_paragraph()
    signatures = document.add_table(3, 2)
    values = ("_" * 25, "_" * 25, "Juan Pérez López", "Ana Ruiz", "Director", "Jefa de Oficina")
    for cell, value in zip(signatures._cells, values, strict=True):
        cell.text = value
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.save(str(path))


def test_entries_of_an_index_stay_apart() -> None:
    entries = [
        f"{title} {'.' * 60} {page}"
        for title, page in (("Giras de Trabajo", 5), ("Videoconferencias", 6), ("Glosario", 9))
    ]
    assert texts(read("".join(text(72, 700 - 14 * n, entry) for n, entry in enumerate(entries)))) == entries
