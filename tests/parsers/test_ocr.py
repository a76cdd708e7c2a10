"""Scans: words, columns and tables out of pictures of pages, and gaps where that cannot be."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from parsers import ocr
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Document, Paragraph, Table, paragraphs_of
from parsers.pdf import read_image, read_pdf
from tests.parsers.pdf_files import grid, text, write_pdf

needs_tesseract = pytest.mark.skipif(not ocr.available(), reason="tesseract with its Spanish model is not installed")

ROWS = [
    ("No.", "Acuerdo", "Fecha"),
    ("1", "Elaborar el plan anual de difusión", "20/10/2025"),
    ("2", "Difundir los cursos de capacitación", ""),
]
PAGE = (
    text(200, 720, "Minuta de reunión", size=20)
    + text(72, 680, "Asunto: Planeación anual de los programas virtuales", size=12)
    + text(72, 655, "Fecha: 14 de octubre de 2025", size=12)
    + text(72, 630, "Lugar: Sala de juntas de la Coordinación", size=12)
    + text(72, 605, "•", size=12)
    + text(90, 605, "Juan Pérez López, Director", size=12)
    + grid([72, 120, 400, 540], [560, 530, 500, 470])
    + "".join(
        text(x, 540 - 30 * n, part, size=12)
        for n, row in enumerate(ROWS)
        for x, part in zip((78, 126, 406), row, strict=True)
    )
)


def scan(content: str = PAGE, angle: float = 0.0) -> Image.Image:
    """The page as a scanner at 200 dpi sees it, lying askew by ``angle`` degrees."""
    document = pypdfium2.PdfDocument(write_pdf([content]))
    picture = document[0].render(scale=200 / 72, grayscale=True).to_pil().convert("L")
    document.close()
    return picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255) if angle else picture


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def bodies(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def table(document: Document) -> list[list[str]]:
    (found,) = (block for block in document.blocks if isinstance(block, Table))
    cells = found.grid()
    return [[cells[r, c].text for c in range(1, found.columns + 1)] for r in range(1, found.rows + 1)]


def check_read(document: Document) -> None:
    found = bodies(document)
    assert "Asunto: Planeación anual de los programas virtuales" in found
    assert "Fecha: 14 de octubre de 2025" in found
    assert "• Juan Pérez López, Director" in found
    rows = table(document)
    assert [row[1:] for row in rows] == [list(row[1:]) for row in ROWS]
    assert document.ocr
    assert any("OCR" in note for note in document.notes)
    assert not document.gaps


@needs_tesseract
@pytest.mark.parametrize("angle", [0.0, 1.0])
def test_a_scanned_pdf_reads_like_its_original_also_when_it_lies_askew(angle: float) -> None:
    document = read_pdf(saved(scan(angle=angle), "PDF", resolution=200), Limits())
    check_read(document)
    title = next(p for p in paragraphs_of(document.blocks) if p.text == "Minuta de reunión")
    assert title.level == 1
    subject = next(p for p in paragraphs_of(document.blocks) if p.text.startswith("Asunto"))
    assert subject.confidence is not None
    assert 0.7 < subject.confidence <= 1
    assert subject.place.page == 1
    assert subject.place.box is not None
    assert subject.place.box == pytest.approx((72, 677, 355, 692), abs=12)


def _phone(picture: Image.Image) -> bytes:
    exif = Image.Exif()
    exif[274] = 6
    return saved(picture.rotate(90, expand=True), "JPEG", exif=exif.tobytes())


@needs_tesseract
@pytest.mark.parametrize(
    ("media_type", "save"),
    [
        ("image/png", lambda picture: saved(picture, "PNG")),
        ("image/png", lambda picture: saved(picture.convert("1"), "PNG")),
        ("image/png", lambda picture: saved(picture.convert("RGBA"), "PNG")),
        ("image/jpeg", lambda picture: saved(picture.convert("RGB"), "JPEG", quality=80)),
        ("image/jpeg", _phone),
        ("image/tiff", lambda picture: saved(picture.convert("1"), "TIFF")),
    ],
    ids=["png", "png-1-bit", "png-transparent", "jpeg", "jpeg-turned", "tiff"],
)
def test_pictures_of_a_page(media_type: str, save: Callable[[Image.Image], bytes]) -> None:
    document = read_image(save(scan()), Limits())
    check_read(document)
    assert document.media_type == media_type
    assert document.pages == 1
    assert all(p.place.box is None for p in paragraphs_of(document.blocks))


@needs_tesseract
def test_a_tiff_of_several_pages() -> None:
    second = scan(text(72, 700, "Segunda página del acta de la reunión", size=14))
    data = saved(scan(), "TIFF", save_all=True, append_images=[second])
    document = read_image(data, Limits())
    assert document.pages == 2
    assert next(p for p in paragraphs_of(document.blocks) if p.text.startswith("Segunda")).place.page == 2


@needs_tesseract
def test_text_pages_are_not_recognised_and_blank_backs_are_no_gap() -> None:
    front = saved(scan(), "PDF", resolution=200)
    blank = saved(Image.new("L", (1700, 2200), 255), "PDF", resolution=200)
    merged = pypdfium2.PdfDocument.new()
    for part in (write_pdf([text(72, 700, "Portada con texto")]), front, blank):
        merged.import_pages(pypdfium2.PdfDocument(part))
    out = BytesIO()
    merged.save(out)
    document = read_pdf(out.getvalue(), Limits())
    assert document.pages == 3
    assert not document.gaps
    confidences = {p.place.page: p.confidence for p in paragraphs_of(document.blocks)}
    assert confidences[1] is None
    assert confidences[2] is not None
    assert document.notes[0].startswith("Página 2:")


@needs_tesseract
def test_pages_beyond_the_limit_and_the_time_are_gaps() -> None:
    data = saved(scan(), "PDF", resolution=200, save_all=True, append_images=[scan()])
    document = read_pdf(data, Limits(ocr_pages=1))
    assert [(gap.place.page, "máximo de páginas" in gap.reason) for gap in document.gaps] == [(2, True)]
    document = read_pdf(data, Limits(seconds=1.0))
    assert [gap.place.page for gap in document.gaps] == [1, 2]
    assert all("tiempo" in gap.reason for gap in document.gaps)


@needs_tesseract
def test_a_stamp_over_a_scan_is_not_taken_for_its_text() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(saved(scan(), "PDF", resolution=200))))
    stamp = PdfReader(BytesIO(write_pdf([text(400, 760, "FOLIO 000123")]))).pages[0]
    writer.pages[0].merge_page(stamp)
    out = BytesIO()
    writer.write(out)
    document = read_pdf(out.getvalue(), Limits())
    assert "FOLIO 000123" in bodies(document)
    assert "Fecha: 14 de octubre de 2025" in bodies(document)


def test_without_ocr_a_scan_is_a_gap_and_not_an_empty_document() -> None:
    scanned = saved(scan(), "PDF", resolution=200)
    for document in (
        read_pdf(scanned, Limits(ocr="off")),
        read_image(saved(scan().convert("1"), "TIFF"), Limits(ocr="off")),
    ):
        assert not document.blocks
        assert [gap.reason for gap in document.gaps] == ["página 1 sin texto: el OCR está desactivado"]
        assert not document.ocr


def test_the_text_layer_of_an_earlier_ocr_is_read_with_a_note() -> None:
    picture = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\nstream\n\xff\nendstream"
    page = "q 612 0 0 792 0 0 cm /I Do Q\n" + text(72, 700, "Asunto: leído por otro programa", mode=3)
    document = read_pdf(
        write_pdf([page], resources="/XObject<</I 1000 0 R>>", objects={1000: picture}), Limits(ocr="off")
    )
    (only,) = document.blocks
    assert isinstance(only, Paragraph)
    assert (only.text, only.hidden) == ("Asunto: leído por otro programa", False)
    assert document.ocr
    assert "capa de texto" in document.notes[0]
    assert not document.gaps


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (saved(Image.new("L", (1, 1)), "PNG")[:-20], "truncated"),
        (saved(Image.new("L", (9, 9)), "JPEG")[:20], "truncated"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\0\0\0\0" + b"\0" * 30 + b"IEND\xaeB`\x82", "too-large"),
        (b"GIF89a", "unknown-format"),
    ],
)
def test_bad_pictures_are_refused_by_their_headers(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_image(data, Limits())
    assert caught.value.code == code
