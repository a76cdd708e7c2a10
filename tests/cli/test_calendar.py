"""``vobo calendar``."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import icalendar
import pytest
from lxml import html

from checker.cli import main
from tests.agenda.packs import written


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOBO_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return written(tmp_path / "rules")


def arguments(rules: Path, *more: str) -> list[str]:
    year = ("--from", "2026-01-01", "--to", "2026-12-31")
    return ["calendar", "--rules", str(rules), "--pack", "DP", "--role", "AI", *year, *more]


def test_text(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments(rules)) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        "Plazos: Área de Informes (AI), del 1 de enero de 2026 al 31 de diciembre de 2026\nNorma de plazos, clave DP-01"
    )
    assert (
        "  lun  9  Informe mensual, enero de 2026 (AI), desde el 1 de febrero\n          numeral 1 · DP-001.cierre\n"
        in out
    )


def test_files_by_their_endings(rules: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for ending in ("ics", "csv", "html", "txt"):
        assert main(arguments(rules, "-o", str(tmp_path / f"plazos.{ending}"))) == 0
    assert capsys.readouterr().out.splitlines() == [
        str(tmp_path / f"plazos.{e}") for e in ("ics", "csv", "html", "txt")
    ]
    events = icalendar.Calendar.from_ical((tmp_path / "plazos.ics").read_bytes()).walk("VEVENT")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "plazos.csv").read_text("utf-8-sig"), newline="")))
    assert [e.decoded("DTSTART").isoformat() for e in events] == [r["Fecha límite"] for r in rows]
    assert len(events) == 13
    assert len(html.fromstring((tmp_path / "plazos.html").read_bytes()).xpath("//td[@class='due']")) == 13
    assert "DP-001.cierre" in (tmp_path / "plazos.txt").read_text("utf-8")


def test_bytes_to_standard_output(rules: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(arguments(rules, "--format", "ics")) == 0
    assert capfdbinary.readouterr().out.startswith(b"BEGIN:VCALENDAR\r\n")


def test_what_has_no_place_in_an_ics_is_told(rules: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = str(tmp_path / "x.ics")
    assert main(["calendar", "--rules", str(rules), "--pack", "DP", "--from", "2026-01-01", "-o", target]) == 0
    assert "vobo calendar: 9 duties have no date of their own" in capsys.readouterr().err


def test_the_configuration_closes_days_and_chooses_readings(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("vobo.toml").write_text(
        '[check]\nrules = ["rules"]\npacks = ["demo/plazos"]\n'
        '[interpretations]\nDP-i01 = "habiles"\n[calendar]\nclosed = ["2026-01-08 Aniversario"]\n',
        "utf-8",
    )
    assert main(["calendar", "--from", "2026-01-01", "--to", "2026-01-31"]) == 0
    out = capsys.readouterr().out
    assert "vie  9  Informe mensual" in out
    assert "DP-003.primeros-habiles" in out
    assert "8 de enero (Aniversario)" in out


def test_a_unit(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calendar", "--rules", str(rules), "--pack", "DP", "--unit", "AI", "--from", "2026-01-01"]) == 0
    out = capsys.readouterr().out
    assert "DP-001.cierre" in out
    assert "DP-003.primeros-naturales" in out
    assert "DP-004.ventana" not in out


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (["--pack", "XX"], "--pack 'XX' is unknown"),
        (["--role", "Area de Informe"], "did you mean 'Área de Informes'"),
        (["--unit", "zzzz"], "no unit 'zzzz' in DP"),
        (["--from", "2026-02-30"], "--from 2026-02-30: write a date as 2026-02-03"),
        (["--to", "2025-12-31"], "--to 2025-12-31 is before --from 2026-01-01"),
        (["--from", "0206-01-01"], "write days of the years 1992 to 2098"),
        (["--to", "2090-01-01"], "at most 3660 of them"),
        (["-o", "plazos.doc"], "which format is 'plazos.doc'?"),
        (["-o", "nowhere/plazos.ics"], "there is no folder 'nowhere'"),
        (["-o", ".", "--format", "ics"], "a file is wanted, not a folder"),
    ],
)
def test_bad_usage(rules: Path, wrong: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments(rules, *wrong)) == 2
    assert told in capsys.readouterr().err
