"""What is wrong in procedures and in rules on cases that are valid field by field: names that lead nowhere, activities nobody reaches."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.cases.net import NetError
from checker.cases.nets import nets_of
from checker.packs.errors import nearest
from checker.packs.pack import Pack
from checker.packs.procedures import Activity, Procedure, selectors
from checker.packs.rule import Rule

ROLES = ("roles", "to", "to_any", "via")
"""Words of a kind that name roles."""
ARTEFACTS = ("artefacts", "any", "artefact")
"""Words of a kind that name artefacts."""


def procedure_problems(procedure: Procedure, pack: Pack) -> Iterator[str]:
    """Everything doubtful in one procedure."""
    known = procedure.activities
    for name in (*procedure.starts, *(n for group in procedure.any_order for n in group)):
        yield from _activity(name, procedure)
    for obligation in filter(None, (procedure.told_by, procedure.roles_by)):
        yield from _obligation(obligation, pack)
    for artefact in procedure.elsewhere:
        yield from _artefact(artefact, procedure, pack)
    for name, activity in known.items():
        for problem in _of_activity(activity, procedure, pack):
            yield f"activity {name}: {problem}"
    if all(n in known for a in known.values() for n in a.may_follow) and procedure.starts:
        try:
            nets = nets_of(procedure)
        except NetError as error:
            yield str(error)
            return
        if nets is not None:
            yield from (f"activity {name}: no way leads to it" for name in nets.flow.unreachable)
            yield from (f"activity {name}: no way leads from it to an end" for name in nets.flow.endless)
    yield from _unused(procedure, pack)


def _of_activity(activity: Activity, procedure: Procedure, pack: Pack) -> Iterator[str]:
    for name in activity.may_follow:
        yield from _activity(name, procedure)
    for obligation in filter(None, (activity.obligation, activity.roles_by, *(s.obligation for s in activity.sends))):
        yield from _obligation(obligation, pack)
    for role in (*activity.roles, *(r for s in activity.sends for r in (*s.to, *s.to_any, *s.via))):
        yield from _role(role, pack)
    for artefact in (*activity.receives, *activity.does, *(s.artefact for s in activity.sends)):
        yield from _artefact(artefact, procedure, pack)
    if activity.decides and activity.next:
        yield "has branches and `next`: what follows stands in the branches"
    if activity.roles_interpretation and activity.roles_interpretation not in pack.interpretations:
        yield f"no interpretation {activity.roles_interpretation!r}{nearest(activity.roles_interpretation, pack.interpretations)}"


def _unused(procedure: Procedure, pack: Pack) -> Iterator[str]:
    """Artefacts that nothing names."""
    used = {a for activity in procedure.activities.values() for a in (*activity.does, *activity.receives)}
    used |= {s.artefact for activity in procedure.activities.values() for s in activity.sends}
    for rule in pack.casebook.rules_on(procedure.id):
        if not rule.derived:
            used |= set(_named(rule, ARTEFACTS)) | {e.artefact for e in selectors(rule.params) if e.artefact}
    for name in procedure.artefacts:
        if name not in used:
            yield f"artefact {name!r} is named by no activity and no rule"


def case_rule_problems(rule: Rule, pack: Pack) -> Iterator[str]:
    """Each name in a declared rule on cases that leads nowhere."""
    procedure = pack.casebook.procedures.get(rule.head.on.case or "")
    for obligation in rule.obligations:
        yield from _obligation(obligation, pack)
    if procedure is None:
        yield f"no procedure {rule.head.on.case!r}{nearest(rule.head.on.case or '', pack.casebook.procedures)}"
        return
    for chosen in selectors(rule.params):
        if not (chosen.activity or chosen.artefact or chosen.outcome or chosen.role):
            yield "selects every event: name an activity or an artefact"
        for name in (*chosen.activity, *((*chosen.last.among, chosen.last.activity) if chosen.last else ())):
            yield from _activity(name, procedure)
        if chosen.artefact:
            yield from _artefact(chosen.artefact, procedure, pack)
        if chosen.role:
            yield from _role(chosen.role, pack)
        branches = {b for name in chosen.activity if (a := procedure.activities.get(name)) for b in a.decides}
        if chosen.outcome and chosen.activity and chosen.outcome not in branches:
            yield f"no branch {chosen.outcome!r} of {', '.join(chosen.activity)}{nearest(chosen.outcome, branches)}"
    for role in _named(rule, ROLES):
        yield from _role(role, pack)
    for artefact in _named(rule, ARTEFACTS):
        yield from _artefact(artefact, procedure, pack)


def _named(rule: Rule, words: tuple[str, ...]) -> list[str]:
    given = msgspec.structs.asdict(rule.params)
    found: list[str] = []
    for word in words:
        value = given.get(word)
        items = value if isinstance(value, tuple) else (value,)
        for item in items:
            found.extend(i for i in (item if isinstance(item, tuple) else (item,)) if isinstance(i, str))
    return found


def _activity(name: str, procedure: Procedure) -> Iterator[str]:
    if name not in procedure.activities:
        yield f"no activity {name!r}{nearest(name, procedure.activities)}"


def _obligation(name: str, pack: Pack) -> Iterator[str]:
    if name not in pack.obligations:
        yield f"no obligation {name!r}"


def _role(name: str, pack: Pack) -> Iterator[str]:
    if name not in pack.roles:
        yield f"no role {name!r}{nearest(name, pack.roles)}"


def _artefact(name: str, procedure: Procedure, pack: Pack) -> Iterator[str]:
    if name not in procedure.artefacts and name not in pack.types:
        yield f"no artefact or document type {name!r}{nearest(name, [*procedure.artefacts, *pack.types])}"
