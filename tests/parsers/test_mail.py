"""Messages: headers, bodies and attachments of eml, mbox and msg."""

from __future__ import annotations

import base64
import datetime as dt
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import read
from parsers.addresses import addresses, header_text
from parsers.dispatch import read_bytes
from parsers.limits import Limits
from parsers.mail import read_mail, read_mbox
from parsers.model import Attachment, Document, Mail, Table, paragraphs_of
from parsers.outlook import read_msg
from tests.parsers.ole_files import Tree, ole_file, properties, wide

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def mail(data: bytes | EmailMessage, limits: Limits | None = None) -> Document:
    return read_mail(data if isinstance(data, bytes) else data.as_bytes(), limits or Limits())


def texts(document: Document | None) -> list[str]:
    assert document is not None
    return [p.text for p in paragraphs_of(document.blocks)]


def headers(document: Document) -> Mail:
    assert document.mail is not None
    return document.mail


def message(body: str = "Hola\n") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Pérez, Ana <ana@x.mx>"
    made["To"] = '"Gil, Luis" <luis@x.mx>, Eva Ñú <eva@x.mx>'
    made["Cc"] = "copia@x.mx"
    made["Subject"] = "Envío del Plan anual de difusión — versión 2 con modificaciones que no caben en una línea"
    made["Date"] = "Tue, 03 Feb 2026 10:15:00 -0600"
    made["Message-ID"] = "<1@x.mx>"
    if body:
        made.set_content(body)
    return made


def test_headers_body_and_title(tmp_path: Path) -> None:
    path = tmp_path / "correo.txt"
    path.write_bytes(message("Buenos días:\n\nFecha: 14 de octubre\n").as_bytes())
    document = read(path)
    assert document.media_type == "message/rfc822"
    assert headers(document).to == ("Gil, Luis <luis@x.mx>", "Eva Ñú <eva@x.mx>")
    assert headers(document).cc == ("copia@x.mx",)
    assert headers(document).message_id == "<1@x.mx>"
    assert headers(document).date == dt.datetime(2026, 2, 3, 10, 15, tzinfo=dt.timezone(dt.timedelta(hours=-6)))
    assert document.title == headers(document).subject
    assert document.title.startswith("Envío del Plan anual de difusión — versión 2 con modificaciones que no caben en")
    assert [(p.text, p.place.line) for p in paragraphs_of(document.blocks)] == [
        ("Buenos días:", 1),
        ("Fecha: 14 de octubre", 3),
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"=?utf-8?Q?Reuni=C3=B3n_del?= =?utf-8?Q?_d=C3=ADa?=", "Reunión del día"),
        (b"=?utf-8?B?UmV1bmnDsw==?= =?UTF-8?B?biBtw6Fz?=", "Reunión más"),
        (b"=?utf-8?Q?Reuni=C3?= =?utf-8?Q?=B3n?=", "Reunión"),
        (b"RE: =?iso-8859-1?Q?Reuni=F3n?= x =?windows-1252?Q?=93y=94?=", "RE: Reunión x “y”"),
        ("Reunión sin codificar".encode(), "Reunión sin codificar"),
        ("Reunión sin codificar".encode("latin-1"), "Reunión sin codificar"),
        (b"=?x-nada?Q?Reuni=C3=B3n?=", "Reunión"),
        (b"=?utf-8?B?@@@?= y =?mal", "=?utf-8?B?@@@?= y =?mal"),
        (b"plegado\r\n en dos\r\n\tlineas", "plegado en dos lineas"),
        (b"=?utf-8*es?Q?d=C3=ADa?=", "día"),
    ],
)
def test_header_text(raw: bytes, expected: str) -> None:
    assert header_text(raw) == expected


@given(st.binary(max_size=80))
def test_any_header_is_text_of_one_line(raw: bytes) -> None:
    assert "\n" not in header_text(b"=?utf-8?B?" + raw + b"?=")
    assert all("\n" not in address for address in addresses([raw]))


def test_addresses_are_parted_at_the_commas_that_part_them() -> None:
    raw = rb'"Gil, \"Lu\", Luis" <l@x.mx>, =?utf-8?Q?P=C3=A9rez,_Ana?= <a@x.mx>; b@x.mx (uno, dos),, '
    assert addresses([raw, b"c@x.mx"]) == (
        'Gil, "Lu", Luis <l@x.mx>',
        "Pérez, Ana <a@x.mx>",
        "b@x.mx (uno, dos)",
        "c@x.mx",
    )


