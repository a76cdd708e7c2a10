"""Rows written as paragraphs: numbered or bulleted agreements with run-in columns, parts between dashes, cards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from checker.packs.model import Column, Field
from checker.recognise.announcing import announced
from checker.recognise.choices import first_choice
from checker.recognise.items import Line
from checker.recognise.labels import OTHER, LabelIndex
from checker.recognise.numbers import number_before
from checker.recognise.row_values import Draft
from checker.spanish.dates import find_dates, read_period
from checker.spanish.people import is_charge, is_name
from checker.spanish.text import NUMBERING, flat, is_placeholder, squeeze, undecorated
from parsers.model import Paragraph, Place


def single_lines(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Paragraphs cut at their line breaks, blank ones left out."""
    for paragraph in paragraphs:
        for number, text in enumerate(paragraph.text.split("\n")):
            if text.strip():
                yield replace(paragraph, text=text, label=paragraph.label if number == 0 else "", bold_prefix=0)


def reads_as(spec: Column, text: str) -> bool:
    if spec.kind == "date":
        return bool(find_dates(text))
    if spec.kind == "period":
        return read_period(text, 2000) is not None and len(text.split()) <= 8
    if spec.kind == "people":
        return is_name(text) or is_charge(text)
    return spec.kind == "choice" and bool(first_choice(text, spec.choices))


_ITEM = re.compile(
    r"^\s*(?:acuerdo|compromiso|estrategia)\s*(?:no\.?|num\.?|#)?\s*(?:\d+|[a-z])?\s*[.:)\-–—]+\s*|^\s*(?:acuerdo|compromiso|estrategia)\s+\d+\s*",
    re.IGNORECASE,
)


NOTE = re.compile(
    r"^\s*\*+\s|^\W*(?:(?:sub)?total(?:es)?(?:\W*$|\s*:|\s+(?:de|general|anual)\b)|notas?\s*:|fuente\s*:|simbologia\b|"
    r"(?:elaboro|reviso|autorizo|aprobo|vo\.?\s?bo\.?)\s*(?::|$)|"
    r"estructura conforme a\b|(?:sin|no hay|no hubo|no se tomaron|ningun)\s+(?:acuerdos?|difusion|actividad|cursos?)\b)"
)
"""A total, a note under the table, the names of who made it, or that there is nothing: no row of a field."""
CLOSING = re.compile(
    r"^\W*(?:sin (?:otro|mas) asunto|no habiendo (?:otro|mas)|sin mas (?:por|que)|se da por (?:concluida|"
    r"terminada)|siendo las|leida (?:la|que fue)|"
    r"previa lectura|al no haber|con lo anterior se|la presente (?:minuta|acta)|se levanta la presente|firman? (?:al calce|de conformidad)|"
    r"agotado el orden|los asistentes firman)"
)


def from_lines(lines: list[Line], name: str, field_: Field, index: LabelIndex, context: str) -> list[Draft]:
    found: list[Draft] = []
    numbered = any(line.numbering or _ITEM.match(flat(line.paragraph.text)) for line in lines)
    first = next(iter(field_.columns))
    numbering = next((n for n, c in field_.columns.items() if c.numbers == first), "")
    top = next((line.numbering for line in lines if line.numbering), "")
    for line in lines:
        text = line.paragraph.text
        if is_placeholder(text):
            continue
        if found and CLOSING.search(flat(text)):
            break
        if NOTE.match(flat(undecorated(text))):
            continue
        own, columns = _cut(text, line.paragraph.place, name, index)
        if numbering and (number := number_before(own)[0] or number_before(f"{line.paragraph.label} x")[0]):
            columns.setdefault(numbering, (number, line.paragraph.place))
        begins = (
            bool(_ITEM.match(flat(text)))
            or (line.numbering == top and bool(top))
            or (not numbered and bool(squeeze(own)))
        )
        bare = squeeze(undecorated(_strip_number(own)))
        if found and (not begins or (not bare and columns.keys() - {numbering})):
            found[-1].text = squeeze(f"{found[-1].text} {bare}")
            found[-1].columns.update({k: v for k, v in columns.items() if k not in found[-1].columns})
        elif bare or columns.keys() - {numbering}:
            bare = _parts(bare, columns, line.paragraph.place, field_)
            if not numbered and not columns and bare.endswith(":") and len(lines) > 1:
                continue  # «Se tomaron los siguientes:»
            found.append(Draft(bare, line.paragraph.place, columns, context=context))
    if numbered and found and top:
        first_at = next(
            i for i, line in enumerate(lines) if line.numbering == top or _ITEM.match(flat(line.paragraph.text))
        )
        if (
            first_at
            and not found[0].columns
            and found[0].place == lines[0].paragraph.place
            and not _ITEM.match(flat(lines[0].paragraph.text))
        ):
            found.pop(0)  # the sentence that introduces the list
    return found


