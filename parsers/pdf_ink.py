"""What a pdf page shows, as pdfium sees it: words, ruling lines and pictures, turned upright.

One call per word and not per character keeps this near pdfium's own speed: pdfium's text already breaks words at gaps.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from typing import Any

import msgspec
import pypdfium2.raw as pdfium

from parsers.pdf_drawings import read_drawings
from parsers.pdf_frame import Box, Frame

_WORD = re.compile("[^\\s\x02\ufffe\x00-\x1f\xa0]+[\x02\ufffe]?")
_HYPHENS = ("\x02", "\ufffe")
"""What pdfium writes for a hyphen at the end of a line, swallowing the line break."""
_BOLD = re.compile(r"bold|black|heavy|demi(?!li)|negrita", re.IGNORECASE)
_NOT_BOLD = re.compile(r"regular|light|roman|book|normal", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_SYMBOLS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0fe": "☑", "\uf0a8": "☐", "\uf06f": "☐", "\uf076": "❖",
    "\uf02d": "-", "\uf0e0": "→",
}  # fmt: skip
"""Symbol and Wingdings, as Word writes its bullets and boxes."""
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_REPLACE = str.maketrans({**_SYMBOLS, **_LIGATURES, "\xad": ""})
ASCENT, DESCENT = 0.78, 0.22
"""Share of the size above and below the base line."""


class Word(msgspec.Struct, frozen=True):
    """A run of characters without white space; the box has the full advance width, and the height of its line."""

    text: str
    box: Box
    size: float
    bold: bool = False
    confidence: float | None = None
    hyphen: bool = False
    """Ends in a hyphen that the line break put there."""
    unseen: bool = False
    """In render mode 3, which leaves no ink: hidden, or the text layer of an earlier OCR."""
    spaced: bool = False
    """A space follows in the file, which at the end of a line not every program leaves."""
    broken: bool = False
    """Goes on in the line below, without a hyphen."""


class Ink(msgspec.Struct):
    """A page in layout coordinates."""

    frame: Frame
    words: list[Word] = []
    aside: list[Word] = []
    """Words that do not run with the page's text: stamps on the margin, slanted watermarks; in drawing order."""
    across: list[Box] = []
    """Horizontal ruling lines; y0 == y1."""
    upright: list[Box] = []
    """Vertical ruling lines; x0 == x1."""
    pictures: list[Box] = []
    garbled: int = 0
    """Characters that map to nothing a person reads."""


def read_ink(page: Any, textpage: Any, turn: int) -> Ink:
    """Everything that stands on a loaded pypdfium2 page; ``turn`` is its /Rotate, kept where the page has no text."""
    found, garbled = _words(textpage)
    turns = Counter(raw[-1] for raw in found if raw[-1] >= 0)
    frame = Frame(turns.most_common(1)[0][0] if turns else turn, _crop(page))
    ink = Ink(frame, garbled=garbled)
    for text, box, size, bold, hyphen, unseen, spaced, angle in found:
        word = Word(text, frame.upright(box), size, bold, None, hyphen, unseen, spaced)
        (ink.words if angle == frame.turn else ink.aside).append(word)
    rules, pictures = read_drawings(page)
    ink.pictures = [frame.upright(box) for box in pictures]
    for x0, y0, x1, y1 in map(frame.upright, rules):
        if x1 - x0 >= y1 - y0:
            ink.across.append((x0, (y0 + y1) / 2, x1, (y0 + y1) / 2))
        else:
            ink.upright.append(((x0 + x1) / 2, y0, (x0 + x1) / 2, y1))
    return ink


def _crop(page: Any) -> Box:
    left, bottom, right, top = page.get_cropbox()
    box = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    if not (1 < box[2] - box[0] < math.inf and 1 < box[3] - box[1] < math.inf):
        return (0.0, 0.0, 612.0, 792.0)  # what pdfium itself takes a page without a size to be
    return box


