"""The course of a case against the flow of its procedure: an optimal alignment, and each deviation told once.

An event without its place in the flow and the place without its event are one deviation, *out of order*; the rest of a case that
breaks off is one, *abandoned*.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from checker.cases.align import Alignment, GivenUp, Move, align
from checker.cases.automaton import automaton
from checker.cases.identify import Read
from checker.cases.model import Case, Step
from checker.cases.net import Net
from checker.cases.nets import Nets, activity_of, label_of
from checker.packs.procedures import Procedure

Deviating = Literal["skipped", "gap", "begun-late", "moved", "repeated", "stray", "open-loop", "abandoned"]


class Deviation(msgspec.Struct, frozen=True):
    """One way in which the record leaves the flow."""

    kind: Deviating
    activity: str
    step: Step | None
    """The event that is out of place; None where an activity is missing."""
    after: Step | None
    """The last event in its place before; None at the beginning."""
    before: Step | None
    """The next event in its place; None at the end."""
    doubtful: bool = False
    """The record's times do not tell the order that this rests on."""
    until: str = ""
    """The last activity of a gap, of which ``activity`` is the first."""


class Course(msgspec.Struct, frozen=True):
    """The path that explains a case best."""

    path: tuple[tuple[str, Step | None], ...]
    """Activities in the order of the flow, each with its event; None where the record lacks it."""
    deviations: tuple[Deviation, ...]
    cost: int
    """Corrections: events too many and activities missing."""


def course_of(case: Case) -> Course | None:
    """The course of a case whose procedure is a flow; None where the record leaves it too far to say how."""
    if case.nets is None:
        return None
    known = _apart([s for s in case.steps if _has_place(s, case)], case.procedure)
    found = _aligned(case.nets, known, case.partial)
    if found is None:
        return None
    cost = found.cost
    if cost > 1 and not case.partial:
        found = _told_better(found, case.nets, known)
    found = _in_turn(found, case.procedure)
    steps = [None if m.kind == "model" else known[m.at] for m in found.moves]
    path = tuple((m.label, step) for m, step in zip(found.moves, steps, strict=True) if m.kind != "log")
    return Course(path, tuple(_deviations(found, steps, case.procedure)) if found.cost else (), min(cost, found.cost))


def _told_better(found: Alignment, nets: Nets, known: Sequence[Step]) -> Alignment:
    """The alignment by which people would tell the same.

    A case does not break off where its record goes on: what lies between is missing, however much it is. And one whose record begins
    in the middle is not a case that did not begin and a heap of strays: what comes before is missing.
    """
    placed = [n for n, m in enumerate(found.moves) if m.kind == "sync"]
    after_last = found.moves[placed[-1] + 1 :] if placed else found.moves
    if len(after_last) > 1 and after_last[-1].kind == "model" and any(m.kind == "log" for m in after_last):
        whole = align(nets.flow, [s.activity or "" for s in known])
        if not isinstance(whole, GivenUp) and sum(m.kind == "sync" for m in whole.moves) > len(placed):
            found = whole
            placed = [n for n, m in enumerate(found.moves) if m.kind == "sync"]
    extract = align(nets.flow, [s.activity or "" for s in known], partial=True)
    if isinstance(extract, GivenUp) or sum(m.kind == "sync" for m in extract.moves) <= len(placed):
        return found
    first = next(m.label for m in extract.moves if m.kind == "sync")
    last = next(m.label for m in reversed(extract.moves) if m.kind == "sync")
    before = nets.flow.passed(nets.flow.start, nets.flow.places[first][0])
    after = nets.flow.passed(nets.flow.places[last][0], nets.flow.end)
    moves = (
        *(Move("model", label, 0) for label in before),
        *extract.moves,
        *(Move("model", label, len(known)) for label in after),
    )
    return Alignment(moves, sum(m.kind != "sync" for m in moves))


def _in_turn(found: Alignment, procedure: Procedure) -> Alignment:
    """What several offices do, each in its turn, has its place once: further times stand anywhere."""
    placed = {m.label for m in found.moves if m.kind == "sync"}
    kept = tuple(
        m for m in found.moves if m.kind != "log" or m.label not in placed or not procedure.activities[m.label].in_turn
    )
    return Alignment(kept, found.cost - (len(found.moves) - len(kept)))


def _aligned(nets: Nets, known: Sequence[Step], partial: bool) -> Alignment | None:
    """The optimal alignment; of those that cost the same one that goes on after each decision as its stated outcome says.

    Breaking off is one correction, however much would have followed.
    """
    found = align(nets.flow, [s.activity or "" for s in known], partial=partial, may_break_off=not partial)
    if isinstance(found, GivenUp):
        return None
    labels = [label_of(s.activity or "", s.outcome) for s in known]
    if not found.cost or all("=" not in label for label in labels):
        return found
    path = [m.label if m.kind == "model" else labels[m.at] for m in found.moves if m.kind != "log"]
    if not partial and automaton(nets.deciding).after(path) is not None:
        return found  # it goes on as its outcomes say
    decided = align(nets.deciding, labels, partial=partial, may_break_off=not partial)
    if isinstance(decided, GivenUp) or decided.cost > found.cost:
        return found
    return Alignment(tuple(replace(m, label=activity_of(m.label)) for m in decided.moves), decided.cost)


