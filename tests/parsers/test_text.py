"""Plain text and Markdown: blocks as people meant them, each with its line."""

from __future__ import annotations

import re
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.markdown import read_markdown
from parsers.model import Block, Document, Paragraph, Table, paragraphs_of
from parsers.text import read_text


def text(source: str) -> Document:
    return read_text(source.encode(), Limits())


def markdown(source: str) -> Document:
    return read_markdown(source.encode(), Limits())


def paragraphs(document: Document) -> list[Paragraph]:
    return [block for block in document.blocks if isinstance(block, Paragraph)]


def texts(document: Document) -> list[str]:
    return [p.text for p in paragraphs(document)]


def rows(block: Block) -> list[list[str]]:
    assert isinstance(block, Table)
    grid = block.grid()
    return [[grid[r, c].text for c in range(1, block.columns + 1)] for r in range(1, block.rows + 1)]


def one(document: Document) -> Paragraph:
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    return block


def test_each_line_is_a_paragraph_with_its_place() -> None:
    found = paragraphs(text("MINUTA DE REUNIÓN\r\n=================\r\n\r\nFecha: hoy\rLugar: aquí\n"))
    assert [(p.text, p.place.line, p.place.paragraph, p.level) for p in found] == [
        ("MINUTA DE REUNIÓN", 1, 1, 0),
        ("Fecha: hoy", 4, 2, 0),
        ("Lugar: aquí", 5, 3, 0),
    ]


def test_wrapped_prose_is_joined_and_a_parted_word_made_whole() -> None:
    source = (
        "Se acordó entre las personas asistentes que la Jefatura de División envia-\n"
        "rá el reporte mensual a más tardar el último día hábil de cada mes, con copia\n"
        "a la coordinación.\n"
    )
    assert texts(text(source)) == [
        "Se acordó entre las personas asistentes que la Jefatura de División enviará el reporte mensual a más tardar "
        "el último día hábil de cada mes, con copia a la coordinación."
    ]


@pytest.mark.parametrize(
    "line",
    [
        "responsable: Juan",
        "Fecha de cumplimiento",
        "a) enviar el reporte",
        "- enviar el reporte",
        "1. enviar el reporte",
        "2.1 enviar el reporte",
    ],
)
def test_labels_items_and_new_sentences_are_never_joined(line: str) -> None:
    long = "Enviar el reporte mensual de personas inscritas y captadas a la Jefatura"
    assert texts(text(f"{long}\n{line}")) == [long, line]


def test_short_lines_are_not_joined() -> None:
    assert texts(text("Lugar: sala\nde juntas")) == ["Lugar: sala", "de juntas"]


def test_numbers_and_signature_lines_stay_in_the_text() -> None:
    assert texts(text("1.  Bienvenida\n2.  Acta\n\n____________________\nLic. Ana Ruiz")) == [
        "1.  Bienvenida",
        "2.  Acta",
        "____________________",
        "Lic. Ana Ruiz",
    ]


def test_a_row_of_hyphens_that_underlines_goes_and_one_to_sign_on_stays() -> None:
    assert texts(text("Título\n------\n\n------------\nAna Ruiz")) == ["Título", "------------", "Ana Ruiz"]


@pytest.mark.parametrize(
    "source",
    [
        "Acuerdo          Responsable\nEnviar reporte   Ana Ruiz\nRevisar          Luis Gil\n",
        "Acuerdo\tResponsable\nEnviar reporte\tAna Ruiz\nRevisar\tLuis Gil\n",
        "| Acuerdo | Responsable |\n| Enviar reporte | Ana Ruiz |\n| Revisar | Luis Gil |\n",
        "Acuerdo | Responsable\nEnviar reporte | Ana Ruiz\nRevisar | Luis Gil\n",
        "│Acuerdo│Responsable│\n│Enviar reporte│Ana Ruiz│\n│Revisar│Luis Gil│\n",
    ],
)
def test_tables_of_every_make(source: str) -> None:
    (table,) = text("\n" + source).blocks
    assert rows(table) == [["Acuerdo", "Responsable"], ["Enviar reporte", "Ana Ruiz"], ["Revisar", "Luis Gil"]]
    assert isinstance(table, Table)
    last = table.cells[-1]
    assert (last.place.table, last.place.row, last.place.column, last.place.line) == (1, 3, 2, 4)
    assert next(paragraphs_of(last.blocks)).place.paragraph == 6


def test_a_bordered_table_has_a_header_and_rows_of_several_lines() -> None:
    border = "+---------+-------+\n"
    source = (
        border
        + "| Acuerdo | Fecha |\n"
        + border
        + "| Enviar  | 1/1   |\n|  todo   |       |\n| Otro    | 2/1   |\n"
        + border
    )
    (table,) = text(source).blocks
    assert rows(table) == [["Acuerdo", "Fecha"], ["Enviar\ntodo", "1/1"], ["Otro", "2/1"]]
    assert isinstance(table, Table)
    assert table.header_rows == 1


