"""What a file is, told from its bytes. The name only tips the balance between the kinds of plain text."""

from __future__ import annotations

import io
import re
from enum import StrEnum

from parsers.decoding import decode, is_text

__all__ = ["Kind", "decode", "sniff"]


class Kind(StrEnum):
    """A format that has a reader, or one that is known well enough to say what to do with it."""

    EMPTY = "empty"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    XLSB = "xlsb"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    ZIP = "zip"
    PDF = "pdf"
    DOC = "doc"
    XLS = "xls"
    PPT = "ppt"
    MSG = "msg"
    ENCRYPTED = "encrypted"
    """An office package under a password, wrapped in OLE2."""
    OLE = "ole"
    RTF = "rtf"
    IMAGE = "image"
    OTHER_IMAGE = "other-image"
    HTML = "html"
    WORD_XML = "word-xml"
    """Word 2003 XML, flat OPC or flat ODF text: one XML file."""
    SHEET_XML = "sheet-xml"
    XML = "xml"
    EML = "eml"
    MBOX = "mbox"
    CSV = "csv"
    MARKDOWN = "markdown"
    TEXT = "text"
    UNKNOWN = "unknown"


def sniff(data: bytes, name: str = "") -> Kind:
    """The kind of ``data``. ``name`` is the file's name and decides only between csv, Markdown and plain text."""
    if not data:
        return Kind.EMPTY
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole(data)
    if data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")):
        return Kind.IMAGE
    if data.startswith((b"GIF87a", b"GIF89a")) or _other_image(data):
        return Kind.OTHER_IMAGE
    if re.search(rb"%PDF-\d", data[:1024]) and re.search(rb"\d \d+ obj|xref", data):
        return Kind.PDF
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return Kind.RTF
    return _text(decode(data)[0], name.lower()) if is_text(data) else Kind.UNKNOWN


_OOXML = (
    (b"wordprocessingml.document.main+xml", Kind.DOCX),
    (b"wordprocessingml.template.main+xml", Kind.DOCX),
    (b"word.document.macroenabled.main+xml", Kind.DOCX),
    (b"word.template.macroenabledtemplate.main+xml", Kind.DOCX),
    (b"spreadsheetml.sheet.main+xml", Kind.XLSX),
    (b"spreadsheetml.template.main+xml", Kind.XLSX),
    (b"excel.sheet.macroenabled.main+xml", Kind.XLSX),
    (b"excel.template.macroenabled.main+xml", Kind.XLSX),
    (b"excel.sheet.binary.macroenabled.main", Kind.XLSB),
    (b"presentationml.presentation.main+xml", Kind.PPTX),
    (b"presentationml.slideshow.main+xml", Kind.PPTX),
    (b"powerpoint.presentation.macroenabled.main+xml", Kind.PPTX),
)
_PARTS = (("word/document", Kind.DOCX), ("xl/workbook", Kind.XLSX), ("ppt/presentation", Kind.PPTX))
_ODF = (("text", Kind.ODT), ("spreadsheet", Kind.ODS), ("presentation", Kind.ODP))
_LOCAL_HEADER = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
_MANY = 20_000


def _zip(data: bytes) -> Kind:
    """What a zip holds; also a truncated one, by its local headers, so that its reader can say that it is truncated."""
    names, types, mimetype = _members(data)
    odf = re.match(rb"application/vnd\.oasis\.opendocument\.([a-z]+)", mimetype)
    if odf:
        return dict(_ODF).get(odf[1].decode(), Kind.ZIP)
    if types:
        folded = types.replace(b"\0", b"").lower()
        for mark, kind in _OOXML:
            if mark in folded:
                return kind
    for prefix, kind in _PARTS:
        if any(name.lower().startswith(prefix) for name in names):
            return kind
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return Kind.ODT
    return Kind.ZIP


def _members(data: bytes) -> tuple[set[str], bytes, bytes]:
    """Names of the members, the first mebibyte of [Content_Types].xml, and the mimetype member."""
    import struct
    import zipfile
    import zlib

    if data.count(b"PK\x01\x02") <= _MANY:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                heads = {}
                for member in archive.infolist():
                    if member.filename in ("[Content_Types].xml", "mimetype"):
                        with archive.open(member) as stream:
                            heads[member.filename] = stream.read(1 << 20)
                names = {name.replace("\\", "/").lstrip("/") for name in archive.namelist()}
                return names, heads.get("[Content_Types].xml", b""), heads.get("mimetype", b"")
        except (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, NotImplementedError, RuntimeError):
            pass  # damaged: what its local headers say is enough to choose the reader that reports it
    names = set()
    mimetype = b""
    for header in _LOCAL_HEADER.finditer(data, 0, 1 << 20):
        size = int.from_bytes(header[1], "little")
        local = data[header.end() : header.end() + size]
        names.add(local.decode("utf-8", "replace"))
        if local == b"mimetype":
            mimetype = data[header.end() + size : header.end() + size + 80]
    return names, b"", mimetype


_STREAMS = (
    ("EncryptedPackage", Kind.ENCRYPTED),
    ("__properties_version1.0", Kind.MSG),
    ("WordDocument", Kind.DOC),
    ("Workbook", Kind.XLS),
    ("Book", Kind.XLS),
    ("PowerPoint Document", Kind.PPT),
)


def _ole(data: bytes) -> Kind:
    """By the streams at the root; where the directory is damaged, by the names of streams anywhere."""
    import olefile  # type: ignore[import-untyped]

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            roots = {entry[0].lower() for entry in ole.listdir(storages=True)}
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError):
        roots = {name.lower() for name, _ in _STREAMS if name.encode("utf-16-le") in data}
    return next((kind for name, kind in _STREAMS if name.lower() in roots), Kind.OLE)


