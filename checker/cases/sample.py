"""Made case records: what a procedure allows, as an office would record it, and the smallest change that breaks one derived rule.

They are the examples of derived rules, and the material of fixtures: nobody writes by hand what the procedure itself says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from checker.calendar.days import calendar_named
from checker.calendar.durations import due, read_duration
from checker.cases.language import covering_paths
from checker.cases.nets import nets_of
from checker.cases.sample_owed import completed
from checker.packs.pack import Pack
from checker.packs.procedures import Activity, Procedure
from checker.packs.rule import Rule
from parsers.cases.model import Artefact, CaseRecord, Event, When
from parsers.model import Place

_ZONE = ZoneInfo("America/Mexico_City")
_BEGINS = dt.date(2026, 2, 3)
_OPENS, _CLOSES = 9, 17
"""Hours of the day between which events are put."""
_UNKNOWN = "Trámite que la norma no prevé"


def made_records(procedure: Procedure, pack: Pack) -> Iterator[CaseRecord]:
    """Records that comply and together take every branch and loop; of what is no flow, one with every activity once."""
    for number, path in enumerate(paths_of(procedure), 1):
        yield made_record(procedure, pack, path, f"{procedure.id}-{number}")


def paths_of(procedure: Procedure) -> Iterator[tuple[str, ...]]:
    """Activities in orders that the procedure allows."""
    nets = nets_of(procedure)
    if nets is not None:
        first: tuple[str, ...] = ()
        for path in covering_paths(nets.flow):
            first = first or path
            yield path
        if any(activity.anywhere for activity in procedure.activities.values()):
            yield _with_those_beside(first, procedure)
    else:
        yield tuple(procedure.activities)


def _with_those_beside(path: tuple[str, ...], procedure: Procedure) -> tuple[str, ...]:
    """The path with each activity that stands beside the flow once, after the one of the flow that the norm has before it."""
    found = list(path)
    last = ""
    for name, activity in procedure.activities.items():
        if activity.anywhere:
            found.insert(found.index(last) + 1 if last in found else 0, name)
        if name in found:
            last = name
    return tuple(found)


def made_record(procedure: Procedure, pack: Pack, path: Sequence[str], name: str) -> CaseRecord:
    """A record of these activities, complete: who, when, with what, to whom, through whom, which branch."""
    times = _times(procedure, pack, path)
    events = [_event(procedure, pack, path, at, times[at]) for at in range(len(path))]
    return CaseRecord(name, f"{pack.info.id}#{procedure.id}", completed(events, procedure, pack), Place())


def _event(procedure: Procedure, pack: Pack, path: Sequence[str], at: int, when: dt.datetime) -> Event:
    name = path[at]
    activity = procedure.activities[name]
    role = activity.roles[0] if activity.roles else None
    artefacts = tuple(dict.fromkeys((*activity.does, *(s.artefact for s in activity.sends))))
    to = tuple(dict.fromkeys(r for s in activity.sends for r in (*s.to, *s.to_any[:1])))
    via = tuple(dict.fromkeys(r for s in activity.sends for r in s.via))
    called = pack.roles
    return Event(
        at + 1,
        activity=None if activity.milestone else name,
        milestone=name if activity.milestone else None,
        at=When(when.strftime("%Y-%m-%dT%H:%M"), when),
        role=called[role].name if role in called else role,
        person=f"p-{role}" if role else None,
        outcome=_outcome(procedure, activity, path[at + 1 :]),
        artefacts=tuple(Artefact(a) for a in artefacts) or None,
        to=tuple(called[r].name for r in to) or None,
        via=tuple(called[r].name for r in via) or None,
        place=Place(line=at + 1),
    )


def _outcome(procedure: Procedure, activity: Activity, rest: Sequence[str]) -> str | None:
    """The branch that the next activity shows."""
    rest = [name for name in rest if not procedure.activities[name].anywhere]
    for name, branch in activity.decides.items():
        if not procedure.starts or (rest[0] in procedure.within_reach(branch.next) if rest else not branch.next):
            return name
    return next(iter(activity.decides), None) if activity.ends else None


def _times(procedure: Procedure, pack: Pack, path: Sequence[str]) -> list[dt.datetime]:
    """An hour between events, in working hours of business days; more where an activity asks for a pause."""
    calendar = calendar_named(pack.info.calendar)
    day = dt.date.fromisoformat(procedure.begins) if procedure.begins else _BEGINS
    day = calendar.add(day, 0)
    hour = _OPENS
    times: list[dt.datetime] = []
    for at, name in enumerate(path):
        pause = procedure.activities[name].pause
        if pause and at:
            day, hour = calendar.add(due(day, read_duration(pause, pack.info.days), calendar), 0), _OPENS
        elif hour > _CLOSES:
            day, hour = calendar.add(day, 1), _OPENS
        times.append(dt.datetime(day.year, day.month, day.day, hour, 0, tzinfo=_ZONE))
        hour += 1
    return times


def broken_records(rule: Rule, procedure: Procedure, pack: Pack, records: Sequence[CaseRecord]) -> Iterator[CaseRecord]:
    """Small changes of ``records`` that may break a derived rule, the smallest first; not every one does."""
    words = rule.params
    for record in records:
        if rule.kind == "known_activity":
            yield _with_event(record, len(record.events), replace(record.events[-1], activity=_UNKNOWN, milestone=None))
        elif rule.kind == "recorded":
            yield _changed(record, 0, at=None)
            yield replace(record, events=tuple(replace(event, id="1") for event in record.events))
        elif rule.kind == "made_before":
            yield from _premature(record, procedure)
        else:
            yield from _at_activity(rule, words.activity, procedure, pack, record)


def _at_activity(
    rule: Rule, activity: str, procedure: Procedure, pack: Pack, record: CaseRecord
) -> Iterator[CaseRecord]:
    for at, event in enumerate(record.events):
        if activity not in (event.activity, event.milestone):
            continue
        if rule.kind == "done_by":
            other = next((r for r in pack.roles.values() if r.id not in _may(rule.params.roles, pack)), None)
            if other:
                yield _changed(record, at, role=other.name, person=None)
        elif rule.kind == "produced":
            sent = rule.params.sends
            kept = tuple(a for a in event.artefacts or () if a.type != sent.artefact)
            yield _changed(record, at, artefacts=kept)
            yield _changed(record, at, to=())
            yield _changed(record, at, via=())
        elif rule.kind == "branch":
            decides = procedure.activities[activity].decides
            for outcome in decides:
                yield _changed(record, at, outcome=outcome)
            yield _changed(record, at, outcome=_UNKNOWN)
        elif rule.kind == "step":
            if len(record.events) > 1:
                yield _without(record, at)
            yield _with_event(record, at + 1, event)
            yield _with_event(record, len(record.events), event)
            yield _with_event(_without(record, at), len(record.events) - 1, event)
            yield _first(record, at)


def _may(roles: Sequence[str], pack: Pack) -> set[str]:
    return {*roles, *(s for r in roles if r in pack.roles for s in pack.roles[r].stand_ins)}


def _premature(record: CaseRecord, procedure: Procedure) -> Iterator[CaseRecord]:
    """A document that some activity makes, borne by the event before it."""
    for at, event in enumerate(record.events[1:], 1):
        for artefact in event.artefacts or ():
            before = record.events[at - 1]
            yield _changed(record, at - 1, artefacts=(*(before.artefacts or ()), artefact))


def _changed(record: CaseRecord, position: int, **changes: object) -> CaseRecord:
    events = [*record.events]
    events[position] = replace(events[position], **changes)
    return replace(record, events=tuple(events))


def _without(record: CaseRecord, at: int) -> CaseRecord:
    return replace(record, events=(*record.events[:at], *record.events[at + 1 :]))


def _first(record: CaseRecord, at: int) -> CaseRecord:
    """The event at position ``at`` moved to the time of the first."""
    events = record.events
    early = replace(events[at], at=events[0].at)
    return replace(record, events=(early, *events[:at], *events[at + 1 :]))


def _with_event(record: CaseRecord, at: int, event: Event) -> CaseRecord:
    """The event put in before position ``at``, a minute after the one before it."""
    before = record.events[at - 1].at
    assert before is not None, "made events are dated"
    assert before.value is not None, "and legibly"
    moment = before.value + dt.timedelta(minutes=1)
    late = replace(event, at=When(moment.strftime("%Y-%m-%dT%H:%M"), moment), number=len(record.events) + 1)
    return replace(record, events=(*record.events[:at], late, *record.events[at:]))
