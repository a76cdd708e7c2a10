"""What recognition found."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

import msgspec

from checker.findings import State
from checker.packs.model import DocumentType
from parsers.model import Block, Document, Place

Mark = Literal["digital", "seal", "image", "text", "line", "none"]
"""How a signature shows: a signed pdf field · the printed seal of an electronic signature · a picture by the name · a typed or scanned
mark («Rúbrica», «firmado») · only a line or space to sign on · nothing at all under a signature label."""


class Person(msgspec.Struct, frozen=True):
    """A person as a document names them."""

    name: str
    charge: str = ""
    place: Place | None = None


class Period(msgspec.Struct, frozen=True):
    """Days from ``start`` to ``end``, both included: «marzo de 2026», «del 3 al 7 de mayo de 2026». One day where both are equal."""

    start: dt.date
    end: dt.date


class SignatureBlock(msgspec.Struct, frozen=True):
    """One signatory, or one empty place to sign (``name`` empty)."""

    name: str
    charge: str
    mark: Mark
    place: Place | None


class Row(msgspec.Struct, frozen=True):
    """A row of a table field; ``index`` from 1 as in subjects (``acuerdos[2]``)."""

    index: int
    cells: dict[str, FieldValue]
    """Column name → value, every column of the type included."""
    text: str
    place: Place | None


Value = (
    str
    | dt.date
    | int
    | Decimal
    | Period
    | tuple[str, ...]
    | tuple[Person, ...]
    | tuple[Row, ...]
    | tuple[SignatureBlock, ...]
    | None
)


class FieldValue(msgspec.Struct, frozen=True):
    """A field of the document type as found in the submission.

    ``value`` by kind: text, choice → str (choice: the canonical value) · date → date · period → Period · year → int · number → Decimal ·
    code → str (what a QR or bar code holds) ·
    people → Persons · list → strs ·
    table → Rows · signatures → SignatureBlocks. None unless ``state`` is present; None too when present but ``problem`` says
    why it is not a value (``31 de febrero``).
    """

    state: State
    value: Value = None
    text: str = ""
    """The words as they stand, for quoting."""
    label: str = ""
    """The label as written."""
    place: Place | None = None
    """Of the value; of the label when empty."""
    problem: str = ""
    """What is wrong with a value that is there, in Spanish."""
    reason: str = ""
    """Why it is undetermined, in Spanish."""
    blocks: tuple[Block, ...] = ()
    """What stands under the label, for carrying over to a corrected document."""
    score: float = 0.0
    evidence: tuple[str, ...] = ()
    runners_up: tuple[tuple[float, str], ...] = ()
    """Score and quote of the candidates not chosen, best first."""


class Recognised(msgspec.Struct, frozen=True):
    """One submission (a file may hold several)."""

    document: Document
    """The part of the file that is this submission."""
    type: DocumentType | None
    pack: str | None
    """Id of the pack that defines the type."""
    confidence: float
    fields: dict[str, FieldValue] = {}
    """Every field of the type."""
    runner_up: tuple[str, float] | None = None
    """Second best type and its confidence."""
    reason: str | None = None
    """Why no type could be told, in Spanish."""
    part: str | None = None
    """Name of the part within the file: attachment name or ordinal; None when the file is the submission."""
    other: tuple[Block, ...] = ()
    """Content that belongs to no field, for carrying over."""
