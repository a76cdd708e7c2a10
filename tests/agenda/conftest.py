"""A small agenda, made by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from checker.agenda.dates import closing, windows
from checker.agenda.model import Agenda, Dated, Duty, Undated
from checker.calendar.days import calendar_named
from checker.calendar.durations import Duration

D = dt.date
HOSTILE = '=HYPERLINK("http://x.mx";"<b>;,\\ & ñandú</b>")\x07'


def duty(rule: str, what: str, title: str = "Se entrega a tiempo", **more: object) -> Duty:
    fields = {
        "pack": "imss/operacion-territorial",
        "edition": "2024",
        "norm": "Modelo de Operación Territorial",
        "clave": "1000-001-004",
        "numeral": "7.2.2.3",
        "rule": rule,
        "title": title,
        "what": what,
        "who": ("Coordinación de Análisis, Prospectiva y Seguimiento a la Operación Institucional",),
        "short": ("CAPSOI",),
        **more,
    }
    return Duty(**fields)  # type: ignore[arg-type]


@pytest.fixture
def agenda() -> Agenda:
    """Six monthly closes, a window, and one duty that waits; one text does what it can to break out."""
    start, end = D(2026, 1, 1), D(2026, 6, 30)
    days = calendar_named("mx-federal", ((D(2026, 4, 2), "Jueves <Santo>"),))
    monthly = duty("OT-041.plazo", "Informe de riesgos de las RTR", HOSTILE)
    hostile = duty("OT-113.ventana", HOSTILE, who=(), short=(), clave="", note="Conforme al criterio OT-i05.")
    dated = [
        Dated(monthly, i.last, i.first, i.period, i.anchor, i.working)
        for i in closing(start, end, "month", (), Duration(5, "business day"), days)
    ]
    dated += [
        Dated(hostile, i.last, i.first, i.period, i.anchor, i.working) for i in windows(start, end, (2,), (1, 9), days)
    ]
    waiting = Undated(duty("OT-040.plazo", "Minuta de RTM"), "dentro de los 5 días hábiles posteriores a «Celebración»")
    return Agenda(
        start=start,
        end=end,
        owners=("CAPSOI",),
        norms=("Modelo de Operación Territorial, clave 1000-001-004, edición 2024",),
        calendar="mx-federal; closed 2026-04-02",
        days=days,
        dated=tuple(sorted(dated, key=lambda d: (d.last, d.duty.rule))),
        undated=(waiting,),
    )
