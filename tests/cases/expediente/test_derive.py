"""``vobo case derive``: what follows from the messages, and a record that a person can correct and check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.cases.expediente import expediente_of
from checker.cases.expediente_text import Words, addressed_in, charge_signed, conduits_in, subject_of, words_of
from checker.cases.expediente_times import sent
from checker.check import load
from checker.cli import main
from checker.options import Options
from checker.packs.pack import Pack
from parsers.cases.model import CaseRecord, Event
from parsers.cases.read import read_cases
from parsers.limits import Limits
from parsers.mail import read_mail
from parsers.model import Mail
from tests.cases.expediente.conftest import FIXTURES, changed, results

Copy = Callable[[str], Path]
OPTIONS = Options(packs=("imss/programas-virtuales",))


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load(OPTIONS)[0]


@pytest.fixture(scope="module")
def record() -> CaseRecord:
    return expediente_of(FIXTURES / "programacion", load(OPTIONS), OPTIONS).record


def _event(record: CaseRecord, file: str) -> Event:
    return next(e for e in record.events if e.id and e.id.endswith(file))


def test_every_message_tells_of_its_activity(record: CaseRecord) -> None:
    told = {Path(e.id).name[:2]: e.activity for e in record.events if e.id and e.id.endswith(".eml")}
    expected = "2 3 5 7 9 10 11 15 17 18 19 21 22 23 25 26 27 28".split()
    assert told == {f"{n:02d}": activity for n, activity in enumerate(expected, 1)}
    assert all((e.sure or 0) >= 0.6 for e in record.events if e.id)


def test_an_event_says_who_when_to_whom_and_with_what(record: CaseRecord) -> None:
    event = _event(record, "16-informe.eml")
    assert (event.role, event.person) == ("Titular de División", "Laura Mendoza Ríos")
    assert event.at is not None
    assert event.at.text == "2025-12-12T13:00:00-06:00"
    assert (event.to, event.via) == (
        ("Titular de la Jefatura de Departamento",),
        ("Titular de la Jefatura de Servicios",),
    )
    assert event.notes[0].startswith("tipo de correo inferido por el asunto")
    assert "confianza" in event.notes[0]


def test_two_messages_of_one_name_are_told_apart(record: CaseRecord) -> None:
    planeacion, curso = _event(record, "07-autorizacion-planeacion.eml"), _event(record, "11-autorizacion-curso.eml")
    assert (planeacion.activity, curso.activity) == ("11", "19")


def test_what_leaves_no_paper_is_inferred_and_never_sure_enough(record: CaseRecord) -> None:
    silent = {e.activity: e for e in record.events if e.id is None}
    assert {"8", "12", "13", "16", "20"} <= set(silent)
    assert [e.outcome for e in record.events if e.activity == "8"] == ["no autoriza", "autoriza"]
    assert all((silent[a].sure or 0) < 0.6 for a in ("8", "12", "13", "16"))


def test_a_message_that_the_conduit_passes_on_is_one_event(copy: Copy) -> None:
    folder = copy("programacion-sin-conducto")
    file = folder / "correos" / "16-informe.eml"
    content = file.read_bytes()
    to = content[content.index(b"\nTo: ") :].split(b"\n", 2)[1]
    silvia = b"To: Silvia Ochoa <silvia.ochoa@imss.gob.mx>"
    changed(file, to, silvia)
    identifier = content[content.index(b"\nMessage-ID: ") + 13 :].split(b"\n", 1)[0]
    (folder / "correos" / "16b.eml").write_bytes(
        b"From: Silvia Ochoa <silvia.ochoa@imss.gob.mx>\n" + to + b"\nDate: Fri, 12 Dec 2025 14:00:00 -0600\n"
        b"Subject: RV: Informe =?utf-8?q?de_validaci=C3=B3n_del_material_de_difusi=C3=B3n?=\nMessage-ID: <rv@x>\n"
        b"In-Reply-To: " + identifier + b"\n\nPara su conocimiento.\n"
    )
    case, *_ = results(folder)
    assert [f for f in case.findings if f.outcome == "violated"] == []
    derived = expediente_of(folder, load(OPTIONS), OPTIONS).record
    event = _event(derived, "16-informe.eml")
    assert event.via == ("Titular de la Jefatura de Servicios",)
    assert event.to == ("Titular de la Jefatura de Departamento",)


def test_a_reminder_is_no_second_time(copy: Copy) -> None:
    folder = copy("programacion")
    content = (folder / "correos" / "01-convocatoria.eml").read_bytes()
    again = content.replace(b"06 Oct 2025", b"10 Oct 2025").replace(b"<2025-10-06", b"<2025-10-10")
    again = again.replace(b"\n\nPor este medio", b"\n\nRecordatorio. Por este medio")
    assert b"Recordatorio" in again
    (folder / "correos" / "01b.eml").write_bytes(again)
    case, *_ = results(folder)
    assert case.verdict == "compliant"


def test_a_person_corrects_one_line_and_checks(copy: Copy, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = copy("programacion-autoriza-quien-elabora")
    out = tmp_path / "caso.yaml"
    assert main(["case", "derive", str(folder), "--procedure", "programas-virtuales", "-o", str(out)]) == 0
    text = out.read_text("utf-8")
    assert "# tipo de correo inferido" in text
    assert main(["check", str(out), "--partial", "--pack", "imss/programas-virtuales"]) == 1
    head, mark, tail = text.partition("07-autorizacion-planeacion.eml")
    wrong = "role: Titular de la Jefatura del Área de Producción\n    person: Pedro Salas Ortega"
    assert wrong in tail
    tail = tail.replace(wrong, "role: Titular de División\n    person: Laura Mendoza Ríos", 1)
    tail = tail.replace("to: [Titular de División]", "to: [Titular de la Jefatura del Área de Producción]", 1)
    out.write_text(head + mark + tail, encoding="utf-8")
    capsys.readouterr()
    assert main(["check", str(out), "--partial", "--pack", "imss/programas-virtuales"]) == 0
    (read,) = read_cases(out, Limits())
    assert len(read.events) == 29


def test_the_directory_decides_by_date(copy: Copy) -> None:
    folder = copy("programacion")
    changed(
        folder / "directorio.yaml",
        b"role: TJAP, from: 2024-01-01",
        b"role: TJAP, from: 2024-01-01, to: 2025-11-01}\n- {person: Pedro Salas Ortega, "
        b"email: pedro.salas@imss.gob.mx, role: TJD, from: 2025-11-02",
    )
    derived = expediente_of(folder, load(OPTIONS), OPTIONS).record
    assert _event(derived, "04-entrega-planeacion.eml").role == "Titular de la Jefatura del Área de Producción"
    assert _event(derived, "08-revision.eml").role == "Titular de la Jefatura de Departamento"


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("RE: RV: Convocatoria", ("Convocatoria", "reply")),
        ("Fwd: [Externo] RE: Plan", ("Plan", "forward")),
        ("Reunión: tema", ("Reunión: tema", "")),
    ],
)
def test_prefixes_of_subjects(subject: str, expected: tuple[str, str]) -> None:
    assert subject_of(subject) == expected


def test_what_a_reply_quotes_is_not_its_own() -> None:
    source = "From: a@x.mx\n\nSe autoriza.\n\nDe: Ana\nEnviado el: lunes\nAsunto: x\n\nNo se autoriza.\n"
    words = words_of(read_mail(source.encode(), Limits()))
    assert words.own == ("Se autoriza.",)
    assert "No se autoriza" in words.quoted


def test_heading_signature_and_conduit(pack: Pack) -> None:
    words = Words(
        (
            "Jorge Luna Prado",
            "Titular de la Jefatura de Departamento",
            "Presente",
            "Por conducto de la Titular de la Jefatura de Servicios le informo la validación.",
            "Atentamente",
            "Laura Mendoza Ríos",
            "Titular de División",
        ),
        "",
    )
    assert addressed_in(words, pack.roles) == ("titular-de-la-jefatura-de-departamento",)
    assert conduits_in(words, pack.roles) == ("titular-de-la-jefatura-de-servicios",)
    assert charge_signed(words, pack.roles) == ("titular-de-division", "Titular de División")


def test_who_works_for_an_office_does_not_hold_it(pack: Pack) -> None:
    words = Words(("Se autoriza.", "Rosa Gil Mora", "Asistente de la Titular de División"), "")
    assert charge_signed(words, pack.roles) is None


def test_the_zone_of_a_date_is_kept() -> None:
    zone = dt.timezone(dt.timedelta(hours=-7))
    when = sent(Mail("", (), (), "", dt.datetime(2025, 10, 6, 23, 30, tzinfo=zone))).when
    assert when is not None
    assert when.value is not None
    assert (when.text, when.value.date()) == ("2025-10-06T23:30:00-07:00", dt.date(2025, 10, 6))


@pytest.mark.parametrize(("hours", "trusted"), [(23, True), (25, False)])
def test_a_day_apart_is_too_much(hours: int, trusted: bool) -> None:
    date = dt.datetime(2025, 10, 6, 12, tzinfo=dt.UTC)
    when = sent(Mail("", (), (), "", date, received=(date + dt.timedelta(hours=hours),))).when
    assert when is not None
    assert (when.value is not None) is trusted
