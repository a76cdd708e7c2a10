"""The draft e-mail: what it says, and that mail programs can open it."""

from __future__ import annotations

import datetime as dt
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest

from checker.check import load
from checker.findings import Citation, Finding, Location, Result, Verdict
from checker.handback.reply import reply
from checker.options import Options, Reviewer
from checker.packs.pack import Pack
from checker.recognise.model import FieldValue, Recognised, Row
from parsers.model import Document, Mail

PLAN, MINUTA = "plan-anual-de-difusion", "minuta-de-reunion"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return next(p for p in load(Options()) if p.info.id == "imss/programas-virtuales")


def submission(pack: Pack, type_id: str = PLAN, *platforms: str, mail: Mail | None = None) -> Recognised:
    rows = tuple(Row(n, {"plataforma": FieldValue("present", p, p)}, p, None) for n, p in enumerate(platforms, 1))
    fields = {"cursos": FieldValue("present", rows)} if rows else {}
    return Recognised(Document("text/plain", (), mail=mail), pack.types[type_id], pack.info.id, 1.0, fields)


def result(
    verdict: Verdict, *findings: Finding, type_id: str | None = PLAN, path: str = "envíos/plan 2026.docx"
) -> Result:
    return Result(path, "0" * 64, None, "document", type_id, 1.0, verdict, findings=findings)


def finding(**changes: object) -> Finding:
    values: dict[str, object] = {
        "rule": "PV-008.fechas", "obligations": ("PV-008",), "outcome": "violated", "severity": "error",
        "subject": "cursos[2].fecha", "message": "Falta la fecha de <Ofimática>.", "evidence": "",
        "remedy": "Señalar la fecha.", "citation": Citation("Procedimiento", None, "4.12"),
        "location": Location(page=1, table=2, row=3, column=4), "fingerprint": "0" * 16,
    }  # fmt: skip
    return Finding(**(values | changes))  # type: ignore[arg-type]


def parse(path: Path) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    assert isinstance(message, EmailMessage)
    assert [d for part in message.walk() for d in part.defects] == []
    return message


def bodies(message: EmailMessage) -> tuple[str, str]:
    found = []
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        assert part is not None
        found.append(str(part.get_content()))
    return found[0], found[1]


def flowed(text: str) -> str:
    return " ".join(text.split())


def test_returns_the_plan_in_the_terms_of_the_procedure(pack: Pack, tmp_path: Path) -> None:
    copy = tmp_path / "plan 2026 año.anotado.docx"
    copy.write_bytes(b"PK bytes \r\n\x00\xff")
    reviewer = Reviewer("Laura Núñez", "Titular de la Jefatura de Departamento", "laura@imss.example")
    path = reply(result("noncompliant", finding()), submission(pack), pack, copy, tmp_path / "out", "plan", reviewer)
    assert path == tmp_path / "out" / "plan.respuesta.eml"
    message = parse(path)
    assert message["Subject"] == (
        "Correo electrónico de modificación: Plan anual de difusión de programas virtuales de capacitación — plan 2026.docx"
    )
    assert message["X-Unsent"] == "1"
    assert message["Date"] is None
    assert message["To"] is None
    assert message["From"].addresses[0].display_name == "Laura Núñez"
    assert message.get_content_type() == "multipart/mixed"
    text, html = bodies(message)
    for body in (flowed(text), flowed(html)):
        assert "la persona Titular de la Dirección" in body
        assert "numeral 6, actividades 39 y 40" in body
        assert "Cursos por difundir, renglón 2, Fecha de difusión (página 1, tabla 2, fila 3, columna 4)" in body
        assert "numeral 4.12" in body
        assert "Señalar la fecha." in body
        assert "Laura Núñez" in body
        assert copy.name in body
    assert "Falta la fecha de <Ofimática>." in text
    assert "Falta la fecha de &lt;Ofimática&gt;." in html
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == copy.name
    assert attached.get_content_type() == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert attached.get_payload(decode=True) == copy.read_bytes()