_PART = re.compile(r"\s+[–—|-]+\s+|\s*[|;·]\s*|\s/\s")


def _parts(text: str, columns: dict[str, tuple[str, Place | None]], place: Place, field_: Field) -> str:
    """«Ofimática — EduTK — carteles — marzo de 2026»: parts that read as a column fill it; returns the words of the row itself."""
    parts = [p for p in _PART.split(text) if p.strip()]
    if len(parts) < 2:
        return _without_period(text, columns, place, field_)
    left = []
    for part in parts[1:]:
        column = next(
            (
                n
                for n, c in list(field_.columns.items())[1:]
                if n not in columns and (reads_as(c, part) or _worded(c, part))
            ),
            None,
        )
        if column:
            columns[column] = (part, place)
        else:
            left.append(part)
    return " — ".join([parts[0], *left]) if len(left) < len(parts) - 1 else text


def _without_period(text: str, columns: dict[str, tuple[str, Place | None]], place: Place, field_: Field) -> str:
    """«Ofimática básica, febrero de 2026»: the period at the end is its column's."""
    head, comma, tail = text.rpartition(", ")
    column = next((n for n, c in field_.columns.items() if c.kind == "period" and n not in columns), None)
    if not comma or not column or not reads_as(field_.columns[column], tail):
        return text
    columns[column] = (tail.rstrip(" ."), place)
    return head


def _worded(column: Column, text: str) -> bool:
    folded = flat(text).strip()
    return any(folded.startswith(flat(w)) for w in column.words)


def _strip_number(text: str) -> str:
    folded = flat(text)
    match = _ITEM.match(folded) or NUMBERING.match(folded)
    return text[match.end() :] if match else text


def _bare(text: str) -> str:
    """Without the signs between columns; a parenthesis that closes within stays: «(Visitas / Programadas) x 100»."""
    text = text.strip(" \t\n;,.|-–—*")
    while text[:1] in ("(", "[") and not _closes(text):
        text = text[1:].lstrip(" \t\n;,.|-–—*")
    while text[-1:] in (")", "]") and text.count(text[-1]) > text.count("(" if text[-1] == ")" else "["):
        text = text[:-1].rstrip(" \t\n;,.|-–—*")
    wrapped = text[:1] in ("(", "[") and text[-1:] in (")", "]") and not any(c in text[1:-1] for c in "()[]")
    return text[1:-1].strip() if wrapped else text


def _closes(text: str) -> bool:
    return (")" if text[0] == "(" else "]") in text


def _cut(text: str, place: Place, name: str, index: LabelIndex) -> tuple[str, dict[str, tuple[str, Place | None]]]:
    """The row's own words, and the run-in columns within: ``Elaborar … Responsable: X. Fecha: Y``."""
    matches = list(announced(flat(text), index.columns[name]))
    if not matches:
        return text, {}
    columns: dict[str, tuple[str, Place | None]] = {}
    own = text[: matches[0].start]
    for match, nxt in zip(matches, [*matches[1:], None], strict=True):
        value = _bare(text[match.end : nxt.start if nxt else len(text)])
        target = next((m.target for m in index.column(name, match.label) if m.target != OTHER), None)
        if target is None:
            continue
        if target == next(iter(index.columns[name].values()))[0] and not own.strip(" -–—•*"):
            own = value
        elif target not in columns:
            columns[target] = (value, place)
    return own.rstrip(" (;,-–—|"), columns
