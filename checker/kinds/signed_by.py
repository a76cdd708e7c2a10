"""``signed_by``: among the signatories are the roles that the norm has sign."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.names import same_person
from checker.kinds.protocol import Context
from checker.kinds.values import Bearer, bearers_of, blocks_of, field_title
from checker.packs.roles import role_of, says_something
from checker.recognise.model import Recognised
from checker.spanish.people import is_charge


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    field: str
    """Field of signatures, or of the people who answer for the document."""
    roles: tuple[str, ...]
    """Ids of the roles, each of which signs."""
    attended: str | None = None
    """Field of people. Where it is given the rule speaks only of meetings that one of the roles signs or attends."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether each role is among the charges; a signatory without charge takes the one that the document gives them elsewhere."""
    signatories = bearers_of(submission, params.field)
    if not signatories:
        return
    charges = [_charge(s, submission, params.field) for s in signatories]
    present = {role_of(c, context.pack.roles) for c in charges if c}
    vague = any(not says_something(c) for c in charges)
    if params.attended and not vague:
        there = present | {role_of(p.charge, context.pack.roles) for p in bearers_of(submission, params.attended)}
        if there.isdisjoint(params.roles):
            return
    value = submission.fields[params.field]
    for role in params.roles:
        known = context.pack.roles[role]
        accepted = {role, *known.stand_ins}
        found = "yes" if accepted & present else "unsure" if vague else "no"
        words = {"role": known.name, "charges": "; ".join(c for c in charges if c)}
        if not blocks_of(value):  # people are named there, who need not sign
            words["title"] = field_title(submission, params.field)
        yield Fact("signed_by", rule, {"found": found}, params.field, value.place, value.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Somebody else signed, or the charges are not stated."""
    return (
        Clause("signed_by", rule, (Test("found", "==", "no"),), "violated", "missing"),
        Clause("signed_by", rule, (Test("found", "==", "unsure"),), "undetermined", "unsure"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The role that is not there."""
    role, title = fact.words["role"], fact.words.get("title")
    if say == "missing":
        where = f"En «{title}»" if title else "Entre quienes firman"
        return f"{where} no está {role} (cargos asentados: {fact.words['charges']})."
    if title:
        return f"No se pudo determinar si en «{title}» está {role}: no se señala el cargo."
    return f"No se pudo determinar si firma {role}: no todas las firmas señalan el cargo."


def _charge(signatory: Bearer, submission: Recognised, field: str) -> str:
    if signatory.charge or not signatory.name:
        return signatory.charge
    if is_charge(signatory.name):
        return signatory.name
    same = (p.charge for p in _others(submission, field) if p.charge and same_person(p.name, signatory.name) == "yes")
    return next(same, "")


def _others(submission: Recognised, field: str) -> list[Bearer]:
    return [p for name in submission.fields if name != field for p in bearers_of(submission, name)]
