"""Writing SVG and HTML: escaped text and attributes, nothing else."""

from __future__ import annotations

import re
from html import escape

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Markup(str):
    """Markup that is ready; any other string is text, and is escaped."""

    __slots__ = ()


def text(words: str) -> Markup:
    """``words`` as text; characters that XML cannot hold are left out."""
    return Markup(escape(_NOT_XML.sub("", words), quote=True))


def tag(name: str, *children: str, **attributes: str | float) -> Markup:
    """An element. Attributes are written with ``-`` for ``_`` (``class_`` is ``class``), numbers with two decimals at most."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(_number(value))}"' for key, value in attributes.items()
    )
    inner = "".join(child if isinstance(child, Markup) else text(child) for child in children)
    return Markup(f"<{name}{written}>{inner}</{name}>" if inner or name in _OPEN else f"<{name}{written}/>")


_OPEN = frozenset({"td", "th", "p", "div", "section", "title", "desc"})
"""Written with an end tag even when empty, as HTML asks."""


def _number(value: str | float) -> str:
    return value if isinstance(value, str) else f"{round(value, 2):g}" if abs(value) < 1e5 else f"{value:.0f}"


def join(parts: list[Markup]) -> Markup:
    """One after the other."""
    return Markup("".join(parts))
