"""Every formal Spanish form of a date reads back as the date it was written from."""

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.spanish.dates import find_dates, nearest_year, read_date, read_period

MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
_DAYS = (
    "primero dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve "
    "veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve treinta"
)
DAY_WORDS = [*_DAYS.split(), "treinta y uno"]
YEAR_WORDS = {
    2019: "dos mil diecinueve",
    2025: "dos mil veinticinco",
    2026: "dos mil veintiséis",
    2031: "dos mil treinta y uno",
}

FORMS = {
    "long": lambda d: f"{d.day} de {MONTHS[d.month - 1]} de {d.year}",
    "del": lambda d: f"{d.day} de {MONTHS[d.month - 1]} del {d.year}",
    "del año": lambda d: f"{d.day} de {MONTHS[d.month - 1]} del año {d.year}",
    "capitals": lambda d: f"{d.day} {MONTHS[d.month - 1][:3].upper()} {d.year}",
    "degree": lambda d: f"{d.day}° de {MONTHS[d.month - 1]} de {d.year}",
    "slashes": lambda d: f"{d.day:02}/{d.month:02}/{d.year}",
    "short": lambda d: f"{d.day}/{d.month}/{d.year}",
    "spaced": lambda d: f"{d.day} / {d.month} / {d.year}",
    "dots": lambda d: f"{d.day:02}.{d.month:02}.{d.year}",
    "dashes": lambda d: f"{d.day:02}-{MONTHS[d.month - 1][:3]}-{d.year}",
    "glued": lambda d: f"{d.day}{MONTHS[d.month - 1]} / {d.year}",
    "iso": lambda d: d.isoformat(),
    "act": lambda d: f"a los {d.day} días del mes de {MONTHS[d.month - 1]} de {d.year}",
    "month first": lambda d: f"{MONTHS[d.month - 1].capitalize()} {d.day}, {d.year}",
    "broken": lambda d: f"{d.day} de\n{MONTHS[d.month - 1]}\nde {d.year}",
    "with hour": lambda d: f"siendo las 10:30 horas del {d.day} de {MONTHS[d.month - 1]} de {d.year}, en la sala 2",
    "weekday": lambda d: f"lunes, {d.day} de {MONTHS[d.month - 1]} de {d.year}",
}


@given(st.dates(dt.date(1950, 1, 1), dt.date(2090, 12, 31)), st.sampled_from(sorted(FORMS)))
def test_a_date_in_any_form_reads_back(day: dt.date, form: str) -> None:
    found = find_dates(FORMS[form](day))
    assert [f.date for f in found] == [day]


@given(st.integers(1, 31), st.sampled_from(sorted(YEAR_WORDS)), st.integers(1, 12))
def test_a_date_in_words_reads_back_or_is_impossible(day: int, year: int, month: int) -> None:
    reading = read_date(f"{DAY_WORDS[day - 1]} de {MONTHS[month - 1]} de {YEAR_WORDS[year]}")
    assert reading is not None
    if day <= calendar.monthrange(year, month)[1]:
        assert reading.date == dt.date(year, month, day)
    else:
        assert reading.date is None
        assert "no existe" in reading.problem


@given(st.dates(dt.date(2000, 1, 1), dt.date(2068, 12, 31)))
def test_two_digit_years_belong_to_this_century(day: dt.date) -> None:
    reading = read_date(f"{day.day:02}/{day.month:02}/{day.year % 100:02}")
    assert reading is not None
    assert reading.date == day


@pytest.mark.parametrize(
    "text", ["31 de febrero de 2025", "30/02/2025", "31-abr-2025", "29 de febrero de 2025", "0/10/2025"]
)
def test_impossible_dates_are_found_with_their_problem(text: str) -> None:
    (reading,) = find_dates(text)
    assert reading.date is None
    assert "no existe en el calendario" in reading.problem


def test_month_before_day_is_not_guessed() -> None:
    (reading,) = find_dates("10/24/2024")
    assert reading.date is None
    assert "orden día, mes y año" in reading.problem


@pytest.mark.parametrize(
    "text",
    [
        "clave 3B13-009-005",
        "oficio 2C20/112/2025",
        "de 10:00 a 11:30",
        "teléfono 55-12-34-56-78",
        "versión 1.2.3",
        "dosmar",
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert not find_dates(text)


def test_a_year_split_by_a_blank_is_not_guessed() -> None:
    (reading,) = find_dates("14 de octubre de 20 25")
    assert reading.date is None
    assert reading.partial == (14, 10)


@given(st.dates(dt.date(2001, 1, 1), dt.date(2089, 12, 31)), st.integers(-170, 170))
def test_a_date_without_year_takes_the_nearest(day: dt.date, shift: int) -> None:
    around = day + dt.timedelta(days=shift)
    if (day.day, day.month) != (29, 2):
        assert nearest_year((day.day, day.month), around) == day


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("del 3 al 7 de mayo de 2026", "2026-05-03", "2026-05-07"),
        ("marzo de 2026", "2026-03-01", "2026-03-31"),
        ("enero a marzo de 2026", "2026-01-01", "2026-03-31"),
        ("ENE-MAR 2026", "2026-01-01", "2026-03-31"),
        ("primer trimestre de 2026", "2026-01-01", "2026-03-31"),
        ("5, 12 y 19 de marzo de 2026", "2026-03-05", "2026-03-19"),
        ("28 de febrero al 3 de marzo de 2026", "2026-02-28", "2026-03-03"),
        ("01/02/2026 al 15/02/2026", "2026-02-01", "2026-02-15"),
        ("15 de diciembre de 2025 al 10 de enero de 2026", "2025-12-15", "2026-01-10"),
        ("7 de abril", "2027-04-07", "2027-04-07"),
        ("todo el año", "2027-01-01", "2027-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_periods(text: str, start: str, end: str) -> None:
    reading = read_period(text, year=2027)
    assert reading is not None
    assert (str(reading.start), str(reading.end)) == (start, end)


def test_a_period_that_does_not_exist_has_a_problem() -> None:
    reading = read_period("31 de febrero de 2026")
    assert reading is not None
    assert reading.start is None
    assert "no existe" in reading.problem


def test_words_name_no_period() -> None:
    assert read_period("cartel en la unidad") is None