def test_a_grid_with_borders_between_all_rows() -> None:
    border = "+---+---+\n"
    source = border + "| A | B |\n| x | y |\n" + border + "| 1 | 2 |\n" + border + "| 3 | 4 |\n" + border
    assert rows(text(source).blocks[0]) == [["A\nx", "B\ny"], ["1", "2"], ["3", "4"]]


def test_a_cell_that_goes_on_in_the_next_line_of_an_aligned_table() -> None:
    source = (
        "Acuerdo                 Responsable      Fecha\n"
        "Enviar el reporte       Ana Ruiz         1/1/2026\n"
        "mensual de inscritas\n"
        "                        y Luis Gil\n"
        "Otro                    Marta Paz        2/1/2026\n"
    )
    assert rows(text(source).blocks[0])[1:] == [
        ["Enviar el reporte\nmensual de inscritas", "Ana Ruiz\ny Luis Gil", "1/1/2026"],
        ["Otro", "Marta Paz", "2/1/2026"],
    ]


def test_empty_cells_of_aligned_and_tabbed_tables_keep_their_column() -> None:
    assert rows(text("Nombre    Cargo     Firma\nAna                 AR\n").blocks[0])[1] == ["Ana", "", "AR"]
    assert rows(text("Nombre\tCargo\tFirma\nAna\t\tAR\n").blocks[0])[1] == ["Ana", "", "AR"]


def test_signatures_side_by_side_stay_apart() -> None:
    source = "______________        ______________\n Ana Ruiz              Luis Gil\n    Jefa                 Titular\n"
    assert rows(text(source).blocks[0]) == [["______________"] * 2, ["Ana Ruiz", "Luis Gil"], ["Jefa", "Titular"]]


def test_two_spaces_in_prose_make_no_table() -> None:
    source = "Termina la frase.  Empieza otra que sigue\nUna línea más larga que no se alinea.  Y otra\n"
    assert texts(text(source)) == [line for line in source.split("\n") if line]


def test_form_feeds_part_pages() -> None:
    document = text("uno\ndos\n\ftres\n\f")
    assert [(p.text, p.place.page, p.place.line) for p in paragraphs(document)] == [
        ("uno", 1, 1),
        ("dos", 1, 2),
        ("tres", 2, 3),
    ]
    assert document.pages == 2


def test_damaged_characters_are_a_gap_and_a_guessed_encoding_a_note() -> None:
    damaged = read_text("Reunión, acción, página, día, número".encode() + b"\xff", Limits())
    assert [(gap.reason, gap.place.line) for gap in damaged.gaps] == [
        ("caracteres ilegibles por su codificación: 1", 1)
    ]
    assert read_text("Reunión".encode("cp1252"), Limits()).notes == (
        "El archivo no declara su codificación; se leyó como cp1252.",
    )


def test_too_many_cells_are_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read_text(b"a | b\n" * 6, Limits(cells=10))
    assert refused.value.code == "too-many-cells"


WORDS = st.lists(st.text(alphabet="abñ é:;.,|_-=*#\t1", max_size=30), max_size=12).map("\n".join)


def letters(source: str) -> str:
    return "".join(re.findall(r"\w", source.replace("_", "")))


@given(WORDS)
def test_no_letter_of_a_text_is_lost_or_moved_to_another_line(source: str) -> None:
    try:
        document = text(source)
    except Unreadable:
        assert not letters(source)
        return
    found = list(paragraphs_of(document.blocks))
    assert sorted(letters("".join(p.text for p in found))) == sorted(letters(source))
    assert [p.place.paragraph for p in found] == list(range(1, len(found) + 1))
    lines = source.split("\n")
    assert all(p.place.line and letters(p.text)[:1] in ("", *letters(lines[p.place.line - 1])) for p in found)


# Markdown


@pytest.mark.parametrize(
    ("source", "expected", "level"),
    [
        ("# 📋 **Minuta** de reunión ##", "📋 Minuta de reunión", 1),
        ("###### seis", "seis", 6),
        ("Minuta\n===", "Minuta", 1),
        ("Minuta\n---", "Minuta", 2),
        ("> ## Acuerdos", "Acuerdos", 2),
        ("#sin espacio", "#sin espacio", 0),
    ],
)
def test_headings(source: str, expected: str, level: int) -> None:
    found = one(markdown(source))
    assert (found.text, found.level) == (expected, level)


@pytest.mark.parametrize(
    ("source", "expected", "bold", "prefix"),
    [
        ("**Fecha:** 14 de octubre", "Fecha: 14 de octubre", False, 6),
        ("__Fecha__: 14", "Fecha: 14", False, 5),
        ("📅 **Fecha:** 14", "📅 Fecha: 14", False, 8),
        ("***Fecha:*** 14", "Fecha: 14", False, 6),
        ("<b>Fecha:</b> 14", "Fecha: 14", False, 6),
        ("**Todo esto**", "Todo esto", True, 0),
        ("Sólo **esto** no", "Sólo esto no", False, 0),
        ("2 * 3 * 4 y a*b*c", "2 * 3 * 4 y abc", False, 0),
        (r"\*literal\* y snake_case_x", "*literal* y snake_case_x", False, 0),
        ("**sin cerrar", "**sin cerrar", False, 0),
        ("Firma: ____________________", "Firma: ____________________", False, 0),
        ("`código` ~~no~~ [liga](http://x.mx/a_b_c) <a@b.mx> &amp; más", "código no liga a@b.mx & más", False, 0),
        ("**Fecha<br>límite** x", "Fecha\nlímite x", False, 12),
        ("antes <!-- comentario --> después", "antes  después", False, 0),
    ],
)
def test_emphasis_is_stripped_and_remembered(source: str, expected: str, bold: bool, prefix: int) -> None:
    found = one(markdown(source))
    assert (found.text, found.bold, found.bold_prefix) == (expected, bold, prefix)


