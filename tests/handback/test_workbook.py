"""Document types that offices keep as a workbook: blank and corrected copies are workbooks, typed, marked and validated."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from checker.check import check, load
from checker.handback.blank import blank
from checker.options import Options
from checker.packs.pack import Pack

PACK = {
    "pack.yaml": "id: demo/obras\nprefix: DO\ntitle: Norma de obras\nissuer: Oficina\nedition: '2025'\n",
    "obligations.yaml": "DO-001: {numeral: '1', demands: El padrón está completo}\n",
    "tables/tipos.yaml": "id: tipos-de-obra\ntitle: Tipos de obra\nsource: '1'\nentries: {Puente: [], Camino: [], Presa: [bordo]}\n",
    "documents/padron.yaml": """\
id: padron-de-obras
title: Padrón de obras
source: '1'
workbook: true
recognise: {titles: [padrón de obras]}
fields:
  fecha: {title: Fecha de corte, kind: date, labels: [fecha de corte], required_by: DO-001, remedy: Anotar la fecha., guidance: día del corte}
  obras:
    title: Obras
    kind: table
    labels: [obras, padrón]
    required_by: DO-001
    remedy: Relacionar las obras.
    columns:
      obra: {title: Obra, labels: [obra], required_by: DO-001, remedy: Nombrar la obra.}
      tipo: {title: Tipo, labels: [tipo], required_by: DO-001, remedy: Señalar el tipo.}
      estado: {title: Estado, kind: choice, labels: [estado], choices: {en proceso: [], concluida: [terminada]}}
      inicio: {title: Inicio, kind: date, labels: [inicio], required_by: DO-001, remedy: Anotar el inicio.}
      metros: {title: Metros, kind: number, labels: [metros], required_by: DO-001, remedy: Anotar los metros.}
  avances:
    title: Avances
    kind: table
    labels: [avances]
    columns:
      tramo: {title: Tramo, labels: [tramo]}
      enero: {title: Enero, kind: number, labels: [enero]}
      febrero: {title: Febrero, kind: number, labels: [febrero]}
      suma: {title: Suma, kind: number, labels: [suma]}
  avance_total: {title: Avance total, kind: number, labels: [avance total]}
""",
    "rules/sumas.yaml": """\
- id: DO-001.suma
  title: La suma es la de los meses
  on: {document: padron-de-obras}
  sum_equals: {table: avances, columns: [enero, febrero], total: suma}
  remedy: Corregir la suma.
- id: DO-001.avance-total
  title: El avance total es la suma de los avances
  on: {document: padron-de-obras}
  sum_equals: {field: avance_total, of: [avances.suma]}
  remedy: Corregir el avance total.
""",
    "rules/tipo.yaml": """\
- id: DO-001.tipo-conocido
  title: El tipo es de la lista
  on: {document: padron-de-obras}
  one_of: {field: obras.tipo, catalogue: tipos-de-obra}
  remedy: Elegir un tipo de la lista.
