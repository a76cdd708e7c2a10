"""A flow as SVG: by itself, or with the course of a case on it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from checker.cases.flow import Edge, Flow, Node
from checker.cases.layout import LANE, TOP, Box, Layout, layout_of

_STYLE = """
.vb-flow{font:12px system-ui,'Segoe UI',Roboto,'Helvetica Neue',sans-serif;color:#1d2433;background:#fff}
.vb-flow text{fill:currentColor;text-anchor:middle}
.vb-flow .lane{fill:#f4f6fa;stroke:#d5dbe6}.vb-flow .lane.odd{fill:#fbfcfe}.vb-flow .head{font-weight:600}
.vb-flow .task,.vb-flow .mark{fill:#fff;stroke:#5b6b86;stroke-width:1.2}.vb-flow .way{fill:none;stroke:#7c8aa3;stroke-width:1.2}
.vb-flow .said{font-size:10.5px;font-style:italic}
.vb-flow .done .task{fill:#e7f4ea;stroke:#2b7a3f;stroke-width:1.8}
.vb-flow .lacking .task{fill:#fdecec;stroke:#b3261e;stroke-width:1.8;stroke-dasharray:5 3}
.vb-flow .amiss .task{fill:#fff3d6;stroke:#9a6200;stroke-width:1.8}.vb-flow .way.taken{stroke:#2b7a3f;stroke-width:2.4}
"""
_PER_LINE = 28
_LINES = 3


def to_svg(flow: Flow, states: Mapping[str, str] | None = None, taken: frozenset[tuple[str, str]] = frozenset()) -> str:
    """The flow as a standalone picture.

    ``states`` gives activities a look (``done``, ``lacking``, ``amiss``); ``taken`` holds the (source, target) ids of ways that were taken.
    """
    placed = layout_of(flow)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="vb-flow" role="img" aria-label={quoteattr(flow.title)} '
        f'width="{placed.width}" height="{placed.height}" viewBox="0 0 {placed.width} {placed.height}">',
        f"<title>{escape(flow.title)}</title><style>{_STYLE}</style>",
        '<defs><marker id="vb-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        'markerUnits="userSpaceOnUse" orient="auto">'
        '<path d="M0 0L8 4L0 8z" fill="#5b6b86"/></marker></defs>',
        *_lanes(flow, placed),
        *(_way(e, placed.ways[n], (e.source, e.target) in taken) for n, e in enumerate(flow.edges)),
        *(_node(n, placed.boxes[n.id], (states or {}).get(n.activity, "")) for n in flow.nodes),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _lanes(flow: Flow, placed: Layout) -> Iterator[str]:
    for number, lane in enumerate(flow.lanes):
        x = number * LANE
        yield f'<rect class="lane{" odd" if number % 2 else ""}" x="{x}" y="0" width="{LANE}" height="{placed.height}"/>'
        lines = textwrap.wrap(lane, 30)[:3]
        for at, line in enumerate(lines):
            yield f'<text class="head" x="{x + LANE // 2 - 12}" y="{TOP // 2 - 7 * (len(lines) - 1) + 15 * at}">{escape(line)}</text>'


def _way(edge: Edge, points: tuple[tuple[int, int], ...], taken: bool) -> str:
    line = " ".join(f"{x},{y}" for x, y in points)
    drawn = f'<polyline class="way{" taken" if taken else ""}" points="{line}" marker-end="url(#vb-tip)"/>'
    if not edge.label:
        return drawn
    (x, y), (to_x, to_y) = points[0], points[1]
    at_x, at_y = (x + 8, y + 13) if x == to_x else (x + 6, y - 4)
    return f'{drawn}<text class="said" style="text-anchor:start" x="{at_x}" y="{at_y if to_y >= y else y - 4}">{escape(edge.label)}</text>'


def _node(node: Node, box: Box, state: str) -> str:
    x, y = box.middle
    shown = (
        f'<g class="{state}"><title>{escape(node.label)}</title>'
        if state
        else f"<g><title>{escape(node.label)}</title>"
    )
    if node.kind == "task":
        lines = textwrap.wrap(node.label, _PER_LINE)
        if len(lines) > _LINES:
            lines = [*lines[: _LINES - 1], lines[_LINES - 1][: _PER_LINE - 1].rstrip() + "…"]
        text = "".join(
            f'<text x="{x}" y="{y + 4 - 7 * (len(lines) - 1) + 14 * n}">{escape(line)}</text>'
            for n, line in enumerate(lines)
        )
        shape = f'<rect class="task" x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="6"/>'
        return f"{shown}{shape}{text}</g>"
    half = box.width // 2
    if node.kind in ("start", "end"):
        heavy = ' style="stroke-width:3"' if node.kind == "end" else ""
        text = f'<text x="{x}" y="{y + 4}" style="font-size:10px">{escape(node.label)}</text>'
        return f'{shown}<circle class="mark"{heavy} cx="{x}" cy="{y}" r="{half - 1}"/>{text}</g>'
    diamond = f"{x},{y - half} {x + half},{y} {x},{y + half} {x - half},{y}"
    sign = "+" if node.kind == "parallel" else "×"
    return f'{shown}<polygon class="mark" points="{diamond}"/><text x="{x}" y="{y + 5}" style="font-size:16px">{sign}</text></g>'
