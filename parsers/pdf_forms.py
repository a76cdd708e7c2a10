"""What a pdf carries beside its pages' content: form fields, annotations, signatures, files."""

from __future__ import annotations

import ctypes
import datetime as dt
import re
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any

import msgspec
import pypdfium2.raw as pdfium

from parsers.model import Place, Signature
from parsers.pdf_frame import Box

_MAX_ANNOTATIONS = 5_000
_MAX_TEXT = 100_000


class Extras(msgspec.Struct):
    """Annotations of one page; boxes in user space."""

    typed: list[tuple[str, Box]] = []
    """Values of form fields and text typed over the page, as a reader sees them."""
    comments: list[tuple[str, Box]] = []
    stamps: list[Box] = []
    """Stamps and ink: pictures to a reader."""
    files: list[tuple[str, bytes]] = []


def read_annotations(page: Any, form: Any | None) -> Extras:
    """Everything that is laid over a page. ``form``: pdfium's form handle, where the file has a form."""
    extras = Extras()
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MAX_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            _annotation(annotation, form, extras)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return extras


def _annotation(annotation: Any, form: Any | None, extras: Extras) -> None:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if pdfium.FPDFAnnot_GetFlags(annotation) & (pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW):
        return
    rect = pdfium.FS_RECTF()
    if not pdfium.FPDFAnnot_GetRect(annotation, rect):
        return
    box = (rect.left, min(rect.bottom, rect.top), rect.right, max(rect.bottom, rect.top))
    if kind == pdfium.FPDF_ANNOT_WIDGET:
        if form is not None:
            value = _field_value(annotation, form)
            if value:
                extras.typed.append((value, box))
    elif kind == pdfium.FPDF_ANNOT_FREETEXT:
        extras.typed.append((_string(annotation, b"Contents"), box))
    elif kind in (pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_INK):
        extras.stamps.append(box)
    elif kind == pdfium.FPDF_ANNOT_FILEATTACHMENT:
        attachment = pdfium.FPDFAnnot_GetFileAttachment(annotation)
        if attachment:
            extras.files.append(_file(attachment))
    elif kind not in (pdfium.FPDF_ANNOT_POPUP, pdfium.FPDF_ANNOT_LINK):
        text = _string(annotation, b"Contents")
        if text:
            extras.comments.append((text, box))


def _field_value(annotation: Any, form: Any) -> str:
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON):
        return "☒" if pdfium.FPDFAnnot_IsChecked(form, annotation) else "☐"
    if kind in (pdfium.FPDF_FORMFIELD_PUSHBUTTON, pdfium.FPDF_FORMFIELD_SIGNATURE):
        return ""
    return _text(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))


def _string(annotation: Any, key: bytes) -> str:
    return _text(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size))


def _text(call: Any) -> str:
    """A string by pdfium's usual protocol: ask for its length in bytes, then for UTF-16 in a buffer of ours."""
    length = min(call(None, 0), _MAX_TEXT)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    call(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace").replace("\r\n", "\n").replace("\r", "\n").strip()


def _file(attachment: Any) -> tuple[str, bytes]:
    name = _text(lambda buffer, size: pdfium.FPDFAttachment_GetName(attachment, buffer, size))
    size = ctypes.c_ulong()
    pdfium.FPDFAttachment_GetFile(attachment, None, 0, size)
    if not size.value:
        return name, b""
    buffer = ctypes.create_string_buffer(size.value)
    pdfium.FPDFAttachment_GetFile(attachment, buffer, size.value, size)
    return name, buffer.raw


def embedded_files(document: Any) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file in the document's own list."""
    for index in range(pdfium.FPDFDoc_GetAttachmentCount(document.raw)):
        attachment = pdfium.FPDFDoc_GetAttachment(document.raw, index)
        if attachment:
            yield _file(attachment)


def has_signature_fields(document: Any) -> bool:
    """Cheap look before the slower reader is loaded: pdfium counts signature fields, the empty ones included."""
    return bool(pdfium.FPDF_GetSignatureCount(document.raw) > 0)


def read_signatures(data: bytes) -> tuple[Signature, ...]:
    """Signature fields, signed or empty, in the order of the form. Raises what pypdf raises on a damaged form."""
    from pypdf import PdfReader
    from pypdf.generic import DictionaryObject

    reader = PdfReader(BytesIO(data), strict=False)
    pages = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages, 1) if page.indirect_reference}
    boxed: dict[int, int] = {}
    for number, page in enumerate(reader.pages, 1):
        for annotation in page.get("/Annots", ()) or ():
            boxed[getattr(annotation, "idnum", 0)] = number
    root: Any = reader.trailer["/Root"].get_object()
    form = root.get("/AcroForm")
    if form is None:
        return ()
    out: list[Signature] = []
    stack = [(reference, "", None, 0) for reference in reversed(form.get_object().get("/Fields", []))]
    while stack and len(out) < _MAX_ANNOTATIONS:
        reference, prefix, kind, depth = stack.pop()
        node = reference.get_object()
        if not isinstance(node, DictionaryObject) or depth > 30:
            continue
        part = str(node.get("/T", ""))
        name = f"{prefix}.{part}" if prefix and part else prefix or part
        kind = node.get("/FT", kind)
        kids = node.get("/Kids")
        if kids and "/V" not in node:
            stack.extend((kid, name, kind, depth + 1) for kid in reversed(kids))
        elif kind == "/Sig":
            widget = kids[0] if kids else reference
            out.append(_signature(node, widget, name, data, pages, boxed))
    return tuple(out)


