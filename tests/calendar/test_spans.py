"""Periods tile the line of days, bear their names, and read back from them."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.calendar.days import OutOfRange
from checker.calendar.spans import EVERY, Every, Span, following, period_of, periods, previous, read_span

D = dt.date
DAYS = st.dates(D(1995, 1, 1), D(2095, 12, 31))
KINDS = st.sampled_from(EVERY)


@given(DAYS, KINDS)
def test_a_period_holds_its_days_and_touches_its_neighbours(day: dt.date, every: Every) -> None:
    span = period_of(day, every)
    assert day in span
    assert {period_of(span.start, every), period_of(span.end, every)} == {span}
    assert following(span).start == span.end + dt.timedelta(1)
    assert previous(following(span)) == span == following(previous(span))


@given(DAYS, st.integers(0, 900), KINDS)
def test_periods_tile_the_line(start: dt.date, length: int, every: Every) -> None:
    end = start + dt.timedelta(length)
    found = list(periods(start, end, every))
    assert start in found[0]
    assert end in found[-1]
    assert all(a.end + dt.timedelta(1) == b.start for a, b in pairwise(found))


def test_no_periods_in_no_time() -> None:
    assert list(periods(D(2026, 2, 1), D(2026, 1, 1), "month")) == []


@pytest.mark.parametrize(
    ("day", "every", "start", "end", "name"),
    [
        (D(2026, 1, 5), "day", D(2026, 1, 5), D(2026, 1, 5), "5 de enero de 2026"),
        (D(2026, 1, 8), "week", D(2026, 1, 5), D(2026, 1, 11), "semana del 5 al 11 de enero de 2026"),
        (D(2026, 1, 31), "week", D(2026, 1, 26), D(2026, 2, 1), "semana del 26 de enero al 1 de febrero de 2026"),
        (
            D(2026, 1, 1),
            "week",
            D(2025, 12, 29),
            D(2026, 1, 4),
            "semana del 29 de diciembre de 2025 al 4 de enero de 2026",
        ),
        (D(2026, 1, 15), "fortnight", D(2026, 1, 1), D(2026, 1, 15), "primera quincena de enero de 2026"),
        (D(2026, 2, 16), "fortnight", D(2026, 2, 16), D(2026, 2, 28), "segunda quincena de febrero de 2026"),
        (D(2024, 2, 3), "month", D(2024, 2, 1), D(2024, 2, 29), "febrero de 2024"),
        (D(2026, 3, 31), "quarter", D(2026, 1, 1), D(2026, 3, 31), "primer trimestre de 2026"),
        (D(2026, 5, 1), "quarter", D(2026, 4, 1), D(2026, 6, 30), "segundo trimestre de 2026"),
        (D(2026, 9, 30), "quarter", D(2026, 7, 1), D(2026, 9, 30), "tercer trimestre de 2026"),
        (D(2026, 10, 1), "quarter", D(2026, 10, 1), D(2026, 12, 31), "cuarto trimestre de 2026"),
        (D(2026, 6, 30), "semester", D(2026, 1, 1), D(2026, 6, 30), "primer semestre de 2026"),
        (D(2026, 7, 1), "semester", D(2026, 7, 1), D(2026, 12, 31), "segundo semestre de 2026"),
        (D(2026, 7, 1), "year", D(2026, 1, 1), D(2026, 12, 31), "2026"),
    ],
)
def test_known_periods(day: dt.date, every: Every, start: dt.date, end: dt.date, name: str) -> None:
    assert period_of(day, every) == Span(start, end, every)
    assert period_of(day, every).name == name


@given(DAYS, KINDS)
def test_a_name_reads_back(day: dt.date, every: Every) -> None:
    span = period_of(day, every)
    assert read_span(span.name) == span
    assert read_span(span.name.capitalize()) == span


@pytest.mark.parametrize(
    ("every", "said"),
    [
        ("day", "del 5 de enero de 2026"),
        ("week", "de la semana del 5 al 11 de enero de 2026"),
        ("fortnight", "de la primera quincena de enero de 2026"),
        ("month", "de enero de 2026"),
        ("quarter", "del primer trimestre de 2026"),
        ("semester", "del primer semestre de 2026"),
        ("year", "de 2026"),
    ],
)
def test_names_behind_de(every: Every, said: str) -> None:
    assert period_of(D(2026, 1, 5), every).of == said


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2026-03", "marzo de 2026"),
        ("2026-T1", "primer trimestre de 2026"),
        ("2026-Q4", "cuarto trimestre de 2026"),
        ("2026T2", "segundo trimestre de 2026"),
        ("2026-S2", "segundo semestre de 2026"),
        ("2026", "2026"),
        ("2026-W05", "semana del 26 de enero al 1 de febrero de 2026"),
        ("2026-02-Q2", "segunda quincena de febrero de 2026"),
        ("2026-02-03", "3 de febrero de 2026"),
        ("Enero 2026", "enero de 2026"),
        ("03/2026", "marzo de 2026"),
        ("1er trimestre 2026", "primer trimestre de 2026"),
        ("enero-marzo 2026", "primer trimestre de 2026"),
        ("del 1 al 15 de enero de 2026", "primera quincena de enero de 2026"),
        ("2a quincena de enero 2026", "segunda quincena de enero de 2026"),
    ],
)
def test_periods_as_people_write_them(text: str, name: str) -> None:
    span = read_span(text)
    assert span is not None
    assert span.name == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-13",
        "2026-00",
        "2026-W60",
        "2026-02-30",
        "2026-T5",
        "del 3 al 7 de mayo de 2026",
        "pronto",
        "marzo",
        "1950",
        "primera quincena de enero de 1950",
    ],
)
def test_what_names_no_period(text: str) -> None:
    assert read_span(text) is None


def test_the_year_may_be_known_from_elsewhere() -> None:
    assert read_span("marzo", 2026) == period_of(D(2026, 3, 1), "month")


def test_years_that_no_calendar_knows() -> None:
    with pytest.raises(OutOfRange):
        period_of(D(206, 2, 3), "month")
    with pytest.raises(OutOfRange):
        following(period_of(D(2100, 12, 31), "year"))


_PIECES = st.sampled_from(
    [
        *"-/ TQSW.,",
        "20",
        "26",
        "1999",
        "2101",
        "de",
        "enero",
        "feb",
        "quincena",
        "segunda",
        "trimestre",
        "semestre",
        "semana",
        "al",
        "13",
        "31",
    ]
)


@given(
    st.one_of(
        st.text(max_size=30), st.lists(_PIECES, max_size=8).map(" ".join), st.lists(_PIECES, max_size=8).map("".join)
    )
)
def test_whatever_is_written_is_a_period_or_none(text: str) -> None:
    span = read_span(text)
    assert span is None or period_of(span.start, span.every) == span
