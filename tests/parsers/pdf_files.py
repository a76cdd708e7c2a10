"""Pdf files written by hand, so that a test says exactly where each word and line stands."""

from __future__ import annotations

from collections.abc import Sequence


def text(x: float, y: float, words: str, *, bold: bool = False, size: float = 11, mode: int = 0) -> str:
    """Content that shows ``words`` from (x, y) on."""
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT {mode} Tr /{'B' if bold else 'F'} {size} Tf {x} {y} Td ({escaped}) Tj ET\n"


def grid(xs: Sequence[float], ys: Sequence[float]) -> str:
    """Content that rules a full grid."""
    lines = [f"{xs[0]} {y} m {xs[-1]} {y} l S" for y in ys] + [f"{x} {ys[0]} m {x} {ys[-1]} l S" for x in xs]
    return "\n".join(lines) + "\n"


def write_pdf(
    pages: Sequence[str],
    *,
    media: str = "0 0 612 792",
    rotate: int = 0,
    page: str = "",
    catalog: str = "",
    info: str = "",
    objects: dict[int, bytes] | None = None,
    resources: str = "",
) -> bytes:
    """A pdf with one page per content stream, in Helvetica (``/F``) and Helvetica-Bold (``/B``).

    ``page``, ``catalog``, ``resources``: more entries of those dictionaries; ``objects``: further objects, numbered from 1000.
    """
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(pages)))
    font = "<</Type/Font/Subtype/Type1/BaseFont/{}/Encoding/WinAnsiEncoding>>"
    parts = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        3: font.format("Helvetica").encode(),
        4: font.format("Helvetica-Bold").encode(),
        5: f"<<{info}>>".encode("cp1252"),
    }
    for n, content in enumerate(pages):
        stream = content.encode("cp1252")
        parts[10 + 2 * n] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[{media}]/Rotate {rotate}{page}"
            f"/Resources<</Font<</F 3 0 R/B 4 0 R>>{resources}>>/Contents {11 + 2 * n} 0 R>>"
        ).encode()
        parts[11 + 2 * n] = b"<</Length %d>>\nstream\n" % len(stream) + stream + b"\nendstream"
    parts.update(objects or {})
    out = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number in sorted(parts):
        offsets[number] = len(out)
        out += b"%d 0 obj\n" % number + parts[number] + b"\nendobj\n"
    table, size = len(out), max(parts) + 1
    rows = (b"%010d 00000 n \n" % offsets[n] if n in offsets else b"0000000000 65535 f \n" for n in range(size))
    out += b"xref\n0 %d\n" % size + b"".join(rows)
    out += b"trailer<</Size %d/Root 1 0 R/Info 5 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, table)
    return bytes(out)
