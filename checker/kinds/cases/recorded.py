"""``recorded``: the record says when each event took place, legibly, and no event twice."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import msgspec

from checker.cases.model import Case, Step
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.spanish.saying import spoken

_CREDIBLE = dt.timedelta(days=730)
"""How far ahead of today a date may lie where nobody says on which day the case is looked at."""


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The kind has no words."""


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """Times that cannot be read or trusted, events of a flow without one (told once), and ids that two events share."""
    events = case.record.events
    ids = Counter([e.id for e in events if e.id])
    if len(ids) == sum(ids.values()) and not any(e.at is None or e.at.problem for e in events):
        return
    first_undated = True
    last = case.as_of or dt.date.today() + _CREDIBLE
    for step in case.steps:
        event = step.event
        if event.at is None:
            if first_undated and case.procedure.starts:
                yield _fact(rule, case, step, "undated", "")
            first_undated = False
        elif step.day is not None and step.day > last:
            yield _fact(rule, case, step, "ahead", spoken(step.day))
        elif event.at.problem:
            yield _fact(rule, case, step, "doubtful", event.at.problem)
        if event.id and ids[event.id] > 1:
            ids[event.id] = 0
            yield _fact(rule, case, step, "same-id", event.id)


def _fact(rule: str, case: Case, step: Step, state: str, said: str) -> Fact:
    words = {"activity": case.name(step.activity) if step.activity else "", "said": said}
    subject = step.activity or "evento"
    return Fact("recorded", rule, {"state": state}, subject, step.place, step.quote, words=words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """None is a deviation of the case; each leaves something in doubt."""
    return tuple(
        Clause("recorded", rule, (Test("state", "==", state),), "undetermined", state)
        for state in ("undated", "doubtful", "ahead", "same-id")
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What the record leaves in doubt."""
    w = fact.words
    activity = f"La actividad {w['activity']}" if w["activity"] else "Un evento"
    if say == "undated":
        return f"{activity} no tiene fecha: no puede decirse si ocurrió en su orden y a tiempo."
    if say == "ahead":
        return f"{activity} consta con fecha del {w['said']}, que aún no llega: no puede darse por ocurrida."
    if say == "doubtful":
        return f"La fecha de la actividad {w['activity']} no puede darse por cierta: {w['said']}."
    return f"Dos eventos del registro tienen el mismo identificador, «{w['said']}»."
