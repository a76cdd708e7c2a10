"""What is handed back repeats no personal data in its notes; what the document itself holds stays in it."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path
from zipfile import ZipFile

import pytest

from checker.check import check
from checker.cli import main
from checker.options import Options

MINUTA = """\
# Minuta de reunión

Fecha: 14 de octubre de 2025
Asunto: Difusión

## Asistentes
- Laura Méndez Ríos
- Jorge Salas Pérez

## Orden del día
1. Bienvenida

## Acuerdos

| Acuerdo | Responsable | Fecha compromiso |
|---|---|---|
| Escribir a ana.ruiz@imss.gob.mx, CURP goml 850312-mdfnrs09 | Jorge Salas Pérez |  |

## Firmas
Laura Méndez Ríos, rúbrica
"""
SECRETS = ("ana.ruiz", "850312")


@pytest.fixture
def minuta(tmp_path: Path) -> Path:
    path = tmp_path / "minuta.md"
    path.write_text(MINUTA, "utf-8")
    return path


def _handed_back(minuta: Path, personal: bool) -> tuple[str, str]:
    """The reply, and the notes of the annotated copy beside the text of the file."""
    out = minuta.parent / f"out-{personal}"
    options = Options(reply=out, annotate=out, show_personal_data=personal)
    (checked,) = check([minuta], options)
    assert checked.result.findings
    assert not checked.defect
    reply = message_from_bytes((out / "minuta.respuesta.eml").read_bytes(), policy=policy.default)
    body = reply.get_body(("plain",))
    assert body is not None
    copy = next(p for p in out.iterdir() if p.suffix != ".eml")
    text = copy.read_text("utf-8") if copy.suffix != ".docx" else ZipFile(copy).read("word/comments.xml").decode()
    return body.get_content(), text.replace(MINUTA, "")


def test_replies_and_notes_are_masked(minuta: Path) -> None:
    reply, notes = _handed_back(minuta, personal=False)
    assert "a***@imss.gob.mx" in reply
    for secret in SECRETS:
        assert secret not in reply
        assert secret not in notes.replace("Escribir a ana.ruiz@imss.gob.mx, CURP goml 850312-mdfnrs09 | Jorge", "")


def test_they_are_shown_when_asked_for(minuta: Path) -> None:
    reply, _ = _handed_back(minuta, personal=True)
    assert all(secret in reply for secret in SECRETS)


def test_inspect_masks_too(minuta: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(minuta)]) == 0
    masked = capsys.readouterr().out
    assert main(["inspect", str(minuta), "--show-personal-data"]) == 0
    shown = capsys.readouterr().out
    for secret in SECRETS:
        assert secret not in masked
        assert secret in shown
