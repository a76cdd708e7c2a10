"""``deadline``: something is done within a term: after or before an event, from the close of a period, or on the first days of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec

from checker.calendar.spans import Every
from checker.cases.model import Case
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.findings import Outcome
from checker.kinds.cases.asking import CaseParams
from checker.kinds.protocol import Context
from checker.kinds.values import capital
from checker.packs.procedures import Events

_BEGIN: dict[str, set[int]] = {"quarter": {1, 4, 7, 10}, "semester": {1, 7}, "year": {1}}
_END: dict[str, set[int]] = {"quarter": {3, 6, 9, 12}, "semester": {6, 12}, "year": {12}}


class Params(CaseParams, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words of the kind; exactly one of ``after``, ``before``, ``close_of``, ``opening_of``."""

    of: Events
    or_: tuple[Events, ...] = msgspec.field(default=(), name="or")
    """With ``missing: only``: other acts that answer as well."""
    within: str | None = None
    """At most so long from it: ``5 business days``. ``0 days``: on the same day."""
    at_least: str | None = None
    """At least so long from it: before an event, «un día hábil antes»."""
    after: Events | None = None
    before: Events | None = None
    close_of: Every | None = None
    """From the close of the period that the event states, else of the one that closed last."""
    opening_of: Every | None = None
    """On the first days of the period in which it falls."""
    months: tuple[Annotated[int, msgspec.Meta(ge=1, le=12)], ...] = ()
    """Only these months' closes, or openings, count."""
    nearest: bool = False
    """Without a stated period the close that is nearest; and nothing is too early («a más tardar»)."""
    missing: Literal["told", "untold", "only"] = "told"
    """Whether it is told that nothing came within the term: ``untold`` where several acts share what opens it and one suffices; ``only``
    tells nothing else, and what came late is no matter.

    Of a flow's own activities it is never told: their place in the flow says what is missing.
    """

    def __post_init__(self) -> None:
        """Refuse words that say no term, or more than one."""
        from checker.calendar.durations import read_duration

        anchors = [self.after, self.before, self.close_of, self.opening_of]
        if sum(a is not None for a in anchors) != 1:
            raise ValueError("exactly one of after, before, close_of, opening_of")
        if self.within is None and self.at_least is None:
            raise ValueError("within or at_least is missing")
        for text in (self.within, self.at_least):
            if text is not None:
                read_duration(text, "calendar")
        every = self.close_of or self.opening_of
        if every is not None and (self.within is None or self.at_least is not None):
            raise ValueError("a term from the close or opening of a period has within, and no at_least")
        if every is None and (self.months or self.nearest):
            raise ValueError("months and nearest belong to close_of or opening_of")
        if self.or_ and self.missing != "only":
            raise ValueError("or belongs to missing: only")
        possible = (_END if self.close_of else _BEGIN).get(every or "")
        if possible and not possible.issuperset(self.months):
            raise ValueError(f"months of a {every} are among {', '.join(map(str, sorted(possible)))}")


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """Acts out of time, triggers whose term ran out without an act, and what the record leaves open."""
    from checker.kinds.cases.terms import read_term

    if not params.asked(case):
        return
    term = read_term(params.within, params.at_least, case.pack, case.calendar)
    if params.close_of or params.opening_of:
        from checker.kinds.cases.deadline_periods import against_periods

        yield from against_periods(rule, params, case, term)
    else:
        from checker.kinds.cases.deadline_events import against_events

        yield from against_events(rule, params, case, term)


_SAYS: dict[str, tuple[Outcome, str]] = {
    "late": ("violated", "{What} consta {when}: {by} después de vencido el plazo. {working}"),
    "early": ("violated", "{What} consta {when}: {by} antes de lo debido. {working}"),
    "ahead": ("violated", "{What} consta {when}, antes del hecho que abre el plazo: {trigger}."),
    "behind": ("violated", "{What} consta {when}, después del hecho al que debe anteceder: {trigger}."),
    "missing": ("violated", "No consta {what}, que debía constar a más tardar el {last}. {working}"),
    "missing-before": (
        "violated",
        "No consta {what} antes de {trigger}: debía constar a más tardar el {last}. {working}",
    ),
    "unclear": (
        "undetermined",
        "No se pudo determinar si {what} consta en plazo (a más tardar el {last}): {why}. {working}",
    ),
    "orphan": (
        "undetermined",
        "No se pudo determinar si {what} ({when}) está en plazo: no consta {trigger}, desde donde se cuenta{more}.",
    ),
    "undated": (
        "undetermined",
        "No se pudo determinar si {what} está en plazo: no tiene una fecha que pueda leerse{more}.",
    ),
    "open": (
        "undetermined",
        "No se pudo determinar si {what} está en plazo: {trigger}, desde donde se cuenta, no tiene una fecha que pueda leerse{more}.",
    ),
    "vague": (
        "undetermined",
        "{What} consta {when}, y el registro no dice con claridad de qué periodo es{why}. {working}",
    ),
}


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Each state in which an act, or its absence, is notable."""
    return tuple(
        Clause("deadline", rule, (Test("state", "==", state),), outcome, state) for state, (outcome, _) in _SAYS.items()
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The act, the day, by how much it is out of time, and how that was counted."""
    words = {"more": "", "why": "", "working": "", **fact.words}
    return _SAYS[say][1].format(What=capital(words["what"]), **words).rstrip()
