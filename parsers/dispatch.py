"""Opens a file, tells its kind and calls its reader; the one place where what a parser raises becomes a reason."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace

from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Attachment, Document
from parsers.plain import plain_document
from parsers.sniff import Kind, sniff

_NAMES = {
    Kind.DOCX: "documento de Word",
    Kind.XLSX: "libro de Excel",
    Kind.ODT: "documento de texto ODF",
    Kind.ODS: "hoja de cálculo ODF",
    Kind.PDF: "PDF",
    Kind.IMAGE: "imagen",
    Kind.CSV: "CSV",
    Kind.EML: "mensaje de correo",
    Kind.MBOX: "buzón de correo",
    Kind.MSG: "mensaje de Outlook",
    Kind.HTML: "página HTML",
    Kind.MARKDOWN: "Markdown",
    Kind.TEXT: "texto",
}

_PICTURED = {Kind.DOCX, Kind.XLSX, Kind.ODT, Kind.ODS, Kind.PDF, Kind.IMAGE, Kind.HTML, Kind.MARKDOWN}
"""Kinds whose pictures can be looked into later."""

_REFUSALS = {
    Kind.EMPTY: ("empty", "El archivo está vacío; solicite que se envíe de nuevo."),
    Kind.ENCRYPTED: ("encrypted", "El archivo está protegido con contraseña; solicite una copia sin protección."),
    Kind.ZIP: (
        "unknown-format",
        "Es un archivo ZIP, no un documento; extraiga su contenido y revise cada archivo o la carpeta.",
    ),
    Kind.OTHER_IMAGE: ("unknown-format", "El formato de imagen no se lee; conviértala a PDF, PNG o JPEG."),
    Kind.OLE: ("unknown-format", "El archivo es de un programa que no se reconoce; guárdelo como DOCX, XLSX o PDF."),
    Kind.XML: ("unknown-format", "El archivo es XML de un tipo que no se reconoce; guárdelo como DOCX, XLSX o PDF."),
    Kind.UNKNOWN: (
        "unknown-format",
        "El contenido no corresponde a ningún formato que se lea; guárdelo como DOCX, XLSX, ODT o PDF.",
    ),
}


def read_file(path: Path, limits: Limits | None = None) -> Document:
    """Read the file at ``path``. Never blocks on what is not a regular file. Raises :class:`Unreadable`."""
    limits = limits or Limits()
    return read_bytes(load_file(path, limits), path.name, limits)


def load_file(path: Path, limits: Limits) -> bytes:
    """The bytes of a regular file of at most ``limits.file_size``. Raises :class:`Unreadable`."""
    try:
        # Without O_NONBLOCK opening a FIFO waits for its other end.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except ValueError as error:
        raise Unreadable("not-found", "El archivo no existe: su nombre contiene un carácter nulo.") from error
    except OSError as error:
        raise _not_opened(error) from error
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise Unreadable("not-a-file", "Es una carpeta, no un archivo.")
        if not stat.S_ISREG(mode):
            raise Unreadable(
                "not-a-file", "No es un archivo, sino un dispositivo, una tubería o un conector del sistema."
            )
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            data = stream.read(limits.file_size + 1)
    except OSError as error:
        raise _not_opened(error) from error
    except MemoryError as error:
        raise _no_memory() from error
    finally:
        os.close(descriptor)
    if len(data) > limits.file_size:
        raise _too_large(limits)
    return data


def read_bytes(data: bytes, name: str, limits: Limits, depth: int = 0) -> Document:
    """Read a file from its bytes. ``name`` is only a hint; ``depth`` counts the files that this one is inside of.

    Raises :class:`Unreadable`, and nothing else for bad input.
    """
    if len(data) > limits.file_size:
        raise _too_large(limits)
    kind = sniff(data, name)
    if kind in _REFUSALS:
        if kind is Kind.ZIP:
            from parsers.package import open_package

            open_package(data, limits)  # truncated, encrypted and bombs have better reasons
        raise Unreadable(*_REFUSALS[kind])
    with reading(kind):
        document = plain_document(_read(kind, data, limits, depth))
        return replace(document, source=data) if kind in _PICTURED else document


@contextmanager
def reading(kind: Kind) -> Iterator[None]:
    """Whatever a library raises within, on a file of this kind, becomes :class:`Unreadable`."""
    try:
        yield
    except Unreadable:
        raise
    except (ImportError, NameError):
        raise  # a fault of the installation or of ours, not of the file
    except MemoryError as error:
        raise _no_memory() from error
    except RecursionError as error:
        raise Unreadable(
            "malformed", f"El archivo ({_name(kind)}) anida sus elementos más allá de lo que se admite; no se leyó."
        ) from error
    except Exception as error:  # libraries raise anything on damaged input; the cause stays chained
        raise Unreadable(
            "malformed",
            f"El archivo está dañado o no sigue su formato ({_name(kind)}): no se pudo leer ({type(error).__name__}).",
        ) from error


def read_attachment(data: bytes, name: str, media_type: str, limits: Limits, depth: int) -> Attachment:
    """Read a file found within another; ``depth`` is that of the file that holds it. Never raises for bad input."""
    if depth >= limits.depth:
        return Attachment(name, media_type, None, "Está anidado a mayor profundidad de la que se lee.")
    try:
        return Attachment(name, media_type, read_bytes(data, name, limits, depth + 1))
    except Unreadable as error:
        return Attachment(name, media_type, None, error.reason)


def _read(kind: Kind, data: bytes, limits: Limits, depth: int) -> Document:
    """Call the reader of ``kind``; each is imported only when a file needs it."""
    match kind:
        case Kind.DOCX:
            from parsers.docx import read_docx

            return read_docx(data, limits)
        case Kind.XLSX:
            from parsers.xlsx import read_xlsx

            return read_xlsx(data, limits)
        case Kind.ODT | Kind.ODS:
            from parsers.odf import read_odf

            return read_odf(data, limits)
        case Kind.PDF:
            from parsers.pdf import read_pdf

            return read_pdf(data, limits)
        case Kind.IMAGE:
            from parsers.pdf import read_image

            return read_image(data, limits)
        case Kind.CSV:
            from parsers.delimited import read_delimited

            return read_delimited(data, limits)
        case Kind.EML:
            from parsers.mail import read_mail

            return read_mail(data, limits, depth)
        case Kind.MBOX:
            from parsers.mail import read_mbox

            return read_mbox(data, limits, depth)
        case Kind.MSG:
            from parsers.outlook import read_msg

            return read_msg(data, limits, depth)
        case Kind.HTML:
            from parsers.html import read_html

            return read_html(data, limits)
        case Kind.MARKDOWN:
            from parsers.markdown import read_markdown

            return read_markdown(data, limits)
        case Kind.TEXT:
            from parsers.text import read_text

            return read_text(data, limits)
        case _:
            from parsers.legacy import read_legacy

            return read_legacy(kind, data, limits)


def _name(kind: Kind) -> str:
    return _NAMES.get(kind, kind.value)


def _too_large(limits: Limits) -> Unreadable:
    return Unreadable(
        "too-large", f"El archivo pesa más de {limits.file_size // 2**20} MiB, que es el máximo admitido."
    )


def _no_memory() -> Unreadable:
    return Unreadable("memory", "Leer el archivo pide más memoria que la permitida; divídalo o amplíe el límite.")


def _not_opened(error: OSError) -> Unreadable:
    match error.errno:
        case errno.ENOENT | errno.ENAMETOOLONG:
            return Unreadable("not-found", "El archivo no existe o fue retirado mientras se revisaba.")
        case errno.ENOTDIR:
            return Unreadable("not-found", "El archivo no existe: una parte de su ruta no es una carpeta.")
        case errno.ELOOP:
            return Unreadable("not-found", "El archivo no existe: es un enlace simbólico que se refiere a sí mismo.")
        case errno.EACCES | errno.EPERM:
            return Unreadable("permission", "No hay permiso para abrir el archivo; solicite acceso de lectura.")
        case errno.ENXIO | errno.ENODEV | errno.EISDIR:
            return Unreadable(
                "not-a-file", "No es un archivo, sino un dispositivo, una tubería o un conector del sistema."
            )
        case _:
            code = errno.errorcode.get(error.errno or 0, "desconocido")
            return Unreadable("permission", f"El archivo no se puede abrir (error {code} del sistema).")
