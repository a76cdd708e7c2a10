"""The showing of the work names the trigger, what was skipped and the last day, and stays readable over long terms."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from checker.calendar.days import calendar_named
from checker.calendar.durations import Duration, due
from checker.calendar.working import working, working_before
from checker.spanish.dates import find_dates

D = dt.date
MX = calendar_named("mx-federal")
VACATION = tuple((D(2026, 12, 21) + dt.timedelta(n), "periodo vacacional") for n in range(17))
OWN = calendar_named("mx-federal", (D(2026, 4, 2), *VACATION), (D(2026, 2, 2), D(2026, 2, 7)))


def business(n: int) -> Duration:
    return Duration(n, "business day")


def test_the_sentence() -> None:
    assert working(D(2026, 1, 30), "corte", business(5), MX) == (
        "Se cuenta desde el 30 de enero de 2026 (corte): 5 días hábiles; no se cuentan sábados y domingos ni el 2 de febrero "
        "(Día de la Constitución); el plazo venció el 9 de febrero de 2026."
    )


def test_nothing_to_skip() -> None:
    assert working(D(2026, 2, 9), "cierre", business(2), MX, "vence") == (
        "Se cuenta desde el 9 de febrero de 2026 (cierre): 2 días hábiles; el plazo vence el 11 de febrero de 2026."
    )


def test_one_day_of_rest_alone() -> None:
    assert "; no se cuenta el 16 de septiembre (Día de la Independencia); " in working(
        D(2026, 9, 14), "x", business(2), MX
    )


def test_only_sundays() -> None:
    assert "no se cuentan domingos;" in working(D(2026, 2, 7), "x", business(1), MX)


def test_another_year_is_said() -> None:
    assert "ni el 1 de enero de 2026 (Año Nuevo)" in working(D(2025, 12, 30), "x", business(5), MX)


def test_a_stretch_is_told_once() -> None:
    assert working(D(2026, 12, 18), "cierre", business(5), OWN) == (
        "Se cuenta desde el 18 de diciembre de 2026 (cierre): 5 días hábiles; no se cuentan sábados y domingos ni los días del "
        "21 de diciembre de 2026 al 6 de enero de 2027 (periodo vacacional); el plazo venció el 13 de enero de 2027."
    )


def test_long_terms_are_summed_up() -> None:
    assert working(D(2026, 1, 5), "registro", business(300), MX) == (
        "Se cuenta desde el 5 de enero de 2026 (registro): 300 días hábiles; no se cuentan sábados y domingos ni otros 8 días de "
        "descanso, del 2 de febrero (Día de la Constitución) al 1 de febrero de 2027 (Día de la Constitución); el plazo venció "
        "el 11 de marzo de 2027."
    )


def test_days_that_the_office_opens_are_told() -> None:
    assert (
        "no se cuentan sábados y domingos; sí se cuentan el 2 de febrero y el 7 de febrero, por estar habilitados;"
        in working(D(2026, 1, 30), "x", business(7), OWN)
    )


def test_calendar_days_and_months_skip_nothing() -> None:
    assert working(D(2026, 1, 31), "cierre", Duration(5, "calendar day"), MX) == (
        "Se cuenta desde el 31 de enero de 2026 (cierre): 5 días naturales; el plazo venció el 5 de febrero de 2026."
    )
    assert ": 1 mes; el plazo venció el 28 de febrero de 2026." in working(
        D(2026, 1, 31), "x", Duration(1, "month"), MX
    )


def test_counting_back() -> None:
    assert working_before(D(2026, 3, 17), "transmisión", business(2), MX) == (
        "Se cuenta hacia atrás desde el 17 de marzo de 2026 (transmisión): 2 días hábiles; no se cuentan sábados y domingos ni el "
        "16 de marzo (Natalicio de Benito Juárez); el último día es el 12 de marzo de 2026."
    )


@given(st.dates(D(1995, 1, 1), D(2090, 1, 1)), st.integers(1, 400))
def test_the_sentence_begins_and_ends_with_its_days(start: dt.date, n: int) -> None:
    sentence = working(start, "corte", business(n), MX)
    dates = find_dates(sentence)
    assert (dates[0].date, dates[-1].date) == (start, due(start, business(n), MX))
    assert len(sentence) < 500
