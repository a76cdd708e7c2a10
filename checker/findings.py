"""What a check answers: findings, results, receipt, report. These structs are the output contract ``vobo.report/1``.

msgspec structs rather than pydantic models: the same definition validates, prints its JSON Schema and crosses the
worker's pipe, at an eighth of the import time, which every ``vobo check`` would pay.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from parsers.model import Place

Outcome = Literal["violated", "undetermined"]
Severity = Literal["error", "warning", "info"]
State = Literal["present", "empty", "absent", "undetermined"]
Verdict = Literal["compliant", "noncompliant", "undetermined", "unreadable"]
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")


class Location(msgspec.Struct, frozen=True):
    """Place in the submission; all indexes from 1, null where it does not apply."""

    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    cell: str | None = None
    line: int | None = None

    @classmethod
    def of(cls, place: Place) -> Location:
        """The contract's part of a parser's place."""
        return cls(place.page, place.paragraph, place.table, place.row, place.column, place.cell, place.line)


class Citation(msgspec.Struct, frozen=True):
    """Which norm says so, and where."""

    norm: str
    clave: str | None
    numeral: str


class Finding(msgspec.Struct, frozen=True):
    """A rule's answer about one subject."""

    rule: str
    obligations: tuple[str, ...]
    outcome: Outcome
    severity: Severity
    subject: str
    """Field path, ``acuerdos[2].fecha_compromiso``; rows from 1. ``documento`` for the whole."""
    message: str
    evidence: str
    """Quote of the place, at most 200 characters; empty when what is asked for is not there."""
    remedy: str
    citation: Citation
    location: Location | None
    fingerprint: str
    """Stable across runs and unrelated edits: sha256 of rule, subject and folded evidence, 16 hex digits."""


class FieldReport(msgspec.Struct, frozen=True):
    """A field as found. ``value`` is what a person would copy: text, ISO date, list of names, list of rows."""

    state: State
    value: object = None
    location: Location | None = None


class Result(msgspec.Struct, frozen=True):
    """One submission."""

    path: str
    sha256: str | None
    media_type: str | None
    kind: Literal["document", "case", "norm"]
    type: str | None
    confidence: float | None
    verdict: Verdict
    fields: dict[str, FieldReport] = {}
    findings: tuple[Finding, ...] = ()
    reason: str | None = None
    """Why it is unreadable or undetermined as a whole; null otherwise."""
    notes: tuple[str, ...] = ()
    """How it was read: tracked changes taken as accepted, OCR, hidden sheets."""


class PackRef(msgspec.Struct, frozen=True):
    """Which edition of which norm was applied."""

    id: str
    edition: str
    sha256: str


class Receipt(msgspec.Struct, frozen=True):
    """What makes the verdicts reproducible."""

    vobo: str
    as_of: str | None
    packs: tuple[PackRef, ...]
    calendar: str
    evaluators: tuple[str, ...]
    interpretations: dict[str, str] = {}
    """Readings chosen by the user that differ from the ones the packs take: id → reading."""


class Summary(msgspec.Struct, frozen=True):
    """Totals; the four verdicts add up to ``submissions``."""

    submissions: int
    compliant: int
    noncompliant: int
    undetermined: int
    unreadable: int


class Report(msgspec.Struct, frozen=True):
    """The whole answer of one ``vobo check``."""

    schema: str
    receipt: Receipt
    summary: Summary
    results: tuple[Result, ...]


SCHEMA = "vobo.report/1"
