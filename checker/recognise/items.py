"""What a document is made of once its layout is undone: lines, label–value pairs, record grids."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Literal

import msgspec

from checker.spanish.dates import MONTHS
from checker.spanish.text import NUMBERING, flat, label_form, undecorated
from parsers.model import Block, Cell, Paragraph, Place, paragraphs_of

NumberingKind = Literal["", "decimal", "letter", "bullet"]


FIELDS = "*"
"""Target of a grid whose header names fields side by side."""


PEOPLE = "people"
"""Target of a grid whose header asks for names with charges or signatures."""


_NAME_HEADERS = frozenset(
    [
        "nombre",
        "nombre completo",
        "nombres",
        "nombre y apellidos",
        "asistente",
        "asistentes",
        "participante",
        "participantes",
        "persona",
        "personas asistentes",
        "nombre del asistente",
        "nombre del participante",
        "nombre y cargo",
        "nombre / cargo",
        "servidor público",
        "persona servidora pública",
        "nombre y firma",
        "persona asistente",
        "integrante",
    ]
)


NAME_HEADERS = frozenset(label_form(h) for h in _NAME_HEADERS)


CHARGE_HEADERS = frozenset(
    label_form(h)
    for h in [
        "cargo",
        "puesto",
        "cargo / área",
        "cargo o puesto",
        "área",
        "adscripción",
        "unidad",
        "unidad administrativa",
        "área de adscripción",
        "función",
        "rol",
        "puesto / área",
        "dependencia",
        "cargo y adscripción",
        "carácter",
        "institución",
    ]
)


SIGNATURE_HEADERS = frozenset(
    label_form(h)
    for h in [
        "firma",
        "firmas",
        "rúbrica",
        "firma autógrafa",
        "antefirma",
        "nombre y firma",
        "firma de conformidad",
        "firma de asistencia",
    ]
)


NEUTRAL_HEADERS = frozenset(
    label_form(h)
    for h in [
        "no.",
        "núm.",
        "número",
        "#",
        "n°",
        "observaciones",
        "estatus",
        "status",
        "estado",
        "avance",
        "prioridad",
        "comentarios",
        "correo",
        "correo electrónico",
        "teléfono",
        "extensión",
        "tipo",
        "clave",
        "duración",
        "horas",
        "público objetivo",
        "población objetivo",
        "meta",
        "evidencia",
        "seguimiento",
        "tema",
        "prioridad",
        "no. de acuerdo",
        "consecutivo",
        "unidad",
        "ooad",
        "asistencia",
        "asistió",
        "hora",
        "producto",
        "entregable",
    ]
)


class Line(msgspec.Struct, frozen=True, dict=True):
    """A paragraph, or the piece of one that a label of its own begins. How it looks is told when asked: of prose nobody asks."""

    paragraph: Paragraph
    body_size: float | None = None
    """Usual size of the document's text, in points."""
    rest: bool = False
    """What follows a run-in label: it stands out by nothing, and no number at its start is an item's."""

    @cached_property
    def strength(self) -> float:
        """How much it stands out as a heading would: 3 for a heading style, less for bold, capitals, size."""
        if self.rest:
            return 0.0
        paragraph = self.paragraph
        text = undecorated(paragraph.text)
        strength = 3.0 if paragraph.level else 0.0
        strength += 1.5 if paragraph.bold else 0.0
        strength += 1.0 if len(text) > 3 and text.isupper() else 0.0
        strength += 1.0 if paragraph.size and self.body_size and paragraph.size >= self.body_size + 1.5 else 0.0
        strength += 0.5 if text.endswith(":") else 0.0
        return min(strength, 4.0)

    @property
    def numbering(self) -> NumberingKind:
        """Kind of its list label."""
        return self._numbered[0]

    @property
    def number(self) -> int | None:
        """Number of its list label, where it has one."""
        return self._numbered[1]

    @cached_property
    def _numbered(self) -> tuple[NumberingKind, int | None]:
        return ("", None) if self.rest else _numbering(self.paragraph)


class Pair(msgspec.Struct, frozen=True):
    """A label cell and what stands beside (or below) it."""

    label: str
    place: Place
    value: tuple[Block, ...]


