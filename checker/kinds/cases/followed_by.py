"""``followed_by``: after something is done, other things are done."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from checker.cases.model import Case, Step
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.cases.asking import Absent, CaseParams, may_be, merged
from checker.kinds.cases.belonging import Peers, came_before
from checker.kinds.cases.telling import any_called, besides, called, happened, subject
from checker.kinds.protocol import Context
from checker.kinds.values import capital
from checker.packs.procedures import Events

_NEAR = 50
"""How many events on the wrong side are looked through for one whose time is not certain."""


class Params(CaseParams, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words of the kind."""

    of: Events
    by: tuple[Events, ...] = ()
    """All of them come after it."""
    by_any: tuple[Events, ...] = ()
    """One of them comes after it."""
    absent: Absent = "violated"
    """What it means that none comes after it although the record goes on."""

    def __post_init__(self) -> None:
        """Refuse a rule that asks for nothing."""
        if not self.by and not self.by_any:
            raise ValueError("by or by_any is missing")


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """Each event after which something is wanting; an extract is not asked what may lie after it. Doubts are told once."""
    if case.partial or not params.asked(case):
        return
    steps = case.select(params.of)
    for wanted in (*((one,) for one in params.by), *((params.by_any,) if params.by_any else ())):
        peers = Peers(merged(case, wanted), steps)
        unsaid = Peers(may_be(case, wanted), steps)
        doubts: dict[str, list[Step]] = {}
        for step in steps:
            state = _standing(step, peers, unsaid, case)
            if state == "absent" and params.absent == "violated":
                yield _fact(rule, params, case, wanted, state, step)
            elif state != "after":
                doubts.setdefault(state, []).append(step)
        for state, doubtful in doubts.items():
            yield _fact(rule, params, case, wanted, state, doubtful[0], besides(len(doubtful)))


def _standing(step: Step, peers: Peers, unsaid: Peers, case: Case) -> str:
    if next(peers.after(step), None) is not None:
        return "after"
    doubtful = chain(islice(peers.before(step), _NEAR), unsaid.after(step), islice(unsaid.before(step), _NEAR))
    if any(came_before(step, s) is not False for s in doubtful):
        return "unclear"
    goes_on = case.steps[-1].event is not step.event
    return "absent" if goes_on else "open"


def _fact(
    rule: str, params: Params, case: Case, wanted: tuple[Events, ...], state: str, step: Step, more: str = ""
) -> Fact:
    words = {
        "what": called(case, params.of, step),
        "when": happened(case, step),
        "by": any_called(case, wanted),
        "more": more,
    }
    return Fact("followed_by", rule, {"then": state}, subject(params.of, step), step.place, step.quote, words=words)


_SAYS = {
    "absent": "{What} consta {when}{more}, sin que después conste {by}, que debe seguirle.",
    "open": "{What} consta {when}, y el registro no va más allá: no se pudo determinar si le sigue {by}.",
    "unclear": "No se pudo determinar si a {what} ({when}) le sigue {by}{more}: el registro no dice bastante de los que podrían serlo.",
}


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Nothing of the kind follows; or it cannot be told."""
    return (
        Clause("followed_by", rule, (Test("then", "==", "absent"),), params.absent, "absent"),
        Clause("followed_by", rule, (Test("then", "==", "open"),), "undetermined", "open"),
        Clause("followed_by", rule, (Test("then", "==", "unclear"),), "undetermined", "unclear"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The event, and what should come after it."""
    return _SAYS[say].format(What=capital(fact.words["what"]), **fact.words)
