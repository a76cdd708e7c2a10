"""A map as a picture, from its SVG, by resvg."""

from __future__ import annotations

import re

from checker.maps.model import MapError

_MOST_PIXELS = 80_000_000
"""Of the picture; larger ones serve nobody, and take gigabytes."""
_SIZE = re.compile(r'\bwidth="([\d.]+)" height="([\d.]+)"')
_PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><text x="2" y="16" font-size="16">{}</text></svg>'
)


def png(svg: str, zoom: float = 2.0) -> bytes:
    """``svg`` drawn ``zoom`` pixels for each of its own; raises :class:`MapError` where it cannot be."""
    try:
        from resvg_py import svg_to_bytes
    except ImportError as error:
        raise MapError("PNG needs the package resvg-py: pip install 'vobo[png]'; SVG and HTML need nothing") from error
    size = _SIZE.search(svg)
    assert size is not None, "the drawing says its size"
    pixels = float(size[1]) * float(size[2]) * zoom * zoom
    if pixels > _MOST_PIXELS:
        raise MapError(
            f"the picture would have {pixels / 1e6:.0f} million pixels; write SVG or HTML, or a smaller --zoom"
        )
    if svg_to_bytes(svg_string=_PROBE.format("M")) == svg_to_bytes(svg_string=_PROBE.format("")):
        raise MapError(
            "no font was found to write the labels with; install one (as fonts-liberation), or write SVG or HTML"
        )
    return bytes(svg_to_bytes(svg_string=svg, zoom=zoom, background="#ffffff"))
