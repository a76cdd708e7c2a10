"""Text from pictures of pages, by tesseract with its Spanish model.

One thread per page: tesseract's own threads make it nine times slower on two cores. 200 dpi is where accuracy stops rising.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import linear_regression, median

import msgspec
from msgspec.structs import replace

from parsers.ocr_picture import Level
from parsers.pdf_frame import Box
from parsers.pdf_ink import ASCENT, DESCENT, Word

DPI = 200
_LEAST_CONFIDENCE = 15.0
"""Percent; what tesseract trusts less is specks and ruling lines."""
_TALL = frozenset("bdfhijkltáéíóúüñ¿?¡!()[]{}|/\"'")
_DEEP = frozenset("gjpqy()[]{}|_¿¡ç")
_BARS = frozenset("|Il[]¦")
_SPECKS = frozenset("+*«»·°o•e-=~")
"""What tesseract makes of the bullet of a list."""
_NOISE = frozenset("|_—-~.,:;'`\"«»°=¡¦[]{}<>\\/")


class OcrError(Exception):
    """Tesseract could not answer; ``str()`` says why, in Spanish."""


class Scan(msgspec.Struct, frozen=True):
    """Words of one picture in points, y upwards from its lower edge."""

    words: list[Word]
    width: float
    height: float
    confidence: float
    """Mean, 0 to 1; 0 without words."""
    level: Level
    """How the words were moved to set the lines straight."""


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


def recognise_file(image: bytes, seconds: float, dpi: float) -> tuple[list[Scan], bytes]:
    """As :func:`recognise`, with the pages as a pdf: how a picture that we cannot decode ourselves can be looked at for ruling lines."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "out")
        _run(["stdin", str(target), "-l", "spa", "--psm", "3", "--dpi", str(round(dpi)), "tsv", "pdf"], image, seconds)
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


class _Line(msgspec.Struct):
    box: Box
    words: list[tuple[str, float, Box]] = []


def _scans(tsv: str, dpi: float | None) -> list[Scan]:
    """Parse tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height, confidence, text."""
    scans: list[Scan] = []
    scale = 72 / dpi if dpi else 1.0
    width = height = 0.0
    lines: list[_Line] = []
    for row in tsv.splitlines()[1:]:
        parts = row.split("\t")
        if len(parts) < 12:
            continue
        left, top, wide, high = (float(part) for part in parts[6:10])
        if parts[0] == "1":
            if width:
                scans.append(_scan(lines, width, height))
            lines = []
            if dpi is None:
                scale = (612 if wide <= high else 792) / wide if wide else 1.0
            width, height = wide * scale, high * scale
        box = (left * scale, height - (top + high) * scale, (left + wide) * scale, height - top * scale)
        if parts[0] == "4":
            lines.append(_Line(box))
        elif parts[0] == "5" and parts[11].strip() and lines:
            lines[-1].words.append((parts[11].strip(), float(parts[10]), box))
    if width:
        scans.append(_scan(lines, width, height))
    return scans


def _scan(lines: list[_Line], width: float, height: float) -> Scan:
    slope = _slope(lines)
    level = Level(slope, width / 2, height / 2)
    words = []
    for line in lines:
        x0, y0, x1, y1 = level.moved(line.box)
        shrink = min(0.3 * abs(slope) * (x1 - x0), 0.3 * (y1 - y0)) / 2
        base, size = _metrics("".join(text for text, _, _ in line.words), (x0, y0 + shrink, x1, y1 - shrink))
        for number, (text, percent, box) in enumerate(line.words):
            speck = number == 0 and text in _SPECKS and box[3] - box[1] < 0.5 * size
            word = _word("•" if speck else text, percent, level.moved(box), base, size)
            if word is not None:
                words.append(word)
    known = [word.confidence for word in words if word.confidence is not None]
    return Scan(_steady(words), width, height, sum(known) / len(known) if known else 0.0, level)


def _slope(lines: list[_Line]) -> float:
    """Rise per point of the text lines of a sheet that lay askew on the scanner; 0 where it cannot be told, or is too little to matter."""
    slopes = []
    for line in lines:
        points = [((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for text, _, box in line.words if len(text) > 2]
        if len(points) >= 4 and line.box[2] - line.box[0] > 150:
            slopes.append(linear_regression(*zip(*points, strict=True)).slope)
    usual = median(slopes) if len(slopes) >= 4 else 0.0
    return usual if 0.003 <= abs(usual) <= 0.1 else 0.0


def _steady(words: list[Word]) -> list[Word]:
    """Sizes near the page's median become the median: what differs by a quarter is a heading, by less is noise."""
    if not words:
        return []
    usual = median(word.size for word in words)
    out = []
    for word in words:
        base = word.box[1] + DESCENT * word.size
        if 0.75 < word.size / usual < 1.3:
            out.append(replace(word, size=usual, box=_on_line(word.box, base, usual)))
        else:
            out.append(word)
    return out


def _word(text: str, percent: float, box: Box, base: float, size: float) -> Word | None:
    if percent < _LEAST_CONFIDENCE or (percent < 60 and set(text) <= _NOISE and "__" not in text):
        return None
    high = box[3] - box[1]
    if set(text) <= _BARS and high > 1.5 * size and high > 4 * (box[2] - box[0]):
        return None  # a ruling line
    return Word(text, _on_line(box, base, size), size, False, round(percent / 100, 3))


def _on_line(box: Box, base: float, size: float) -> Box:
    return (box[0], base - DESCENT * size, box[2], base + ASCENT * size)


def _metrics(text: str, box: Box) -> tuple[float, float]:
    """Base line and font size of a line, from the box around its ink and the letters that it holds."""
    rises = any(char in _TALL or char.isupper() or char.isdigit() for char in text)
    falls = 0.21 if any(char in _DEEP for char in text) else 0.13 if "," in text or ";" in text else 0.0
    size = (box[3] - box[1]) / ((0.74 if rises else 0.54) + falls)
    return box[1] + falls * size, size
