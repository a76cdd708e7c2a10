"""``gathers``: a case holds, somewhere, all the documents of a complete expediente."""

from __future__ import annotations

from collections.abc import Iterator

from checker.cases.model import Case
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.cases.asking import Absent, CaseParams, silence
from checker.kinds.protocol import Context
from checker.spanish.saying import either, joined


class Params(CaseParams, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words of the kind."""

    artefacts: tuple[str, ...] = ()
    """Ids of artefacts, every one of them."""
    any: tuple[str, ...] = ()
    """Ids of artefacts of which one suffices."""
    absent: Absent = "violated"
    """What the absence of one means."""

    def __post_init__(self) -> None:
        """Refuse a rule that asks for nothing."""
        if not self.artefacts and not self.any:
            raise ValueError("artefacts or any is missing")


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """Each document that no event has; all at once where the record does not keep documents. An extract is not asked."""
    if case.partial or not case.steps or not params.asked(case):
        return
    there = case.artefacts
    lacking = [(a, f"«{case.artefact_name(a)}»") for a in params.artefacts if a not in there]
    if params.any and there.isdisjoint(params.any):
        lacking.append((params.any[0], either([f"«{case.artefact_name(a)}»" for a in params.any])))
    if lacking and not case.keeps("artefacts"):
        words = {"lacking": joined([said for _, said in lacking])}
        yield Fact(
            "gathers",
            rule,
            {"kept": False, "silent": silence(case, "artefacts")},
            lacking[0][0],
            case.record.place,
            words=words,
        )
        return
    for artefact, said in lacking:
        yield Fact("gathers", rule, {"kept": True}, artefact, case.record.place, words={"lacking": said})


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """A document is in no event; or the record does not keep documents."""
    return (
        Clause("gathers", rule, (Test("kept", "==", True),), params.absent, "missing"),
        Clause("gathers", rule, (Test("kept", "==", False),), "undetermined", "unsaid"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What the expediente lacks."""
    lacking = fact.words["lacking"]
    if say == "unsaid":
        return f"No se pudo determinar si el expediente contiene {lacking}: el registro no señala los documentos."
    return f"El expediente no contiene {lacking}."
