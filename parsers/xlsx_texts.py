"""The shared strings of a long list: millions of short texts in the memory of their letters."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from itertools import accumulate, islice
from typing import cast

from lxml import etree

from parsers.errors import Unreadable
from parsers.package import Package, parse_xml
from parsers.xlsx_cells import rich_text

_ITEM = rb"<%ssi><%st(?: [^<>]*)?>([^<]*)</%st></%ssi>"
_PLAIN = 500_000
"""Texts that are kept as they are used; those beyond, in the memory of their letters."""
_ENTITY = re.compile(rb"&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|(\w+));")
_NAMED = {b"amp": b"&", b"lt": b"<", b"gt": b">", b"quot": b'"', b"apos": b"'"}


class Texts:
    """The texts of ``sharedStrings.xml`` by their index; how they look is left out."""

    def __init__(self) -> None:
        self._plain: list[str] = []
        self._letters = bytearray()
        self._starts = array("Q", [0])

    def __len__(self) -> int:
        return len(self._plain) + len(self._starts) - 1

    def __getitem__(self, index: int, /) -> str:
        return self.take((index,))[0]

    def add(self, texts: Sequence[bytes]) -> None:
        """More of them, in UTF-8."""
        if texts and len(self._plain) < _PLAIN:
            self._plain += b"\0".join(texts).decode("utf-8", "replace").split("\0")
        elif texts:
            at = len(self._letters)
            self._letters += b"".join(texts)
            self._starts.extend(islice(accumulate(map(len, texts), initial=at), 1, None))

    def take(self, indexes: Sequence[int]) -> list[str]:
        """Those of ``indexes``, none of them negative. Raises Unreadable where there is no such text."""
        plain = self._plain
        try:
            if len(self._starts) == 1:
                return [plain[i] for i in indexes]
            return [plain[i] if i < len(plain) else self._compact(i - len(plain)) for i in indexes]
        except IndexError as error:
            raise Unreadable(
                "malformed", "El archivo está dañado: una celda apunta a un texto que no existe."
            ) from error

    def _compact(self, index: int) -> str:
        return self._letters[self._starts[index] : self._starts[index + 1]].decode("utf-8", "replace")


def shared_texts(package: Package, name: str) -> Texts:
    """Read the part ``name`` piece by piece; what is not plain text (several fonts in one cell) goes through the XML parser."""
    texts = Texts()
    start = b""
    item = end = None
    rest = b""
    for piece in package.pieces(name):
        data = rest + piece
        if end is None:
            found = re.search(rb"<((?:\w+:)?)sst\b[^>]*>", data)
            if found is None:
                if len(data) > 1 << 16 or found_other(data):
                    break
                rest = data
                continue
            prefix = found[1]
            start = data[found.start() : found.end()]
            if b"<!DOCTYPE" in data[: found.start()]:
                parse_xml(data, name)
            item = re.compile(_ITEM % ((prefix,) * 4))
            end = b"</" + prefix + b"si>"
            data = data[found.end() :]
        assert item is not None
        cut = data.rfind(end) + len(end)
        if cut < len(end):
            rest = data
            continue
        whole, rest = data[:cut], data[cut:]
        plain = cast("list[bytes]", item.findall(whole))
        if len(plain) == whole.count(end) and b"<!" not in whole and b"_x" not in whole:
            texts.add([unentitied(t) if b"&" in t else t for t in plain] if b"&" in whole else plain)
        else:
            texts.add(_parsed(start, whole, name))
    if end is None:
        root = package.xml(name)  # in an encoding of its own, or not what it should be
        texts.add([_flat(e).encode("utf-8", "replace") for e in root.iterfind("{*}si")])
    return texts


def found_other(data: bytes) -> bool:
    """The part is in UTF-16."""
    return data[:2] in (b"\xff\xfe", b"\xfe\xff")


def unentitied(text: bytes) -> bytes:
    """``&amp;`` as ``&``."""

    def plain(match: re.Match[bytes]) -> bytes:
        if match[3]:
            return _NAMED.get(match[3], match[0])
        code = int(match[1], 16) if match[1] else int(match[2])
        return chr(code).encode("utf-8", "replace") if code < 0x110000 else match[0]

    return _ENTITY.sub(plain, text).replace(b"\0", b"")


def _parsed(start: bytes, items: bytes, name: str) -> list[bytes]:
    tag = re.match(rb"<([\w:]+)", start)
    assert tag is not None
    root = parse_xml(start.rstrip(b"/>") + b">" + items + b"</" + tag[1] + b">", name)
    return [_flat(e).encode("utf-8", "replace").replace(b"\0", b"") for e in root if isinstance(e.tag, str)]


def _flat(item: etree._Element) -> str:
    text = rich_text(item)
    return text if isinstance(text, str) else "".join(part for part, _ in text)
