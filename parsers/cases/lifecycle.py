"""Which of the events of a case tell that something was done, where they tell of its beginning and end apart.

The values are those of the lifecycle extension of XES (IEEE 1849-2023, 7.2): ``schedule``, ``start``, ``suspend``, ``complete`` …
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from parsers.cases.finish import MOST
from parsers.cases.model import Event


def counted(events: Sequence[Event], transitions: Sequence[str | None]) -> tuple[list[Event], list[str]]:
    """The events that end an activity; where none does, those that begin one; else all. And what is to be noted, in Spanish.

    ``transitions`` are those of the events; one that states none counts always. The events that stay are numbered anew.
    """
    told = {transition for transition in transitions if transition is not None}
    if not told or told == {"complete"}:
        return list(events), []
    wanted = next((transition for transition in ("complete", "start") if transition in told), None)
    if wanted is None:
        return list(events), [
            f"los eventos no dicen que la actividad terminara ({', '.join(sorted(told))}); se tomaron todos"
        ]
    notes: list[str] = []
    if wanted == "start":
        notes.append("los eventos solo dicen que la actividad empezó (lifecycle:transition «start»)")
    kept: list[Event] = []
    aside: list[str] = []
    for event, transition in zip(events, transitions, strict=True):
        if transition is None or transition == wanted:
            kept.append(event if event.number == len(kept) + 1 else replace(event, number=len(kept) + 1))
        elif len(aside) < MOST:
            aside.append(_told(event, transition))
    dropped = len(events) - len(kept)
    if dropped:
        more = f" y {dropped - len(aside)} más" if dropped > len(aside) else ""
        notes.append(
            f"de lifecycle:transition solo se tomaron los «{wanted}»; quedaron aparte: {'; '.join(aside)}{more}"
        )
    return kept, notes


def transition_of(text: str | None) -> str | None:
    """A transition as written, as it is compared."""
    return (text or "").strip().casefold() or None


def _told(event: Event, transition: str) -> str:
    where = f"línea {event.place.line}" if event.place.line is not None else f"{event.place.cell}"
    name = event.activity or event.milestone
    return f"{where}, «{transition}»{f' de «{name}»' if name else ''}"
