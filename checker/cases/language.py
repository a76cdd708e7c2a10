"""What a net allows: whether it has a sequence of activities, one at random, and few that together take every way."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator, Sequence

from checker.cases.automaton import Automaton, Transition, automaton
from checker.cases.net import Net


def accepts(net: Net, labels: Sequence[str]) -> bool:
    """Whether the net allows these activities in this order, from a start to an end."""
    machine = automaton(net)
    states = {0}
    for label in labels:
        states = {step.target for state in states for step in machine.steps[state] if step.label == label}
        if not states:
            return False
    return not states.isdisjoint(machine.finals)


def random_walk(net: Net, chance: random.Random, max_loops: int = 2) -> tuple[str, ...]:
    """Activities that the net allows, taken at random; no step is taken more than ``1 + max_loops`` times before it makes for the end."""
    machine = automaton(net)
    onward = _distances(machine)
    taken: dict[Transition, int] = {}
    state, labels = 0, list[str]()
    while True:
        open_steps = [
            step for step in machine.steps[state] if taken.get(step, 0) <= max_loops and onward[step.target] is not None
        ]
        if state in machine.finals and chance.randrange(len(open_steps) + 1) == 0:
            return tuple(labels)
        if not open_steps:
            return (*labels, *(step.label for step in _to_end(machine, state, frozenset())))
        step = chance.choice(open_steps)
        taken[step] = taken.get(step, 0) + 1
        labels.append(step.label)
        state = step.target


def covering_paths(net: Net) -> Iterator[tuple[str, ...]]:
    """Sequences that the net allows and that together take every step of its automaton: each branch, loop, order and omission.

    Each is as short as the first step that it is the first to take allows; on ways equally short it takes steps not taken before.
    Steps from which no way leads to an end are left out.
    """
    machine = automaton(net)
    onward = _distances(machine)
    waiting = dict.fromkeys(
        step for state in _by_distance(machine) for step in machine.steps[state] if onward[step.target] is not None
    )
    if 0 in machine.finals and not waiting:
        yield ()
    while waiting:
        wanted = next(iter(waiting))
        path = [*_to_state(machine, wanted.source, frozenset(waiting)), wanted]
        for step in path:
            waiting.pop(step, None)
        path += _to_end(machine, wanted.target, frozenset(waiting))
        for step in path:
            waiting.pop(step, None)
        yield tuple(step.label for step in path)


def _by_distance(machine: Automaton) -> list[int]:
    """States in the order in which the start reaches them."""
    seen = {0: None}
    waiting = deque([0])
    while waiting:
        for step in machine.steps[waiting.popleft()]:
            if step.target not in seen:
                seen[step.target] = None
                waiting.append(step.target)
    return list(seen)


def _distances(machine: Automaton) -> list[int | None]:
    """Steps from each state to the nearest final one; None where no way leads there."""
    into: list[list[int]] = [[] for _ in range(machine.states)]
    for step in machine.transitions:
        into[step.target].append(step.source)
    found: list[int | None] = [0 if state in machine.finals else None for state in range(machine.states)]
    waiting = deque(sorted(machine.finals))
    while waiting:
        state = waiting.popleft()
        for source in into[state]:
            if found[source] is None:
                found[source] = (found[state] or 0) + 1
                waiting.append(source)
    return found


def _to_end(machine: Automaton, state: int, fresh: frozenset[Transition]) -> list[Transition]:
    """A shortest way to a final state, by steps of ``fresh`` where they are as short."""
    onward, path = _distances(machine), list[Transition]()
    while state not in machine.finals:
        left = onward[state] or 0
        nearer = [step for step in machine.steps[state] if onward[step.target] == left - 1]
        step = min(nearer, key=lambda step: step not in fresh)
        path.append(step)
        state = step.target
    return path


def _to_state(machine: Automaton, state: int, fresh: frozenset[Transition]) -> list[Transition]:
    """A shortest way from the start, by steps of ``fresh`` where they are as short."""
    reached: dict[int, list[Transition]] = {0: []}
    depth = {0: 0}
    waiting = deque([0])
    while waiting:
        at = waiting.popleft()
        for step in machine.steps[at]:
            if step.target not in depth:
                depth[step.target] = depth[at] + 1
                reached[step.target] = []
                waiting.append(step.target)
            if depth[step.target] == depth[at] + 1:
                reached[step.target].append(step)
    path: list[Transition] = []
    while depth[state]:
        step = min(reached[state], key=lambda step: step not in fresh)
        path.append(step)
        state = step.source
    return path[::-1]
