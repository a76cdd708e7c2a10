"""Messages (eml, mbox): headers, the body as blocks, attachments read in their turn."""

from __future__ import annotations

import binascii
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.message import Message
from email.utils import parsedate_to_datetime

import msgspec

from parsers.addresses import addresses, header_text
from parsers.compose import Composer
from parsers.decoding import decode_as
from parsers.dispatch import read_attachment
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Attachment, Block, Document, Gap, Mail, Place, Table
from parsers.text import text_blocks

_UNREAD = {
    "application/ms-tnef": "Es un sobre propio de Outlook (winmail.dat); solicite el reenvío en formato HTML.",
    "application/pkcs7-mime": "El contenido va cifrado o sellado con S/MIME (.p7m); solicite una copia sin cifrar.",
    "application/x-pkcs7-mime": "El contenido va cifrado o sellado con S/MIME (.p7m); solicite una copia sin cifrar.",
    "application/pgp-encrypted": "El contenido va cifrado con PGP; solicite una copia sin cifrar.",
    "message/external-body": "El anexo no va en el mensaje, sino en un sitio externo que no se consulta.",
    "message/partial": "El mensaje está partido en varios; solicite que se envíe completo.",
}
_SEALS = frozenset(("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"))


def read_mail(data: bytes, limits: Limits, depth: int = 0) -> Document:
    """Read an RFC 5322 message. The subject is in ``mail`` and ``title``, not in the blocks."""
    try:
        message = message_from_bytes(data)
    except RecursionError as error:
        raise Unreadable("malformed", "El mensaje anida otros a mayor profundidad de la que se lee.") from error
    return _document(message, limits, depth)


