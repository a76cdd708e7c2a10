"""What every declared rule on cases may ask: whether it is asked at all, of which events, and what the record is silent of."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

import msgspec

from checker.cases.model import Aspect, Case, Step, fits
from checker.packs.procedures import Events

Absent = Literal["violated", "undetermined"]


class CaseParams(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words that every declared kind on cases has."""

    when: Events | None = None
    """The rule is asked only of cases with such an event."""
    unless: Events | None = None
    """The rule is asked only of cases without such an event."""

    def asked(self, case: Case) -> bool:
        """Whether the rule is asked of this case."""
        return (self.when is None or bool(case.select(self.when))) and (
            self.unless is None or not case.select(self.unless)
        )


def possible(case: Case, wanted: Events) -> tuple[Step, ...]:
    """The steps that ``wanted`` may mean though the record does not say so: what it asks for is unsaid, and contradicted by nothing.

    A record that keeps its artefacts is taken at its word where it is silent of them. An artefact that the procedure has some activities
    make is asked of those alone.
    """
    if wanted.artefact is None and wanted.outcome is None and wanted.role is None:
        return ()
    near = case.select(_without_what_may_be_unsaid(wanted))
    makers = case.procedure.makers.get(wanted.artefact) if wanted.artefact and not wanted.activity else None
    return tuple(
        s
        for s in near
        if (makers is None or s.activity is None or s.activity in makers)
        and not fits(s, wanted)
        and _may_fit(case, s, wanted)
    )


@lru_cache(maxsize=4096)
def _without_what_may_be_unsaid(wanted: Events) -> Events:
    return msgspec.structs.replace(wanted, artefact=None, outcome=None, role=None)


def merged(case: Case, wanted: Iterable[Events]) -> list[Step]:
    """The steps of several selections, in order, each once."""
    return _ordered(s for one in wanted for s in case.select(one))


def may_be(case: Case, wanted: Iterable[Events]) -> list[Step]:
    """:func:`possible` for several selections, in order, each once."""
    return _ordered(s for one in wanted for s in possible(case, one))


def _ordered(steps: Iterable[Step]) -> list[Step]:
    found = {s.position: s for s in steps}
    return [found[position] for position in sorted(found)]


def _may_fit(case: Case, step: Step, wanted: Events) -> bool:
    if wanted.artefact is not None and wanted.artefact not in (step.artefacts or ()):
        silent = step.event.artefacts is None and not case.keeps("artefacts")
        if not silent:
            return False
    if wanted.outcome is not None and step.outcome not in (None, wanted.outcome):
        return False
    return wanted.role is None or not step.roles or wanted.role in step.roles


def silence(case: Case, *aspects: Aspect | Literal["role", "at"]) -> str:
    """The first of ``aspects`` that no event of the record states at all; empty where each is stated somewhere.

    As the attribute ``silent`` of a fact it lets doubts of one cause be told as one.
    """
    for aspect in aspects:
        stated = case.says_who if aspect == "role" else any(getattr(s.event, aspect) is not None for s in case.steps)
        if not stated:
            return aspect
    return ""


def silence_of(case: Case, *wanted: Events) -> str:
    """What no event of the record states of all that ``wanted`` asks for: as :func:`silence`, for :func:`possible` events."""
    asked: list[Aspect | Literal["role", "at"]] = []
    for one in wanted:
        asked += ["artefacts"] if one.artefact is not None else []
        asked += ["role"] if one.role is not None else []
    return silence(case, *asked)
