"""``vobo check --expediente``: what a careful reviewer would say of a folder of e-mails and documents."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cases.expediente.conftest import FIXTURES, changed, results, rules

Copy = Callable[[str], Path]
MAILS = "correos"


def test_an_expediente_that_complies() -> None:
    case, *documents = results(FIXTURES / "programacion", expand=True)
    assert (case.kind, case.type, case.verdict) == ("case", "programas-virtuales", "compliant")
    assert case.path == str(FIXTURES / "programacion")
    types = {d.type for d in documents}
    assert types == {"planeacion-anual", "propuesta-de-curso", "material-de-difusion", "minuta-de-reunion"}
    assert len(documents) == 4, "a document attached to several e-mails is checked once"


def test_folder_and_zip_say_the_same() -> None:
    folder, *_ = results(FIXTURES / "programacion")
    packed, *_ = results(FIXTURES / "programacion.zip")
    assert (packed.verdict, packed.findings, packed.sha256) == (folder.verdict, folder.findings, folder.sha256)


def test_not_sent_through_whom_it_must_pass() -> None:
    case, *_ = results(FIXTURES / "programacion-sin-conducto")
    assert rules(case) == ["PV-063.programas-virtuales-26-correo-de-informe-del-material"]
    finding = case.findings[0]
    assert "por conducto de Titular de la Jefatura de Servicios" in finding.message
    assert "correos/16-informe.eml" in finding.evidence


def test_authorised_by_who_drafted() -> None:
    case, *_ = results(FIXTURES / "programacion-autoriza-quien-elabora")
    assert "PV-044.programas-virtuales-11-quien" in rules(case)


def test_what_a_mailbox_without_directory_does_not_say_is_undetermined() -> None:
    case, *_ = results(FIXTURES / "programacion-buzon")
    assert case.verdict == "undetermined"
    assert rules(case) == []
    assert {f.subject for f in case.findings} == {"correo-de-informe-del-material", "correo-de-aviso-de-difusion"}


def test_a_message_that_is_missing(copy: Copy) -> None:
    folder = copy("programacion")
    (folder / MAILS / "10-revision-2.eml").unlink()
    case, *_ = results(folder)
    assert rules(case) == ["PV-055.programas-virtuales-18-en-su-lugar"]


def test_a_message_out_of_order(copy: Copy) -> None:
    folder = copy("programacion")
    changed(folder / MAILS / "10-revision-2.eml", b"24 Nov 2025", b"28 Nov 2025")
    case, *_ = results(folder)
    assert rules(case) == ["PV-055.programas-virtuales-18-en-su-lugar"]


def test_the_minuta_is_missing(copy: Copy) -> None:
    folder = copy("programacion")
    (folder / "minuta-2025-10-14.docx").unlink()
    case, *_ = results(folder)
    assert "PV-039.programas-virtuales-4-en-su-lugar" in rules(case)


def test_subjects_that_say_nothing(copy: Copy) -> None:
    folder = copy("programacion")
    for file in (folder / MAILS).iterdir():
        file.write_bytes(re.sub(rb"\nSubject: .*\n(?:[ \t].*\n)*", b"\nSubject: RE: Programas\n", file.read_bytes()))
    case, *_ = results(folder)
    assert case.verdict in ("compliant", "undetermined")
    assert rules(case) == []


def test_who_did_not_hold_the_office_that_day(copy: Copy) -> None:
    folder = copy("programacion")
    changed(
        folder / "directorio.yaml",
        "role: Titular de División, from: 2024-01-01".encode(),
        "role: Titular de División, from: 2025-11-25".encode(),
    )
    case, *_ = results(folder)
    found = next(f for f in case.findings if f.rule == "PV-044.programas-virtuales-11-quien")
    assert (found.outcome, "no ocupaba ese cargo" in found.message) == ("violated", True)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (b"\nDate: Mon, 06 Oct 2025 08:00:00 -0600", "el primer servidor"),
        (b"", "no trae una fecha"),
        (b"\nDate: Mon, 06 Oct 0206 08:00:00 -0600", "no es cre"),
    ],
)
def test_dates_that_nobody_can_trust(copy: Copy, header: bytes, told: str) -> None:
    folder = copy("programacion")
    file = folder / MAILS / "07-autorizacion-planeacion.eml"
    file.write_bytes(re.sub(rb"\nDate: .*", header, file.read_bytes()))
    case, *_ = results(folder)
    assert case.verdict == "undetermined"
    assert any(told in f.message for f in case.findings)


def test_stamps_that_go_backwards(copy: Copy) -> None:
    folder = copy("programacion")
    file = folder / MAILS / "07-autorizacion-planeacion.eml"
    file.write_bytes(file.read_bytes().replace(b"09:47:00 -0600", b"05:47:00 -0600", 1))
    case, *_ = results(folder)
    assert any("hacia atrás" in f.message for f in case.findings)


def test_messages_of_no_concern_are_left_out_and_told(copy: Copy) -> None:
    folder = copy("programacion")
    _write(folder / MAILS / "99.eml", "Comida de fin de año", "La comida es el viernes a las 14:00.")
    case, *_ = results(folder)
    assert case.verdict == "compliant"
    assert any("99.eml" in note and "se dejó fuera" in note for note in case.notes)


def test_the_same_message_in_two_folders_is_one(copy: Copy) -> None:
    folder = copy("programacion")
    (folder / "respaldo").mkdir()
    for file in (folder / MAILS).iterdir():
        (folder / "respaldo" / file.name).write_bytes(file.read_bytes())
    case, *_ = results(folder)
    assert case.verdict == "compliant"
    assert any("una sola vez" in note for note in case.notes)


def test_an_attachment_that_cannot_be_read_is_named_and_leaves_doubt(copy: Copy) -> None:
    folder = copy("programacion")
    file = folder / MAILS / "04-entrega-planeacion.eml"
    content = file.read_bytes()
    at = content.index(b"UEsDB")
    file.write_bytes(content[:at] + b"AAAA" + content[at + 400 :])
    case, *rest = results(folder, expand=True)
    assert case.verdict == "undetermined"
    assert "04-entrega-planeacion.eml#cumple-formulario.docx" in (case.reason or "")
    assert any(r.verdict == "unreadable" for r in rest)


@pytest.mark.parametrize(
    ("kind", "name"), [("application/ms-tnef", "winmail.dat"), ("application/pkcs7-mime", "smime.p7m")]
)
def test_envelopes_that_nobody_opens(copy: Copy, kind: str, name: str) -> None:
    folder = copy("programacion")
    file = folder / MAILS / "03-instruccion.eml"
    head, _, body = file.read_bytes().partition(b"\n\n")
    inner = b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + body
    head = re.sub(rb"\nContent-[^\n]*(?:\n[ \t][^\n]*)*", b"", head)
    envelope = f"Content-Type: {kind}; name={name}\nContent-Transfer-Encoding: base64\n\neJ8+\n".encode()
    file.write_bytes(
        head + b"\nContent-Type: multipart/mixed; boundary=b\n\n--b\n" + inner + b"\n--b\n" + envelope + b"--b--\n"
    )
    case, *_ = results(folder)
    assert case.verdict == "undetermined"
    assert name in (case.reason or "")


def test_an_empty_folder(tmp_path: Path) -> None:
    (case,) = results(tmp_path)
    assert (case.verdict, case.kind) == ("undetermined", "case")
    assert "no tiene correos ni documentos" in (case.reason or "")


def test_a_procedure_that_does_not_exist_is_told(copy: Copy) -> None:
    folder = copy("programacion")
    (folder / "expediente.yaml").write_text("procedure: programas-reales\n")
    case, *_ = results(folder)
    assert (case.verdict, "programas-reales" in (case.reason or "")) == ("undetermined", True)


def test_messages_about_nothing_known_are_of_no_procedure(tmp_path: Path) -> None:
    _write(tmp_path / "a.eml", "Hola", "Por conducto de " * 20_000)
    case, *_ = results(tmp_path, packs=())
    assert (case.verdict, case.type) == ("undetermined", None)
    assert "no se reconoce de qué procedimiento" in (case.reason or "")


def test_a_zip_bomb_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "e.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("nota.txt", b"\0" * (50 << 20))
    (case,) = results(path)
    assert (case.verdict, "bomba" in (case.reason or "")) == ("unreadable", True)


def test_names_that_climb_out_of_the_zip_are_only_names(tmp_path: Path) -> None:
    path = tmp_path / "e.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../fuera.eml", b"From: a@x.mx\nTo: b@x.mx\nSubject: hola\n\nhola")
        archive.writestr("dentro.eml", b"From: a@x.mx\nTo: b@x.mx\nSubject: adios\n\nadios")
    case, *_ = results(path)
    assert case.verdict == "undetermined"
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["e.zip"]


def test_a_link_out_of_the_folder_is_not_followed(copy: Copy, tmp_path: Path) -> None:
    folder = copy("programacion")
    (tmp_path / "secreto.txt").write_text("secreto")
    (folder / "enlace.txt").symlink_to(tmp_path / "secreto.txt")
    case, *_ = results(folder)
    assert "enlace.txt" in (case.reason or "")


def test_a_broken_directory_is_told(copy: Copy) -> None:
    folder = copy("programacion")
    (folder / "directorio.yaml").write_text("- persona: nadie\n")
    (case,) = results(folder)
    assert (case.verdict, "directorio" in (case.reason or "")) == ("unreadable", True)


def test_messages_twenty_deep_end_somewhere(tmp_path: Path) -> None:
    inner = b"From: a@x.mx\nTo: b@x.mx\nSubject: fondo\nMessage-ID: <0@x>\n\nhola\n"
    for n in range(1, 26):
        head = f"From: a@x.mx\nTo: b@x.mx\nSubject: {n}\nMessage-ID: <{n}@x>\nContent-Type: message/rfc822\n\n"
        inner = head.encode() + inner
    (tmp_path / "hondo.eml").write_bytes(inner)
    case, *_ = results(tmp_path)
    assert "profundidad" in "".join(case.notes) + (case.reason or "")


def _write(path: Path, subject: str, body: str) -> None:
    head = "From: Pedro Salas Ortega <pedro.salas@imss.gob.mx>\nTo: Laura Mendoza <laura.mendoza@imss.gob.mx>\n"
    path.write_text(f"{head}Date: Wed, 10 Dec 2025 10:00:00 -0600\nSubject: {subject}\nMessage-ID: <x@y>\n\n{body}\n")
