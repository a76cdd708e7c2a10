"""Reads pdf files, and pictures of pages, into the located model.

pdfium gives characters and drawings, our own layout the reading order. It can abort the process on hostile files, which cannot
be caught: so this is to be called in a worker that may die.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec.structs import replace

from parsers import ocr
from parsers.errors import Unreadable
from parsers.images import image_as_pdf, image_facts, strip_boxes
from parsers.limits import Limits
from parsers.model import Attachment, Document, Gap, Place, Signature
from parsers.ocr_picture import Picture
from parsers.pdf_build import build, running
from parsers.pdf_columns import page_blocks
from parsers.pdf_forms import Extras, embedded_files, has_signature_fields, read_annotations, read_signatures
from parsers.pdf_frame import Box, Frame
from parsers.pdf_ink import Ink, Word, read_ink
from parsers.pdf_overlay import comment_block, lines_to_sign, turned_blocks, typed_words
from parsers.pdf_pages import PageDraft, number_lines, place_pictures
from parsers.pdf_ruled import ruled_tables

MEDIA_TYPE = "application/pdf"
_MAX_PIXELS = 30_000_000
"""Of a page rendered for OCR, or of a picture: an A3 sheet at 300 dpi and more."""
_MAX_CHARACTERS = 300_000
"""On one page."""
_FEW = 200
"""Characters on a page that a picture covers, up to which they are taken for a stamp on a scan and not for its text."""
_OCR_SHARE = 0.8
"""Share of the time limit after which no further page is recognised, so that what was read is kept."""


def read_pdf(data: bytes, limits: Limits) -> Document:
    """Read a pdf. Pages without text go through OCR where ``limits`` and the machine allow it, and are gaps otherwise.

    Raises :class:`Unreadable` with ``encrypted``, ``truncated``, ``malformed`` or ``too-many-pages``.
    """
    return _Reader(data, limits).read()


def read_image(data: bytes, limits: Limits) -> Document:
    """Read a scan: png, jpeg or tiff with one or more pages. Raises :class:`Unreadable`."""
    facts = image_facts(data)
    if facts.pages > limits.pages:
        raise Unreadable("too-many-pages", f"La imagen tiene más de {limits.pages} páginas.")
    if facts.width * facts.height > 4 * _MAX_PIXELS:
        raise Unreadable(
            "too-large", f"La imagen mide {facts.width} × {facts.height} puntos; digitalice a 200 o 300 ppp."
        )
    sheet = image_as_pdf(data, facts)
    if sheet is not None:
        # pdfium decodes it, which gives upright pages and ruling lines like any scanned pdf's
        return _without_boxes(replace(read_pdf(sheet, limits), media_type=facts.media_type))
    pages = range(1, facts.pages + 1)
    if limits.ocr == "off" or not ocr.available():
        gaps = tuple(Gap(f"página {n} sin texto: {_why_no_ocr(limits)}", Place(page=n)) for n in pages)
        return Document(facts.media_type, (), pages=facts.pages, gaps=gaps)
    try:
        scans, sheets = ocr.recognise_file(data, _OCR_SHARE * limits.seconds, facts.dpi)
    except ocr.OcrError as failure:
        raise Unreadable("malformed", f"La imagen no se pudo leer: {failure}.") from failure
    drafts, gaps_found = [], []
    for number, (scan, (across, upright)) in enumerate(zip(scans, _rules(sheets, scans), strict=True), 1):
        draft = PageDraft(number, Frame(0, (0.0, 0.0, scan.width, scan.height)), scanned=True)
        grids, rest = ruled_tables(_off_rules(scan.words, upright), across, upright)
        draft.blocks = page_blocks(rest, grids, across, scan.width)
        if not scan.words:
            gaps_found.append(Gap(f"página {number} sin texto: el OCR no encontró ninguno", Place(page=number)))
        number_lines(draft)
        drafts.append(draft)
    return _without_boxes(
        Document(
            facts.media_type,
            build(drafts, ocr=True),
            pages=len(scans),
            notes=(_ocr_note([draft.number for draft in drafts], [scan.confidence for scan in scans]),),
            gaps=tuple(gaps_found),
            ocr=True,
        )
    )


class _Reader:
    """The state of one reading."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.data = data
        self.limits = limits
        self.deadline = time.monotonic() + _OCR_SHARE * limits.seconds
        self.gaps: list[Gap] = []
        self.notes: list[str] = []
        self.files: list[tuple[str, bytes]] = []
        self.recognised: dict[int, float] = {}
        self.layered: list[int] = []
        self.form: Any = None

    def read(self) -> Document:
        document = self._open()
        try:
            return self._read(document)
        finally:
            document.close()

    def _open(self) -> Any:
        if not self.data:
            raise Unreadable("empty", "El archivo está vacío; solicite que se envíe de nuevo.")
        # The last thing a pdf says is where its table of contents begins.
        cut = self.data.rfind(b"startxref") < self.data.rfind(b"endobj")
        try:
            document = pypdfium2.PdfDocument(self.data)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
                reason = "El PDF está protegido con contraseña; solicite una copia sin protección."
                raise Unreadable("encrypted", reason) from error
            if cut:
                raise _truncated() from error
            raise _malformed() from error
        if cut:
            document.close()
            raise _truncated()
        return document

    def _read(self, document: Any) -> Document:
        count = len(document)
        if count > self.limits.pages:
            raise Unreadable(
                "too-many-pages", f"El PDF tiene {count} páginas; el máximo admitido es {self.limits.pages}."
            )
        if count == 0:
            raise _malformed()
        kind = pdfium.FPDF_GetFormType(document.raw)
        if kind != pdfium.FORMTYPE_NONE:
            document.init_forms()
            self.form = document.formenv.raw if document.formenv is not None else None
        if kind in (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND):
            self.gaps.append(Gap("formulario XFA: su contenido dinámico no se lee; guárdelo como PDF plano", Place()))
        drafts = [draft for number in range(1, count + 1) if (draft := self._page(document, number)) is not None]
        signatures = self._signatures(document)
        self.files.extend(embedded_files(document))
        blocks = build(drafts, ocr=bool(self.recognised))
        if self.recognised:
            self.notes.append(_ocr_note(sorted(self.recognised), list(self.recognised.values())))
        if self.layered:
            self.notes.append(
                f"{_pages(self.layered)}: se leyó la capa de texto que dejó un OCR anterior sobre la imagen."
            )
        return Document(
            MEDIA_TYPE,
            blocks,
            pages=count,
            notes=tuple(self.notes),
            gaps=tuple(self.gaps),
            signatures=signatures,
            attachments=tuple(self._attachments()),
            title=document.get_metadata_value("Title").strip(),
            ocr=bool(self.recognised or self.layered),
            running=running(drafts),
        )

    def _page(self, document: Any, number: int) -> PageDraft | None:
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            self.gaps.append(Gap(f"página {number} dañada: no se pudo leer", Place(page=number)))
            return None
        try:
            textpage = page.get_textpage()
            try:
                if textpage.count_chars() > _MAX_CHARACTERS:
                    self.gaps.append(Gap(f"página {number} con demasiado texto: no se leyó", Place(page=number)))
                    return None
                ink = read_ink(page, textpage, page.get_rotation())
            finally:
                textpage.close()
            draft = self._draft(page, number, ink, read_annotations(page, self.form))
        except pypdfium2.PdfiumError:
            self.gaps.append(Gap(f"página {number} dañada: no se pudo leer", Place(page=number)))
            return None
        finally:
            page.close()
        number_lines(draft)
        return draft

    def _draft(self, page: Any, number: int, ink: Ink, extras: Extras) -> PageDraft:
        self.files.extend(extras.files)
        sheet = ink.frame.width * ink.frame.height
        covers = [box for box in ink.pictures if (box[2] - box[0]) * (box[3] - box[1]) > 0.5 * sheet]
        draft = PageDraft(number, ink.frame, scanned=bool(covers))
        characters = sum(len(word.text) for word in ink.words)
        if covers and characters and all(word.unseen for word in ink.words):
            self.layered.append(number)
        elif ink.garbled > 0.3 * max(characters, 1) or characters == 0 or (covers and characters < _FEW):
            self._recognise(page, number, ink, garbled=ink.garbled > 0.3 * max(characters, 1))
        typed = [(text, ink.frame.upright(box)) for text, box in extras.typed]
        words = ink.words + [word for text, box in typed for word in typed_words(text, box)]
        words += lines_to_sign(ink, words)
        grids, rest = ruled_tables(words, ink.across, ink.upright)
        draft.blocks = page_blocks(rest, grids, ink.across, ink.frame.width)
        pictures = [box for box in ink.pictures if box not in covers and min(box[2] - box[0], box[3] - box[1]) > 8]
        place_pictures(draft.blocks, pictures + [ink.frame.upright(box) for box in extras.stamps])
        draft.blocks.extend(turned_blocks(ink.aside))
        draft.comments = [comment_block(text, ink.frame.upright(box)) for text, box in extras.comments]
        return draft

    def _recognise(self, page: Any, number: int, ink: Ink, *, garbled: bool) -> None:
        """Put OCR's words into ``ink``, or note why there are none."""
        if pdfium.FPDFPage_CountObjects(page.raw) == 0:
            return  # an empty sheet hides nothing
        what = "con texto ilegible" if garbled else "sin texto" if not ink.words else "con poco texto sobre una imagen"
        if garbled:
            ink.words = []
        reason = _why_no_ocr(self.limits) if self.limits.ocr == "off" or not ocr.available() else None
        if reason is None and len(self.recognised) >= self.limits.ocr_pages:
            reason = f"el máximo de páginas para OCR es {self.limits.ocr_pages}"
        left = self.deadline - time.monotonic()
        if reason is None and left < 1.0:
            reason = "no alcanzó el tiempo para el OCR; amplíe el límite"
        if reason is None:
            reason = self._ocr(page, number, ink, left)
        if reason:
            self.gaps.append(Gap(f"página {number} {what}: {reason}", Place(page=number)))

    def _ocr(self, page: Any, number: int, ink: Ink, seconds: float) -> str | None:
        """Recognise one page; the reason when that gave nothing."""
        width, height = page.get_size()
        dpi = min(float(ocr.DPI), 72 * (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        if dpi < 70 or min(width, height) < 10:
            return "su tamaño no permite el OCR"
        picture = _picture(page, dpi / 72)
        if picture.blank():
            return None
        try:
            scan = ocr.recognise(picture.pgm(), seconds, dpi)[0]
        except ocr.OcrError as failure:
            return str(failure)
        shown = Frame(page.get_rotation(), ink.frame.page)
        if shown != ink.frame:
            ink.words = [replace(word, box=shown.upright(ink.frame.user(word.box))) for word in ink.words]
            ink.pictures = [shown.upright(ink.frame.user(box)) for box in ink.pictures]
            ink.frame = shown
        own = [word.box for word in ink.words]
        across, upright = picture.rules(dpi, scan.level)
        ink.words += [
            word
            for word in scan.words
            if not any(_inside(word.box, box) for box in own)
            and not (word.text in "|¦[]" and _on_rule(word.box, upright))
        ]
        ink.across += across
        ink.upright += upright
        self.recognised[number] = scan.confidence
        return None if scan.words else "el OCR no encontró ninguno"

    def _signatures(self, document: Any) -> tuple[Signature, ...]:
        if not has_signature_fields(document):
            return ()
        from pypdf.errors import PyPdfError

        try:
            return read_signatures(self.data)
        except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
            self.gaps.append(Gap("campos de firma electrónica que no se pudieron leer", Place()))
            return ()

    def _attachments(self) -> Iterator[Attachment]:
        from parsers.dispatch import read_attachment

        inner = replace(self.limits, depth=self.limits.depth - 1)
        for name, content in self.files:
            yield read_attachment(
                content, name, "application/octet-stream", inner, 0 if inner.depth > 0 else inner.depth
            )


def _truncated() -> Unreadable:
    return Unreadable("truncated", "El PDF está incompleto: le falta el final; solicite que se envíe de nuevo.")


def _malformed() -> Unreadable:
    return Unreadable("malformed", "El PDF está dañado y no se pudo abrir; genérelo o expórtelo de nuevo.")


def _why_no_ocr(limits: Limits) -> str:
    if limits.ocr == "off":
        return "el OCR está desactivado"
    return "falta instalar tesseract con el idioma español"


def _pages(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"Página {numbers[0]}"
    listed = ", ".join(str(number) for number in numbers[:10])
    return f"Páginas {listed}{' y más' if len(numbers) > 10 else ''}"


def _ocr_note(numbers: Sequence[int], confidences: Sequence[float]) -> str:
    mean = sum(confidences) / len(confidences) if confidences else 0.0
    return f"{_pages(numbers)}: texto obtenido por OCR (confianza media {mean:.0%})."


def _inside(inner: Box, outer: Box) -> bool:
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] - 2 <= x <= outer[2] + 2 and outer[1] - 2 <= y <= outer[3] + 2


def _off_rules(words: Sequence[Word], upright: Sequence[Box]) -> list[Word]:
    """Without what OCR took for a character and is a ruling line."""
    return [word for word in words if not (word.text in "|¦[]" and _on_rule(word.box, upright))]


def _on_rule(box: Box, upright: Sequence[Box]) -> bool:
    return any(box[0] - 3 <= x <= box[2] + 3 and low < box[3] and high > box[1] for x, low, _, high in upright)


def _rules(sheets: bytes, scans: Sequence[ocr.Scan]) -> list[tuple[list[Box], list[Box]]]:
    """Ruling lines of each page of tesseract's own pdf, in the points of its scan."""
    document = pypdfium2.PdfDocument(sheets)
    try:
        out = []
        for index, scan in enumerate(scans):
            page = document[index]
            picture = _picture(page, ocr.DPI / 72 * scan.width / max(page.get_width(), 1.0))
            page.close()
            out.append(picture.rules(ocr.DPI, scan.level))
        return out
    finally:
        document.close()


def _picture(page: Any, scale: float) -> Picture:
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    finally:
        bitmap.close()


def _without_boxes(document: Document) -> Document:
    """Boxes belong to pdf user space; a picture has none."""
    return replace(document, blocks=strip_boxes(document.blocks))
