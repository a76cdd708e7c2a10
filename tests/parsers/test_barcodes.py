"""Codes are read from the pictures of every format, and what may be one and cannot be read is no absence."""

from __future__ import annotations

import base64
import io
import random
import time
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from parsers import read
from parsers.barcodes import Barcodes, barcodes_of
from parsers.decode_codes import codes_of_picture
from parsers.dispatch import read_bytes
from parsers.limits import Limits
from parsers.model import Document, Paragraph, Place
from tests.parsers.pdf_files import text, write_pdf

TEXT = "Nombre: Ana Ñúñez | Folio: 12"
NO_OCR = Limits(ocr="off")


def qr(
    content: str = TEXT, scale: int = 4, kind: zxingcpp.BarcodeFormat = zxingcpp.BarcodeFormat.QRCode
) -> Image.Image:
    """A code as a picture in shades of grey."""
    drawn = zxingcpp.create_barcode(content, kind).to_image(scale=scale)
    return Image.frombytes("L", (drawn.shape[1], drawn.shape[0]), bytes(memoryview(drawn)))


def spoilt(picture: Image.Image) -> Image.Image:
    """A third of its modules inverted: a code to the eye, and nobody can read it."""
    picture, chance = picture.copy(), random.Random(1)
    for y in range(0, picture.height, 4):
        for x in range(0, picture.width, 4):
            if chance.random() < 0.35:
                box = (x, y, x + 4, y + 4)
                picture.paste(picture.crop(box).point([255 - v for v in range(256)]), box)
    return picture


def logo() -> Image.Image:
    """Something round with a hole in it."""
    picture = Image.new("L", (300, 300), 255)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((10, 10, 290, 290), fill=0)
    draw.ellipse((60, 60, 240, 240), fill=255)
    return picture


