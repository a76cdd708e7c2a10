"""Headers, sheets and what stands beside a long list."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from checker.check import check
from checker.findings import Result
from checker.options import Options
from tests.lists.people import HEADER, TITLE, persons
from tests.lists.test_long_lists import COUNT, ROWS, judged


def _result(path: Path, build: Callable[[Worksheet], None]) -> Result:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    build(sheet)
    book.save(path)
    return judged(path)


def _complies(result: Result, rows: int = COUNT) -> bool:
    return (result.verdict, result.findings, result.fields["personas"].value) == ("compliant", (), {"rows": rows})


def test_a_header_three_rows_deep_with_merged_cells(tmp_path: Path) -> None:
    def build(sheet: Worksheet) -> None:
        for cells, text in (("A1:E1", TITLE), ("A3:E3", "Relación"), ("A4:B4", "Datos"), ("C4:D4", "Claves")):
            sheet[cells.partition(":")[0]] = text
            sheet.merge_cells(cells)
        for column, text in enumerate(HEADER, 1):
            sheet.cell(5, column, text)
        for row in ROWS:
            sheet.append(row)

    assert _complies(_result(tmp_path / "a.xlsx", build))


def test_numbers_that_are_stored_as_numbers(tmp_path: Path) -> None:
    def build(sheet: Worksheet) -> None:
        for row in ([TITLE], [], HEADER, *([*r[:3], int(r[3]), r[4]] for r in ROWS)):
            sheet.append(list(row))

    assert _complies(_result(tmp_path / "a.xlsx", build))


def test_a_unit_over_the_list_serves_every_row(tmp_path: Path) -> None:
    def build(sheet: Worksheet) -> None:
        for row in ([TITLE], ["OOAD:", "Jalisco"], HEADER[:4], *(r[:4] for r in ROWS)):
            sheet.append(list(row))

    assert _complies(_result(tmp_path / "a.xlsx", build))


def test_a_summary_below_is_no_part_of_the_list_and_is_told(tmp_path: Path) -> None:
    def build(sheet: Worksheet) -> None:
        below: tuple[list[object], ...] = (
            [],
            ["Resumen por OOAD"],
            ["OOAD", "Total"],
            ["Jalisco", 1200],
            [],
            ["Elaboró: Ana Pérez"],
        )
        for row in ([TITLE], [], HEADER, *ROWS, *below):
            sheet.append(list(row))

    result = _result(tmp_path / "a.xlsx", build)
    assert _complies(result)
    assert any(f"filas {COUNT + 5:,} a {COUNT + 7:,}" in note for note in result.notes)


def test_a_second_table_with_its_columns_in_another_order(tmp_path: Path) -> None:
    def build(sheet: Worksheet) -> None:
        order = (2, 3, 0, 1, 4)
        second = ([HEADER[n] for n in order], *([r[n] for n in order] for r in ROWS[1200:]))
        for row in ([TITLE], [], HEADER, *ROWS[:1200], [], ["Segunda parte"], *second):
            sheet.append(list(row))
        sheet.cell(1204 + 2 + 1 + 1000, 2, "123")

    (finding,) = _result(tmp_path / "a.xlsx", build).findings
    assert (finding.rule, finding.subject) == ("PV-120.nss-valido", "personas[2201].nss")


def test_sheets_go_on_counting(tmp_path: Path) -> None:
    rows = list(persons(2 * COUNT, 5))

    def build(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        other = sheet.parent.create_sheet("Sur")
        for row in ([TITLE], [], HEADER, *rows[:COUNT]):
            sheet.append(list(row))
        for row in (HEADER, *rows[COUNT:], rows[7]):
            other.append(list(row))

    result = _result(tmp_path / "a.xlsx", build)
    assert result.fields["personas"].value == {"rows": 2 * COUNT + 1}
    assert {(f.rule, f.subject.partition(".")[0]) for f in result.findings} == {
        ("PV-120.sin-repetir", f"personas[{2 * COUNT + 1}]"),
        ("PV-120.nss-repetido", f"personas[{2 * COUNT + 1}]"),
    }
    assert {f.location.cell for f in result.findings if f.location} == {f"Sur!C{COUNT + 2}", f"Sur!D{COUNT + 2}"}


def test_a_formula_without_its_value_is_not_determined(tmp_path: Path) -> None:
    def build(sheet: Worksheet) -> None:
        for row in ([TITLE], [], HEADER, *ROWS):
            sheet.append(list(row))
        sheet["E2000"] = "=VLOOKUP(A2000,Otra!A:B,2,0)"

    result = _result(tmp_path / "a.xlsx", build)
    assert [(f.rule, f.subject, f.outcome) for f in result.findings] == [
        ("PV-120.ooad", "personas[1997].ooad", "undetermined")
    ]
    assert result.verdict == "undetermined"


def test_an_error_value_in_a_column_that_nobody_asks_for_leaves_the_list_undetermined(tmp_path: Path) -> None:
    def build(sheet: Worksheet) -> None:
        for row in ([TITLE], [], [*HEADER, "Observaciones"], *([*r, ""] for r in ROWS)):
            sheet.append(list(row))
        sheet["F2000"] = "#REF!"

    result = _result(tmp_path / "a.xlsx", build)
    assert (result.verdict, result.findings) == ("undetermined", ())
    assert result.reason == "la celda Sheet!F2000 muestra el error #REF!"


@pytest.mark.parametrize(
    "row",
    [
        '<row r="{n}" s="1" customFormat="1" ht="15" customHeight="1"/>',
        '<row r="{n}" spans="1:2"><c r="A{n}" s="0"/><c r="B{n}" s="0"/></row>',
    ],
)
def test_a_sheet_formatted_down_to_its_end_takes_seconds(row: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for cells in (["Minuta de reunión"], ["Fecha", "14 de octubre de 2025"], ["Asunto", "Programas"]):
        sheet.append(cells)
    source, path = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book.save(source)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                empty = "".join(row.format(n=n) for n in range(4, 1_048_577))
                data = data.replace(b"</sheetData>", empty.encode() + b"</sheetData>")
            new.writestr(name, data)
    (answer,) = check([path], Options())
    assert answer.result.type == "minuta-de-reunion"
    assert answer.result.fields["asunto"].value == "Programas"


def test_a_long_file_of_no_known_type_is_told_by_its_head(tmp_path: Path) -> None:
    path = tmp_path / "precios.csv"
    path.write_text("Clave,Precio\n" + "".join(f"{n},{n / 7:.2f}\n" for n in range(200_000)), "utf-8")
    (answer,) = check([path], Options())
    assert (answer.result.verdict, answer.result.type) == ("undetermined", None)
    assert answer.result.reason
    assert "tipo" in answer.result.reason
