"""Of what each piece may tell, the choice that fits the flow best; and the activities between them that leave no paper of their own."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property

import msgspec

from checker.cases.expediente_kinds import Candidate
from checker.packs.procedures import Procedure

MARGIN = 0.22
"""By how much a candidate may score less than the best and still be chosen for its place in the flow."""
LIKELY = 0.35
"""Score below which a piece tells of no activity."""
_CERTAIN = 0.60
"""Score from which it tells of some activity, wherever that leaves the flow."""
_NOTHING = 0.30
"""What it is worth that a piece tells of nothing."""
_SKIP = 0.15
"""What each activity passed over costs that should have left a paper."""
_ASTRAY = 0.60
"""What it costs where no way leads from one to the next."""
_FEW = 3
"""Activities with a paper that may be missing between two for what lies between them to be told."""
_MOST = 6
"""Candidates of a piece that are looked at."""
_FULL = 0.8
"""Score from which the evidence is as full as it gets."""
_AT_MOST = 0.98
"""What is inferred is never certain."""
_SHARP = 12.0
"""How sharply the certainty falls with a rival: a lead of 0.1 is worth 77 %."""


class Choice(msgspec.Struct, frozen=True):
    """What one piece tells of."""

    candidate: Candidate | None
    sure: float
    """0–1."""
    runner_up: Candidate | None = None


class Flow(msgspec.Struct, frozen=True, dict=True):
    """The flow of a procedure as pieces of paper show it."""

    procedure: Procedure

    def choose(self, pieces: Sequence[Sequence[Candidate]]) -> tuple[list[Choice], float]:
        """For each piece, in the order of time, what it tells of, and what all of them are worth together."""
        options = [_plausible(found) for found in pieces]
        best: dict[str, tuple[float, _Path]] = {"": (0.0, None)}
        for found in options:
            following: dict[str, tuple[float, _Path]] = {}
            for last, (worth, path) in best.items():
                for candidate in found:
                    if candidate is None:
                        state, gain = last, _NOTHING
                    else:
                        state, gain = candidate.activity, candidate.score - self._cost(last, candidate.activity)
                    known = following.get(state)
                    if known is None or worth + gain > known[0] + 1e-9:
                        following[state] = (worth + gain, (path, candidate))
            best = dict(sorted(following.items(), key=lambda item: -item[1][0])[:_BEAM])
        worth, path = max(best.values(), key=lambda item: item[0])
        chosen = _unwound(path)
        return [self._sure(chosen, n, pieces[n]) for n in range(len(chosen))], worth

    def _sure(self, chosen: Sequence[Candidate | None], at: int, all_: Sequence[Candidate]) -> Choice:
        """The choice for one piece, with how sure it is beside its rivals, the choices for the others standing."""
        own = chosen[at]
        if own is None:
            return Choice(None, 1.0, all_[0] if all_ else None)
        before = next((c.activity for c in reversed(chosen[:at]) if c is not None), "")
        after = next((c.activity for c in chosen[at + 1 :] if c is not None), "")

        def worth(candidate: Candidate) -> float:
            cost = self._cost(before, candidate.activity)
            return candidate.score - cost - (self._cost(candidate.activity, after) if after else 0.0)

        def ahead(candidate: Candidate) -> float:
            """By how much it beats the choice; what the evidence leaves far behind, its place in the flow does not bring back."""
            behind = candidate.score - own.score
            return worth(candidate) - worth(own) if behind >= -MARGIN else behind

        rivals = [c for c in all_ if c.activity != own.activity and c.score > own.score - 2 * MARGIN]
        weights = {c.activity: math.exp(_SHARP * ahead(c)) for c in rivals}
        share = 1 / (1 + sum(weights.values()))
        runner_up = max(rivals, key=lambda c: (weights[c.activity], c.score), default=None)
        return Choice(own, round(min(_AT_MOST, own.score / _FULL) * share, 2), runner_up)

    def _cost(self, last: str, activity: str) -> float:
        """What it costs to go from one activity to another: for what is passed over, or for there being no way."""
        if not self.procedure.starts or self.procedure.activities[activity].anywhere:
            return 0.0
        if not last:
            return min(0.2, 0.02 * self._distances("").get(activity, 10.0))
        distance = self._distances(last).get(activity)
        return _ASTRAY if distance is None else min(_ASTRAY, _SKIP * distance)

    def _distances(self, start: str) -> dict[str, float]:
        """Activities with papers between ``start`` and each activity that may follow it."""
        if start not in self._known:
            self._known[start] = {name: cost for name, (cost, _) in self._ways(start, self._leaves_paper).items()}
        return self._known[start]

    @cached_property
    def _known(self) -> dict[str, dict[str, float]]:
        return {}

    def _leaves_paper(self, name: str) -> float:
        activity = self.procedure.activities[name]
        if activity.optional:
            return 0.0
        return 1.0 if any(not s.optional for s in activity.sends) else 0.3 if activity.does else 0.01

    def _ways(self, start: str, weight: Callable[[str], float]) -> dict[str, tuple[float, tuple[str, ...]]]:
        """To each activity that may come after ``start`` (empty: from the beginning): what the cheapest way costs, and what lies on it."""
        import heapq

        first = self._after(start) if start else self.procedure.starts
        waiting: list[tuple[float, int, tuple[str, ...], str]] = [(0.0, 0, (), name) for name in first]
        found: dict[str, tuple[float, tuple[str, ...]]] = {}
        while waiting:
            cost, length, way, name = heapq.heappop(waiting)
            if name in found:
                continue
            found[name] = (cost, way)
            for following in self._after(name):
                if following not in found:
                    step = (*way, name)
                    heapq.heappush(waiting, (cost + weight(name), length + 1, step, following))
        return found

    def _after(self, name: str) -> tuple[str, ...]:
        beside = [other for group in self.procedure.any_order if name in group for other in group if other != name]
        return tuple(dict.fromkeys((*self.procedure.activities[name].may_follow, *beside)))

    def between(self, last: str, activity: str, shows: Callable[[str], bool]) -> tuple[str, ...] | None:
        """The activities between two of the record that need no paper of their own, in order.

        None where no way, or too long a one, leads there. ``shows`` tells of an activity whether what is known bears it out. ``last``
        empty: from the beginning, which must be whole.
        """
        ways = self._ways(last, lambda name: 0.001 if shows(name) else 0.01 if self._optional(name) else 1.0)
        if activity not in ways:
            return None
        cost, way = ways[activity]
        if cost >= (1.0 if not last else _FEW + 0.9):
            return None
        return tuple(name for name in way if shows(name) and not self._optional(name))

    def _optional(self, name: str) -> bool:
        return self.procedure.activities[name].optional

    def branch_to(self, decider: str, following: str) -> str | None:
        """The branch of ``decider`` that leads to ``following``; None where several do, or none."""
        found = [
            name for name, branch in self.procedure.activities[decider].decides.items() if following in branch.next
        ]
        return found[0] if len(found) == 1 else None


_Path = tuple["_Path", Candidate | None] | None
"""The choices so far, the last one outermost."""


def _unwound(path: _Path) -> list[Candidate | None]:
    chosen: list[Candidate | None] = []
    while path is not None:
        path, candidate = path
        chosen.append(candidate)
    return chosen[::-1]


_BEAM = 40
"""Ways to read the expediente so far that are kept."""


def _plausible(found: Sequence[Candidate]) -> list[Candidate | None]:
    """The candidates worth a choice, and nothing where none is certain."""
    if not found or found[0].score < LIKELY:
        return [None]
    near = [c for c in found[:_MOST] if c.score >= max(LIKELY, found[0].score - MARGIN)]
    return [*near] if found[0].score >= _CERTAIN else [*near, None]
