"""``names_object``: an act names the thing that it is about, and one that the manual knows.

Who may authorise depends on what is authorised: where that is unsaid, nothing can be said of who did it.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.cases.model import Case, Step
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.cases.asking import CaseParams
from checker.kinds.cases.telling import subject
from checker.kinds.protocol import Context
from checker.packs.procedures import Events
from checker.spanish.saying import joined


class Params(CaseParams, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words of the kind."""

    of: Events


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """The acts that name no object, or none that the procedure or a document type of the pack knows."""
    for step in case.select(params.of) if params.asked(case) else ():
        named = step.artefacts or ()
        if not any(a in case.procedure.artefacts or a in case.pack.types for a in named):
            yield _fact(rule, params, step, named)


def _fact(rule: str, params: Params, step: Step, named: tuple[str, ...]) -> Fact:
    state = "strange" if named or " " in (step.event.activity or "").strip() else "unsaid"
    words = {"said": step.event.activity or "", "named": joined([f"«{name}»" for name in named])}
    return Fact("names_object", rule, {"object": state}, subject(params.of, step), step.place, step.quote, words=words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Neither is a deviation; either leaves in doubt whose the act is."""
    return tuple(
        Clause("names_object", rule, (Test("object", "==", state),), "undetermined", state)
        for state in ("strange", "unsaid")
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What is unsaid."""
    if say == "unsaid":
        return f"El registro no dice sobre qué recae «{fact.words['said']}»: no puede determinarse a quién corresponde."
    if fact.words["named"]:
        return f"El manual no nombra {fact.words['named']}: no puede determinarse a quién corresponde «{fact.words['said']}»."
    return f"El manual no nombra el objeto de «{fact.words['said']}»: no puede determinarse a quién corresponde."
