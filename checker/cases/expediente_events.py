"""The events of an expediente: what its messages and documents tell of, and what follows from them between one and the next."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from checker.cases.expediente_flow import Choice, Flow
from checker.cases.expediente_items import Item
from checker.cases.expediente_kinds import Kinds
from checker.cases.expediente_maker import Maker
from checker.cases.identify import Identifier
from checker.cases.sureness import SURE_ENOUGH
from checker.spanish.saying import joined
from parsers.cases.model import Event
from parsers.model import Place


class Derived(msgspec.Struct, frozen=True):
    """The events of an expediente under one procedure."""

    events: tuple[Event, ...]
    notes: tuple[str, ...]
    gaps: tuple[str, ...]
    worth: float
    """How well the procedure explains the expediente, 0–1."""


def derive(items: Sequence[Item], kinds: Kinds, identifier: Identifier) -> Derived:
    """The events that the pieces tell of, with those that follow from them, in order."""
    flow = Flow(kinds.procedure)
    choices, worth = flow.choose([item.candidates for item in items])
    maker = Maker(kinds, identifier)
    placed = [(item, choice) for item, choice in zip(items, choices, strict=True) if choice.candidate is not None]
    events: list[Event] = []
    known: set[str] = set()
    last: tuple[str, Item] | None = None
    for n, (item, choice) in enumerate(placed):
        assert choice.candidate is not None, "only what tells of an activity is placed"
        activity = choice.candidate.activity
        types = known | {p.type for p in item.papers if p.type}

        def shows(name: str, types: set[str] = types) -> bool:
            return maker.shows(name, types)

        way = flow.between(last[0] if last else "", activity, shows) if kinds.procedure.starts else ()
        following = placed[n + 1][1].candidate if n + 1 < len(placed) else None
        if way is None and last and following and flow.between(last[0], following.activity, shows) is not None:
            pass  # this one is out of place: the next goes on where the last one left off
        else:
            for at, name in enumerate(way or ()):
                nxt = (way or ())[at + 1] if at + 1 < len(way or ()) else activity
                events.append(maker.between(name, nxt, last[1] if last else None, item, flow))
            last = (activity, item)
        events.append(maker.event(item, choice, known))
        known = types | maker.messages_of(activity)
    notes, gaps = _left_out(items, choices, kinds)
    numbered = tuple(replace(e, number=n, place=Place(event=n)) for n, e in enumerate(events, 1))
    doubtful = [f"«{e.id}»" for e in numbered if e.id and e.sure is not None and e.sure < SURE_ENOUGH]
    doubts = [f"no es seguro de qué actividad da cuenta {joined(doubtful)}; confírmelo en el registro derivado"]
    return Derived(numbered, tuple(notes), (*gaps, *(doubts if doubtful else ())), worth / len(items) if items else 0.0)


def _left_out(items: Sequence[Item], choices: Sequence[Choice], kinds: Kinds) -> tuple[list[str], list[str]]:
    """What tells of no activity: a note, or a gap where it may have to do with the case."""
    notes: list[str] = []
    gaps: list[str] = []
    concerned = {*kinds.procedure.artefacts, *kinds.procedure.makers}
    for item, choice in zip(items, choices, strict=True):
        if choice.candidate is not None:
            continue
        near = choice.runner_up
        likely = f"; lo más parecido es la actividad {kinds.procedure.title_of(near.activity)}" if near else ""
        what = "el correo" if item.seen else "el documento"
        if item.seen and ((near and near.score >= 0.35) or any(p.type in concerned for p in item.papers)):
            gaps.append(f"«{item.name}»: no se reconoce de qué actividad da cuenta {what}{likely}")
        else:
            notes.append(f"«{item.name}»: {what} no da cuenta de ninguna actividad; se dejó fuera del registro")
    return notes, gaps
