"""A corrected document, checked again, asks only for what a person must write; filled in, it complies."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.check import check, load
from checker.findings import Result
from checker.handback.blank import blank
from checker.options import Options
from tests.corpus import FIXTURES
from tests.handback.filling import fill

FILES = [
    "demo/minuta-no-cumple.eml",
    "demo/plan-no-cumple.xlsx",
    "minutas/corridas-fecha-imposible.docx",
    "minutas/dos-tablas-fecha-anterior.docx",
    "minutas/encabezados-sin-acuerdos.docx",
    "minutas/encabezados-sin-firmas.docx",
    "minutas/formulario-sin-responsable.xlsx",
    "minutas/intranet-un-asistente.html",
    "minutas/numerada-sin-fechas.docx",
    "planes/tabla-plataforma-ajena.docx",
    "planes/tabla-vacia.docx",
    "planes/libro-sin-medio-4-ods.ods",
    "planes/generales-medios-vacios.docx",
]


def only(path: Path, options: Options | None = None) -> tuple[Result, tuple[Path, ...]]:
    found = [c for c in check([path], options or Options()) if c.result.type]
    assert len(found) == 1
    return found[0].result, found[0].written


def errors(result: Result) -> set[tuple[str, str]]:
    return {(f.rule, f.subject) for f in result.findings if f.outcome == "violated" and f.severity == "error"}


@pytest.mark.parametrize("file", FILES)
def test_only_a_persons_part_is_left_and_filling_it_in_complies(file: str, tmp_path: Path) -> None:
    first, written = only(FIXTURES / file, Options(correct=tmp_path))
    corrected = next(p for p in written if p.name.endswith(".corregido.docx"))
    again, _ = only(corrected)
    assert again.type == first.type
    assert errors(first) <= errors(again), "a finding vanished though nobody wrote anything"
    assert {rule for rule, subject in errors(again) - errors(first) if not subject.startswith("firmas")} == set()
    assert fill(corrected, tmp_path / "filled.docx") > 0
    filled, _ = only(tmp_path / "filled.docx")
    assert (filled.verdict, [f.message for f in filled.findings if f.severity == "error"]) == ("compliant", [])


@pytest.mark.parametrize("type_id", ["minuta-de-reunion", "plan-anual-de-difusion"])
def test_the_blank_document_is_of_its_type_and_complies_when_filled_in(type_id: str, tmp_path: Path) -> None:
    pack = next(p for p in load(Options()) if type_id in p.types)
    path = blank(pack.types[type_id], pack, tmp_path / "b.docx", None)
    empty, _ = only(path)
    assert empty.type == type_id
    required = {n for n, f in pack.types[type_id].fields.items() if f.required_by and not f.any_of_column}
    assert required <= {f.subject for f in empty.findings}
    assert not any(v.state == "present" for v in empty.fields.values())
    fill(path, tmp_path / "filled.docx")
    filled, _ = only(tmp_path / "filled.docx")
    assert (filled.verdict, [f.message for f in filled.findings if f.severity == "error"]) == ("compliant", [])
