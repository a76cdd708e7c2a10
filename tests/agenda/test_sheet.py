"""CSV: comes back as it was, and no cell is a formula."""

import csv
import io

from checker.agenda.model import Agenda
from checker.agenda.sheet import sheet


def test_rows_come_back(agenda: Agenda) -> None:
    written = sheet(agenda)
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.count(b"\r\n") == written.count(b"\n")
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert [r["Fecha límite"] for r in rows] == [*(item.last.isoformat() for item in agenda.dated), ""]
    assert rows[-1]["Cuándo"] == "dentro de los 5 días hábiles posteriores a «Celebración»"
    assert {r["Clave"] for r in rows} == {"1000-001-004", ""}
    assert rows[0]["Numeral"] == "7.2.2.3"


def test_nothing_is_run(agenda: Agenda) -> None:
    rows = list(csv.reader(io.StringIO(sheet(agenda).decode("utf-8-sig"), newline="")))
    assert sum(cell.startswith("'=HYPERLINK") for row in rows for cell in row) == len(agenda.dated)
    assert not any(cell[:1] in set("=+-@|%\t\r") for row in rows for cell in row if cell)