def test_raw_eight_bit_headers_are_recovered() -> None:
    source = "From: Ángel <a@x.mx>\r\nSubject: Reunión\r\nMIME-Version: 1.0\r\n\r\nx"
    for encoding in ("utf-8", "latin-1"):
        document = mail(source.encode(encoding))
        assert (headers(document).sender, headers(document).subject) == ("Ángel <a@x.mx>", "Reunión")


@pytest.mark.parametrize("date", ["mañana", "99 Foo 2026", "Tue, 31 Feb 2026 10:00:00 -0600", "", "0"])
def test_a_forged_date_is_told_and_does_no_harm(date: str) -> None:
    document = mail(f"From: a@x.mx\nTo: b@x.mx\nDate: {date}\n\nhola".encode())
    assert headers(document).date is None
    assert any("fecha de envío" in note for note in document.notes)


def test_a_message_with_next_to_nothing() -> None:
    document = mail(b"Received: x\nSubject:\n\n")
    assert headers(document) == Mail("", (), (), "", None, None, received=(None,))
    assert "El mensaje no tiene texto en el cuerpo." in document.notes


TABLE = "<table><tr><th>Acuerdo</th><th>Fecha</th></tr><tr><td>Enviar</td><td>1/1/2026</td></tr></table>"


@pytest.mark.parametrize(
    ("plain", "page", "expected"),
    [
        ("Texto igual de largo", "<p>Página igual de larga</p>", ["Texto igual de largo"]),
        ("", "<p>Página</p>", ["Página"]),
        ("Su lector no muestra HTML", "<p>" + "Página larga " * 20 + "</p>", [("Página larga " * 20).strip()]),
        ("Acuerdo\nFecha\nEnviar\n1/1/2026", TABLE, ["Acuerdo", "Fecha", "Enviar", "1/1/2026"]),
        ("Texto", "<table><tr><td><img></td><td>Texto</td></tr><tr><td></td><td>x</td></tr></table>", ["Texto"]),
        ("Enviar", f"<table><tr><td>{TABLE}</td></tr></table>", ["Acuerdo", "Fecha", "Enviar", "1/1/2026"]),
    ],
)
def test_the_better_of_two_alternatives(plain: str, page: str, expected: list[str]) -> None:
    made = message(plain or " ")
    made.add_alternative(page, subtype="html")
    document = mail(made)
    assert texts(document) == expected
    assert any(isinstance(block, Table) for block in document.blocks) == (TABLE in page)


def test_bodies_one_after_the_other_share_one_count() -> None:
    source = (
        "From: a@x.mx\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nuno\ndos\n--b\nContent-Type: text/html\n\n<p>tres</p>\n--b--\n"
    )
    found = list(paragraphs_of(mail(source.encode()).blocks))
    assert [(p.text, p.place.paragraph) for p in found] == [("uno", 1), ("dos", 2), ("tres", 3)]
    assert (found[0].place.line or 0) < (found[1].place.line or 0) < (found[2].place.line or 0)


def test_a_body_in_a_charset_it_does_not_declare() -> None:
    source = b"From: a@x.mx\nMIME-Version: 1.0\nContent-Type: text/plain; charset=us-ascii\n\nReuni\xf3n"
    assert texts(mail(source)) == ["Reunión"]


def test_flowed_lines_are_one() -> None:
    source = b"From: a@x.mx\nMIME-Version: 1.0\nContent-Type: text/plain; format=flowed\n\nUno \ndos\n-- \nAna"
    assert texts(mail(source)) == ["Uno dos", "--", "Ana"]


def test_attachments_are_read_by_content() -> None:
    made = message()
    made.add_attachment(b"Acuerdo,Fecha\nEnviar,1/1/2026\n", "application", "pdf", filename="Relación.pdf")
    made.add_attachment("Fecha: hoy", filename="nota.txt")
    made.add_attachment(b"\0\1\2" * 50, "application", "octet-stream", filename="x.bin")
    document = mail(made)
    assert [a.name for a in document.attachments] == ["Relación.pdf", "nota.txt", "x.bin"]
    assert texts(document) == ["Hola"]
    assert texts(document.attachments[1].document) == ["Fecha: hoy"]
    assert document.attachments[2].document is None
    assert "no corresponde a ningún formato" in (document.attachments[2].reason or "")


def only(document: Document) -> Attachment:
    (attachment,) = document.attachments
    return attachment


