"""The aligners that ours is measured against: r4pm (Rust, MIT or Apache) and pm4py (AGPL: only ever here, never at run time)."""

from __future__ import annotations

import json
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from checker.cases.net import Net
from checker.cases.pnml import to_pnml

Log = Sequence[Sequence[str]]

_PNML = "{http://www.pnml.org/version-2009/grammar/pnml}"
_ALIGNMENTS = "process_mining::conformance::case_centric::alignments"
_COSTS = {"log_move_cost": 1, "model_move_cost": 1, "sync_move_cost": 0, "silent_move_cost": 0}


def r4pm_aligner(net: Net, log: Log) -> Callable[[], list[int]]:
    """Cost of each trace. The log is read, and traces alike are joined, beforehand: what is timed is that they are aligned in one call."""
    import r4pm

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.xes"
        path.write_text(_xes(log), "utf-8")
        held = r4pm.import_item("EventLog", str(path))
    projection = r4pm.convert_item(held, "EventLogActivityProjection")
    arguments = json.dumps({"net": _r4pm_net(net), "projection": projection, "options": {"cost_fn": _COSTS}})
    return lambda: _r4pm_costs(r4pm.call_binding(f"{_ALIGNMENTS}::align_variants", arguments))


def r4pm_costs(net: Net, log: Log) -> list[int]:
    """Cost of each trace, one by one."""
    import r4pm

    options, held = {"cost_fn": _COSTS}, _r4pm_net(net)
    answers = (
        r4pm.call_binding(
            f"{_ALIGNMENTS}::align_trace_binding",
            json.dumps({"net": held, "trace": list(trace), "options": options}),
        )
        for trace in log
    )
    return [json.loads(answer)["cost"] for answer in answers]


def pm4py_aligner(net: Net) -> Callable[[Sequence[str]], int]:
    """Cost of one trace."""
    from pm4py.algo.conformance.alignments.petri_net import algorithm
    from pm4py.objects.log.obj import Event, Trace
    from pm4py.objects.petri_net.importer.variants.pnml import import_net_from_string
    from pm4py.objects.petri_net.obj import Marking

    held, begin, _ = import_net_from_string(to_pnml(net))
    finish = Marking({place: 1 for place in held.places if place.name == "end"})

    def cost(labels: Sequence[str]) -> int:
        trace = Trace([Event({"concept:name": label}) for label in labels])
        found = algorithm.apply_trace(
            trace, held, begin, finish, variant=algorithm.Variants.VERSION_STATE_EQUATION_A_STAR
        )
        return int(found["cost"]) // 10_000

    return cost


def _r4pm_costs(answer: str) -> list[int]:
    return [one["result"]["Ok"]["cost"] for one in json.loads(answer)]


def _r4pm_net(net: Net) -> dict[str, Any]:
    """Read what ``to_pnml`` writes: r4pm knows places and transitions by UUID."""
    page = ElementTree.fromstring(to_pnml(net)).find(f"{_PNML}net/{_PNML}page")
    if page is None:
        raise RuntimeError("no page")
    ids = {node.get("id", ""): str(uuid.uuid5(uuid.NAMESPACE_OID, node.get("id", ""))) for node in page}
    return {
        "places": {ids[name]: {"id": ids[name]} for name, _ in _nodes(page, "place")},
        "transitions": {
            ids[name]: {"id": ids[name], "label": node.findtext(f"{_PNML}name/{_PNML}text")}
            for name, node in _nodes(page, "transition")
        },
        "arcs": [
            {
                "from_to": {
                    "type": "TransitionPlace" if source.startswith("transition") else "PlaceTransition",
                    "nodes": [ids[source], ids[arc.get("target", "")]],
                },
                "weight": 1,
            }
            for _, arc in _nodes(page, "arc")
            for source in [arc.get("source", "")]
        ],
        "initial_marking": {ids["begin"]: 1},
        "final_markings": [{ids["end"]: 1}],
    }


def _nodes(page: ElementTree.Element, kind: str) -> Iterator[tuple[str, ElementTree.Element]]:
    return ((node.get("id", ""), node) for node in page.findall(f"{_PNML}{kind}"))


def _xes(log: Log) -> str:
    traces = "".join(
        "<trace>"
        + f'<string key="concept:name" value="{number}"/>'
        + "".join(f'<event><string key="concept:name" value="{label}"/></event>' for label in trace)
        + "</trace>\n"
        for number, trace in enumerate(log)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">\n{traces}</log>\n'
