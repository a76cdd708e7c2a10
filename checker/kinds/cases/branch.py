"""``branch``: after an activity that decides, the case follows what its outcome says."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.cases.model import Case
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.cases.telling import the_activity
from checker.kinds.protocol import Context
from checker.spanish.saying import either, joined


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    activity: str


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """What each outcome of the activity is, and whether the case went on as it says."""
    branches = case.procedure.activities[params.activity].decides
    for step in case.of_activity(params.activity):
        said = step.event.outcome
        if not said:
            continue
        words = {"activity": case.name(params.activity), "said": said}
        if step.outcome is None:
            words["known"] = either([f"«{(b.words or (name,))[0]}»" for name, b in branches.items()])
            yield Fact("branch", rule, {"state": "unknown"}, params.activity, step.place, step.quote, words=words)
            continue
        followed = case.followed_by(step)
        due = branches[step.outcome].next
        if followed is None or (followed in case.procedure.within_reach(due) if due else followed == ""):
            continue
        words |= {
            "due": joined([case.name(name) for name in due]),
            "followed": case.name(followed) if followed else "",
        }
        state = "contrary" if due else "over"
        yield Fact("branch", rule, {"state": state}, params.activity, step.place, step.quote, words=words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Another branch than the outcome's, or an outcome that is none of them."""
    return (
        Clause("branch", rule, (Test("state", "==", "contrary"),), "violated", "contrary"),
        Clause("branch", rule, (Test("state", "==", "over"),), "violated", "over"),
        Clause("branch", rule, (Test("state", "==", "unknown"),), "undetermined", "unknown"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The outcome, what it leads to, and what was done."""
    w = fact.words
    outcome = f"El resultado de la actividad {w['activity']} fue «{w['said']}»"
    if say == "unknown":
        return f"{outcome}, que no es ninguno de los que la norma prevé ({w['known']}): no puede decirse qué rama debía seguirse."
    if say == "over":
        return f"{outcome}, con lo que el asunto terminaba, y se siguió con la actividad {w['followed']}."
    return f"{outcome}, que lleva a la actividad {w['due']}, y se siguió con {the_activity(w['followed'])}."
