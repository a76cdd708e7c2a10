"""An agenda: dated duties, and those that wait for something to happen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from checker.calendar.days import Calendar


class AgendaError(ValueError):
    """What is asked for does not exist: a role, a unit, a pack. One line in English; exit code 2."""


class Duty(msgspec.Struct, frozen=True):
    """What a rule asks of somebody, whenever it falls due. Texts are Spanish."""

    pack: str
    """Id of the pack."""
    edition: str
    norm: str
    """Title of the norm."""
    clave: str
    """Empty where the norm bears none."""
    numeral: str
    """As a person cites it."""
    rule: str
    """Id of the rule."""
    title: str
    """What the rule says."""
    what: str
    """The artefact or activity owed, as the norm calls it."""
    who: tuple[str, ...]
    """Names of the roles of which one owes it; empty where the norm does not say."""
    short: tuple[str, ...]
    """The same by their abbreviations, where they have one."""
    note: str = ""
    """The interpretation on which the rule rests, or another rule that asks the same."""

    @property
    def whose(self) -> str:
        """Who owes it, in few words; of many, the first ones and how many more."""
        if len(self.short) > 3:
            return f"{self.short[0]}, {self.short[1]} u otros {len(self.short) - 2}"
        return " o ".join(self.short) or "sin responsable señalado"

    @property
    def source(self) -> str:
        """Where it is laid down: ``numeral 7.2.2.3``, with the norm's clave or title."""
        return f"numeral {self.numeral} de {self.clave or f'«{self.norm}»'}"


class Dated(msgspec.Struct, frozen=True):
    """A duty on its last day."""

    duty: Duty
    last: dt.date
    first: dt.date | None
    """First day of the days on which it must be done; None: any day until the last one."""
    period: str
    """The period that it answers for, or in which it is done, in Spanish: ``enero de 2026``."""
    anchor: dt.date
    """First day of that period; with the rule it tells this instance from every other, whatever days an office closes."""
    working: str
    """How the last day was counted."""

    def explained(self) -> list[str]:
        """The rule, its numeral, who owes it and how the day was counted; a sentence each."""
        duty = self.duty
        source = duty.source
        told = [f"{duty.title.rstrip('.')}.", f"{source[:1].upper()}{source[1:]} (regla {duty.rule})."]
        if duty.who:
            told.append(f"A cargo de: {' o '.join(duty.who)}.")
        told.append(self.working)
        return [*told, duty.note] if duty.note else told


class Undated(msgspec.Struct, frozen=True):
    """A duty without a day of its own."""

    duty: Duty
    when: str
    """What sets it off, in Spanish: ``5 días hábiles después de la presentación de resultados``, ``cada día``."""


class Agenda(msgspec.Struct, frozen=True):
    """What is owed from ``start`` to ``end``, both included."""

    start: dt.date
    end: dt.date
    owners: tuple[str, ...]
    """Roles that were asked for, by name; empty for all."""
    norms: tuple[str, ...]
    """The norms gathered from: title, with clave and edition."""
    calendar: str
    """As receipts name it."""
    days: Calendar
    dated: tuple[Dated, ...]
    """By last day."""
    undated: tuple[Undated, ...]

    @property
    def title(self) -> str:
        """What the agenda is, in one line."""
        return f"Plazos: {'; '.join(self.owners)}" if self.owners else "Plazos"

    def rests(self) -> Iterator[tuple[dt.date, str]]:
        """Days of rest that are no weekends, with their names."""
        return (
            (day, why) for day, why in self.days.skipped(self.start - dt.timedelta(1), self.end) if day.weekday() < 5
        )
