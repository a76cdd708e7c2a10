"""Duties from the rules of packs: deadlines, windows and periods, dated where they hang on the calendar alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from checker.agenda.dates import Instance, closing, opening, recurring, windows
from checker.agenda.model import Agenda, Dated, Duty, Undated
from checker.agenda.owners import Asked, named, owners, unit_at
from checker.calendar.days import Calendar, Closed, calendar_named, described
from checker.calendar.durations import Duration, read_duration
from checker.calendar.spans import EACH
from checker.evaluate import stands
from checker.packs.pack import Pack
from checker.packs.procedures import Events, Procedure
from checker.packs.rule import Rule

if TYPE_CHECKING:
    from checker.kinds.cases import deadline, periodicity, window

KINDS = ("deadline", "periodicity", "window")
"""The check kinds that say when something is owed."""


def gather(
    packs: Sequence[Pack],
    start: dt.date,
    end: dt.date,
    asked: Asked | None = None,
    *,
    owned_by: tuple[str, ...] = (),
    readings: Mapping[str, str] | None = None,
    closed: tuple[Closed, ...] = (),
    opened: tuple[dt.date, ...] = (),
) -> Agenda:
    """What is owed from ``start`` to ``end`` by the roles ``asked`` for (None: by anybody), under these readings and days.

    ``packs`` holds one edition of each norm; ``owned_by`` names the roles for people.
    """
    dated: list[Dated] = []
    undated: list[Undated] = []
    for pack in packs:
        calendar = calendar_named(pack.info.calendar, closed, opened)
        ask = _Asking(pack, calendar, start, end)
        for rule, procedure, often in _rules(pack, readings or {}):
            of: Events = rule.params.of
            roles = owners(of, procedure, pack.casebook.rules_on(procedure.id))
            unit = None if roles else unit_at(pack, pack.obligations[rule.obligations[0]].numeral)
            roles = (unit,) if unit else roles
            if asked is not None and asked.get(pack.info.id, frozenset()).isdisjoint(roles):
                continue
            duty = _duty(rule, procedure, pack, roles, by_numeral=bool(unit))
            found, when = ask.of(rule, procedure)
            dated += (Dated(duty, i.last, i.first, i.period, i.anchor, i.working) for i in found)
            if when:
                undated.append(Undated(duty, f"{often}, {when}" if often else when))
    names = {p.info.calendar for p in packs}
    return Agenda(
        start=start,
        end=end,
        owners=owned_by,
        norms=tuple(_norm(p) for p in packs),
        calendar=described(names, closed, opened),
        days=calendar_named(min(names), closed, opened),
        dated=tuple(sorted(dated, key=lambda d: (d.last, d.duty.pack, d.duty.rule, d.anchor))),
        undated=tuple(sorted(undated, key=lambda u: (u.duty.pack, u.duty.rule))),
    )


class _Asking(msgspec.Struct, frozen=True):
    """The days of one pack on which its rules are asked."""

    pack: Pack
    calendar: Calendar
    start: dt.date
    end: dt.date

    def of(self, rule: Rule, procedure: Procedure) -> tuple[list[Instance], str]:
        """The dates of a rule; or, where it has none of its own, what sets it off."""
        match rule.kind:
            case "deadline":
                return self._deadline(rule.params, procedure)
            case "window":
                return self._window(rule.params)
            case _:
                return self._periodicity(rule.params)

    def _deadline(self, params: deadline.Params, procedure: Procedure) -> tuple[list[Instance], str]:
        within = read_duration(params.within, self.pack.info.days) if params.within else None
        least = read_duration(params.at_least, self.pack.info.days) if params.at_least else None
        if params.close_of or params.opening_of:
            assert within is not None, "the kind demands it of terms that the calendar opens"
            span, months, calendar = (self.start, self.end), params.months, self.calendar
            if params.close_of:
                return list(closing(*span, params.close_of, months, within, calendar, early=params.nearest)), ""
            return list(opening(*span, params.opening_of or "month", months, within, calendar)), ""
        anchor = params.after or params.before
        assert anchor is not None, "the kind demands one of four"
        side = "después" if params.after else "antes"
        return [], _spoken_term(within, least, side, f"«{_what(anchor, procedure, self.pack)}»")

    def _window(self, params: window.Params) -> tuple[list[Instance], str]:
        days = None if params.days == (1, 31) else params.days
        return list(windows(self.start, self.end, params.months, days, self.calendar)), ""

    def _periodicity(self, params: periodicity.Params) -> tuple[list[Instance], str]:
        if params.every == "day":
            return [], EACH["day"]
        return list(recurring(self.start, self.end, params.every, params.times, self.calendar)), ""


def _spoken_term(within: Duration | None, least: Duration | None, side: str, trigger: str) -> str:
    """When something is owed that ``trigger`` sets off: ``dentro de los 5 días hábiles posteriores a «…»``."""
    if within is None:
        assert least is not None, "the kind demands one of the two"
        if not least.amount:
            return f"a más tardar el día de {trigger}" if side == "antes" else f"después de {trigger}"
        return f"{'a más tardar' if side == 'antes' else 'no antes de'} {least} {side} de {trigger}"
    if not within.amount:
        return f"el mismo día que {trigger}"
    if least is None or not least.amount:
        adjective = {"antes": "anterior", "después": "posterior"}[side]
        if within.amount == 1:
            return f"dentro del {str(within).removeprefix('1 ')} {adjective} a {trigger}"
        return f"dentro de los {within} {adjective}es a {trigger}"
    if least == within:
        return f"{within} {side} de {trigger}"
    lower = str(least.amount) if least.unit == within.unit else str(least)
    return f"entre {lower} y {within} {side} de {trigger}"


def _rules(pack: Pack, readings: Mapping[str, str]) -> Iterator[tuple[Rule, Procedure, str]]:
    """The rules that say when something is owed, each with its procedure, and how often where a deadline is of something periodic.

    What a deadline and a period ask alike is owed at the deadline: the period's own end is no limit.
    """
    for procedure in pack.casebook.procedures.values():
        rules = [r for r in pack.casebook.rules_on(procedure.id) if r.kind in KINDS and stands(r, pack, readings)]
        often = {_same(r.params.of): EACH[r.params.every] for r in rules if r.kind == "periodicity"}
        deadlines = [r for r in rules if r.kind == "deadline"]
        # one that only tells what never came lays down no term where another does, of the same or from the same trigger
        laid = [r for r in deadlines if r.params.missing != "only"]
        known = {_same(r.params.of) for r in laid} | {_term(r.params) for r in laid}
        laid += [r for r in deadlines if r not in laid and not {_same(r.params.of), _term(r.params)} & known]
        due = {_same(r.params.of) for r in laid}
        for rule in rules:
            same = _same(rule.params.of)
            if rule.kind == "deadline" and rule in laid:
                yield rule, procedure, often.get(same, "")
            elif rule.kind == "window" or (rule.kind == "periodicity" and same not in due):
                yield rule, procedure, ""


def _term(params: deadline.Params) -> tuple[object, ...]:
    """What sets a term off, and how long it is."""
    return (
        params.after,
        params.before,
        params.close_of,
        params.opening_of,
        params.months,
        params.within,
        params.at_least,
    )


def _same(of: Events) -> tuple[object, ...]:
    """What is owed, whichever activity brings it."""
    return (of.artefact, of.role) if of.artefact else (of.activity, of.role)


def _duty(rule: Rule, procedure: Procedure, pack: Pack, roles: tuple[str, ...], *, by_numeral: bool) -> Duty:
    obligation = pack.obligations[rule.obligations[0]]
    notes = ["Es de las funciones de esa unidad; la norma no señala otro responsable."] if by_numeral else []
    if rule.params.when:
        notes.append(f"Sólo cuando hay «{_what(rule.params.when, procedure, pack)}».")
    if rule.head.interpretation:
        notes.append(f"Conforme al criterio de interpretación {rule.head.interpretation}.")
    return Duty(
        pack=pack.info.id,
        edition=pack.info.edition,
        norm=pack.info.title,
        clave=pack.info.clave or "",
        numeral=pack.cited(rule.head.numeral or obligation.numeral),
        rule=rule.head.id,
        title=rule.head.title,
        what=_what(rule.params.of, procedure, pack),
        who=named(pack, roles),
        short=named(pack, roles, short=True),
        note=" ".join(notes),
    )


def _what(of: Events, procedure: Procedure, pack: Pack) -> str:
    """What ``of`` selects, as the norm calls it."""
    if of.artefact in pack.types:
        return pack.types[of.artefact].title
    if of.artefact in procedure.artefacts:
        return procedure.artefacts[of.artefact].title
    names = [procedure.activities[key].name for key in of.activity]
    return " o ".join(names) if len(names) in (1, 2) else f"Actividades de «{procedure.title}»"


def _norm(pack: Pack) -> str:
    clave = f", clave {pack.info.clave}" if pack.info.clave else ""
    return f"{pack.info.title}{clave}, edición {pack.info.edition}"
