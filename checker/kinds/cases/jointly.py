"""``jointly``: several roles take part in something, in one event or in several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.cases.model import Case, Step
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.cases.asking import CaseParams, silence
from checker.kinds.cases.belonging import period_of_step
from checker.kinds.cases.reaching import reached, roles_named, strangers, unit_roles
from checker.kinds.cases.telling import besides, called, happened, subject
from checker.kinds.protocol import Context
from checker.kinds.values import capital
from checker.packs.procedures import Events
from checker.spanish.saying import either, joined

Wanted = str | tuple[str, ...]


class Params(CaseParams, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words of the kind."""

    of: Events
    roles: tuple[Wanted, ...]
    """Ids of roles, every one of them; of a list within it one suffices."""
    may_be_apart: bool = False
    """Each may keep a record of its own: where fewer than half took part in this one, the others are a doubt."""


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """The roles that took no part, on each occasion: as who acts, as the unit, or among those it goes to. Doubts are told once."""
    if not params.asked(case):
        return
    chosen = case.select(params.of)
    offices = unit_roles(case, chosen)
    doubts: dict[str, list[tuple[Step, list[Wanted]]]] = {}
    for steps in _groups(chosen):
        there = {role for s in steps for role in (*s.roles, *roles_named(case, s.to or ()))}
        there |= {offices[s.event.unit] for s in steps if s.event.unit in offices}
        lacking = [w for w in params.roles if not any(reached(case, r, there) for r in _some(w))]
        if not lacking:
            continue
        state = _state(params, case, steps, there, lacking)
        if state == "missing":
            yield _fact(rule, params, case, {"state": state}, [(steps[-1], lacking)])
        else:
            doubts.setdefault(state, []).append((steps[-1], lacking))
    for state, doubtful in doubts.items():
        silent = silence(case, "role", "to") if state == "unsaid" else ""
        yield _fact(rule, params, case, {"state": state, "silent": silent}, doubtful)


def _groups(steps: Sequence[Step]) -> list[list[Step]]:
    """The events of each occasion: of one stated period; else up to where somebody acts once more after other things were done."""
    groups: dict[tuple[str, int], list[Step]] = {}
    acted: set[str] = set()
    occasion = last = 0
    for step in steps:
        period = period_of_step(step)
        if not period:
            if acted.intersection(step.roles) and step.position > last + 1:
                acted = set()
                occasion += 1
            acted.update(step.roles)
            last = step.position
        groups.setdefault((period, 0 if period else occasion), []).append(step)
    return list(groups.values())


def _some(wanted: Wanted) -> tuple[str, ...]:
    return (wanted,) if isinstance(wanted, str) else wanted


def _state(params: Params, case: Case, steps: Sequence[Step], there: set[str], lacking: Sequence[Wanted]) -> str:
    """A record often has one role for an event: one alone, and nobody told of, says little of the others."""
    silent = all(s.to is None for s in steps)
    unknown = any(not s.roles or strangers(case, s.to or ()) for s in steps)
    if unknown or (silent and len(there) < 2):
        return "unsaid"
    if params.may_be_apart and 2 * (len(params.roles) - len(lacking)) < len(params.roles):
        return "apart"
    return "missing"


def _fact(
    rule: str,
    params: Params,
    case: Case,
    attributes: dict[str, str | int | bool],
    found: Sequence[tuple[Step, list[Wanted]]],
) -> Fact:
    step, lacking = found[0]
    words = {
        "what": called(case, params.of, step),
        "when": happened(case, step),
        "lacking": joined([either([case.role_name(r) for r in _some(w)]) for w in lacking]),
        "more": besides(len(found)),
    }
    return Fact("jointly", rule, attributes, subject(params.of, step), step.place, step.quote, words=words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Somebody took no part; or the record does not say enough."""
    return (
        Clause("jointly", rule, (Test("state", "==", "missing"),), "violated", "missing"),
        Clause("jointly", rule, (Test("state", "==", "unsaid"),), "undetermined", "unsaid"),
        Clause("jointly", rule, (Test("state", "==", "apart"),), "undetermined", "apart"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What is done jointly, and who is wanting."""
    w = fact.words
    if say == "missing":
        return f"{capital(w['what'])} consta {w['when']}, sin que participe {w['lacking']}; debe hacerse en conjunto."
    why = "puede constar en otro registro" if say == "apart" else "el registro no dice quiénes más intervinieron"
    return f"No se pudo determinar si en {w['what']} ({w['when']}){w['more']} participó {w['lacking']}: {why}."
