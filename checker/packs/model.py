"""What the YAML of a pack may say. Unknown keys are errors.

One struct per file of a pack; the same structs are what runs, so that what a lawyer wrote is what decides.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec

from checker.findings import Severity

FieldKind = Literal[
    "text", "date", "year", "number", "period", "choice", "code", "people", "list", "table", "signatures"
]
ColumnKind = Literal["text", "date", "period", "number", "people", "choice"]
UncheckedReason = Literal[
    "general-principle",
    "promotes-without-product",
    "no-record-required",
    "no-deadline-or-period",
    "discretionary",
    "subjective-judgement",
    "physical-verification",
    "verbal",
    "external-system",
]
Slug = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
PackId = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)?$")]
TypeId = Annotated[str, msgspec.Meta(pattern=r"^([a-z0-9-]+(/[a-z0-9-]+)?#)?[a-z0-9]+(-[a-z0-9]+)*$")]
"""A document type of the pack itself, or ``pack#type`` of another."""
Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
ObligationId = Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}-[0-9]{3}$")]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class InForce(_Strict, frozen=True, rename={"start": "from", "end": "to"}):
    """Days on which an edition governs, both ends included; null is open."""

    start: dt.date | None = None
    end: dt.date | None = None


class PackInfo(_Strict, frozen=True):
    """``pack.yaml``."""

    id: PackId
    prefix: Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}$")]
    title: str
    issuer: str
    edition: str
    clave: str | None = None
    supersedes: tuple[str, ...] = ()
    in_force: InForce = InForce()
    calendar: str = "mx-federal"
    days: Literal["calendar", "business"] = "calendar"
    numerals: dict[str, str] = {}
    """Prefix by which its numerals are kept apart here → how it is cited: ``B-`` → ``Apéndice B, ``."""
    note: str = ""


class Role(_Strict, frozen=True):
    """An entry of ``roles.yaml``."""

    id: Slug
    name: str
    source: str
    abbreviations: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    stand_ins: tuple[str, ...] = ()
    """Ids of roles, or free charges, that the norm lets act in its place."""


class Obligation(_Strict, frozen=True):
    """An entry of ``obligations.yaml``: what a numeral demands, with its state.

    Rules name their obligations, so an obligation with rules says nothing here; one without says ``unchecked`` and why, or ``pending``.
    """

    numeral: str
    demands: str
    unchecked: UncheckedReason | None = None
    reason: str | None = None
    """A sentence on the reason, for people."""
    pending: bool = False


class Reading(_Strict, frozen=True):
    """One way to read an ambiguity."""

    id: Slug
    text: str


class Interpretation(_Strict, frozen=True):
    """An entry of ``interpretations.yaml``."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}-i[0-9]{2}$")]
    numeral: str
    open: str
    readings: tuple[Reading, ...]
    taken: Slug
    why: str


class Column(_Strict, frozen=True):
    """A column of a table field. ``required_by`` makes every row owe it."""

    title: str
    kind: ColumnKind = "text"
    labels: tuple[str, ...] = ()
    required_by: ObligationId | None = None
    rule: Slug | None = None
    """Slug of the derived rule; the column's name when not given."""
    severity: Severity = "error"
    remedy: str = ""
    choices: dict[str, tuple[str, ...]] = {}
    """For ``choice``: value → words by which it is recognised."""
    interpretation: str | None = None
    """Id of the interpretation on which the derived rule rests."""
    reading: Slug | None = None
    """The derived rule stands only under this reading of the interpretation."""
    words: tuple[str, ...] = ()
    """For ``text``: words that name a value inside running text (``cartel``, ``redes sociales``), where no label announces it."""
    guidance: str = ""
    """What the placeholder of a corrected document asks the author to write."""
    numbers: Name | None = None
    """The column whose number it holds: in a cell of its own, in that label («Estrategia 1.1:») or before its text («1.1.1 Elaborar»)."""
    inherits: bool = False
    """A row without a value of its own takes that of the row above: a merged cell, or a line that stands over a group of rows."""


class Field(_Strict, frozen=True):
    """A field of a document type.

    ``required_by`` derives the rule ``<obligation>.<name with dashes>``: the field stands there, is not empty, is valid and, with
    ``at_least``, holds that many items.
    """

    title: str
    kind: FieldKind
    labels: tuple[str, ...]
    required_by: ObligationId | None = None
    severity: Severity = "error"
    at_least: int = 1
    remedy: str = ""
    columns: dict[Name, Column] = {}
    """For ``table``: name → column, the first one being what names the row (the agreement, the course)."""
    row_called: str = ""
    """For ``table``: what findings call a row, a masculine noun (``renglón``); the title of the first column when not given."""
    besides: tuple[str, ...] = ()
    """Words that make a label another thing than this field: «acuerdos de la reunión *anterior*»."""
    choices: dict[str, tuple[str, ...]] = {}
    """For ``choice``: value → words by which it is recognised."""
    words: tuple[str, ...] = ()
    """For ``text``: words that show its value where no label announces it: the line or sentence that has one of them."""
    any_of_column: str | None = None
    """``table.column``: the field is also present when at least one row bears that column.

    Standing by itself it serves the rows that lack it.
    """
    guidance: str = ""
    numbers: Name | None = None
    """The field whose number it holds, where that stands in the field's label («Objetivo 1:») or before its text («1. Elaborar …»)."""


