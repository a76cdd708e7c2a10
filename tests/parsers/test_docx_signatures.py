from __future__ import annotations

import base64
import datetime as dt
import hashlib
import io
import zipfile

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from parsers.docx import read_docx
from parsers.limits import Limits
from parsers.model import Document, paragraphs_of
from tests.word_files import p, word_file

LINE = (
    '<w:p><w:r><w:pict><v:shape><v:imagedata/><o:signatureline id="{{A}}" issignatureline="t" '
    'o:suggestedsigner="Ana Ruiz" o:suggestedsigner2="Titular"/></v:shape></w:pict></w:r></w:p>'
)


def certificate(name: str) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Autoridad")])
    subject = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "MX"), x509.NameAttribute(NameOID.COMMON_NAME, name)])
    day = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    signed = (
        builder.serial_number(7)
        .not_valid_before(day)
        .not_valid_after(day.replace(year=2029))
        .sign(key, hashes.SHA256())
    )
    return signed.public_bytes(serialization.Encoding.DER)


def signed(body: str, der: bytes, *, digest_of: bytes | None = None, setup: str = "") -> Document:
    unsigned = word_file(body)
    part = digest_of
    if part is None:
        part = zipfile.ZipFile(io.BytesIO(unsigned)).read("word/document.xml")
    signature = (
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><Object><Manifest>'
        '<Reference URI="/word/document.xml?ContentType=a"><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
        f"<DigestValue>{base64.b64encode(hashlib.sha256(part).digest()).decode()}</DigestValue></Reference></Manifest>"
        '<SignatureTime xmlns="http://schemas.openxmlformats.org/package/2006/digital-signature">'
        "<Value>2025-03-04T10:00:00Z</Value></SignatureTime>"
        f"<SetupID>{setup}</SetupID></Object><X509Certificate>{base64.b64encode(der).decode()}</X509Certificate></Signature>"
    )
    data = word_file(
        body,
        raw={
            "_xmlsignatures/origin.sigs": b"",
            "_xmlsignatures/sig1.xml": signature.encode(),
            "_xmlsignatures/_rels/origin.sigs.rels": (
                b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
                b'Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/signature" '
                b'Target="sig1.xml"/></Relationships>'
            ),
        },
        package_relations={"rIdS": ("origin", "_xmlsignatures/origin.sigs")},
    )
    return read_docx(data, Limits())


def test_signer_moment_and_coverage() -> None:
    (signature,) = signed(p("hola"), certificate("María Peña López")).signatures
    assert signature.signed
    assert signature.name == "María Peña López"
    assert signature.when == dt.datetime(2025, 3, 4, 10, tzinfo=dt.UTC)
    assert signature.whole


def test_a_body_changed_after_signing_is_not_whole() -> None:
    (signature,) = signed(p("hola"), certificate("Ana"), digest_of=b"otro cuerpo").signatures
    assert signature.signed
    assert not signature.whole


@pytest.mark.parametrize(
    "der",
    [b"", b"\x30", b"\x30\x84\xff\xff\xff\xff", b"\x30\x03\x30\x01\x05", certificate("Ana")[:90]],
    ids=["empty", "tag", "length", "short", "cut"],
)
def test_a_damaged_certificate_leaves_a_gap(der: bytes) -> None:
    document = signed(p("hola"), der)
    assert document.signatures[0].name is None
    assert [gap.reason for gap in document.gaps] == ["firma digital cuyo certificado no se puede leer"]


def test_a_signature_line_is_unsigned_until_a_signature_fills_it() -> None:
    line = LINE.replace("{{A}}", "{A-1}")
    (empty,) = read_docx(word_file(p("x") + line), Limits()).signatures
    assert (empty.signed, empty.name, empty.place.paragraph) == (False, "Ana Ruiz", 2)
    (filled,) = signed(p("x") + line, certificate("Ana Ruiz"), setup="{A-1}").signatures
    assert (filled.signed, filled.place.paragraph) == (True, 2)


def test_a_signature_line_says_who_is_to_sign() -> None:
    document = read_docx(word_file(LINE.replace("{{A}}", "{A-1}")), Limits())
    image, signer = paragraphs_of(document.blocks)
    assert image.images == 1
    assert signer.text == "Ana Ruiz\nTitular"
