"""Terms: their words, and the day on which they end."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.calendar.days import OutOfRange, calendar_named
from checker.calendar.durations import BadDuration, Duration, due, due_before, read_duration

D = dt.date
MX = calendar_named("mx-federal")


@pytest.mark.parametrize(
    ("words", "duration", "spanish"),
    [
        ("5 business days", Duration(5, "business day"), "5 días hábiles"),
        ("1 business day", Duration(1, "business day"), "1 día hábil"),
        ("3 calendar days", Duration(3, "calendar day"), "3 días naturales"),
        ("1 calendar day", Duration(1, "calendar day"), "1 día natural"),
        ("10 days", Duration(10, "business day"), "10 días hábiles"),
        ("0 days", Duration(0, "business day"), "0 días hábiles"),
        ("2 weeks", Duration(14, "calendar day"), "14 días naturales"),
        ("1 month", Duration(1, "month"), "1 mes"),
        ("3 Months", Duration(3, "month"), "3 meses"),
        ("1 year", Duration(12, "month"), "12 meses"),
        (" 120  business  days ", Duration(120, "business day"), "120 días hábiles"),
    ],
)
def test_words_of_rules(words: str, duration: Duration, spanish: str) -> None:
    assert read_duration(words, "business") == duration
    assert str(duration) == spanish


def test_bare_days_are_counted_as_the_pack_does() -> None:
    assert read_duration("10 days", "calendar") == Duration(10, "calendar day")


@pytest.mark.parametrize(
    "words", ["", "five days", "-5 days", "5", "days", "5 busines days", "99999 days", "1.5 months", "2 hours"]
)
def test_other_words_are_refused(words: str) -> None:
    with pytest.raises(BadDuration, match="is no duration"):
        read_duration(words, "business")


def test_near_words_are_suggested() -> None:
    with pytest.raises(BadDuration, match="did you mean 'business day'"):
        read_duration("5 busines days", "business")


@pytest.mark.parametrize(
    ("start", "words", "last"),
    [
        (D(2026, 1, 30), "5 business days", D(2026, 2, 9)),
        (D(2026, 1, 30), "5 calendar days", D(2026, 2, 4)),
        (D(2026, 2, 1), "0 business days", D(2026, 2, 1)),
        (D(2026, 1, 31), "1 month", D(2026, 2, 28)),
        (D(2024, 1, 31), "1 month", D(2024, 2, 29)),
        (D(2025, 11, 30), "3 months", D(2026, 2, 28)),
        (D(2024, 2, 29), "1 year", D(2025, 2, 28)),
        (D(2025, 12, 15), "1 month", D(2026, 1, 15)),
    ],
)
def test_the_last_day_of_a_term(start: dt.date, words: str, last: dt.date) -> None:
    assert due(start, read_duration(words, "calendar"), MX) == last


@pytest.mark.parametrize(
    ("end", "words", "last"),
    [
        (D(2026, 3, 17), "1 business day", D(2026, 3, 13)),
        (D(2026, 3, 17), "2 business days", D(2026, 3, 12)),
        (D(2026, 3, 31), "1 month", D(2026, 2, 28)),
        (D(2026, 1, 3), "3 calendar days", D(2025, 12, 31)),
    ],
)
def test_the_last_day_before(end: dt.date, words: str, last: dt.date) -> None:
    assert due_before(end, read_duration(words, "calendar"), MX) == last


@given(st.dates(D(1995, 1, 1), D(2095, 1, 1)), st.integers(0, 48))
def test_months_keep_the_day_or_clip_it(start: dt.date, n: int) -> None:
    last = due(start, Duration(n, "month"), MX)
    assert (last.year * 12 + last.month) - (start.year * 12 + start.month) == n
    assert last.day == start.day or (last.day < start.day and (last + dt.timedelta(1)).day == 1)


@pytest.mark.parametrize("words", ["5 business days", "30 calendar days", "2 months"])
def test_terms_outside_the_years_known(words: str) -> None:
    duration = read_duration(words, "calendar")
    with pytest.raises(OutOfRange):
        due(D(2100, 12, 30), duration, MX)
    with pytest.raises(OutOfRange):
        due(D(206, 2, 3), duration, MX)
    with pytest.raises(OutOfRange):
        due_before(D(1990, 1, 2), duration, MX)
