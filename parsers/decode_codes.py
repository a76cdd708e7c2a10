"""QR and bar codes of one picture, by zxing-cpp; and whether a picture in which none was read may hold one all the same."""

from __future__ import annotations

import io
from itertools import groupby
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 30_000_000
"""Of a picture that is decoded."""
MAX_FRAMES = 20
"""Pages of a tiff, frames of a gif."""
_FORMATS = ("QRCode", "MicroQRCode", "RMQRCode", "Aztec", "DataMatrix", "PDF417", "Code128", "Code39", "EAN13")
"""Those that carry a check of their own: the weaker ones see bars in every ruled table."""
_SIDE = 96
"""Pixels of the reduced picture whose texture is looked at."""
_FINE = 400
"""Pixels of the reduced picture in which the marks of a QR are looked for."""


class Code(msgspec.Struct, frozen=True):
    """What a code says."""

    text: str
    format: str
    """As zxing-cpp names it: ``QRCode``, ``Code128``."""


class Seen(msgspec.Struct, frozen=True):
    """What a picture gave."""

    codes: tuple[Code, ...]
    doubt: str = ""
    """Why there may be a code that was not read, a clause in Spanish; empty where there is none."""


def codes_of_picture(data: bytes) -> Seen:
    """The codes of a png, jpeg, gif, bmp, webp or tiff file. What is no picture that can be decoded is a doubt, never an error."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                return Seen((), f"mide {picture.width} × {picture.height} puntos, más de los que se examinan")
            seen = []
            for number in range(min(getattr(picture, "n_frames", 1), MAX_FRAMES)):
                if number:
                    picture.seek(number)
                seen.append(codes_of_grey(_grey(picture)))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return Seen((), "está dañada o en un formato que no se lee")
    codes = tuple(dict.fromkeys(code for s in seen for code in s.codes))
    return Seen(codes, "" if codes else next((s.doubt for s in seen if s.doubt), ""))


def codes_of_grey(picture: Image, *, whole_page: bool = False) -> Seen:
    """The codes of a picture in shades of grey (mode ``L``); ``whole_page`` where it shows a page and not a picture on it."""
    import zxingcpp

    looked_at = picture if whole_page else _bordered(picture)
    found = zxingcpp.read_barcodes(looked_at, formats=_formats(), return_errors=True)
    codes = tuple(dict.fromkeys(Code(b.text, _name(b)) for b in found if b.valid and b.text.strip()))
    if codes:
        return Seen(codes)
    if any(_name(b) not in ("Code39", "EAN13") for b in found):
        return Seen((), "contiene un código dañado o ilegible")
    alike = not whole_page and _resembles_code(picture)
    return Seen((), "parece un código y no se pudo decodificar" if alike else "")


def _formats() -> Any:
    import zxingcpp

    return zxingcpp.barcode_formats_from_str(",".join(_FORMATS))


def _name(barcode: Any) -> str:
    return str(barcode.format).removeprefix("BarcodeFormat.").replace(" ", "")


def _grey(picture: Image) -> Image:
    """What shows on white paper, in shades of grey."""
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        drawn = picture.convert("RGBA")
        paper = Image.new("RGBA", drawn.size, (255, 255, 255, 255))
        paper.alpha_composite(drawn)
        return paper.convert("L")
    return picture.convert("L")


def _bordered(picture: Image) -> Image:
    """With a white margin: generators often leave out the quiet zone that the standard asks for. Small ones are enlarged."""
    from PIL import Image

    if max(picture.size) < 120:
        picture = picture.resize((picture.width * 4, picture.height * 4), Image.Resampling.NEAREST)
    margin = max(8, max(picture.size) // 20)
    paper = Image.new("L", (picture.width + 2 * margin, picture.height + 2 * margin), 255)
    paper.paste(picture, (margin, margin))
    return paper


def _resembles_code(picture: Image) -> bool:
    """The texture of a code, or two of the three marks at the corners of a QR."""
    from PIL import ImageOps

    if min(picture.size) < 20:
        return False
    grey = ImageOps.autocontrast(picture)
    shades = grey.histogram()
    if sum(shades[:64]) + sum(shades[192:]) < 0.5 * sum(shades):
        return False  # a photograph
    dark = grey.point([255 if v < 128 else 0 for v in range(256)])
    return _has_texture(dark) or len(_corner_marks(dark)) >= 2


def _has_texture(dark: Image) -> bool:
    """Ink and paper in like amounts within a square, changing often along most rows and columns: no logo, seal or text does that."""
    from PIL import Image

    box = dark.getbbox()
    if box is None or not 0.75 <= (box[2] - box[0]) / (box[3] - box[1]) <= 1.33:
        return False
    pixels = dark.crop(box).resize((_SIDE, _SIDE), Image.Resampling.NEAREST).tobytes()
    if not 0.3 <= pixels.count(255) / len(pixels) <= 0.7:
        return False
    rows = [pixels[y * _SIDE : (y + 1) * _SIDE] for y in range(_SIDE)]
    columns = [pixels[x::_SIDE] for x in range(_SIDE)]
    return all(sum(_changes(line) >= 6 for line in lines) >= 0.75 * _SIDE for lines in (rows, columns))


def _changes(line: bytes) -> int:
    return line.count(b"\xff\x00") + line.count(b"\x00\xff")


def _corner_marks(dark: Image) -> set[tuple[int, int]]:
    """Where a row and the column through it both run 1 : 1 : 3 : 1 : 1 dark and light, by cells of a coarse grid."""
    dark = dark.copy()
    dark.thumbnail((_FINE, _FINE))
    width, height = dark.size
    pixels = dark.point([255 if v >= 128 else 0 for v in range(256)]).tobytes()
    columns: dict[int, list[tuple[int, int]]] = {}
    found = set()
    for y in range(height):
        for x, module in _marks(pixels[y * width : (y + 1) * width]):
            if x not in columns:
                columns[x] = _marks(pixels[x::width])
            if any(abs(at - y) <= module and 0.5 <= size / module <= 2 for at, size in columns[x]):
                found.add((8 * x // width, 8 * y // height))
    return {(x, y) for x, y in found if not {(x - 1, y), (x, y - 1), (x - 1, y - 1), (x + 1, y - 1)} & found}


def _marks(line: bytes) -> list[tuple[int, int]]:
    """(middle, module in pixels) of each run of five that has the proportions of a corner mark."""
    edges = [0]
    for _, run in groupby(line):
        edges.append(edges[-1] + sum(1 for _ in run))
    found = []
    for n in range(0 if line[:1] == b"\xff" else 1, len(edges) - 5, 2):
        runs = [edges[n + i + 1] - edges[n + i] for i in range(5)]
        module = sum(runs) / 7
        if module >= 1.5 and all(
            abs(run - wanted * module) <= 0.6 * wanted * module
            for run, wanted in zip(runs, (1, 1, 3, 1, 1), strict=True)
        ):
            found.append(((edges[n + 2] + edges[n + 3]) // 2, round(module)))
    return found
