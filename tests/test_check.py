"""``check``: results in order whatever the files do, and nothing lost on the way back."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest

from checker.check import check
from checker.judged import Checked
from checker.options import BadOption, Options
from tests.corpus import FIXTURES

GOOD, BAD = FIXTURES / "demo" / "minuta-cumple.docx", FIXTURES / "demo" / "minuta-no-cumple.docx"


def _verdicts(found: list[Checked]) -> list[tuple[str, str]]:
    return [(Path(c.result.path).name, c.result.verdict) for c in found]


@pytest.mark.parametrize("workers", [1, 2])
def test_one_bad_file_never_stops_the_others(tmp_path: Path, workers: int) -> None:
    broken = tmp_path / "roto.docx"
    broken.write_bytes(GOOD.read_bytes()[:3000])
    gone = tmp_path / "no-existe.docx"
    found = list(check([GOOD, broken, gone, tmp_path, BAD], Options(workers=workers)))
    assert _verdicts(found) == [
        ("minuta-cumple.docx", "compliant"),
        ("roto.docx", "unreadable"),
        ("no-existe.docx", "unreadable"),
        (tmp_path.name, "unreadable"),
        ("minuta-no-cumple.docx", "noncompliant"),
    ]
    assert all(c.result.reason for c in found if c.result.verdict == "unreadable")
    assert not any(c.defect for c in found)


def test_files_of_one_name_are_handed_back_apart(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        shutil.copy(BAD, tmp_path / folder / "minuta.docx")
    shutil.copy(BAD.with_suffix(".pdf"), tmp_path / "a" / "minuta.pdf")
    paths = [tmp_path / "a" / "minuta.docx", tmp_path / "a" / "minuta.pdf", tmp_path / "b" / "minuta.docx"]
    out = tmp_path / "out"
    found = list(check(paths, Options(annotate=out, correct=out, reply=out)))
    names = sorted(p.name for c in found for p in c.written)
    assert names == sorted(p.name for p in out.iterdir())
    assert len(names) == 9
    assert {"minuta.corregido.docx", "minuta-pdf.corregido.docx", "minuta-docx.corregido.docx"} <= set(names)


def test_a_hostile_letterhead_costs_neither_the_verdict_nor_the_other_files(tmp_path: Path) -> None:
    paper = docx.Document()
    paper.add_paragraph("{{ ''.__class__.__mro__ }}")
    paper.save(str(tmp_path / "membrete.docx"))
    (found,) = check([BAD], Options(annotate=tmp_path / "out", correct=tmp_path / "out", letterhead=tmp_path))
    assert found.result.verdict == "noncompliant"
    assert [p.name for p in found.written] == ["minuta-no-cumple.observaciones.docx"]
    assert "__class__" in found.trouble[0]
    assert found.defect == ""


def test_signed_finals_doubt_a_signature_that_is_not_seen() -> None:
    (draft,) = check([GOOD], Options())
    (final,) = check([GOOD], Options(signed=True))
    assert (draft.result.verdict, final.result.verdict) == ("compliant", "undetermined")
    assert [f.rule for f in final.result.findings if f.severity == "error"] == ["PV-040.firma-visible"]


def test_an_interpretation_may_be_read_otherwise(tmp_path: Path) -> None:
    path = FIXTURES / "minutas" / "tabla-etiquetas-sin-responsable.docx"
    (strict,) = check([path], Options())
    (lenient,) = check([path], Options(readings={"PV-i07": "sin-responsable"}))
    assert (strict.result.verdict, lenient.result.verdict) == ("noncompliant", "compliant")


@pytest.mark.parametrize(
    "options",
    [
        Options(type="acta"),
        Options(packs=("imss/otra",)),
        Options(readings={"PV-i99": "x"}),
        Options(readings={"PV-i07": "x"}),
    ],
)
def test_what_does_not_exist_is_said_before_anything_is_read(options: Options) -> None:
    with pytest.raises(BadOption):
        next(check([GOOD], options))


def test_a_forced_type_is_not_doubted() -> None:
    (found,) = check([FIXTURES / "demo" / "plan-cumple.docx"], Options(type="minuta-de-reunion"))
    assert (found.result.type, found.result.verdict) == ("minuta-de-reunion", "noncompliant")
