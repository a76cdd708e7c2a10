"""What is still asked of a person: the findings on a field, a row or the document, as notes and placeholders."""

from __future__ import annotations

import re

import msgspec

from checker.findings import Finding
from checker.handback.outline import VERBS, Run, placeholder
from checker.packs.model import Column, DocumentType, Field
from checker.packs.pack import Pack
from checker.recognise.model import FieldValue
from checker.spanish.text import flat

_SUBJECT = re.compile(r"^(?P<field>\w+)(?:\[(?P<row>\d+)\](?:\.(?P<column>\w+))?)?$")


class Notes(msgspec.Struct):
    """The findings of one submission, and which of them have been dealt with."""

    type: DocumentType
    pack: Pack
    findings: tuple[Finding, ...]
    answered: set[str] = set()
    """Subjects that a placeholder or a note has dealt with."""
    by_subject: dict[str, list[Finding]] = {}
    """The findings, under ``documento`` those that are about no field."""

    def about(self, subject: str, *, below: bool = False) -> list[Finding]:
        """Findings on a subject; ``below`` also on what it contains. What concerns no field is about the document."""
        if not self.by_subject:
            for finding in self.findings:
                match = _SUBJECT.match(finding.subject)
                own = finding.subject if match and match["field"] in self.type.fields else "documento"
                self.by_subject.setdefault(own, []).append(finding)
        if below:
            return [f for s, fs in self.by_subject.items() if re.match(rf"{subject}(?:\[|\.|$)", s) for f in fs]
        return self.by_subject.get(subject, [])

    def doubts(self, subject: str, value: FieldValue) -> tuple[Run, ...]:
        """Notes on a value that is there."""
        found = self.about(subject)
        self.answered.add(subject)
        if found:
            return tuple(self.note(f) for f in found)
        if value.problem or value.state == "undetermined":
            return (placeholder("Indique", f"lo que proceda: {value.problem or value.reason}", self.type.source),)
        return ()

    def note(self, finding: Finding) -> Run:
        lead = "lo que proceda" if finding.outcome == "violated" else "lo correcto, una vez verificado"
        return placeholder(
            "Indique", f"{lead}: {finding.message.rstrip('. ')}. {finding.remedy}", finding.citation.numeral
        )

    def gap(self, subject: str, spec: Field | Column) -> Run:
        self.answered.add(subject)
        what = spec.guidance or flat(spec.title)
        return placeholder(VERBS[spec.kind], what, self.numeral(subject, spec))

    def numeral(self, subject: str, spec: Field | Column) -> str:
        for finding in self.about(subject):
            return finding.citation.numeral
        owner = self.type.fields.get(re.split(r"\W", subject)[0])
        required_by = spec.required_by or (owner.required_by if owner else None)
        obligation = self.pack.obligations.get(required_by) if required_by else None
        return self.pack.cited(obligation.numeral) if obligation else self.type.source
