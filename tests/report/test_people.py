"""Markdown and the page."""

from html.parser import HTMLParser
from pathlib import Path

import lxml.html
import markdown
import pytest

from checker.report import Aside, render

ASIDE = Aside({"minuta-de-reunion": "Minuta de reunión"}, ((), (Path("devueltos/m.docx"),)))


def _as_html(text: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(markdown.markdown(text, extensions=["tables"]))


def test_markdown_renders_as_a_table_of_findings(report):
    page = _as_html(render("md", report, ASIDE))
    assert [h.text_content() for h in page.iter("h2")] == [
        "✔ Cumple: entregas/minuta.docx",
        "✘ No cumple: entregas/minuta febrero ñ.docx",
        "? Por verificar: entregas/escaneo.pdf",
        "! No se pudo leer: /abs/dañado.docx",
    ]
    rows = [[cell.text_content() for cell in row.iter("td")] for row in page.iter("tr")][1:]
    assert len(rows) == 4
    assert rows[0][0] == "IncumplimientoPV-040.fechas-compromiso"
    assert rows[0][2] == "página 1, párrafo 31, tabla 1, fila 3, columna 3"
    assert rows[1][2] == "celda Hoja1!B3"


def test_markdown_lets_no_text_become_markup(hostile):
    page = _as_html(render("md", hostile))
    assert not list(page.iter("script", "code", "em", "a"))[:-1]  # the last one is our own line about the packs
    (row,) = [r for r in page.iter("tr") if r.find("td") is not None]
    assert len(list(row.iter("td"))) == 5
    assert "</td><script>alert(1)</script> | `a` *b* %0A::error::" in row.text_content()


class _Strict(HTMLParser):
    """Collects what a browser would fetch or run, and checks that tags close."""

    VOID = frozenset({"meta", "input", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", ["report", "hostile", "empty"])
def test_the_page_is_whole_and_fetches_nothing(name, request):
    parser = _Strict()
    page = render("html", request.getfixturevalue(name), ASIDE)
    parser.feed(page)
    assert parser.open == []
    assert [tag for tag, _ in parser.seen].count("script") == 1
    for tag, attributes in parser.seen:
        assert tag not in {"link", "img", "iframe", "object", "base", "form"}
        assert not {"src", "onclick", "onload", "style"} & set(attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert "url(" not in page
    assert "@import" not in page


def test_the_page_tells_everything(report):
    page = lxml.html.fromstring(render("html", report, ASIDE))
    docs = page.findall(".//article")
    assert [a.get("href") for a in page.iterfind(".//nav//a")] == [f"#{d.get('id')}" for d in docs]
    assert [d.get("data-verdict") for d in docs] == ["compliant", "noncompliant", "undetermined", "unreadable"]
    told = " ".join(docs[1].text_content().split())
    for words in (
        "No cumple entregas/minuta febrero ñ.docx",
        "Minuta de reunión (confianza 97 %)",
        "El acuerdo 2 no indica fecha de compromiso.",
        "página 1, párrafo 31, tabla 1, fila 3, columna 3",
        "«Enviar el programa anual a la Coordinación»",
        "numeral 6, actividad 4, NOTA Procedimiento de programas virtuales",
        "Anotar la fecha de compromiso del acuerdo.",
        "devueltos/m.docx",
    ):
        assert words in told
    assert [b.text for b in page.iterfind(".//label/b")] == ["1", "1", "1", "1"]
    assert page.get("lang") == "es-MX"


def test_what_a_document_says_stays_text_on_the_page(hostile):
    page = lxml.html.fromstring(render("html", hostile))
    message = page.find(".//p[@class='message']").text_content()
    assert "</td><script>alert(1)</script>" in message
    assert "{{7*7}}" in message
    assert "&amp;" in message


def test_an_empty_report_says_so(empty):
    assert "No se revisó ningún documento." in render("html", empty)
    assert "0 documentos" in render("md", empty)