def test_lines_end_in_crlf_and_are_ascii(pack: Pack, tmp_path: Path) -> None:
    data = reply(result("noncompliant", finding()), submission(pack), pack, None, tmp_path, "p", None).read_bytes()
    assert data.isascii()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(map(len, data.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    ("platforms", "cites", "sipsi"),
    [
        (["EduTK"], "numeral 6, actividad 43,", True),
        (["CLIMSS"], "numeral 6, actividad 48,", False),
        (["EduTK", "CLIMSS", "EduTK"], "numeral 6, actividad 43 y numeral 6, actividad 48,", True),
        (["webinar"], "numeral 6, actividades 43 y 48,", False),
    ],
)
def test_accepting_a_plan_says_what_follows_for_its_platforms(
    platforms: list[str], cites: str, sipsi: bool, pack: Pack, tmp_path: Path
) -> None:
    path = reply(result("compliant"), submission(pack, PLAN, *platforms), pack, None, tmp_path, "p", None)
    message = parse(path)
    assert message["Subject"].startswith("Correo electrónico de aviso: ")
    text, html = map(flowed, bodies(message))
    assert "cumple con lo solicitado" in text
    assert cites in text
    assert ("registrar en el SIPSI las metas anuales" in text) is sipsi
    assert ("registrar en el SIPSI las metas anuales" in html) is sipsi
    assert text.count("cursos de CLIMSS") == ("CLIMSS" in platforms)
    assert "[Nombre de quien revisa]" in text
    assert "Titular de la Jefatura de Departamento" in text
    assert list(message.iter_attachments()) == []


def test_doubts_are_told_apart_from_faults(pack: Pack, tmp_path: Path) -> None:
    doubt = finding(outcome="undetermined", message="Sin firma visible.", subject="firmas", location=None)
    both = parse(reply(result("noncompliant", finding(), doubt), submission(pack), pack, None, tmp_path, "a", None))
    text = flowed(bodies(both)[0])
    assert "Observación: Falta la fecha" in text
    assert "Además, no fue posible verificar" in text
    assert "Por verificar: Sin firma visible." in text
    alone = parse(reply(result("undetermined", doubt), submission(pack), pack, None, tmp_path, "b", None))
    assert alone["Subject"].startswith("Solicitud de aclaración: ")
    text = flowed(bodies(alone)[0])
    assert "no se desprenden faltantes" in text
    assert "cumple con lo solicitado" not in text
    assert "devolverle" not in text


def test_a_warning_does_not_stand_in_the_way_of_accepting(pack: Pack, tmp_path: Path) -> None:
    warning = finding(severity="warning", message="Conviene precisar.", subject="documento", location=None)
    message = parse(reply(result("compliant", warning), submission(pack, MINUTA), pack, None, tmp_path, "a", None))
    text = flowed(bodies(message)[0])
    assert "cumple con lo solicitado" in text
    assert "El documento en su conjunto Sugerencia: Conviene precisar." in text
    assert "A quien presenta el documento" in text


def test_without_a_type_it_says_why_it_could_not_be_reviewed(pack: Pack, tmp_path: Path) -> None:
    stranger = Recognised(Document("text/plain", ()), None, None, 0.2, reason="no se reconoció el tipo")
    answer = Result(
        "x.pdf", None, None, "document", None, 0.2, "undetermined", reason="no se reconoció el tipo de documento."
    )
    message = parse(reply(answer, stranger, pack, None, tmp_path, "x", None))
    assert "no pudo revisarse: no se reconoció el tipo de documento. Le agradeceré" in flowed(bodies(message)[0])


def test_answers_the_sender_in_the_thread(pack: Pack, tmp_path: Path) -> None:
    mail = Mail(
        "Peña Ñ., José <jose@css.example>",
        (),
        (),
        "Plan",
        dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
        "<abc.1@css.example>",
    )
    message = parse(
        reply(result("noncompliant", finding()), submission(pack, mail=mail), pack, None, tmp_path, "p", None)
    )
    assert message["To"].addresses[0].addr_spec == "jose@css.example"
    assert message["In-Reply-To"] == message["References"] == "<abc.1@css.example>"


@pytest.mark.parametrize(
    ("sender", "message_id"),
    [
        ("", None),
        ("sin dirección", "x"),
        ("a@b.example\r\nBcc: todos@imss.example", "<a@b>\r\nBcc: x@y"),
        ("<@@@>", "<>"),
        ("José <josé@ñandú.example>", "<a b@c>"),
        ('"mal" <a@b@c>', None),
    ],
)
def test_hostile_headers_add_none(sender: str, message_id: str | None, pack: Pack, tmp_path: Path) -> None:
    mail = Mail(sender, (), (), "x", None, message_id)
    path = reply(
        result("noncompliant", finding(), path="a\r\nBcc: todos@imss.example.docx"),
        submission(pack, mail=mail), pack, None, tmp_path, "p", Reviewer(name="X\r\nBcc: y@z.example", email="no es correo"),
    )  # fmt: skip
    message = parse(path)
    assert message["Bcc"] is None
    assert set(message.keys()) <= {
        "Subject",
        "From",
        "To",
        "X-Unsent",
        "MIME-Version",
        "Content-Type",
        "In-Reply-To",
        "References",
    }


def test_the_same_bytes_every_time(pack: Pack, tmp_path: Path) -> None:
    copy = tmp_path / "c.pdf"
    copy.write_bytes(b"%PDF-1.7")
    first, second = (
        reply(result("noncompliant", finding()), submission(pack), pack, copy, tmp_path / n, "p", None).read_bytes()
        for n in "ab"
    )
    assert first == second
    assert b"Content-Type: application/pdf" in first


def test_a_template_cannot_be_written_by_a_submission(pack: Pack, tmp_path: Path) -> None:
    hostile = finding(message="{{ 7 * 7 }} {% raw %}", remedy="<script>alert(1)</script>")
    text, html = bodies(
        parse(reply(result("noncompliant", hostile), submission(pack), pack, None, tmp_path, "p", None))
    )
    assert "{{ 7 * 7 }} {% raw %}" in text
    assert "<script>" not in html