def test_names_of_attachments_in_encoded_words_and_rfc2231() -> None:
    for name in ('filename="=?utf-8?Q?Relaci=C3=B3n.txt?="', "filename*=utf-8''Relaci%C3%B3n.txt"):
        source = (
            f"From: a@x.mx\nMIME-Version: 1.0\nContent-Type: text/plain\nContent-Disposition: attachment; {name}\n\nx"
        )
        assert only(mail(source.encode())).name == "Relación.txt"


def test_inline_images_are_named_and_not_read() -> None:
    made = message()
    made.add_alternative("<p>Hola <img src=cid:1></p>", subtype="html")
    made.get_payload()[1].add_related(PNG, "image", "png", cid="<1>", filename="logo.png")  # type: ignore[union-attr,index]
    attachment = only(mail(made))
    assert (attachment.name, attachment.document) == ("logo.png", None)
    assert "incrustada" in (attachment.reason or "")
    assert mail(made).gaps == ()


def test_messages_within_messages_and_their_depth() -> None:
    made = message("fondo")
    for level in range(4):
        outer = message(f"nivel {level}")
        outer.add_attachment(made)
        made = outer
    document = mail(made, Limits(depth=2))
    inner = only(document)
    assert inner.document is not None
    assert inner.name.startswith("Envío del Plan")
    assert texts(inner.document) == ["nivel 2"]
    deepest = only(inner.document)
    assert texts(deepest.document) == ["nivel 1"]
    assert deepest.document is not None
    assert only(deepest.document).document is None
    assert "profundidad" in (only(deepest.document).reason or "")


def test_deep_nesting_is_safe() -> None:
    head = b"From: a@x.mx\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n"
    for data in (head * 50 + b"x", head * 5000 + b"x"):
        try:
            document = read_bytes(data, "x", Limits())
        except Exception as error:
            assert type(error).__name__ == "Unreadable"  # noqa: PT017
        else:
            assert document.attachments
    parts = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(60))
    document = mail(b"From: a@x.mx\nMIME-Version: 1.0\n" + parts + b"\nhola")
    assert any("profundidad" in gap.reason for gap in document.gaps)


def test_damaged_base64_is_told() -> None:
    for payload in ("@@@@no es base64@@@@", "QUJD" * 10 + "Q"):
        source = (
            "From: a@x.mx\nMIME-Version: 1.0\nContent-Type: application/pdf; name=a.pdf\n"
            f"Content-Transfer-Encoding: base64\n\n{payload}\n"
        )
        assert only(mail(source.encode())).reason == "El anexo está dañado: su base64 no es válido."
    body = b"From: a@x.mx\nMIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n@@@\n"
    assert [gap.reason for gap in mail(body).gaps] == ["El cuerpo del mensaje está dañado: su base64 no es válido."]


def test_base64_with_blanks_and_without_padding_is_read() -> None:
    coded = base64.b64encode("Reunión".encode()).decode().rstrip("=")
    source = f"From: a@x.mx\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n {coded[:3]}\n\t{coded[3:]}\n"
    assert texts(mail(source.encode())) == ["Reunión"]


def test_a_cut_message_is_told() -> None:
    made = message()
    made.add_attachment("x" * 100, filename="a.txt")
    data = made.as_bytes()
    document = mail(data[: data.rindex(b"--=")])
    assert any("incompleto" in gap.reason for gap in document.gaps)


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("application/ms-tnef", "winmail.dat", "Outlook"),
        ("application/octet-stream", "WINMAIL.DAT", "Outlook"),
        ("application/pkcs7-mime", "smime.p7m", "S/MIME"),
    ],
)
def test_sealed_and_foreign_envelopes_are_gaps_with_a_reason(kind: str, name: str, said: str) -> None:
    made = message()
    made.add_attachment(b"x", *kind.split("/"), filename=name)
    document = mail(made)
    assert said in (only(document).reason or "")
    assert any(said in gap.reason for gap in document.gaps)


def test_a_detached_signature_is_noted_and_is_no_attachment() -> None:
    made = message()
    made.add_attachment(b"x", "application", "pkcs7-signature", filename="smime.p7s")
    document = mail(made)
    assert document.attachments == ()
    assert any("firma digital" in note for note in document.notes)


def test_a_message_that_is_nothing_but_a_file() -> None:
    source = b"From: scanner@x.mx\nMIME-Version: 1.0\nContent-Type: text/csv; name=a.csv\n\na,b\n1,2\n"
    assert only(mail(source)).name == "a.csv"


