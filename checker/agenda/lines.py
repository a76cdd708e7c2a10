"""An agenda as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from checker.agenda.model import Agenda, Dated, Duty
from checker.report.paint import Style
from checker.report.words import one_line
from checker.spanish.saying import MONTH_NAMES, WEEKDAYS, joined, spoken, spoken_short


def text(agenda: Agenda, style: Style) -> Iterator[str]:
    """By month, a line for each last day and one for where it is laid down; then what waits for something to happen."""
    yield style.bold(one_line(f"{agenda.title}, del {spoken(agenda.start)} al {spoken(agenda.end)}"))
    alone = len(agenda.norms) == 1
    for norm in agenda.norms:
        yield style.dim(one_line(norm))
    for (year, month), items in groupby(agenda.dated, key=lambda item: (item.last.year, item.last.month)):
        yield ""
        yield style.bold(f"{MONTH_NAMES[month - 1]} de {year}".capitalize())
        for item in items:
            yield from _dated(item, style, alone)
    if agenda.undated:
        yield ""
        yield style.bold("Sin fecha fija")
        for waiting in agenda.undated:
            duty = waiting.duty
            yield f"  {one_line(f'{duty.what} ({duty.whose}): {waiting.when}')}"
            yield style.dim(f"    {_source(duty, alone)}")
    if not agenda.dated and not agenda.undated:
        yield ""
        yield "Las normas no señalan plazos a su cargo en esos días."
    rests = [f"{spoken_short(day)} ({why})" for day, why in agenda.rests()]
    if rests and agenda.dated:
        yield ""
        yield style.dim(one_line(f"Días de descanso: {joined(rests)}."))


def _dated(item: Dated, style: Style, alone: bool) -> Iterator[str]:
    duty = item.duty
    since = f", desde el {spoken_short(item.first)}" if item.first else ""
    what = one_line(f"{duty.what}, {item.period} ({duty.whose}){since}")
    yield f"  {WEEKDAYS[item.last.weekday()][:3]} {item.last.day:2}  {what}"
    yield style.dim(f"          {_source(duty, alone)}")


def _source(duty: Duty, alone: bool) -> str:
    """The numeral; with the norm where there are several."""
    return one_line(f"{f'numeral {duty.numeral}' if alone else duty.source} · {duty.rule}")
