"""``accompanied``: an event has certain documents with it."""

from __future__ import annotations

from collections.abc import Iterator

from checker.cases.model import Case, Step
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.cases.asking import Absent, CaseParams, silence
from checker.kinds.cases.telling import besides, called, happened, subject
from checker.kinds.protocol import Context
from checker.kinds.values import capital
from checker.packs.procedures import Events
from checker.spanish.saying import either, joined


class Params(CaseParams, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words of the kind."""

    of: Events
    artefacts: tuple[str, ...] = ()
    """Ids of artefacts, every one of them."""
    any: tuple[str, ...] = ()
    """Ids of artefacts of which one suffices."""
    absent: Absent = "violated"
    """What their absence means: ``undetermined`` where records need not tell them."""

    def __post_init__(self) -> None:
        """Refuse a rule that asks for nothing."""
        if not self.artefacts and not self.any:
            raise ValueError("artefacts or any is missing")


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """Events that lack a document; what the record does not keep, or is only a doubt, is told once."""
    doubts: dict[str, list[tuple[Step, str]]] = {}
    for step in case.select(params.of) if params.asked(case) else ():
        lacking = _lacking(params, case, step)
        if not lacking:
            continue
        if step.event.artefacts is None and not case.keeps("artefacts"):
            doubts.setdefault("unsaid", []).append((step, lacking))
        elif params.absent == "undetermined":
            doubts.setdefault("missing", []).append((step, lacking))
        else:
            yield _fact(rule, params, case, "missing", step, lacking)
    for state, doubtful in doubts.items():
        yield _fact(rule, params, case, state, *doubtful[0], besides(len(doubtful)))


def _lacking(params: Params, case: Case, step: Step) -> str:
    """What is wanting, in words; empty where nothing is."""
    there = step.artefacts or ()
    lacking = [f"«{case.artefact_name(a)}»" for a in params.artefacts if a not in there]
    if params.any and not any(a in there for a in params.any):
        lacking.append(either([f"«{case.artefact_name(a)}»" for a in params.any]))
    return joined(lacking)


def _fact(rule: str, params: Params, case: Case, state: str, step: Step, lacking: str, more: str = "") -> Fact:
    words = {"what": called(case, params.of, step), "when": happened(case, step), "lacking": lacking, "more": more}
    silent = silence(case, "artefacts") if state == "unsaid" else ""
    return Fact(
        "accompanied",
        rule,
        {"state": state, "silent": silent},
        subject(params.of, step),
        step.place,
        step.quote,
        words=words,
    )


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """A document is missing; or the record does not keep documents."""
    return (
        Clause("accompanied", rule, (Test("state", "==", "missing"),), params.absent, "missing"),
        Clause("accompanied", rule, (Test("state", "==", "unsaid"),), "undetermined", "unsaid"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The event, and what should be with it."""
    w = fact.words
    if say == "unsaid":
        event = f"{w['what']} ({w['when']}){w['more']}"
        return f"No se pudo determinar si a {event} le acompaña {w['lacking']}: el registro no señala los documentos."
    if params.absent == "undetermined":
        return f"No consta que a {w['what']} ({w['when']}){w['more']} le acompañe {w['lacking']}: no pudo determinarse."
    return f"{capital(w['what'])} consta {w['when']}{w['more']}, sin que le acompañe {w['lacking']}."