def _signature(
    node: Any, widget: Any, name: str, data: bytes, pages: dict[int, int], boxed: dict[int, int]
) -> Signature:
    box_of = widget.get_object()
    page_reference = box_of.raw_get("/P") if "/P" in box_of else None
    page = boxed.get(getattr(widget, "idnum", -1)) or pages.get(getattr(page_reference, "idnum", -1))
    box = None
    if "/Rect" in box_of:
        x0, y0, x1, y1 = (float(value) for value in box_of["/Rect"])
        if abs(x1 - x0) > 1 and abs(y1 - y0) > 1:
            box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    place = Place(page, box=box)
    value = node.get("/V")
    value = value.get_object() if value is not None else None
    if not value or "/Contents" not in value:
        return Signature(False, name or None, None, False, place)
    contents = value["/Contents"]
    der = contents.original_bytes if hasattr(contents, "original_bytes") else bytes(contents)
    signer, stamped = _signer(der)
    when = stamped or _pdf_date(str(value.get("/M", "")))
    return Signature(True, signer or str(value.get("/Name", "")) or name or None, when, _covers(value, data), place)


def _covers(value: Any, data: bytes) -> bool:
    """The byte ranges begin at the file's first byte, end at its last, and leave out only the signature itself."""
    try:
        first, size, second, rest = (int(part) for part in value["/ByteRange"])
    except (KeyError, ValueError, TypeError):
        return False
    gap = data[first + size : second]
    tail = data[second + rest :].strip(b"\r\n\0 ")
    return first == 0 and not tail and second + rest <= len(data) and gap[:1] == b"<" and gap[-1:] == b">"


def _signer(der: bytes) -> tuple[str | None, dt.datetime | None]:
    """Common name of the certificate that signed, and the signed time; None where the container does not say."""
    from asn1crypto import cms

    try:
        content = cms.ContentInfo.load(der)["content"]
        info = content["signer_infos"][0]
        serial = info["sid"].chosen["serial_number"].native if info["sid"].name == "issuer_and_serial_number" else None
        certificates = [choice.chosen for choice in content["certificates"] if choice.name == "certificate"]
        chosen = next((c for c in certificates if c.serial_number == serial), certificates[0] if certificates else None)
        name = None
        if chosen is not None:
            subject = chosen.subject.native
            name = subject.get("common_name") or subject.get("name") or chosen.subject.human_friendly
            name = name[0] if isinstance(name, list) else name
        when = None
        for attribute in info["signed_attrs"]:
            if attribute["type"].native == "signing_time":
                when = attribute["values"][0].native
        return name, when
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return None, None  # a container of another kind; that it is signed still holds


def _pdf_date(text: str) -> dt.datetime | None:
    match = re.match(r"D:(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?(?:([-+])(\d\d)'?(\d\d)?|Z)?", text)
    if not match:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    zone: dt.timezone | None = dt.UTC if text.rstrip("'").endswith("Z") else None
    if match[7]:
        offset = dt.timedelta(hours=int(match[8]), minutes=int(match[9] or 0))
        with suppress(ValueError):
            zone = dt.timezone(offset if match[7] == "+" else -offset)
    try:
        return dt.datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None
