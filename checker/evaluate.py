"""Rules × one submission → findings: observe, decide, tell."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from checker.engine.decide import decide
from checker.engine.form import Clause
from checker.facts import Fact
from checker.findings import Citation, Finding, Location, Outcome, Severity, Verdict
from checker.kinds import kind
from checker.kinds.protocol import Context, Related
from checker.mentions import mentions
from checker.packs.model import With
from checker.packs.pack import Pack, Rule
from checker.reading_quality import Quality
from checker.recognise.model import Recognised
from checker.relations import full_id, partners
from checker.spanish.text import flat, squeeze
from parsers.model import Document, Place

EVIDENCE = 200
"""Characters of a quote."""


class Located(msgspec.Struct, frozen=True):
    """A finding with the parser's own place, which knows more than the contract's location."""

    finding: Finding
    place: Place | None


class Scope(msgspec.Struct, frozen=True):
    """What a submission is judged in besides its own pack."""

    path: str = ""
    others: tuple[Pack, ...] = ()
    """Editions in force of other packs, whose rules may concern the type too."""
    related: Mapping[str, tuple[Related, ...]] = {}
    """Submissions of the same check, by ``pack#type``."""


def evaluate(
    pack: Pack,
    submission: Recognised,
    *,
    readings: Mapping[str, str],
    signed: bool,
    scope: Scope | None = None,
    asks: Callable[[Rule], bool] = lambda rule: True,
) -> tuple[Located, ...]:
    """What the rules say of a submission whose type ``pack`` defines, in document order; what stands nowhere comes last.

    ``readings`` are the user's choices among interpretations; ``signed`` asks for signed finals. Another document that rules ask for
    and the scope does not hold is told once, as info. Only the rules that ``asks`` lets through are asked. Raises
    :class:`checker.engine.decide.EngineDisagreement` when the evaluators cannot be trusted.
    """
    if submission.type is None:
        return ()
    scope = scope or Scope()
    asked: list[Asked] = []
    missing: dict[tuple[str, str], list[tuple[Rule, Pack]]] = {}
    for rule, owner in rules_on(pack, submission.type.id, scope, readings):
        if not asks(rule):
            continue
        if rule.head.when is not None and not mentions(rule.head.when, submission.fields, owner, submission.document):
            continue
        if rule.head.unless is not None and mentions(rule.head.unless, submission.fields, owner, submission.document):
            continue
        others: tuple[Related | None, ...] = (None,)
        if rule.head.with_ is not None:
            found = _others(rule.head.with_, owner, submission, scope)
            if isinstance(found, str):
                missing.setdefault((rule.head.with_.document, found), []).append((rule, owner))
                continue
            others = found
        for other in others:
            context = Context(owner, readings, other, (pack, *scope.others))
            asked.append((rule, owner, tuple(kind(rule.kind).observe(rule.head.id, rule.params, submission, context))))
    taken: Counter[tuple[str, str, str]] = Counter()
    told = located(asked, submission.document, signed, taken)
    packs = (pack, *scope.others)
    alone = [Located(_not_compared(names, why, rules, packs, taken), None) for (names, why), rules in missing.items()]
    return (*told, *alone)


Asked = tuple[Rule, Pack, Sequence[Fact]]
"""A rule, the pack that it belongs to, and what it observed."""


def located(
    asked: Sequence[Asked], document: Document, signed: bool, taken: Counter[tuple[str, str, str]]
) -> list[Located]:
    """What the rules answer to the facts about ``document``, in its order; ``taken`` counts what has been told alike.

    Raises :class:`checker.engine.decide.EngineDisagreement`.
    """
    clauses: dict[Clause, None] = {}
    owners: list[tuple[Rule, Pack]] = []
    facts: list[Fact] = []
    for rule, owner, seen in asked:
        clauses.update(dict.fromkeys(kind(rule.kind).clauses(rule.head.id, rule.params)))
        facts.extend(seen)
        owners.extend([(rule, owner)] * len(seen))
    numbered = tuple(clauses)
    quality = Quality(document)
    told = []
    for activation in decide(numbered, facts):
        fact, clause = facts[activation.fact], numbered[activation.clause]
        rule, owner = owners[activation.fact]
        message = kind(rule.kind).message(rule.params, fact, clause.say)
        outcome, message = _doubted(clause.outcome, message, fact, quality)
        finding = finding_of(owner, rule, fact, outcome, message, severity_of(rule, signed), taken)
        told.append((quality.order(fact.place), activation.fact, Located(finding, fact.place)))
    return [item for _, _, item in sorted(told, key=lambda t: t[:2])]


def concerned(pack: Pack, submission: Recognised, scope: Scope, readings: Mapping[str, str]) -> bool:
    """Whether any rule was asked about the submission: where none was, nothing can be said to comply.

    A norm is known only to rules that name it: what may be asked of every norm says nothing of whether this one complies.
    """
    assert submission.type is not None, "rules are asked of submissions whose type is known"
    every = submission.type.kind != "norm"
    return any(
        (every if rule.head.when is None else mentions(rule.head.when, submission.fields, owner, submission.document))
        and not (rule.head.unless and mentions(rule.head.unless, submission.fields, owner, submission.document))
        and (rule.head.with_ is None or not isinstance(_others(rule.head.with_, owner, submission, scope), str))
        for rule, owner in rules_on(pack, submission.type.id, scope, readings)
    )


