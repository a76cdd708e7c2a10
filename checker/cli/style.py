"""Whether a stream is shown colours and marks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TextIO

from checker.report.paint import Style


def style_of(stream: TextIO, environment: Mapping[str, str]) -> Style:
    """Colour on a terminal unless ``NO_COLOR`` is set or ``TERM`` is dumb; ``FORCE_COLOR`` asks for it anywhere else.

    An empty value counts as not set. ``NO_COLOR`` wins over ``FORCE_COLOR``.
    """
    if environment.get("NO_COLOR"):
        colour = False
    elif environment.get("FORCE_COLOR"):
        colour = environment["FORCE_COLOR"] != "0"
    else:
        colour = environment.get("TERM") != "dumb" and stream.isatty()
    return Style(colour, _can_encode(stream, "✔✘"))


def _can_encode(stream: TextIO, text: str) -> bool:
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
