"""What a norm says of itself on its cover and in its running header: clave, title, date, revision, who authorises, objective."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from checker.norms.headings import find_heading, headings, index_lines, under
from checker.norms.text import Line, NormText, norm_text
from checker.packs.model import DocumentType
from checker.recognise.model import FieldValue, SignatureBlock
from checker.spanish.dates import find_dates
from checker.spanish.people import is_charge, is_name
from checker.spanish.text import flat, squeeze
from parsers.model import Document, Place

_CLAVE = re.compile(r"\b(?=[A-Z0-9-]*\d)[A-Z0-9]{2,6}-(?:[A-Z0-9]{2,10}-)*[A-Z0-9]{2,4}\b|\b[A-Z]{2,5}\d{2}\.\d{2}\b")
_CLAVE_LABEL = re.compile(r"\b(?:clave|codigo)(?:\s+(?:de\s+registro|del?\s+\w+))?\s*:\s*")
_REVISION = re.compile(r"\b(?:revision|version)(?:\s+no\.?)?\s*:?\s*\(?\s*(\d{1,3})\b")
_DATE_PARTS = re.compile(r"dia:?\s*(\d{1,2})\s*mes:?\s*(\d{1,2})\s*ano:?\s*(\d{4})")
_BARE_PARTS = re.compile(r"^(\d{1,2})\s+(\d{1,2})\s+((?:19|20)\d{2})\b")
_TITLE = re.compile(r"^(?:manual|norma|procedimiento|lineamientos?|guia|politicas?|reglas|criterios)\b")
_NAMED = re.compile(r"^(?:nombre|titulo|denominacion)\s*:\s*(\S.*)$", re.IGNORECASE)
_AUTHORISES = ("autorizacion", "autoriza", "autorizo", "aprobo", "aprueba", "aprobacion", "titular (es)", "titulares")
_FRONT = 60
"""Lines in which a cover and a sheet of authorisation end, where no index does it."""


def identity(document: Document, document_type: DocumentType) -> dict[str, FieldValue]:
    """Every field of a type of kind ``norm`` as the norm itself states it; what it does not state is absent."""
    text = norm_text(document)
    front = _front(text)
    readers: dict[str, Callable[[NormText, Sequence[Line]], FieldValue]] = {
        "clave": _clave,
        "titulo": _title,
        "fecha": _date,
        "revision": _revision,
        "autorizan": _authorisers,
        "objetivo": _objective,
    }
    absent = FieldValue("absent")
    return {name: readers[name](text, front) if name in readers else absent for name in document_type.fields}


def _front(text: NormText) -> tuple[Line, ...]:
    """Cover and sheet of authorisation: what stands before the index or the first chapter."""
    index = index_lines(text)
    end = index[0].order if index else None
    if end is None:
        chapter = next((h for h in headings(text) if h.number in ("1", "I", "1.")), None)
        end = chapter.line.order if chapter else 0
    return tuple(line for line in text.body if line.order < end)[:_FRONT]


def _present(value: str | dt.date | tuple[SignatureBlock, ...], written: str, place: Place) -> FieldValue:
    return FieldValue("present", value, written, place=place)


def _clave(text: NormText, front: Sequence[Line]) -> FieldValue:
    margins = [line for line in text.lines if line.margin]
    for line in (*margins, *front):
        label = _CLAVE_LABEL.search(flat(line.text))
        found = _CLAVE.search(line.text, label.end()) if label else None
        if found:
            return _present(found[0], found[0], line.place)
    for line in front:
        found = _CLAVE.search(line.text)
        if found and len(line.text.split()) <= 6:
            return _present(found[0], found[0], line.place)
    return FieldValue("absent")


def _title(text: NormText, front: Sequence[Line]) -> FieldValue:
    for line in front:
        named = _NAMED.match(squeeze(line.text))
        if named and _TITLE.match(flat(named[1])):
            return _present(named[1], named[1], line.place)
    margins = [line for line in text.lines if line.margin][:_FRONT]
    for n, line in enumerate((*front, *margins)):
        for cell in line.cells or (line.text,):
            if _TITLE.match(flat(cell)) and 2 <= len(cell.split()) <= 30:
                title = cell if line.margin else _joined(cell, front[n + 1 : n + 5])
                return _present(title, title, line.place)
    return FieldValue("absent")


def _joined(first: str, after: Sequence[Line]) -> str:
    """A title in capitals that goes on over the next lines."""
    title = first
    for line in after:
        goes_on = title.isupper() == line.text.isupper() and not line.apart and not line.cells and not line.margin
        if not goes_on or not (title.isupper() or flat(title).endswith((" de", " la", " del", " y", " los", " las"))):
            break
        title = f"{title} {line.text}"
    return squeeze(title)


def parts_date(words: str) -> dt.date | None:
    """The date of ``Día: 20 Mes: 11 Año: 2025``, flat."""
    found = _DATE_PARTS.search(words)
    if not found:
        return None
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def _date(text: NormText, front: Sequence[Line]) -> FieldValue:
    """The latest date of cover and authorisation; the running header's where they give none."""
    dated: list[tuple[dt.date, Line, str]] = []
    for line in front:
        dated += [(d.date, line, d.text) for d in find_dates(line.text) if d.date]
        bare = _BARE_PARTS.match(line.flat)
        if bare:
            day = parts_date(f"dia: {bare[1]} mes: {bare[2]} ano: {bare[3]}")
            dated += [(day, line, bare[0])] if day else []
    for line in text.lines:
        if not dated and line.margin and (day := parts_date(line.flat)):
            dated.append((day, line, spoken_parts(day)))
    if not dated:
        return FieldValue("absent")
    day, line, written = max(dated, key=lambda d: d[0])
    return _present(day, written, line.place)


