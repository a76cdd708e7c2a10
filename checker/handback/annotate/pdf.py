"""Highlights with notes in a copy of a pdf, appended to it: the original's bytes stay as they are, and come first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from checker.findings import SEVERITIES
from checker.handback.annotate.sidecar import write_sidecar
from checker.handback.marks import AUTHOR, Mark
from parsers.pdf_frame import Box, Frame

_COLOURS = {"error": (1.0, 0.62, 0.58), "warning": (1.0, 0.85, 0.35), "info": (0.62, 0.82, 1.0)}
_DOUBT = (0.85, 0.75, 1.0)
"""Of what could not be determined."""
_ICON = 20.0
"""Side of a sticky note, in points."""
_STEP = 26.0
_MARGIN = 10.0
_PRINT, _NO_ZOOM, _NO_ROTATE = 4, 8, 16


def annotate_pdf(source: Path, marks: Sequence[Mark], target: Path) -> Path:
    """Write ``source`` with its marks to ``target`` and return the path of what was written.

    A mark with a box is a highlight whose note holds the text; marks of one box share it. The others are sticky notes at the top
    of their page. A pdf that is signed, encrypted, or that cannot be appended to is not touched: its observations go to
    ``<name>.observaciones.md`` beside ``target``. OSError where nothing can be written.
    """
    from pypdf.errors import PyPdfError

    data = source.read_bytes()
    aside = target.with_name(f"{source.name}.observaciones.md")
    try:
        if not _may_be_changed(data):
            return write_sidecar(source, marks, aside)
        marked = _marked(data, marks)
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        return write_sidecar(source, marks, aside)  # pypdf raises any of these on a file that only pdfium could repair
    target.write_bytes(marked)
    return target


def _may_be_changed(data: bytes) -> bool:
    """Not encrypted, and without a signature that a change would break."""
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted:
        return False
    if b"/ByteRange" not in data and b"/ObjStm" not in data:
        return True
    fields = reader.get_fields() or {}
    return not any(field.get("/FT") == "/Sig" and field.get("/V") for field in fields.values())


def _marked(data: bytes, marks: Sequence[Mark]) -> bytes:
    from pypdf import PdfWriter
    from pypdf.generic import DictionaryObject

    writer = PdfWriter(BytesIO(data), incremental=True)
    count = len(writer.pages)
    for number, page in enumerate(writer.pages, 1):
        for annotation in _annotations(page, [mark for mark in marks if _page_of(mark, count) == number]):
            if annotation["/Subtype"] == "/Highlight":
                look = writer._add_object(_appearance(annotation))
                annotation[_name("/AP")] = DictionaryObject({_name("/N"): look})
            writer.add_annotation(number - 1, annotation)
    out = BytesIO()
    writer.write(out)
    marked = out.getvalue()
    if not marked.startswith(data):
        raise ValueError("the original was rewritten")
    return marked


def _page_of(mark: Mark, count: int) -> int:
    page = mark.place.page if mark.place is not None else None
    return page if page is not None and 1 <= page <= count else 1


def _annotations(page: Any, marks: Sequence[Mark]) -> Iterator[Any]:
    """Annotations of one page, in the order of the marks."""
    by_box: dict[Box | None, list[Mark]] = {}
    for mark in marks:
        by_box.setdefault(mark.place.box if mark.place is not None else None, []).append(mark)
    for box, group in by_box.items():
        if box is not None:
            yield _highlight(box, group)
    places = _places(page)
    for mark in by_box.get(None, ()):
        yield _note(next(places), mark)


def _places(page: Any) -> Iterator[Box]:
    """Boxes for sticky notes, side by side from the top left of the page as it is shown, then in rows below."""
    left, bottom, right, top = (float(side) for side in page.cropbox)
    frame = Frame(int(page.get("/Rotate", 0) or 0) % 360, (left, bottom, right, top))
    across = max(1, int((frame.width - 2 * _MARGIN) // _STEP))
    index = 0
    while True:
        row, column = divmod(index, across)
        x, y = _MARGIN + column * _STEP, frame.height - _MARGIN - row * _STEP
        yield frame.user((x, y - _ICON, x + _ICON, y))
        index += 1


def _highlight(box: Box, marks: Sequence[Mark]) -> Any:
    from pypdf.generic import ArrayObject, FloatObject

    x0, y0, x1, y1 = box
    x1, y1 = max(x1, x0 + 4), max(y1, y0 + 4)
    annotation = _annotation("/Highlight", (x0, y0, x1, y1), marks, _PRINT)
    corners = (x0, y1, x1, y1, x0, y0, x1, y0)
    annotation[_name("/QuadPoints")] = ArrayObject(FloatObject(value) for value in corners)
    return annotation


def _appearance(annotation: Any) -> Any:
    """A plain rectangle that lets the text through: left to themselves, viewers round a highlight by half its height."""
    from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject

    x0, y0, x1, y1 = (float(value) for value in annotation["/Rect"])
    red, green, blue = (float(value) for value in annotation["/C"])
    state = DictionaryObject({_name("/Type"): _name("/ExtGState"), _name("/BM"): _name("/Multiply")})
    look = DecodedStreamObject()
    look.update(
        {
            _name("/Type"): _name("/XObject"),
            _name("/Subtype"): _name("/Form"),
            _name("/BBox"): ArrayObject(FloatObject(value) for value in (x0, y0, x1, y1)),
            _name("/Group"): DictionaryObject({_name("/S"): _name("/Transparency")}),
            _name("/Resources"): DictionaryObject({_name("/ExtGState"): DictionaryObject({_name("/M"): state})}),
        }
    )
    look.set_data(f"/M gs {red} {green} {blue} rg {x0} {y0} {x1 - x0:.2f} {y1 - y0:.2f} re f".encode())
    return look


def _note(box: Box, mark: Mark) -> Any:
    annotation = _annotation("/Text", box, [mark], _PRINT | _NO_ZOOM | _NO_ROTATE)
    annotation[_name("/Name")] = _name("/Comment")
    return annotation


def _annotation(subtype: str, box: Box, marks: Sequence[Mark], flags: int) -> Any:
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NumberObject, TextStringObject

    worst = max(marks, key=lambda mark: (mark.outcome == "violated", SEVERITIES.index(mark.severity)))
    colour = _DOUBT if worst.outcome == "undetermined" else _COLOURS[worst.severity]
    return DictionaryObject(
        {
            _name("/Type"): _name("/Annot"),
            _name("/Subtype"): _name(subtype),
            _name("/Rect"): ArrayObject(FloatObject(value) for value in box),
            _name("/Contents"): TextStringObject("\n\n".join(mark.text for mark in marks)),
            _name("/T"): TextStringObject(AUTHOR),
            _name("/C"): ArrayObject(FloatObject(value) for value in colour),
            _name("/F"): NumberObject(flags),
        }
    )


def _name(text: str) -> Any:
    from pypdf.generic import NameObject

    return NameObject(text)
