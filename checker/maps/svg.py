"""A map as an SVG drawing: the map, the list of entries beside it, and under them what could not be drawn."""

from __future__ import annotations

from collections import Counter

from checker.maps.listing import GAP, WIDTH, listing
from checker.maps.markup import Markup, join, tag
from checker.maps.metrics import wrapped
from checker.maps.model import Chart
from checker.maps.plot import Plot, plot

FONTS = "'Liberation Sans', Arial, Helvetica, 'DejaVu Sans', sans-serif"
_MARGIN = 28.0
_INK = "#1a1a1a"


def svg(chart: Chart) -> str:
    """The whole drawing as a file."""
    drawn = plot(chart, chart.type)
    whole = drawn.width + GAP + WIDTH
    top = 84.0
    entries, bottom = listing(chart, drawn.width + GAP, top, drawn.height, whole)
    notes, bottom = _notes(chart, drawn, max(bottom, top + drawn.height) + 14, whole)
    body = [
        tag("rect", x=-_MARGIN, y=-_MARGIN, width=whole + 2 * _MARGIN, height=bottom + 2 * _MARGIN, fill="#fff"),
        tag("text", chart.title, x=0, y=26, font_size=26, font_weight="bold", fill=_INK),
        tag("text", subtitle(chart), x=0, y=54, font_size=15, fill=_INK),
        tag("g", drawn.markup, transform=f"translate(0 {top:g})"),
        entries,
        *notes,
    ]
    box = f"{-_MARGIN:g} {-_MARGIN:g} {whole + 2 * _MARGIN:g} {bottom + 2 * _MARGIN:g}"
    drawing = tag(
        "svg",
        tag("title", chart.title, id=f"{chart.type}-t"),
        tag("desc", told(chart), id=f"{chart.type}-d"),
        *body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=box,
        width=whole + 2 * _MARGIN,
        height=bottom + 2 * _MARGIN,
        role="img",
        aria_labelledby=f"{chart.type}-t {chart.type}-d",
        font_family=FONTS,
        lang="es",
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawing}\n'


def plot_only(chart: Chart) -> tuple[Markup, Plot]:
    """The map without its list, to stand in a page."""
    drawn = plot(chart, chart.type)
    return tag(
        "svg",
        tag("title", chart.title, id=f"{chart.type}-t"),
        tag("desc", told(chart), id=f"{chart.type}-d"),
        drawn.markup,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {drawn.width:g} {drawn.height:g}",
        role="img",
        aria_labelledby=f"{chart.type}-t {chart.type}-d",
        font_family=FONTS,
    ), drawn


def subtitle(chart: Chart) -> str:
    """Period and date of the matrix, and how many entries it has."""
    total = len(chart.points) + len(chart.undrawn)
    parts = [f"{title}: {value}" for title, value in chart.about]
    return " · ".join([*parts, f"{total} registro" + ("s" if total != 1 else "")])


def told(chart: Chart) -> str:
    """The map in a sentence, for those who cannot see it."""
    there = Counter(p.region.number for p in chart.points)
    parts = "; ".join(f"cuadrante {r.number}, {r.name} ({r.colour}): {there[r.number]}" for r in chart.regions)
    lost = f" Sin ubicar: {len(chart.undrawn)}." if chart.undrawn else ""
    return (
        f"Eje horizontal: {chart.across.title}, de {chart.across.scale.low:f} a {chart.across.scale.high:f}. "
        f"Eje vertical: {chart.up.title}, de {chart.up.scale.low:f} a {chart.up.scale.high:f}. Registros por cuadrante: {parts}.{lost}"
    )


def footnotes(chart: Chart, drawn: Plot) -> list[str]:
    """Where the map comes from and what it rests on."""
    notes = [f"Elaborado a partir de «{chart.origin}», conforme a la {chart.norm}."]
    readings = sorted({p.reading for p in chart.points if p.reading})
    notes += [
        f"El cuadrante de {_keys([p.key for p in chart.points if p.reading == r])} se decide conforme al criterio de interpretación {r}."
        for r in readings
    ]
    if drawn.unlabelled:
        notes.append(
            f"{drawn.unlabelled} registros no llevan rótulo en el mapa por falta de espacio; están en la relación."
        )
    return notes


def _keys(keys: list[str]) -> str:
    told = ", ".join(keys[:8])
    return f"{told} y {len(keys) - 8} más" if len(keys) > 8 else told


def _notes(chart: Chart, drawn: Plot, y: float, whole: float) -> tuple[list[Markup], float]:
    """What could not be drawn, one by one, and the notes."""
    parts: list[Markup] = []

    def write(words: str, *, bold: bool = False, size: float = 13) -> None:
        nonlocal y
        for line in wrapped(words, size, whole * 0.95):
            y += size + 5
            weight: dict[str, str] = {"font_weight": "bold"} if bold else {}
            parts.append(tag("text", line, x=0, y=y, font_size=size, fill=_INK, **weight))

    if chart.undrawn:
        y += 6
        write(f"Sin ubicar en el mapa ({len(chart.undrawn)})", bold=True, size=15)
        for entry in chart.undrawn:
            write(f"{entry.key} · {entry.name}: {entry.why}.")
    y += 8
    for note in footnotes(chart, drawn):
        write(note)
    return [join(parts)], y
