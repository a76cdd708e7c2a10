"""One case record × the rules on its procedure → findings and verdict."""

from __future__ import annotations

import datetime as dt
import itertools
import operator
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from checker.cases.course import wanted_by_the_flow
from checker.cases.directory import Directory
from checker.cases.identify import Read
from checker.cases.law import Asked, Law, Laws, Owes, UnknownProcedure
from checker.cases.model import Case, Step
from checker.cases.order import in_order
from checker.cases.sureness import event_notes, with_origin
from checker.evaluate import Located, finding_of, severity_of
from checker.facts import Fact
from checker.findings import SEVERITIES, Finding, Result, Verdict
from checker.kinds import case_kind
from checker.kinds.protocol import Context
from checker.options import Options
from checker.packs.pack import Pack
from checker.packs.procedures import Events, selectors
from parsers.cases.model import MEXICO_CITY, CaseRecord, Event

_LOST = "el registro se aparta tanto del procedimiento que no puede decirse qué actividades faltan o sobran"
_REMEMBERED = 50_000
"""Ways of doing an activity of which there is nothing to say that a court remembers."""
_VARIANTS = 2_000
"""Variants without deviations that it remembers."""


_Columns = tuple[tuple[Any, ...], ...]
"""Of the steps of a case, field by field, what follows from what was read of their events: the fields of a step from ``read`` to
``outcome``."""


class _Variant(msgspec.Struct):
    """Events that say the same in the same order, of which there is nothing to say but, perhaps, of when they were and who did them."""

    reads: Sequence[Read]
    """Kept, so that their identities are never those of others."""
    meant: _Columns | None
    """None until a second case needs it."""
    chosen: dict[int, tuple[Events, tuple[int, ...]]]
    """See :class:`checker.cases.model.Case`."""
    timed: tuple[Asked, ...]
    passing: tuple[Asked, ...] | None = None
    """What is to be asked of each case anew, once there was nothing to say by the rules that ask only what the events say and their
    order."""


class Judgement(msgspec.Struct, frozen=True):
    """The verdict on a case, and the case itself where it could be read with a procedure."""

    result: Result
    case: Case | None
    law: Law | None = None
    located: tuple[Located, ...] = ()


