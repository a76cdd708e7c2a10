"""What is said of a case once all its events are known, whatever file they came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from parsers.cases.model import CaseRecord, Event
from parsers.model import Gap, Place

MOST = 100
"""Faults of one sort that are told one by one; the rest are counted."""
MOST_GAPS = 1_000
_SHOWN = 5
"""Events that one note names."""


def finished(
    case: str,
    procedure: str | None,
    events: tuple[Event, ...],
    place: Place,
    notes: Iterable[str],
    gaps: Iterable[Gap],
    *,
    one_zone: bool = False,
) -> CaseRecord:
    """The record: ids given twice and times in several zones are noted; events that say not what was done are gaps.

    ``one_zone``: all times are known to be in the same zone.
    """
    notes = (*notes, *_repeated(events), *(() if one_zone else _zones(events)))
    silent = [e for e in events if e.activity is None and e.milestone is None]
    told = [Gap(f"el evento {e.number} no dice qué actividad o hito es", e.place) for e in silent[:MOST]]
    if len(silent) > MOST:
        told.append(Gap(f"tampoco lo dicen otros {len(silent) - MOST} eventos", silent[MOST].place))
    gaps = (*gaps, *told)
    if len(gaps) > MOST_GAPS:
        gaps = (*gaps[:MOST_GAPS], Gap(f"hay {len(gaps) - MOST_GAPS} faltas más como estas", gaps[MOST_GAPS].place))
    return CaseRecord(case, procedure, events, place, notes, gaps)


def _repeated(events: tuple[Event, ...]) -> list[str]:
    ids = [event.id for event in events if event.id is not None]
    if len(set(ids)) == len(ids):
        return []
    return [
        f"el identificador «{name[:80]}» es de {count} eventos: {_some([e.number for e in events if e.id == name])}"
        for name, count in Counter(ids).most_common(_SHOWN)
        if count > 1
    ]


def _some(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:_SHOWN]))
    return f"{shown} …" if len(numbers) > _SHOWN else shown


def _zones(events: tuple[Event, ...]) -> list[str]:
    """Two events in different zones are ordered by the instant, which the texts alone do not show."""
    zones = {e.at.value.tzinfo: e for e in events if e.at is not None and e.at.value is not None and not e.at.day_only}
    if len(zones) < 2:
        return []
    examples = "; ".join(sorted(e.at.text for e in zones.values() if e.at is not None)[:_SHOWN])
    return [f"las horas están en zonas distintas ({examples}); se ordenan por el instante que indican"]
