"""A case on the line of time, as SVG: its events, the terms that they opened, and the days on which nobody works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from checker.calendar.days import Calendar
from checker.cases.due import Term
from checker.cases.model import Case, Step
from checker.spanish.saying import spoken_short

Across = Callable[[dt.date], float]
"""Where a day stands on the line."""
LEFT, ROW, TOP = 300, 22, 46
"""Width of the names, height of a line, height of the scale; pixels."""
_WIDE = 900
"""Of the line of time."""
_MOST_ROWS = 150
"""Events drawn; of longer cases the first ones, and how many more there are."""
_SHADED = 400
"""Days of a case up to which each closed one is shaded: of longer ones only holidays would be seen as hairlines."""


def to_timeline(case: Case, terms: Sequence[Term], states: Mapping[int, str]) -> str:
    """The timeline; ``states`` gives steps, by their position, a look (``amiss``, ``doubt``). Empty where no event has a date."""
    steps = [s for s in case.steps if s.day is not None]
    if not steps:
        return ""
    shown, hidden = steps[:_MOST_ROWS], len(steps) - _MOST_ROWS
    days = [s.day for s in steps if s.day] + [t.last for t in terms] + [t.opened for t in terms]
    first, last = min(days), max(days)
    span = max(1, (last - first).days)
    last_x = LEFT + _WIDE

    def x(day: dt.date) -> float:
        return LEFT + (day - first).days * _WIDE / span

    rows = len(shown) + len(terms)
    height = TOP + rows * ROW + 14
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="vb-time" role="img" aria-label="Línea de tiempo del asunto" '
        f'width="{last_x + 30}" height="{height}" viewBox="0 0 {last_x + 30} {height}">',
    ]
    if span <= _SHADED:
        parts += _closed(case.calendar, first, last, x(first + dt.timedelta(1)) - x(first), height, x)
    parts += _scale(first, last, height, x)
    for row, step in enumerate(shown):
        y = TOP + row * ROW + ROW // 2
        parts.append(_event(case, step, states.get(step.position, ""), x, y))
    for row, term in enumerate(terms, len(shown)):
        parts.append(_term(term, case, x, TOP + row * ROW + ROW // 2))
    parts.append("</svg>")
    more = f"<p>Y {hidden} actividades más, que no se dibujan.</p>" if hidden > 0 else ""
    return "\n".join(parts) + more


def _closed(calendar: Calendar, first: dt.date, last: dt.date, width: float, height: int, x: Across) -> Iterator[str]:
    for day, why in calendar.skipped(first - dt.timedelta(1), last):
        kind = "weekend" if day.weekday() > 4 else "holiday"
        yield (
            f'<rect class="{kind}" x="{x(day):.1f}" y="{TOP - 8}" width="{max(1.0, width):.1f}" height="{height - TOP}">'
            f"<title>{escape(spoken_short(day))}: {escape(why)}</title></rect>"
        )


def _scale(first: dt.date, last: dt.date, height: int, x: Across) -> Iterator[str]:
    """A mark for each month, or for each week of a short case."""
    if (last - first).days > 60:
        marks = [dt.date(y, m, 1) for y in range(first.year, last.year + 1) for m in range(1, 13)]
        step = 1 + len([d for d in marks if first <= d <= last]) // 14
    else:
        marks = [first + dt.timedelta(n) for n in range((last - first).days + 1)]
        marks = [d for d in marks if d.weekday() == 0 or len(marks) < 9]
        step = 1
    for day in [d for d in marks if first <= d <= last][::step]:
        at = f"{x(day):.1f}"
        yield f'<line class="scale" x1="{at}" x2="{at}" y1="{TOP - 12}" y2="{height - 12}"/>'
        yield f'<text class="day" x="{at}" y="{TOP - 20}">{escape(spoken_short(day))}</text>'


def _event(case: Case, step: Step, state: str, x: Across, y: int) -> str:
    assert step.day is not None, "only dated events are drawn"
    name = case.name(step.activity) if step.activity else f"«{step.event.activity or step.event.milestone or ''}»"
    told = f"{name} · {spoken_short(step.day)}" + (f" · {case.role_name(step.role)}" if step.role else "")
    return (
        f'<g class="{state}"><title>{escape(told)}</title><text class="name" x="{LEFT - 12}" y="{y + 4}">{escape(_cut(name))}</text>'
        f'<circle class="event" cx="{x(step.day):.1f}" cy="{y}" r="5"/></g>'
    )


def _term(term: Term, case: Case, x: Across, y: int) -> str:
    """A bar from what opens the term to its last day; what came after it, or is still wanting, goes on in red."""
    start, end = x(term.opened), x(term.last)
    over = term.done if term.done is not None else case.last_day
    late = over is not None and over > term.last
    told = f"{term.title}. {term.working}"
    parts = [
        f"<g><title>{escape(told)}</title>",
        f'<text class="name term" x="{LEFT - 12}" y="{y + 4}">{escape(_cut("Plazo: " + term.what))}</text>',
        f'<line class="bar" x1="{start:.1f}" x2="{max(end, start + 2):.1f}" y1="{y}" y2="{y}"/>',
        f'<line class="due" x1="{end:.1f}" x2="{end:.1f}" y1="{y - 7}" y2="{y + 7}"/>',
    ]
    if late and over is not None:
        parts.append(f'<line class="late" x1="{end:.1f}" x2="{x(over):.1f}" y1="{y}" y2="{y}"/>')
    if term.done is not None:
        parts.append(f'<circle class="done" cx="{x(term.done):.1f}" cy="{y}" r="4"/>')
    return "".join(parts) + "</g>"


def _cut(text: str) -> str:
    return text if len(text) <= 44 else text[:43].rstrip() + "…"