""",
}


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pack:
    monkeypatch.setenv("VOBO_CACHE_DIR", str(tmp_path / "cache"))
    for name, content in PACK.items():
        path = tmp_path / "pack" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return next(p for p in load(_options(tmp_path)) if p.info.id == "demo/obras")


def _options(folder: Path, **more: object) -> Options:
    return Options(rules=(folder / "pack",), packs=("demo/obras",), **more)  # type: ignore[arg-type]


def _submission(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (
        ["Padrón de obras"],
        ["Fecha de corte", dt.date(2026, 3, 31)],
        [],
        ["Obra", "Tipo", "Estado", "Inicio", "Metros", "Contratista"],
        ["Puente Norte", "Puente", "terminada", dt.date(2025, 5, 2), 120, "Grupo Alfa"],
        ["Camino viejo", "Vereda", "en proceso", None, 850.5, "Grupo Beta"],
        ["Bordo", "Presa", "en proceso", dt.date(2026, 1, 8), None, "Grupo Gama"],
        [],
        ["Nota: faltan las obras del segundo semestre."],
    ):
        sheet.append(row)
    path = folder / "padron.xlsx"
    book.save(path)
    return path


def _errors(folder: Path, path: Path) -> set[tuple[str, str]]:
    (found,) = check([path], _options(folder))
    assert found.result.type == "padron-de-obras"
    return {(f.rule, f.subject) for f in found.result.findings}


WRONG = {
    ("DO-001.tipo-conocido", "obras[2].tipo"),
    ("DO-001.inicio", "obras[2].inicio"),
    ("DO-001.metros", "obras[3].metros"),
}


def test_the_corrected_workbook_keeps_all_marks_what_is_wrong_and_validates(pack: Pack, tmp_path: Path) -> None:
    source = _submission(tmp_path)
    assert _errors(tmp_path, source) == WRONG
    (found,) = check([source], _options(tmp_path, correct=tmp_path / "out"))
    (written,) = found.written
    assert written.name == "padron.corregido.xlsx"
    sheet = openpyxl.load_workbook(written)["Documento"]
    cells = {c.coordinate: c for row in sheet.iter_rows() for c in row if c.value is not None}
    values = {c.value for c in cells.values()}
    assert {dt.datetime(2026, 3, 31), dt.datetime(2025, 5, 2), 120, 850.5, "Grupo Beta"} <= values
    assert any("segundo semestre" in str(v) for v in values)
    gaps = [c for c in cells.values() if str(c.value).startswith("[Anote")]
    assert len(gaps) == 2
    assert {c.fill.fgColor.rgb for c in gaps} == {"FFFFF2CC"}
    (doubt,) = [c for c in cells.values() if str(c.value).startswith("Vereda")]
    assert doubt.fill.fgColor.rgb == "FFFCE3D0"
    kinds = {v.type for v in sheet.data_validations.dataValidation}
    assert kinds == {"date", "decimal", "list"}
    lists = {v.formula1 for v in sheet.data_validations.dataValidation if v.type == "list"}
    assert lists == {'"Puente,Camino,Presa"', '"en proceso,concluida"'}


def test_corrected_read_again_says_the_same_until_a_person_writes(pack: Pack, tmp_path: Path) -> None:
    (found,) = check([_submission(tmp_path)], _options(tmp_path, correct=tmp_path / "out"))
    (written,) = found.written
    assert _errors(tmp_path, written) == WRONG
    book = openpyxl.load_workbook(written)
    sheet: Any = book["Documento"]
    for row in sheet.iter_rows():
        for cell in row:
            text = str(cell.value or "")
            if text.startswith("Vereda"):
                cell.value = "Camino"
            elif text.startswith("[Anote"):
                header = next(
                    sheet.cell(r, cell.column).value for r in range(cell.row, 0, -1) if sheet.cell(r, 1).value == "Obra"
                )
                cell.value = dt.date(2025, 9, 1) if header == "Inicio" else 40
            elif text.startswith("[Escriba"):
                cell.value = None
    book.save(tmp_path / "lleno.xlsx")
    (filled,) = check([tmp_path / "lleno.xlsx"], _options(tmp_path))
    assert (filled.result.verdict, filled.result.findings) == ("compliant", ())


def test_the_blank_workbook_is_of_its_type(pack: Pack, tmp_path: Path) -> None:
    path = blank(pack.types["padron-de-obras"], pack, tmp_path / "b.xlsx", None)
    again = blank(pack.types["padron-de-obras"], pack, tmp_path / "c.xlsx", None)
    assert path.read_bytes() == again.read_bytes()
    (found,) = check([path], _options(tmp_path))
    assert found.result.type == "padron-de-obras"
    assert not any(f.state == "present" for f in found.result.fields.values())
    assert {"fecha", "obras"} <= {f.subject for f in found.result.findings}


def test_what_adds_up_is_a_formula_and_what_does_not_stays_as_written(pack: Pack, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_submission(tmp_path))
    sheet: Any = book.active
    for row in (
        [],
        ["Avances"],
        ["Tramo", "Enero", "Febrero", "Suma"],
        ["Norte", 3, 4, 7],
        ["Sur", 5, 1, 6],
        [],
        ["Avance total", 20],
    ):
        sheet.append(row)
    book.save(tmp_path / "avances.xlsx")
    (found,) = check([tmp_path / "avances.xlsx"], _options(tmp_path, correct=tmp_path / "out"))
    sums = {f.subject for f in found.result.findings if f.rule in ("DO-001.suma", "DO-001.avance-total")}
    assert sums == {"avance_total"}
    (written,) = found.written
    book = openpyxl.load_workbook(written)
    cells = {str(c.value): c for row in _sheet(book).iter_rows() for c in row if c.value is not None}
    formulas = sorted(text for text in cells if text.startswith("="))
    assert [f.partition("=0")[0] for f in formulas] == ["=IF(COUNT(B16:C16)", "=IF(COUNT(B17:C17)"]
    assert "20" in cells
    assert _sums(tmp_path, written) == [7, 6]
    book.save(tmp_path / "sin-valores.xlsx")  # as a program writes it that does not calculate
    assert _sums(tmp_path, tmp_path / "sin-valores.xlsx") == [7, 6]


def _sheet(book: Any) -> Any:
    return book["Documento"]


def _sums(folder: Path, path: Path) -> list[object]:
    (found,) = check([path], _options(folder))
    assert "avance_total" in {f.subject for f in found.result.findings}
    rows = found.result.fields["avances"].value
    assert isinstance(rows, list)
    return [row["suma"] for row in rows]
