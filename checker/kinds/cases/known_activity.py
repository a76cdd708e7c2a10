"""``known_activity``: every event of a record is an activity of its procedure."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.cases.model import Case
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The kind has no words: the procedure says what it knows."""


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """Events that are none of its activities, and names that are only alike."""
    for step in case.steps:
        said = step.event.activity or step.event.milestone or ""
        if step.activity is not None:
            continue
        near = case.nearest_activity(said) if said else None
        words = {"said": said, "near": case.name(near) if near else ""}
        known = "unknown" if case.procedure.starts else "beside"
        state = "nothing" if not said else "near" if near else known
        yield Fact("known_activity", rule, {"state": state}, said or "evento", step.place, step.quote, words=words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """An unknown activity leaves a flow; beside what is no flow, near to a known name, or without any, it is a doubt."""
    return (
        Clause("known_activity", rule, (Test("state", "==", "unknown"),), "violated", "unknown"),
        Clause("known_activity", rule, (Test("state", "==", "beside"),), "undetermined", "beside"),
        Clause("known_activity", rule, (Test("state", "==", "near"),), "undetermined", "near"),
        Clause("known_activity", rule, (Test("state", "==", "nothing"),), "undetermined", "nothing"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What the record says, and what it may have meant."""
    w = fact.words
    if say == "nothing":
        return "El registro tiene un evento que no dice de qué actividad es."
    if say == "near":
        return f"«{w['said']}» no es el nombre de ninguna actividad del procedimiento; puede ser la {w['near']}."
    if say == "beside":
        return f"La norma no dice nada de «{w['said']}»: no puede decirse si procede."
    return f"«{w['said']}» no es ninguna actividad del procedimiento."
