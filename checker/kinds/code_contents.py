"""What the text of a QR or bar code states: labelled values and loose pieces, in the forms in which systems write them.

An address with a query (``https://…?nombre=Ana&folio=12``), JSON, ``clave: valor`` or ``clave=valor`` by lines,
bars or semicolons, or values alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote_plus, urlsplit

import msgspec

from checker.spanish.text import flat

_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$", re.IGNORECASE)
_CUT = re.compile(r"[\n\r|;\t]+")
_LABELLED = re.compile(r"^\s*([^\W\d_][\w .()/-]{0,60}?)\s*[:=]\s*(\S.*)$")
_CAMEL = re.compile(r"(?<=[a-záéíóúñ])(?=[A-ZÁÉÍÓÚÑ])")
_MOST = 500
"""Pieces of one code that are looked at."""


class Piece(msgspec.Struct, frozen=True):
    """A value that a code states; ``label`` as words, flat, empty where it has none."""

    label: str
    text: str


class Contents(msgspec.Struct, frozen=True):
    """All that a code states."""

    pieces: tuple[Piece, ...]
    address: bool
    """It is an address: what it does not state may be shown there."""
    data: bool
    """It states more than an address or a lone identifier."""


def contents_of(text: str) -> Contents:
    """Read the text of a code; several codes stand one a line."""
    text = _mended(text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    addresses = [line for line in lines if _ADDRESS.match(line)]
    pieces = [piece for line in addresses for piece in _of_address(line)]
    rest = "\n".join(line for line in lines if line not in addresses)
    pieces += _of_json(rest) if rest[:1] in ("{", "[") else _of_text(rest)
    told = tuple(pieces[:_MOST])
    data = bool(rest) and (len(told) > 1 or any(" " in p.text or p.label for p in told))
    return Contents(told, bool(addresses), data)


def _mended(text: str) -> str:
    """UTF-8 that was taken for Latin-1 set right: ``Ãº`` is ``ú``."""
    if not re.search("[ÃÂ][\x80-\xbf]", text):
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def _of_address(address: str) -> Iterator[Piece]:
    try:
        parts = urlsplit(address)
    except ValueError:
        yield Piece("", address)
        return
    for query in (parts.query, parts.fragment):
        for label, value in parse_qsl(query):
            yield from _nested(label, value)
    for step in parts.path.split("/"):
        if len(step) > 3:
            yield Piece("", unquote_plus(step))


def _nested(label: str, value: str) -> Iterator[Piece]:
    """A value of a query may itself hold several."""
    if _CUT.search(value) or value[:1] == "{":
        yield from _of_json(value) if value[:1] == "{" else _of_text(value)
    else:
        yield Piece(_words(label), value)


def _of_json(text: str) -> list[Piece]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return list(_of_text(text.strip("{}[]")))
    found: list[Piece] = []
    waiting: list[tuple[str, object]] = [("", value)]
    while waiting and len(found) < _MOST:
        label, item = waiting.pop(0)
        if isinstance(item, dict):
            waiting += [(str(k), v) for k, v in item.items()]
        elif isinstance(item, list):
            waiting += [(label, v) for v in item]
        elif item not in (None, ""):
            found.append(Piece(_words(label), str(item)))
    return found


def _of_text(text: str) -> Iterator[Piece]:
    parts = [part.strip() for part in _CUT.split(text) if part.strip()]
    if len(parts) == 1 and text.count("&") and text.count("=") > text.count("&"):
        yield from (Piece(_words(label), value) for label, value in parse_qsl(parts[0]))
        return
    if len(parts) == 1 and text.count(",") and len(re.findall(r"[:=]", text)) > 1:
        parts = [part.strip() for part in re.split(r",(?=\s*[^\W\d_][\w ]*[:=])", parts[0])]
    for part in parts:
        part = unquote_plus(part) if re.search("%[0-9A-F]{2}", part, re.IGNORECASE) else part
        labelled = _LABELLED.match(part)
        yield Piece(_words(labelled[1]), labelled[2].strip(" \"'")) if labelled else Piece("", part.strip(" \"'"))


def _words(label: str) -> str:
    """``fechaConclusion``, ``fecha_conclusion`` → ``fecha conclusion``."""
    return " ".join(re.sub(r"[\W_]+", " ", flat(_CAMEL.sub(" ", label))).split())
