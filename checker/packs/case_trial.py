"""Trying the rules on cases: declared ones on the examples that they carry, derived ones on records made from their procedure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from checker.cases.judge import Court
from checker.cases.law import Law
from checker.cases.sample import broken_records, made_records
from checker.findings import Finding
from checker.options import Options
from checker.packs.model import Example
from checker.packs.pack import Pack
from checker.packs.procedures import Procedure
from checker.packs.rule import Rule
from checker.packs.trial import Trial
from parsers.cases.json_cases import nodes
from parsers.cases.model import CaseRecord
from parsers.cases.nested import cases_of


def case_trials(pack: Pack) -> Iterator[Trial]:
    """Every declared example, and for each procedure its made records, which comply, and for each derived rule one that breaks it."""
    declared = [r for r in pack.casebook.rules if not r.derived]
    for rule in declared:
        yield from _declared(rule, pack)
    for procedure in pack.casebook.procedures.values():
        yield from _derived(procedure, pack)


def _declared(rule: Rule, pack: Pack) -> Iterator[Trial]:
    procedure = pack.casebook.procedures.get(rule.head.on.case or "")
    if procedure is None:
        yield Trial(rule.head.id, rule.head.id, f"no procedure {rule.head.on.case!r} to try it on")
        return
    for word, examples in (("passes", rule.head.examples.passes), ("fails", rule.head.examples.fails)):
        for number, example in enumerate(examples, 1):
            found = _asked(rule, example, procedure, pack)
            told = ", ".join(f"{f.rule} {f.outcome} at {f.subject}: {f.message}" for f in found)
            hit = any(f.outcome == example.outcome and f.subject == (example.at or f.subject) for f in found)
            problem = ""
            if word == "passes" and found:
                problem = f"fires {told}"
            elif word == "fails" and not hit:
                problem = f"does not fire ({example.outcome}) at {example.at}; fires {told or 'nothing'}"
            yield Trial(f"{rule.head.id} {word}[{number}]", rule.head.id, problem, fired=hit and word == "fails")


def _asked(rule: Rule, example: Example, procedure: Procedure, pack: Pack) -> list[Finding]:
    record = _record(example)
    readings = {rule.head.interpretation: rule.head.reading} if rule.head.interpretation and rule.head.reading else {}
    return _findings(record, procedure, pack, [rule], example.as_of, readings)


def _record(example: Example) -> CaseRecord:
    """The events of an example, read as any record is."""
    text = msgspec.json.encode({"case": "ejemplo", "events": example.events}).decode()
    return next(iter(cases_of(nodes(text), "ejemplo")))


def _derived(procedure: Procedure, pack: Pack) -> Iterator[Trial]:
    records = list(made_records(procedure, pack))
    court, law = _court(pack, procedure, None, {})
    for record in records:
        told = [i.finding for i in court.findings(court.case(record, law)[0], law) if _breaks(i.finding)]
        problem = f"fires {told[0].rule} at {told[0].subject}: {told[0].message}" if told else ""
        path = " ".join(e.activity or e.milestone or "" for e in record.events)
        yield Trial(
            f"{procedure.id} {record.case} ({path})" if problem else f"{procedure.id} {record.case}", None, problem
        )
    for rule in pack.casebook.rules_on(procedure.id):
        if rule.derived:
            broken = broken_records(rule, procedure, pack, records)
            fired = any(_findings(record, procedure, pack, [rule], None, {}) for record in broken)
            problem = "" if fired else "no made record breaks it"
            yield Trial(f"{rule.head.id} (made)", rule.head.id, problem, fired=fired)


def _breaks(finding: Finding) -> bool:
    return finding.severity == "error" and finding.outcome == "violated"


def _findings(
    record: CaseRecord,
    procedure: Procedure,
    pack: Pack,
    rules: Sequence[Rule],
    as_of: dt.date | None,
    readings: Mapping[str, str],
) -> list[Finding]:
    court, law = _court(pack, procedure, as_of, readings)
    only = law.only([r.head.id for r in rules])
    return [item.finding for item in court.findings(court.case(record, only)[0], only)]


_COURTS: dict[tuple[object, ...], tuple[Court, Law]] = {}


def _court(pack: Pack, procedure: Procedure, as_of: dt.date | None, readings: Mapping[str, str]) -> tuple[Court, Law]:
    """A court for a procedure; compiling its law is what costs, so it is kept."""
    key = (pack.sha256, procedure.id, as_of, *readings.items())
    if key not in _COURTS:
        court = Court((pack,), Options(as_of=as_of, readings=dict(readings)))
        _COURTS[key] = court, court.laws.law(pack, procedure)
    return _COURTS[key]
