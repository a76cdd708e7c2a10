"""``natural_quarter``: a period is a quarter of the calendar year, written with its days in figures and its months in letters."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import MONTHS, field_title, short
from checker.recognise.model import Period, Recognised
from checker.spanish.dates import read_period
from checker.spanish.text import flat

_NAMED = re.compile(r"\btrim|\b(?:ene|feb|mar|mzo|abr|may|jun|jul|ago|sep|set|oct|nov|dic)[a-z]*\b")
_DAY = re.compile(r"(?<!\d)(?:0?1|30|31)\s*(?:[°º]|er\b|ro\b)?(?!\d)")


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    field: str


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Which days the period covers and how it is written; silent where it is not there or is no period, which ``required`` tells."""
    value = submission.fields[params.field]
    if value.state != "present" or value.problem or not value.text.strip():
        return
    period = value.value if isinstance(value.value, Period) else _read(value.text)
    words = {"title": field_title(submission, params.field), "given": short(value.text), "meant": ""}
    folded = flat(value.text)
    if period is None:
        is_ = "unread"
    elif not _is_quarter(period):
        is_ = "other"
    elif not _NAMED.search(folded):
        is_ = "figures"
    elif len(_DAY.findall(re.sub(r"(?:19|20)\d\d", " ", folded))) < 2:
        is_ = "undated"
    else:
        is_ = "quarter"
    if period is not None:
        words["meant"] = _spoken(period)
    yield Fact("natural_quarter", rule, {"is": is_}, params.field, value.place, value.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Another period; only in figures; without its days; not readable."""
    return (
        Clause("natural_quarter", rule, (Test("is", "==", "other"),), "violated", "other"),
        Clause("natural_quarter", rule, (Test("is", "==", "figures"),), "violated", "figures"),
        Clause("natural_quarter", rule, (Test("is", "==", "undated"),), "undetermined", "undated"),
        Clause("natural_quarter", rule, (Test("is", "==", "unread"),), "undetermined", "unread"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The period, and how it is written."""
    w = fact.words
    given = f"«{w['title']}» dice «{w['given']}»"
    return {
        "other": f"{given}, que no es un trimestre natural.",
        "figures": f"{given}: falta escribirlo con número y letra, como «{w['meant']}».",
        "undated": f"{given}: no señala sus días con número y letra, como «{w['meant']}».",
        "unread": f"No se pudo determinar el trimestre: {given}.",
    }[say]


def _read(text: str) -> Period | None:
    read = read_period(text)
    return Period(read.start, read.end) if read and read.start and read.end else None


def _is_quarter(period: Period) -> bool:
    start, end = period.start, period.end
    return (
        start.year == end.year
        and start.day == 1
        and start.month % 3 == 1
        and end.month == start.month + 2
        and end.day == calendar.monthrange(end.year, end.month)[1]
    )


def _spoken(period: Period) -> str:
    """As the norm writes it: ``01 de enero al 31 de marzo de 2025``, the whole quarter in which the period begins."""
    first = period.start.month - (period.start.month - 1) % 3
    last = calendar.monthrange(period.start.year, first + 2)[1]
    return f"01 de {MONTHS[first - 1]} al {last} de {MONTHS[first + 1]} de {period.start.year}"
