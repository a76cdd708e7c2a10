"""Both evaluators on every submission; they must agree."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from checker.engine.durable import Durable, EngineFault, version
from checker.engine.form import Activation, Clause
from checker.engine.reference import Reference
from checker.facts import Fact


class EngineDisagreement(Exception):
    """The evaluators differ, or one broke down; the message dumps what is needed to see why."""


def evaluator_names() -> tuple[str, ...]:
    """The evaluators that :func:`decide` runs here, for the receipt."""
    second = version()
    return ("reference", second) if second else ("reference",)


@lru_cache(maxsize=64)
def _compiled(clauses: tuple[Clause, ...]) -> tuple[Reference, Durable | None]:
    return Reference(clauses), Durable(clauses) if version() else None


def decide(clauses: tuple[Clause, ...], facts: Sequence[Fact]) -> list[Activation]:
    """Every clause that matches a fact, by fact and then by clause.

    Raises :class:`EngineDisagreement` when durable-rules, where it is installed, gives another answer or none. Call it in a
    worker that can be killed.
    """
    try:
        reference, durable = _compiled(clauses)
        expected = reference.decide(facts)
        found = durable.decide(facts) if durable else expected
    except EngineFault as fault:
        raise EngineDisagreement(f"engine fault: {fault}\n{_dump(facts)}") from fault
    if found != expected:
        missing = [a for a in expected if a not in found]
        extra = [a for a in found if a not in expected]
        told = "\n".join(
            f"  {word}: fact {a.fact}, {clauses[a.clause]}"
            for word, some in (("missing", missing), ("extra", extra))
            for a in some
        )
        raise EngineDisagreement(f"durable-rules and the reference differ:\n{told}\n{_dump(facts)}")
    return expected


def _dump(facts: Sequence[Fact]) -> str:
    return "\n".join(
        f"  {number}: {fact.t} {fact.k} {fact.subject} {fact.attributes}" for number, fact in enumerate(facts)
    )
