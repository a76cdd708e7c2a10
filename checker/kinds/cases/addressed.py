"""``addressed``: something goes to certain roles, and through certain others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from checker.cases.model import Case, Step
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.cases.asking import CaseParams, silence
from checker.kinds.cases.reaching import reached, roles_named, strangers
from checker.kinds.cases.telling import besides, called, happened, subject
from checker.kinds.protocol import Context
from checker.kinds.values import capital
from checker.packs.procedures import Events
from checker.spanish.saying import either, joined


class Params(CaseParams, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words of the kind."""

    of: Events
    to: tuple[str, ...] = ()
    """Ids of roles that it goes to, every one of them."""
    to_any: tuple[str, ...] = ()
    """Ids of roles of which one suffices."""
    via: tuple[str, ...] = ()
    """Ids of roles through which it passes."""

    if_said: bool = False
    """Asked only of events that say to whom, or through whom, they went."""

    def __post_init__(self) -> None:
        """Refuse a rule that asks for nothing."""
        if not (self.to or self.to_any or self.via):
            raise ValueError("to, to_any or via is missing")


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """Events that do not reach somebody; what the record does not keep, or whom nobody knows, is told once.

    Who does the event is reached by it: a reception told by the one who receives.
    """
    doubts: dict[str, list[tuple[Step, str]]] = {}
    for step in case.select(params.of) if params.asked(case) else ():
        for way, every, some in (("to", params.to, params.to_any), ("via", params.via, ())):
            if params.if_said and (step.to if way == "to" else step.via) is None:
                continue
            state, lacking = _lacking(case, step, "to" if way == "to" else "via", every, some)
            if state == "missing":
                yield _fact(rule, params, case, way, state, step, lacking)
            elif state:
                doubts.setdefault(f"{way}-{state}", []).append((step, lacking))
    for name, doubtful in doubts.items():
        way, _, state = name.partition("-")
        yield _fact(rule, params, case, way, state, *doubtful[0], besides(len(doubtful)))


def _lacking(
    case: Case, step: Step, way: Literal["to", "via"], every: Sequence[str], some: Sequence[str]
) -> tuple[str, str]:
    """A state and the roles that are wanting, in words; two empty texts where nobody is."""
    said = step.to if way == "to" else step.via
    there = {*roles_named(case, said or ()), *step.roles}
    lacking = [case.role_name(r) for r in every if not reached(case, r, there)]
    if some and not any(reached(case, r, there) for r in some):
        lacking.append(either([case.role_name(r) for r in some]))
    if not lacking:
        return "", ""
    if said is None and not case.keeps(way):
        return "unsaid", joined(lacking)
    return "unknown" if strangers(case, said or ()) else "missing", joined(lacking)


def _fact(
    rule: str, params: Params, case: Case, way: str, state: str, step: Step, lacking: str, more: str = ""
) -> Fact:
    words = {
        "what": called(case, params.of, step),
        "when": happened(case, step),
        "how": "dirigirse a" if way == "to" else "enviarse por conducto de",
        "lacking": lacking,
        "more": more,
    }
    about = subject(params.of, step)
    silent = silence(case, "to" if way == "to" else "via") if state == "unsaid" else ""
    return Fact("addressed", rule, {"state": state, "silent": silent}, about, step.place, step.quote, words=words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Somebody is not reached; or the record does not say who is."""
    return (
        Clause("addressed", rule, (Test("state", "==", "missing"),), "violated", "missing"),
        Clause("addressed", rule, (Test("state", "==", "unknown"),), "undetermined", "unknown"),
        Clause("addressed", rule, (Test("state", "==", "unsaid"),), "undetermined", "unsaid"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The event, and whom it should reach."""
    w = fact.words
    due = f"{capital(w['what'])} ({w['when']}){w['more']} debe {w['how']} {w['lacking']}"
    if say == "missing":
        return f"{due}, y no consta que así fuera."
    if say == "unknown":
        return f"{due}; no se pudo determinar si así fue: el registro nombra a quien la norma no conoce."
    return f"{due}; no se pudo determinar si así fue: el registro no lo dice."
