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
    distinct, asked = _distinct(facts)
    try:
        reference, durable = _compiled(clauses)
        expected = reference.decide(distinct)
        found = durable.decide(distinct) if durable else expected
    except EngineFault as fault:
        raise EngineDisagreement(f"engine fault: {fault}\n{_dump(distinct)}") from fault
    if found != expected:
        missing = [a for a in expected if a not in found]
        extra = [a for a in found if a not in expected]
        told = "\n".join(
            f"  {word}: fact {a.fact}, {clauses[a.clause]}"
            for word, some in (("missing", missing), ("extra", extra))
            for a in some
        )
        raise EngineDisagreement(f"durable-rules and the reference differ:\n{told}\n{_dump(distinct)}")
    answers: dict[int, list[int]] = {}
    for activation in expected:
        answers.setdefault(activation.fact, []).append(activation.clause)
    return [Activation(n, clause) for n, number in enumerate(asked) for clause in answers.get(number, ())]


def _distinct(facts: Sequence[Fact]) -> tuple[list[Fact], list[int]]:
    """Facts that differ in what the evaluators see, and for every fact the number of its like among them.

    The rows of a long table are mostly alike, and like facts have like answers: the engines are asked once.
    """
    numbers: dict[tuple[object, ...], int] = {}
    distinct: list[Fact] = []
    asked = []
    for fact in facts:
        # a bool is no int here: the type belongs to what is seen
        seen = (fact.t, fact.k, *((name, type(value), value) for name, value in fact.attributes.items()))
        number = numbers.setdefault(seen, len(distinct))
        if number == len(distinct):
            distinct.append(fact)
        asked.append(number)
    return distinct, asked


def _dump(facts: Sequence[Fact]) -> str:
    return "\n".join(
        f"  {number}: {fact.t} {fact.k} {fact.subject} {fact.attributes}" for number, fact in enumerate(facts)
    )
