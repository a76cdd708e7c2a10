"""Pictures of pages: what their headers say, before anything is decoded."""

from __future__ import annotations

import struct

import msgspec
from msgspec.structs import replace

from parsers.errors import Unreadable
from parsers.model import Block, Cell, Paragraph, Place

_MAX_TIFF_PAGES = 10_000
_TURNS = {3: 180, 6: 90, 8: 270}
"""EXIF orientation → clockwise degrees that set the picture upright. Mirrored ones do not come from cameras."""


class ImageFacts(msgspec.Struct, frozen=True):
    """Header of a picture; size in pixels, the largest where there are several pages."""

    media_type: str
    width: int
    height: int
    pages: int = 1
    turn: int = 0
    """Clockwise degrees that set it upright."""
    components: int = 3

    @property
    def dpi(self) -> float:
        """Resolution if it shows a letter sheet; what scanners write into their files is too often wrong."""
        return min(600.0, max(70.0, self.width / (8.5 if self.width <= self.height else 11)))


def image_facts(data: bytes) -> ImageFacts:
    """Read the header of a png, jpeg or tiff. Raises :class:`Unreadable`."""
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            width, height = struct.unpack(">II", data[16:24])
            if b"IEND" not in data[-64:]:
                raise Unreadable("truncated", "La imagen está incompleta; solicite que se envíe de nuevo.")
            return ImageFacts("image/png", width, height, components=3 if data[25] == 2 else 1)
        if data.startswith(b"\xff\xd8\xff"):
            return _jpeg(data)
        if data[:4] in (b"II*\0", b"MM\0*"):
            return _tiff(data)
    except (struct.error, IndexError) as error:
        raise Unreadable("truncated", "La imagen está incompleta; solicite que se envíe de nuevo.") from error
    raise Unreadable("unknown-format", "El formato de imagen no se lee; conviértala a PDF, PNG o JPEG.")


def _jpeg(data: bytes) -> ImageFacts:
    at, turn = 2, 0
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF or 0xD0 <= marker <= 0xD8 or marker == 1:
            at += 1 if marker == 0xFF else 2
            continue
        (size,) = struct.unpack(">H", data[at + 2 : at + 4])
        if marker == 0xE1 and data[at + 4 : at + 10] == b"Exif\0\0":
            turn = _TURNS.get(_tags(data[at + 10 : at + 2 + size]).get(274, 1), 0)
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return ImageFacts("image/jpeg", width, height, turn=turn, components=data[at + 9])
        at += 2 + size
    raise Unreadable("malformed", "La imagen JPEG está dañada; digitalice de nuevo.")


def _tags(tiff: bytes) -> dict[int, int]:
    """Whole-number tags of the first directory of a TIFF or an EXIF block."""
    order = "<" if tiff[:2] == b"II" else ">"
    (offset,) = struct.unpack(order + "I", tiff[4:8])
    return _directory(tiff, order, offset)[0]


def _directory(data: bytes, order: str, offset: int) -> tuple[dict[int, int], int]:
    """Tags of one directory, and where the next one begins (0: nowhere)."""
    (count,) = struct.unpack(order + "H", data[offset : offset + 2])
    tags: dict[int, int] = {}
    for index in range(count):
        entry = data[offset + 2 + 12 * index : offset + 14 + 12 * index]
        tag, kind, number = struct.unpack(order + "HHI", entry[:8])
        if kind in (3, 4) and number == 1:
            (tags[tag],) = struct.unpack(order + ("H" if kind == 3 else "I"), entry[8 : 10 if kind == 3 else 12])
    end = offset + 2 + 12 * count
    (following,) = struct.unpack(order + "I", data[end : end + 4])
    return tags, following


def _tiff(data: bytes) -> ImageFacts:
    order = "<" if data[:2] == b"II" else ">"
    (offset,) = struct.unpack(order + "I", data[4:8])
    width = height = pages = 0
    seen: set[int] = set()
    while offset and offset not in seen and pages < _MAX_TIFF_PAGES:
        seen.add(offset)
        tags, offset = _directory(data, order, offset)
        width, height, pages = max(width, tags.get(256, 0)), max(height, tags.get(257, 0)), pages + 1
    if not width or not height:
        raise Unreadable("malformed", "La imagen TIFF está dañada; digitalice de nuevo.")
    return ImageFacts("image/tiff", width, height, pages)


def image_as_pdf(data: bytes, facts: ImageFacts) -> bytes | None:
    """A one-page pdf that shows the picture upright, as wide as a letter sheet; None for what pdf cannot hold as it is (tiff, png with
    transparency or interlaced)."""
    if facts.media_type == "image/jpeg":
        space = {1: "/DeviceGray", 4: "/DeviceCMYK"}.get(facts.components, "/DeviceRGB")
        return _sheet(data, facts, f"/ColorSpace{space}/BitsPerComponent 8/Filter/DCTDecode")
    if facts.media_type != "image/png":
        return None
    depth, colour, interlaced = data[24], data[25], data[28]
    chunks = _png_chunks(data)
    if colour not in (0, 2, 3) or interlaced or depth == 16 or "tRNS" in chunks:
        return None
    space = "/DeviceRGB" if colour == 2 else "/DeviceGray"
    if colour == 3:
        palette = chunks.get("PLTE", b"")
        space = f"[/Indexed/DeviceRGB {len(palette) // 3 - 1}<{palette.hex()}>]"
    attributes = (
        f"/ColorSpace{space}/BitsPerComponent {depth}/Filter/FlateDecode"
        f"/DecodeParms<</Predictor 15/Colors {facts.components}/BitsPerComponent {depth}/Columns {facts.width}>>"
    )
    return _sheet(chunks.get("IDAT", b""), facts, attributes)


def _png_chunks(data: bytes) -> dict[str, bytes]:
    """Chunks by name, those of one name joined."""
    parts: dict[str, list[bytes]] = {}
    at = 8
    while at + 12 <= len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        parts.setdefault(data[at + 4 : at + 8].decode("latin-1"), []).append(data[at + 8 : at + 8 + size])
        at += 12 + size
    return {name: b"".join(found) for name, found in parts.items()}


def _sheet(content: bytes, facts: ImageFacts, attributes: str) -> bytes:
    upright = facts.width <= facts.height
    wide = 612.0 if upright != (facts.turn in (90, 270)) else 792.0
    scale = wide / (facts.height if facts.turn in (90, 270) else facts.width)
    width, height = facts.width * scale, facts.height * scale
    draw = f"{width:.2f} 0 0 {height:.2f} 0 0 cm /I Do".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/Rotate {facts.turn}/MediaBox[0 0 {width:.2f} {height:.2f}]"
        f"/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>".encode(),
        f"<</Type/XObject/Subtype/Image/Width {facts.width}/Height {facts.height}{attributes}"
        f"/Length {len(content)}>>\nstream\n".encode()
        + content
        + b"\nendstream",
        f"<</Length {len(draw)}>>\nstream\n".encode() + draw + b"\nendstream",
    ]
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, part in enumerate(parts, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, table)
    return bytes(out)


def strip_boxes(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The same blocks without boxes in user space, which only a pdf has."""
    return tuple(_stripped(block) for block in blocks)


def _stripped(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, place=_boxless(block.place))
    cells = tuple(_cell(cell) for cell in block.cells)
    return replace(block, cells=cells, place=_boxless(block.place))


def _cell(cell: Cell) -> Cell:
    return replace(cell, blocks=strip_boxes(cell.blocks), place=_boxless(cell.place))


def _boxless(place: Place) -> Place:
    return replace(place, box=None)
