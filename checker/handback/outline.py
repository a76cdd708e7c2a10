"""What a document that is handed back says, before it is drawn: sections of texts and grids, in the order of the norm.

Placeholders are part of the contract with recognition: they begin with ``[``, end with ``]`` and read as nothing written yet.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

Tone = Literal["plain", "bold", "gap", "doubt", "faint"]
"""``gap`` is a placeholder; ``doubt`` a value that is kept although a finding speaks against it; ``faint`` a remark of ours."""
Look = Literal["form", "grid", "signatures"]
"""``form``: label and value side by side; ``grid``: a header row and rows;
``signatures``: the same with room to sign."""

VERBS = {
    "text": "Escriba",
    "date": "Anote",
    "year": "Anote",
    "people": "Relacione",
    "list": "Enuncie",
    "table": "Asiente",
    "signatures": "Firme",
    "period": "Anote",
    "choice": "Indique",
    "number": "Anote",
    "code": "Inserte",
}
"""Kind of a field or column → verb that begins its placeholder."""
_OURS = re.compile(r"\s*\[(?:Anote|Escriba|Indique|Relacione|Enuncie|Firme|Asiente|Inserte)\b[^\]]*\]")


class Run(msgspec.Struct, frozen=True):
    """Text in one tone; ``\\n`` breaks the line."""

    text: str
    tone: Tone = "plain"


class Text(msgspec.Struct, frozen=True):
    """A paragraph."""

    runs: tuple[Run, ...]
    label: str = ""
    """List label, ``1.``; the paragraph then hangs from it."""
    level: int = 0
    """1–9 for a heading, 0 for body text."""
    centred: bool = False

    @property
    def text(self) -> str:
        """Its words, without the label."""
        return "".join(run.text for run in self.runs)


class GridCell(msgspec.Struct, frozen=True):
    """A cell by its top left, from 1, and its extent."""

    row: int
    column: int
    pieces: tuple[Piece, ...]
    rowspan: int = 1
    colspan: int = 1


class Grid(msgspec.Struct, frozen=True):
    """A table; cells in row-major order, every position covered at most once."""

    cells: tuple[GridCell, ...]
    rows: int
    columns: int
    header_rows: int = 0
    look: Look = "grid"


Piece = Text | Grid


class Section(msgspec.Struct, frozen=True):
    """A field with what it says. ``inline`` ones are drawn together as a form of labels and values."""

    field: str
    """Name of the field; empty for what belongs to none."""
    title: str
    pieces: tuple[Piece, ...]
    inline: bool = False


class Outline(msgspec.Struct, frozen=True):
    """A whole document."""

    type: str
    """Id of the document type."""
    title: str
    subtitle: str
    norm: str
    numeral: str
    notes: tuple[Text, ...]
    """What concerns the document as a whole."""
    sections: tuple[Section, ...]
    fields: tuple[str, ...]
    """Every field of the type, also those for which there is no section."""

    @property
    def gaps(self) -> int:
        """How many placeholders a person has still to deal with."""
        pieces = [*self.notes, *(piece for section in self.sections for piece in section.pieces)]
        return sum(run.tone == "gap" for text in texts_of(tuple(pieces)) for run in text.runs)


def texts_of(pieces: tuple[Piece, ...]) -> list[Text]:
    """Every paragraph in reading order, those in cells included."""
    found: list[Text] = []
    for piece in pieces:
        if isinstance(piece, Text):
            found.append(piece)
        else:
            for cell in piece.cells:
                found.extend(texts_of(cell.pieces))
    return found


def placeholder(verb: str, what: str, numeral: str) -> Run:
    """``[Anote: día, mes y año de la reunión — numeral 6, actividad 4, NOTA]``; ``what`` takes no colon where it begins with an article."""
    what = " ".join(what.translate(_BRACKETS).split()).rstrip(" .")
    colon = "" if re.match(r"(?:el|la|los|las|si|aquí|de|lo)\b", what) else ":"
    return Run(f"[{verb}{colon} {what} — numeral {numeral.translate(_BRACKETS)}]", "gap")


_BRACKETS = str.maketrans({"[": "(", "]": ")", "<": "(", ">": ")", "{": "(", "}": ")"})


def without_placeholders(text: str) -> str:
    """``text`` without placeholders of an earlier correction."""
    return _OURS.sub("", text)
