"""``produced``: an activity leaves its document, addressed to whom it must reach and sent through whom it must pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from checker.cases.model import Case, Step
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.findings import Outcome
from checker.kinds.protocol import Context
from checker.packs.procedures import Sends
from checker.spanish.saying import either, joined


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    activity: str
    sends: Sends


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """What each time lacks: the document, an addressee, a conduit. What the record keeps for no event is told once for the whole case."""
    for step in case.of_activity(params.activity):
        sent = params.sends
        if step.artefacts is None and not case.keeps("artefacts"):
            if not sent.optional and case.first_silent("artefacts") is step:
                yield _fact(rule, params, case, step, "unsaid")
            if step.to is None and step.via is None:
                continue  # nothing is said of anything sent: told once
        elif sent.artefact not in (step.artefacts or ()):
            if not sent.optional:
                yield _fact(rule, params, case, step, "missing")
            if sent.optional or step.artefacts is not None:
                continue
        yield from _addressed(rule, params, case, step)


def _addressed(rule: str, params: Params, case: Case, step: Step) -> Iterator[Fact]:
    sent = params.sends
    if sent.to or sent.to_any:
        yield from (
            _fact(rule, params, case, step, f"to-{state}", lacking)
            for state, lacking in lacking_in(case, step, "to", sent.to, sent.to_any)
        )
    if sent.via:
        yield from (
            _fact(rule, params, case, step, f"via-{state}", lacking)
            for state, lacking in lacking_in(case, step, "via", sent.via, ())
        )


def lacking_in(
    case: Case, step: Step, aspect: Literal["to", "via"], every: Sequence[str], some: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """What ``to`` or ``via`` of a step lacks: a state and the roles in words.

    States: ``missing``; ``unknown`` where it names somebody that the norm does not; ``unsaid``, once a case that does not keep it.
    """
    said = step.to if aspect == "to" else step.via
    named = joined([case.role_name(r) for r in every]) if every else either([case.role_name(r) for r in some])
    if said is None:
        if case.keeps(aspect):
            yield "missing", named
        elif case.first_silent(aspect) is step:
            yield "unsaid", named
        return
    lacking = [role for role in every if not _reached(role, said, case)]
    if some and not any(_reached(role, said, case) for role in some):
        lacking.extend(some)
    if lacking:
        strangers = any(name not in case.pack.roles for name in said)
        words = [case.role_name(r) for r in lacking]
        yield "unknown" if strangers else "missing", joined(words) if every else either(words)


def _reached(role: str, said: Sequence[str], case: Case) -> bool:
    known = case.pack.roles.get(role)
    return role in said or (known is not None and any(s in said for s in known.stand_ins))


def _fact(rule: str, params: Params, case: Case, step: Step, state: str, lacking: str = "") -> Fact:
    words = {
        "activity": case.name(params.activity),
        "artefact": case.artefact_name(params.sends.artefact),
        "lacking": lacking,
    }
    subject = params.sends.artefact
    return Fact("produced", rule, {"state": state}, subject, step.place, step.quote, words=words)


_SAID: dict[str, Outcome] = {
    "missing": "violated",
    "unsaid": "undetermined",
    "to-missing": "violated",
    "to-unknown": "undetermined",
    "to-unsaid": "undetermined",
    "via-missing": "violated",
    "via-unknown": "undetermined",
    "via-unsaid": "undetermined",
}


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Each state."""
    return tuple(
        Clause("produced", rule, (Test("state", "==", state),), outcome, state) for state, outcome in _SAID.items()
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The activity, its document, and what is wanting."""
    w = fact.words
    activity, artefact = f"la actividad {w['activity']}", f"«{w['artefact']}»"
    match say:
        case "missing":
            return f"No consta {artefact}, que {activity} debe dejar."
        case "unsaid":
            return f"El registro no dice qué documentos hubo en las actividades; entre ellos, {artefact} de {activity}."
    way = "dirigirse a" if say.startswith("to") else "enviarse por conducto de"
    due = f"En {activity}, {artefact} debe {way} {w['lacking']}"
    match say:
        case "to-missing" | "via-missing":
            return f"{due}, y no consta que así fuera."
        case "to-unknown" | "via-unknown":
            return f"{due}; el registro nombra a quien la norma no conoce."
        case _:
            what = "a quién se dirige" if say.startswith("to") else "por conducto de quién se envía"
            return f"{due}; el registro no dice en ninguna actividad {what}."
