"""Zip packages of office files (docx, xlsx, odf), opened under guard and read part by part.

Nothing is ever extracted to disk. What a package declares about itself is checked on opening; what it really holds,
on reading.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import msgspec
from lxml import etree

from parsers.errors import Unreadable
from parsers.limits import Limits

# What zipfile is known to raise on damaged or hostile input, besides BadZipFile.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
)
_RATIO_FLOOR = 2**20
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


class Relation(msgspec.Struct, frozen=True):
    """One relationship of a part (``_rels/*.rels``)."""

    id: str
    kind: str
    """Last segment of the relationship type, the same in transitional and strict: ``header``, ``image``."""
    target: str
    """Part name without leading slash, or the address as written when ``external``."""
    external: bool


class Package:
    """An opened package. Part names have no leading slash and are looked up without regard to case, as OPC says."""

    __slots__ = ("_archive", "_limits", "_members", "_real", "names")

    names: tuple[str, ...]
    """Part names in the order of the archive, folders left out."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._real: dict[str, int] = {}
        names = []
        for member in archive.infolist():
            name = member.filename.replace("\\", "/").lstrip("/")
            if name.endswith("/") or not name:
                continue
            if name.lower() in self._members:
                raise Unreadable("malformed", f"El archivo está dañado: contiene dos veces la parte «{name}».")
            self._members[name.lower()] = member
            names.append(name)
        self.names = tuple(names)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises KeyError where there is no such part, Unreadable where it is damaged or beyond the limits.
        """
        key = name.lower()
        member = self._members[key]
        allowance = self._limits.expanded_size - sum(size for other, size in self._real.items() if other != key)
        try:
            with self._archive.open(member) as stream:
                data = stream.read(allowance + 1)
        except _DAMAGE as error:
            raise Unreadable("malformed", f"El archivo está dañado: no se puede leer su parte «{name}».") from error
        self._real[key] = len(data)
        if len(data) > allowance or _too_dense(len(data), member.compress_size, self._limits):
            raise _bomb()
        return data

    def pieces(self, name: str, size: int = 1 << 20) -> Iterator[bytes]:
        """The bytes of a part piece by piece, for parts that are better not held whole; errors as in :meth:`read`."""
        key = name.lower()
        member = self._members[key]
        allowance = self._limits.expanded_size - sum(real for other, real in self._real.items() if other != key)
        seen = 0
        try:
            with self._archive.open(member) as stream:
                while piece := stream.read(size):
                    seen += len(piece)
                    self._real[key] = max(seen, self._real.get(key, 0))
                    if seen > allowance or _too_dense(seen, member.compress_size, self._limits):
                        raise _bomb()
                    yield piece
        except _DAMAGE as error:
            raise Unreadable("malformed", f"El archivo está dañado: no se puede leer su parte «{name}».") from error

    def declared_size(self, name: str) -> int:
        """Bytes that a part says it has once expanded; it may lie."""
        return self._members[name.lower()].file_size

    def xml(self, name: str) -> etree._Element:
        """The root element of an XML part; errors as in :meth:`read`. A part with a DOCTYPE is refused."""
        return parse_xml(self.read(name), name)

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Relationships of a part, ``""`` for the package's own; empty where it has none."""
        folder, base = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self:
            return ()
        found = []
        for element in self.xml(rels):
            if not isinstance(element.tag, str) or not element.tag.endswith("}Relationship"):
                continue
            target = str(element.get("Target", ""))
            external = element.get("TargetMode") == "External"
            if not external:
                joined = unquote(target) if target.startswith("/") else posixpath.join(folder, unquote(target))
                target = posixpath.normpath(joined).lstrip("/")
            kind = str(element.get("Type", "")).rsplit("/", 1)[-1]
            found.append(Relation(str(element.get("Id", "")), kind, target, external))
        return tuple(found)


def open_package(source: Path | bytes, limits: Limits) -> Package:
    """Open a zip package from a path or from its bytes.

    Raises Unreadable: ``too-large``, ``truncated``, ``malformed``, ``encrypted`` (members under a zip password),
    ``zip-bomb``; from a path also ``not-found``, ``not-a-file`` and ``permission``.
    """
    data = source if isinstance(source, bytes) else _load(source, limits)
    if len(data) > limits.file_size:
        raise Unreadable(
            "too-large", f"El archivo pesa más de {limits.file_size // 2**20} MiB, que es el máximo admitido."
        )
    # Counted before zipfile builds an object for each entry: this signature heads every entry of the directory.
    if data.count(b"PK\x01\x02") > limits.entries:
        raise _bomb()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as error:
        if data.startswith(b"PK\x03\x04"):
            raise Unreadable(
                "truncated",
                "El archivo está incompleto (se cortó al copiarlo o descargarlo); solicite que se envíe de nuevo.",
            ) from error
        raise Unreadable("malformed", "El archivo está dañado: no es un paquete de oficina legible.") from error
    declared = 0
    for member in archive.infolist():
        if member.flag_bits & 1:
            raise Unreadable(
                "encrypted", "El archivo está protegido con contraseña; solicite una copia sin protección."
            )
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable("malformed", "El archivo usa una compresión que no es la de los documentos de oficina.")
        declared += member.file_size
        if declared > limits.expanded_size or _too_dense(member.file_size, member.compress_size, limits):
            raise _bomb()
    return Package(archive, limits)


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Parse untrusted XML: no entities, no network, no DTD, libxml2's own bounds on depth and size.

    ``name`` tells the reader which part it is. Raises Unreadable: ``xml-bomb`` (a DOCTYPE) or ``malformed``.
    """
    if any(doctype in data for doctype in _DOCTYPES):
        raise _entities(name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("malformed", f"El archivo está dañado: su parte «{name}» no es XML válido.") from error
    # An encoding other than UTF-8 and UTF-16 may have hidden it from the look at the bytes.
    if root.getroottree().docinfo.internalDTD is not None:
        raise _entities(name)
    return root


def _load(path: Path, limits: Limits) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(limits.file_size + 1)
    except FileNotFoundError as error:
        raise Unreadable("not-found", "El archivo no existe.") from error
    except IsADirectoryError as error:
        raise Unreadable("not-a-file", "Es una carpeta, no un archivo.") from error
    except OSError as error:
        raise Unreadable("permission", f"El archivo no se puede abrir: {error.strerror or error}.") from error


def _too_dense(expanded: int, compressed: int, limits: Limits) -> bool:
    return expanded > _RATIO_FLOOR and expanded > compressed * limits.ratio


def _bomb() -> Unreadable:
    return Unreadable("zip-bomb", "El archivo se expande más allá de lo admitido (posible bomba zip); no se abrió.")


def _entities(name: str) -> Unreadable:
    return Unreadable(
        "xml-bomb", f"El archivo declara entidades XML (DOCTYPE) en «{name}», lo que no se admite; no se abrió."
    )
