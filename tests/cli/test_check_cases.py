"""What ``vobo check`` is told of case records: ``--procedure``, ``--partial``, ``--directory``, ``--as-of``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker.cli import main

DEMO = Path(__file__).parents[2] / "fixtures" / "demo"
Told = Callable[..., dict[str, Any]]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """The one result of a check with these arguments."""

    def run(*arguments: str) -> dict[str, Any]:
        report = tmp_path / "report.json"
        main(["check", *arguments, "--format", "json", "--output", str(report), "--quiet", "--jobs", "1"])
        (result,) = json.loads(report.read_text("utf-8"))["results"]
        return dict(result)

    return run


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    """Activities 95 to 98 of the case that complies, without the name of its procedure."""
    record = (DEMO / "caso-cumple.yaml").read_text("utf-8")
    head = "case: extracto\nevents:\n"
    path = tmp_path / "extracto.yaml"
    path.write_text(head + record[record.index('  - activity: "95"') : record.index('  - activity: "99"')], "utf-8")
    return path


def rules(result: dict[str, Any]) -> set[str]:
    return {f["rule"] for f in result["findings"] if f["outcome"] == "violated"}


def test_an_extract_owes_nothing_outside_it(extract: Path, told: Told) -> None:
    named = ("--procedure", "imss/programas-virtuales#programas-virtuales")
    whole = told(str(extract), *named)
    assert whole["kind"] == "case"
    assert {"PV-036.programas-virtuales-1-en-su-lugar", "PV-144.programas-virtuales-99-en-su-lugar"} <= rules(whole)
    assert rules(told(str(extract), *named, "--partial")) == set()


def test_a_procedure_that_nobody_knows_is_bad_usage(extract: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(extract), "--procedure", "programas-virtual"]) == 2
    assert "programas-virtual" in capsys.readouterr().err


def test_one_that_a_record_names_wrongly_leaves_it_undetermined(extract: Path, told: Told) -> None:
    extract.write_text("procedure: programas-virtual\n" + extract.read_text("utf-8"), "utf-8")
    result = told(str(extract))
    assert result["verdict"] == "undetermined"
    assert "¿se quiso decir «imss/programas-virtuales#programas-virtuales»?" in result["reason"]


def test_a_directory_tells_who_was_not_in_office(tmp_path: Path, told: Told) -> None:
    record = (DEMO / "caso-cumple.yaml").read_text("utf-8")
    path, directory = tmp_path / "caso.yaml", tmp_path / "personas.yaml"
    path.write_text(
        record.replace("    role: Titular de División\n", "    role: Titular de División\n    person: p-1\n"), "utf-8"
    )
    entry = "- {{person: p-1, role: Titular de División, from: 2025-01-01, to: {}}}\n"
    directory.write_text(entry.format("2026-03-10"), "utf-8")
    assert rules(told(str(path), "--directory", str(directory))) == {"PV-159.programas-virtuales-112-quien"}
    directory.write_text(entry.format("2026-12-31"), "utf-8")
    assert rules(told(str(path), "--directory", str(directory))) == set()


def test_the_directory_beside_a_record_is_read(tmp_path: Path, told: Told) -> None:
    (tmp_path / "caso.yaml").write_text((DEMO / "caso-cumple.yaml").read_text("utf-8"), "utf-8")
    (tmp_path / "directorio.yaml").write_text("- {person: p-1, cargo: x}\n", "utf-8")
    result = told(str(tmp_path / "caso.yaml"))
    assert result["verdict"] == "unreadable"
    assert "directorio.yaml:1" in result["reason"]


def test_what_is_not_there_by_the_day_is_told(tmp_path: Path, told: Told) -> None:
    path = tmp_path / "caso.yaml"
    path.write_text(
        "case: a\nprocedure: imss/operacion-territorial#seguimiento-territorial\n"
        "events: [{event: presentacion-de-resultados, at: 2026-01-28, role: UEOD}]\n",
        "utf-8",
    )
    assert rules(told(str(path), "--as-of", "2026-02-05")) == set()
    assert rules(told(str(path), "--as-of", "2026-02-06")) == {"OT-030.consta"}
