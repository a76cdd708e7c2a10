"""Word comments by which the findings are shown where they belong; the rest of the package stays as it was."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from checker.handback.annotate.docx_anchors import Anchors
from checker.handback.annotate.repack import repack
from checker.handback.marks import AUTHOR, Mark
from parsers.docx import located_paragraphs, main_part
from parsers.docx_xml import RELATIONS, RELATIONS_STRICT, WORD_STRICT, attr, local, number
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.package import Package, open_package

INITIALS = "VB"
_CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_FORBIDDEN = re.compile("[^\t\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def annotate_docx(source: Path, marks: Sequence[Mark], target: Path, limits: Limits | None = None) -> Path:
    """Write to ``target`` a copy of the Word file ``source`` with one comment for each mark; returns ``target``.

    Comments stand on the paragraph of the mark's place. Where Word holds no comments (headers, footers, notes, text boxes, around content
    controls) they stand on the nearest paragraph of the body and say where they belong; marks without a place, on the first visible text.
    Only the body, the comments and, where the file had no comments, their registration are rewritten. No date is stated, so that the same
    input gives the same bytes. Raises ValueError when ``target`` is the source, Unreadable as :func:`parsers.package.open_package`.
    """
    if target.exists() and target.samefile(source):
        raise ValueError("the annotated copy would overwrite the submission")
    limits = limits or Limits()
    data = source.read_bytes()
    package = open_package(data, limits)
    main = main_part(package)
    anchors = Anchors(located_paragraphs(package, limits), package.xml(main), main)
    word = etree.QName(anchors.root).namespace or ""
    changed: dict[str, bytes] = {}
    part, comments = _comments(package, main, word, changed)
    next_id = _next_id(comments, anchors.root)
    for mark in marks:
        paragraph, where = anchors.find(mark.place)
        _anchor(paragraph, word, next_id)
        comments.append(_comment(word, next_id, "\n".join(filter(None, (where, mark.text)))))
        next_id += 1
    if marks:
        changed[part] = _serialised(comments)
        changed[main] = _serialised(anchors.root)
    repack(data, package, changed if marks else {}, target)
    return target


def _comments(package: Package, main: str, word: str, changed: dict[str, bytes]) -> tuple[str, etree._Element]:
    """Name and root of the comments part; a new one is registered in ``changed``."""
    for relation in package.relations(main):
        if relation.kind == "comments" and not relation.external and relation.target in package:
            return relation.target, package.xml(relation.target)
    folder, base = posixpath.split(main)
    names = (posixpath.join(folder, f"comments{suffix}.xml") for suffix in ("", *range(2, 10_000)))
    part = next(name for name in names if name not in package)
    rels = posixpath.join(folder, "_rels", f"{base}.rels")
    relations = package.xml(rels) if rels in package else etree.Element(f"{{{_PACKAGE_RELATIONS}}}Relationships")
    taken = {relation.get("Id") for relation in relations}
    etree.SubElement(
        relations,
        f"{{{_PACKAGE_RELATIONS}}}Relationship",
        Id=next(name for name in (f"rIdVoBo{n}" for n in range(1, len(taken) + 2)) if name not in taken),
        Type=f"{RELATIONS_STRICT if word == WORD_STRICT else RELATIONS}/comments",
        Target=posixpath.basename(part),
    )
    if _CONTENT_TYPES not in package:
        raise Unreadable("malformed", "El archivo está dañado: no declara el tipo de sus partes.")
    types = package.xml(_CONTENT_TYPES)
    etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=_COMMENTS_TYPE)
    changed[rels] = _serialised(relations)
    changed[_CONTENT_TYPES] = _serialised(types)
    return part, etree.Element(f"{{{word}}}comments", nsmap={"w": word})


def _next_id(comments: etree._Element, body: etree._Element) -> int:
    used = [attr(element, "id") for element in comments if local(element) == "comment"]
    used += [attr(element, "id") for element in body.iter("{*}commentReference", "{*}commentRangeStart")]
    return max((number(text, 0) for text in used), default=-1) + 1


def _anchor(paragraph: etree._Element, word: str, comment_id: int) -> None:
    """Span the whole paragraph, from outside whatever fields and controls it holds."""
    identity = {f"{{{word}}}id": str(comment_id)}
    has_properties = len(paragraph) > 0 and local(paragraph[0]) == "pPr"
    paragraph.insert(1 if has_properties else 0, etree.Element(f"{{{word}}}commentRangeStart", identity))
    paragraph.append(etree.Element(f"{{{word}}}commentRangeEnd", identity))
    run = etree.SubElement(paragraph, f"{{{word}}}r")
    etree.SubElement(run, f"{{{word}}}commentReference", identity)


def _comment(word: str, comment_id: int, text: str) -> etree._Element:
    comment = etree.Element(
        f"{{{word}}}comment",
        {f"{{{word}}}id": str(comment_id), f"{{{word}}}author": AUTHOR, f"{{{word}}}initials": INITIALS},
    )
    for line in text.splitlines() or [""]:
        run = etree.SubElement(etree.SubElement(comment, f"{{{word}}}p"), f"{{{word}}}r")
        content = etree.SubElement(run, f"{{{word}}}t", {_XML_SPACE: "preserve"})
        content.text = _FORBIDDEN.sub(" ", line)
    return comment


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
