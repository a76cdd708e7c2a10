"""iCalendar: what goes out comes back through a reader of RFC 5545, and nothing breaks out of its line."""

import datetime as dt
import re

import icalendar
from msgspec.structs import replace

from checker.agenda.ics import ics, uid
from checker.agenda.model import Agenda

D = dt.date


def test_every_deadline_comes_back(agenda: Agenda) -> None:
    calendar = icalendar.Calendar.from_ical(ics(agenda))
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    events = calendar.walk("VEVENT")
    assert [e.decoded("DTSTART") for e in events] == [item.last for item in agenda.dated]
    assert all(type(e.decoded("DTSTART")) is dt.date for e in events)
    assert all(e.decoded("DTEND") - e.decoded("DTSTART") == dt.timedelta(1) for e in events)
    assert [str(e["DESCRIPTION"]) for e in events][-1] == "\n".join(agenda.dated[-1].explained()).replace("\x07", "�")
    assert "Informe de riesgos de las RTR, enero de 2026 (CAPSOI)" in [str(e["SUMMARY"]) for e in events]
    assert len({str(e["UID"]) for e in events}) == len(events)


def test_a_description_says_rule_numeral_and_working(agenda: Agenda) -> None:
    told = agenda.dated[0].explained()
    assert told[1] == "Numeral 7.2.2.3 de 1000-001-004 (regla OT-041.plazo)."
    assert told[2].startswith("A cargo de: Coordinación de Análisis")
    assert told[3].startswith(
        "Se cuenta desde el 31 de diciembre de 2025 (cierre de diciembre de 2025): 5 días hábiles;"
    )


def test_many_owners_are_counted_and_all_named_in_the_description(agenda: Agenda) -> None:
    item = replace(
        agenda.dated[0], duty=replace(agenda.dated[0].duty, short=("A", "B", "C", "D"), who=("a", "b", "c", "d"))
    )
    assert item.duty.whose == "A, B u otros 2"
    assert "A cargo de: a o b o c o d." in item.explained()


def test_lines_are_folded_and_end_in_crlf(agenda: Agenda) -> None:
    written = ics(agenda)
    lines = written.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", written.replace(b"\r\n", b""))
    unfolded = written.replace(b"\r\n ", b"").split(b"\r\n")
    assert all(re.match(rb"[A-Z-]+[;:]", line) for line in unfolded[:-1])


def test_the_same_agenda_is_the_same_file(agenda: Agenda) -> None:
    assert ics(agenda) == ics(agenda)
    assert ics(agenda).count(b"DTSTAMP:20260101T000000Z") == len(agenda.dated)


def test_an_event_keeps_its_uid_when_its_day_moves(agenda: Agenda) -> None:
    item = agenda.dated[0]
    assert uid(replace(item, last=D(2026, 1, 9), working="")) == uid(item)
    assert uid(replace(item, anchor=D(2026, 1, 1))) != uid(item)
