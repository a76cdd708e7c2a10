"""``may_act``: something is done only by certain roles, or by those who may stand in for them."""

from __future__ import annotations

from collections.abc import Iterator

from checker.cases.model import Case, Step
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.cases.asking import CaseParams, silence
from checker.kinds.cases.done_by import near_role, who_did
from checker.kinds.cases.telling import actor, besides, called, happened, subject
from checker.kinds.protocol import Context
from checker.kinds.values import capital
from checker.packs.procedures import Events
from checker.spanish.saying import either


class Params(CaseParams, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words of the kind."""

    of: Events
    roles: tuple[str, ...]
    """Ids of roles, any of which may do it."""


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """Who did it where it is not plainly one of the roles; unsaid is told once, an unknown charge once for each way of writing it."""
    unsaid: list[Step] = []
    unknown: dict[str, list[Step]] = {}
    for step in case.select(params.of) if params.asked(case) else ():
        who = who_did(step, params.roles, case)
        if who == "unsaid":
            unsaid.append(step)
        elif who == "unknown":
            unknown.setdefault(step.event.role or "", []).append(step)
        elif who != "right":
            yield _fact(rule, params, case, [step], who)
    for same in unknown.values():
        yield _fact(rule, params, case, same, "unknown")
    if unsaid:
        yield _fact(rule, params, case, unsaid, "unsaid")


def _fact(rule: str, params: Params, case: Case, steps: list[Step], who: str) -> Fact:
    step = steps[0]
    words = {
        "what": called(case, params.of, step),
        "when": happened(case, step),
        "due": either([case.role_name(r) for r in params.roles]),
        "said": actor(case, step),
        "person": step.event.person or "",
        "near": near_role(step.event.role or "", case) if who == "unknown" else "",
        "more": besides(len(steps)),
    }
    silent = silence(case, "role") if who == "unsaid" else ""
    return Fact(
        "may_act", rule, {"who": who, "silent": silent}, subject(params.of, step), step.place, step.quote, words=words
    )


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Another role, or somebody out of office; unknown or unsaid is a doubt."""
    return (
        Clause("may_act", rule, (Test("who", "==", "other"),), "violated", "other"),
        Clause("may_act", rule, (Test("who", "==", "not-in-office"),), "violated", "not-in-office"),
        Clause("may_act", rule, (Test("who", "==", "unknown"),), "undetermined", "unknown"),
        Clause("may_act", rule, (Test("who", "==", "unsaid"),), "undetermined", "unsaid"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """Who did it, and to whom it belongs."""
    w = fact.words
    due = f"corresponde a {w['due']}"
    doubt = f"No se pudo determinar quién realizó {w['what']}{w['more']}, que {due}"
    if say == "other":
        return f"{capital(w['what'])} consta {w['when']}; {due}."
    if say == "not-in-office":
        return f"{capital(w['what'])} consta {w['when']}; {due}, y {w['person']} no ocupaba ese cargo en esa fecha, según el directorio."
    if say == "unknown":
        near = f" ¿Se quiso decir «{w['near']}»?" if w["near"] else ""
        return f"{doubt}: «{w['said']}» no es ninguno de los cargos de la norma.{near}"
    return f"{doubt}: el registro no lo dice."
