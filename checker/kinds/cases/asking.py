"""What every declared rule on cases may ask of events: which ones, whether at all, and which of them belong together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from checker.cases.model import Case, Step, fits
from checker.packs.procedures import Events
from checker.spanish.text import flat, squeeze

Absent = Literal["violated", "undetermined"]


class CaseParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that every declared kind on cases has."""

    when: Events | None = None
    """The rule is asked only of cases with such an event."""

    def asked(self, case: Case) -> bool:
        """Whether the rule is asked of this case."""
        return self.when is None or bool(case.select(self.when))


def possible(case: Case, wanted: Events) -> tuple[Step, ...]:
    """The steps that ``wanted`` may mean though the record does not say so: what it asks for is unsaid, and contradicted by nothing.

    A record that keeps its artefacts is taken at its word where it is silent of them.
    """
    if wanted.artefact is None and wanted.outcome is None and wanted.role is None:
        return ()
    near = case.select(msgspec.structs.replace(wanted, artefact=None, outcome=None, role=None))
    return tuple(s for s in near if not fits(s, wanted) and _may_fit(case, s, wanted))


def _may_fit(case: Case, step: Step, wanted: Events) -> bool:
    if wanted.artefact is not None and wanted.artefact not in (step.artefacts or ()):
        silent = step.artefacts is None and not case.keeps("artefacts")
        if not silent:
            return False
    if wanted.outcome is not None and step.outcome not in (None, wanted.outcome):
        return False
    return wanted.role is None or not step.roles or wanted.role in step.roles


def unit_of(step: Step) -> str:
    """The unit of an event as it is compared; empty where the record does not say."""
    return squeeze(flat(step.event.unit or ""))


def period_of_step(step: Step) -> str:
    """The period of an event as it is compared; empty where the record does not say."""
    said = step.event.period
    if not said:
        return ""
    from checker.calendar.spans import read_span

    span = read_span(said, step.day.year if step.day else None)
    return f"{span.start}/{span.end}" if span else squeeze(flat(said))


def together(one: Step, other: Step) -> bool:
    """Whether two events may belong to the same matter: neither unit nor period, where both state them, sets them apart."""
    mine, yours = unit_of(one), unit_of(other)
    if mine and yours and mine != yours:
        return False
    return not (one.event.period and other.event.period) or period_of_step(one) == period_of_step(other)


def came_before(one: Step, other: Step) -> bool | None:
    """Whether ``one`` took place before ``other``; None where the record does not tell.

    Times decide, else days; the record's order decides within one event, and where neither has a date. On one day of which not both
    have the hour, and where a date is missing or unread, the record's order is believed when it says so, and denies nothing.
    """
    earlier = one.position < other.position
    if one.event is other.event or (one.event.at is None and other.event.at is None):
        return earlier
    if one.at is not None and other.at is not None:
        if not one.day_only and not other.day_only and one.at != other.at:
            return one.at < other.at
        if one.day is not None and other.day is not None and one.day != other.day:
            return one.day < other.day
    return True if earlier else None


class Peers:
    """Events by unit, to find those that may belong with another."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps
        self._by_unit: dict[str, list[Step]] = {}
        for step in steps:
            self._by_unit.setdefault(unit_of(step), []).append(step)

    def of(self, step: Step) -> list[Step]:
        """Those of the unit and period of ``step``, as far as both state them, in order; never itself."""
        unit = unit_of(step)
        near: Sequence[Step] = self._steps
        if unit:
            near = sorted([*self._by_unit.get(unit, ()), *self._by_unit.get("", ())], key=lambda s: s.position)
        return [s for s in near if s.position != step.position and together(s, step)]
