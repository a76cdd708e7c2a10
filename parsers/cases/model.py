"""The located model of a case record, whatever file it came in.

What the record does not say is None, and what it says is kept as written: nothing here is judged or completed.
The structs hold no cycles, so the garbage collector is spared them: a log has millions.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import msgspec

from parsers.model import Gap, Place

MEXICO_CITY = ZoneInfo("America/Mexico_City")
"""Whose days count, and the time of what gives no offset."""


class When(msgspec.Struct, frozen=True, gc=False):
    """A time as the record gives it."""

    text: str
    """As written."""
    value: dt.datetime | None
    """With its offset; Mexico City time where none is given. None where it cannot be read."""
    day_only: bool = False
    """Only the date is known; ``value`` is then that day's midnight in Mexico City."""
    problem: str = ""
    """Why it cannot be read or trusted, a clause in Spanish: ``el 31 de febrero no existe``, ``el año 0206 no es creíble``."""

    @property
    def day(self) -> dt.date | None:
        """The day in Mexico City, whatever offset the time is written with: that is where terms run. None where it cannot be read."""
        value = self.value
        if value is None:
            return None
        return value.date() if value.tzinfo is MEXICO_CITY else value.astimezone(MEXICO_CITY).date()


class Artefact(msgspec.Struct, frozen=True, gc=False):
    """What an event produced, sent or used."""

    type: str
    """Id or official name of a document type, as written."""
    file: str | None = None
    """Path of the document as written, relative to the record."""


class Event(msgspec.Struct, frozen=True, gc=False):
    """One thing done. Texts are as written; None is what the record does not say."""

    number: int
    """From 1, in the record's order within its case."""
    id: str | None = None
    activity: str | None = None
    """Number or name of the activity."""
    milestone: str | None = None
    """Key ``event``: a named milestone instead of an activity."""
    at: When | None = None
    role: str | None = None
    person: str | None = None
    unit: str | None = None
    outcome: str | None = None
    """The branch taken, where the activity decides."""
    artefacts: tuple[Artefact, ...] | None = None
    """None: nothing is said of artefacts. Empty: the record says that there are none."""
    to: tuple[str, ...] | None = None
    via: tuple[str, ...] | None = None
    period: str | None = None
    """The period that a report covers, as written."""
    place: Place = Place()
    """Line in YAML, JSON, CSV and XES; cell in workbooks."""
    notes: tuple[str, ...] = ()
    """In Spanish: what was inferred in reading, and keys that are not known."""
    sure: float | None = None
    """How sure an inferred event is, 0–1; None for one that somebody recorded."""


class CaseRecord(msgspec.Struct, frozen=True, gc=False):
    """What was done in one case."""

    case: str
    procedure: str | None
    """``pack#procedure`` or a name, as written."""
    events: tuple[Event, ...]
    place: Place
    notes: tuple[str, ...] = ()
    """In Spanish: how the case was read."""
    gaps: tuple[Gap, ...] = ()
    """What of it could not be read; what rests on it is undetermined."""
