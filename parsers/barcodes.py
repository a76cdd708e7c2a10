"""QR and bar codes in a document's pictures, read only when asked for: decoding the pictures of every minuta would be waste.

A picture that may hold a code and from which none was read is told apart from no picture at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from parsers.decode_codes import Seen, codes_of_picture
from parsers.errors import Unreadable
from parsers.model import Attachment, Document, Gap, Place, paragraphs_of

MAX_PICTURES = 200
"""Pictures of a file that are decoded."""
_DATA_URI = re.compile(rb"data:image/([\w.+-]+);base64,([A-Za-z0-9+/=\s]+)")


class Barcode(msgspec.Struct, frozen=True):
    """A code that was read."""

    text: str
    format: str
    """``QRCode``, ``DataMatrix``, ``Code128`` …"""
    place: Place | None


class Barcodes(msgspec.Struct, frozen=True):
    """What the pictures of a document say."""

    read: tuple[Barcode, ...] = ()
    unread: tuple[Gap, ...] = ()
    """Pictures that may hold a code and could not be decoded, or were not looked at; the reason is a clause in Spanish."""


def barcodes_of(document: Document) -> Barcodes:
    """The codes in the pictures of a document as :func:`parsers.read` gives it, or of a part of it, in reading order.

    A part is looked into where its own blocks stand: their pages, their paragraphs. Never raises for bad pictures.
    """
    read: dict[tuple[str, str], Barcode] = {}
    unread: list[Gap] = []
    for number, (place, seen) in enumerate(_pictures(document)):
        if number >= MAX_PICTURES:
            unread.append(Gap(f"sólo se examinaron {MAX_PICTURES} imágenes en busca de códigos", place))
            break
        for code in seen.codes:
            read.setdefault(
                (code.text, code.format), Barcode(code.text, code.format, place if place != Place() else None)
            )
        if seen.doubt:
            unread.append(Gap(f"hay una imagen que {seen.doubt}", place))
    return Barcodes(tuple(read.values()), tuple(unread))


def _pictures(document: Document) -> Iterator[tuple[Place, Seen]]:
    """Every picture with its place, as it is decoded."""
    yield from _own_pictures(document)
    for attachment in document.attachments if document.mail else ():
        if attachment.media_type.startswith("image/"):
            yield Place(), _attached(attachment)


def _own_pictures(document: Document) -> Iterator[tuple[Place, Seen]]:
    data, kind = document.source, document.media_type
    try:
        if kind == "application/pdf" and data:
            from parsers.pdf_codes import codes_of_pages

            yield from codes_of_pages(data, _pages(document), onward=not document.ocr)
        elif kind.startswith("image/") and data:
            seen = codes_of_picture(data)
            yield Place(), seen if seen.codes or seen.doubt else Seen((), "no deja distinguir ningún código")
        elif kind.startswith("application/vnd.openxmlformats") and data:
            from parsers.package_pictures import docx_pictures, package_pictures

            found = docx_pictures(document) if "wordprocessingml" in kind else package_pictures(document, "drawings/")
            yield from (
                (place, picture if isinstance(picture, Seen) else codes_of_picture(picture)) for place, picture in found
            )
        elif kind.startswith("application/vnd.oasis.opendocument") and data:
            from parsers.package_pictures import package_pictures

            yield from (
                (p, codes_of_picture(b)) for p, b in package_pictures(document, "Pictures/") if isinstance(b, bytes)
            )
        else:
            yield from _in_text(document)
    except Unreadable as error:
        yield Place(), Seen((), f"no se pudo examinar ({error.reason.rstrip('.')})")


def _pages(document: Document) -> frozenset[int]:
    """Pages on which the blocks of this part stand; empty where none says its page: all of them."""
    return frozenset(page for block in document.blocks if (page := block.place.page))


def _attached(attachment: Attachment) -> Seen:
    if attachment.document is None or not attachment.document.source:
        return Seen((), "no se pudo leer")
    return codes_of_picture(attachment.document.source)


def _in_text(document: Document) -> Iterator[tuple[Place, Seen]]:
    """Pictures written into the text itself; those that are only linked do not come with the file."""
    import base64
    import binascii

    shown = [p.place for p in paragraphs_of(document.blocks) for _ in range(p.images)]
    written = list(_DATA_URI.finditer(document.source)) if b"base64," in document.source else []
    for number, match in enumerate(written):
        place = shown[number] if len(shown) == len(written) else Place()
        try:
            yield place, codes_of_picture(base64.b64decode(re.sub(rb"\s", b"", match[2])))
        except binascii.Error:
            yield place, Seen((), "está dañada")
    if len(shown) > len(written):
        yield shown[-1], Seen((), "no viene en el archivo, sino enlazada")
    if b"<svg" in document.source:
        yield Place(), Seen((), "es un dibujo vectorial (SVG) que no se examina")
