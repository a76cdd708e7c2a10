"""``done_by``: an activity is done by the role that the norm names, and by somebody who held it that day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

import msgspec

from checker.cases.model import Case, Step
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.spanish.saying import either, joined, spoken


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    activity: str
    roles: tuple[str, ...]
    """Ids of roles, any of which may do it."""


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """Who did the activity each time, where it is not plainly one of the roles; what is unsaid is told once."""
    unsaid: Step | None = None
    for step in case.of_activity(params.activity):
        state = who_did(step, params.roles, case)
        if state == "unsaid":
            unsaid = unsaid or step
        elif state != "right":
            yield _fact(rule, params, case, step, state)
    if unsaid is not None and (case.says_who or unsaid is case.steps[0]):
        yield _fact(rule, params, case, unsaid, "unsaid" if case.says_who else "never-said")


Who = Literal["right", "other", "unknown", "unsaid", "never-said", "not-in-office"]


def who_did(step: Step, roles: tuple[str, ...], case: Case) -> Who:
    """How the one who did a step stands to the roles that may: a stand-in counts as who is stood in for."""
    event = step.event
    if event.role is None:
        if set(roles).intersection(step.roles):
            return "right"  # the unit did it; one that may not may only be the place
        if event.person and case.directory is not None:
            held = [case.directory.held(event.person, role, step.day, case.pack.roles) for role in roles]
            if any(held):
                return "right"
            if False in held:
                return "not-in-office"
        return "unsaid"
    if not step.roles:
        free = {s for role in roles if role in case.pack.roles for s in case.pack.roles[role].stand_ins}
        return "right" if event.role in free else "unknown"
    allowed = set(roles) | {s for role in roles if role in case.pack.roles for s in case.pack.roles[role].stand_ins}
    if not allowed.intersection(step.roles):
        return "other"
    if event.person and case.directory is not None:
        in_office = [case.directory.held(event.person, role, step.day, case.pack.roles) for role in step.roles]
        return "not-in-office" if False in in_office and True not in in_office else "right"
    return "right"


def _fact(rule: str, params: Params, case: Case, step: Step, state: Who) -> Fact:
    words = {
        "activity": case.name(params.activity),
        "due": either([case.role_name(r) for r in params.roles]),
        "said": joined([case.role_name(r) for r in step.roles]) or step.event.role or "",
        "person": step.event.person or "",
        "day": spoken(step.day) if step.day else "",
        "near": near_role(step.event.role or "", case) if state == "unknown" else "",
    }
    return Fact("done_by", rule, {"who": state}, params.activity, step.place, step.quote, words=words)


def near_role(text: str, case: Case) -> str:
    """Name of the role that an unknown charge probably means; empty where none is near."""
    return _nearest(text, case.pack.role_names)


@lru_cache(maxsize=4096)
def _nearest(text: str, names: tuple[tuple[str, str], ...]) -> str:
    from rapidfuzz import fuzz, process

    found = process.extractOne(text, [n for n, _ in names], scorer=fuzz.token_sort_ratio, score_cutoff=80)
    return names[found[2]][1] if found else ""


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Another role, somebody out of office; unknown or unsaid is a doubt."""
    return (
        Clause("done_by", rule, (Test("who", "==", "other"),), "violated", "other"),
        Clause("done_by", rule, (Test("who", "==", "not-in-office"),), "violated", "not-in-office"),
        Clause("done_by", rule, (Test("who", "==", "unknown"),), "undetermined", "unknown"),
        Clause("done_by", rule, (Test("who", "==", "unsaid"),), "undetermined", "unsaid"),
        Clause("done_by", rule, (Test("who", "==", "never-said"),), "undetermined", "never-said"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """Who did it, and who should."""
    w = fact.words
    activity, due = f"La actividad {w['activity']}", f"corresponde a {w['due']}"
    if say == "other":
        return f"{activity} {due}; consta que la realizó {w['said']}."
    if say == "not-in-office":
        when = f" el {w['day']}" if w["day"] else ""
        return f"{activity} {due}; {w['person']} no ocupaba ese cargo{when}, según el directorio."
    if say == "unknown":
        near = f" ¿Se quiso decir «{w['near']}»?" if w["near"] else ""
        return f"{activity} {due}; el registro dice «{w['said']}», que no es ninguno de los cargos de la norma.{near}"
    if say == "never-said":
        return "El registro no dice quién realizó las actividades: no puede asegurarse que fuera quien la norma señala."
    return f"{activity} {due}; el registro no dice quién la realizó."
