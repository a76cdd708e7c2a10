"""Events that were inferred, and what may rest on them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from checker.cases.model import Case
from checker.facts import Fact
from checker.findings import Finding
from parsers.cases.model import CaseRecord

SURE_ENOUGH = 0.6
"""Certainty of an inferred event from which a finding may rest on it."""


def event_notes(record: CaseRecord) -> Iterator[str]:
    """How the events of a record were read, or inferred: one line each for a file, one for each note of a line."""
    for event in record.events:
        if event.sure is None:
            yield from (f"línea {event.place.line}: {note}" for note in event.notes)
        elif event.notes:
            activity = event.activity or event.milestone
            file = f", «{event.id}»" if event.id else ""
            yield f"evento {event.number}, actividad {activity}{file}: {'; '.join(event.notes)}"


def with_origin(finding: Finding, fact: Fact, case: Case) -> Finding:
    """A finding about an inferred event: its evidence names the file, and it is a doubt where the event is not sure enough.

    So is one that an activity is missing or out of place, while some file of the expediente may be of another activity than was inferred.
    """
    if not case.steps or case.steps[0].event.sure is None:
        return finding  # somebody recorded it
    step = next((s for s in case.steps if s.place == fact.place), case.steps[0])
    event = step.event
    if step.place == fact.place and event.id and finding.evidence and event.id not in finding.evidence:
        finding = replace(finding, evidence=f"{finding.evidence} · {event.id}")
    if finding.outcome != "violated":
        return finding
    if step.place == fact.place and event.sure is not None and event.sure < SURE_ENOUGH:
        why = f"descansa en un evento que se infirió con una confianza de {event.sure:.0%}".replace("%", " %")
    elif fact.t == "step" and any(_doubtful(s.event.sure, s.event.id) for s in case.steps):
        why = "hay archivos del expediente de los que no es seguro de qué actividad dan cuenta"
    else:
        return finding
    return replace(finding, outcome="undetermined", message=f"{finding.message} No puede asegurarse: {why}.")


def _doubtful(sure: float | None, file: str | None) -> bool:
    return sure is not None and file is not None and sure < SURE_ENOUGH
