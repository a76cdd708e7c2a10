"""What hangs on the calendar falls due on the right days, whatever part of the year is asked for."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.agenda.dates import FIRST, LAST, Instance, closing, opening, recurring, windows
from checker.calendar.days import calendar_named
from checker.calendar.durations import Duration
from checker.calendar.spans import EVERY, Every

D = dt.date
MX = calendar_named("mx-federal")
YEAR = (D(2026, 1, 1), D(2026, 12, 31))
FIVE = Duration(5, "business day")


def lasts(instances: list[Instance]) -> list[dt.date]:
    return [i.last for i in instances]


def test_five_business_days_after_each_month() -> None:
    """Counted on a wall calendar of 2026."""
    found = list(closing(*YEAR, "month", (), FIVE, MX))
    assert lasts(found) == [
        D(2026, 1, 8),
        D(2026, 2, 9),
        D(2026, 3, 6),
        D(2026, 4, 7),
        D(2026, 5, 8),
        D(2026, 6, 5),
        D(2026, 7, 7),
        D(2026, 8, 7),
        D(2026, 9, 7),
        D(2026, 10, 7),
        D(2026, 11, 6),
        D(2026, 12, 7),
    ]
    assert found[0].period == "diciembre de 2025"
    assert found[0].first == D(2026, 1, 1)
    assert found[1].working == (
        "Se cuenta desde el 31 de enero de 2026 (cierre de enero de 2026): 5 días hábiles; no se cuentan sábados y domingos ni el 2 de febrero "
        "(Día de la Constitución); el plazo vence el 9 de febrero de 2026."
    )


def test_only_some_closes_count() -> None:
    found = list(closing(*YEAR, "month", (3, 6, 9, 12), Duration(3, "business day"), MX))
    assert [(i.last, i.period) for i in found] == [
        (D(2026, 1, 6), "diciembre de 2025"),
        (D(2026, 4, 3), "marzo de 2026"),
        (D(2026, 7, 3), "junio de 2026"),
        (D(2026, 10, 5), "septiembre de 2026"),
    ]


def test_the_first_days_of_each_month() -> None:
    natural = list(opening(*YEAR, "month", (), Duration(5, "calendar day"), MX))
    assert lasts(natural) == [D(2026, month, 5) for month in range(1, 13)]
    assert {i.first for i in natural} == {D(2026, month, 1) for month in range(1, 13)}
    assert natural[3].working == (
        "Se cuenta desde el 31 de marzo de 2026 (abril de 2026 comienza al día siguiente): 5 días naturales; el plazo vence el 5 de abril "
        "de 2026. Ese día es domingo; el último hábil es el viernes 3 de abril de 2026."
    )
    worked = list(opening(D(2026, 2, 1), D(2026, 2, 28), "month", (), FIVE, MX))
    assert [(i.first, i.last, i.period) for i in worked] == [(D(2026, 2, 1), D(2026, 2, 9), "febrero de 2026")]


def test_a_last_day_that_is_a_day_of_rest() -> None:
    (found,) = closing(D(2026, 5, 1), D(2026, 5, 1), "month", (), Duration(1, "calendar day"), MX)
    assert found.working.endswith("el plazo vence el 1 de mayo de 2026.")  # no business day is left
    (found,) = closing(D(2025, 12, 25), D(2025, 12, 25), "month", (), Duration(25, "calendar day"), MX)
    assert found.working.endswith(
        "Ese día es de descanso: Navidad; el último hábil es el miércoles 24 de diciembre de 2025."
    )


def test_what_may_come_before_the_close() -> None:
    (found,) = closing(D(2026, 4, 1), D(2026, 4, 30), "quarter", (), Duration(3, "business day"), MX, early=True)
    assert (found.first, found.last, found.period) == (None, D(2026, 4, 3), "primer trimestre de 2026")


def test_fortnightly_cuts() -> None:
    found = list(closing(D(2026, 2, 1), D(2026, 3, 8), "fortnight", (), FIVE, MX))
    assert [(i.period, i.last) for i in found] == [
        ("segunda quincena de enero de 2026", D(2026, 2, 9)),
        ("primera quincena de febrero de 2026", D(2026, 2, 20)),
        ("segunda quincena de febrero de 2026", D(2026, 3, 6)),
    ]


def test_windows_join_months_that_follow() -> None:
    (found,) = windows(*YEAR, (10, 11, 12), None, MX)
    assert (found.first, found.last, found.period) == (D(2026, 10, 1), D(2026, 12, 31), "cuarto trimestre de 2026")
    assert found.working == "Debe hacerse del 1 de octubre al 31 de diciembre de 2026."
    assert lasts(list(windows(*YEAR, (3, 6, 9, 12), None, MX))) == [
        D(2026, 3, 31),
        D(2026, 6, 30),
        D(2026, 9, 30),
        D(2026, 12, 31),
    ]


def test_a_window_over_the_turn_of_the_year() -> None:
    (found,) = windows(*YEAR, (11, 12, 1), None, MX)
    assert (found.first, found.last) == (D(2025, 11, 1), D(2026, 1, 31))
    assert found.period == "noviembre de 2025 a enero de 2026"
    assert found.working == (
        "Debe hacerse del 1 de noviembre de 2025 al 31 de enero de 2026. Ese día es sábado; el último hábil es el viernes 30 de enero de 2026."
    )


def test_some_days_of_months() -> None:
    found = list(windows(*YEAR, (1, 2), (16, 31), MX))
    assert [(i.first, i.last) for i in found] == [(D(2026, 1, 16), D(2026, 1, 31)), (D(2026, 2, 16), D(2026, 2, 28))]


def test_periods_are_due_on_their_last_business_day() -> None:
    found = list(recurring(*YEAR, "quarter", 1, MX))
    assert lasts(found) == [D(2026, 3, 31), D(2026, 6, 30), D(2026, 9, 30), D(2026, 12, 31)]
    weeks = list(recurring(D(2026, 1, 26), D(2026, 2, 8), "week", 2, MX))
    assert lasts(weeks) == [D(2026, 1, 30), D(2026, 2, 6)]
    assert weeks[0].working == (
        "2 veces en el periodo de la semana del 26 de enero al 1 de febrero de 2026; su último día hábil es el viernes 30 de enero de 2026."
    )


@pytest.mark.parametrize("edge", [D(FIRST, 1, 1), D(LAST, 12, 31)])
def test_the_edges_of_the_years_known(edge: dt.date) -> None:
    span = (edge, edge)
    for every in EVERY:
        assert all(i.last == edge for i in recurring(*span, every, 1, MX))
        assert all(i.last == edge for i in closing(*span, every, (), Duration(0, "calendar day"), MX))
    assert all(i.last == edge for i in windows(*span, (12,), None, MX))


@settings(deadline=None, max_examples=40)
@given(
    st.dates(D(2000, 1, 1), D(2060, 1, 1)),
    st.integers(0, 400),
    st.integers(0, 400),
    st.sampled_from(EVERY[1:]),
    st.sampled_from([Duration(120, "business day"), FIVE, Duration(7, "calendar day"), Duration(6, "month")]),
    st.sets(st.integers(1, 12), min_size=1, max_size=11),
)
def test_parts_give_what_the_whole_gives(
    start: dt.date, a: int, b: int, every: Every, term: Duration, months: set[int]
) -> None:
    middle = start + dt.timedelta(a)
    end = middle + dt.timedelta(b + 1)
    for made in (
        lambda s, e: closing(s, e, every, (), term, MX),
        lambda s, e: opening(s, e, every, (), term, MX),
        lambda s, e: recurring(s, e, every, 1, MX),
        lambda s, e: windows(s, e, months, None, MX),
    ):
        assert [*made(start, middle), *made(middle + dt.timedelta(1), end)] == list(made(start, end))