class Court:
    """Judges cases by the packs of a check; what was made ready for one case serves the next."""

    def __init__(self, packs: Sequence[Pack], options: Options, directory: Directory | None = None) -> None:
        self.laws = Laws(packs, options)
        self._options = options
        self._directory = directory
        self._variants: dict[tuple[int, ...], _Variant] = {}
        self._nothing: dict[tuple[object, ...], list[Read]] = {}

    def judge(
        self, record: CaseRecord, path: str, sha256: str, media_type: str, wanted: str | None = None
    ) -> Judgement:
        """The verdict on one case; ``wanted`` is its procedure where the user or the record's folder names it."""
        notes = (*record.notes, *event_notes(record))
        if not record.events:
            unread = "; ".join(dict.fromkeys(g.reason for g in record.gaps)) or "el registro no tiene eventos"
            result = Result(path, sha256, media_type, "case", None, None, "undetermined", reason=unread, notes=notes)
            return Judgement(result, None)
        try:
            law, sure = self.laws.of(record, wanted or record.procedure)
        except UnknownProcedure as problem:
            unread = "; ".join(dict.fromkeys((str(problem), *(g.reason for g in record.gaps))))
            result = Result(path, sha256, media_type, "case", None, None, "undetermined", reason=unread, notes=notes)
            return Judgement(result, None)
        case, reads = self.case(record, law)
        located = tuple(self.findings(case, law, reads))
        findings = tuple(item.finding for item in located)
        gaps = tuple(gap.reason for gap in record.gaps)
        if law.procedure.starts and "course" in case.__dict__ and case.course is None:
            gaps = (*gaps, _LOST)
        verdict, reason = _verdict(findings, gaps)
        if verdict == "compliant" and law.nets is None and (beside := _judged_by_none(case, law)):
            verdict, reason = "undetermined", f"ninguna regla de la norma dice nada de: {'; '.join(beside)}"
        told = Result(
            path,
            sha256,
            media_type,
            "case",
            law.procedure.id,
            sure,
            verdict,
            findings=findings,
            reason=reason,
            notes=(*notes, *gaps),
        )
        return Judgement(told, case, law, located)

    def case(self, record: CaseRecord, law: Law) -> tuple[Case, list[Read]]:
        """The record in the words of a procedure, and what was read of each event, in the order of time."""
        options = self._options
        events = in_order(record.events)
        reads = law.identifier.read_all(events)
        known = self._variants.get(tuple(map(id, reads)))
        meant = known.meant if known is not None and known.meant is not None else _meant(reads)
        if known is not None:
            known.meant = meant
        steps = _steps(events, meant)
        if known is None and law.nets is not None and any(m.near for read in reads for m in read.meant):
            steps = wanted_by_the_flow(steps, reads, law.nets.flow, options.partial)
        case = Case(
            record,
            law.procedure,
            law.pack,
            tuple(steps),
            law.nets,
            law.calendar,
            options.as_of,
            options.partial,
            self._directory,
            known.chosen if known is not None else {},
        )
        return case, reads

    def findings(self, case: Case, law: Law, reads: Sequence[Read] = ()) -> list[Located]:
        """What the rules say of a case, in the order of its events; what has no event comes last.

        ``reads`` is what was read of its events: a case that says the same as one in which nothing was found is not asked again what
        does not depend on time.
        """
        facts, owners = self._observed(case, law, reads)
        if not facts:
            return []
        options = self._options
        taken: Counter[tuple[str, str, str]] = Counter()
        silent: dict[str, int] = {}
        order = {step.place: step.position for step in reversed(case.steps)}
        told: list[tuple[int, int, Located]] = []
        for number, clause in law.verdicts.on(facts):
            fact, rule = facts[number], owners[number].rule
            if not options.selects(rule.head.id, rule.obligations):
                continue
            message = case_kind(rule.kind).message(rule.params, fact, clause.say)
            outcome = clause.outcome
            if case.record.gaps and outcome == "violated" and clause.say in _ABSENCES.get(fact.t, ()):
                outcome, message = "undetermined", f"{message} Parte del registro no se leyó: puede constar en ella."
            severity = severity_of(rule, options.signed)
            finding = finding_of(law.pack, rule, fact, outcome, message, severity, taken)
            finding = with_origin(finding, fact, case)
            chosen = options.severity(finding.rule, finding.severity, finding.obligations)
            located = Located(msgspec.structs.replace(finding, severity=chosen), fact.place)
            at = order.get(fact.place, len(case.steps)) if fact.place else len(case.steps)
            aspect = str(fact.attributes.get("silent", ""))
            if aspect and outcome == "undetermined":
                # what the whole record is silent of is one doubt, whatever rules rest on it
                if aspect in silent:
                    first = told[silent[aspect]]
                    told[silent[aspect]] = (*first[:2], _with(first[2], located))
                    continue
                silent[aspect] = len(told)
            told.append((at, number, located))
        return [item for _, _, item in sorted(told, key=lambda t: t[:2])]

    def _observed(self, case: Case, law: Law, reads: Sequence[Read]) -> tuple[list[Fact], list[Asked]]:
        variant = tuple(map(id, reads))
        context = Context(law.pack, self._options.readings)
        facts: list[Fact] = []
        owners: list[Asked] = []

        def ask(some: Sequence[Asked]) -> int:
            before = len(facts)
            for asked in some:
                for fact in asked.observe(asked.id, asked.params, case, context):
                    facts.append(fact)
                    owners.append(asked)
            return len(facts) - before

        known = self._variants.get(variant)
        if known is None:
            ask(law.timeless)
            for activity in case.concerned:
                self._ask_of(activity, case, law, reads, ask)
            here = case.concerned.keys()
            timed = tuple(a for a in law.timed if a.about is None or not a.about.isdisjoint(here))
            # with a directory it matters who did it when; what a name means may depend on where it stands
            surely = variant and self._directory is None and not any(m.near for read in reads for m in read.meant)
            if not surely or facts or not case.clean_course:
                ask(timed)
                return facts, owners
            if len(self._variants) > _VARIANTS:
                self._variants.clear()
            known = self._variants[variant] = _Variant(reads, None, case.chosen, timed)
        plain = _plain(case)
        if known.passing is not None and plain:
            ask(known.passing)
            return facts, owners
        ask(known.timed)
        if plain and not any(asked.lasting for asked in owners):
            known.passing = tuple(asked for asked in known.timed if not asked.lasting)
        return facts, owners

    def _ask_of(
        self,
        activity: str,
        case: Case,
        law: Law,
        reads: Sequence[Read],
        ask: Callable[[Sequence[Asked]], int],
    ) -> None:
        """Ask the derived rules of an activity. What its events say of themselves is remembered where there was nothing to say of it."""
        own = law.of_activity.get(activity)
        if own is None:
            return
        if case.deviations_of(activity):
            ask(own.place)
        if own.branch:
            ask(own.branch)
        steps = case.of_activity(activity)
        read = [reads[s.read] for s in steps] if reads else []
        said = (activity, *map(id, read))
        if said in self._nothing:
            return
        # with a directory it matters who did it when; what is unsaid depends on the rest of the record
        lasting = bool(reads) and self._directory is None and all(_says_all(s, own.owes) for s in steps)
        if not ask(own.said) and lasting:
            if len(self._nothing) > _REMEMBERED:
                self._nothing.clear()
            self._nothing[said] = read


