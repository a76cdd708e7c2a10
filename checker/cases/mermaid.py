"""A flow as Mermaid text, which wikis and code hosts draw."""

from __future__ import annotations

from checker.cases.flow import Flow, Node

_SHAPES = {
    "start": '(["{}"])',
    "task": '["{}"]',
    "exclusive": '{{"{}"}}',
    "parallel": '{{{{"{}"}}}}',
    "end": '(["{}"])',
}


def to_mermaid(flow: Flow) -> str:
    """The flow as a top-down flowchart, with a subgraph for each lane."""
    lines = ["flowchart TD"]
    for number, lane in enumerate(flow.lanes):
        lines.append(f'  subgraph lane{number}["{_text(lane)}"]')
        lines += [f"    {_name(n.id)}{_shape(n)}" for n in flow.nodes if n.lane == number]
        lines.append("  end")
    for edge in flow.edges:
        said = f'|"{_text(edge.label)}"|' if edge.label else ""
        lines.append(f"  {_name(edge.source)} -->{said} {_name(edge.target)}")
    return "\n".join(lines) + "\n"


def _shape(node: Node) -> str:
    return _SHAPES[node.kind].format(_text(node.label) or ("+" if node.kind == "parallel" else "?"))


def _name(text: str) -> str:
    """Mermaid's own words («end») and dots do not stand alone as ids."""
    return "n_" + text.replace("-", "_").replace(".", "_")


def _text(text: str) -> str:
    return text.replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")
