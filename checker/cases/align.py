"""The fewest corrections that make a record one that the procedure allows.

Corrections are of two sorts: something done is struck out, something not done is put in. Exact for every net and record, in time that
grows as the record does: see ``align_costs`` for how.

No library does it: r4pm finds the same costs (``tests/data/alignment-costs.json``), but takes longer (``bench/alignment.py``), breaks
ties its own way, and knows no extracts and no cases that break off.

Ties. Among alignments of the same cost it is always the same one: from the front, the first event that can keep its place keeps it (of
an activity done twice, the second time is too many); what is put in between two events that keep their places stands after what is
struck out there; among branches equally long, the one that the procedure names first.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from checker.cases.align_costs import Ending, Exhausted, costs_of
from checker.cases.align_steps import Move, retrace
from checker.cases.automaton import automaton
from checker.cases.net import Net

MOST_WORK = 200_000_000
"""Comparisons after which an alignment is given up: some ten seconds."""
_REMEMBERED = 1_024
_SHORT = 500
"""Events up to which a record's alignment is remembered."""

__all__ = ["Alignment", "GivenUp", "Move", "align"]


class Alignment(msgspec.Struct, frozen=True):
    """Record and procedure side by side."""

    moves: tuple[Move, ...]
    cost: int
    """Moves of one side only."""


class GivenUp(msgspec.Struct, frozen=True):
    """The record is too long, and too far from a procedure that is too large: how many corrections it needs is not known."""

    work: int
    """Comparisons made until then."""


def align(
    net: Net,
    labels: Sequence[str],
    *,
    partial: bool = False,
    may_break_off: bool = False,
    most_work: int = MOST_WORK,
) -> Alignment | GivenUp:
    """Align the activities of a record, in their order, with a net.

    With ``partial`` the record is an extract: what the procedure has before its first and after its last event costs nothing and is
    not among the moves. With ``may_break_off`` all that is missing after the last event that keeps its place is one correction, told
    by its first activity, where that leaves fewer corrections. Activities that the net does not know are ``log`` moves. Records alike
    are aligned once.
    """
    ending: Ending = "extract" if partial else "broken-off" if may_break_off else "whole"
    if len(labels) <= _SHORT:
        return _remembered(net, tuple(labels), ending, most_work)
    return _align(net, labels, ending, most_work)


@lru_cache(maxsize=_REMEMBERED)
def _remembered(net: Net, labels: tuple[str, ...], ending: Ending, most_work: int) -> Alignment | GivenUp:
    return _align(net, labels, ending, most_work)


def _align(net: Net, labels: Sequence[str], ending: Ending, most_work: int) -> Alignment | GivenUp:
    if ending != "extract" and automaton(net).runs(labels):
        return Alignment(tuple([Move("sync", label, at) for at, label in enumerate(labels)]), 0)
    try:
        costs = costs_of(net, labels, ending, most_work)
    except Exhausted as exhausted:
        return GivenUp(exhausted.work)
    moves = retrace(net, labels, costs)
    return Alignment(moves, sum(1 for move in moves if move.kind != "sync"))