def packed(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def said(found: Barcodes) -> list[str]:
    """The texts that were read."""
    return [b.text for b in found.read]


# One picture ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_every_picture_format(kind: str) -> None:
    assert [c.text for c in codes_of_picture(packed(qr().convert("RGB"), kind)).codes] == [TEXT]


def test_transparent_palette_bilevel_turned_and_tiny_pictures() -> None:
    clear = Image.new("RGBA", qr().size, (0, 0, 0, 0))
    clear.putalpha(qr().point([255 - v for v in range(256)]))
    pictures = (clear, qr().convert("P"), qr().convert("1"), qr().rotate(37, expand=True, fillcolor=255), qr(scale=1))
    for picture in pictures:
        assert [c.text for c in codes_of_picture(packed(picture)).codes] == [TEXT]


@pytest.mark.parametrize("kind", ["DataMatrix", "Aztec", "PDF417", "Code128"])
def test_other_codes(kind: str) -> None:
    (code,) = codes_of_picture(packed(qr("FOLIO-12", 4, getattr(zxingcpp.BarcodeFormat, kind)))).codes
    assert (code.text, code.format) == ("FOLIO-12", kind)


def test_a_spoilt_code_is_a_doubt_and_a_logo_is_not() -> None:
    assert codes_of_picture(packed(spoilt(qr()))).doubt == "parece un código y no se pudo decodificar"
    holed = qr()
    ImageDraw.Draw(holed).rectangle((40, 40, 105, 105), fill=255)
    assert codes_of_picture(packed(holed)).doubt
    assert codes_of_picture(packed(logo())).doubt == ""
    assert codes_of_picture(packed(Image.new("L", (200, 200), 255))).doubt == ""
    photo = Image.effect_noise((200, 200), 60)
    assert codes_of_picture(packed(photo)).doubt == ""


def test_what_is_no_picture_is_a_doubt() -> None:
    for data in (b"", b"not a picture", packed(qr())[:60]):
        assert codes_of_picture(data).doubt == "está dañada o en un formato que no se lee"


def test_a_bomb_is_not_expanded() -> None:
    bomb = packed(Image.new("1", (30_000, 30_000)))
    begun = time.perf_counter()
    assert "más de los que se examinan" in codes_of_picture(bomb).doubt or "dañada" in codes_of_picture(bomb).doubt
    assert time.perf_counter() - begun < 1


# Files ------------------------------------------------------------------------------------------------------------------


def docx(tmp_path: Path, *pictures: Image.Image) -> Path:
    """A Word file with a paragraph for each picture."""
    import docx as word

    document = word.Document()
    document.add_paragraph("Constancia")
    for picture in pictures:
        document.add_picture(io.BytesIO(packed(picture)))
    path = tmp_path / "c.docx"
    document.save(str(path))
    return path


def test_word(tmp_path: Path) -> None:
    found = barcodes_of(read(docx(tmp_path, logo(), qr())))
    assert said(found) == [TEXT]
    assert found.unread == ()
    assert found.read[0].place is not None
    assert found.read[0].place.paragraph == 3


def test_a_part_of_a_file_is_looked_into_where_it_stands(tmp_path: Path) -> None:
    whole = read(docx(tmp_path, qr("uno"), qr("dos")))
    last = Document(whole.media_type, whole.blocks[-1:], source=whole.source)
    assert said(barcodes_of(whole)) == ["uno", "dos"]
    assert said(barcodes_of(last)) == ["dos"]


def test_a_code_that_word_draws_by_itself(tmp_path: Path) -> None:
    path = docx(tmp_path)
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DISPLAYBARCODE "Folio 12" QR \\q 3</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:sectPr", field.encode() + b"<w:p><w:r><w:t>Fin</w:t></w:r></w:p><w:sectPr", 1)
            new.writestr(name, data)
    assert said(barcodes_of(read_bytes(out.getvalue(), "c.docx", NO_OCR))) == ["Folio 12"]


def test_a_spoilt_code_in_word_is_unread_and_no_picture_is_nothing(tmp_path: Path) -> None:
    found = barcodes_of(read(docx(tmp_path, spoilt(qr()))))
    assert said(found) == []
    assert [g.reason for g in found.unread] == ["hay una imagen que parece un código y no se pudo decodificar"]
    assert barcodes_of(read(docx(tmp_path, logo()))) == Barcodes()
    assert barcodes_of(read(docx(tmp_path))) == Barcodes()


def test_excel(tmp_path: Path) -> None:
    import openpyxl
    from openpyxl.drawing.image import Image as Drawn

    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "Constancia"
    book.active.add_image(Drawn(io.BytesIO(packed(qr()))), "C5")
    book.save(tmp_path / "c.xlsx")
    found = barcodes_of(read(tmp_path / "c.xlsx"))
    assert said(found) == [TEXT]
    assert found.read[0].place is not None
    assert found.read[0].place.cell == "Sheet!C5"


def test_opendocument() -> None:
    body = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:text><text:p>Constancia</text:p><text:p><draw:frame>'
        '<draw:image xlink:href="Pictures/1.png"/></draw:frame></text:p></office:text></office:body></office:document-content>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", body)
        package.writestr("Pictures/1.png", packed(qr()))
    assert said(barcodes_of(read_bytes(out.getvalue(), "c.odt", NO_OCR))) == [TEXT]


def _pictured(picture: Image.Image, side: float = 90) -> dict[str, object]:
    stream = zlib.compress(picture.tobytes())
    head = f"<</Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/Length {len(stream)}>>\nstream\n"
    return {"objects": {1000: head.encode() + stream + b"\nendstream"}, "resources": "/XObject<</I 1000 0 R>>"}


def test_a_picture_in_a_pdf_with_its_page() -> None:
    drawn = text(72, 700, "Constancia") + "q 90 0 0 90 400 100 cm /I Do Q"
    data = write_pdf([text(72, 700, "Oficio"), drawn], **_pictured(qr()))  # type: ignore[arg-type]
    found = barcodes_of(read_bytes(data, "c.pdf", NO_OCR))
    assert said(found) == [TEXT]
    assert found.read[0].place == Place(page=2)


def test_a_code_alone_on_the_sheet_that_follows_belongs_to_the_part_before_it() -> None:
    alone = "q 90 0 0 90 400 100 cm /I Do Q"
    data = write_pdf([text(72, 700, "Uno"), text(72, 700, "Dos"), alone], **_pictured(qr()))  # type: ignore[arg-type]
    whole = read_bytes(data, "c.pdf", NO_OCR)
    parts = [
        Document(whole.media_type, tuple(b for b in whole.blocks if b.place.page == page), source=whole.source)
        for page in (1, 2)
    ]
    assert said(barcodes_of(whole)) == [TEXT]
    assert [said(barcodes_of(part)) for part in parts] == [[], [TEXT]]


def test_a_picture_shown_too_small_is_read_as_it_is_stored() -> None:
    drawn = text(72, 700, "Constancia") + "q 9 0 0 9 400 100 cm /I Do Q"
    data = write_pdf([drawn], **_pictured(qr("x" * 200)))  # type: ignore[arg-type]
    assert said(barcodes_of(read_bytes(data, "c.pdf", NO_OCR))) == ["x" * 200]


def test_a_code_drawn_as_squares() -> None:
    picture = qr(scale=1)
    squares = "".join(
        f"{400 + 2 * x} {200 - 2 * y} 2 2 re f\n"
        for y in range(picture.height)
        for x in range(picture.width)
        if picture.getpixel((x, y)) == 0
    )
    data = write_pdf([text(72, 700, "Constancia") + squares])
    assert said(barcodes_of(read_bytes(data, "c.pdf", NO_OCR))) == [TEXT]


def test_pdf_without_a_code_and_with_a_spoilt_one() -> None:
    drawn = text(72, 700, "Constancia de acreditación") + "q 90 0 0 90 400 100 cm /I Do Q"
    for picture, unread in ((logo(), 0), (spoilt(qr()), 1)):
        data = write_pdf([drawn], **_pictured(picture))  # type: ignore[arg-type]
        found = barcodes_of(read_bytes(data, "c.pdf", NO_OCR))
        assert (said(found), len(found.unread)) == ([], unread)
    assert barcodes_of(read_bytes(write_pdf([text(72, 700, "Oficio")]), "c.pdf", NO_OCR)) == Barcodes()


def _scan(*stuck: tuple[Image.Image, tuple[int, int]]) -> Image.Image:
    sheet = Image.new("L", (1700, 2200), 255)
    for picture, at in stuck:
        sheet.paste(picture, at)
    return sheet


def test_a_scanned_sheet_and_a_photograph_of_one() -> None:
    scan = packed(_scan((qr(), (1200, 1800))), "JPEG", quality=60)
    assert said(barcodes_of(read_bytes(scan, "c.jpg", NO_OCR))) == [TEXT]
    page = write_pdf(["q 612 0 0 792 0 0 cm /I Do Q"], **_pictured(_scan((qr(), (1200, 1800)))))  # type: ignore[arg-type]
    assert said(barcodes_of(read_bytes(page, "c.pdf", NO_OCR))) == [TEXT]


def test_a_scan_in_which_no_code_is_seen_decides_nothing() -> None:
    page = write_pdf(["q 612 0 0 792 0 0 cm /I Do Q"], **_pictured(_scan((logo(), (700, 900)))))  # type: ignore[arg-type]
    for data, name in ((page, "c.pdf"), (packed(_scan((logo(), (700, 900)))), "c.png")):
        found = barcodes_of(read_bytes(data, name, NO_OCR))
        assert said(found) == []
        assert len(found.unread) == 1


def test_html_and_markdown() -> None:
    uri = "data:image/png;base64," + base64.b64encode(packed(qr())).decode()
    page = f"<html><body><h1>Constancia</h1><p>Nombre: Ana</p><p><img src='{uri}'></p></body></html>"
    assert said(barcodes_of(read_bytes(page.encode(), "c.html", NO_OCR))) == [TEXT]
    note = f"# Constancia\n\nNombre: Ana\n\n![QR]({uri})\n"
    assert said(barcodes_of(read_bytes(note.encode(), "c.md", NO_OCR))) == [TEXT]
    linked = barcodes_of(read_bytes(b"# Constancia\n\nNombre: Ana\n\n![QR](qr.png)\n", "c.md", NO_OCR))
    assert [g.reason for g in linked.unread] == ["hay una imagen que no viene en el archivo, sino enlazada"]


def test_a_message_and_its_pictures() -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ana@imss.gob.mx", "luz@imss.gob.mx", "Constancia"
    message.set_content("Se remite la constancia.\n")
    message.add_attachment(packed(qr()), maintype="image", subtype="png", filename="qr.png")
    assert said(barcodes_of(read_bytes(message.as_bytes(), "c.eml", NO_OCR))) == [TEXT]


def test_a_damaged_source_is_a_doubt_and_no_error() -> None:
    for kind in (
        "application/pdf",
        "image/png",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ):
        line = Paragraph("Constancia", Place(page=1, paragraph=1))
        found = barcodes_of(Document(kind, (line,), source=b"damaged"))
        assert (said(found), len(found.unread)) == ([], 1)


def test_text_without_pictures_has_no_codes() -> None:
    assert barcodes_of(Document("text/plain", (Paragraph("Código QR:", Place(line=1)),))) == Barcodes()


def test_reading_a_file_decodes_nothing(tmp_path: Path) -> None:
    """The decoder costs a second of start-up that no other check should pay."""
    import subprocess
    import sys

    path = docx(tmp_path, qr())
    script = f"import sys; from pathlib import Path; import parsers; parsers.read(Path({str(path)!r})); print([m for m in ('zxingcpp', 'PIL') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
