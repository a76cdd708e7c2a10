"""Both evaluators on every submission; they must agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
def decider(clauses: tuple[Clause, ...]) -> Decider:
    """The decider of a set of clauses; compiling it is what costs, so it is kept."""
    return Decider(clauses)


def decide(clauses: tuple[Clause, ...], facts: Sequence[Fact]) -> list[Activation]:
    """Every clause that matches a fact; see :meth:`Decider.decide`."""
    return decider(clauses).decide(facts)


class Decider:
    """Asks both evaluators, and remembers: clauses are conditions on single facts, so like facts always have like answers."""

    def __init__(self, clauses: tuple[Clause, ...]) -> None:
        self._clauses = clauses
        self._known: dict[Seen, tuple[int, ...]] = {}
        self._evaluators: tuple[Reference, Durable | None] | None = None

    def decide(self, facts: Sequence[Fact]) -> list[Activation]:
        """Every clause that matches a fact, by fact and then by clause.

        Raises :class:`EngineDisagreement` when durable-rules, where it is installed, gives another answer or none. Call it in a
        worker that can be killed.
        """
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        seen = [_seen(fact) for fact in facts]
        new = {key: fact for key, fact in zip(seen, facts, strict=True) if key not in self._known}
        if new:
            self._ask(new)
        return [Activation(n, clause) for n, key in enumerate(seen) for clause in self._known[key]]

    def _ask(self, new: Mapping[Seen, Fact]) -> None:
        """What both evaluators say of facts not seen before."""
        facts = list(new.values())
        try:
            if self._evaluators is None:
                self._evaluators = Reference(self._clauses), Durable(self._clauses) if version() else None
            reference, durable = self._evaluators
            expected = reference.decide(facts)
            found = durable.decide(facts) if durable else expected
        except EngineFault as fault:
            raise EngineDisagreement(f"engine fault: {fault}\n{_dump(facts)}") from fault
        if found != expected:
            missing = [a for a in expected if a not in found]
            extra = [a for a in found if a not in expected]
            told = "\n".join(
                f"  {word}: fact {a.fact}, {self._clauses[a.clause]}"
                for word, some in (("missing", missing), ("extra", extra))
                for a in some
            )
            raise EngineDisagreement(f"durable-rules and the reference differ:\n{told}\n{_dump(facts)}")
        answers: dict[int, list[int]] = {}
        for activation in expected:
            answers.setdefault(activation.fact, []).append(activation.clause)
        for number, key in enumerate(new):
            self._known[key] = tuple(answers.get(number, ()))


Seen = tuple[object, ...]
"""What the evaluators see of a fact; a bool is no int here: the type belongs to what is seen."""
_REMEMBERED = 50_000


def _seen(fact: Fact) -> Seen:
    return (fact.t, fact.k, *((name, type(value), value) for name, value in fact.attributes.items()))


def _dump(facts: Sequence[Fact]) -> str:
    return "\n".join(
        f"  {number}: {fact.t} {fact.k} {fact.subject} {fact.attributes}" for number, fact in enumerate(facts)
    )