def spoken_parts(day: dt.date) -> str:
    """``20/11/2025``."""
    return f"{day.day:02}/{day.month:02}/{day.year}"


def _revision(text: NormText, front: Sequence[Line]) -> FieldValue:
    for line in (*(ln for ln in text.lines if ln.margin), *front):
        found = _REVISION.search(line.flat)
        if found:
            return _present(found[1], found[1], line.place)
    return FieldValue("absent")


def _authorisers(text: NormText, front: Sequence[Line]) -> FieldValue:
    """Names, with their charge, after a word of authorisation on the cover."""
    start = next((n for n, ln in enumerate(front) if ln.flat.rstrip(" :.") in _AUTHORISES), None)
    if start is None:
        return FieldValue("absent")
    blocks: list[SignatureBlock] = []
    charge = ""  # written over the name, where the first of them is
    for line in front[start + 1 : start + 16]:
        for cell in (c for c in (line.cells or (line.text,)) if c):
            if is_name(cell):
                blocks.append(SignatureBlock(cell, charge, "line", line.place))
                charge = ""
            elif is_charge(cell) and blocks and not blocks[0].charge and not blocks[-1].charge:
                blocks[-1] = SignatureBlock(blocks[-1].name, cell, "line", blocks[-1].place)
            elif is_charge(cell) and (not blocks or blocks[0].charge):
                charge = cell
    if not blocks:
        return FieldValue("empty", place=front[start].place)
    return _present(tuple(blocks), "; ".join(b.name for b in blocks), blocks[0].place or front[start].place)


def _objective(text: NormText, front: Sequence[Line]) -> FieldValue:
    found = headings(text)
    heading = find_heading(found, ("objetivo", "objetivo del manual", "propósito del manual", "propósito"))
    if heading is None:
        return FieldValue("absent")
    orders = {line.order for line in under(text, heading, found)}
    passage = next((p for p in text.passages if p.order in orders and len(p.text.split()) > 3), None)
    if passage is None:
        return FieldValue("empty", place=heading.line.place)
    return _present(passage.text, passage.text, passage.place)
