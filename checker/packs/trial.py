"""Running the examples of a pack: they are the tests of its rules."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.evaluate import evaluate
from checker.findings import Finding
from checker.packs.examples import BadExample, submission_of
from checker.packs.model import DocumentType, Example, Examples
from checker.packs.pack import Pack


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


def trials(pack: Pack) -> Iterator[Trial]:
    """Every example of the pack's rules and document types, in order."""
    for document in pack.types.values():
        yield from _run(pack, document, document.id, None, document.examples)
    for rule in pack.rules:
        if not rule.derived:
            document_id = rule.head.on.document
            document_type = pack.types.get(document_id or "")
            if document_type is None:
                yield Trial(rule.head.id, rule.head.id, f"no document type {document_id!r} to try it on")
            else:
                yield from _run(pack, document_type, rule.head.id, rule.head.id, rule.head.examples)


def never_fired(pack: Pack, ran: list[Trial]) -> list[str]:
    """Rules that no example fires."""
    fired = {t.rule for t in ran if t.fired}
    return [r for r in dict.fromkeys(rule.head.id for rule in pack.rules) if r not in fired]


def never_passed(pack: Pack) -> list[str]:
    """Declared rules without an example that passes."""
    return [r.head.id for r in pack.rules if not r.derived and not r.head.examples.passes]


def _run(pack: Pack, document: DocumentType, source: str, rule: str | None, examples: Examples) -> Iterator[Trial]:
    for number, example in enumerate(examples.passes, 1):
        found = _findings(pack, document, example)
        name = f"{source} passes[{number}]"
        if isinstance(found, str):
            yield Trial(name, rule, found)
            continue
        # a document type's passing example has no fault; what is only doubted or advised may show
        told = [f for f in found if (f.rule == rule if rule else f.severity == "error")]
        yield Trial(name, rule, f"fires {told[0].rule} at {told[0].subject}: {told[0].message}" if told else "")
    for number, example in enumerate(examples.fails, 1):
        name, meant = f"{source} fails[{number}]", rule or example.rule
        found = _findings(pack, document, example)
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


def _findings(pack: Pack, document: DocumentType, example: Example) -> list[Finding] | str:
    try:
        submission = submission_of(example, document, pack.info.id)
    except BadExample as error:
        return str(error)
    return [item.finding for item in evaluate(pack, submission, readings=_readings(pack), signed=False)]


def _readings(pack: Pack) -> dict[str, str]:
    """Each rule is tried under the reading that it stands on, the pack's own where it names none."""
    return {r.head.interpretation: r.head.reading for r in pack.rules if r.head.interpretation and r.head.reading}
