"""Outlook messages (msg): the same document as from an eml."""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
from email import message_from_string
from typing import TYPE_CHECKING

import msgspec

from parsers.compose import Composer
from parsers.decoding import decode_as
from parsers.dispatch import read_attachment
from parsers.limits import Limits
from parsers.mail import Bodies, answered, assemble, preferred, raw_headers, received
from parsers.model import Attachment, Document, Gap, Mail, Place

if TYPE_CHECKING:
    from oxmsg.storage import Storage

# Property ids of [MS-OXPROPS], without the PidTag of their names.
_SUBJECT, _BODY, _HTML, _RTF = 0x0037, 0x1000, 0x1013, 0x1009
_CLIENT_SUBMIT_TIME, _DELIVERY_TIME, _MESSAGE_ID = 0x0039, 0x0E06, 0x1035
_SENDER_NAME, _SENDER_ADDRESS, _SENDER_SMTP, _FOR_NAME, _FOR_SMTP = 0x0C1A, 0x0C1F, 0x5D01, 0x0042, 0x5D02
_RECIPIENT_TYPE, _DISPLAY_NAME, _ADDRESS, _SMTP = 0x0C15, 0x3001, 0x3003, 0x39FE
_LONG_NAME, _SHORT_NAME, _MIME, _METHOD, _DATA = 0x3707, 0x3704, 0x370E, 0x3705, 0x3701
_CONTENT_ID, _ATTACH_FLAGS, _HIDDEN = 0x3712, 0x3714, 0x7FFE
_TRANSPORT_HEADERS, _IN_REPLY_TO, _REFERENCES = 0x007D, 0x1042, 0x1039
_INTERNET_CODEPAGE, _MESSAGE_CODEPAGE = 0x3FDE, 0x3FFD
_CODEPAGES = {65001: "utf-8", 20127: "ascii", 28591: "iso-8859-1", 28605: "iso-8859-15"}
_ROOT, _EMBEDDED, _PART = 32, 24, 8
"""Bytes before the properties in the property stream of a message, of a message within one, and of anything else."""


def read_msg(data: bytes, limits: Limits, depth: int = 0) -> Document:
    """Read an Outlook message. The subject is in ``mail`` and ``title``, not in the blocks."""
    from olefile import OleFileIO  # type: ignore[import-untyped]
    from oxmsg.storage import Storage

    with OleFileIO(io.BytesIO(data)) as ole:
        storage = Storage.from_ole(ole)
    return _document(storage, _ROOT, limits, depth)


def _document(storage: Storage, header: int, limits: Limits, depth: int) -> Document:
    message = _Properties.of(storage, header)
    reader = Bodies(Composer(limits))
    page = message.binary(_HTML)
    charset = _codepage(message.number(_INTERNET_CODEPAGE))
    if page is None:
        html = message.text(_HTML)
    else:
        from parsers.html import html_text

        html = html_text(page, charset)
    body = preferred(message.text(_BODY).replace("\r\n", "\n"), html)
    if body is None and message.binary(_RTF):
        reader.gaps.append(
            Gap("El cuerpo del mensaje está solo en RTF de Outlook; solicite el reenvío en HTML.", Place())
        )
    to, cc = _recipients(storage)
    headers = raw_headers(message_from_string(message.text(_TRANSPORT_HEADERS)))
    for name, number in (("in-reply-to", _IN_REPLY_TO), ("references", _REFERENCES)):
        if name not in headers and (text := message.text(number)):
            headers[name] = [text.encode()]
    mail = Mail(
        sender=_sender(message),
        to=to,
        cc=cc,
        subject=message.text(_SUBJECT),
        date=message.time(_CLIENT_SUBMIT_TIME) or message.time(_DELIVERY_TIME),
        message_id=message.text(_MESSAGE_ID) or None,
        received=received(headers),
        answers=answered(headers),
    )
    if mail.date is None:
        reader.notes.append("El mensaje no lleva fecha de envío.")
    attachments = tuple(
        _attachment(part, limits, depth) for part in storage.storages if part.name.startswith("__attach_version1.0_#")
    )
    return assemble(mail, [body] if body else [], reader, attachments, "application/vnd.ms-outlook")


def _sender(message: _Properties) -> str:
    name = message.text(_SENDER_NAME) or message.text(_FOR_NAME)
    address = message.text(_SENDER_SMTP) or message.text(_FOR_SMTP) or message.text(_SENDER_ADDRESS)
    return _written(name, address)


