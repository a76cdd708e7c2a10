"""A flow as BPMN 2.0 (OMG formal/2011-01-03), with its diagram: what bpmn.io, Camunda and the like open."""

from __future__ import annotations

from typing import Any

from lxml import etree

from checker.cases.flow import Flow
from checker.cases.layout import LANE, TOP, layout_of

_MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_DI = "http://www.omg.org/spec/BPMN/20100524/DI"
_DC = "http://www.omg.org/spec/DD/20100524/DC"
_DD = "http://www.omg.org/spec/DD/20100524/DI"
_TAGS = {
    "start": "startEvent",
    "task": "userTask",
    "exclusive": "exclusiveGateway",
    "parallel": "parallelGateway",
    "end": "endEvent",
}
_HEAD = 30
"""Width of a pool's and a lane's head."""


def to_bpmn(flow: Flow, name: str) -> bytes:
    """The flow as one collaboration with a pool, its lanes, and a process; ``name`` is an id of the procedure."""
    spaces: Any = {None: _MODEL, "bpmndi": _DI, "dc": _DC, "di": _DD}
    root = etree.Element(f"{{{_MODEL}}}definitions", nsmap=spaces, id=f"d-{name}", targetNamespace="urn:vobo:procedure")
    collaboration = _in(root, "collaboration", id=f"c-{name}")
    _in(collaboration, "participant", id="pool", name=flow.title, processRef=f"p-{name}")
    process = _in(root, "process", id=f"p-{name}", name=flow.title, isExecutable="false")
    lanes = _in(process, "laneSet", id="lanes")
    for number, lane in enumerate(flow.lanes):
        held = _in(lanes, "lane", id=f"lane-{number}", name=lane)
        for node in flow.nodes:
            if node.lane == number:
                _in(held, "flowNodeRef").text = node.id
    for node in flow.nodes:
        shown = {"name": node.label} if node.label else {}
        element = _in(process, _TAGS[node.kind], id=node.id, **shown)
        for number, edge in enumerate(flow.edges):
            if edge.target == node.id:
                _in(element, "incoming").text = f"w-{number}"
        for number, edge in enumerate(flow.edges):
            if edge.source == node.id:
                _in(element, "outgoing").text = f"w-{number}"
    for number, edge in enumerate(flow.edges):
        shown = {"name": edge.label} if edge.label else {}
        _in(process, "sequenceFlow", id=f"w-{number}", sourceRef=edge.source, targetRef=edge.target, **shown)
    _diagram(root, flow, name)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _diagram(root: etree._Element, flow: Flow, name: str) -> None:
    """Where everything stands. Lanes of BPMN lie on their side, so the drawing is turned: rows run from left to right."""
    placed = layout_of(flow)
    plane = etree.SubElement(
        etree.SubElement(root, f"{{{_DI}}}BPMNDiagram", id="diagram"),
        f"{{{_DI}}}BPMNPlane",
        id="plane",
        bpmnElement=f"c-{name}",
    )
    long = placed.height - TOP
    _shape(plane, "pool", 0, 0, long + 2 * _HEAD, len(flow.lanes) * LANE, isHorizontal="true")
    for number in range(len(flow.lanes)):
        _shape(plane, f"lane-{number}", _HEAD, number * LANE, long + _HEAD, LANE, isHorizontal="true")
    for node in flow.nodes:
        box = placed.boxes[node.id]
        x, y = _turned(box.middle)
        width, height = (box.height + _WIDER, box.width // 2) if node.kind == "task" else (box.width, box.height)
        _shape(plane, node.id, x - width // 2, y - height // 2, width, height)
    for number, way in enumerate(placed.ways):
        edge = etree.SubElement(plane, f"{{{_DI}}}BPMNEdge", id=f"w-{number}-di", bpmnElement=f"w-{number}")
        for x, y in map(_turned, way):
            etree.SubElement(edge, f"{{{_DD}}}waypoint", x=str(x), y=str(y))


_WIDER = 26


def _turned(point: tuple[int, int]) -> tuple[int, int]:
    x, y = point
    return y - TOP + 2 * _HEAD, x


def _shape(plane: etree._Element, name: str, x: int, y: int, width: int, height: int, **more: str) -> None:
    shape = etree.SubElement(plane, f"{{{_DI}}}BPMNShape", {"id": f"{name}-di", "bpmnElement": name, **more})
    etree.SubElement(shape, f"{{{_DC}}}Bounds", x=str(x), y=str(y), width=str(width), height=str(height))


def _in(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_MODEL}}}{tag}", attributes)
