"""Annotated copies of pdf files: the original stays, byte for byte, and the marks stand where the findings are."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from checker.handback.annotate.pdf import annotate_pdf
from checker.handback.marks import AUTHOR, Mark
from parsers.limits import Limits
from parsers.model import Place
from parsers.pdf import read_pdf
from tests.parsers.pdf_files import text, write_pdf
from tests.signed_pdf import sign

BOX = (72.0, 697.0, 300.0, 709.0)
PAGES = write_pdf([text(72, 700, "Asunto: Planeación anual"), text(72, 700, "Segunda página")])


def annotations(path: Path) -> list[list[Any]]:
    """Annotations of each page."""
    return [[note.get_object() for note in page.get("/Annots", [])] for page in PdfReader(path).pages]


def mark(place: Place | None, words: str = "Falta la fecha.\nPV-040, numeral 6.4") -> Mark:
    return Mark(place, words, "error", "violated")


def annotated(tmp_path: Path, marks: list[Mark], data: bytes = PAGES) -> Path:
    source = tmp_path / "minuta.pdf"
    source.write_bytes(data)
    return annotate_pdf(source, marks, tmp_path / "minuta.observaciones.pdf")


def test_a_highlight_with_its_note_is_appended_to_the_original(tmp_path: Path) -> None:
    out = annotated(tmp_path, [mark(Place(2, box=BOX))])
    assert out == tmp_path / "minuta.observaciones.pdf"
    assert out.read_bytes().startswith(PAGES)
    assert (tmp_path / "minuta.pdf").read_bytes() == PAGES
    first, (note,) = annotations(out)
    assert first == []
    assert note["/Subtype"] == "/Highlight"
    assert note["/T"] == AUTHOR
    assert note["/Contents"] == "Falta la fecha.\nPV-040, numeral 6.4"
    assert [float(value) for value in note["/Rect"]] == pytest.approx(BOX)
    assert len(note["/QuadPoints"]) == 8


def test_marks_of_one_box_share_a_note_and_the_others_stack_without_overlapping(tmp_path: Path) -> None:
    marks = [mark(Place(1, box=BOX), "Uno"), mark(Place(1, box=BOX), "Dos")]
    marks += [mark(None if n % 2 else Place(1), f"Nota {n}") for n in range(30)]
    (notes, _) = annotations(annotated(tmp_path, marks))
    assert notes[0]["/Contents"] == "Uno\n\nDos"
    sticky = [note for note in notes if note["/Subtype"] == "/Text"]
    assert [note["/Contents"] for note in sticky] == [f"Nota {n}" for n in range(30)]
    boxes = [[float(value) for value in note["/Rect"]] for note in sticky]
    for n, a in enumerate(boxes):
        assert 0 <= a[0] < a[2] <= 612
        assert 700 < a[1] < a[3] <= 792
        assert all(a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1] for b in boxes[n + 1 :])


def test_pages_that_do_not_exist_fall_back_to_the_first(tmp_path: Path) -> None:
    first, second = annotations(annotated(tmp_path, [mark(Place(9))]))
    assert (len(first), len(second)) == (1, 0)


def test_annotations_of_the_original_survive(tmp_path: Path) -> None:
    comment = {1000: b"<</Type/Annot/Subtype/Text/Contents(De otra persona)/Rect[400 700 420 720]>>"}
    data = write_pdf([text(72, 700, "Asunto")], page="/Annots[1000 0 R]", objects=comment)
    (notes,) = annotations(annotated(tmp_path, [mark(Place(1, box=BOX))], data))
    assert [note["/Contents"] for note in notes] == ["De otra persona", "Falta la fecha.\nPV-040, numeral 6.4"]


def test_the_copy_reads_as_before_and_its_marks_as_comments(tmp_path: Path) -> None:
    out = annotated(tmp_path, [mark(Place(1, box=BOX), "Falta")])
    before = read_pdf(PAGES, Limits(ocr="off")).blocks
    after = read_pdf(out.read_bytes(), Limits(ocr="off")).blocks
    assert after[: len(before)] == before
    assert [(block.text, block.origin) for block in after[len(before) :]] == [("Falta", "comment")]  # type: ignore[union-attr]


def test_the_same_marks_give_the_same_bytes(tmp_path: Path) -> None:
    marks = [mark(Place(1, box=BOX)), mark(None)]
    assert annotated(tmp_path, marks).read_bytes() == annotated(tmp_path, marks).read_bytes()


def test_a_signed_pdf_is_not_touched(tmp_path: Path) -> None:
    data = sign(PAGES)
    out = annotated(tmp_path, [mark(Place(1, box=BOX))], data)
    assert out == tmp_path / "minuta.pdf.observaciones.md"
    assert "Falta la fecha" in out.read_text("utf-8")
    assert (tmp_path / "minuta.pdf").read_bytes() == data
    assert not (tmp_path / "minuta.observaciones.pdf").exists()


def test_an_empty_signature_field_does_not_forbid_marks(tmp_path: Path) -> None:
    field = {1000: b"<</Type/Annot/Subtype/Widget/FT/Sig/T(firma)/Rect[300 100 500 140]/P 10 0 R/F 4>>"}
    data = write_pdf(
        [text(72, 700, "A")], page="/Annots[1000 0 R]", catalog="/AcroForm<</Fields[1000 0 R]>>", objects=field
    )
    assert annotated(tmp_path, [mark(Place(1, box=BOX))], data).suffix == ".pdf"


@pytest.mark.parametrize("damage", ["encrypted", "without its table"])
def test_what_cannot_be_appended_to_gets_a_page_beside_it(tmp_path: Path, damage: str) -> None:
    if damage == "encrypted":
        writer = PdfWriter(clone_from=PdfReader(BytesIO(PAGES)))
        writer.encrypt("", "owner", algorithm="RC4-128")
        buffer = BytesIO()
        writer.write(buffer)
        data = buffer.getvalue()
    else:
        data = b"%PDF-1.4\nstartxref\n0\n%%EOF\n"
    out = annotated(tmp_path, [mark(Place(1, box=BOX))], data)
    assert out.name == "minuta.pdf.observaciones.md"


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not installed")
def test_the_highlight_shows_where_the_words_are_and_nowhere_else(tmp_path: Path) -> None:
    out = annotated(tmp_path, [mark(Place(1, box=BOX))])
    picture = tmp_path / "page"
    command = ["pdftoppm", "-r", "72", "-png", "-singlefile", str(out), str(picture)]
    subprocess.run(command, check=True, timeout=60)
    pixels = Image.open(picture.with_suffix(".png")).convert("RGB")
    coloured = [
        (x, 792 - y)
        for y in range(pixels.height)
        for x in range(pixels.width)
        if max(pixels.getpixel((x, y))) - min(pixels.getpixel((x, y))) > 40  # type: ignore[arg-type,type-var,operator]
    ]
    assert len(coloured) > 0.5 * (BOX[2] - BOX[0]) * (BOX[3] - BOX[1])
    assert all(BOX[0] - 2 <= x <= BOX[2] + 2 and BOX[1] - 2 <= y <= BOX[3] + 2 for x, y in coloured)
