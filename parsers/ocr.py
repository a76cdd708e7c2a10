"""Text from pictures of pages, by tesseract with its Spanish model.

One thread per page: tesseract's own threads make it nine times slower on two cores. 200 dpi is where accuracy stops rising.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from parsers.pdf_frame import Box
from parsers.pdf_ink import Word

DPI = 200
_LEAST_CONFIDENCE = 15.0
"""Percent; what tesseract trusts less is specks and ruling lines."""
_LINE = 0.85
"""Size of a font as share of the height of tesseract's lines."""
_SPECKS = frozenset("+*«»·°o•e-=~")
_NOISE = frozenset("|_—-~.,:;'`\"«»°=¡¦[]{}<>\\/")


class OcrError(Exception):
    """Tesseract could not answer; ``str()`` says why, in Spanish."""


@dataclass(frozen=True, slots=True)
class Scan:
    """Words of one picture in points, y upwards from its lower edge."""

    words: list[Word]
    width: float
    height: float
    confidence: float
    """Mean, 0 to 1; 0 without words."""


@functools.cache
def available() -> bool:
    """Whether tesseract is there with its Spanish model."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return "spa" in listed.stdout.split()


def recognise(image: bytes, seconds: float, dpi: float | None = None) -> list[Scan]:
    """Words of each picture in ``image`` (png, jpeg, tiff with one or more pages, pnm), within ``seconds``.

    ``dpi`` is the picture's resolution; without it the picture is taken to be as wide as a letter sheet.
    Raises :class:`OcrError`.
    """
    arguments = ["stdin", "stdout", "-l", "spa", "--psm", "3"]
    if dpi is not None:
        arguments += ["--dpi", str(round(dpi))]
    return _scans(_run([*arguments, "tsv"], image, seconds).decode("utf-8", "replace"), dpi)


def recognise_file(image: bytes, seconds: float) -> tuple[list[Scan], bytes]:
    """As :func:`recognise`, with the pages as a pdf: how a picture that we cannot decode ourselves can be looked at for ruling lines."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "out")
        _run(["stdin", str(target), "-l", "spa", "--psm", "3", "tsv", "pdf"], image, seconds)
        tsv = target.with_suffix(".tsv").read_text("utf-8", "replace")
        return _scans(tsv, None), target.with_suffix(".pdf").read_bytes()


def _run(arguments: list[str], image: bytes, seconds: float) -> bytes:
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            ["tesseract", *arguments],
            input=image,
            capture_output=True,
            timeout=max(seconds, 0.1),
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise OcrError("el reconocimiento de texto tardó más de lo permitido") from error
    except OSError as error:
        raise OcrError("no se pudo iniciar el reconocimiento de texto") from error
    if done.returncode != 0:
        raise OcrError("el reconocimiento de texto no pudo leer la imagen")
    return done.stdout


def _scans(tsv: str, dpi: float | None) -> list[Scan]:
    """Parse tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height, confidence, text."""
    scans: list[Scan] = []
    scale = 72 / dpi if dpi else 1.0
    width = height = 0.0
    words: list[Word] = []
    line: Box = (0.0, 0.0, 0.0, 0.0)

    def close() -> None:
        if width:
            known = [word.confidence for word in words if word.confidence is not None]
            scans.append(Scan(_steady(words), width, height, sum(known) / len(known) if known else 0.0))
        words.clear()

    for row in tsv.splitlines()[1:]:
        parts = row.split("\t")
        if len(parts) < 12:
            continue
        level = parts[0]
        left, top, wide, high = (float(part) for part in parts[6:10])
        if level == "1":
            close()
            if dpi is None:
                scale = (612 if wide <= high else 792) / wide if wide else 1.0
            width, height = wide * scale, high * scale
        box = (left * scale, height - (top + high) * scale, (left + wide) * scale, height - top * scale)
        if level == "4":
            line = box
        elif level == "5" and parts[11].strip():
            word = _word(parts[11].strip(), float(parts[10]), box, line)
            if word is not None:
                words.append(word)
    close()
    return scans


