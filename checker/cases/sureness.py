"""Events that were inferred, and what may rest on them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from checker.cases.model import Case
from checker.facts import Fact
from checker.findings import Finding
from parsers.cases.model import CaseRecord, Event

SURE_ENOUGH = 0.6
"""Certainty of an inferred event from which a finding may rest on it."""


PLAIN = 0.85
"""Certainty from which nobody needs to be told how an event was inferred."""


def event_notes(record: CaseRecord) -> Iterator[str]:
    """How the events of a record were read; of an expediente, which of them are inferred, and from what where that is not plain."""
    if not any(e.notes or e.sure is not None for e in record.events):
        return
    for event in record.events:
        if event.sure is None:
            yield from (f"línea {event.place.line}: {note}" for note in event.notes)
    inferred = [e for e in record.events if e.sure is not None]
    if not inferred:
        return
    yield f"eventos que se infirieron de los archivos: {len(inferred)}; «vobo case derive» los escribe para corregirlos"
    silent = [e.activity or e.milestone or "" for e in inferred if e.id is None]
    if silent:
        yield f"actividades sin correo propio, que se infieren de las demás: {', '.join(silent)}"
    for event in inferred:
        if event.id and event.notes and _sure(event) < PLAIN:
            yield f"actividad {event.activity or event.milestone}, «{event.id}»: {event.notes[0]}"
    alike: dict[str, list[str]] = {}
    for event in inferred:
        for note in event.notes[1:] if event.id else ():
            alike.setdefault(note, []).append(event.activity or event.milestone or "")
    for note, activities in alike.items():
        yield f"{'actividades' if len(activities) > 1 else 'actividad'} {', '.join(activities)}: {note}"


def _sure(event: Event) -> float:
    return 1.0 if event.sure is None else event.sure


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
    if step.place == fact.place and _sure(event) < SURE_ENOUGH:
        why = f"descansa en un evento que se infirió con una confianza de {_sure(event):.0%}".replace("%", " %")
    elif fact.t == "step" and any(s.event.id and _sure(s.event) < SURE_ENOUGH for s in case.steps):
        why = "hay archivos del expediente de los que no es seguro de qué actividad dan cuenta"
    else:
        return finding
    return replace(finding, outcome="undetermined", message=f"{finding.message} No puede asegurarse: {why}.")
