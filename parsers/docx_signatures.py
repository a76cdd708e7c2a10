"""Digital signatures of an Office package (``_xmlsignatures``) and Word's signature lines.

What is told: who signed, when, and whether every part that the signature lists still has the digest it was signed with. The
certificate itself is not validated.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from parsers.docx_runs import SignatureLine
from parsers.model import Gap, Place, Signature
from parsers.package import Package

_DIGESTS = {"sha1": "sha1", "sha256": "sha256", "sha384": "sha384", "sha512": "sha512"}
_COMMON_NAME = b"\x55\x04\x03"
_SUBJECT = 5
"""Position of the subject in a TBSCertificate that states its version: version, serial, algorithm, issuer, validity, subject."""


def read_signatures(
    package: Package, lines: list[tuple[SignatureLine, Place]], main: str
) -> tuple[tuple[Signature, ...], tuple[Gap, ...]]:
    """Signatures of the package, then the signature lines that none of them fills, as unsigned.

    A signature whose certificate cannot be read has no name and leaves a gap.
    """
    places = {line.setup_id: place for line, place in lines if line.setup_id}
    signatures: list[Signature] = []
    gaps: list[Gap] = []
    filled: set[str] = set()
    for part in _signature_parts(package):
        root = package.xml(part)
        setup = (_text(root, "SetupID") or "").strip()
        filled.add(setup)
        place = places.get(setup, Place())
        name = _signer(_text(root, "X509Certificate") or "")
        if name is None:
            gaps.append(Gap("firma digital cuyo certificado no se puede leer", place))
        signatures.append(Signature(True, name, _moment(root), _whole(package, root, main), place))
    for line, place in lines:
        if not line.setup_id or line.setup_id not in filled:
            signatures.append(Signature(False, line.name or None, None, False, place))
    return tuple(signatures), tuple(gaps)


def _signature_parts(package: Package) -> Iterator[str]:
    for origin in package.relations(""):
        if origin.kind == "origin" and origin.target in package:
            for relation in package.relations(origin.target):
                if relation.kind == "signature" and relation.target in package:
                    yield relation.target


def _text(root: etree._Element, name: str) -> str | None:
    found = next(root.iter(f"{{*}}{name}"), None)
    return None if found is None else found.text


def _moment(root: etree._Element) -> dt.datetime | None:
    stated = next(root.iter("{*}SignatureTime"), None)
    text = _text(stated, "Value") if stated is not None else _text(root, "SigningTime")
    try:
        return dt.datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None


def _whole(package: Package, root: etree._Element, main: str) -> bool:
    """Every part that the manifest lists is unchanged, and the body is among them.

    Relationship parts are signed after a transformation; they are left out.
    """
    covered = set()
    for reference in root.iter("{*}Reference"):
        uri = str(reference.get("URI", ""))
        part = unquote(uri.partition("?")[0]).lstrip("/")
        if not uri.startswith("/") or part.endswith(".rels"):
            continue
        method = next(reference.iter("{*}DigestMethod"), None)
        digest = _DIGESTS.get(str(method.get("Algorithm", "")).rpartition("#")[2]) if method is not None else None
        if digest is None or part not in package:
            return False
        expected = "".join((_text(reference, "DigestValue") or "").split())
        if base64.b64encode(hashlib.new(digest, package.read(part)).digest()).decode("ascii") != expected:
            return False
        covered.add(part.lower())
    return main.lower() in covered


def _signer(certificate: str) -> str | None:
    """Common name of the subject of a certificate in base64 DER; None where it has none or is damaged."""
    try:
        der = base64.b64decode(certificate, validate=False)
        to_be_signed = next(_der(next(_der(der))[1]))[1]
        fields = [content for _, content in _der(to_be_signed)]
        for _, relative_name in _der(fields[_SUBJECT]):
            for _, pair in _der(relative_name):
                (_, oid), (tag, value) = _der(pair)
                if oid == _COMMON_NAME:
                    # BMPString is UTF-16; the other string types of names are ASCII or UTF-8.
                    return value.decode("utf-16-be" if tag == 0x1E else "utf-8").strip() or None
    except (StopIteration, IndexError, ValueError, binascii.Error):
        return None
    return None


def _der(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each DER element in ``data``; ValueError where one runs past the end."""
    position = 0
    while position < len(data):
        tag, length = data[position], data[position + 1]
        position += 2
        if length & 0x80:
            octets = length & 0x7F
            length = int.from_bytes(data[position : position + octets], "big")
            position += octets
        if position + length > len(data):
            raise ValueError("DER element runs past the end")
        yield tag, data[position : position + length]
        position += length