def test_mailboxes() -> None:
    one = b"From a@x.mx Tue Feb  3 10:00:00 2026\nFrom: a@x.mx\nSubject: uno\n\nhola\n>From aqui\n"
    two = b"\nFrom b@x.mx Tue Feb  3 11:00:00 2026\nFrom: b@x.mx\nSubject: dos\n\nadios\n"
    both = read_mbox(one + two, Limits())
    assert [a.document.title if a.document else None for a in both.attachments] == ["uno", "dos"]
    single = read_bytes(one, "correo", Limits())
    assert (single.title, texts(single)) == ("uno", ["hola", "From aqui"])


@given(st.binary(max_size=300), st.sampled_from(["multipart/mixed; boundary=b", "message/rfc822", "text/html", "x"]))
def test_any_body_is_read(body: bytes, kind: str) -> None:
    assert mail(b"From: a@x.mx\nContent-Type: " + kind.encode() + b"\n\n--b\n" + body).mail is not None


# msg

SENT = dt.datetime(2026, 2, 3, 16, 15, tzinfo=dt.UTC)


def when(moment: dt.datetime) -> bytes:
    ticks = (moment - dt.datetime(1601, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1) * 10
    return ticks.to_bytes(8, "little")


def recipient(name: str, address: str, kind: int) -> Tree:
    return {
        "__properties_version1.0": properties(8, {0x0C15: (3, bytes([kind, 0, 0, 0]))}),
        **wide(0x3001, name),
        **wide(0x39FE, address),
    }


def attached(name: str, content: Tree, fixed: dict[int, tuple[int, bytes]] | None = None) -> Tree:
    return {"__properties_version1.0": properties(8, fixed or {}), **wide(0x3707, name), **content}


def outlook(more: Tree, header: int = 32) -> Tree:
    return {
        "__properties_version1.0": properties(header, {0x0039: (0x40, when(SENT))}),
        **wide(0x0037, "Envío del Plan"),
        **wide(0x1000, "Buenos días:\r\n\r\nFecha: hoy\r\n"),
        **wide(0x0C1A, "Ana Pérez"),
        **wide(0x5D01, "ana@x.mx"),
        **wide(0x1035, "<1@x.mx>"),
        **more,
    }


def test_an_outlook_message(tmp_path: Path) -> None:
    inner = outlook(wide(0x0037, "Interno"), 24)
    tree = outlook(
        {
            "__recip_version1.0_#00000000": recipient("Luis Gil", "luis@x.mx", 1),
            "__recip_version1.0_#00000001": recipient("Eva", "eva@x.mx", 2),
            "__attach_version1.0_#00000000": attached("nota.txt", {"__substg1.0_37010102": b"Lugar: sala"}),
            "__attach_version1.0_#00000001": attached("Interno", {"__substg1.0_3701000D": inner}),
            "__attach_version1.0_#00000002": attached("nube.docx", {}, {0x3705: (3, b"\7\0\0\0")}),
        }
    )
    path = tmp_path / "correo.msg"
    path.write_bytes(ole_file(tree))
    document = read(path)
    assert headers(document) == Mail(
        "Ana Pérez <ana@x.mx>", ("Luis Gil <luis@x.mx>",), ("Eva <eva@x.mx>",), "Envío del Plan", SENT, "<1@x.mx>"
    )
    assert texts(document) == ["Buenos días:", "Fecha: hoy"]
    note, within, cloud = document.attachments
    assert texts(note.document) == ["Lugar: sala"]
    assert within.document is not None
    assert (within.document.title, headers(within.document).date) == ("Interno", SENT)
    assert (cloud.document, cloud.reason) == (None, "No va en el mensaje: es un vínculo a otro sitio.")


def test_outlook_bodies_in_eight_bits_and_in_html() -> None:
    narrow: Tree = {
        "__properties_version1.0": properties(32, {0x3FDE: (3, (1252).to_bytes(4, "little"))}),
        "__substg1.0_1000001E": "Reunión".encode("cp1252"),
    }
    assert texts(read_msg(ole_file(narrow), Limits())) == ["Reunión"]
    page: Tree = {
        "__properties_version1.0": properties(32, {0x3FDE: (3, (65001).to_bytes(4, "little"))}),
        "__substg1.0_10130102": f"<p>Reunión</p>{TABLE}".encode(),
    }
    assert texts(read_msg(ole_file(page), Limits()))[0] == "Reunión"


def test_an_outlook_body_only_in_rtf_is_a_gap() -> None:
    document = read_msg(ole_file({"__properties_version1.0": b"\0" * 32, "__substg1.0_10090102": b"x"}), Limits())
    assert [gap.reason for gap in document.gaps] == [
        "El cuerpo del mensaje está solo en RTF de Outlook; solicite el reenvío en HTML."
    ]
    assert headers(document).date is None
