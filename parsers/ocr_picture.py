"""A page rendered in grey: what tesseract gets to read, and the ruling lines that it would not tell."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from parsers.pdf_frame import Box


class Level(msgspec.Struct, frozen=True):
    """Sets a page straight whose lines rise by ``slope``, about its middle."""

    slope: float = 0.0
    x: float = 0.0
    y: float = 0.0

    def moved(self, box: Box) -> Box:
        """The box, unturned, moved to where its middle belongs."""
        if not self.slope:
            return box
        dx = self.slope * ((box[1] + box[3]) / 2 - self.y)
        dy = -self.slope * ((box[0] + box[2]) / 2 - self.x)
        return (box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy)


class Picture(msgspec.Struct, frozen=True):
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

    def rules(self, dpi: float, level: Level) -> tuple[list[Box], list[Box]]:
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
        return [level.moved(box) for box in across], [level.moved(box) for box in upright]


_DARK = bytes(1 if value < 128 else 0 for value in range(256))


def _strokes(lines: Iterable[bytes], dpi: float) -> list[tuple[float, int, int]]:
    """(position, from, to) of dark strokes of at least 0.35 inch, each one's thickness taken as one, runs that a slant broke joined."""
    needle = b"\1" * round(0.18 * dpi)
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
    # a block of ink thicker than 0.06 inch is a shaded cell or a picture; a slanted line passes through more rows than it is thick
    return [
        (middle / count, int(start), int(end))
        for _, start, end, middle, count in strokes
        if end - start >= 0.35 * dpi and count <= 0.06 * dpi + 0.02 * (end - start)
    ]
