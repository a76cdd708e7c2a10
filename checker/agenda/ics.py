"""An agenda as iCalendar (RFC 5545), to be imported in Outlook, Google Calendar or Thunderbird."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from checker.agenda.model import Agenda, Dated
from checker.report.words import printable

_DAY = dt.timedelta(1)


def ics(agenda: Agenda) -> bytes:
    """One all-day event on each last day; duties without a day of their own have no place here.

    UIDs depend on rule and period alone, so that importing a later agenda moves events instead of repeating them. DTSTAMP is the
    agenda's first day: the same agenda is the same file.
    """
    from icalendar import Calendar

    calendar: Any = Calendar()
    calendar.add("prodid", "-//vobo//Calendario de plazos//ES")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", agenda.title)
    for item in agenda.dated:
        calendar.add_component(_event(item, agenda.start))
    return bytes(calendar.to_ical())


def uid(item: Dated) -> str:
    """What tells this deadline from every other, in whatever agenda it stands."""
    key = "\n".join((item.duty.pack, item.duty.rule, item.anchor.isoformat()))
    return f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@vobo"


def _event(item: Dated, stamp: dt.date) -> Any:
    from icalendar import Event

    duty = item.duty
    event: Any = Event()
    event.add("uid", uid(item))
    event.add("dtstamp", dt.datetime.combine(stamp, dt.time(), dt.UTC))
    event.add("dtstart", item.last)
    event.add("dtend", item.last + _DAY)
    event.add("summary", printable(f"{duty.what}, {item.period} ({duty.whose})"))
    event.add("description", printable("\n".join(item.explained())))
    event.add("categories", [printable(duty.clave or duty.norm)])
    event.add("transp", "TRANSPARENT")
    event.add("x-microsoft-cdo-busystatus", "FREE")
    return event
