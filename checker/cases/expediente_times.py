"""When a message was sent, and whether the servers that it passed bear that out."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import msgspec

from parsers.cases.model import When
from parsers.cases.when import FIRST_YEAR, LAST_YEAR
from parsers.model import Mail

APART = dt.timedelta(days=1)
"""By how much the date of a message may differ from the stamp of the first server."""
_CLOCKS = dt.timedelta(minutes=15)
"""By how much the clocks of servers may differ."""


class Sent(msgspec.Struct, frozen=True):
    """When a message was sent."""

    when: When | None
    """None where it bears no date at all."""
    order: dt.datetime | None
    """Where it stands among others, trusted or not."""


def sent(mail: Mail) -> Sent:
    """The time that the ``Date`` header gives, its zone kept; one that the ``Received`` chain contradicts is none.

    RFC 5322, 3.3: a time in ``-0000`` is UTC of a place that it does not tell.
    """
    stamps = [_aware(stamp) for stamp in mail.received if stamp is not None]
    first = stamps[0] if stamps else None
    if mail.date is None:
        problem = "el correo no trae una fecha de envío legible"
        return Sent(When("sin fecha cierta", None, problem=problem), first)
    date = _aware(mail.date)
    problem = _problem(date, stamps)
    if problem:
        return Sent(When("sin fecha cierta", None, problem=problem), first or date)
    return Sent(When(date.isoformat(), date), date)


def _problem(date: dt.datetime, stamps: list[dt.datetime]) -> str:
    if not FIRST_YEAR <= date.year <= LAST_YEAR:
        return f"el año {date.year:04d} no es creíble"
    if any(later < earlier - _CLOCKS for earlier, later in pairwise(stamps)):
        return "los sellos de los servidores por los que pasó el correo van hacia atrás en el tiempo"
    if stamps and abs(date - stamps[0]) > APART:
        return (
            f"el correo dice que se envió el {date:%d/%m/%Y}, y el primer servidor que lo recibió, que fue el "
            f"{stamps[0].astimezone(date.tzinfo):%d/%m/%Y}"
        )
    return ""


def _aware(time: dt.datetime) -> dt.datetime:
    return time if time.tzinfo is not None else time.replace(tzinfo=dt.UTC)
