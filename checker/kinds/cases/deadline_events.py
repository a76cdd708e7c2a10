"""Terms that an event of the case opens, or before which something is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from checker.calendar.days import FIRST_YEAR, LAST_YEAR, OutOfRange
from checker.calendar.working import working, working_before
from checker.cases.model import Case, Step
from checker.facts import Fact
from checker.kinds.cases.asking import merged, possible, silence, silence_of
from checker.kinds.cases.belonging import period_of_step, share_units, unit_of
from checker.kinds.cases.pairs import Dated, Trigger, pair
from checker.kinds.cases.telling import besides, called, dated, happened, in_short, subject
from checker.kinds.cases.terms import Term
from checker.packs.procedures import Events
from checker.spanish.saying import spoken

if TYPE_CHECKING:
    from checker.kinds.cases.deadline import Params


def against_events(rule: str, params: Params, case: Case, term: Term) -> Iterator[Fact]:
    """What is notable of the acts and of the events that open their terms."""
    acts, triggers = merged(case, (params.of, *params.or_)), case.select(_anchor(params))
    if acts or triggers:
        steps = {s.position: s for s in (*acts, *triggers)}
        yield from _Docket(rule, params, case, term, steps, share_units(acts, triggers)).facts(acts, triggers)


class Opened(msgspec.Struct, frozen=True):
    """A term that the case opened."""

    trigger: Step
    last: dt.date
    """The last day to act."""
    act: Step | None
    """What was done for it, in time or not; None where nothing was."""


def opened_terms(params: Params, case: Case, term: Term) -> list[Opened]:
    """Every term that an event of the case opens, in order; none for a term before an event."""
    if params.after is None or params.within is None:
        return []
    triggers, acts = case.select(params.after), [a for a in case.select(params.of) if _countable(a)]
    steps = {s.position: s for s in (*acts, *triggers)}
    docket = _Docket("", params, case, term, steps, share_units(acts, triggers))
    given = [t for step in triggers if (t := docket._opens(step)) is not None]
    pairs = pair(given, [docket._dated(a) for a in acts], after=True)
    answered = {t.at.position: steps[a.position] for t, a in (*pairs.in_time, *pairs.off)}
    return [Opened(steps[t.at.position], t.last, answered.get(t.at.position)) for t in given]


class _Docket(msgspec.Struct, frozen=True):
    """One rule on one case."""

    rule: str
    params: Params
    case: Case
    term: Term
    steps: dict[int, Step]
    by_unit: bool

    def facts(self, acts: Sequence[Step], triggers: Sequence[Step]) -> Iterator[Fact]:
        """Acts out of time in their order, then what is missing, then what cannot be told."""
        known = [a for a in acts if _countable(a)]
        opened = [(step, opens) for step in triggers if (opens := self._opens(step))]
        pairs = pair([t for _, t in opened], [self._dated(a) for a in known], after=self.after)
        if self.params.missing != "only":
            for trigger, act in sorted(pairs.off, key=lambda p: p[1].position):
                yield self._off(trigger, self.steps[act.position])
        undated = [a for a in acts if not _countable(a)]
        yield from self._missing(pairs.unanswered, undated)
        if self.params.missing == "only":
            return
        unread = [t for t in triggers if self._opens(t) is None] if len(opened) < len(triggers) else []
        if unread and (pairs.orphans or (not acts and self._owed(self.params.of))):
            yield self._told("open", unread[0], {"more": besides(len(unread))})
        first_of_all = self.params.of == self.params.after  # where each opens the term of the next
        if pairs.orphans and not (unread or first_of_all or self.case.partial) and self._owed(_anchor(self.params)):
            yield self._orphan([self.steps[a.position] for a in pairs.orphans])
        if undated:
            yield self._told("undated", undated[0], {"more": besides(len(undated))}, act=undated[0])

    @property
    def after(self) -> bool:
        """Whether acts follow what opens their term."""
        return self.params.after is not None

    def _owed(self, wanted: Events) -> bool:
        """Whether the absence of ``wanted`` is told here: not by the place that it has in a flow, and not left untold."""
        activities = self.case.procedure.activities
        in_flow = (
            self.case.procedure.starts and wanted.activity and not any(activities[a].anywhere for a in wanted.activity)
        )
        return not in_flow and (wanted is not self.params.of or self.params.missing != "untold")

    def _dated(self, step: Step) -> Dated:
        assert step.day is not None, "only steps with a day are paired"
        unit = unit_of(step) if self.by_unit else ""
        barred = step.position if self.params.of == self.params.after else -1
        return Dated(step.position, step.day, unit, period_of_step(step), None if step.day_only else step.at, barred)

    def _opens(self, step: Step) -> Trigger | None:
        """The days that a trigger leaves; None where it has no day that can be counted from."""
        if step.day is None or not _countable(step):
            return None
        try:
            first, last = self.term.after(step.day) if self.after else self.term.before(step.day)
        except OutOfRange:
            return None
        return Trigger(self._dated(step), first, last)

    def _off(self, trigger: Trigger, act: Step) -> Fact:
        """An act outside the days of its trigger."""
        day = act.day
        assert day is not None, "only acts with a day are paired"
        opening = self.steps[trigger.at.position]
        wrong_side = day <= trigger.at.day if self.after else day >= trigger.at.day
        if day > trigger.last:
            by = self.term.beyond(trigger.last, day)
            state = "behind" if wrong_side and self.params.at_least is None else "late"
        elif day < trigger.first:
            by = self.term.short_of(trigger.first, day)
            state = "ahead" if wrong_side and self.params.at_least is None else "early"
        else:  # on the very day, at the wrong hour
            by, state = None, "ahead" if self.after else "behind"
        words = {"by": str(by), "when": happened(self.case, act), "working": self._working(trigger, state)}
        return self._told(state, opening, words, act=act, by=by.amount if by else 0)

    def _missing(self, unanswered: Sequence[Trigger], undated: Sequence[Step]) -> Iterator[Fact]:
        """Triggers whose term ran out without any act; in doubt, once, where an act of which the record says too little may be the one."""
        over = [t for t in unanswered if self._ran_out(t)] if self._owed(self.params.of) else []
        if not over:
            return
        unsaid = () if undated else possible(self.case, self.params.of)
        for trigger in over[:1] if undated or unsaid else over:
            opening = self.steps[trigger.at.position]
            state = "missing" if self.after else "missing-before"
            words = {"last": spoken(trigger.last), "working": self._working(trigger, state)}
            if unsaid:
                words["why"] = f"el registro no dice si lo es la actividad {dated(unsaid[0])}{besides(len(unsaid))}"
                state = "unclear"
            if not undated:  # else they are told as undated, if at all
                yield self._told(state, opening, words)

    def _ran_out(self, trigger: Trigger) -> bool:
        """Whether the record goes on past the last day; of an extract, whether it holds all the days."""
        last = self.case.last_day
        if self.after:
            return last is not None and trigger.last < last
        first = next((s.day for s in self.case.steps if s.day), None)
        return not self.case.partial or (first is not None and trigger.first >= first)

    def _orphan(self, orphans: list[Step]) -> Fact:
        act = orphans[0]
        words = {
            "trigger": called(self.case, _anchor(self.params)),
            "when": happened(self.case, act),
            "more": besides(len(orphans)),
        }
        return self._told("orphan", None, words, act=act)

    def _told(
        self, state: str, opening: Step | None, words: dict[str, str], *, act: Step | None = None, by: int = 0
    ) -> Fact:
        """A fact at the act, or at what opens the term where there is none."""
        case, anchor = self.case, _anchor(self.params)
        at = act or opening
        assert at is not None, "every fact is about an act or a trigger"
        said = {"what": called(case, self.params.of, act)}
        if opening is not None:
            said["trigger"] = (
                f"{called(case, anchor, opening)}, {dated(opening)}" if opening.day else called(case, anchor, opening)
            )
        rests = (opening.place,) if act is not None and opening is not None else ()
        silent = silence(case, "at") if state in ("undated", "open") else ""
        if state == "unclear":
            silent = silence_of(case, self.params.of)
        attributes: dict[str, str | int | bool] = {"state": state, "by": by, "silent": silent}
        about = subject(self.params.of, act)
        return Fact("deadline", self.rule, attributes, about, at.place, at.quote, rests, {**said, **words})

    def _working(self, trigger: Trigger, state: str) -> str:
        """How the days were counted; empty where the sentence says it all."""
        day, term = trigger.at.day, self.term
        within, at_least = term.within, term.at_least
        opening = self.steps[trigger.at.position]
        name = _short(self.case, _anchor(self.params), opening)
        since = f"{spoken(day)} ({name})"
        if state in ("ahead", "behind"):
            return ""
        if state == "early":
            least = at_least if self.after else within
            how = f"al menos {least} después" if self.after else f"a lo sumo {least} antes"
            return f"No procede antes del {spoken(trigger.first)}: debe ocurrir {how} del {since}."
        if self.after:
            assert within is not None, "nothing is late without a last day"
            if not within.amount:
                return f"Debe ocurrir el mismo día: {since}."
            return working(day, name, within, term.calendar)
        if at_least is None or not at_least.amount:
            return f"Debía ocurrir a más tardar el {since}." if state == "late" else ""
        return working_before(day, name, at_least, term.calendar)


def _anchor(params: Params) -> Events:
    anchor = params.after or params.before
    assert anchor is not None, "the words of a term against events name one"
    return anchor


def _countable(step: Step) -> bool:
    return step.day is not None and FIRST_YEAR <= step.day.year < LAST_YEAR


def _short(case: Case, wanted: Events, step: Step) -> str:
    """The trigger between parentheses."""
    if wanted.artefact is not None:
        return case.artefact_name(wanted.artefact)
    return in_short(case, step.activity) if step.activity else "hecho que abre el plazo"
