"""``same_order``: units are attended in the order in which they came."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import msgspec

from checker.cases.model import Case, Step
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.cases.asking import CaseParams
from checker.kinds.cases.belonging import came_before, unit_of
from checker.kinds.cases.telling import actor, besides, called, dated, happened, subject
from checker.kinds.protocol import Context
from checker.kinds.values import capital
from checker.packs.procedures import Events


class Params(CaseParams, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words of the kind."""

    of: Events
    """What is done for each unit in its turn; the first of each unit counts."""
    came: Events = msgspec.field(name="as")
    """What gives the units their turns."""


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """Units attended before one that had come earlier; and once, events of no unit where several could be meant."""
    if not params.asked(case):
        return
    attended, came = case.select(params.of), case.select(params.came)
    by_role = not any(unit_of(s) for s in (*came, *attended))
    turns, served = _first(came, by_role), _first(attended, by_role)
    order = [unit for unit in served if unit in turns]
    for one, two in itertools.pairwise(order):
        ahead = came_before(served[two], served[one]) is False and came_before(turns[one], turns[two]) is False
        if ahead:
            yield _fact(rule, params, case, "ahead", served[one], turns[two])
    unsaid = [s for s in (*attended, *came) if not _office(s, by_role)]
    if unsaid and len(attended) > 1 and len(came) > 1:
        yield _fact(rule, params, case, "unsaid", unsaid[0], unsaid[0], besides(len(unsaid)))


def _office(step: Step, by_role: bool) -> str:
    """Whose turn it is; empty where the record does not say. Where no event names a unit, each role is one."""
    return (step.role or "") if by_role else unit_of(step)


def _first(steps: Sequence[Step], by_role: bool) -> dict[str, Step]:
    found: dict[str, Step] = {}
    for step in steps:
        if office := _office(step, by_role):
            found.setdefault(office, step)
    return found


def _fact(rule: str, params: Params, case: Case, state: str, step: Step, earlier: Step, more: str = "") -> Fact:
    words = {
        "what": called(case, params.of, step if state == "ahead" else None),
        "came": called(case, params.came),
        "when": happened(case, step),
        "unit": step.event.unit or actor(case, step),
        "earlier": earlier.event.unit or actor(case, earlier),
        "day": dated(earlier),
        "more": more,
    }
    about = subject(params.of, step if state == "ahead" else None)
    return Fact("same_order", rule, {"state": state}, about, step.place, step.quote, (earlier.place,), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """A unit was attended before its turn; or the record does not say which unit it was."""
    return (
        Clause("same_order", rule, (Test("state", "==", "ahead"),), "violated", "ahead"),
        Clause("same_order", rule, (Test("state", "==", "unsaid"),), "undetermined", "unsaid"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """Who was attended before whom."""
    w = fact.words
    if say == "unsaid":
        return f"No se pudo determinar si {w['what']} sigue el orden de {w['came']}: hay eventos que no dicen de qué unidad son{w['more']}."
    return (
        f"{capital(w['what'])} consta {w['when']}, para «{w['unit']}» antes que para «{w['earlier']}», que llegó primero "
        f"({w['came']} {w['day']})."
    )
