"""Which paragraph of the body can hold a comment about a place of a Word file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from parsers.docx_xml import attr, child, local
from parsers.model import Place

# A comment inside a text box is refused by Word; one inside a content control takes the control's text with it in LibreOffice.
_CLOSED = frozenset(("sdtContent", "txbxContent"))
_QUOTE = 60
_NOTES = {"footnote": "footnoteReference", "endnote": "endnoteReference", "comment": "commentReference"}
_PARTS = {
    "hdr": "En el encabezado de página",
    "ftr": "En el pie de página",
    "footnotes": "En una nota al pie",
    "endnotes": "En una nota al final",
    "comments": "En un comentario del documento",
}


class Anchors:
    """The paragraphs of one file, as :func:`parsers.docx.located_paragraphs` numbers them."""

    def __init__(self, located: Mapping[int, tuple[str, etree._Element]], fallback: etree._Element, main: str) -> None:
        self._located = located
        self._main = main
        self._body = [index for index, (part, _) in located.items() if part == main]
        self.root = located[self._body[0]][1].getroottree().getroot() if self._body else fallback
        """Root of the main part; changes to the paragraphs found are changes to it."""
        self._title: etree._Element | None = None

    def find(self, place: Place | None) -> tuple[etree._Element, str]:
        """Paragraph to anchor at, and where the place really is when that is elsewhere (else empty), in Spanish."""
        index = None if place is None else place.paragraph
        if index is None or index not in self._located:
            return self.title(), ""
        part, element = self._located[index]
        if part != self._main:
            told = _told(_PARTS.get(local(element.getroottree().getroot()), "En otra parte del documento"), element)
            referring = self._referring(element)
            return self.title() if referring is None else referring, told
        enclosing = [local(ancestor) for ancestor in element.iterancestors() if local(ancestor) in _CLOSED]
        if not enclosing:
            return element, ""
        if "txbxContent" in enclosing:
            boxes = [ancestor for ancestor in element.iterancestors() if local(ancestor) == "txbxContent"]
            host = next((ancestor for ancestor in boxes[-1].iterancestors() if local(ancestor) == "p"), None)
            anchor = host if host is not None and _open(host) else self._nearest(index)
            return anchor, _told("En un cuadro de texto", element)
        return self._nearest(index), _told("En un control de contenido", element)

    def title(self) -> etree._Element:
        """First visible paragraph of the body; one is added at its start where nothing there can hold a comment."""
        if self._title is None:
            free = list(self._free())
            if not free:
                self._title = self._added()
            else:
                self._title = next((element for element in free if _text(element)), free[0])
        return self._title

    def _free(self) -> Iterator[etree._Element]:
        for index in self._body:
            element = self._located[index][1]
            if _open(element):
                yield element

    def _nearest(self, index: int) -> etree._Element:
        """The nearest paragraph that can hold a comment, before it rather than after: a label stands before its value."""
        for candidate in sorted(self._body, key=lambda other: (abs(other - index), other)):
            element = self._located[candidate][1]
            if _open(element):
                return element
        return self.title()

    def _referring(self, element: etree._Element) -> etree._Element | None:
        """Paragraph of the body that refers to the note or comment in which ``element`` stands."""
        for ancestor in element.iterancestors():
            reference = _NOTES.get(local(ancestor))
            if reference is None:
                continue
            for found in self.root.iter(f"{{*}}{reference}"):
                if attr(found, "id") != attr(ancestor, "id"):
                    continue
                host = next((above for above in found.iterancestors() if local(above) == "p" and _open(above)), None)
                if host is not None:
                    return host
        return None

    def _added(self) -> etree._Element:
        word = etree.QName(self.root).namespace
        paragraph = etree.Element(f"{{{word}}}p")
        body = child(self.root, "body")
        (self.root if body is None else body).insert(0, paragraph)
        return paragraph


def _open(element: etree._Element) -> bool:
    return not any(local(ancestor) in _CLOSED for ancestor in element.iterancestors())


def _text(element: etree._Element) -> str:
    return " ".join("".join(t.text or "" for t in element.iter("{*}t")).split())


def _told(where: str, element: etree._Element) -> str:
    text = _text(element)
    if not text:
        return f"{where}:"
    return f"{where}: «{text if len(text) <= _QUOTE else text[:_QUOTE].rstrip() + '…'}»"
