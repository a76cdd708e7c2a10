"""``made_before``: no event bears a document before the activity that makes it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import msgspec

from checker.cases.model import Case, Step
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.spanish.saying import either


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The kind has no words: the procedure says what makes each document."""


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """Documents that an activity receives before any activity that makes them is recorded.

    Only those that some activity of the procedure makes; in an extract what was made before it may lie outside, and what is no flow
    has no before.
    """
    if case.partial or not case.procedure.starts:
        return
    made = case.procedure.makers
    seen: set[str] = set()
    told: set[str] = set()
    for _, same in groupby(case.steps, key=lambda step: step.event.number):
        # an event of several activities bears the documents of all of them
        steps = list(same)
        seen.update(step.activity for step in steps if step.activity is not None)
        for artefact in steps[0].artefacts or ():
            makers = made.get(artefact, ())
            if artefact in case.procedure.elsewhere:
                makers = tuple(name for name in makers if case.of_activity(name))
            if not makers or artefact in told or seen.intersection(makers) or _is_common(artefact, case):
                continue
            if not any(case.deviations_of(name) for name in makers):  # that one is missing or late is told already
                told.add(artefact)
                yield _fact(rule, case, steps[0], artefact, makers)


def _is_common(artefact: str, case: Case) -> bool:
    known = case.procedure.artefacts.get(artefact)
    return known is not None and known.common


def _fact(rule: str, case: Case, step: Step, artefact: str, makers: tuple[str, ...]) -> Fact:
    words = {
        "artefact": case.artefact_name(artefact),
        "activity": case.name(step.activity) if step.activity else f"«{step.event.activity or step.event.milestone}»",
        "makers": either([case.name(m) for m in makers]),
    }
    return Fact("made_before", rule, {"early": True}, artefact, step.place, step.quote, words=words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """A document before its time."""
    return (Clause("made_before", rule, (Test("early", "==", True),), "violated", "early"),)


def message(params: Params, fact: Fact, say: str) -> str:
    """The document, where it appears, and what makes it."""
    w = fact.words
    return f"«{w['artefact']}» aparece en la actividad {w['activity']} sin que antes conste la actividad de la que resulta: {w['makers']}."
