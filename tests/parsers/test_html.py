"""HTML: what a reader of the page sees, with its structure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.errors import Unreadable
from parsers.html import read_html
from parsers.limits import Limits
from parsers.model import Block, Document, Paragraph, Table, paragraphs_of


def page(source: str, limits: Limits | None = None) -> Document:
    return read_html(source.encode(), limits or Limits())


def paragraphs(source: str) -> list[Paragraph]:
    return [block for block in page(source).blocks if isinstance(block, Paragraph)]


def table(source: str) -> Table:
    (block,) = page(source).blocks
    assert isinstance(block, Table)
    return block


def rows(block: Block) -> list[list[str]]:
    assert isinstance(block, Table)
    grid = block.grid()
    return [
        [grid[r, c].text if (r, c) in grid else "-" for c in range(1, block.columns + 1)]
        for r in range(1, block.rows + 1)
    ]


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_the_charset_is_found_and_the_title_kept(charset: str) -> None:
    source = (
        f'<html><head><meta charset="{charset}"><title> Minuta  de\nreunión </title></head><body>Acción</body></html>'
    )
    document = read_html(source.encode(charset), Limits())
    assert (document.title, [p.text for p in paragraphs_of(document.blocks)]) == ("Minuta de reunión", ["Acción"])


def test_headings_labels_and_breaks() -> None:
    found = paragraphs(
        "<h2>MINUTA DE<br>REUNIÓN</h2>\n<p><b>Fecha:</b> 14 de&nbsp;octubre<br>\n<strong>Lugar</strong></p>suelto"
    )
    assert [(p.text, p.level, p.bold, p.bold_prefix, p.place.line) for p in found] == [
        ("MINUTA DE\nREUNIÓN", 2, False, 0, 1),
        ("Fecha: 14 de octubre", 0, False, 6, 2),
        ("Lugar", 0, True, 0, 3),
        ("suelto", 0, False, 0, 3),
    ]


def test_style_says_bold_too() -> None:
    found = paragraphs(
        '<p><span style="font-weight: 700">Fecha:</span> x</p><b><span style="font-weight:normal">y</span></b>'
    )
    assert [(p.bold_prefix, p.bold) for p in found] == [(6, False), (0, False)]


def test_what_is_hidden_is_read_and_marked_and_code_is_not_read() -> None:
    found = paragraphs(
        "<style>x</style><script>x</script><p hidden>a</p><div style='display: none'><p>b</p></div>"
        "<p>c <span style='mso-hide:all'>d</span> e</p><!-- f --><template>g</template>"
    )
    assert [(p.text, p.hidden) for p in found] == [("a", True), ("b", True), ("c", False), ("d", True), ("e", False)]


def test_what_is_struck_is_marked_hidden_and_said() -> None:
    document = page("<p>Asunto: <s>Uso de aulas</s></p><p style='text-decoration: line-through'>otro</p>")
    found = list(paragraphs_of(document.blocks))
    assert [(p.text, p.hidden) for p in found] == [("Asunto:", False), ("Uso de aulas", True), ("otro", True)]
    assert any("tachado" in note for note in document.notes)


def test_lists_of_all_types() -> None:
    source = (
        "<ol start=3><li>x<ul><li>y</ul><li value=9><p>z</p><p>w</p></ol>"
        "<ol type=a><li>p</ol><ol type=I><li>q<li>r<li>s<li>t</ol>"
    )
    assert [(p.label, p.text) for p in paragraphs(source)] == [
        ("3.", "x"),
        ("•", "y"),
        ("9.", "z"),
        ("", "w"),
        ("a.", "p"),
        ("I.", "q"),
        ("II.", "r"),
        ("III.", "s"),
        ("IV.", "t"),
    ]


def test_definitions_are_a_table_of_labels_and_values() -> None:
    found = table("<dl><dt>Fecha</dt><dd>hoy</dd><dt>Asistentes<dd>Ana<dd>Luis<dt>Firma</dl>")
    assert rows(found) == [["Fecha", "hoy"], ["Asistentes", "Ana\nLuis"], ["Firma", ""]]


def test_a_table_with_spans_header_caption_and_places() -> None:
    found = table(
        "<table><caption>Acuerdos</caption><thead><tr><th>Acuerdo<th colspan=2>Quién y cuándo</tr></thead>"
        "<tr><td rowspan=0>A<td>Ana<br>Luis<td>1/1\n<tr><td>Eva<td>2/1</table>"
    )
    assert (found.title, found.header_rows, found.rows, found.columns) == ("Acuerdos", 1, 3, 3)
    assert rows(found) == [
        ["Acuerdo", "Quién y cuándo", "Quién y cuándo"],
        ["A", "Ana\nLuis", "1/1"],
        ["A", "Eva", "2/1"],
    ]
    eva = next(cell for cell in found.cells if cell.text == "Eva")
    assert (eva.place.table, eva.place.row, eva.place.column, eva.place.line) == (1, 3, 2, 2)
    assert next(paragraphs_of(found.cells[0].blocks)).bold


def test_tables_within_tables_and_hidden_rows() -> None:
    found = table("<table><tr><td>a<td><table><tr><td>b<td>c</table><tr style='display:none'><td>d<td>e</table>")
    inner = found.grid()[1, 2].blocks[0]
    assert rows(inner) == [["b", "c"]]
    assert inner.place.table == 2
    assert [cell.hidden for cell in found.cells] == [False, False, True, True]


def test_tables_for_layout_are_taken_apart() -> None:
    assert [
        p.text for p in paragraphs("<table role=presentation><tr><td>a<td>b</table><table><tr><td><p>c<p>d</table>")
    ] == list("abcd")


def test_forms_tracked_changes_images_and_preformatted_text() -> None:
    document = page(
        "<input type=checkbox checked> Sí<p>Folio <input value=77></p><p>era <del>antes</del><ins>ahora</ins></p>"
        "<p><img src='http://127.0.0.1:9/x'>Ana</p><pre>a   b\n c</pre>"
    )
    found = [(p.text, p.images) for p in paragraphs_of(document.blocks)]
    assert found == [("☑ Sí", 0), ("Folio 77", 0), ("era ahora", 0), ("Ana", 1), ("a   b", 0), ("c", 0)]
    assert len(document.notes) == 1


def test_spans_are_capped_and_cells_counted() -> None:
    found = table("<table><tr><td colspan=999999999 rowspan=999999999>a<td>b<tr><td>c</table>")
    assert (found.cells[0].colspan, found.cells[0].rowspan) == (Limits().span, 2)
    with pytest.raises(Unreadable) as refused:
        page("<table>" + "<tr><td>a<td>b" * 10 + "</table>", Limits(cells=15))
    assert refused.value.code == "too-many-cells"
    with pytest.raises(Unreadable) as refused:
        page("<table>" + "<tr><td colspan=500>a<td>b" * 10 + "</table>", Limits(cells=1500))
    assert refused.value.code == "too-many-cells"


def test_depth_beyond_that_of_the_library_is_read_and_tables_have_a_bound() -> None:
    assert [p.text for p in paragraphs("<div>" * 300 + "hola" + "</div>" * 300 + "<p>fin")] == ["hola", "fin"]
    with pytest.raises(Unreadable) as refused:
        page("<table><tr><td>x<td>" * 30)
    assert refused.value.code == "malformed"


@pytest.mark.parametrize("source", ["", " \n", "<!-- nada -->", "<html><body></body></html>", "<script>x</script>"])
def test_a_page_without_text_is_empty(source: str) -> None:
    with pytest.raises(Unreadable) as refused:
        page(source)
    assert refused.value.code == "empty"


@given(st.text(alphabet="ab <>/=\"'tdrph1&;", max_size=120))
def test_any_soup_is_read_or_empty(source: str) -> None:
    try:
        found = list(paragraphs_of(page("<p>x</p>" + source).blocks))
    except Unreadable as error:
        assert error.code == "empty"  # noqa: PT017
        return
    assert [p.place.paragraph for p in found] == list(range(1, len(found) + 1))
