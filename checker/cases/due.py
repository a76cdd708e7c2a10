"""What is due in a case: the activities that may follow, and the terms that its events have opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from checker.agenda.owners import owners
from checker.calendar.working import working
from checker.cases.automaton import automaton
from checker.cases.law import Asked, Law
from checker.cases.model import Case, Step, subject_of
from checker.kinds.cases.deadline_events import Opened, opened_terms
from checker.kinds.cases.terms import read_term
from checker.spanish.saying import either


class Term(msgspec.Struct, frozen=True):
    """A term that the case opened, answered or not."""

    rule: str
    title: str
    numeral: str
    subject: str
    """Activity or artefact that is due."""
    what: str
    """The same in words."""
    opened: dt.date
    last: dt.date
    done: dt.date | None
    """When it was done; None while it is not."""
    working: str
    """How the days were counted."""
    activities: tuple[str, ...] = ()
    """Activities by which it is done."""
    roles: tuple[str, ...] = ()
    """Roles of which one owes it."""
    shared: bool = False
    """Several acts share what opens it, and one may suffice."""


class Due(msgspec.Struct, frozen=True):
    """Something to be done next."""

    what: str
    activity: str | None
    who: str
    """The roles that may do it; empty where the norm does not say."""
    artefacts: tuple[str, ...]
    to: tuple[str, ...]
    via: tuple[str, ...]
    until: dt.date | None
    """Last day; None where no term runs."""
    working: str
    numeral: str
    outcome: str = ""
    """Where the last activity decides and its outcome is not known: the outcome that leads here."""


def terms_of(case: Case, law: Law) -> list[Term]:
    """The terms that the case's events opened, by their last day."""
    found = [term for asked in law.timed if asked.rule.kind == "deadline" for term in _terms(asked, case, law)]
    return sorted(found, key=lambda t: (t.last, t.rule, t.opened))


def _terms(asked: Asked, case: Case, law: Law) -> Iterator[Term]:
    params = asked.params
    if params.missing == "only" or not params.asked(case):
        return
    term = read_term(params.within, params.at_least, law.pack, law.calendar)
    for opened in opened_terms(params, case, term):
        day = opened.trigger.day
        assert day is not None, "a term opens on a day"
        assert term.within is not None, "and has a last one"
        obligation = law.pack.obligations.get(asked.rule.obligations[0])
        numeral = asked.rule.head.numeral or (obligation.numeral if obligation else "")
        subject = subject_of(params.of)
        yield Term(
            asked.id,
            asked.rule.head.title,
            law.pack.cited(numeral),
            subject,
            case.artefact_name(subject) if params.of.artefact else case.name(subject),
            day,
            opened.last,
            _done(opened),
            working(day, _called(case, opened.trigger), term.within, law.calendar, "vence"),
            params.of.activity,
            owners(params.of, case.procedure, law.pack.casebook.rules_on(case.procedure.id)),
            params.missing == "untold",
        )


def _done(opened: Opened) -> dt.date | None:
    return opened.act.day if opened.act is not None else None


def _called(case: Case, step: Step) -> str:
    return f"actividad {case.name(step.activity)}" if step.activity else "hecho que abre el plazo"


def due_next(case: Case, law: Law) -> list[Due]:
    """What may be done now: where the case is a flow, what follows its last activity in place; and every term not yet answered.

    Empty where the case is at its end and owes nothing.
    """
    terms = [term for term in terms_of(case, law) if term.done is None]
    following = dict(_following(case, law))
    found: list[Due] = []
    for activity, outcome in following.items():
        term = next((t for t in terms if activity in t.activities), None)
        if term is not None:
            terms.remove(term)
        found.append(_due(case, law, activity, term, outcome))
    if case.procedure.starts:
        # what stands in the flow is due in its turn; beside it, at any time
        terms = [t for t in terms if not t.activities or any(_beside(case, a) for a in t.activities)]
    found += [_owed(case, law, term) for term in terms]
    return sorted(found, key=lambda d: d.until or dt.date.max)


def _beside(case: Case, activity: str) -> bool:
    return case.procedure.activities[activity].anywhere


def _following(case: Case, law: Law) -> Iterator[tuple[str, str]]:
    """The activities that may follow the last that is in place, each with the outcome that leads to it where that is not known."""
    if law.nets is None or case.course is None:
        return
    machine = automaton(law.nets.flow)
    path = case.course.path
    recorded = max((n for n, (_, step) in enumerate(path) if step is not None), default=-1)
    begun = path[0][0] if path else ""
    # an extract begins anywhere: after its first activity there is but one place to be, except within a group
    states = {t.source for t in machine.transitions if t.label == begun} if case.partial else {0}
    for label, _ in path[: recorded + 1]:
        states = {t.target for s in states for t in machine.steps[s] if t.label == label}
    if recorded >= 0 and states & machine.finals:
        return  # the case may end here
    last = path[recorded][1] if recorded >= 0 else None
    decides = case.procedure.activities[last.activity].decides if last and last.activity else {}
    leads = {name: outcome for outcome, b in decides.items() for name in case.procedure.within_reach(b.next)}
    known = case.procedure.within_reach(decides[last.outcome].next) if last and last.outcome in decides else None
    for label in dict.fromkeys(t.label for s in sorted(states) for t in machine.steps[s]):
        if known is None or label in known:
            yield label, "" if known is not None else leads.get(label, "")


def _due(case: Case, law: Law, name: str, term: Term | None, outcome: str) -> Due:
    activity = case.procedure.activities[name]
    obligation = law.pack.obligations.get(activity.obligation or "")
    return Due(
        case.name(name),
        name,
        either([case.role_name(r) for r in activity.roles]),
        tuple(dict.fromkeys(case.artefact_name(a) for a in (*activity.does, *(s.artefact for s in activity.sends)))),
        tuple(dict.fromkeys(case.role_name(r) for s in activity.sends for r in (*s.to, *s.to_any))),
        tuple(dict.fromkeys(case.role_name(r) for s in activity.sends for r in s.via)),
        term.last if term else None,
        term.working if term else "",
        law.pack.cited(activity.numeral or (obligation.numeral if obligation else "")),
        outcome.replace("-", " "),
    )


def _owed(case: Case, law: Law, term: Term) -> Due:
    names = [a for a in term.activities if a in case.procedure.activities]
    artefacts = (term.what,) if term.subject not in case.procedure.activities else ()
    return Due(
        f"{term.title} (si corresponde)" if term.shared else term.title,
        names[0] if len(names) == 1 else None,
        either([case.role_name(r) for r in term.roles]),
        artefacts,
        (),
        (),
        term.last,
        term.working,
        term.numeral,
    )
