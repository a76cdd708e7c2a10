"""``separation``: two things are not done by the same person: who draws up does not approve."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice, takewhile

from checker.cases.model import Case, Step
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.cases.asking import CaseParams, silence
from checker.kinds.cases.belonging import Peers
from checker.kinds.cases.persons import same
from checker.kinds.cases.telling import actor, besides, called, happened, subject
from checker.kinds.protocol import Context
from checker.kinds.values import capital
from checker.packs.procedures import Events


class Params(CaseParams, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words of the kind."""

    of: Events
    """What the one does: approving."""
    other: Events
    """What the other does: drawing up."""


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """Pairs of the same person; names that are only alike; and, told once, pairs of which too little is said."""
    if not params.asked(case):
        return
    unsaid: list[tuple[Step, Step]] = []
    steps = case.select(params.of)
    others = case.select(params.other) if steps else ()
    if not others:
        return
    peers = Peers(others, steps)
    own = Peers(steps, steps) if len(steps) > 1 else None
    for step in steps:
        previous = next((s.position for s in own.before(step)), -1) if own is not None else -1
        for other in _opposite(step, peers, previous):
            likeness = _alike(case, step, other)
            if likeness == "unsaid":
                unsaid.append((step, other))
            elif likeness != "no":
                yield _fact(rule, params, case, likeness, step, other)
    if unsaid:
        yield _fact(rule, params, case, "unsaid", *unsaid[0], besides(len(unsaid)))


def _opposite(step: Step, peers: Peers, previous: int) -> list[Step]:
    """What one act is held against: since the one before it; else the latest before that, else the first after."""
    since = list(takewhile(lambda s: s.position > previous, peers.before(step)))
    return since or list(islice(chain(peers.before(step), peers.after(step)), 1))


def _alike(case: Case, step: Step, other: Step) -> str:
    """``yes``, ``no``, ``unsure`` or ``unsaid``. Without persons, roles that differ are different people; one role may be several."""
    one, two = step.event.person, other.event.person
    if one and two:
        return same(case, one, two)
    return "no" if step.roles and other.roles and not set(step.roles) & set(other.roles) else "unsaid"


def _fact(rule: str, params: Params, case: Case, same: str, step: Step, other: Step, more: str = "") -> Fact:
    words = {
        "what": called(case, params.of, step),
        "other": f"{called(case, params.other, other)} ({happened(case, other)})",
        "when": happened(case, step),
        "one": step.event.person or actor(case, step),
        "two": other.event.person or actor(case, other),
        "more": more,
    }
    about = subject(params.of, step)
    silent = silence(case, "person") if same == "unsaid" else ""
    return Fact(
        "separation", rule, {"same": same, "silent": silent}, about, step.place, step.quote, (other.place,), words
    )


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """One person did both; names are alike, or nobody says who."""
    return (
        Clause("separation", rule, (Test("same", "==", "yes"),), "violated", "same"),
        Clause("separation", rule, (Test("same", "==", "unsure"),), "undetermined", "alike"),
        Clause("separation", rule, (Test("same", "==", "unsaid"),), "undetermined", "unsaid"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """Both things, and who did them."""
    w = fact.words
    if say == "same":
        both = f"{capital(w['what'])} ({w['when']}) y {w['other']}"
        return f"{both} son de la misma persona, {w['one']}; deben ser de personas distintas."
    doubt = f"No se pudo determinar si {w['what']} ({w['when']}) y {w['other']} son de personas distintas"
    if say == "alike":
        return f"{doubt}: constan «{w['one']}» y «{w['two']}»."
    return f"{doubt}{w['more']}: el registro no señala a ambas."
