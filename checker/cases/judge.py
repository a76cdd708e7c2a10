"""One case record × the rules on its procedure → findings and verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from checker.calendar.days import Calendar, calendar_named
from checker.cases.course import net_of
from checker.cases.directory import Directory
from checker.cases.identify import Identifier, certainty
from checker.cases.model import Case, Step
from checker.cases.net import Net
from checker.cases.order import in_order
from checker.engine.decide import Decider
from checker.engine.form import Clause
from checker.evaluate import Located, finding_of, severity_of, stands
from checker.findings import Finding, Result, Verdict
from checker.kinds import case_kind
from checker.kinds.protocol import Context
from checker.options import Options
from checker.packs.load import pack_in_force
from checker.packs.pack import Pack
from checker.packs.procedures import Procedure
from checker.packs.rule import Rule
from parsers.cases.model import CaseRecord

SURE = 0.6
"""Certainty from which a procedure is taken for that of a record which does not name it."""
CLEAR = 0.08
"""By how much it must explain the record better than the next."""


class UnknownProcedure(ValueError):
    """Which procedure a record is of cannot be told. One sentence in Spanish."""


class Law(msgspec.Struct, frozen=True):
    """What one procedure asks of its cases under certain readings, ready to be asked; made once."""

    procedure: Procedure
    pack: Pack
    identifier: Identifier
    rules: tuple[Rule, ...]
    clauses: tuple[Clause, ...]
    decider: Decider
    net: Net
    calendar: Calendar


class Court:
    """Judges cases by the packs of a check. Laws and what has been read of events are kept from case to case."""

    def __init__(self, packs: Sequence[Pack], options: Options, directory: Directory | None = None) -> None:
        self._packs = packs
        self._options = options
        self._directory = directory
        self._laws: dict[tuple[str, str], Law] = {}

    def judge(self, record: CaseRecord, path: str, sha256: str, media_type: str, wanted: str | None = None) -> Result:
        """The verdict on one case; ``wanted`` is its procedure where the user or the record's folder names it."""
        notes = (*record.notes, *(f"{note} (línea {e.place.line})" for e in record.events for note in e.notes))
        try:
            law, sure = self.law_of(record, wanted or record.procedure)
        except UnknownProcedure as problem:
            return Result(
                path, sha256, media_type, "case", None, None, "undetermined", reason=str(problem), notes=notes
            )
        case = self.case(record, law)
        findings = tuple(item.finding for item in self.findings(case, law))
        gaps = tuple(gap.reason for gap in record.gaps)
        if law.procedure.starts and case.course is None:
            gaps = (
                *gaps,
                "el registro se aparta tanto del procedimiento que no puede decirse qué actividades faltan o sobran",
            )
        verdict, reason = _verdict(findings, gaps, case)
        return Result(
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

    def title_of(self, result: Result) -> str:
        """The procedure of a result, as its norm calls it."""
        return next((law.procedure.title for law in self._laws.values() if law.procedure.id == result.type), "")

    def case(self, record: CaseRecord, law: Law) -> Case:
        """The record in the words of a procedure."""
        options = self._options
        steps: list[Step] = []
        for event in in_order(record.events):
            read = law.identifier.read(event)
            for meant, outcome in zip(read.meant, read.outcomes, strict=True):
                steps.append(
                    Step(
                        event,
                        len(steps),
                        meant.activity,
                        meant.sure,
                        read.roles,
                        read.artefacts,
                        read.to,
                        read.via,
                        outcome,
                    )
                )
        return Case(
            record,
            law.procedure,
            law.pack,
            tuple(steps),
            law.net,
            law.calendar,
            options.as_of,
            options.partial,
            self._directory,
        )

    def findings(self, case: Case, law: Law) -> list[Located]:
        """What the rules say of a case, in the order of its events; what has no event comes last."""
        options = self._options
        context = Context(law.pack, options.readings)
        facts = []
        owners = []
        for rule in law.rules:
            for fact in case_kind(rule.kind).observe(rule.head.id, rule.params, case, context):
                facts.append(fact)
                owners.append(rule)
        if not facts:
            return []
        taken: Counter[tuple[str, str, str]] = Counter()
        order = {step.place: step.position for step in reversed(case.steps)}
        told: list[tuple[int, int, Located]] = []
        for activation in law.decider.decide(facts):
            fact, clause, rule = facts[activation.fact], law.clauses[activation.clause], owners[activation.fact]
            if not options.selects(rule.head.id, rule.obligations):
                continue
            message = case_kind(rule.kind).message(rule.params, fact, clause.say)
            severity = severity_of(rule, options.signed)
            finding = finding_of(law.pack, rule, fact, clause.outcome, message, severity, taken)
            chosen = options.severity(finding.rule, finding.severity, finding.obligations)
            located = Located(msgspec.structs.replace(finding, severity=chosen), fact.place)
            at = order.get(fact.place, len(case.steps)) if fact.place else len(case.steps)
            told.append((at, activation.fact, located))
        return [item for _, _, item in sorted(told, key=lambda t: t[:2])]

    def law_of(self, record: CaseRecord, wanted: str | None) -> tuple[Law, float]:
        """The procedure of a record, named or recognised, and how sure that is. Raises :class:`UnknownProcedure`."""
        day = self._options.as_of or next((e.at.value.date() for e in record.events if e.at and e.at.value), None)
        packs = [pack_in_force(self._packs, i, day) for i in dict.fromkeys(p.info.id for p in self._packs)]
        known = [(pack, p) for pack in packs for p in pack.casebook.procedures.values()]
        if wanted:
            return self._named(wanted, known), 1.0
        scored = sorted(((self._explains(record, self.law(*item)), n) for n, item in enumerate(known)), reverse=True)
        if not scored or scored[0][0] < SURE:
            raise UnknownProcedure(
                "no se reconoce de qué procedimiento es el registro; indíquelo con --procedure o en su clave «procedure»"
            )
        best = known[scored[0][1]]
        if len(scored) > 1 and scored[0][0] - scored[1][0] < CLEAR:
            other = known[scored[1][1]]
            raise UnknownProcedure(
                f"el registro puede ser de «{best[1].title}» o de «{other[1].title}»; indíquelo con --procedure o en su clave «procedure»"
            )
        return self.law(*best), round(scored[0][0], 2)

    def _named(self, wanted: str, known: list[tuple[Pack, Procedure]]) -> Law:
        from checker.spanish.text import flat, squeeze

        owner, _, name = wanted.strip().rpartition("#")
        asked = squeeze(flat(name))
        fit = [
            (pack, p)
            for pack, p in known
            if owner in ("", pack.info.id) and (p.id == name or squeeze(flat(p.title)) == asked)
        ]
        if len(fit) != 1:
            from rapidfuzz.process import extractOne

            ids = [f"{pack.info.id}#{p.id}" for pack, p in known]
            near = extractOne(wanted, ids, score_cutoff=60)
            problem = "es de varias normas" if fit else "no existe"
            hint = f"; ¿se quiso decir «{near[0]}»?" if near and not fit else ""
            raise UnknownProcedure(f"el procedimiento «{wanted}» {problem}{hint}")
        return self.law(*fit[0])

    def _explains(self, record: CaseRecord, law: Law) -> float:
        events = record.events[:_ENOUGH]
        said = {n: bool(e.role) for n, e in enumerate(events)}
        return certainty([law.identifier.read(e) for e in events], said)

    def law(self, pack: Pack, procedure: Procedure) -> Law:
        """What a procedure asks, under the readings that the options take."""
        key = (pack.sha256, procedure.id)
        if key not in self._laws:
            options = self._options
            rules = tuple(r for r in pack.casebook.rules_on(procedure.id) if stands(r, pack, options.readings))
            clauses = tuple(c for r in rules for c in case_kind(r.kind).clauses(r.head.id, r.params))
            self._laws[key] = Law(
                procedure,
                pack,
                Identifier(procedure, pack),
                rules,
                clauses,
                Decider(clauses),
                net_of(procedure),
                calendar_named(pack.info.calendar, options.closed, options.opened),
            )
        return self._laws[key]


_ENOUGH = 300
"""Events of a record by which its procedure is told."""


def _verdict(findings: Sequence[Finding], gaps: Sequence[str], case: Case) -> tuple[Verdict, str | None]:
    """As for documents: an error violated, else an error in doubt or something unread, else compliant."""
    errors = {f.outcome for f in findings if f.severity == "error"}
    if "violated" in errors:
        return "noncompliant", None
    if gaps:
        return "undetermined", "; ".join(dict.fromkeys(gaps))
    if "undetermined" in errors:
        return "undetermined", None
    if not case.steps:
        return "undetermined", "el registro no tiene eventos"
    return "compliant", None
