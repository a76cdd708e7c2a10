"""A single value's words judged by the kind of their field or column: dates, periods, numbers, choices, people."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from msgspec.structs import replace

from checker.packs.model import Column, Field
from checker.recognise.choices import chosen
from checker.recognise.model import FieldValue, Period, Person
from checker.spanish.dates import find_dates, nearest_year, read_period
from checker.spanish.numbers import read_number
from checker.spanish.people import bare_name, find_people
from checker.spanish.text import flat, is_placeholder, squeeze, without_guidance
from parsers.model import Place

UNREAD = "\ufffc"
"""Stands for what a cell holds and nobody can read: a formula without its value."""
_VAGUE = re.compile(r"^\W*(?:segun\b|vari[oa]s\b|tod[oa]s\b|divers[oa]s\b|otr[oa]s\b|l[oa]s necesari[oa]s)")
_A_QUARTER = 92  # days; «permanente» and «anual» are no due dates


def cell_value(
    text: str,
    place: Place | None,
    spec: Column,
    around: dt.date | None,
    year: int | None,
    number: Decimal | None = None,
) -> FieldValue:
    """A cell's text judged by its column's kind; ``number`` is the cell's own value where the format has one."""
    if text == UNREAD:
        return FieldValue("undetermined", place=place, reason="la celda trae una fórmula sin valor calculado")
    text = without_guidance(text)
    bare = squeeze(text)
    if is_placeholder(bare) and not (spec.choices and chosen(bare, spec.choices)):
        return FieldValue("empty", place=place, text=bare)
    if spec.kind != "text":
        return scalar_value(text, place, spec, around, year, number)
    if spec.words and (
        not re.search(r"[^\W\d_]{3}", bare) or bare_name(bare) != bare.strip(" .,;:-–—") or _VAGUE.match(flat(bare))
    ):
        reason = f"«{bare[:60]}» no dice qué {spec.title.lower()}"
        return FieldValue("undetermined", text=bare, place=place, reason=reason)
    return FieldValue("present", bare, bare, place=place)


def scalar_value(
    text: str,
    place: Place | None,
    spec: Column | Field,
    around: dt.date | None = None,
    year: int | None = None,
    number: Decimal | None = None,
) -> FieldValue:
    """What ``text``, which is no placeholder, says as a value of ``spec``'s kind.

    ``around`` is the date from which one without a year takes its own, ``year`` the year of a period that names none.
    """
    bare = squeeze(text)
    value = FieldValue("present", bare, bare, place=place)
    if spec.kind == "choice":
        return _choice_value(text, value, spec)
    if spec.kind == "people":
        people = tuple(Person(p.name, p.charge, place) for p in find_people(text))
        if not people and not re.search(r"[^\W\d_]{2}", bare):
            return replace(value, state="undetermined", value=None, reason=f"«{bare[:60]}» no nombra a nadie")
        return replace(value, value=people or (Person(bare_name(bare), "", place),))
    if spec.kind == "date":
        return date_value(text, place, around)
    if spec.kind == "period":
        return _period_value(text, value, year)
    if spec.kind == "number":
        return _number_value(text, value, number)
    return value


def _choice_value(text: str, value: FieldValue, spec: Column | Field) -> FieldValue:
    named = chosen(text, spec.choices)
    bare = value.text[:60]
    if named is None:
        return replace(value, value=None, state="empty")
    if isinstance(spec, Field) and len(named) > 1:
        reason = f"«{bare}» señala más de una opción: {', '.join(named)}"
        return replace(value, value=None, state="undetermined", reason=reason)
    if named:
        return replace(value, value=named[0])
    return replace(value, value=None, problem=f"«{bare}» no es {_or(tuple(spec.choices))}")


def _period_value(text: str, value: FieldValue, year: int | None) -> FieldValue:
    bare = value.text[:60]
    period = read_period(text, year)
    if period is None:
        return replace(value, state="undetermined", value=None, reason=f"«{bare}» no se pudo leer como fecha")
    if period.start is None or period.end is None:
        if "no dice el año" in period.problem:
            return replace(value, value=None)
        return replace(value, value=None, problem=period.problem)
    return replace(value, value=Period(period.start, period.end))


def _number_value(text: str, value: FieldValue, number: Decimal | None) -> FieldValue:
    if number is None:
        number = read_number(text)
    if number is not None:
        return replace(value, value=number)
    bare = value.text[:60]
    if not any(c.isdecimal() for c in bare):
        return replace(value, value=None, problem=f"«{bare}» no es un número")
    return replace(value, state="undetermined", value=None, reason=f"«{bare}» no se pudo leer como un solo número")


def _or(values: tuple[str, ...]) -> str:
    return ", ".join(values[:-1]) + f" ni {values[-1]}" if len(values) > 1 else values[0]


def date_value(text: str, place: Place | None, around: dt.date | None = None) -> FieldValue:
    """A date field's content: the first date in it; a wrong one has a problem, words that are no date are undetermined."""
    bare = squeeze(text)
    if is_placeholder(bare):
        return FieldValue("empty", place=place, text=bare)
    for reading in find_dates(text):
        if reading.date:
            return FieldValue("present", reading.date, squeeze(reading.text), place=place)
        if reading.problem:
            return FieldValue("present", None, squeeze(reading.text), place=place, problem=reading.problem)
        if reading.partial and around and (day := nearest_year(reading.partial, around)):
            return FieldValue("present", day, squeeze(reading.text), place=place)
        return FieldValue(
            "undetermined", None, squeeze(reading.text), place=place, reason=f"«{squeeze(reading.text)}» no dice el año"
        )
    if around and re.fullmatch(r"\d{1,2}\s*[/-]\s*\d{1,2}", bare):
        return date_value(f"{bare}/{around.year}", place)
    period = read_period(text, around.year) if around and not re.search(r"\d:\d", bare) else None
    if period and period.start and period.end and (period.end - period.start).days <= _A_QUARTER:
        return FieldValue("present", period.end, bare[:120], place=place)  # «octubre de 2025»: until its last day
    return FieldValue("undetermined", None, bare[:120], place=place, reason=f"«{bare[:60]}» no se pudo leer como fecha")
