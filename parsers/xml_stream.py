"""Large XML parts element by element, in memory that does not grow with them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator

from lxml import etree

from parsers.errors import Unreadable
from parsers.package import Package

_ROW = re.compile(rb"<(?:\w+:)?row\b")
_TAIL = 1 << 16
"""Bytes at the end of a piece in which its last row is looked for."""


def stream(
    package: Package,
    name: str,
    tags: tuple[str, ...],
    freed: tuple[str, ...],
    empty: re.Pattern[bytes] | None = None,
    data: bytes | None = None,
) -> Iterator[etree._Element]:
    """Elements of part ``name`` with one of the local names ``tags``, each when it is complete, in any namespace.

    Those named in ``freed`` (which must be in ``tags``) are emptied as soon as the caller asks for the next one. What ``empty``
    matches is left out before parsing, which is many times faster than parsing it; ``data`` stands for the part. Raises Unreadable as
    :meth:`Package.xml` does.
    """
    if empty is None:
        data = package.read(name) if data is None else data
    else:
        data = b"".join(_without(empty, package.pieces(name) if data is None else (data,)))
    wanted = tuple("{*}" + tag for tag in tags)
    try:
        events = etree.iterparse(
            io.BytesIO(data),
            events=("end",),
            tag=wanted,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        first = True
        for _, element in events:
            if first:
                _refuse_doctype(element, name)
                first = False
            yield element
            if local(element) in freed:
                parent = element.getparent()
                element.clear()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
        if first and events.root is not None:
            _refuse_doctype(events.root, name)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("malformed", f"El archivo está dañado: su parte «{name}» no es XML válido.") from error


def _without(empty: re.Pattern[bytes], pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces without what ``empty`` matches. What it matches begins with a row; pieces are cut before the last one of each."""
    rest = b""
    for piece in pieces:
        data = rest + piece
        cut = _last_row(data, max(0, len(data) - _TAIL)) or _last_row(data, 0)
        rest = data[cut:]
        yield empty.sub(b"", data[:cut])
    yield empty.sub(b"", rest)


def _last_row(data: bytes, start: int) -> int:
    """Where the last row that begins after ``start`` begins; 0 where none does."""
    return max((match.start() for match in _ROW.finditer(data, start)), default=0)


def local(element: etree._Element) -> str:
    """Tag of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _refuse_doctype(element: etree._Element, name: str) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(
            "xml-bomb", f"El archivo declara entidades XML (DOCTYPE) en «{name}», lo que no se admite; no se abrió."
        )
