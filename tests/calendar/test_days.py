"""Business days: the law's days of rest by hand, and every answer against counting day by day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.calendar.days import CalendarError, OutOfRange, UnknownCalendar, calendar_named, described
from checker.check import receipt
from checker.options import Options

D = dt.date
MX = calendar_named("mx-federal")
DAYS = st.dates(D(1995, 1, 1), D(2095, 12, 31))
STEPS = st.integers(-400, 400)


def monday(year: int, month: int, nth: int) -> dt.date:
    """The ``nth`` Monday of a month, found by looking at each day."""
    days = (D(year, month, n) for n in range(1, 29))
    return [day for day in days if day.weekday() == 0][nth - 1]


def by_law(year: int) -> dict[dt.date, str]:
    """Article 74 of the Ley Federal del Trabajo: fixed days until the reform of January 2006, which moved three to Mondays.

    The reform's transitory article kept 21 March in 2006, the bicentenary. Power is handed over on 1 December every six years, and
    since 2024 on 1 October.
    """
    found = {
        D(year, 1, 1): "Año Nuevo",
        D(year, 5, 1): "Día del Trabajo",
        D(year, 9, 16): "Día de la Independencia",
        D(year, 12, 25): "Navidad",
        D(year, 2, 5) if year < 2006 else monday(year, 2, 1): "Día de la Constitución",
        D(year, 3, 21) if year < 2007 else monday(year, 3, 3): "Natalicio de Benito Juárez",
        D(year, 11, 20) if year < 2006 else monday(year, 11, 3): "Día de la Revolución",
    }
    if year in (2000, 2006, 2012, 2018):
        found[D(year, 12, 1)] = "Transmisión del Poder Ejecutivo Federal"
    if year in (2024, 2030, 2036):
        found[D(year, 10, 1)] = "Transmisión del Poder Ejecutivo Federal"
    return found


@pytest.mark.parametrize("year", range(2000, 2041))
def test_days_of_rest_are_those_of_the_law(year: int) -> None:
    assert {day: name for day, name in MX.holidays.items() if day.year == year} == by_law(year)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (D(2026, 1, 1), "Año Nuevo"),
        (D(2026, 2, 2), "Día de la Constitución"),
        (D(2026, 2, 5), None),
        (D(2026, 3, 16), "Natalicio de Benito Juárez"),
        (D(2026, 3, 21), "sábado"),
        (D(2024, 10, 1), "Transmisión del Poder Ejecutivo Federal"),
        (D(2024, 6, 2), "domingo"),
        (D(2023, 9, 16), "sábado"),
        (D(2026, 4, 2), None),
    ],
)
def test_it_says_why_a_day_is_closed(day: dt.date, why: str | None) -> None:
    assert MX.why_closed(day) == why
    assert MX.is_business(day) == (why is None)


def test_the_terms_that_the_norm_counts() -> None:
    """OT 7.2.2.3: five business days after the close of January 2026, which has a day of rest behind it."""
    assert MX.add(D(2026, 1, 31), 5) == D(2026, 2, 9)
    assert MX.add(D(2026, 1, 30), 5) == D(2026, 2, 9)
    assert MX.add(D(2026, 2, 2), 0) == D(2026, 2, 3)
    assert MX.add(D(2026, 2, 3), 0) == D(2026, 2, 3)
    assert MX.add(D(2026, 2, 3), -1) == D(2026, 1, 30)
    assert MX.count(D(2026, 2, 9), D(2026, 2, 12)) == 3
    assert MX.count(D(2026, 2, 9), D(2026, 2, 6)) == -1


def one_by_one(day: dt.date, n: int) -> dt.date:
    step = dt.timedelta(1 if n >= 0 else -1)
    if n == 0:
        while not MX.is_business(day):
            day += step
        return day
    left = abs(n)
    while left:
        day += step
        left -= MX.is_business(day)
    return day


@given(DAYS, STEPS)
def test_adding_is_walking_day_by_day(day: dt.date, n: int) -> None:
    assert MX.add(day, n) == one_by_one(day, n)


@given(DAYS, st.integers(0, 500))
def test_counting_is_walking_day_by_day(start: dt.date, length: int) -> None:
    days = [start + dt.timedelta(n) for n in range(1, length + 1)]
    end = start + dt.timedelta(length)
    assert MX.count(start, end) == sum(MX.is_business(day) for day in days)
    assert MX.skipped(start, end) == tuple((day, MX.why_closed(day)) for day in days if not MX.is_business(day))


@given(DAYS, st.integers(1, 400))
def test_counting_undoes_adding(day: dt.date, n: int) -> None:
    assert MX.count(day, MX.add(day, n)) == n
    worked = MX.add(day, 0)
    assert MX.count(worked, MX.add(worked, -n)) == -n
    assert MX.add(MX.add(worked, n), -n) == worked


@given(DAYS, DAYS, DAYS)
def test_counts_add_up(a: dt.date, b: dt.date, c: dt.date) -> None:
    assert MX.count(a, b) + MX.count(b, c) == MX.count(a, c)


@given(DAYS, DAYS, STEPS)
def test_later_starts_end_no_sooner(a: dt.date, b: dt.date, n: int) -> None:
    assert MX.add(min(a, b), n) <= MX.add(max(a, b), n)


@given(DAYS, st.integers(-399, 400))
def test_one_day_more_ends_later(day: dt.date, n: int) -> None:
    before, after = MX.add(day, n - 1), MX.add(day, n)
    # from a closed day, the first day after it and the day itself moved on are the same
    assert before < after or (n == 1 and before == after and not MX.is_business(day))


def test_an_office_closes_and_opens_days_of_its_own() -> None:
    own = calendar_named(
        "mx-federal",
        (D(2026, 4, 2), (D(2026, 4, 3), "Viernes Santo"), D(2026, 12, 25)),
        (D(2026, 2, 2), D(2026, 2, 7)),
    )
    assert own.why_closed(D(2026, 4, 2)) == "día inhábil"
    assert own.why_closed(D(2026, 4, 3)) == "Viernes Santo"
    assert own.why_closed(D(2026, 12, 25)) == "Navidad"
    assert own.is_business(D(2026, 2, 2))
    assert own.is_business(D(2026, 2, 7))
    assert own.add(D(2026, 4, 1), 1) == D(2026, 4, 6)
    assert MX.add(D(2026, 4, 1), 1) == D(2026, 4, 2)
    assert own.add(D(2026, 1, 30), 6) == D(2026, 2, 7)


def test_calendars_are_made_once() -> None:
    assert calendar_named("mx-federal") is MX
    assert len({MX, calendar_named("mx-federal", (D(2026, 4, 2),))}) == 2


def test_unknown_names_tell_the_nearest() -> None:
    with pytest.raises(UnknownCalendar, match="did you mean 'mx-federal'"):
        calendar_named("mx-federl")
    with pytest.raises(UnknownCalendar, match="there are: mx-federal"):
        calendar_named("zz")


def test_a_day_cannot_be_both() -> None:
    with pytest.raises(CalendarError, match="2026-04-02 is both closed and open"):
        calendar_named("mx-federal", (D(2026, 4, 2),), (D(2026, 4, 2),))


@pytest.mark.parametrize("day", [D(206, 2, 3), D(1989, 12, 31), D(2101, 1, 1)])
def test_slips_of_the_pen_are_no_days(day: dt.date) -> None:
    with pytest.raises(OutOfRange):
        MX.is_business(day)
    with pytest.raises(OutOfRange):
        MX.add(day, 5)
    with pytest.raises(OutOfRange):
        MX.count(D(2026, 1, 1), day)


def test_terms_that_leave_the_years_known() -> None:
    with pytest.raises(OutOfRange, match="1990-2100"):
        MX.add(D(2100, 12, 30), 5)
    with pytest.raises(OutOfRange):
        MX.add(D(1990, 1, 3), -5)


def test_receipts_name_what_configuration_adds() -> None:
    assert described(["mx-federal"]) == "mx-federal"
    vacation = tuple(D(2026, 12, 30) + dt.timedelta(n) for n in range(4))
    assert described({"b", "a"}, ((D(2026, 4, 2), "Jueves Santo"), *vacation), (D(2026, 2, 7),)) == (
        "a, b; closed 2026-04-02, 2026-12-30/2027-01-02; open 2026-02-07"
    )


def test_the_receipt_of_a_check_names_them() -> None:
    options = Options(closed=(D(2026, 4, 2),), opened=(D(2026, 2, 7),))
    assert receipt(options).calendar == "mx-federal; closed 2026-04-02; open 2026-02-07"
