"""``made_before``: no event bears a document before the activity that makes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

import msgspec

from checker.cases.model import Case, Step
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.spanish.saying import either
from parsers.cases.model import Event


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The kind has no words: the procedure says what makes each document."""


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """Documents that an activity receives before any activity that makes them is recorded.

    Only those that some activity of the procedure makes; in an extract what was made before it may lie outside, and what is no flow
    has no before.
    """
    if case.partial or not case.procedure.starts:
        return
    procedure, steps = case.procedure, case.steps
    made = procedure.makers
    settled = {name for name, known in procedure.artefacts.items() if known.common}
    seen: set[str | None] = set()
    last: Event | None = None
    for at, step in enumerate(steps):
        seen.add(step.activity)
        if step.event is last:
            continue
        last = step.event
        if not step.artefacts:
            continue
        # an event of several activities bears the documents of all of them
        if at + 1 < len(steps) and steps[at + 1].event is last:
            seen.update(s.activity for s in _of_event(last, steps, at))
        for artefact in step.artefacts:
            if artefact not in settled:
                settled.add(artefact)
                makers = made.get(artefact, ())
                if makers and seen.isdisjoint(makers) and _was_early(artefact, makers, case):
                    yield _fact(rule, case, step, artefact, makers)


def _of_event(event: Event, steps: Sequence[Step], first: int) -> Iterator[Step]:
    return takewhile(lambda s: s.event is event, islice(steps, first, None))


def _was_early(artefact: str, makers: tuple[str, ...], case: Case) -> bool:
    """Unless another case may have made it, or it is told already that what makes it is missing or out of order."""
    if artefact in case.procedure.elsewhere:
        makers = tuple(name for name in makers if case.of_activity(name))
    return bool(makers) and not any(case.deviations_of(name) for name in makers)


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
