"""What hangs on a worksheet besides its cells: comments, text boxes and pictures, page headers and footers."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec
from lxml import etree

from parsers.a1 import MAX_COLUMN, MAX_ROW, parse_address
from parsers.model import Gap, Paragraph, Place
from parsers.package import Package
from parsers.xlsx_cells import rich_text
from parsers.xml_stream import local

_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
# Sections, fonts, sizes, colours and switches of a page header; && is a plain ampersand.
_CODE = re.compile(r'&(&|"[^"]*"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d{1,3}|.)', re.DOTALL)


class Extras(msgspec.Struct):
    """Collected over the parts that one worksheet points at."""

    comments: list[Paragraph] = []
    boxes: list[Paragraph] = []
    images: dict[tuple[int, int], int] = {}
    gaps: list[Gap] = []
    charts: int = 0


def read_extras(package: Package, sheet_part: str, place: Callable[[int, int], Place]) -> Extras:
    """Follow the relations of a worksheet. Parts that it names but that are not there leave a gap."""
    extras = Extras()
    legacy: list[tuple[tuple[int, int], str]] = []
    threaded: list[tuple[tuple[int, int], str]] = []
    for relation in package.relations(sheet_part):
        if relation.external or relation.kind not in ("comments", "threadedComment", "drawing"):
            continue
        if relation.target not in package:
            extras.gaps.append(Gap(f"falta la parte «{relation.target}» del libro", place(1, 1)))
            continue
        root = package.xml(relation.target)
        if relation.kind == "comments":
            legacy.extend(_comments(root, "{*}commentList/{*}comment"))
        elif relation.kind == "threadedComment":
            threaded.extend(_comments(root, "{*}threadedComment"))
        else:
            _drawing(root, place, extras)
    # A threaded comment also leaves a legacy one, with a notice for old versions around its text.
    answered = {at for at, _ in threaded}
    for at, text in sorted(threaded + [note for note in legacy if note[0] not in answered], key=lambda note: note[0]):
        extras.comments.append(Paragraph(text, place(*at), origin="comment"))
    return extras


def page_text(code: str, sheet: str) -> list[str]:
    """The lines of a page header or footer from its code: ``&L…&C…&R…``, fields as ``#``, sheet name filled in."""

    def plain(match: re.Match[str]) -> str:
        token = match[1]
        if token == "&":
            return "&"
        if token in ("L", "C", "R"):
            return "\n"
        return {"P": "#", "N": "#", "A": sheet}.get(token, "")

    return [line.strip() for line in _CODE.sub(plain, code).splitlines() if line.strip()]


def _comments(root: etree._Element, path: str) -> list[tuple[tuple[int, int], str]]:
    found = []
    for comment in root.iterfind(path):
        at = parse_address(str(comment.get("ref", "")))
        body = comment.find("{*}text")
        if at is None or body is None:
            continue
        rich = rich_text(body) if len(body) else (body.text or "")
        text = rich if isinstance(rich, str) else "".join(part for part, _ in rich)
        if text.strip():
            found.append((at, text.strip()))
    return found


def _drawing(root: etree._Element, place: Callable[[int, int], Place], extras: Extras) -> None:
    for anchor in root:
        if local(anchor) == "AlternateContent":
            choice = anchor.find("{*}Choice")
            anchors = [a for a in choice if local(a) in _ANCHORS] if choice is not None else []
        else:
            anchors = [anchor] if local(anchor) in _ANCHORS else []
        for each in anchors:
            _anchored(each, place, extras)


def _anchored(anchor: etree._Element, place: Callable[[int, int], Place], extras: Extras) -> None:
    start = anchor.find("{*}from")
    row, column = _offset(start, "row", MAX_ROW), _offset(start, "col", MAX_COLUMN)
    pending = list(anchor)[::-1]
    while pending:
        element = pending.pop()
        tag = local(element)
        if tag == "Fallback":
            continue
        if tag == "pic":
            extras.images[row, column] = extras.images.get((row, column), 0) + 1
        elif tag == "txBody":
            hidden = any(_is_hidden(p) for p in anchor.iter("{*}cNvPr"))
            extras.boxes.extend(
                _box(p, place(row, column), hidden) for p in element.iterfind("{*}p") if _text(p).strip()
            )
        elif tag == "relIds":
            extras.gaps.append(Gap("diagrama (SmartArt) cuyo texto no se leyó", place(row, column)))
        elif tag == "chart":
            extras.charts += 1
        else:
            pending.extend(list(element)[::-1])


def _is_hidden(properties: etree._Element) -> bool:
    """A shape marked as hidden."""
    return properties.get("hidden") in ("1", "true")


def _offset(start: etree._Element | None, name: str, most: int) -> int:
    """Anchors count from 0."""
    found = start.find("{*}" + name) if start is not None else None
    text = (found.text or "").strip() if found is not None else ""
    return min(int(text) + 1, most) if text.isascii() and text.isdigit() else 1


def _text(paragraph: etree._Element) -> str:
    return "".join("\n" if local(e) == "br" else e.text or "" for e in paragraph.iter("{*}t", "{*}br"))


def _box(paragraph: etree._Element, at: Place, hidden: bool) -> Paragraph:
    weights = []
    prefix, leading, size = 0, True, None
    for run in paragraph.iterfind("{*}r"):
        text = "".join(t.text or "" for t in run.iterfind("{*}t"))
        properties = run.find("{*}rPr")
        bold = properties is not None and properties.get("b") in ("1", "true")
        if size is None and properties is not None and str(properties.get("sz", "")).isdigit():
            size = int(str(properties.get("sz"))) / 100
        if text.strip():
            weights.append(bold)
        leading = leading and bold
        prefix += len(text) if leading else 0
    bold = bool(weights) and all(weights)
    return Paragraph(
        _text(paragraph), at, bold=bold, bold_prefix=0 if bold else prefix, size=size, origin="textbox", hidden=hidden
    )