def wanted_by_the_flow(steps: Sequence[Step], reads: Sequence[Read], net: Net, partial: bool) -> list[Step]:
    """The steps, where an event whose name is only near to an activity's is taken for it if the flow wants just that one there."""
    near = [m for read in reads for m in read.meant]
    named = [(step, step.activity or meant.near) for step, meant in zip(steps, near, strict=True)]
    labels = [name or "" for _, name in named]
    found = align(net, labels, partial=partial)
    kept = set() if isinstance(found, GivenUp) else {m.at for m in found.moves if m.kind == "sync"}
    return [
        replace(step, activity=name, sure=meant.sure) if step.activity is None and at in kept else step
        for at, ((step, name), meant) in enumerate(zip(named, near, strict=True))
    ]


def _has_place(step: Step, case: Case) -> bool:
    """Whether the flow says anything of where the step stands."""
    if step.activity is None:
        return False
    activity = case.procedure.activities[step.activity]
    return not activity.anywhere


def _apart(steps: Sequence[Step], procedure: Procedure) -> list[Step]:
    """The steps without those that only tell another's part in what several do together."""
    found: list[Step] = []
    parts: set[str] = set()
    for step in steps:
        last = found[-1] if found else None
        joint = step.activity is not None and procedure.activities[step.activity].together
        if joint and last is not None and last.activity == step.activity and parts.isdisjoint(step.roles):
            parts.update(step.roles)
        else:
            found.append(step)
            parts = set(step.roles)
    return found


def _deviations(alignment: Alignment, steps: Sequence[Step | None], procedure: Procedure) -> Iterator[Deviation]:
    moves = alignment.moves
    end = _tail(moves)
    missing: dict[str, list[int]] = {}
    for at, move in enumerate(moves[:end]):
        if move.kind == "model":
            missing.setdefault(move.label, []).append(at)
    in_place = Counter(m.label for m in moves if m.kind == "sync")
    tail_lacks = {moves[at].label: at for at in range(len(moves) - 1, end - 1, -1)}
    paired: set[int] = set()
    told: dict[int, Deviation] = {}
    for at, move in enumerate(moves):
        if move.kind != "log":
            continue
        step = steps[at]
        assert step is not None, "what the record holds has its event"
        places = missing.get(move.label) or ([tail_lacks[move.label]] if move.label in tail_lacks else [])
        if places:
            place = min(places, key=lambda p: abs(p - at))
            if place < end:
                missing[move.label].remove(place)
            paired.add(place)
            after, before = _around(moves, steps, place)
            told[at] = Deviation("moved", move.label, step, after, before, _unordered(step, after, before))
        else:
            room = _room_for(move.label, moves, steps, procedure) if not in_place[move.label] else None
            after, before = room or _around(moves, steps, at)
            kind: Deviating = "repeated" if in_place[move.label] else "moved" if room else "stray"
            told[at] = Deviation(kind, move.label, step, after, before, bool(room) and _unordered(step, after, before))
    lacking = sorted(place for places in missing.values() for place in places)
    for run in _runs(lacking):
        after, before = _around(moves, steps, run[0])
        if len(run) >= _GAP:
            kind = "gap" if after is not None else "begun-late"
            told[run[0]] = Deviation(kind, moves[run[0]].label, None, after, before, until=moves[run[-1]].label)
            continue
        for place in run:
            told[place] = Deviation("skipped", moves[place].label, None, after, before)
    rest = [at for at in range(end, len(moves)) if at not in paired]
    if rest:
        after, _ = _around(moves, steps, end)
        done = {m.label for m in moves[:end] if m.kind == "sync"}
        again = any(moves[at].label in done for at in rest)
        told[rest[0]] = Deviation("open-loop" if again else "abandoned", moves[rest[0]].label, None, after, None)
    for at in sorted(told):
        yield told[at]


_GAP = 4
"""Activities in a row that are missing from which they are told as one gap."""


def _runs(places: Sequence[int]) -> Iterator[list[int]]:
    """Positions in a row, together."""
    run: list[int] = []
    for place in places:
        if run and place != run[-1] + 1:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _room_for(
    label: str, moves: Sequence[Move], steps: Sequence[Step | None], procedure: Procedure
) -> tuple[Step | None, Step | None] | None:
    """The events between which an optional activity would be in its place: passing it over costs nothing, so no move says where."""
    activity = procedure.activities[label]
    if not activity.optional:
        return None
    onwards = procedure.within_reach(activity.may_follow)
    kept = [step for move, step in zip(moves, steps, strict=True) if move.kind == "sync" and step is not None]
    for one, other in itertools.pairwise(kept):
        before = procedure.activities[one.activity or ""]
        if label in procedure.within_reach(before.may_follow) and other.activity in onwards:
            return one, other
    return None


def _tail(moves: Sequence[Move]) -> int:
    """Where the activities begin that the record lacks at its end."""
    end = len(moves)
    while end and moves[end - 1].kind == "model":
        end -= 1
    return end


def _around(moves: Sequence[Move], steps: Sequence[Step | None], at: int) -> tuple[Step | None, Step | None]:
    """The nearest events in their place before and after a move."""
    before = next((steps[n] for n in range(at - 1, -1, -1) if moves[n].kind == "sync"), None)
    after = next((steps[n] for n in range(at + 1, len(moves)) if moves[n].kind == "sync"), None)
    return before, after


def _unordered(step: Step, after: Step | None, before: Step | None) -> bool:
    """Whether the record's times leave open that ``step`` stood between its neighbours."""
    if after is not None and step.position < after.position:
        return _same_moment(step, after)
    if before is not None and step.position > before.position:
        return _same_moment(step, before)
    return False


def _same_moment(one: Step, other: Step) -> bool:
    if one.day is None or other.day is None:
        return True
    return one.day == other.day and (one.day_only or other.day_only)