def _written(name: str, address: str) -> str:
    """``Nombre <correo>``; an Exchange directory path is no address for people."""
    if "@" not in address:
        return name
    return f"{name} <{address}>" if name and name != address else address


def _recipients(storage: Storage) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found: dict[int, list[str]] = {1: [], 2: []}
    for part in storage.storages:
        if part.name.startswith("__recip_version1.0_#"):
            recipient = _Properties.of(part, _PART)
            written = _written(recipient.text(_DISPLAY_NAME), recipient.text(_SMTP) or recipient.text(_ADDRESS))
            found.setdefault(recipient.number(_RECIPIENT_TYPE) or 1, []).append(written)
    return tuple(found[1]), tuple(found[2])


def _attachment(storage: Storage, limits: Limits, depth: int) -> Attachment:
    part = _Properties.of(storage, _PART)
    name = part.text(_LONG_NAME) or part.text(_SHORT_NAME) or part.text(_DISPLAY_NAME) or "anexo sin nombre"
    name = re.sub(r"[\x00-\x1f\x7f]", "", name)[:255]
    kind = part.text(_MIME) or "application/octet-stream"
    embedded = next((inner for inner in storage.storages if inner.name == "__substg1.0_3701000D"), None)
    if embedded is not None and any(stream.name == "__properties_version1.0" for stream in embedded.streams):
        if depth >= limits.depth:
            return Attachment(name, kind, None, "Está anidado a mayor profundidad de la que se lee.")
        return Attachment(name, "application/vnd.ms-outlook", _document(embedded, _EMBEDDED, limits, depth + 1))
    if (
        kind.startswith("image/")
        and part.text(_CONTENT_ID)
        and ((part.number(_ATTACH_FLAGS) or 0) & 4 or part.number(_HIDDEN))
    ):
        return Attachment(name, kind, None, "Imagen incrustada en el cuerpo; no se lee.")
    data = part.binary(_DATA)
    if data is None:
        linked = part.number(_METHOD) in (2, 3, 4, 7)
        reason = (
            "No va en el mensaje: es un vínculo a otro sitio." if linked else "Es un objeto incrustado que no se lee."
        )
        return Attachment(name, kind, None, reason)
    return read_attachment(data, name, kind, limits, depth)


class _Properties(msgspec.Struct, frozen=True):
    """The properties of a storage, by id. Read from the streams that are there, whatever the index says of others."""

    streams: dict[str, bytes]
    fixed: dict[int, bytes]
    """The eight bytes in which a number or time is written."""

    @classmethod
    def of(cls, storage: Storage, header: int) -> _Properties:
        streams = {stream.name.upper(): stream.bytes_ for stream in storage.streams}
        index = streams.get("__PROPERTIES_VERSION1.0", b"")[header:]
        fixed = {}
        for start in range(0, len(index) - 15, 16):
            fixed[int.from_bytes(index[start + 2 : start + 4], "little")] = index[start + 8 : start + 16]
        return cls(streams, fixed)

    def text(self, number: int) -> str:
        """A string, of either type; empty where there is none."""
        wide = self.streams.get(f"__SUBSTG1.0_{number:04X}001F")
        if wide is not None:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        narrow = self.streams.get(f"__SUBSTG1.0_{number:04X}001E", b"")
        pages = (_INTERNET_CODEPAGE, _MESSAGE_CODEPAGE) if number == _BODY else (_MESSAGE_CODEPAGE,)
        charset = next(filter(None, (_codepage(self.number(page)) for page in pages)), None)
        return decode_as(narrow, charset).rstrip("\0")

    def binary(self, number: int) -> bytes | None:
        """Bytes, or None where there are none."""
        return self.streams.get(f"__SUBSTG1.0_{number:04X}0102")

    def number(self, number: int) -> int | None:
        """A 32-bit integer or a boolean."""
        value = self.fixed.get(number)
        return None if value is None else int(struct.unpack("<i", value[:4])[0])

    def time(self, number: int) -> dt.datetime | None:
        """A time in UTC; None also where it is out of range."""
        value = self.fixed.get(number)
        if value is None:
            return None
        try:
            return dt.datetime(1601, 1, 1, tzinfo=dt.UTC) + dt.timedelta(
                microseconds=int.from_bytes(value, "little") // 10
            )
        except OverflowError:
            return None


def _codepage(number: int | None) -> str | None:
    return None if number is None else _CODEPAGES.get(number, f"cp{number}")
