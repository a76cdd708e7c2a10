"""``vobo procedure list`` and ``vobo procedure show``."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from checker.check import load
from checker.cli import main
from checker.options import Options


def test_list_names_every_procedure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["procedure", "list"]) == 0
    told = capsys.readouterr().out.splitlines()
    known = [f"{p.info.id}#{name}" for p in load(Options()) for name in p.casebook.procedures]
    assert [line.split()[0] for line in told] == known
    assert any("facultades" in line and "no flow" in line for line in told)


@pytest.mark.parametrize(("form", "root"), [("svg", "svg"), ("bpmn", "definitions"), ("pnml", "pnml")])
def test_show_writes_a_drawing(form: str, root: str, tmp_path: Path) -> None:
    path = tmp_path / f"campanas.{form}"
    assert main(["procedure", "show", "campanas", "--format", form, "--output", str(path)]) == 0
    assert ElementTree.parse(path).getroot().tag.rpartition("}")[2] == root


def test_show_prints_mermaid_with_every_activity(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["procedure", "show", "fonacot/productos-digitales#campanas"]) == 0
    told = capsysbinary.readouterr().out.decode()
    assert re.match(r"(flowchart|graph) ", told)
    assert "Difundir la campaña solicitada" in told


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["campana"], "campanas"),
        (["facultades", "--format", "pnml"], "is no flow"),
    ],
)
def test_bad_usage(arguments: list[str], problem: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["procedure", "show", *arguments]) == 2
    assert problem in capsys.readouterr().err
