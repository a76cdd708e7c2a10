"""An agenda as a page: months with their days of rest and last days, then every duty. No scripts, nothing from elsewhere."""

from __future__ import annotations

import calendar as gregorian
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from checker.agenda.model import Agenda, Dated, Duty, Undated
from checker.calendar.spans import periods
from checker.maps.markup import Markup, join, tag
from checker.maps.svg import FONTS
from checker.spanish.saying import WEEKDAYS, spoken, spoken_range, spoken_short

_STYLE = f"""
:root {{ color-scheme: light dark; --ink: #1a1a1a; --soft: #595959; --paper: #fff; --line: #c4c4c4; --due: #0b4f6c; --on-due: #fff;
  --rest: #f6dfc8; --on-rest: #5b3200; --weekend: #f0f0f0; }}
@media (prefers-color-scheme: dark) {{ :root {{ --ink: #e8e8e8; --soft: #b0b0b0; --paper: #16181b; --line: #4a4d52; --due: #8fd0ee;
  --on-due: #0b1d26; --rest: #5a3d1e; --on-rest: #ffe3c2; --weekend: #24272b; }} }}
body {{ font: 15px/1.45 {FONTS}; color: var(--ink); background: var(--paper); margin: 2rem auto; max-width: 84rem; padding: 0 1.5rem; }}
h1 {{ font-size: 1.7rem; margin: 0; }}
h2 {{ font-size: 1.2rem; margin: 2rem 0 .5rem; }}
h3 {{ font-size: 1.05rem; margin: 1.4rem 0 .3rem; }}
p {{ margin: .3rem 0; }}
a {{ color: var(--due); }}
.soft {{ color: var(--soft); }}
.months {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); gap: 1.5rem; margin-top: 1rem; }}
.month table {{ border-collapse: separate; border-spacing: 2px; width: 100%; table-layout: fixed; font-variant-numeric: tabular-nums; }}
.month caption {{ font-weight: bold; text-align: left; padding: .2rem .1rem; }}
.month th {{ font-weight: normal; color: var(--soft); font-size: .88em; }}
.month th abbr {{ text-decoration: none; }}
.month td {{ text-align: center; padding: .2rem 0; border-radius: 4px; }}
.month td.weekend {{ background: var(--weekend); color: var(--soft); }}
.month td.rest {{ background: var(--rest); color: var(--on-rest); text-decoration: underline; }}
.month td.due {{ padding: 0; }}
.month td.due a {{ display: block; padding: .2rem 0; background: var(--due); color: var(--on-due); font-weight: bold; text-decoration: none;
  border-radius: 4px; }}
.month td.due sup {{ font-size: .7em; margin-left: 1px; }}
.month ul {{ list-style: none; margin: .2rem 0 0; padding: 0; font-size: .88em; color: var(--soft); }}
.key span {{ display: inline-block; padding: 0 .5rem; border-radius: 4px; margin-right: .3rem; }}
.key .due {{ background: var(--due); color: var(--on-due); font-weight: bold; }}
.key .rest {{ background: var(--rest); color: var(--on-rest); text-decoration: underline; }}
.key .weekend {{ background: var(--weekend); color: var(--soft); }}
.list {{ overflow-x: auto; }}
.list table {{ border-collapse: collapse; width: 100%; }}
.list th, .list td {{ border-bottom: 1px solid var(--line); padding: .35rem .6rem .35rem 0; text-align: left; vertical-align: top; }}
.list thead th {{ border-bottom: 2px solid var(--ink); }}
.list tbody th {{ font-weight: bold; white-space: nowrap; }}
.list td {{ overflow-wrap: anywhere; min-width: 7rem; }}
.list .long {{ min-width: 16rem; }}
.list small {{ display: block; color: var(--soft); font-size: .88em; font-weight: normal; white-space: normal; }}
.list .fixed {{ table-layout: fixed; min-width: 54rem; }}
.fixed th:nth-child(1), .fixed th:nth-child(4) {{ width: 13%; }}
.fixed th:nth-child(2) {{ width: 27%; }}
.fixed th:nth-child(3) {{ width: 12%; }}
:target {{ outline: 2px solid var(--due); outline-offset: 2px; }}
@media print {{
  :root {{ color-scheme: light; --ink: #000; --soft: #444; --paper: #fff; --line: #999; --due: #0b4f6c; --on-due: #fff; --rest: #f6dfc8;
    --on-rest: #5b3200; --weekend: #f0f0f0; }}
  body {{ margin: 0; max-width: none; padding: 0; font-size: 10.5px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }}
  .months {{ grid-template-columns: repeat(4, 1fr); gap: .8rem; }}
  .list .fixed {{ min-width: 0; }}
  .month, .list tr {{ break-inside: avoid; }}
  .lists {{ break-before: page; }}
  h2, h3 {{ break-after: avoid; }}
  .list thead {{ display: table-header-group; }}
  a {{ color: inherit; text-decoration: none; }}
  @page {{ size: letter landscape; margin: 1.2cm; }}
}}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(agenda: Agenda) -> bytes:
    """The whole page as a file."""
    head = tag(
        "head",
        Markup('<meta charset="utf-8">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", f"{agenda.title}, {spoken_range(agenda.start, agenda.end)}"),
        Markup(f"<style>{_STYLE}</style>"),
    )
    body = [
        tag("h1", agenda.title),
        tag("p", f"Del {spoken_range(agenda.start, agenda.end)}: {_counted(agenda)}."),
        *(tag("p", norm, class_="soft") for norm in agenda.norms),
        tag("h2", "Calendario"),
        _key(),
        tag("div", *_months(agenda), class_="months"),
        tag("div", *_lists(agenda), class_="lists"),
        tag("p", _calendar(agenda), class_="soft"),
    ]
    return f"<!DOCTYPE html>\n{tag('html', head, tag('body', tag('main', *body)), lang='es-MX')}\n".encode()


def _calendar(agenda: Agenda) -> str:
    name, _, own = agenda.calendar.partition(";")
    return f"Días hábiles: calendario {name}{', con los días que la oficina declaró hábiles o inhábiles' * bool(own)}."


def _counted(agenda: Agenda) -> str:
    dated, undated = len(agenda.dated), len(agenda.undated)
    first = "1 plazo con fecha" if dated == 1 else f"{dated} plazos con fecha"
    return f"{first} y {undated} sin fecha fija" if undated else first


def _key() -> Markup:
    return tag(
        "p",
        tag("span", "8", class_="due"),
        " último día de uno o más plazos (cuántos, si son varios) ",
        tag("span", "2", class_="rest"),
        " día de descanso ",
        tag("span", "7", class_="weekend"),
        " fin de semana",
        class_="key",
    )


def _months(agenda: Agenda) -> Iterator[Markup]:
    due = Counter(item.last for item in agenda.dated)
    closed = list(agenda.rests())
    for span in periods(agenda.start, agenda.end, "month"):
        weeks = gregorian.Calendar().monthdatescalendar(span.start.year, span.start.month)
        rows = [tag("tr", *(_day(day, span.start.month, agenda, due[day]) for day in week)) for week in weeks]
        heads = (tag("th", tag("abbr", name[0].upper(), title=name), scope="col") for name in WEEKDAYS)
        rests = [tag("li", f"{day.day}: {why}") for day, why in closed if day in span]
        table = tag(
            "table",
            tag("caption", span.name.capitalize()),
            tag("thead", tag("tr", *heads)),
            tag("tbody", *rows),
        )
        yield tag("div", table, tag("ul", *rests) if rests else Markup(""), class_="month")


def _day(day: dt.date, month: int, agenda: Agenda, due: int) -> Markup:
    if day.month != month:
        return tag("td", "")
    why = agenda.days.why_closed(day)
    classes = ["rest" if day.weekday() < 5 else "weekend"] if why else []
    title = {"title": why} if why and day.weekday() < 5 else {}
    if not due:
        return tag("td", str(day.day), **({"class_": classes[0]} if classes else {}), **title)
    label = f"{spoken_short(day)}: {due} plazos" if due > 1 else f"{spoken_short(day)}: 1 plazo"
    number = tag("sup", str(due)) if due > 1 else Markup("")
    link = tag("a", str(day.day), number, href=f"#{_anchor(day)}", aria_label=label)
    return tag("td", link, class_=" ".join([*classes, "due"]), **title)


def _anchor(day: dt.date) -> str:
    return f"dia-{day.isoformat()}"


def _lists(agenda: Agenda) -> Iterator[Markup]:
    yield tag("h2", "Plazos con fecha")
    if not agenda.dated:
        yield tag("p", "Las normas no señalan plazos con fecha en esos días.")
    for (year, month), items in groupby(agenda.dated, key=lambda item: (item.last.year, item.last.month)):
        name = next(periods(dt.date(year, month, 1), dt.date(year, month, 1), "month")).name.capitalize()
        yield tag("h3", name)
        heads = ("Último día", "Qué", "A cargo de", "Numeral", "Cómo se cuenta")
        yield _table(name, heads, _dated_rows(items))
    if agenda.undated:
        yield tag("h2", "Plazos sin fecha fija")
        yield tag("p", "Corren a partir de un suceso; la fecha depende de cuándo ocurra.", class_="soft")
        yield _table(
            "Plazos sin fecha fija", ("Qué", "Cuándo", "A cargo de", "Numeral"), map(_undated_row, agenda.undated)
        )


def _dated_rows(items: Iterable[Dated]) -> Iterator[Markup]:
    seen: dt.date | None = None
    for item in items:
        day = f"{WEEKDAYS[item.last.weekday()].capitalize()} {item.last.day}"
        since = tag("small", f"desde el {spoken(item.first)}") if item.first else Markup("")
        mark = {"id": _anchor(item.last)} if item.last != seen else {}
        seen = item.last
        yield tag(
            "tr",
            tag("th", day, since, scope="row"),
            _what(item.duty, item.period),
            tag("td", item.duty.whose),
            _source(item.duty),
            tag("td", item.working, tag("small", item.duty.note) if item.duty.note else Markup(""), class_="long"),
            **mark,
        )


def _undated_row(item: Undated) -> Markup:
    note = tag("small", item.duty.note) if item.duty.note else Markup("")
    return tag(
        "tr",
        _what(item.duty, ""),
        tag("td", item.when, note, class_="long"),
        tag("td", item.duty.whose),
        _source(item.duty),
    )


def _what(duty: Duty, period: str) -> Markup:
    named = f"{duty.what}, {period}" if period else duty.what
    return tag("td", named, tag("small", duty.title), class_="long")


def _source(duty: Duty) -> Markup:
    return tag("td", duty.numeral, tag("small", duty.clave or duty.norm), tag("small", duty.rule))


def _table(name: str, heads: tuple[str, ...], rows: Iterable[Markup]) -> Markup:
    header = tag("thead", tag("tr", *(tag("th", h, scope="col") for h in heads)))
    table = tag(
        "table", header, tag("tbody", join(list(rows))), aria_label=name, class_="fixed" if len(heads) == 5 else ""
    )
    return tag("div", table, class_="list", tabindex="0")
