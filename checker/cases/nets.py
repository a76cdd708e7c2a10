"""The flow of a procedure as nets of activities: as it is, and with one for each outcome of those that decide."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from checker.cases.net import Net
from checker.packs.procedures import Procedure


class Nets(msgspec.Struct, frozen=True):
    """The nets against which the cases of one procedure are aligned."""

    flow: Net
    """Its activities, from a start to an end."""
    deciding: Net
    """The flow, with ``8=autoriza`` beside ``8`` for each outcome."""


def nets_of(procedure: Procedure) -> Nets | None:
    """The nets of a procedure; None where it is no flow. Raises :class:`checker.cases.net.NetError`."""
    if not procedure.starts:
        return None
    return Nets(_net(procedure, outcomes=False), _net(procedure, outcomes=True))


def label_of(activity: str, outcome: str | None) -> str:
    """An activity in the nets that tell outcomes apart."""
    return f"{activity}={outcome}" if outcome else activity


def activity_of(label: str) -> str:
    """The activity of a label of any net."""
    return label.partition("=")[0]


def _net(procedure: Procedure, *, outcomes: bool) -> Net:
    flow = {name: activity for name, activity in procedure.activities.items() if not activity.anywhere}
    grouped = {name for group in procedure.any_order for name in group}
    decide = {n: a.decides for n, a in flow.items() if outcomes and n not in grouped}

    def each(names: Sequence[str]) -> tuple[str, ...]:
        """Activities with those of their outcomes, the one of no stated outcome first."""
        return tuple(label for n in names for label in (n, *(label_of(n, b) for b in decide.get(n, ()))))

    follows: dict[str, tuple[str, ...]] = {}
    ends: list[str] = []
    for name, activity in flow.items():
        follows[name] = each(activity.may_follow)
        if activity.ends or not activity.may_follow or any(not b.next for b in activity.decides.values()):
            ends.append(name)
        for outcome, branch in decide.get(name, {}).items():
            own = label_of(name, outcome)
            follows[own] = each(branch.next)
            if activity.ends or not branch.next:
                ends.append(own)
    optional = each([name for name, activity in flow.items() if activity.optional])
    return Net.of(each(procedure.starts), follows, ends, procedure.any_order, frozenset(optional))
