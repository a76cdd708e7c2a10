"""``precedes``: before something is done, other things have been done."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Literal

from checker.cases.model import Case, Step, fits
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.findings import Outcome
from checker.kinds.cases.asking import Absent, CaseParams, may_be, merged, silence_of
from checker.kinds.cases.belonging import Peers, came_before
from checker.kinds.cases.telling import any_called, besides, called, dated, happened, subject
from checker.kinds.protocol import Context
from checker.kinds.values import capital
from checker.packs.procedures import Events

_NEAR = 50
"""How many events on the wrong side are looked through for one whose time is not certain."""


class Params(CaseParams, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words of the kind."""

    of: Events
    first: tuple[Events, ...] = ()
    """All of them come before it."""
    first_any: tuple[Events, ...] = ()
    """One of them comes before it."""
    absent: Absent = "violated"
    """What it means that the case has no such event at all."""
    order: Literal["told", "untold"] = "told"
    """Whether it is told that it came later: a flow tells it of its own activities."""

    def __post_init__(self) -> None:
        """Refuse a rule that asks for nothing."""
        if not self.first and not self.first_any:
            raise ValueError("first or first_any is missing")


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """Each event before which something is wanting: it came later, is not there, or cannot be told; the last is told once."""
    if not params.asked(case):
        return
    steps = case.select(params.of)
    for wanted in (*((one,) for one in params.first), *((params.first_any,) if params.first_any else ())):
        peers = Peers(merged(case, wanted), steps)
        unsaid = Peers(may_be(case, wanted), steps)
        doubts: dict[str, list[tuple[Step, Step | None]]] = {}
        for step in steps:
            state, other = _standing(step, wanted, peers, unsaid, case)
            if params.order == "untold" and state in ("late", "unclear", "outside"):
                continue
            if state == "late" or (state == "absent" and params.absent == "violated"):
                yield _fact(rule, params, case, wanted, state, step, other)
            elif state != "before":
                doubts.setdefault(state, []).append((step, other))
        for state, doubtful in doubts.items():
            yield _fact(rule, params, case, wanted, state, *doubtful[0], besides(len(doubtful)))


def _standing(
    step: Step, wanted: tuple[Events, ...], peers: Peers, unsaid: Peers, case: Case
) -> tuple[str, Step | None]:
    """How what should come before ``step`` stands to it; of an extract, what is not in it may lie before it.

    A document that ``step`` itself bears, and that may come from any activity, was there before.
    """
    if next(peers.before(step), None) is not None or any(not one.activity and fits(step, one) for one in wanted):
        return "before", None
    later = list(islice(peers.after(step), _NEAR))
    unclear = next((s for s in later if came_before(s, step) is not False), None)
    if unclear is not None:
        return "unclear", unclear
    if any(came_before(s, step) is not False for s in chain(unsaid.before(step), islice(unsaid.after(step), _NEAR))):
        return "unsaid", None
    if case.partial:
        return ("outside", later[0]) if later else ("before", None)
    return ("late", later[0]) if later else ("absent", None)


def _fact(
    rule: str,
    params: Params,
    case: Case,
    wanted: tuple[Events, ...],
    state: str,
    step: Step,
    other: Step | None,
    more: str = "",
) -> Fact:
    words = {
        "what": called(case, params.of, step),
        "when": happened(case, step),
        "first": any_called(case, wanted),
        "other": dated(other) if other else "",
        "more": more,
    }
    rests = (other.place,) if other else ()
    silent = silence_of(case, *wanted) if state == "unsaid" else ""
    return Fact(
        "precedes",
        rule,
        {"first": state, "silent": silent},
        subject(params.of, step),
        step.place,
        step.quote,
        rests,
        words,
    )


_SAYS: dict[str, str] = {
    "late": "{What} consta {when}, antes que {first}, {other}, que debe precederle.",
    "absent": "{What} consta {when}{more}, sin que conste {first}, que debe precederle.",
    "unclear": "No se pudo determinar si {first}, {other}, precede a {what} ({when}){more}: el registro no da fecha y hora de ambas.",
    "unsaid": "No se pudo determinar si {first} precede a {what} ({when}){more}: hay eventos que podrían serlo, y el registro no lo dice.",
    "outside": "{What} consta {when}, antes que {first}, {other}{more}; no se pudo determinar si otra le precede fuera del extracto.",
}


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """What should come first comes later or never; or it cannot be told."""
    outcomes: dict[str, Outcome] = {"late": "violated", "absent": params.absent}
    return tuple(
        Clause("precedes", rule, (Test("first", "==", state),), outcomes.get(state, "undetermined"), state)
        for state in _SAYS
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The event, and what should come before it."""
    return _SAYS[say].format(What=capital(fact.words["what"]), **fact.words)
