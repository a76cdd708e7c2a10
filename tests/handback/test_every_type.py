"""Every document type: blank, filled in, it complies; broken, corrected, it says the same until a person writes, and then complies."""

from __future__ import annotations

import json
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pypdf
import pytest

from checker.check import check, load
from checker.findings import Result
from checker.handback.blank import blank
from checker.options import Options
from checker.packs.model import DocumentType
from checker.packs.pack import Pack
from tests.corpus import FIXTURES, MISREAD
from tests.handback.by_example import fill

ROOT = FIXTURES / "tipos"
TYPES = [f"{p.info.prefix.lower()}/{t.id}" for p in load(Options()) for t in p.types.values() if t.kind == "document"]
MORE_THAN_FIELDS = {"ot/pat", "ot/iat"}
"""What they must hold is in their text, which no field takes in full."""


def type_of(name: str) -> tuple[Pack, DocumentType]:
    prefix, _, type_id = name.partition("/")
    pack = next(p for p in load(Options()) if p.info.prefix.lower() == prefix)
    return pack, pack.types[type_id]


def judged(path: Path, options: Options | None = None) -> tuple[Result, tuple[Path, ...]]:
    found = [c for c in check([path], options or Options()) if c.result.type]
    assert len(found) == 1, [(c.result.path, c.result.type, c.result.reason) for c in found]
    assert not found[0].defect
    return found[0].result, found[0].written


def errors(result: Result) -> set[tuple[str, str]]:
    return {(f.rule, f.subject) for f in result.findings if f.outcome == "violated" and f.severity == "error"}


@cache
def broken(name: str) -> tuple[str, ...]:
    """Two fixtures of the type: one that lacks a field, one with a fault within a table; files that stand alone."""
    expected: dict[str, dict[str, Any]] = json.loads((ROOT / "expected.json").read_text("utf-8"))["files"]
    found: dict[bool, str] = {}
    for file, entry in expected.items():
        faults = [f for f in entry["findings"] if f[1] == "violated"]
        alone = (
            file.startswith(f"{name}/") and not entry.keys() & {"with", "readings", "signed"} and file not in MISREAD
        )
        if alone and len(faults) == 1 and entry["verdict"] == "noncompliant" and faults[0][2] != "documento":
            found.setdefault("[" in faults[0][2], file)
    return tuple(found.values())


@pytest.mark.parametrize("name", TYPES)
def test_the_blank_document_is_of_its_type_and_complies_when_filled_in(name: str, tmp_path: Path) -> None:
    pack, document_type = type_of(name)
    suffix = "xlsx" if document_type.workbook else "docx"
    path = blank(document_type, pack, tmp_path / f"b.{suffix}", None)
    empty, _ = judged(path)
    assert empty.type == document_type.id
    assert [n for n, f in empty.fields.items() if f.state == "present"] == []
    required = {n for n, f in document_type.fields.items() if f.required_by and not f.any_of_column}
    assert required <= {f.subject.partition("[")[0] for f in empty.findings}
    if name in MORE_THAN_FIELDS:
        return
    target = tmp_path / f"lleno.{suffix}"
    assert fill(path, target, document_type, document_type.examples.passes[0].fields) > 0
    filled, _ = judged(target)
    assert [f.message for f in filled.findings if f.severity == "error"] == _in_any_format(filled)
    assert filled.verdict == ("noncompliant" if _in_any_format(filled) else "compliant")


FILES = [(name, file) for name in TYPES for file in broken(name)]


@pytest.mark.parametrize(("name", "file"), FILES, ids=[file for _, file in FILES])
def test_broken_is_found_corrected_and_complies_when_a_person_has_written(name: str, file: str, tmp_path: Path) -> None:
    pack, document_type = type_of(name)
    options = Options(correct=tmp_path, annotate=tmp_path / "notas", reply=tmp_path / "respuestas")
    first, written = judged(ROOT / file, options)
    assert errors(first)
    corrected = next(p for p in written if ".corregido." in p.name)
    assert corrected.suffix == (".xlsx" if document_type.workbook else ".docx")
    assert any(p.parent.name == "respuestas" for p in written)
    notes = _notes(next(p for p in written if p.parent.name == "notas"))
    assert [f.message for f in first.findings if f.rule not in notes] == []
    again, _ = judged(corrected)
    assert again.type == first.type
    formats = {(f.rule, f.subject) for f in (*first.findings, *again.findings) if f.subject == "documento"}
    assert errors(first) - formats <= errors(again), "a finding vanished though nobody wrote anything"
    signed = {n for n, f in document_type.fields.items() if f.kind == "signatures"}
    news = errors(again) - errors(first) - formats
    assert {(rule, subject) for rule, subject in news if subject.partition("[")[0] not in signed} == set()
    if name in MORE_THAN_FIELDS:
        return
    target = tmp_path / f"lleno{corrected.suffix}"
    told = {f.rule for f in first.findings if f.severity != "info"}
    of_another = any(r.head.when for r in pack.rules if r.head.id in told)  # the compliant example is of another unit
    assert fill(corrected, target, document_type, document_type.examples.passes[0].fields, anew=of_another) > 0
    filled, _ = judged(target)
    assert [f.message for f in filled.findings if f.severity == "error"] == _in_any_format(filled)


def _notes(path: Path) -> str:
    """The words of an annotated copy, or of its notes."""
    if path.suffix == ".pdf":
        pages = pypdf.PdfReader(path).pages
        return "".join(str(note.get_object().get("/Contents", "")) for p in pages for note in p.get("/Annots", ()))
    if not zipfile.is_zipfile(path):
        return path.read_bytes().decode("utf-8", "replace")
    with zipfile.ZipFile(path) as package:
        return "".join(package.read(n).decode("utf-8", "replace") for n in package.namelist() if n.endswith(".xml"))


def _in_any_format(result: Result) -> list[str]:
    """What concerns the format in which a person saves it: a PDF is asked for, and what is filled in is not yet one."""
    asked = {r.head.id for p in load(Options()) for r in p.rules if r.kind == "media_type"}
    return [f.message for f in result.findings if f.rule in asked]
