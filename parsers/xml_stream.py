"""Large XML parts element by element, in memory that does not grow with them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from lxml import etree

from parsers.errors import Unreadable
from parsers.package import Package


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
    if data is None:
        data = package.read(name)
    if empty is not None:
        data = empty.sub(b"", data)
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


def local(element: etree._Element) -> str:
    """Tag of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _refuse_doctype(element: etree._Element, name: str) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(
            "xml-bomb", f"El archivo declara entidades XML (DOCTYPE) en «{name}», lo que no se admite; no se abrió."
        )
