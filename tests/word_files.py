"""Word files from raw XML, so that tests say exactly what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
R_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ROOTS = {
    "header": "hdr",
    "footer": "ftr",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
}


def p(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    ppr = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{ppr}{r(text, run)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(content: str, properties: str = "") -> str:
    """A cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, properties: str = "") -> str:
    """A table."""
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid/>{''.join(rows)}</w:tbl>"


def box(content: str) -> str:
    """A run with a text box, as Word writes it: once in DrawingML, once more in VML for old readers."""
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wps:wsp><wps:txbx>{inner}"
        "</wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def sdt(content: str, properties: str = "") -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def word_file(
    body: str,
    parts: Mapping[str, str] | None = None,
    *,
    raw: Mapping[str, bytes] | None = None,
    relations: Mapping[str, tuple[str, str]] | None = None,
    package_relations: Mapping[str, tuple[str, str]] | None = None,
    strict: bool = False,
    extra_document: str = "",
) -> bytes:
    """A docx. ``parts`` maps ``header1``, ``styles`` … to the inside of their root; each is related as ``rId-<name>``.

    ``raw`` adds parts by their full name; ``relations`` and ``package_relations`` map an id to (kind, target).
    """
    parts, raw = parts or {}, raw or {}
    members: dict[str, bytes] = {}
    types = [f'<Override PartName="/word/document.xml" ContentType="{_content_type("document.main")}"/>']
    rels = []
    for name, inside in parts.items():
        kind = name.rstrip("0123456789")
        root = _ROOTS[kind]
        members[f"word/{name}.xml"] = _xml(f"<w:{root} {_NAMESPACES}>{inside}</w:{root}>", strict)
        types.append(f'<Override PartName="/word/{name}.xml" ContentType="{_content_type(kind)}"/>')
        rels.append((f"rId-{name}", kind, f"{name}.xml"))
    rels += [(key, kind, target) for key, (kind, target) in (relations or {}).items()]
    document = f"<w:document {_NAMESPACES}>{extra_document}<w:body>{body}</w:body></w:document>"
    top = [("rId1", "officeDocument", "word/document.xml")]
    top += [(key, kind, target) for key, (kind, target) in (package_relations or {}).items()]
    everything = {
        "[Content_Types].xml": _xml(
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{"".join(types)}</Types>'
        ),
        "_rels/.rels": _relations(top, strict),
        "word/document.xml": _xml(document, strict),
        "word/_rels/document.xml.rels": _relations(rels, strict),
        **members,
        **raw,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in everything.items():
            archive.writestr(name, content)
    return out.getvalue()


def _content_type(kind: str) -> str:
    return f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"


def _xml(text: str, strict: bool = False) -> bytes:
    if strict:
        text = text.replace(W, W_STRICT).replace(R, R_STRICT)
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()


def _relations(rels: list[tuple[str, str, str]], strict: bool) -> bytes:
    base = R_STRICT if strict else R
    items = "".join(f'<Relationship Id="{key}" Type="{base}/{kind}" Target="{target}"/>' for key, kind, target in rels)
    return _xml(f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>')
