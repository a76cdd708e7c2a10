"""The reference evaluator: plain closures, compiled once, indexed by kind and key."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence

from checker.engine.form import Activation, Clause, Test
from checker.facts import Fact, Scalar

_ORDER: dict[str, Callable[[int, int], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_Attributes = dict[str, Scalar]


class Reference:
    """Decides facts by the clauses that it was built from."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._index: dict[tuple[str, str], list[tuple[int, tuple[Callable[[_Attributes], bool], ...]]]] = {}
        for number, clause in enumerate(clauses):
            tests = tuple(_closure(test) for test in clause.tests)
            self._index.setdefault((clause.t, clause.k), []).append((number, tests))

    def decide(self, facts: Sequence[Fact]) -> list[Activation]:
        """Every clause that matches a fact, by fact and then by clause."""
        return [
            Activation(position, number)
            for position, fact in enumerate(facts)
            for number, tests in self._index.get((fact.t, fact.k), ())
            if all(test(fact.attributes) for test in tests)
        ]


def _closure(test: Test) -> Callable[[_Attributes], bool]:
    attribute, value, kind = test.attribute, test.value, type(test.value)
    if test.operator in _ORDER:
        if kind is not int:
            raise ValueError(f"{test.operator} orders integers, not {value!r}")
        compare = _ORDER[test.operator]
        assert isinstance(value, int)

        def ordered(attributes: _Attributes) -> bool:
            found = attributes.get(attribute)
            return type(found) is int and compare(found, value)

        return ordered
    equal = test.operator == "=="

    def same(attributes: _Attributes) -> bool:
        found = attributes.get(attribute)
        # a bool is no int here: True == 1 would let two types meet
        return type(found) is kind and (found == value) is equal

    return same