def verdict(findings: Sequence[Finding], recognised: Recognised) -> Verdict:
    """Noncompliant when an error is violated; else undetermined when an error is, or a part of the file could not be read; else compliant.

    Warnings and infos never change it.
    """
    errors = {f.outcome for f in findings if f.severity == "error"}
    if "violated" in errors:
        return "noncompliant"
    if "undetermined" in errors or recognised.type is None or recognised.document.gaps:
        return "undetermined"
    return "compliant"


def rules_on(pack: Pack, type_id: str, scope: Scope, readings: Mapping[str, str]) -> Iterator[tuple[Rule, Pack]]:
    """The rules on a type that stand under ``readings``, with the pack that each belongs to: the pack's own first."""
    for owner in (pack, *(p for p in scope.others if p.info.id != pack.info.id)):
        named = full_id(pack.info.id, type_id)
        for rule in owner.rules:
            asked = rule.head.on.document
            if asked and full_id(owner.info.id, asked) == named and stands(rule, owner, readings):
                yield rule, owner


def _not_compared(
    document: str,
    why: str,
    rules: list[tuple[Rule, Pack]],
    packs: Sequence[Pack],
    taken: Counter[tuple[str, str, str]],
) -> Finding:
    """What rules across documents could not be asked, told once for each document that they need."""
    rule, owner = rules[0]
    pack_id, _, type_id = full_id(owner.info.id, document).rpartition("#")
    known = next((p.types[type_id] for p in packs if p.info.id == pack_id and type_id in p.types), None)
    message = f"No se comparó con «{known.title if known else document}»: {why}."
    fact = Fact(rule.kind, rule.head.id, {}, "documento")
    finding = finding_of(owner, rule, fact, "undetermined", message, "info", taken)
    return msgspec.structs.replace(
        finding,
        obligations=tuple(dict.fromkeys(o for r, _ in rules for o in r.obligations)),
        remedy=f"Entregar juntos ambos documentos, o señalar el otro con --relate {document}=ARCHIVO.",
    )


def _others(wanted: With, owner: Pack, submission: Recognised, scope: Scope) -> tuple[Related, ...] | str:
    """The other documents that a rule of ``owner`` compares with, or why there is none, in Spanish."""
    related = scope.related
    if wanted.where is not None:
        name = full_id(owner.info.id, wanted.document)
        given = [r for r in related.get(name, ()) if r.path != scope.path]
        fit = tuple(r for r in given if mentions(wanted.where, r.fields, owner))
        if given and not fit:
            return "el que se entregó es de otro periodo, unidad o ámbito"
        related = {name: fit}
    return partners(wanted, owner.info.id, submission, scope.path, related)


def stands(rule: Rule, pack: Pack, readings: Mapping[str, str]) -> bool:
    """Whether the rule stands under the readings that are taken."""
    head = rule.head
    if head.interpretation is None or head.reading is None:
        return True
    return pack.taken(head.interpretation, readings) == head.reading


def severity_of(rule: Rule, signed: bool) -> Severity:
    """Severity of the rule's findings, before the user's own choices."""
    return rule.head.severity_signed or rule.head.severity if signed else rule.head.severity


def _doubted(outcome: Outcome, message: str, fact: Fact, quality: Quality) -> tuple[Outcome, str]:
    """A violation that rests on what was poorly read, or may be hidden by what was not read, is only undetermined."""
    if outcome == "violated":
        doubt = quality.doubt_about(fact)
        if doubt:
            return "undetermined", f"{message} {doubt}"
    return outcome, message


def finding_of(
    pack: Pack,
    rule: Rule,
    fact: Fact,
    outcome: Outcome,
    message: str,
    severity: Severity,
    taken: Counter[tuple[str, str, str]],
) -> Finding:
    """What a rule answers about one fact; ``taken`` counts what has been told alike, so that every finding has its own fingerprint."""
    head = rule.head
    evidence = squeeze(fact.quote)
    if len(evidence) > EVIDENCE:
        evidence = evidence[: EVIDENCE - 1].rstrip() + "…"
    if head.interpretation:
        message = f"{message} (Conforme al criterio de interpretación {head.interpretation}.)"
    identity = (head.id, fact.subject, squeeze(flat(evidence)))
    taken[identity] += 1
    parts = identity if taken[identity] == 1 else (*identity, str(taken[identity]))
    obligation = pack.obligations.get(rule.obligations[0])
    return Finding(
        rule=head.id,
        obligations=rule.obligations,
        outcome=outcome,
        severity=severity,
        subject=fact.subject,
        message=message,
        evidence=evidence,
        remedy=head.remedy,
        citation=Citation(
            pack.info.title,
            pack.info.clave,
            pack.cited(head.numeral or (obligation.numeral if obligation else rule.obligations[0])),
        ),
        location=Location.of(fact.place) if fact.place else None,
        fingerprint=hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16],
    )
