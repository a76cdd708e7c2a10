"""The two evaluators give the same activations on any facts; each is tested alone against answers worked out by hand."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.engine.decide import EngineDisagreement, decide, evaluator_names
from checker.engine.durable import Durable, EngineFault, version
from checker.engine.form import Activation, Clause, Test
from checker.engine.reference import Reference
from checker.facts import Fact

needs_durable = pytest.mark.skipif(
    version() is None and os.environ.get("VOBO_CI") != "1",
    reason="durable-rules is not installed (make installs it where it builds)",
)
TYPES, KEYS, NAMES = ["required", "order", "among"], ["PV-040.fecha", "PV-040.firmas", "x"], ["state", "late", "known"]
WORDS = st.one_of(st.sampled_from(["absent", "empty", "present", "10", "", "true"]), st.text(max_size=12))
NUMBERS = st.one_of(st.integers(-5, 5), st.integers(-(2**31), 2**31 - 1))
SCALARS = st.one_of(WORDS, NUMBERS, st.booleans())
TESTS = st.one_of(
    st.builds(Test, st.sampled_from(NAMES), st.sampled_from(["==", "!="]), SCALARS),
    st.builds(Test, st.sampled_from(NAMES), st.sampled_from(["<", "<=", ">", ">="]), NUMBERS),
)
CLAUSES = st.lists(
    st.builds(
        Clause,
        st.sampled_from(TYPES),
        st.sampled_from(KEYS),
        st.lists(TESTS, max_size=3).map(tuple),
        st.just("violated"),
        st.just("x"),
    ),
    min_size=1,
    max_size=8,
).map(tuple)
FACTS = st.lists(
    st.builds(
        Fact,
        st.sampled_from(TYPES),
        st.sampled_from(KEYS),
        st.dictionaries(st.sampled_from(NAMES), SCALARS),
        st.just("s"),
    ),
    max_size=10,
)


@needs_durable
@given(CLAUSES, FACTS)
@settings(max_examples=2500, deadline=None)
def test_evaluators_agree(clauses: tuple[Clause, ...], facts: list[Fact]) -> None:
    assert Durable(clauses).decide(facts) == Reference(clauses).decide(facts)


def _fact(**attributes: str | int | bool) -> Fact:
    return Fact("order", "k", attributes, "s")


def _clause(*tests: Test) -> Clause:
    return Clause("order", "k", tests, "violated", "late")


EVALUATORS = [Reference, pytest.param(Durable, marks=needs_durable)]


@pytest.mark.parametrize("evaluator", EVALUATORS)
@pytest.mark.parametrize(
    ("test", "attributes", "fires"),
    [
        (Test("days", "<", 0), {"days": -1}, True),
        (Test("days", "<", 0), {"days": 0}, False),
        (Test("days", "<=", 0), {"days": 0}, True),
        (Test("days", "<", 0), {"days": "-1"}, False),
        (Test("days", "<", 0), {}, False),
        (Test("days", "!=", 0), {"days": 1}, True),
        (Test("days", "!=", 0), {}, False),
        (Test("known", "==", True), {"known": True}, True),
        (Test("known", "==", True), {"known": 1}, False),
        (Test("known", "==", 1), {"known": True}, False),
        (Test("known", "!=", True), {"known": False}, True),
        (Test("known", "!=", True), {"known": "false"}, False),
        (Test("state", "==", "10"), {"state": 10}, False),
        (Test("state", "==", 'a"\\\x00é😀'), {"state": 'a"\\\x00é😀'}, True),
        (Test("state", "==", ""), {"state": ""}, True),
    ],
)
def test_one_condition(
    evaluator: type[Reference] | type[Durable], test: Test, attributes: dict[str, str | int | bool], fires: bool
) -> None:
    assert evaluator((_clause(test),)).decide([_fact(**attributes)]) == ([Activation(0, 0)] if fires else [])


@pytest.mark.parametrize("evaluator", EVALUATORS)
def test_look_alikes_are_all_told(evaluator: type[Reference] | type[Durable]) -> None:
    facts = [_fact(days=-1), _fact(days=-1), _fact(days=3), _fact(days=-1)]
    clauses = (_clause(Test("days", "<", 0)), _clause(Test("days", "<", 10)))
    found = evaluator(clauses).decide(facts)
    assert found == [
        Activation(0, 0),
        Activation(0, 1),
        Activation(1, 0),
        Activation(1, 1),
        Activation(2, 1),
        Activation(3, 0),
        Activation(3, 1),
    ]


@needs_durable
def test_submissions_do_not_share_a_session() -> None:
    durable = Durable((_clause(Test("days", "<", 0)),))
    assert [durable.decide([_fact(days=d)]) for d in (-1, 1, -1)] == [[Activation(0, 0)], [], [Activation(0, 0)]]
    assert durable.decide([]) == []


@needs_durable
@pytest.mark.parametrize(
    "clauses",
    [
        tuple(Clause("required", f"k{n}", (), "violated", "x") for n in range(401)),
        tuple(_clause(Test("days", "==", n)) for n in range(50)),
        (_clause(Test("days", "==", 2**31)),),
        (_clause(Test("state", "<", "b")),),
    ],
)
def test_what_was_not_measured_is_refused(clauses: tuple[Clause, ...]) -> None:
    with pytest.raises(EngineFault):
        Durable(clauses)


@needs_durable
def test_a_fault_is_a_disagreement_that_dumps_the_facts() -> None:
    with pytest.raises(EngineDisagreement, match=r"outside the integers(.|\n)*days"):
        decide((_clause(Test("days", "<", 0)),), [_fact(days=2**40)])


@needs_durable
def test_both_are_named_on_the_receipt() -> None:
    assert evaluator_names() == ("reference", "durable-rules 2.0.28")


@given(CLAUSES, FACTS, st.integers(1, 3))
@settings(max_examples=100, deadline=None)
def test_like_facts_are_each_answered(clauses: tuple[Clause, ...], facts: list[Fact], times: int) -> None:
    """The engines are asked once for facts that look alike; every one of them gets the answer all the same."""
    facts = facts * times
    assert decide(clauses, facts) == Reference(clauses).decide(facts)


def test_true_is_not_like_one() -> None:
    clause = Clause("required", "x", (Test("known", "==", True),), "violated", "x")
    facts = [Fact("required", "x", {"known": 1}, "a"), Fact("required", "x", {"known": True}, "b")]
    assert decide((clause,), facts) == [Activation(1, 0)]
