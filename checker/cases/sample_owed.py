"""What declared rules ask of the events of a made record: documents, addressees, conduits, who takes part.

An activity's own ``does`` and ``sends`` are in the record already; here the rules of ``rules/*.yaml`` on its procedure have theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec.structs import replace

from checker.packs.pack import Pack
from checker.packs.procedures import Events, Procedure
from checker.packs.rule import Rule
from parsers.cases.model import Artefact, Event

_PASSES = 2
"""A document that one rule adds may be what another asks of."""


def completed(events: Sequence[Event], procedure: Procedure, pack: Pack) -> tuple[Event, ...]:
    """The events with all that the declared rules want beside them."""
    done = list(events)
    for rule in _PASSES * [r for r in pack.casebook.rules_on(procedure.id) if r.kind in _OWED and _holds(r, pack)]:
        _OWED[rule.kind](done, rule.params, pack)
    return tuple(done)


def _holds(rule: Rule, pack: Pack) -> bool:
    head = rule.head
    return not rule.derived and (
        head.reading is None or head.interpretation is None or pack.taken(head.interpretation, {}) == head.reading
    )


def _accompanied(events: list[Event], params: Any, pack: Pack) -> None:
    for at in _selected(events, params.of, params.when, pack):
        _give(events, at, (*params.artefacts, *_one_of(events[at : at + 1], params.any)))


def _gathers(events: list[Event], params: Any, pack: Pack) -> None:
    if params.when is None or _selected(events, params.when, None, pack):
        kept = {a.type for e in events for a in e.artefacts or ()}
        _give(
            events,
            len(events) - 1,
            [*(a for a in params.artefacts if a not in kept), *_one_of(events, params.any)],
        )


def _addressed(events: list[Event], params: Any, pack: Pack) -> None:
    for at in _selected(events, params.of, params.when, pack):
        said = {*(events[at].to or ()), events[at].role}
        reached = any(_called(role, pack) in said for role in params.to_any)
        _send(events, at, "to", (*params.to, *(() if reached else params.to_any[:1])), pack)
        _send(events, at, "via", params.via, pack)


def _jointly(events: list[Event], params: Any, pack: Pack) -> None:
    for at in _selected(events, params.of, params.when, pack):
        said = {*(events[at].to or ()), events[at].role}
        for item in params.roles:
            any_of = [item] if isinstance(item, str) else item
            if not any(_called(role, pack) in said for role in any_of):
                _send(events, at, "to", any_of[:1], pack)


def _precedes(events: list[Event], params: Any, pack: Pack) -> None:
    """What comes before is a document: the event before bears it."""
    for at in _selected(events, params.of, params.when, pack):
        wanted = [w for w in params.first if w.artefact and not w.activity]
        if not any(_fits(events, n, w, pack) for w in params.first_any for n in range(at)):
            wanted += [w for w in params.first_any if w.artefact and not w.activity][:1]
        for one in wanted:
            if at and not any(_fits(events, n, one, pack) for n in range(at)):
                _give(events, at - 1, [one.artefact])


_OWED: dict[str, Callable[[list[Event], Any, Pack], None]] = {
    "accompanied": _accompanied,
    "gathers": _gathers,
    "addressed": _addressed,
    "jointly": _jointly,
    "precedes": _precedes,
}


def _selected(events: Sequence[Event], wanted: Events, when: Events | None, pack: Pack) -> list[int]:
    if when is not None and not any(_fits(events, at, when, pack) for at in range(len(events))):
        return []
    return [at for at in range(len(events)) if _fits(events, at, wanted, pack)]


def _fits(events: Sequence[Event], at: int, wanted: Events, pack: Pack) -> bool:
    """As :func:`checker.cases.model.fits`, on a made event, which says everything in the pack's own words."""
    event = events[at]
    if any(_fits(events, at, other, pack) for other in wanted.excluded):
        return False
    if wanted.last is not None:
        among = [n for e in events[:at] if (n := e.activity or e.milestone) in wanted.last.among]
        if among[-1:] != [wanted.last.activity]:
            return False
    return (
        (not wanted.activity or (event.activity or event.milestone) in wanted.activity)
        and (wanted.artefact is None or wanted.artefact in {a.type for a in event.artefacts or ()})
        and wanted.outcome in (None, event.outcome)
        and (wanted.role is None or _called(wanted.role, pack) == event.role)
    )


def _one_of(events: Iterable[Event], some: Sequence[str]) -> Sequence[str]:
    kept = {a.type for e in events for a in e.artefacts or ()}
    return () if kept.intersection(some) else some[:1]


def _give(events: list[Event], at: int, artefacts: Iterable[str]) -> None:
    event = events[at]
    kept = event.artefacts or ()
    new = [Artefact(a) for a in dict.fromkeys(artefacts) if a not in {k.type for k in kept}]
    if new:
        events[at] = replace(event, artefacts=(*kept, *new))


def _send(events: list[Event], at: int, way: str, roles: Iterable[str], pack: Pack) -> None:
    event = events[at]
    said: tuple[str, ...] = getattr(event, way) or ()
    new = [name for role in roles if (name := _called(role, pack)) not in said and (way == "via" or name != event.role)]
    if new:
        events[at] = replace(event, **{way: (*said, *dict.fromkeys(new))})


def _called(role: str, pack: Pack) -> str:
    return pack.roles[role].name if role in pack.roles else role
