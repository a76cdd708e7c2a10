"""A case drawn for reviewers: the flow of its procedure with the path taken, and its events on the line of time."""

from __future__ import annotations

from collections.abc import Sequence

from checker.cases.due import terms_of
from checker.cases.flow import Edge, Flow, Node, flow_of, task_id
from checker.cases.flow_svg import to_svg
from checker.cases.law import Law
from checker.cases.model import Case
from checker.cases.timeline import to_timeline
from checker.evaluate import Located

_MOST_TASKS = 150
"""Activities of a path that are drawn."""


def draw(case: Case, law: Law, located: Sequence[Located]) -> str:
    """The drawings as HTML: figures with SVG, everything that the record brings escaped."""
    wrong = {item.place: item.finding for item in reversed(located) if item.place is not None}
    states = {
        step.position: "amiss" if finding.outcome == "violated" else "doubt"
        for step in case.steps
        if (finding := wrong.get(step.place)) is not None
        # what is missing is told at its neighbour, which did nothing wrong
        and (finding.subject not in case.procedure.activities or finding.subject == step.activity)
    }
    parts = []
    flow = taken_flow(case, law)
    if flow.nodes:
        picture = to_svg(flow, _looks(case, states), _taken(case, flow))
        parts.append(_figure("Curso del asunto", f"{picture}<p>{_LEGEND}</p>"))
    timeline = to_timeline(case, terms_of(case, law), states)
    if timeline:
        parts.append(_figure("Línea de tiempo", f"{timeline}<p>{_TIME_LEGEND}</p>"))
    return "\n".join(parts)


_LEGEND = (
    "Verde: actividad en su lugar. Ámbar: actividad con observaciones. Rojo discontinuo: actividad que falta. "
    "Sólo se dibujan las actividades por las que pasó el asunto o debió pasar."
)
_TIME_LEGEND = (
    "Cada punto es una actividad (rojo: con incumplimientos; ámbar: por verificar); cada barra, un plazo desde el hecho que lo abre "
    "hasta su último día, y en rojo lo que se excedió. Las franjas son días inhábiles."
)


def _figure(title: str, body: str) -> str:
    return f'<figure class="case"><figcaption>{title}</figcaption><div class="scroll">{body}</div></figure>'


def taken_flow(case: Case, law: Law) -> Flow:
    """Of the procedure's flow what the case went through, or should have; lanes only for who has anything there."""
    whole = flow_of(law.procedure, law.pack)
    if case.course is None:
        return Flow(whole.title, (), (), ())
    tasks = list(dict.fromkeys(task_id(label) for label, _ in case.course.path))
    tasks += [task_id(d.activity) for d in case.course.deviations if task_id(d.activity) not in tasks]
    kept = set(tasks[:_MOST_TASKS])
    ways = _ways(whole, kept)
    names = kept | {n for e in ways for n in (e.source, e.target)}
    lanes = {lane: at for at, lane in enumerate(sorted({n.lane for n in whole.nodes if n.id in names}))}
    nodes = tuple(Node(n.id, n.kind, n.label, lanes[n.lane], n.activity) for n in whole.nodes if n.id in names)
    return Flow(whole.title, tuple(whole.lanes[lane] for lane in lanes), nodes, ways)


def _ways(flow: Flow, kept: set[str]) -> tuple[Edge, ...]:
    """The ways between what is kept, through gateways of which both sides are; and from the start."""
    kinds = {n.id: n.kind for n in flow.nodes}
    into = {e.target for e in flow.edges if e.source in kept}
    out = {e.source for e in flow.edges if e.target in kept}
    through = {n for n, kind in kinds.items() if kind in ("exclusive", "parallel") and n in into and n in out}
    inside = kept | through | {n for n, kind in kinds.items() if kind == "start"}
    ends = {n for n, kind in kinds.items() if kind == "end"}
    # an end is drawn only where nothing else that is kept follows
    goes_on = {e.source for e in flow.edges if e.source in inside and e.target in inside}
    return tuple(
        e
        for e in flow.edges
        if e.source in inside and (e.target in inside or (e.target in ends and e.source not in goes_on))
    )


def _looks(case: Case, states: dict[int, str]) -> dict[str, str]:
    """Of each activity the gravest that is to be shown."""
    looks: dict[str, str] = {}
    for label, step in case.course.path if case.course else ():
        if step is None:
            looks[label] = "lacking"
        elif looks.get(label) != "lacking":
            amiss = any(states.get(s.position) == "amiss" for s in case.of_activity(label))
            looks[label] = "amiss" if amiss else "done"
    for deviation in case.course.deviations if case.course else ():
        looks.setdefault(deviation.activity, "amiss")
    return looks


def _taken(case: Case, flow: Flow) -> frozenset[tuple[str, str]]:
    """The ways by which the path went: straight, or through a gateway."""
    ways = {(e.source, e.target) for e in flow.edges}
    gates = {n.id for n in flow.nodes if n.kind in ("exclusive", "parallel")}
    found: set[tuple[str, str]] = set()
    labels = [task_id(label) for label, _ in case.course.path] if case.course else []
    for one, other in zip(["start", *labels], labels, strict=False):
        if (one, other) in ways:
            found.add((one, other))
            continue
        for gate in gates:
            if (one, gate) in ways and (gate, other) in ways:
                found |= {(one, gate), (gate, other)}
    return frozenset(found)
