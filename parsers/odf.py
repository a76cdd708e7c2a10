"""OpenDocument files (odt, ods and their templates) → located model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from lxml import etree

from parsers.bulk import collector_paused
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Block, Document, Place, Signature
from parsers.odf_inline import form_controls
from parsers.odf_sheets import SheetsReader
from parsers.odf_styles import META, OFFICE, Styles
from parsers.odf_text import Context, Walker, header_blocks
from parsers.package import Package, open_package

_TEXT = "application/vnd.oasis.opendocument.text"
_SHEET = "application/vnd.oasis.opendocument.spreadsheet"
_SIGNATURES = "META-INF/documentsignatures.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def read_odf(data: bytes, limits: Limits) -> Document:
    """Read a text document or a spreadsheet.

    Spreadsheets give their sheets by regions, as :func:`parsers.xlsx.read_xlsx` does. Tracked deletions are left out and
    said so in the notes. Raises Unreadable: ``encrypted``, ``too-many-cells``, ``malformed``, ``unknown-format`` for
    OpenDocument of another kind, and what :func:`parsers.package.open_package` raises.
    """
    package = open_package(data, limits)
    _refuse_encrypted(package)
    if "content.xml" not in package:
        raise Unreadable("malformed", "El archivo está dañado: al documento ODF le falta su contenido.")
    media_type = _media_type(package)
    title, pages = _meta(package)
    with collector_paused():
        if media_type.startswith(_SHEET):
            return _spreadsheet(package, media_type, title, limits)
        return _text(package, media_type, title, pages, limits)


def _refuse_encrypted(package: Package) -> None:
    if "META-INF/manifest.xml" not in package:
        return
    if next(package.xml("META-INF/manifest.xml").iter("{*}encryption-data"), None) is not None:
        raise Unreadable("encrypted", "El archivo está protegido con contraseña; solicite una copia sin protección.")


def _media_type(package: Package) -> str:
    """As the package says it; where it does not, by what its manifest says of the whole."""
    declared = package.read("mimetype").decode("ascii", "replace").strip() if "mimetype" in package else ""
    if not declared and "META-INF/manifest.xml" in package:
        for entry in package.xml("META-INF/manifest.xml"):
            values = {str(k).rpartition("}")[2]: str(v) for k, v in entry.items()}
            if values.get("full-path") == "/":
                declared = values.get("media-type", "")
    if not declared.startswith((_TEXT, _SHEET)):
        raise Unreadable(
            "unknown-format", "Es un documento ODF que no es de texto ni hoja de cálculo; guárdelo como ODT u ODS."
        )
    return declared


def _signatures(package: Package) -> tuple[Signature, ...]:
    """Digital signatures, with the moment that each states. Whose they are, and whether they still hold, is not checked."""
    if _SIGNATURES not in package:
        return ()
    found = []
    for signature in package.xml(_SIGNATURES).iter("{*}Signature"):
        stated = next((e.text or "" for e in signature.iter("{http://purl.org/dc/elements/1.1/}date")), "")
        try:
            when = dt.datetime.fromisoformat(stated.strip().split(",")[0])
        except ValueError:
            when = None
        found.append(Signature(True, None, when, False, Place()))
    return tuple(found)


def _meta(package: Package) -> tuple[str, int | None]:
    """Title and number of pages, as the program that saved the file says."""
    if "meta.xml" not in package:
        return "", None
    root = package.xml("meta.xml")
    title = next((element.text or "" for element in root.iter(_TITLE)), "")
    pages: int | None = None
    for statistic in root.iter(META + "document-statistic"):
        counted = str(statistic.get(META + "page-count", ""))
        pages = int(counted) if counted.isascii() and counted.isdigit() and 0 < len(counted) < 7 else None
    return title.strip(), pages


def _style_roots(root: etree._Element | None, names: Iterable[str]) -> Iterator[etree._Element]:
    if root is not None:
        for name in names:
            yield from root.iterfind(OFFICE + name)


def _text(package: Package, media_type: str, title: str, pages: int | None, limits: Limits) -> Document:
    content = package.xml("content.xml")
    page_styles = package.xml("styles.xml") if "styles.xml" in package else None
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise Unreadable("malformed", "El archivo está dañado: al documento ODF le falta su contenido.")
    common = list(_style_roots(page_styles, ("styles",)))
    styles = Styles([*common, *_style_roots(content, ("automatic-styles",))])
    context = Context(limits, form_controls(body))
    headers: list[Block] = []
    footers: list[Block] = []
    if page_styles is not None:
        page = Styles([*common, *_style_roots(page_styles, ("automatic-styles",))])
        headers = header_blocks(page_styles, page, context, "header", styles.page_styles)
    blocks = Walker(styles, context).blocks(body)
    if page_styles is not None:
        footers = header_blocks(page_styles, page, context, "footer", styles.page_styles)
    notes = []
    if context.changes:
        notes.append("El documento tiene cambios controlados; se leyó con todos ellos aceptados.")
    if context.hidden_text:
        notes.append("El documento contiene texto oculto o tachado, que también se leyó y se marcó como oculto.")
    return Document(
        media_type,
        (*headers, *blocks, *footers, *context.footnotes, *context.comments),
        pages=pages,
        notes=tuple(notes),
        gaps=tuple(context.gaps),
        signatures=_signatures(package),
        title=title,
    )


def _spreadsheet(package: Package, media_type: str, title: str, limits: Limits) -> Document:
    page_styles = package.xml("styles.xml") if "styles.xml" in package else None
    styles = Styles(_style_roots(page_styles, ("styles",)))
    reader = SheetsReader(package, styles, limits)
    leaves = reader.read()
    headers: list[Block] = []
    footers: list[Block] = []
    if page_styles is not None:
        page = Styles(_style_roots(page_styles, ("styles", "automatic-styles")))
        context = Context(limits)
        headers = header_blocks(page_styles, page, context, "header", styles.page_styles)
        footers = header_blocks(page_styles, page, context, "footer", styles.page_styles)
    notes = []
    hidden = [leaf.name for leaf in leaves if leaf.hidden]
    if hidden:
        notes.append("Se leyeron también hojas ocultas: " + ", ".join(hidden) + ".")
    parts = [leaf.name for leaf in leaves if not leaf.hidden and leaf.hides]
    if parts:
        notes.append("Se leyeron también filas o columnas ocultas en: " + ", ".join(parts) + ".")
    return Document(
        media_type,
        (
            *headers,
            *(block for leaf in leaves for block in leaf.blocks()),
            *footers,
            *(comment for leaf in leaves for comment in leaf.comments),
        ),
        pages=len(leaves),
        notes=tuple(notes),
        gaps=tuple(reader.gaps),
        signatures=_signatures(package),
        title=title,
    )