def _steady(words: list[Word]) -> list[Word]:
    """Heights without noise: sizes near the page's median become the median, and lines hang from their tops, as those that have
    no descenders are less high. What differs by a third is a heading; a speck before a line is the bullet of a list."""
    if not words:
        return []
    usual = median(word.size for word in words)
    out = []
    for word in words:
        x0, y0, x1, y1 = word.box
        if 0.7 < word.size / usual < 1.35:
            out.append(replace(word, size=usual, box=(x0, y1 - usual / _LINE, x1, y1)))
        elif word.size < 0.7 * usual and len(word.text) == 1 and not word.text.isalnum():
            middle = (y0 + y1) / 2
            text = "•" if word.text in _SPECKS else word.text
            out.append(replace(word, text=text, size=usual, box=(x0, middle - usual / 2, x1, middle + usual / 2)))
        else:
            out.append(word)
    return out


def _word(text: str, percent: float, box: Box, line: Box) -> Word | None:
    if percent < _LEAST_CONFIDENCE or (percent < 60 and set(text) <= _NOISE and "__" not in text):
        return None
    own, high = box[3] - box[1], line[3] - line[1]
    if own > 4 * (box[2] - box[0]) and set(text) <= {"|", "I", "l", "]", "["} and own > 1.5 * high:
        return None  # a ruling line
    # The line's height is steadier than the word's, unless the scan is skewed or the line joins two.
    low, top = (line[1], line[3]) if high <= 2.0 * own else (box[1] - 0.15 * own, box[3] + 0.15 * own)
    size = _LINE * (top - low)
    return Word(text, (box[0], low, box[2], top), size, False, round(percent / 100, 3))


@dataclass(frozen=True, slots=True)
class Picture:
    """A page rendered in grey, one byte a pixel, rows of ``stride`` bytes from the top."""

    width: int
    height: int
    stride: int
    pixels: bytes

    def pgm(self) -> bytes:
        """As a portable graymap, which tesseract reads without any picture library of ours."""
        rows = self.pixels
        if self.stride != self.width:
            rows = b"".join(rows[y * self.stride : y * self.stride + self.width] for y in range(self.height))
        return b"P5\n%d %d\n255\n" % (self.width, self.height) + rows

    def blank(self) -> bool:
        """So little ink that it is specks: the back of a sheet."""
        return self.pixels.translate(_DARK).count(1) < 0.0004 * len(self.pixels)

    def rules(self, dpi: float) -> tuple[list[Box], list[Box]]:
        """Horizontal and vertical ruling lines in points, y upwards: dark runs far longer than any stroke of a letter."""
        dark = self.pixels.translate(_DARK)
        scale = 72 / dpi
        across = [
            (a * scale, (self.height - y) * scale, b * scale, (self.height - y) * scale)
            for y, a, b in _strokes(
                (dark[y * self.stride : y * self.stride + self.width] for y in range(self.height)), dpi
            )
        ]
        upright = [
            (x * scale, (self.height - b) * scale, x * scale, (self.height - a) * scale)
            for x, a, b in _strokes((dark[x :: self.stride] for x in range(self.width)), dpi)
        ]
        return across, upright


_DARK = bytes(1 if value < 128 else 0 for value in range(256))


def _strokes(lines: Iterable[bytes], dpi: float) -> list[tuple[float, int, int]]:
    """(position, from, to) of dark runs of at least 0.35 inch, each stroke's thickness taken as one, runs that a slant broke joined."""
    least = round(0.35 * dpi)
    needle = b"\1" * least
    slack = max(2, round(0.02 * dpi))
    strokes: list[list[float]] = []  # last position, from, to, sum of positions, count
    recent: list[list[float]] = []
    for position, line in enumerate(lines):
        start = line.find(needle)
        if start < 0:
            continue
        recent = [stroke for stroke in recent if position - stroke[0] <= slack]
        while start >= 0:
            end = line.find(b"\0", start)
            end = len(line) if end < 0 else end
            for stroke in recent:
                if start <= stroke[2] + slack and end >= stroke[1] - slack:
                    stroke[0], stroke[1], stroke[2] = position, min(stroke[1], start), max(stroke[2], end)
                    stroke[3] += position
                    stroke[4] += 1
                    break
            else:
                fresh = [float(position), float(start), float(end), float(position), 1.0]
                strokes.append(fresh)
                recent.append(fresh)
            start = line.find(needle, end)
    # a block of ink thicker than 0.06 inch is a shaded cell or a picture
    return [(s[3] / s[4], int(s[1]), int(s[2])) for s in strokes if s[4] <= 0.06 * dpi]
