"""A map as a page of its own: the drawing, its quadrants and its entries as tables. No scripts, nothing from elsewhere."""

from __future__ import annotations

from checker.maps.inks import ink
from checker.maps.markup import Markup, tag
from checker.maps.model import Chart
from checker.maps.svg import FONTS, footnotes, plot_only

_STYLE = f"""
body {{ font: 15px/1.45 {FONTS}; color: #1a1a1a; background: #fff; margin: 2rem auto; max-width: 100rem; padding: 0 1.5rem; }}
h1 {{ font-size: 1.7rem; margin: 0; }}
h2 {{ font-size: 1.15rem; margin: 1.6rem 0 .4rem; }}
p {{ margin: .3rem 0; }}
.beside {{ display: grid; grid-template-columns: minmax(0, 3fr) minmax(min-content, 2fr); gap: 1.5rem; align-items: start; }}
.map svg {{ width: 100%; height: auto; }}
.list h2 {{ margin-top: 0; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ border-bottom: 1px solid #bbb; padding: .25rem .5rem; text-align: left; vertical-align: top; }}
td.name {{ overflow-wrap: anywhere; min-width: 12rem; }}
td.key {{ white-space: nowrap; font-weight: bold; }}
thead th {{ border-bottom: 2px solid #1a1a1a; }}
td.number {{ text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }}
@media (max-width: 60rem) {{ .beside {{ grid-template-columns: 1fr; }} }}
@media print {{
  body {{ margin: 0; max-width: none; padding: 0; font-size: 11px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }}
  .beside {{ display: block; }}
  .map {{ break-inside: avoid; break-after: page; }}
  .map svg {{ height: 14.8cm; }}
  thead {{ display: table-header-group; }}
  tr {{ break-inside: avoid; }}
  @page {{ size: A4 landscape; margin: 1.2cm; }}
}}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(chart: Chart) -> str:
    """The whole page as a file."""
    drawing, drawn = plot_only(chart)
    axes = [
        tag("p", f"{name}: {axis.title}, de {axis.scale.low:f} a {axis.scale.high:f}")
        for name, axis in (("Eje horizontal", chart.across), ("Eje vertical", chart.up))
    ]
    body = [
        tag("h1", chart.title),
        *(tag("p", f"{title}: {value}") for title, value in chart.about),
        *axes,
        tag("div", tag("div", drawing, class_="map"), tag("div", *_entries(chart), class_="list"), class_="beside"),
        *_undrawn(chart),
        tag("h2", "Cuadrantes"),
        _quadrants(chart),
        *(tag("p", note) for note in footnotes(chart, drawn)),
    ]
    head = tag(
        "head",
        Markup('<meta charset="utf-8">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", chart.title),
        Markup(f"<style>{_STYLE}</style>"),
    )
    return f"<!DOCTYPE html>\n{tag('html', head, tag('body', *body), lang='es')}\n"


def _entries(chart: Chart) -> list[Markup]:
    heads = ("Clave", chart.what, chart.across.column, chart.up.column, "Cuadrante", "Color")
    rows = [
        tag(
            "tr",
            tag("td", p.key, class_="key"),
            tag("td", p.name, class_="name"),
            tag("td", f"{p.across:f}", class_="number"),
            tag("td", f"{p.up:f}", class_="number"),
            _swatch(p.region.number, p.region.colour),
            tag("td", p.region.colour.capitalize()),
        )
        for p in chart.points
    ]
    return [tag("h2", f"{chart.listed} ({len(rows)})"), _table(heads, rows)]


def _undrawn(chart: Chart) -> list[Markup]:
    if not chart.undrawn:
        return []
    rows = [
        tag("tr", tag("td", u.key, class_="key"), tag("td", u.name, class_="name"), tag("td", u.why))
        for u in chart.undrawn
    ]
    return [tag("h2", f"Sin ubicar en el mapa ({len(chart.undrawn)})"), _table(("Clave", chart.what, "Motivo"), rows)]


def _quadrants(chart: Chart) -> Markup:
    rows = [
        tag("tr", _swatch(r.number, r.colour), tag("td", r.name), tag("td", r.colour.capitalize()))
        for r in chart.regions
    ]
    return _table(("Cuadrante", "Nombre", "Color"), rows)


def _swatch(number: str, colour: str) -> Markup:
    return tag("td", number, style=f"background:{ink(colour).fill};border-left:6px solid {ink(colour).strong}")


def _table(heads: tuple[str, ...], rows: list[Markup]) -> Markup:
    header = tag("thead", tag("tr", *(tag("th", h, scope="col") for h in heads)))
    return tag("table", header, tag("tbody", *rows))
