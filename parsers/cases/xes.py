"""XES logs (IEEE 1849-2023), also gzipped, trace by trace in memory that does not grow with the log.

Read with expat: it tells the line of every element in files of any length, which libxml2 and the libraries for process mining do not,
and gives all that stands before a fault. No DTD is admitted, so no entity is ever expanded and nothing external fetched.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from parsers.cases.build import CaseBuilder
from parsers.cases.model import CaseRecord
from parsers.cases.xes_elements import Elements, Fault
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Gap, Place

_PIECE = 1 << 16
_PACKED = 1 << 12
_RATIO_FLOOR = 1 << 20


def read_xes(path: Path, limits: Limits) -> Iterator[CaseRecord]:
    """The traces of the log at ``path``; of one that breaks off, what is complete, and a gap that names the line.

    Raises Unreadable: ``xml-bomb`` (a DOCTYPE), ``zip-bomb``, ``too-large``, ``unknown-format`` for other XML, and ``malformed`` where no
    trace could be read.
    """
    name = path.name.partition(".")[0]
    elements = Elements()
    held: CaseBuilder | None = None
    number = 0
    for builder in _traces(path, limits, elements):
        if held is not None:
            number += 1
            yield held.record(f"{name} ({number})")
        held = builder
    if held is None:
        reason = elements.gaps[-1].reason if elements.gaps else "no contiene ninguna traza (trace)"
        raise Unreadable("malformed", f"El registro XES no se puede leer: {reason}.")
    held.gaps += elements.gaps
    yield held.record(f"{name} ({number + 1})")


def _traces(path: Path, limits: Limits, elements: Elements) -> Iterator[CaseBuilder]:
    """The traces as they end; a fault becomes a gap of ``elements``."""
    broken = ""
    pieces = _pieces(path, limits)
    while True:
        try:
            piece = next(pieces, b"")
            elements.feed(piece)
        except Fault as fault:
            broken = str(fault)
        except (EOFError, zlib.error):
            broken = "el archivo comprimido está incompleto o dañado"
        yield from elements.ended()
        if broken:
            yield from elements.unfinished()
            line = elements.line
            elements.gaps.append(Gap(f"desde la línea {line} {broken}; lo que sigue no se leyó", Place(line=line)))
        if broken or not piece:
            return


def _pieces(path: Path, limits: Limits) -> Iterator[bytes]:
    """The XML piece by piece, within the limits."""
    size = path.stat().st_size
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        most = min(limits.expanded_size, max(_RATIO_FLOOR, size * limits.ratio)) if packed else limits.expanded_size
        if packed and size > limits.file_size:
            raise _too_large(limits.file_size)
        seen = 0
        for piece in _unpacked(raw) if packed else iter(lambda: raw.read(_PIECE), b""):
            seen += len(piece)
            if seen > most:
                if packed:
                    reason = "El archivo se expande más allá de lo admitido (posible bomba); no se leyó."
                    raise Unreadable("zip-bomb", reason)
                raise _too_large(most)
            yield piece


def _unpacked(raw: BinaryIO) -> Iterator[bytes]:
    """What gzip members hold, down to where they break off: that raises EOFError or zlib.error."""
    member = zlib.decompressobj(wbits=31)
    while packed := raw.read(_PACKED):
        while packed:
            if member.eof:
                member = zlib.decompressobj(wbits=31)
            if piece := member.decompress(packed, _PIECE):
                yield piece
            packed = member.unused_data.lstrip(b"\0") if member.eof else member.unconsumed_tail
    if not member.eof:
        raise EOFError


def _too_large(most: int) -> Unreadable:
    return Unreadable("too-large", f"El archivo pesa más de {most // 2**20} MiB, que es el máximo admitido.")