def _other_image(data: bytes) -> bool:
    return (
        (data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data))
        or (data.startswith(b"RIFF") and data[8:12] == b"WEBP")
        or data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")
    )


_HTML_START = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|link|style|table|div|span|p|h[1-6]|"
    r"ul|ol|dl|br|b|strong|center|font|article|section|main|header)\b",
    re.IGNORECASE | re.DOTALL,
)
_PROLOGUE = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\])?\s*>", re.DOTALL)
_XML_ROOT = re.compile(r"<([A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)")
_FROM_LINE = re.compile(r"From \S+ .*\d{4}\s*\n(?:>?From |[!-9;-~]+:)")
_HEADER = re.compile(r"([!-9;-~]+):")
_ENVELOPE = {"from", "received", "message-id", "mime-version", "return-path", "delivered-to"}
_OTHERS = {"to", "cc", "subject", "date", "content-type", "reply-to", "sender", "content-transfer-encoding"}
_MARKDOWN = re.compile(
    r"^ {0,3}#{1,6} +\S|^ {0,3}(?:```|~~~)|^ *(?:[-*+]|\d+\.) +\[[ xX]\] |^ {0,9}\|?(?: {0,9}:?-+:? {0,9}\|)+ {0,9}(?::?-+:?)?$"
    r"|(?<!\*)\*\*(?=[^\s*])[^*\n]+(?<=[^\s*])\*\*(?!\*)|(?<![\w_])__(?=[^\s_])[^_\n]+(?<=[^\s_])__(?![\w_])"
    r"|\[[^\[\]\n]+\]\((?:https?|mailto):",
    re.MULTILINE,
)


def _text(text: str, name: str) -> Kind:
    body = text.lstrip("\ufeff \t\r\n")
    if not body:
        return Kind.EMPTY
    head = body[:65536].replace("\r\n", "\n").replace("\r", "\n")
    if head.startswith("<"):
        if _HTML_START.match(head, _after_prologue(head)):
            return Kind.HTML
        if head.startswith(("<?xml", "<!DOCTYPE", "<!--")) or "xmlns" in head[:2000]:
            return _xml(head)
    if _FROM_LINE.match(head):
        return Kind.MBOX
    if _is_mail(head):
        return Kind.EML
    if name.endswith((".md", ".markdown")):
        return Kind.MARKDOWN
    if _is_delimited(head, name):
        return Kind.CSV
    return Kind.MARKDOWN if _MARKDOWN.search(head) else Kind.TEXT


def _after_prologue(head: str) -> int:
    """Where the first element or doctype begins. Step by step: one pattern for all of it could backtrack without end."""
    position = 0
    while skipped := _PROLOGUE.match(head, position):
        position = skipped.end()
    return position


def _xml(head: str) -> Kind:
    position = _after_prologue(head)
    if doctype := _DOCTYPE.match(head, position):
        position += _after_prologue(head[doctype.end() :]) + len(doctype[0])
    root = _XML_ROOT.match(head, position)
    local = root[2].lower() if root else ""
    if local == "html":
        return Kind.HTML
    if local == "worddocument" or (local == "package" and "wordprocessingml" in head):
        return Kind.WORD_XML
    if local == "workbook" and "office:spreadsheet" in head:
        return Kind.SHEET_XML
    if local == "document" and "opendocument" in head:
        return Kind.SHEET_XML if "opendocument.spreadsheet" in head[:4000] else Kind.WORD_XML
    return Kind.XML


def _is_mail(head: str) -> bool:
    """RFC 5322 headers from the first line to the first blank one, two of them usual, one that only mail has."""
    names: list[str] = []
    for line in head.split("\n"):
        if not line.strip():
            break
        if line[0] in " \t" and names:
            continue
        header = _HEADER.match(line)
        if header is None:
            return False
        names.append(header[1].lower())
    return bool(_ENVELOPE & set(names)) and len((_ENVELOPE | _OTHERS) & set(names)) >= 2


def _is_delimited(head: str, name: str) -> bool:
    """Rows that split into the same number of cells. A name that says csv lowers what is asked of them."""
    import csv

    named = name.endswith((".csv", ".tsv", ".tab"))
    complete = head[: head.rfind("\n") + 1] if len(head) >= 65536 else head
    for delimiter in ",;\t|":
        if delimiter == "|" and re.search(r"^\s*\|", complete, re.MULTILINE):
            continue  # a drawn table: the text readers know it
        try:
            rows = [row for row in csv.reader(io.StringIO(complete), delimiter=delimiter) if any(row)][:200]
        except csv.Error:
            continue
        widths = [len(row) for row in rows]
        if len(rows) < (1 if named else 2) or max(widths) < 2:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width))
        if named and usual >= 2:
            return True
        if usual >= 2 and widths.count(usual) == len(rows) and _looks_like_cells(rows, delimiter, usual):
            return True
    return named


def _looks_like_cells(rows: list[list[str]], delimiter: str, width: int) -> bool:
    """Prose has commas too, followed by a space and in sentences; cells are short and hug the delimiter."""
    cells = [cell for row in rows for cell in row]
    spaced = sum(1 for row in rows for cell in row[1:] if cell.startswith(" "))
    if delimiter == "\t":
        return len(rows) >= 3 and width >= 3
    hugging = spaced <= (len(cells) - len(rows)) / 4
    return hugging and (width >= 3 or len(rows) >= 3) and sum(map(len, cells)) / len(cells) < 80
