"""Nets for tests: at random, with loops, groups in any order and optional activities; and costs by brute force."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import assume
from hypothesis import strategies as st

from checker.cases.automaton import automaton
from checker.cases.net import Net, NetError

NAMES = "abcdefgh"
STRANGER = "?"
_FAR = 10**9


@st.composite
def nets(draw: st.DrawFn) -> Net:
    """Of up to eight activities."""
    names = list(NAMES[: draw(st.integers(1, len(NAMES)))])
    some = st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)
    left = draw(st.permutations(names))
    groups = []
    for size in draw(st.lists(st.integers(1, 4), max_size=2)):
        groups.append(left[:size])
        left = left[size:]
    follows = {name: draw(st.lists(st.sampled_from(names), max_size=3, unique=True)) for name in names}
    for group in groups:
        for name in group:
            follows[name] = follows[group[0]]
    try:
        return Net.of(draw(some), follows, draw(some), [g for g in groups if g], draw(st.sets(st.sampled_from(names))))
    except NetError:
        assume(False)
        raise


@st.composite
def nets_with_labels(draw: st.DrawFn) -> tuple[Net, list[str]]:
    """A net, and a record of its activities and strangers."""
    net = draw(nets())
    return net, draw(st.lists(st.sampled_from((*net.labels, STRANGER)), max_size=9))


def brute_cost(net: Net, labels: Sequence[str], *, partial: bool = False, may_break_off: bool = False) -> int:
    """Fewest corrections, by asking every state of the automaton at every event."""
    machine = automaton(net)
    owed = {name for unit in net.units for name in unit.owed}
    costs = [0 if partial or state in machine.finals else _FAR for state in range(machine.states)]

    def close(costs: list[int]) -> list[int]:
        while True:
            better = list(costs)
            for source, label, target in machine.transitions:
                better[source] = min(better[source], better[target] + (label in owed))
            if better == costs:
                return costs
            costs = better

    costs = close(costs)
    if may_break_off:
        costs = [min(cost, 1) if cost < _FAR else cost for cost in costs]
    for label in reversed(labels):
        before = [cost + 1 for cost in costs]
        for source, step, target in machine.transitions:
            if step == label:
                before[source] = min(before[source], costs[target])
        costs = close(before)
    return min(costs) if partial else costs[0]
