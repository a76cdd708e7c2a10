"""``vobo template``."""

from __future__ import annotations

import argparse
from pathlib import Path

import docx
import pytest

from checker.cli import template


def call(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    template.configure(parser)
    return template.run(parser.parse_args(arguments))


def test_writes_the_blank_document_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "sub" / "m.docx"
    assert call("minuta-de-reunion", "-o", str(target)) == 0
    assert capsys.readouterr().out == f"{target}\n"
    document = docx.Document(str(target))
    text = [p.text for p in document.paragraphs] + [c.text for t in document.tables for r in t.rows for c in r.cells]
    assert any("Anote: día, mes y año de la reunión — numeral " in t for t in text)
    agreements = document.tables[2]
    assert [c.text for c in agreements.rows[0].cells] == ["Acuerdo", "Responsable", "Fecha compromiso"]
    assert len(agreements.rows) >= 4
    assert [c.text for c in agreements.rows[-1].cells] == ["", "", ""]


def test_goes_to_the_current_folder_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("plan-anual-de-difusion") == 0
    assert (tmp_path / "plan-anual-de-difusion.docx").is_file()


def test_does_not_overwrite_without_force(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "m.docx"
    target.write_text("mío")
    assert call("minuta-de-reunion", "-o", str(target)) == 2
    assert "--force" in capsys.readouterr().err
    assert target.read_text() == "mío"
    assert call("minuta-de-reunion", "-o", str(target), "--force") == 0
    assert target.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["minuta-de-reunon"], "did you mean minuta-de-reunion"),
        (["zzzz"], "there are: "),
        (["minuta-de-reunion", "--pack", "imss/otra"], "no pack 'imss/otra'"),
        (["minuta-de-reunion", "--template-dir", "no-existe"], "no such folder"),
    ],
)
def test_bad_usage_is_one_line_and_2(
    arguments: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(*arguments) == 2
    error = capsys.readouterr().err
    assert says in error
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_where_it_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert call("minuta-de-reunion", "-o", str(tmp_path / "file" / "m.docx")) == 2
    assert "file" in capsys.readouterr().err


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        assert call("minuta-de-reunion", "-o", str(tmp_path / name)) == 0
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
