"""The order of a record's events: by time where times tell, else as recorded."""

from __future__ import annotations

import datetime as dt
import itertools
import operator
from collections.abc import Sequence

from parsers.cases.model import Event


def in_order(events: Sequence[Event]) -> list[Event]:
    """The events by day; within a day those with a time of day by time, and those without where the record has them.

    An event without a readable date stays with the one recorded before it. What times do not tell apart keeps the record's order.
    """
    moments = [e.at.value for e in events if e.at is not None and not e.at.day_only and e.at.value is not None]
    if len(moments) == len(events) and all(map(operator.le, moments, itertools.islice(moments, 1, None))):
        return list(events)  # the common case
    day = next((d for e in events if e.at and (d := e.at.day)), dt.date.min)
    dated: list[tuple[dt.date, Event]] = []
    for event in events:
        if event.at is not None and event.at.value is not None:
            day = event.at.day or day
        dated.append((day, event))
    dated.sort(key=lambda item: item[0])
    ordered = [event for _, event in dated]
    start = 0
    for end in range(1, len(dated) + 1):
        if end == len(dated) or dated[end][0] != dated[start][0]:
            timed = [n for n in range(start, end) if _timed(ordered[n]) is not None]
            for n, event in zip(timed, sorted((ordered[n] for n in timed), key=_moment), strict=True):
                ordered[n] = event
            start = end
    return ordered


def _timed(event: Event) -> dt.datetime | None:
    return None if event.at is None or event.at.day_only else event.at.value


def _moment(event: Event) -> dt.datetime:
    moment = _timed(event)
    assert moment is not None, "only events with a time of day are sorted by it"
    return moment