def _meant(reads: Sequence[Read]) -> _Columns:
    rows = [
        (at, meant.activity, meant.sure, read.roles, read.artefacts, read.to, read.via, outcome)
        for at, read in enumerate(reads)
        for meant, outcome in zip(read.meant, read.outcomes, strict=True)
    ]
    return tuple(zip(*rows, strict=True))


def _steps(events: Sequence[Event], meant: _Columns) -> list[Step]:
    if not events:
        return []
    days = list(map(_day, events))
    of = meant[0]
    if len(of) > len(events):
        events, days = [events[at] for at in of], [days[at] for at in of]
    return list(map(Step, events, range(len(of)), *meant, days))


def _day(event: Event) -> dt.date | None:
    at = event.at
    if at is None or at.value is None:
        return None
    return at.value.date() if at.value.tzinfo is MEXICO_CITY else at.day


def _plain(case: Case) -> bool:
    """Whether each event has a moment of its own, and none states a period: nothing but their order then tells which came first."""
    moments = []
    for step in case.steps:
        event = step.event
        if event.at is None or event.at.day_only or event.at.value is None or event.period is not None:
            return False
        moments.append(event.at.value)
    return all(map(operator.lt, moments, itertools.islice(moments, 1, None)))


def _judged_by_none(case: Case, law: Law) -> list[str]:
    """Of what is no flow, the events of which no rule says anything: that they comply nobody can say."""
    judged = {
        step.position
        for asked in law.timed
        if not asked.rule.derived and asked.rule.kind != "names_object"
        for chosen in selectors(asked.params)
        for step in case.select(chosen)
    }
    found = []
    for step in case.steps:
        own = law.of_activity.get(step.activity or "")
        if step.position not in judged and not (own and (own.said or own.branch)):
            found.append(
                f"«{' · '.join(filter(None, (step.event.activity or step.event.milestone, *(step.artefacts or ()))))}»"
            )
    return list(dict.fromkeys(found))[:_NAMED]


_NAMED = 5
"""Events that are named in a reason."""


def _says_all(step: Step, owes: Owes) -> bool:
    """Whether the event says everything that its activity owes."""
    return (
        (not owes.role or bool(step.roles))
        and (not owes.artefacts or step.artefacts is not None)
        and (not owes.to or step.to is not None)
        and (not owes.via or step.via is not None)
    )


def _with(first: Located, other: Located) -> Located:
    """One finding for both: the obligations of each, the graver severity, and how many rules it holds for."""
    one, two = first.finding, other.finding
    message, found, count = one.message.partition(_SAME)
    number = int(count.split()[0]) + 1 if found else 1
    joined = msgspec.structs.replace(
        one,
        obligations=tuple(dict.fromkeys((*one.obligations, *two.obligations))),
        severity=max(one.severity, two.severity, key=SEVERITIES.index),
        message=f"{message}{_SAME}{number} {'revisión' if number == 1 else 'revisiones'} más.",
    )
    return msgspec.structs.replace(first, finding=joined)


_ABSENCES: dict[str, tuple[str, ...]] = {
    "step": ("skipped", "gap", "open-loop", "abandoned", "begun-late"),
    "produced": ("missing",),
    "deadline": ("missing", "missing-before"),
    "periodicity": ("missing",),
    "gathers": ("missing",),
    "followed_by": ("missing", "absent"),
    "made_before": ("early",),
    "precedes": ("missing", "absent"),
}
"""Kind → sentences that say that something is not on record."""
_SAME = " Lo mismo deja sin resolver "


def _verdict(findings: Sequence[Finding], gaps: Sequence[str]) -> tuple[Verdict, str | None]:
    """As for documents: an error violated, else an error in doubt or something unread, else compliant."""
    errors = {f.outcome for f in findings if f.severity == "error"}
    if "violated" in errors:
        return "noncompliant", None
    if gaps:
        return "undetermined", "; ".join(dict.fromkeys(gaps))
    if "undetermined" in errors:
        return "undetermined", None
    return "compliant", None