class Grid(msgspec.Struct, frozen=True):
    """Rows under a header. ``target`` is a table field, ``people``, or None where no header was recognised."""

    target: str | None
    header: dict[int, str]
    """Column → header text."""
    rows: tuple[tuple[tuple[int, Cell], ...], ...]
    """Body rows: (column, cell), a merged cell once per row, at its first column."""
    place: Place
    title: str = ""
    named: bool = False
    """Each row of people says in its first cell for which field they stand: «Elaboró | Laura Méndez | …»."""
    also: tuple[str, ...] = ()
    """Other table fields whose columns the header names nearly as well."""
    groups: dict[int, str] = {}
    """Column → the words of the header cells above its own, ``Año 2026 / Enero``."""
    spans: tuple[tuple[int, int], ...] = ()
    """(first column, columns) of header cells that cover several: a «Periodo» over a start and an end."""


Item = Line | Pair | Grid


def looks(item: Item) -> tuple[bool, bool, int] | None:
    """What tells a line's looks from those of its neighbours; None for what is no line."""
    return (
        (item.paragraph.bold, item.paragraph.text.isupper(), item.paragraph.level) if isinstance(item, Line) else None
    )


_LAST_NUMBER = re.compile(r"(\d+)\D*$")
_LETTER = re.compile(r"[a-zA-Z]")


_PARTS = re.compile(
    r"^(?:(?P<n>1|2|3|4|i{1,3}|iv|primer|segundo|tercer|cuarto)(?:er|o|do|to|ro|a|°|º)?\.?\s*(?P<unit>trim|sem|bim)\w*\.?"
    r"|(?P<unit2>trim|sem|bim)\w*\.?\s*(?P<n2>[1-6]|i{1,3}|iv))(?:\s+(?:de\s+)?20\d\d)?$"
)
_MONTH_WORD = "|".join(sorted(MONTHS, key=len, reverse=True))
_SPAN = re.compile(rf"^(?P<first>{_MONTH_WORD})\.?\s*(?:[-–/]|a)\s*(?P<last>{_MONTH_WORD})\.?(?:\s+(?:de\s+)?20\d\d)?$")
_QUARTER = re.compile(r"^(?:t\s?(?P<a>[1-4])|(?P<b>[1-4])\s?t)$")
_NTH = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_NTH |= {"primer": 1, "segundo": 2, "tercer": 3, "cuarto": 4}


def months_of(header: str) -> tuple[int, ...]:
    """The months that a header cell names alone: ``ENE``, ``Enero 2026``, ``1er. trimestre``."""
    if month := month_of(header):
        return (month,)
    written = " ".join(flat(header).split())
    if span := _SPAN.match(written):
        first, last = MONTHS[span["first"]], MONTHS[span["last"]]
        return tuple(range(first, last + 1)) if first < last else ()
    if quarter := _QUARTER.match(written):
        first = 3 * int(quarter["a"] or quarter["b"]) - 2
        return tuple(range(first, first + 3))
    match = _PARTS.match(written)
    if not match:
        return ()
    length = {"trim": 3, "sem": 6, "bim": 2}[match["unit"] or match["unit2"]]
    first = (_NTH[match["n"] or match["n2"]] - 1) * length + 1
    return tuple(range(first, first + length)) if first + length <= 13 else ()


def month_of(header: str) -> int | None:
    """The month that a header cell names alone: ``ENE``, ``Enero 2026``."""
    words = re.sub(r"[\d.\s]+", " ", flat(header)).split()
    return MONTHS.get(words[0]) if len(words) == 1 else None


def joined(blocks: tuple[Block, ...]) -> str:
    """All text of the blocks, a line each."""
    return "\n".join(p.text for p in paragraphs_of(blocks) if p.text.strip())


def _numbering(paragraph: Paragraph) -> tuple[NumberingKind, int | None]:
    """Kind and number of the list label of a paragraph, typed or by the format."""
    mark = paragraph.label.strip() or (m.group().strip() if (m := NUMBERING.match(flat(paragraph.text))) else "")
    return _kind_of_mark(mark) if mark else ("", None)


@lru_cache(maxsize=512)
def _kind_of_mark(mark: str) -> tuple[NumberingKind, int | None]:
    if digits := _LAST_NUMBER.search(mark):
        return "decimal", int(digits.group(1))
    return ("letter", None) if _LETTER.search(mark) and mark.strip("().- ") != "o" else ("bullet", None)
