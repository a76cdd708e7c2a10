"""``vobo next`` over records as offices write them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.cli import main

DEMO = Path(__file__).parents[2] / "fixtures" / "demo"
WAITING = """\
case: EE-2026-04
procedure: imss/operacion-territorial#seguimiento-territorial
events:
  - {event: presentacion-de-resultados, at: 2026-01-28, role: UEOD}
"""


@pytest.fixture
def waiting(tmp_path: Path) -> str:
    path = tmp_path / "caso.yaml"
    path.write_text(WAITING, "utf-8")
    return str(path)


def test_what_is_due_is_told_with_its_last_day(waiting: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["next", waiting, "--as-of", "2026-02-03"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Informe de evaluación integral" in told
    assert "vence el 5 de febrero de 2026" in told
    assert "Día de la Constitución" in told
    assert "7.2.2.3 a)" in told


def test_after_its_last_day_it_is_overdue(waiting: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["next", waiting, "--as-of", "2026-02-06"]) == 0
    assert "venció el 5 de febrero de 2026" in capsys.readouterr().out


def test_the_same_as_json(waiting: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["next", waiting, "--as-of", "2026-02-03", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["as_of"] == "2026-02-03"
    (case,) = told["cases"]
    assert case["case"] == "EE-2026-04"
    assert {due["until"] for due in case["due"]} == {"2026-02-05"}


def test_in_a_flow_it_is_what_follows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = (DEMO / "caso-cumple.yaml").read_text("utf-8")
    path = tmp_path / "caso.yaml"
    path.write_text(record[: record.index('  - activity: "100"')], "utf-8")
    assert main(["next", str(path), "--as-of", "2026-03-18"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "100 («Reenviar las cifras" in told
    assert "Conducto Titular de la Dirección" in told
    assert "101 («" not in told


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--as-of", "3 de febrero"], "a day is written 2026-02-03"),
        (["--procedure", "seguimiento-teritorial"], "seguimiento-territorial"),
    ],
)
def test_bad_usage(arguments: list[str], problem: str, waiting: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["next", waiting, *arguments]) == 2
    assert problem in capsys.readouterr().err


def test_a_file_that_is_no_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "nada.yaml").write_text("una: cosa\n", "utf-8")
    assert main(["next", str(tmp_path / "nada.yaml")]) == 2
    assert "nada.yaml" in capsys.readouterr().err
