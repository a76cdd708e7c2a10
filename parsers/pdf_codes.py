"""QR and bar codes on the pages of a pdf: of the page as it shows, of its pictures as they are stored, and of finer drawings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from parsers.decode_codes import MAX_PIXELS, Seen, codes_of_grey
from parsers.model import Place

MAX_PAGES = 200
"""Pages that are looked at."""
_DPI, _FINE_DPI = 200, 400
_PATHS = 60
"""Drawn shapes from which a page may hold a code that is no picture."""
_MAX_OBJECTS = 20_000
"""Objects of a page that are counted."""
_FEW = 200
"""Characters on a page that a picture covers, up to which the page is a scan."""


def codes_of_pages(data: bytes, pages: frozenset[int], *, onward: bool) -> Iterator[tuple[Place, Seen]]:
    """What each of ``pages`` gave, those on which there is nothing to look at left out; an empty ``pages`` means all.

    ``onward`` adds the pages without text that follow one of these: a code may stand alone on a sheet.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        yield Place(), Seen((), "no se pudo examinar, porque el archivo está dañado")
        return
    try:
        looked, follows = 0, False
        for number in range(1, len(document) + 1):
            try:
                page = document[number - 1]
            except pypdfium2.PdfiumError:
                if not pages or number in pages:
                    yield Place(page=number), Seen((), "no se pudo examinar, porque su página está dañada")
                continue
            try:
                follows = not pages or number in pages or (onward and follows and _characters(page) == 0)
                if not follows:
                    continue
                if looked == MAX_PAGES:
                    told = f"está después de las primeras {MAX_PAGES} páginas, que son las que se examinaron"
                    yield Place(page=number), Seen((), told)
                    return
                looked += 1
                yield from ((Place(page=number), seen) for seen in _page(page))
            finally:
                page.close()
    finally:
        document.close()


def _page(page: Any) -> Iterator[Seen]:
    pictures, paths = _objects(page)
    if not pictures and paths < _PATHS and pdfium.FPDFPage_GetAnnotCount(page.raw) == 0:
        return
    shown = _rendered(page, _DPI)
    if shown.codes:
        yield shown
        return
    stored = [_stored(picture) for picture in pictures[:50]]
    if any(seen.codes for seen in stored):
        yield from (seen for seen in stored if seen.codes)
        return
    fine = _rendered(page, _FINE_DPI) if paths >= _PATHS else Seen(())
    if fine.codes:
        yield fine
    elif doubt := next((s.doubt for s in (*stored, shown, fine) if s.doubt), ""):
        yield Seen((), doubt)
    elif _is_scan(page, pictures):
        yield Seen((), "es la página digitalizada, en la que no se distingue ningún código")


def _objects(page: Any) -> tuple[list[Any], int]:
    """The pictures of a page, and the number of its drawn shapes."""
    pictures, paths = [], 0
    wanted = [pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH]
    for number, item in enumerate(page.get_objects(filter=wanted, max_depth=5)):
        if number >= _MAX_OBJECTS:
            break
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(item)
        else:
            paths += 1
    return pictures, paths


def _rendered(page: Any, dpi: float) -> Seen:
    width, height = page.get_size()
    dpi = min(dpi, 72 * (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=dpi / 72, grayscale=True)
    try:
        return codes_of_grey(_image(bitmap), whole_page=True)
    finally:
        bitmap.close()


def _stored(picture: Any) -> Seen:
    """A picture with all the detail that the file has of it, which the page may show reduced."""
    width, height = picture.get_px_size()
    if width * height > MAX_PIXELS or min(width, height) < 15:
        return Seen(())
    try:
        bitmap = picture.get_bitmap(render=False)
    except pypdfium2.PdfiumError:
        return Seen((), "está dañada o en un formato que no se lee")
    try:
        return codes_of_grey(bitmap.to_pil().convert("L"))
    finally:
        bitmap.close()


def _image(bitmap: Any) -> Image.Image:
    return Image.frombuffer("L", (bitmap.width, bitmap.height), bytes(bitmap.buffer), "raw", "L", bitmap.stride, 1)


def _is_scan(page: Any, pictures: list[Any]) -> bool:
    """One picture covers the page, and hardly a character stands on it."""
    width, height = page.get_size()
    covers = False
    for picture in pictures:
        left, bottom, right, top = picture.get_bounds()
        covers |= (right - left) * (top - bottom) > 0.5 * width * height
    return covers and _characters(page) < _FEW


def _characters(page: Any) -> int:
    textpage = page.get_textpage()
    try:
        return int(textpage.count_chars())
    finally:
        textpage.close()
