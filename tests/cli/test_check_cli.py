"""``vobo check`` on real files, through the door that users take."""

import fcntl
import io
import json
import os
import struct
import subprocess
import sys
import termios
from pathlib import Path

import jsonschema
import pytest

from checker.cli import main
from checker.report.schema import schema

MINUTA = """# Minuta de reunión

Fecha: 14 de octubre de 2025

Asunto: Programación anual de cursos virtuales

## Asistentes

- Laura Méndez Ríos, Titular de División
- Jorge Salas Pérez, Titular de la Jefatura del Área de Producción

## Orden del día

1. Revisión de la oferta
2. Metas de inscripción

## Acuerdos

| No. | Acuerdo | Responsable | Fecha compromiso |
|---|---|---|---|
| 1 | Elaborar la planeación anual | Jorge Salas Pérez | 30 de octubre de 2025 |
| 2 | Difundir los cursos en la unidad | Laura Méndez Ríos | 14 de noviembre de 2025 |

## Firmas

| Nombre | Cargo | Firma |
|---|---|---|
| Laura Méndez Ríos | Titular de División | Firma electrónica: a1b2c3d4e5f6 |
| Jorge Salas Pérez | Titular de la Jefatura del Área de Producción | Firma electrónica: f6e5d4c3b2a1 |
"""
SIN_FECHA = MINUTA.replace("14 de noviembre de 2025", "")


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with a minuta that complies, one that does not, and a file that cannot be read."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    Path("bien.md").write_text(MINUTA, encoding="utf-8")
    Path("mal.md").write_text(SIN_FECHA, encoding="utf-8")
    Path("vacio.docx").write_bytes(b"")
    return tmp_path


@pytest.fixture
def vobo(here, capfdbinary):
    def run(*arguments: str):
        code = main(["check", *arguments])
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return run


def test_what_complies_is_0(vobo):
    code, out, err = vobo("bien.md")
    assert code == 0, out
    assert out.startswith("✔ CUMPLE  bien.md\n  Minuta de reunión (confianza ")
    assert "1 documento: 1 cumple" in out
    assert err == ""


def test_what_does_not_is_1_with_everything_a_person_needs(vobo):
    code, out, _ = vobo("mal.md")
    assert code == 1
    assert "✘ NO CUMPLE  mal.md" in out
    assert "PV-040.fechas-compromiso" in out
    for label in ("Dónde", "Fundamento", "Qué hacer"):
        assert f"    {label.ljust(12)}" in out


def test_what_cannot_be_read_is_2_and_does_not_stop_the_others(vobo):
    code, out, _ = vobo("vacio.docx", "nowhere.docx", "mal.md", "bien.md")
    assert code == 2
    assert (
        out.index("! NO SE PUDO LEER  vacio.docx") < out.index("! NO SE PUDO LEER  nowhere.docx") < out.index("mal.md")
    )
    assert "4 documentos: 1 cumple · 1 no cumple · 2 no se pudieron leer" in out


def test_what_is_no_document_of_ours_is_undetermined_and_2_when_strict(vobo):
    Path("receta.md").write_text("# Mole\n\nChiles, chocolate y paciencia.\n", encoding="utf-8")
    code, out, _ = vobo("receta.md")
    assert code == 0
    assert "? POR VERIFICAR  receta.md" in out
    assert vobo("receta.md", "--strict")[0] == 2


def test_exit_zero_is_for_reports_and_not_for_bad_usage(vobo):
    assert vobo("mal.md", "vacio.docx", "--exit-zero")[0] == 0
    assert vobo("mal.md", "--exit-zero", "--type", "minuta")[0] == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["*.odt"], "no file matches '*.odt'"),
        (["bien.md", "--type", "minuta"], "no document type 'minuta'"),
        (["bien.md", "--pack", "imss/nada"], "no pack 'imss/nada'"),
        (["bien.md", "--select", "PV-999"], "no rule matches 'PV-999'"),
        (["bien.md", "--format", "jsn"], "did you mean 'json'?"),
        (["bien.md", "--severity", "PV-040"], "write RULE=LEVEL"),
        (["bien.md", "--severity", "PV-040=fatal"], "write RULE=LEVEL"),
        (["bien.md", "--as-of", "ayer"], "write a date as 2026-02-03"),
        (["bien.md", "--jobs", "0"], "write a number above 0"),
        (["bien.md", "--jobs", "1.5"], "write a whole number"),
        (["bien.md", "--seconds", "nan"], "write a number above 0"),
        (["bien.md", "--rules", "nowhere"], "--rules nowhere: no such folder"),
        (["bien.md", "--template-dir", "nowhere"], "--template-dir nowhere: no such folder"),
        (["bien.md", "--config", "nowhere.toml"], "nowhere.toml: No such file"),
        (["bien.md", "--output", "nowhere/r.json"], "there is no folder"),
        ([], "the following arguments are required: PATH"),
    ],
)
def test_bad_usage_is_2_and_one_line(vobo, arguments, told):
    code, out, err = vobo(*arguments)
    assert code == 2
    assert told in err
    assert out == ""
    assert "Traceback" not in err


def test_a_folder_without_files_is_bad_usage_but_an_empty_list_is_not(vobo, monkeypatch):
    Path("nada").mkdir()
    code, _, err = vobo("nada")
    assert code == 2
    assert "no files in nada" in err
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert vobo("-")[:2] == (0, "0 documentos\n")


def test_paths_from_standard_input(vobo, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"bien.md\n\nmal.md\n")))
    _, out, _ = vobo("-", "--format", "json")
    assert [r["path"] for r in json.loads(out)["results"]] == ["bien.md", "mal.md"]


