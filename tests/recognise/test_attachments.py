"""A message is its attachment when it only carries one, and itself when it says everything."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from checker.recognise.recognise import Candidate, recognise
from parsers.dispatch import read_bytes
from parsers.limits import Limits
from tests.recognise.layouts import run_in

MINUTA = run_in("")[1]


def _mail(body: str, *attached: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Documentos"
    message.set_content(body)
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


@pytest.mark.parametrize(
    ("mail", "told"),
    [
        (_mail("Se anexa.", ("minuta.txt", MINUTA.encode())), [("minuta-de-reunion", None)]),
        (
            _mail("Se anexan.", ("a.txt", MINUTA.encode()), ("b.txt", MINUTA.encode())),
            [("minuta-de-reunion", "a.txt"), ("minuta-de-reunion", "b.txt")],
        ),
        (_mail(MINUTA, ("foto.bin", b"\x00\x01")), [("minuta-de-reunion", None)]),
        (_mail("Se anexa.", ("roto.docx", b"PK\x03\x04roto")), [(None, None), (None, "roto.docx")]),
        (_mail("Sin nada."), [(None, None)]),
    ],
)
def test_what_a_message_holds(types: list[Candidate], mail: bytes, told: list[tuple[str | None, str | None]]) -> None:
    found = recognise(read_bytes(mail, "correo.eml", Limits()), types)
    assert [(r.type.id if r.type else None, r.part) for r in found] == told


def test_what_could_not_be_read_beside_a_whole_submission_is_noted(types: list[Candidate]) -> None:
    (found,) = recognise(read_bytes(_mail(MINUTA, ("anexo.docx", b"PK\x03\x04roto")), "correo.eml", Limits()), types)
    assert any("anexo.docx" in note and "no se pudo leer" in note for note in found.document.notes)
