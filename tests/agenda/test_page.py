"""The page: well formed, escaped, every deadline and day of rest on it, every link with its target."""

import re

from lxml import html

from checker.agenda.model import Agenda
from checker.agenda.page import page


def test_it_escapes_and_fetches_nothing(agenda: Agenda) -> None:
    written = page(agenda).decode()
    assert "<b>" not in written
    assert "Jueves &lt;Santo&gt;" in written
    assert "\x07" not in written
    assert "<script" not in written
    assert not re.search(r"(?:src|url)\s*[=(]", written)
    assert "default-src 'none'" in html.fromstring(written).xpath("string(//meta[@http-equiv]/@content)")


def test_deadlines_are_linked_from_their_days(agenda: Agenda) -> None:
    tree = html.fromstring(page(agenda))
    links = tree.xpath("//td/a")
    assert len(links) == len({item.last for item in agenda.dated})
    assert all(len(tree.xpath(f"//*[@id='{a.get('href')[1:]}']")) == 1 for a in links)
    assert tree.xpath("//td/a/@aria-label")[:2] == ["8 de enero: 1 plazo", "9 de febrero: 2 plazos"]
    assert len(tree.xpath("//div[@class='lists']//tbody/tr")) == len(agenda.dated) + len(agenda.undated)


def test_months_show_their_days_of_rest(agenda: Agenda) -> None:
    tree = html.fromstring(page(agenda))
    assert tree.xpath("//caption/text()") == [
        f"{m} de 2026" for m in ("Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio")
    ]
    rests = {li.text for li in tree.xpath("//div[@class='month']//li")}
    assert rests == {
        "1: Año Nuevo",
        "2: Día de la Constitución",
        "16: Natalicio de Benito Juárez",
        "2: Jueves <Santo>",
        "1: Día del Trabajo",
    }
    assert len(tree.xpath("//td[contains(@class, 'rest')]")) == 5
    assert sum(int(td.text) for td in tree.xpath("(//div[@class='month'])[2]//td") if td.text) + 9 == sum(range(1, 29))


def test_it_is_accessible(agenda: Agenda) -> None:
    tree = html.fromstring(page(agenda))
    assert tree.get("lang") == "es-MX"
    assert len(tree.xpath("//h1")) == len(tree.xpath("//main")) == 1
    assert not tree.xpath("//th[not(@scope)]")
    assert all(table.xpath("caption") or table.get("aria-label") for table in tree.xpath("//table"))
    assert tree.xpath("//h2/text()") == ["Calendario", "Plazos con fecha", "Plazos sin fecha fija"]
