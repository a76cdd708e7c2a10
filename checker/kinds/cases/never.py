"""``never``: something must not happen."""

from __future__ import annotations

from collections.abc import Iterator

from checker.cases.model import Case
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.cases.asking import CaseParams, possible, silence_of
from checker.kinds.cases.telling import besides, called, happened, subject
from checker.kinds.protocol import Context
from checker.kinds.values import capital
from checker.packs.procedures import Events


class Params(CaseParams, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words of the kind."""

    of: Events


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """Each such event; and once, those that may be one though the record does not say so."""
    if not params.asked(case):
        return
    for step in case.select(params.of):
        words = {"what": called(case, params.of, step), "when": happened(case, step)}
        yield Fact("never", rule, {"sure": True}, subject(params.of, step), step.place, step.quote, words=words)
    unsaid = possible(case, params.of)
    if unsaid:
        step = unsaid[0]
        words = {"what": called(case, params.of), "when": happened(case, step), "more": besides(len(unsaid))}
        attributes: dict[str, str | int | bool] = {"sure": False, "silent": silence_of(case, params.of)}
        yield Fact("never", rule, attributes, subject(params.of, step), step.place, step.quote, words=words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """It happened, or may have happened."""
    return (
        Clause("never", rule, (Test("sure", "==", True),), "violated", "happened"),
        Clause("never", rule, (Test("sure", "==", False),), "undetermined", "unsaid"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The event."""
    w = fact.words
    if say == "unsaid":
        return f"No se pudo determinar si ocurrió {w['what']}, que no debe ocurrir: puede serlo el evento ocurrido {w['when']}{w['more']}."
    return f"{capital(w['what'])} consta {w['when']}, y no debe ocurrir."
