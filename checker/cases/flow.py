"""The flow of a procedure as people draw it: tasks in the lanes of who does them, gateways where the way parts, starts and ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from checker.packs.pack import Pack
from checker.packs.procedures import Procedure
from checker.spanish.text import flat

NodeKind = Literal["start", "task", "exclusive", "parallel", "end"]
NOBODY = "Sin responsable señalado"
"""Lane of what the norm lets nobody in particular do."""


class Node(msgspec.Struct, frozen=True):
    """A thing on the drawing."""

    id: str
    """Unique, and an XML name: ``t-37``."""
    kind: NodeKind
    label: str
    lane: int
    """Index in the lanes of the flow."""
    activity: str = ""
    """For a task: the activity."""


class Edge(msgspec.Struct, frozen=True):
    """A way from one thing to another."""

    source: str
    target: str
    label: str = ""
    """The outcome that takes it."""


class Flow(msgspec.Struct, frozen=True):
    """A procedure, ready to be drawn; nodes in the order of the norm."""

    title: str
    lanes: tuple[str, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def flow_of(procedure: Procedure, pack: Pack) -> Flow:
    """The flow of ``procedure``. Activities that stand beside it, and those of what is no flow, are tasks without ways."""
    lanes: dict[str, int] = {}
    nodes: list[Node] = []
    edges: list[Edge] = []
    groups = {name: group for group in procedure.any_order for name in group}
    begun = False
    for name, activity in procedure.activities.items():
        lane = lanes.setdefault(_lane(procedure, pack, name), len(lanes))
        if name in procedure.starts and not begun:
            begun = True
            nodes.append(Node("start", "start", "Inicio", lane))
            edges += [Edge("start", _entry(start, groups)) for start in dict.fromkeys(procedure.starts)]
        group = groups.get(name)
        if group and group[0] == name:
            nodes.append(Node(_fork(group), "parallel", "", lane))
            edges += [Edge(_fork(group), task_id(member)) for member in group]
        nodes.append(Node(task_id(name), "task", f"{_number(name)}{activity.name}", lane, name))
        if not procedure.starts or activity.anywhere:
            continue
        if group:
            edges.append(Edge(task_id(name), _join(group)))
            if group[-1] != name:
                continue
            nodes.append(Node(_join(group), "parallel", "", lane))
        source = _join(group) if group else task_id(name)
        nodes_more, edges_more = _onwards(procedure, name, source, lane, groups)
        nodes += nodes_more
        edges += edges_more
    return Flow(procedure.title, tuple(lanes), tuple(nodes), tuple(edges))


def task_id(activity: str) -> str:
    """Id of an activity's task on every drawing."""
    return f"t-{activity}"


def _onwards(
    procedure: Procedure, name: str, source: str, lane: int, groups: dict[str, tuple[str, ...]]
) -> tuple[list[Node], list[Edge]]:
    """What leads on from an activity: straight where there is one way, else through a gateway."""
    labels: dict[str, list[str]] = {}
    for target, label in dict.fromkeys(_ways(procedure, name, groups)):
        labels.setdefault(target, []).append(label)
    # outcomes that lead to the same are one way
    ways = [(target, " · ".join(filter(None, said))) for target, said in labels.items()]
    ending = f"e-{name}"
    nodes: list[Node] = []
    edges: list[Edge] = []
    if len(ways) == 1 and not ways[0][1]:
        edges.append(Edge(source, ways[0][0] or ending))
    elif ways:
        gateway = f"g-{name}"
        nodes.append(Node(gateway, "exclusive", "", lane))
        edges.append(Edge(source, gateway))
        edges += [Edge(gateway, target or ending, label) for target, label in ways]
    if any(not target for target, _ in ways):
        nodes.append(Node(ending, "end", "Fin", lane))
    return nodes, edges


def _ways(procedure: Procedure, name: str, groups: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Target (empty: the end) and outcome of each way; one that leads to what may be passed over also leads past it."""
    activity = procedure.activities[name]
    for outcome, branch in activity.decides.items():
        label = next((w for w in branch.words if flat(w) == outcome.replace("-", " ")), outcome.replace("-", " "))
        for target in sorted(procedure.within_reach(branch.next), key=list(procedure.activities).index):
            yield _entry(target, groups), label
        if not branch.next:
            yield "", label
    for target in sorted(procedure.within_reach(activity.next), key=list(procedure.activities).index):
        yield _entry(target, groups), ""
    if activity.ends or not activity.may_follow:
        yield "", ""


def _entry(name: str, groups: dict[str, tuple[str, ...]]) -> str:
    return _fork(groups[name]) if name in groups else task_id(name)


def _fork(group: tuple[str, ...]) -> str:
    return f"f-{group[0]}"


def _join(group: tuple[str, ...]) -> str:
    return f"j-{group[0]}"


def _lane(procedure: Procedure, pack: Pack, name: str) -> str:
    roles = procedure.activities[name].roles
    known = pack.roles.get(roles[0]) if roles else None
    return known.name if known else NOBODY


def _number(name: str) -> str:
    return f"{name}. " if name[0].isdigit() else ""
