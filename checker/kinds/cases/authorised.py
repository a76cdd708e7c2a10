"""``authorised``: who authorises, approves, validates or elaborates something is whom the manual of organisation says.

The twin, on cases, of ``approved_by`` on documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec

from checker.authority.register import Found, powers
from checker.authority.units import above, actors, may_act, seat_of, the
from checker.cases.model import Case, Step
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.cases.asking import CaseParams
from checker.kinds.cases.done_by import Who, near_role, who_did
from checker.kinds.cases.telling import actor, subject
from checker.kinds.protocol import Context
from checker.packs.authority import Verb
from checker.packs.procedures import Events
from checker.spanish.people import find_people
from checker.spanish.saying import either, spoken

Function = Annotated[str, msgspec.Meta(pattern=r"^[0-9]+(\.[0-9]+)* \([0-9]+\)$")]
"""Numeral and subnumeral of the manual: ``7.1.1 (8)``."""
_SUPERIORS = "OD-i03"
"""Interpretation of the manual that lets a unit above act, under its reading ``superior``."""
_LIKE_VERBS = "OD-i02"
"""Interpretation that takes «aprobó» and «autorizó» for one, under its reading ``equivalentes``."""
_DRAFTERS = "OD-i08"
"""Interpretation that lets a unit below draft, under its reading ``subordinadas``."""


class Params(CaseParams, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words of the kind."""

    of: Events
    """The acts. Of several activities the first is the function's own verb; the others are worth as much."""
    under: tuple[Function, ...] = ()
    """Functions of ``authority.yaml``: whoever exercises one of them may act."""
    verb: Verb | None = None
    """Only the powers to do this, where a function names several."""
    roles: tuple[str, ...] = ()
    """Roles that may act besides, or where no function of the matrix says it."""
    below: bool = False
    """The act is work, as drafting is, which people of the unit and the units below do for it; a decision is its head's alone."""


def functions(params: Params, found: Iterator[Found]) -> tuple[Found, ...]:
    """Those of the powers ``found`` that the rule names."""
    return tuple(
        f
        for f in found
        if f"{f.numeral} ({f.power.at})" in params.under and (params.verb is None or f.power.verb == params.verb)
    )


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """How whoever acted stands to the unit that should, where it is not plainly that one.

    What is unsaid is told once, an unknown charge once for each way of writing it.
    """
    pack, readings = context.pack, context.readings
    of = params.of
    if pack.taken(_LIKE_VERBS, readings) == "distintos":
        of = msgspec.structs.replace(of, activity=of.activity[:1])
    steps = case.select(of) if params.asked(case) else ()
    if not steps:
        return
    found = functions(params, powers(pack, readings))
    wanted = tuple(dict.fromkeys((*(r for f in found for r in actors(f.unit, f.power)), *params.roles)))
    superiors = pack.taken(_SUPERIORS, readings) == "superior"
    accepted = set(may_act(wanted, pack.authority, pack.roles, above_too=superiors))
    below = params.below and pack.taken(_DRAFTERS, readings) == "subordinadas"
    if below:
        accepted.update(u for u in pack.authority if not set(wanted).isdisjoint(above(u, pack.authority)))
    citation = "; ".join(dict.fromkeys(f.citation for f in found))
    words = {"due": either([the(case.role_name(r)) for r in wanted]), "citation": citation}
    told: set[str] = set()
    for step in steps:
        state = _standing(step, wanted, frozenset(accepted), below, case)
        once = f"{state} {step.event.role or ''}" if state in ("unsaid", "unknown") else ""
        if state != "right" and once not in told:
            told.update([once] if once else [])
            yield _fact(rule, of, case, step, state, words)


Standing = Literal[Who, "within", "outside"]


def _standing(step: Step, wanted: tuple[str, ...], accepted: frozenset[str], below: bool, case: Case) -> Standing:
    said, pack = step.event.role, case.pack
    state = who_did(step, tuple(sorted(accepted)), case)
    if said and state != "not-in-office" and not _called_so(said, step, case):
        seat = seat_of(_charge(said), pack.roles, pack.authority)
        if seat.role is None and step.event.unit:
            seat = seat_of(f"{_charge(said)} de {step.event.unit}", pack.roles, pack.authority)
        if seat.role in accepted and seat.standing == "head":
            return "right"  # who acts for an absent head among them
        if seat.role in accepted and seat.standing == "within":
            return "right" if below else "within"
    if state == "other" and not any(r in pack.authority for r in step.roles):
        # what the manual calls «órgano normativo» or «personal evaluador» has many offices, and the register none of them
        return "other" if all(r in pack.authority for r in wanted) else "outside"
    return state


def _called_so(said: str, step: Step, case: Case) -> bool:
    """The record calls the role by its id or by one of its names: nothing more is to be read in the charge."""
    known = (case.pack.roles[r] for r in step.roles if r in case.pack.roles)
    return any(said in (r.id, r.name, *r.abbreviations, *r.aliases) for r in known)


def _charge(said: str) -> str:
    """The charge alone where the record puts the name before it: «Lic. Ana Torres, Titular de …»."""
    found = find_people(said)
    return found[0].charge if found and found[0].charge and found[0].charge != found[0].name else said


def _fact(rule: str, of: Events, case: Case, step: Step, state: Standing, words: dict[str, str]) -> Fact:
    told = {
        **words,
        "act": case.procedure.activities[step.activity].name if step.activity else "",
        "object": case.artefact_name(of.artefact) if of.artefact else "",
        "who": actor(case, step),
        "person": step.event.person or "",
        "day": spoken(step.day) if step.day else "",
        "near": near_role(step.event.role or "", case) if state == "unknown" else "",
    }
    return Fact("authorised", rule, {"who": state}, subject(of, step), step.place, step.quote, words=told)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Another unit acted, or somebody out of office; or it cannot be told which."""
    return (
        *(Clause("authorised", rule, (Test("who", "==", w),), "violated", w) for w in ("other", "not-in-office")),
        *(
            Clause("authorised", rule, (Test("who", "==", w),), "undetermined", w)
            for w in ("unsaid", "unknown", "within", "outside")
        ),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The act, whose it is, and who did it."""
    w = fact.words
    act = f"{w['act']} «{w['object']}»" if w["object"] else w["act"]
    several = "; " in w["citation"]
    norm = f", conforme {'a los numerales' if several else 'al numeral'} {w['citation']}" if w["citation"] else ""
    due = f"{act} corresponde a {w['due']}{norm}"
    told = {
        "other": f"consta que lo hizo {the(w['who'])}",
        "not-in-office": f"según el directorio, {w['person']} no ocupaba ese cargo{' el ' + w['day'] if w['day'] else ''}",
        "unsaid": "el registro no dice quién lo hizo",
        "unknown": f"el registro dice «{w['who']}», que no es ninguno de los cargos del manual"
        + (f" (¿«{w['near']}»?)" if w["near"] else ""),
        "within": f"«{w['who']}» no es la persona titular, y no consta que la supla",
        "outside": f"no pudo determinarse si «{w['who']}» es de quien corresponde",
    }
    return f"{due}; {told[say]}."