class Recognise(_Strict, frozen=True):
    """How a document of this type shows itself."""

    titles: tuple[str, ...]
    also: tuple[str, ...] = ()
    """Phrases that speak for the type wherever they stand."""
    against: tuple[str, ...] = ()
    """Titles of other things that resemble it."""


class Example(_Strict, frozen=True):
    """A submission in miniature: field → value as a person would write it; ``related`` the same for other documents, by type.

    A field that is left out is absent; null or ``""`` is empty. In ``fails``, ``rule`` (only in document types) and ``at`` name what
    must fire.
    """

    fields: dict[str, object] = {}
    related: dict[TypeId, dict[str, object]] = {}
    events: list[dict[str, object]] = []
    """For a rule on cases: events as a case record has them."""
    as_of: dt.date | None = None
    """The day on which that case is looked at."""
    text: str = ""
    """The document itself, in Markdown, for rules that read more of it than its fields: the norms as documents."""
    rule: str | None = None
    at: str | None = None
    outcome: Literal["violated", "undetermined"] = "violated"
    format: str | None = None
    """Format of the file as :mod:`checker.kinds.media_type` names it (``pdf``); none says nothing of it."""
    note: str = ""


class Examples(_Strict, frozen=True):
    """Examples are the tests of a rule."""

    passes: tuple[Example, ...] = ()
    fails: tuple[Example, ...] = ()


class Notice(_Strict, frozen=True):
    """What the e-mail that accepts adds for submissions with a row whose ``column`` (``table.column``) has this value."""

    column: str
    value: str
    says: str
    source: str


class Mails(_Strict, frozen=True):
    """How the norm has a reviewer answer: the names of its e-mails."""

    returns: str
    """Name of the e-mail that returns the submission."""
    returns_source: str
    accepts: str
    """Name of the e-mail that says that it complies."""
    accepts_source: str
    reviewer: Slug | None = None
    """Role that answers."""
    author: Slug | None = None
    """Role that is answered."""
    via: Slug | None = None
    notices: tuple[Notice, ...] = ()
    """Added to the e-mail that accepts, each where it applies."""


class DocumentType(_Strict, frozen=True):
    """``documents/<id>.yaml``."""

    id: Slug
    title: str
    source: str
    """Numeral that defines it."""
    recognise: Recognise
    fields: dict[Name, Field]
    kind: Literal["document", "norm"] = "document"
    """Whether it is a submission to an office, or the text of a norm."""
    free_format: bool = True
    workbook: bool = False
    """Offices keep it as a spreadsheet: its template and its corrected copy are xlsx."""
    rows: Name | None = None
    """The table field whose rows may be counted by the hundred thousand: such a file is judged row by row, never held whole."""
    mails: Mails | None = None
    examples: Examples = Examples()


class On(_Strict, frozen=True):
    """What a rule applies to."""

    document: TypeId | None = None
    case: Slug | None = None


class With(_Strict, frozen=True):
    """The other document that a rule compares its own with.

    Of several submissions of that type, the one whose fields ``match`` agree; a field that either does not state disagrees with nothing.
    """

    document: TypeId
    match: tuple[str, ...] = ()
    """Names of fields that both types have; ``own=other`` where their names differ."""
    each: bool = False
    """Several may belong to it, and the rule is asked with each: the Excel of every OOAD, for one calendar."""
    where: Mentions | None = None
    """Only those of which this holds; its fields are the other document's."""


class Mentions(_Strict, frozen=True):
    """Holds when one of ``any`` (or a word that begins with it) stands in one of the fields, one of them names one of ``roles``, or stands
    under one of the labels ``labelled``.
    """

    fields: tuple[str, ...]
    any: tuple[str, ...] = ()
    roles: tuple[Slug, ...] = ()
    """Ids of roles of the pack: the field's own name for itself («Unidad: Coordinación de Vinculación»), not one said in passing."""
    labelled: tuple[str, ...] = ()
    """Whole labels that tell by themselves what stands under them: «Riesgo residual: …»."""


class RuleHead(_Strict, frozen=True):
    """What every rule of ``rules/*.yaml`` says, besides one key that names its check kind and holds that kind's words."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{2}-[0-9]{3}\.[a-z0-9]+(-[a-z0-9]+)*$")]
    title: str
    on: On
    remedy: str
    severity: Severity = "error"
    severity_signed: Severity | None = None
    """Severity under a profile that asks for signed finals, where it differs."""
    obligations: tuple[ObligationId, ...] = ()
    """Others than the one in the id."""
    numeral: str | None = None
    """Where narrower than the obligation's own."""
    interpretation: str | None = None
    """Id of the interpretation on which it rests."""
    reading: Slug | None = None
    """The rule stands only under this reading of the interpretation."""
    when: Mentions | None = None
    unless: Mentions | None = None
    """The rule says nothing where this holds."""
    with_: With | None = msgspec.field(default=None, name="with")
    """Makes it a rule across documents."""
    examples: Examples = Examples()
