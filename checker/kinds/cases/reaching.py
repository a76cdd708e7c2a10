"""Who took part in an event as far as the record says: who did it, to whom it went, through whom, in which unit."""

from __future__ import annotations

from collections.abc import Iterable

from checker.cases.model import Case, Step
from checker.packs.roles import role_of


def roles_named(case: Case, said: Iterable[str]) -> set[str]:
    """The roles among ``to`` or ``via``: those named, and the offices that the directory gives to persons and addresses."""
    found: set[str] = set()
    for name in said:
        if name in case.pack.roles:
            found.add(name)
        elif case.directory is not None:
            for holder in case.directory.of_person(name):
                found.add(role_of(holder.role, case.pack.roles) or holder.role)
    return found


def strangers(case: Case, said: Iterable[str]) -> bool:
    """Whether somebody is named of whom neither norm nor directory knows the office."""
    return any(not roles_named(case, [name]) for name in said)


def unit_roles(case: Case, steps: Iterable[Step]) -> dict[str, str]:
    """The units of events that are roles themselves, as written, each with its role."""
    units = {s.event.unit for s in steps if s.event.unit}
    return {unit: role for unit in units if (role := role_of(unit, case.pack.roles))}


def reached(case: Case, role: str, there: Iterable[str]) -> bool:
    """Whether ``role`` or who may stand in for it is among ``there``."""
    known = case.pack.roles.get(role)
    wanted = {role, *(known.stand_ins if known else ())}
    return not wanted.isdisjoint(there)