def test_json_is_the_contract_and_the_same_for_any_number_of_workers(vobo):
    told = {vobo("mal.md", "vacio.docx", "bien.md", "nowhere", "--format", "json", "-j", str(n))[1] for n in (1, 2, 3)}
    assert len(told) == 1
    report = json.loads(told.pop())
    jsonschema.validate(report, schema())
    assert report["summary"] == {
        "submissions": 4,
        "compliant": 1,
        "noncompliant": 1,
        "undetermined": 0,
        "unreadable": 2,
    }
    assert [r["path"] for r in report["results"]] == ["mal.md", "vacio.docx", "bien.md", "nowhere"]
    assert "imss/programas-virtuales" in [p["id"] for p in report["receipt"]["packs"]]
    assert report["results"][0]["findings"][0]["rule"] == "PV-040.fechas-compromiso"


def test_several_formats_at_once(vobo):
    code, out, err = vobo(
        "mal.md", "--format", "text,json", "--output", "json=r.json", "--output", "r.html", "--output", "r.sarif"
    )
    assert code == 1
    assert "✘ NO CUMPLE" in out
    assert json.loads(Path("r.json").read_text(encoding="utf-8"))["summary"]["noncompliant"] == 1
    assert Path("r.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert json.loads(Path("r.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert err.splitlines() == [
        f"vobo: {f} report in r.{s}" for f, s in (("json", "json"), ("html", "html"), ("sarif", "sarif"))
    ]


def test_rules_are_selected_ignored_and_weighed(vobo):
    assert vobo("mal.md", "--ignore", "PV-040.fechas-compromiso")[0] == 0
    assert vobo("mal.md", "--select", "PV-040.fechas-compromiso")[0] == 1
    assert vobo("mal.md", "--select", "PV-008")[0] == 0
    assert vobo("mal.md", "--severity", "*.fechas-compromiso=warning")[0] == 0
    assert vobo("mal.md", "--severity", "*.fechas-compromiso=warning", "--fail-level", "warning")[0] == 1


def test_the_office_decides_in_vobo_toml_and_flags_win(vobo):
    Path("vobo.toml").write_text('[check]\nignore = ["PV-040.fechas-compromiso"]\n', encoding="utf-8")
    assert vobo("mal.md")[0] == 0
    assert vobo("mal.md", "--ignore", "PV-008")[0] == 1
    Path("vobo.toml").write_text(
        '[severity]\n"PV-040.fechas-compromiso" = "info"\n[check]\nfail-level = "info"\n', encoding="utf-8"
    )
    assert vobo("mal.md")[0] == 1
    assert vobo("mal.md", "--fail-level", "error")[0] == 0
    Path("vobo.toml").write_text("[check]\nstrickt = true\n", encoding="utf-8")
    code, _, err = vobo("mal.md")
    assert code == 2
    assert "vobo.toml:2: check.strickt is not known; did you mean 'strict'?" in err


def test_quiet_tells_only_what_needs_attention(vobo):
    _, out, err = vobo("bien.md", "mal.md", "--quiet", "--output", "r.json")
    assert "bien.md" not in out
    assert "mal.md" in out
    assert err == ""


def test_personal_data_is_masked_unless_asked_for(vobo):
    Path("mal.md").write_text(
        SIN_FECHA.replace("Difundir los cursos", "Escribir a ana.ruiz@imss.gob.mx"), encoding="utf-8"
    )
    assert "ana.ruiz" not in vobo("mal.md", "--format", "json")[1]
    assert "ana.ruiz@imss.gob.mx" in vobo("mal.md", "--format", "json", "--show-personal-data")[1]


def test_colour_follows_the_environment(vobo, monkeypatch):
    assert "\x1b[" not in vobo("bien.md")[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;32m✔ CUMPLE\x1b[0m" in vobo("bien.md")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in vobo("bien.md")[1]


def test_results_written_into_the_folder_are_not_checked(vobo):
    Path("vacio.docx").unlink()
    for _ in range(2):
        code, out, _ = vobo(".", "--output", "r.json", "--reply", "correos")
        assert code == 1
        assert "2 documentos: 1 cumple · 1 no cumple" in out
    assert list(Path("correos").iterdir())


def _process(*arguments: str, stderr: int, **environment: str) -> subprocess.CompletedProcess[bytes]:
    code = "import sys; from checker.cli import main; sys.exit(main())"
    root = str(Path(__file__).parents[2])
    return subprocess.run(
        [sys.executable, "-c", code, "check", *arguments],
        stdout=subprocess.PIPE, stderr=stderr, timeout=60, env={**os.environ, "PYTHONPATH": root, **environment},
    )  # fmt: skip


def _terminal() -> tuple[int, int]:
    """What is shown, and what is written to, 100 columns wide."""
    shown, terminal = os.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    return shown, terminal


def test_a_bar_on_a_terminal_for_many_files(here):
    shown, terminal = _terminal()
    ran = _process(*["bien.md"] * 7, stderr=terminal)
    assert b"/7 [" in os.read(shown, 65536)
    os.close(terminal)
    os.close(shown)
    assert ran.stdout.count("✔ CUMPLE".encode()) == 7


@pytest.mark.parametrize("arguments", [["bien.md"] * 7 + ["--quiet"], ["bien.md"]])
def test_no_bar_when_quiet_or_when_it_is_short(here, arguments):
    shown, terminal = _terminal()
    _process(*arguments, stderr=terminal)
    os.write(terminal, b"end")
    assert os.read(shown, 65536) == b"end"
    os.close(terminal)
    os.close(shown)


def test_a_terminal_without_unicode_still_gets_its_answer(here):
    ran = _process("mal.md", stderr=subprocess.PIPE, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert ran.returncode == 1
    assert ran.stdout.startswith(b"x NO CUMPLE  mal.md")
    assert ran.stderr == b""