def read_mbox(data: bytes, limits: Limits, depth: int = 0) -> Document:
    """Read a mailbox: each message an attachment, in order; one that holds a single message is that message."""
    starts = [found.start() for found in re.finditer(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\n]*\d{4}\s*\n", data)]
    parts = [data[start:end] for start, end in zip(starts, [*starts[1:], len(data)], strict=True)]
    sources = [re.sub(rb"^>(>*From )", rb"\1", part.partition(b"\n")[2], flags=re.MULTILINE) for part in parts]
    if len(sources) == 1:
        return read_mail(sources[0], limits, depth)
    attachments = tuple(
        read_attachment(source, f"mensaje {number}.eml", "message/rfc822", limits, depth)
        for number, source in enumerate(sources, 1)
    )
    return Document("application/mbox", (), attachments=attachments, notes=(f"Buzón con {len(attachments)} mensajes.",))


def assemble(
    mail: Mail, bodies: list[tuple[str, bool]], reader: Bodies, attachments: tuple[Attachment, ...], media_type: str
) -> Document:
    """The document of a message from its headers, its bodies as (source, is HTML), and its attachments."""
    for source, is_html in bodies:
        reader.read(source, is_html)
    if not reader.blocks and not attachments and not reader.gaps:
        reader.notes.append("El mensaje no tiene texto en el cuerpo.")
    return Document(
        media_type,
        tuple(reader.blocks),
        notes=tuple(dict.fromkeys(reader.notes)),
        gaps=tuple(reader.gaps),
        mail=mail,
        attachments=attachments,
        title=mail.subject,
    )


class Bodies(msgspec.Struct):
    """Reads the texts of one message one after the other into blocks with a common count of paragraphs and lines."""

    composer: Composer
    blocks: list[Block] = []
    notes: list[str] = []
    gaps: list[Gap] = []

    def read(self, source: str, is_html: bool) -> None:
        """Add the blocks of one body."""
        if is_html:
            self.html(source)
        else:
            self.blocks += text_blocks(source, self.composer)
        self.composer.line_offset += source.count("\n") + 1

    def html(self, source: str) -> None:
        from parsers.html import html_blocks

        try:
            blocks, _, notes = html_blocks(source, self.composer)
        except RecursionError:
            self.gaps.append(Gap("El cuerpo HTML del mensaje anida demasiados elementos; no se leyó.", Place()))
            return
        self.blocks += blocks
        self.notes += notes


def preferred(plain: str | None, page: str | None) -> tuple[str, bool] | None:
    """Of the alternatives of a body the one to read, as (source, is HTML).

    Plain text, unless it is missing, is a stub that asks for an HTML reader, or has lost the tables that the page has.
    """
    if not page or not page.strip():
        return (plain, False) if plain and plain.strip() else None
    if not plain or not plain.strip():
        return page, True
    if "<table" in page.lower() and _tabular(page):
        return page, True
    bare = re.sub(r"<(script|style|head)\b.*?</\1>|<!--.*?-->|<[^>]*>", "", page, flags=re.DOTALL | re.IGNORECASE)
    if len("".join(plain.split())) * 3 < len("".join(bare.split())):
        return page, True
    return plain, False


def _tabular(page: str) -> bool:
    """Whether a page has a table of at least two rows and columns of text, however deep in tables for layout."""
    from parsers.html import html_blocks

    try:
        blocks = html_blocks(page, Composer(Limits()))[0]
    except (RecursionError, Unreadable):
        return False
    return any(
        table.rows > 1 and table.columns > 1 and sum(bool(cell.text) for cell in table.cells) > 3
        for table in _innermost(blocks)
    )


def _innermost(blocks: Iterable[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            within = list(_innermost(inner for cell in block.cells for inner in cell.blocks))
            yield from within or [block]


def _document(message: Message, limits: Limits, depth: int) -> Document:
    reader = Bodies(Composer(limits))
    parts = _Parts(limits, depth, reader)
    parts.walk(message, 0)
    headers = raw_headers(message)
    mail = Mail(
        sender=", ".join(addresses(headers.get("from", headers.get("sender", [])))),
        to=addresses(headers.get("to", [])),
        cc=addresses(headers.get("cc", [])),
        subject=header_text(headers.get("subject", [b""])[0]),
        date=_date(headers, reader),
        message_id=header_text(headers["message-id"][0]) if "message-id" in headers else None,
        received=received(headers),
        reply_to=addresses(headers.get("reply-to", [])),
        answers=answered(headers),
    )
    return assemble(mail, parts.bodies, reader, tuple(parts.attachments), "message/rfc822")


def raw_headers(message: Message) -> dict[str, list[bytes]]:
    """Raw values by lower-case name: what the parser cannot decode it keeps, and so do we."""
    found: dict[str, list[bytes]] = {}
    for name, value in message.raw_items():
        found.setdefault(name.lower(), []).append(str(value).encode("utf-8", "surrogateescape"))
    return found


def _date(headers: dict[str, list[bytes]], reader: Bodies) -> dt.datetime | None:
    if "date" not in headers:
        reader.notes.append("El mensaje no lleva fecha de envío.")
        return None
    text = header_text(headers["date"][0])
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        reader.notes.append(f"La fecha de envío del mensaje no es legible: «{text[:80]}».")
        return None


def received(headers: dict[str, list[bytes]]) -> tuple[dt.datetime | None, ...]:
    """The times of the ``Received`` chain, oldest first; RFC 5321 (4.4) has each server put its own on top, the time after a semicolon."""
    return tuple(_stamped(header_text(raw)) for raw in reversed(headers.get("received", [])))


def _stamped(line: str) -> dt.datetime | None:
    try:
        return parsedate_to_datetime(line.rpartition(";")[2])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def answered(headers: dict[str, list[bytes]]) -> tuple[str, ...]:
    """The ids in ``In-Reply-To`` and ``References``, each once (RFC 5322, 3.6.4)."""
    text = " ".join(header_text(raw) for name in ("in-reply-to", "references") for raw in headers.get(name, []))
    return tuple(dict.fromkeys(re.findall(r"<[^<>\s]+>", text)))


class _Parts(msgspec.Struct):
    """Sorts the MIME parts of a message into bodies, attachments and what must be told about them."""

    limits: Limits
    depth: int
    reader: Bodies
    bodies: list[tuple[str, bool]] = []
    attachments: list[Attachment] = []
    pages: list[str] = []
    """The HTML bodies met so far, chosen or not."""

    def walk(self, part: Message, level: int) -> None:
        if level > self.limits.depth:
            self.gap("El mensaje anida sus partes a mayor profundidad de la que se lee.")
            return
        if any(isinstance(d, CloseBoundaryNotFoundDefect | StartBoundaryNotFoundDefect) for d in part.defects):
            self.gap("El mensaje está incompleto: falta el cierre de sus partes; pueden faltar anexos.")
        kind = part.get_content_type()
        if not part.is_multipart():
            self.leaf(part, kind)
        elif kind.startswith("message/"):
            self.message(part)
        elif kind == "multipart/alternative":
            self.alternative(part, level)
        else:
            if kind == "multipart/encrypted":
                self.gap("El mensaje va cifrado; solicite una copia sin cifrar.")
            for child in _children(part):
                self.walk(child, level + 1)

    def alternative(self, part: Message, level: int) -> None:
        """One body from those that say the same; what else is among them (a calendar, attachments) is kept."""
        texts: dict[str, str] = {}
        rest: list[Message] = []
        for child in _children(part):
            leaves = [child]
            if child.get_content_maintype() == "multipart" and child.is_multipart():
                leaves = [leaf for leaf in child.walk() if not leaf.is_multipart()]
            for leaf in leaves:
                kind = leaf.get_content_type()
                if kind in ("text/plain", "text/html") and not _is_attachment(leaf) and kind not in texts:
                    texts[kind] = self.text(leaf, kind)
                else:
                    rest.append(leaf)
        chosen = preferred(texts.get("text/plain"), texts.get("text/html"))
        if chosen:
            self.bodies.append(chosen)
        for leaf in rest:
            self.walk(leaf, level + 1)

    def leaf(self, part: Message, kind: str) -> None:
        if kind in _SEALS:
            self.reader.notes.append("El mensaje lleva una firma digital (S/MIME o PGP), que no se verificó.")
        elif kind in ("text/plain", "text/html") and not _is_attachment(part):
            text = self.text(part, kind)
            if text.strip():
                self.bodies.append((text, kind == "text/html"))
        else:
            self.attachment(part, kind)

    def text(self, part: Message, kind: str) -> str:
        data = _payload(part)
        if data is None:
            self.gap("El cuerpo del mensaje está dañado: su base64 no es válido.")
            return ""
        charset = part.get_param("charset")
        declared = charset if isinstance(charset, str) else None
        if kind == "text/html":
            from parsers.html import html_text

            page = html_text(data, declared)
            self.pages.append(page)
            return page
        text = decode_as(data, declared).replace("\r\n", "\n")
        if str(part.get_param("format") or "").lower() == "flowed":
            text = re.sub(r"(?<![\n-]) \n(?=[^\s>])", " ", re.sub(r"(?m)^ (?=[ >]|From )", "", text))
        return text

    def attachment(self, part: Message, kind: str) -> None:
        name = _filename(part)
        reason = _UNREAD.get(kind)
        if name.lower() == "winmail.dat":
            reason = _UNREAD["application/ms-tnef"]
        if kind.startswith("image/") and self.is_embedded(part):
            reason = "Imagen incrustada en el cuerpo; no se lee."
        elif reason:
            self.gap(f"Anexo «{name}»: {reason}")
        data = None if reason else _payload(part)
        if data is None:
            reason = reason or "El anexo está dañado: su base64 no es válido."
            self.attachments.append(Attachment(name, kind, None, reason))
        else:
            self.attachments.append(read_attachment(data, name, kind, self.limits, self.depth))

    def is_embedded(self, part: Message) -> bool:
        """Whether a page shows it, as its logos; an image that no page refers to may be a scanned document."""
        identifier = header_text(str(part.get("content-id", "")).encode("utf-8", "surrogateescape")).strip("<>")
        return bool(identifier) and any(f"cid:{identifier}" in page for page in self.pages)

    def message(self, part: Message) -> None:
        """A message within this one. Read from what is parsed already: to write it out again could change it."""
        kind = part.get_content_type()
        for inner in _children(part):
            if kind == "message/delivery-status":
                continue  # groups of headers for machines
            name = _filename(part, header_text(raw_headers(inner).get("subject", [b""])[0]) + ".eml")
            if self.depth >= self.limits.depth:
                reason = "Está anidado a mayor profundidad de la que se lee."
                self.attachments.append(Attachment(name, kind, None, reason))
            else:
                document = _document(inner, self.limits, self.depth + 1)
                self.attachments.append(Attachment(name, kind, document))

    def gap(self, reason: str) -> None:
        self.reader.gaps.append(Gap(reason, Place()))


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _payload(part: Message) -> bytes | None:
    """The bytes of a part; None where its base64 is no such thing."""
    if str(part.get("content-transfer-encoding", "")).strip().lower() == "base64":
        raw = part.get_payload()
        source = raw.encode("ascii", "ignore") if isinstance(raw, str) else b""
        compact = re.sub(rb"\s", b"", source)
        if re.search(rb"[^A-Za-z0-9+/=]", compact):
            return None
        try:
            return binascii.a2b_base64(compact + b"=" * (-len(compact.rstrip(b"=")) % 4 if b"=" not in compact else 0))
        except binascii.Error:
            return None
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else None


def _is_attachment(part: Message) -> bool:
    disposition = str(part.get("content-disposition", "")).strip().lower()
    return disposition.startswith("attachment") or bool(part.get_filename())


def _filename(part: Message, otherwise: str = "anexo sin nombre") -> str:
    name = part.get_filename()
    text = header_text(name.encode("utf-8", "surrogateescape")) if name else otherwise
    return re.sub(r"[\x00-\x1f\x7f]", "", text).strip()[:255] or "anexo sin nombre"