def _characters(textpage: Any) -> str:
    """The page's text, one character per pdfium index."""
    raw, count = textpage.raw, textpage.count_chars()
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(raw, 0, count, buffer)
    if written == count + 1:
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
    codes = (pdfium.FPDFText_GetUnicode(raw, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)


_RawWord = tuple[str, Box, float, bool, bool, bool, bool, int]
"""Text, box in user space, size, bold, ends in a hyphen, leaves no ink, has a space after it, direction in degrees (-1 when slanted)."""


def _words(textpage: Any) -> tuple[list[_RawWord], int]:
    """Words, and how many characters are garbled."""
    raw = textpage.raw
    text = _characters(textpage)
    styles: dict[int, tuple[float, bool, bool]] = {}
    fonts: dict[int, bool] = {}
    box = pdfium.FS_RECTF()
    out: list[_RawWord] = []
    garbled = sum(map(_unreadable, text)) if not text.isascii() else 0
    loose, object_of = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetTextObject
    angle_of, origin_of = pdfium.FPDFText_GetCharAngle, pdfium.FPDFText_GetCharOrigin
    x, y = ctypes.c_double(), ctypes.c_double()
    for match in _WORD.finditer(text):
        first, last = match.start(), match.end() - 1
        content = match.group()
        hyphen = content[-1] in _HYPHENS
        if hyphen:
            last = max(first, last - 1)
            content = content[:-1] + "-"
        obj = object_of(raw, first)
        if not obj:
            continue
        address = ctypes.addressof(obj.contents)
        style = styles.get(address)
        if style is None:
            style = styles[address] = _style(raw, first, obj, fonts)
        size, bold, unseen = style
        loose(raw, first, box)
        x0, y0, x1, y1 = box.left, box.bottom, box.right, box.top
        if last > first:
            loose(raw, last, box)
            x0, y0, x1, y1 = min(x0, box.left), min(y0, box.bottom), max(x1, box.right), max(y1, box.top)
        origin_of(raw, first, x, y)
        if not math.isfinite(x0 + x1 + y0 + y1 + x.value + y.value + size):
            continue
        angle = _quarter(angle_of(raw, first))
        # pdfium's boxes are as high as each glyph; a line needs one height for all its words
        up, down = ASCENT * size, DESCENT * size
        if angle == 0:
            y0, y1 = y.value - down, y.value + up
        elif angle == 90:
            x0, x1 = x.value - up, x.value + down
        elif angle == 180:
            y0, y1 = y.value - up, y.value + down
        elif angle == 270:
            x0, x1 = x.value - down, x.value + up
        content = content.translate(_REPLACE)
        if content:
            out.append(
                (
                    content,
                    (x0, y0, x1, y1),
                    size,
                    bold,
                    hyphen,
                    unseen,
                    text[match.end() : match.end() + 1] == " ",
                    angle,
                )
            )
    return out, garbled


def _unreadable(char: str) -> bool:
    """Private use, unmapped or replaced; the marks of line-end hyphens are not counted."""
    return char >= "\ue000" and (char <= "\uf8ff" or char in "\ufffc\ufffd\uffff") and char not in _SYMBOLS


def _quarter(radians: float) -> int:
    """pdfium's text angle, which it counts clockwise, as the clockwise turn that sets it upright; -1 when it is slanted."""
    degrees = math.degrees(radians) % 360
    nearest = round(degrees / 90) * 90
    return -nearest % 360 if abs(degrees - nearest) < 5 else -1


def _style(raw: Any, index: int, obj: Any, fonts: dict[int, bool]) -> tuple[float, bool, bool]:
    """Size in points, bold, invisible; of the character at ``index``, which stands for its whole text object."""
    size = pdfium.FPDFText_GetFontSize(raw, index)
    matrix = pdfium.FS_MATRIX()
    scale = 1.0
    if pdfium.FPDFText_GetMatrix(raw, index, matrix):
        scale = math.hypot(matrix.c, matrix.d)
    font = pdfium.FPDFTextObj_GetFont(obj)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(obj)
    bold = mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
    if font:
        address = ctypes.addressof(font.contents)
        if address not in fonts:
            fonts[address] = _is_bold(font)
        bold = bold or fonts[address]
    return max(abs(size) * scale, 0.1), bold, mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


def _is_bold(font: Any) -> bool:
    buffer = ctypes.create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    name = buffer.value.decode("latin-1")
    if _BOLD.search(name):
        return True
    if _NOT_BOLD.search(name):
        return False
    return bool(pdfium.FPDFFont_GetFlags(font) & _FORCE_BOLD) or pdfium.FPDFFont_GetWeight(font) >= 600