def test_an_image_is_counted_and_its_alternative_kept() -> None:
    found = one(markdown("![Firma de Ana](firma.png)"))
    assert (found.text, found.images) == ("Firma de Ana", 1)


def test_lists_with_their_labels() -> None:
    source = "1. uno\n1. dos\n   - sub\n1. tres\n7. siete\n\nTexto\n\n3) otra\n- [ ] pendiente\n- [x] hecho\n* viñeta\n"
    assert [(p.label, p.text) for p in paragraphs(markdown(source))] == [
        ("1.", "uno"),
        ("2.", "dos"),
        ("•", "sub"),
        ("3.", "tres"),
        ("7.", "siete"),
        ("", "Texto"),
        ("3)", "otra"),
        ("☐", "pendiente"),
        ("☑", "hecho"),
        ("•", "viñeta"),
    ]


def test_tables_of_markdown() -> None:
    source = "texto\n\n| Acuerdo | Resp. |\n|:--|--:|\n| Enviar \\| algo | **Ana**<br>Luis |\n| Otro |\n\nfin"
    _, table, end = markdown(source).blocks
    assert rows(table) == [["Acuerdo", "Resp."], ["Enviar | algo", "Ana\nLuis"], ["Otro", ""]]
    assert isinstance(table, Table)
    assert (table.header_rows, table.place.line, table.cells[-1].place.line) == (1, 3, 6)
    assert end.place.line == 8


def test_an_empty_header_is_no_row() -> None:
    (table,) = markdown("| | |\n|---|---|\n| **Fecha** | hoy |").blocks
    assert isinstance(table, Table)
    assert (rows(table), table.header_rows) == ([["Fecha", "hoy"]], 0)


def test_a_quoted_table_and_pipes_without_separator() -> None:
    assert rows(markdown("> | A | B |\n> |---|---|\n> | 1 | 2 |").blocks[0]) == [["A", "B"], ["1", "2"]]
    assert rows(markdown("| A | B |\n| 1 | 2 |").blocks[0]) == [["A", "B"], ["1", "2"]]


def test_an_html_table_within() -> None:
    _, table = markdown("antes\n\n<table>\n<tr><td>Fecha</td>\n<td>hoy</td></tr></table>\n").blocks
    assert rows(table) == [["Fecha", "hoy"]]
    assert table.place.line == 3


def test_front_matter_comments_fences_and_rules() -> None:
    source = (
        '---\ntitle: "Minuta"\nfecha: 2025-10-14\n---\n<!-- plantilla\n# no -->\n\n***\n'
        "```\n# código\na  b\n```\n____________________\nAna Ruiz\n"
    )
    assert [(p.text, p.level, p.place.line) for p in paragraphs(markdown(source))] == [
        ("title: Minuta", 0, 2),
        ("fecha: 2025-10-14", 0, 3),
        ("# código", 0, 10),
        ("a  b", 0, 11),
        ("____________________", 0, 13),
        ("Ana Ruiz", 0, 14),
    ]


def test_label_lines_are_not_run_together_as_markdown_would() -> None:
    source = "**Fecha:** 14 de octubre de 2025 en la Ciudad de México, a las diez horas\n**Lugar:** sala"
    assert texts(markdown(source)) == [line.replace("**", "") for line in source.split("\n")]


@given(st.text(alphabet="ab *_`~[]()<>!#|-\\\n&;", max_size=80))
def test_any_markdown_is_read_and_keeps_its_letters_in_order(source: str) -> None:
    if re.search(r"<|\]\(|&|---", source):
        return  # tags, addresses, entities and front matter are no text
    try:
        found = "".join(p.text for p in paragraphs_of(markdown(source).blocks))
    except Unreadable:
        found = ""
    assert "".join(re.findall("[ab]", found)) == "".join(re.findall("[ab]", source))


@pytest.mark.parametrize("piece", ["-", " ", "| ", "**a ", "[", "`", "# ", "|-", "<b>", "a_", "&", "\\", "> ", "- "])
def test_hostile_lines_cost_no_more_than_their_length(piece: str) -> None:
    began = time.monotonic()
    for source in (piece * 10_000, "# x" + piece * 10_000 + "x", f"a|b\n{piece * 10_000}x"):
        for reader in (text, markdown):
            with suppress(Unreadable):
                reader(source)
    assert time.monotonic() - began < 8
