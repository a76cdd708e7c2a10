"""Nets: what they allow, and what is no net."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.cases.automaton import automaton
from checker.cases.language import accepts, covering_paths, random_walk
from checker.cases.net import Net, NetError
from tests.cases.nets import nets


def review() -> Net:
    """Draw up, review; correct and review again, or approve and file."""
    return Net.of(
        ["draw"],
        {"draw": ["review"], "review": ["correct", "approve"], "correct": ["review"], "approve": ["file"]},
        ["file"],
    )


@pytest.mark.parametrize(
    ("labels", "allowed"),
    [
        ("draw review approve file", True),
        ("draw review correct review approve file", True),
        ("draw review correct review correct review approve file", True),
        ("draw review correct approve file", False),
        ("draw review approve", False),
        ("review approve file", False),
        ("", False),
    ],
)
def test_branches_and_loops(labels: str, allowed: bool) -> None:
    assert accepts(review(), labels.split()) is allowed


@pytest.mark.parametrize(
    ("labels", "allowed"),
    [("a b c d", True), ("a c b d", True), ("a b d", False), ("a b c b d", False), ("b c d", False)],
)
def test_a_group_is_done_in_any_order_and_whole(labels: str, allowed: bool) -> None:
    net = Net.of(["a"], {"a": ["b"], "b": ["d"], "c": ["d"]}, ["d"], any_order=[["b", "c"]])
    assert accepts(net, labels.split()) is allowed


def test_a_group_follows_as_one_of_its_activities_says() -> None:
    net = Net.of(["a"], {"a": ["c"], "b": ["d"]}, ["d"], any_order=[["b", "c"]])
    assert accepts(net, ["a", "b", "c", "d"])


@pytest.mark.parametrize(("labels", "allowed"), [("a b c", True), ("a c", True), ("a b b c", False), ("b c", False)])
def test_optional_activities_may_be_passed_over(labels: str, allowed: bool) -> None:
    net = Net.of(["a"], {"a": ["b"], "b": ["c"]}, ["c"], optional=["b"])
    assert accepts(net, labels.split()) is allowed


@pytest.mark.parametrize("labels", ["a b", "a b c", "a", "a c"])
def test_a_case_may_end_before_optional_activities_and_where_it_may_go_on(labels: str) -> None:
    net = Net.of(["a"], {"a": ["b"], "b": ["c"]}, ["b"], optional=["b"])
    assert accepts(net, labels.split()) is (labels in ("a", "a b"))


def test_a_group_that_follows_itself_with_an_optional_rest() -> None:
    """«b» after «a» may finish the group or begin it anew."""
    net = Net.of(["a"], {"a": ["a"], "b": ["a"]}, ["a"], any_order=[["a", "b"]], optional=["b"])
    assert all(accepts(net, labels) for labels in ("a", "ab", "aba", "abab", "aab", "abba"))
    assert not accepts(net, "bb")


def test_a_state_is_where_a_case_stands() -> None:
    machine = automaton(review())
    first, again = machine.after(["draw", "review"]), machine.after(["draw", "review", "correct", "review"])
    assert first is not None
    assert first == again
    assert [step.label for step in machine.steps[first]] == ["correct", "approve"]
    assert machine.after(["review"]) is None


def test_what_no_way_leads_to_and_from_is_told() -> None:
    net = Net.of(["a"], {"a": ["b", "c"], "d": ["b"], "c": ["c"]}, ["b"])
    assert net.unreachable == ("d",)
    assert net.endless == ("c",)
    assert net.labels == ("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ends": ["c"], "follows": {"a": ["b"]}}, "no way leads"),
        ({"starts": []}, "no way leads"),
        ({"any_order": [["a", "b"], ["b", "c"]]}, "twice in any_order: b"),
        ({"any_order": [["b", "c"]], "follows": {"a": ["b"], "b": ["c"], "c": ["a"]}}, "followed by the same: b, c"),
        ({"any_order": [list("abcdefghi")]}, "1 to 8"),
        ({"any_order": [[]]}, "1 to 8"),
        ({"optional": ["z"]}, "nowhere in the net: z"),
    ],
)
def test_what_is_no_net_is_refused(change: dict[str, object], said: str) -> None:
    given = {"starts": ["a"], "follows": {"a": ["b"], "b": ["c"]}, "ends": ["c"]} | change
    with pytest.raises(NetError, match=said):
        Net.of(**given)  # type: ignore[arg-type]


@given(nets(), st.integers(0, 2**32), st.integers(0, 2))
def test_a_walk_at_random_is_allowed(net: Net, seed: int, loops: int) -> None:
    walk = random_walk(net, random.Random(seed), loops)
    assert accepts(net, walk)
    assert walk == random_walk(net, random.Random(seed), loops)


@given(nets())
def test_covering_paths_are_allowed_and_take_every_step_that_leads_to_an_end(net: Net) -> None:
    machine = automaton(net)
    onward = set(machine.finals)
    while more := {s.source for s in machine.transitions if s.target in onward} - onward:
        onward |= more
    taken = set()
    for path in covering_paths(net):
        assert accepts(net, path)
        states = {0}
        for label in path:
            steps = {s for state in states for s in machine.steps[state] if s.label == label}
            taken |= steps
            states = {s.target for s in steps}
    assert taken >= {s for s in machine.transitions if s.target in onward}


def test_covering_paths_are_few_and_short() -> None:
    assert list(covering_paths(review())) == [
        ("draw", "review", "approve", "file"),
        ("draw", "review", "correct", "review", "approve", "file"),
    ]
