"""Running the examples of a pack: they are the tests of its rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from checker.evaluate import Scope, evaluate
from checker.findings import Finding
from checker.kinds.protocol import Related
from checker.packs.examples import BadExample, submission_of
from checker.packs.model import DocumentType, Example, Examples
from checker.packs.pack import Pack
from checker.relations import shared


class Trial(msgspec.Struct, frozen=True):
    """One example as it ran."""

    source: str
    """Rule or document type that it stands in, and which of its examples: ``PV-008.anio fails[1]``."""
    rule: str | None
    """The rule meant; None where a document type's example must satisfy all rules."""
    problem: str
    """Why it did not answer as it should, in English; empty when it did."""
    fired: bool = False
    """The rule gave the answer that the example expects of it."""


def trials(pack: Pack, packs: Sequence[Pack] = ()) -> Iterator[Trial]:
    """Every example of the pack's rules and document types, in order; ``packs`` hold the types of others that its rules are about."""
    for document in pack.types.values():
        yield from _run(_Bench(pack, pack, document, tuple(packs)), document.id, None, document.examples)
    known = {p.info.id: p for p in (*packs, pack)}
    for rule in pack.rules:
        if not rule.derived:
            owner_id, _, type_id = (rule.head.on.document or "").rpartition("#")
            owner = known.get(owner_id or pack.info.id)
            document_type = owner.types.get(type_id) if owner else None
            if owner is None or document_type is None:
                yield Trial(rule.head.id, rule.head.id, f"no document type {rule.head.on.document!r} to try it on")
            else:
                yield from _run(
                    _Bench(pack, owner, document_type, tuple(packs)), rule.head.id, rule.head.id, rule.head.examples
                )
    if pack.casebook.rules:
        from checker.packs.case_trial import case_trials

        yield from case_trials(pack)


def never_fired(pack: Pack, ran: list[Trial]) -> list[str]:
    """Rules that no example fires."""
    fired = {t.rule for t in ran if t.fired}
    return [r for r in dict.fromkeys(rule.head.id for rule in pack.every_rule) if r not in fired]


def never_passed(pack: Pack) -> list[str]:
    """Declared rules without an example that passes."""
    return [r.head.id for r in pack.every_rule if not r.derived and not r.head.examples.passes]


class _Bench(msgspec.Struct, frozen=True):
    """What an example is tried on: the type, the pack that defines it, and the pack whose rules are tried."""

    pack: Pack
    owner: Pack
    document: DocumentType
    packs: tuple[Pack, ...] = ()
    """Others that the rules may look something up in; their own rules are not tried."""


def _run(bench: _Bench, source: str, rule: str | None, examples: Examples) -> Iterator[Trial]:
    for number, example in enumerate(examples.passes, 1):
        found = _findings(bench, example, rule)
        name = f"{source} passes[{number}]"
        if isinstance(found, str):
            yield Trial(name, rule, found)
            continue
        # a document type's passing example has no fault; what is only doubted or advised may show
        told = [f for f in found if (f.rule == rule if rule else f.severity == "error")]
        yield Trial(name, rule, f"fires {told[0].rule} at {told[0].subject}: {told[0].message}" if told else "")
    for number, example in enumerate(examples.fails, 1):
        name, meant = f"{source} fails[{number}]", rule or example.rule
        found = _findings(bench, example, meant)
        if isinstance(found, str):
            yield Trial(name, meant, found)
        elif meant is None:
            yield Trial(name, None, "names no rule")
        else:
            hit = any(
                f.rule == meant and f.outcome == example.outcome and f.subject == (example.at or f.subject)
                for f in found
            )
            others = ", ".join(f"{f.rule} {f.outcome} at {f.subject}" for f in found) or "nothing"
            problem = "" if hit else f"does not fire {meant} ({example.outcome}) at {example.at}; fires {others}"
            yield Trial(name, meant, problem, fired=hit)


def _findings(bench: _Bench, example: Example, rule: str | None) -> list[Finding] | str:
    try:
        submission = submission_of(example, bench.document, bench.owner.info.id)
        others = [_related(bench, name, fields) for name, fields in example.related.items()]
    except BadExample as error:
        return str(error)
    consulted = (msgspec.structs.replace(p, rules=()) for p in bench.packs if p.info.id != bench.pack.info.id)
    scope = Scope(others=(bench.pack, *consulted), related={o.type: (o,) for o in others})
    located = evaluate(bench.owner, submission, readings=_readings(bench.pack, rule), signed=False, scope=scope)
    return [item.finding for item in located]


def _related(bench: _Bench, name: str, fields: dict[str, object]) -> Related:
    pack_id, _, type_id = name.rpartition("#")
    pack = next((p for p in (bench.pack, *bench.packs) if p.info.id == (pack_id or bench.pack.info.id)), None)
    if pack is None or type_id not in pack.types:
        raise BadExample(f"no document type {name!r} to relate to")
    other = shared(submission_of(Example(fields=fields), pack.types[type_id], pack.info.id), f"{type_id}.example")
    assert other is not None, "an example has a type"
    return other


def _readings(pack: Pack, rule: str | None) -> dict[str, str]:
    """The readings that ``rule`` stands on; where it names none, and where no rule is meant, the pack's own hold."""
    own = (r.head for r in pack.rules if r.head.id == rule)
    return {head.interpretation: head.reading for head in own if head.interpretation and head.reading}
