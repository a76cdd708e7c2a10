"""Whose a duty is: the roles that the norm lets do it, and those that the user asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from checker.agenda.model import AgendaError
from checker.packs.model import Role
from checker.packs.pack import Pack
from checker.packs.procedures import Events, Procedure
from checker.packs.roles import role_at
from checker.packs.rule import Rule
from checker.spanish.text import flat

Asked = dict[str, frozenset[str]]
"""Id of a pack → ids of its roles whose duties are wanted."""


def packs_named(packs: Sequence[Pack], names: Iterable[str]) -> tuple[Pack, ...]:
    """The packs that ``names`` mean: ids, prefixes (``OT``), last parts of ids (``operacion-territorial``) or words that begin these.

    All of them without names. Raises :class:`AgendaError` for one that means none or several.
    """
    found: dict[str, Pack] = {}
    for name in names:
        wanted = flat(name).strip()
        exact = [p for p in packs if wanted in (p.info.id, p.info.prefix.lower(), p.info.id.rpartition("/")[2])]
        near = exact or [p for p in packs if p.info.id.rpartition("/")[2].startswith(wanted) and wanted]
        if len({p.info.id for p in near}) != 1:
            known = ", ".join(sorted({f"{p.info.prefix} ({p.info.id})" for p in packs}))
            problem = "means several" if near else "is unknown"
            raise AgendaError(f"--pack {name!r} {problem}; there are: {known}")
        found |= {p.info.id: p for p in near}
    return tuple(found.values()) if found else tuple(packs)


def owners(of: Events, procedure: Procedure, rules: Iterable[Rule]) -> tuple[str, ...]:
    """Roles of which one does what ``of`` selects.

    The selector's own role; else those of the rule on who may do it, the one that speaks of its artefact before others; else
    those of its activities.
    """
    if of.role:
        return (of.role,)
    activities = of.activity or tuple(
        key
        for key, activity in procedure.activities.items()
        if of.artefact in (*activity.does, *(s.artefact for s in activity.sends))
    )
    named: dict[bool, list[str]] = {True: [], False: []}
    for rule in rules:
        if rule.kind == "may_act" and _covers(rule.params.of, of, activities):
            named[rule.params.of.artefact is not None] += rule.params.roles
    declared = named[True] or named[False]
    return tuple(dict.fromkeys(declared or (r for key in activities for r in procedure.activities[key].roles)))


def unit_at(pack: Pack, numeral: str) -> str | None:
    """Id of the unit of a manual of organisation among whose functions ``numeral`` stands: ``7.1.4.1.2(5)``."""
    section = re.match(r"[\d.]*\d", numeral)
    return next((role for role, unit in pack.authority.items() if section and unit.numeral == section.group()), None)


def _covers(rule: Events, of: Events, activities: tuple[str, ...]) -> bool:
    """Whether every event that ``of`` selects is one that ``rule`` selects."""
    return (
        rule.role is None
        and rule.artefact in (None, of.artefact)
        and rule.outcome in (None, of.outcome)
        and (not rule.activity or (bool(activities) and set(activities) <= set(rule.activity)))
    )


def with_role(packs: Sequence[Pack], written: str) -> Asked:
    """In each pack the role that ``written`` names, by id, name, abbreviation or alias. Raises :class:`AgendaError` where none has it."""
    asked = {p.info.id: frozenset(found) for p in packs if (found := _role(p, written))}
    return asked or _nobody("role", written, packs)


def of_unit(packs: Sequence[Pack], written: str) -> Asked:
    """In each pack every role whose name tells that it belongs to the unit ``written``: the unit itself, its titular, its enlace.

    Raises :class:`AgendaError` where none does.
    """
    asked: Asked = {}
    for pack in packs:
        units = [pack.roles[role] for role in _role(pack, written)]
        names = {_plain(n) for r in units for n in (r.name, *r.abbreviations)} | {_plain(written)}
        found = {r.id for r in pack.roles.values() if any(_within(name, said) for said in _names(r) for name in names)}
        if found:
            asked[pack.info.id] = frozenset(found)
    return asked or _nobody("unit", written, packs)


def named(pack: Pack, roles: Iterable[str], *, short: bool = False) -> tuple[str, ...]:
    """Names of roles as the norm has them, or their abbreviations where they have one; free charges as written."""
    known = [pack.roles.get(role) or Role(role, role, "") for role in roles]
    return tuple(role.abbreviations[0] if short and role.abbreviations else role.name for role in known)


def called(packs: Sequence[Pack], written: str) -> str:
    """The role or unit ``written`` as the first norm that knows it calls it, with its abbreviation; else as written."""
    for pack in packs:
        for role in _role(pack, written)[:1]:
            known = pack.roles[role]
            return f"{known.name} ({known.abbreviations[0]})" if known.abbreviations else known.name
    return written


def _role(pack: Pack, written: str) -> list[str]:
    wanted = _plain(written)
    exact = [r.id for r in pack.roles.values() if wanted in {_plain(r.id), *_names(r)}]
    if exact:
        return exact
    found = role_at(written, pack.roles)
    return [found.role] if found and not found.before else []


def _names(role: Role) -> set[str]:
    return {_plain(name) for name in (role.name, *role.abbreviations, *role.aliases)}


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", flat(name)))


def _within(name: str, said: str) -> bool:
    """``name`` stands in ``said`` as whole words."""
    return bool(name) and f" {name} " in f" {said} "


def _nobody(what: str, written: str, packs: Sequence[Pack]) -> Asked:
    from rapidfuzz.process import extract

    known = sorted({n for p in packs for r in p.roles.values() for n in (r.name, *r.abbreviations)})
    near = [match for match, *_ in extract(written, known, limit=3, score_cutoff=60, processor=str.casefold)]
    hint = f"; did you mean {' or '.join(repr(n) for n in near)}?" if near else ""
    raise AgendaError(f"no {what} {written!r} in {', '.join(p.info.prefix for p in packs)}{hint}")
