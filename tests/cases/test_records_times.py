"""Times as records write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.cases.when import MEXICO_CITY, read_time


def moment(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=MEXICO_CITY)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-03T10:15",
        "2026-02-03 10:15:00",
        "2026-02-03T10:15:00-06:00",
        "2026-02-03T16:15:00Z",
        "2026-02-03T16:15:00.000+0000",
        "20260203T101500",
        "03/02/2026 10:15",
        "3/2/26 10:15 hrs",
        "03-02-2026 10:15 a. m.",
        "03.02.2026, 10.15 h",
        "3 de febrero de 2026, 10:15 h",
        "martes 3 de febrero de 2026 a las 10:15 horas",
        "3 de Febrero del año 2026 a las 10:15",
        "03-feb-2026 10:15",
        "Tue, 3 Feb 2026 10:15:00 -0600",
        "10:15 03/02/2026",
        "2026-02-03 10:15 GMT-6",
        "46056.427083333",
        "1770135300",
        "1770135300000",
    ],
)
def test_every_form_gives_the_same_instant(text: str) -> None:
    when, _ = read_time(text)
    assert when.value == moment(2026, 2, 3, 10, 15)
    assert (when.text, when.day_only, when.problem) == (text, False, "")


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-03",
        "2026/2/3",
        "20260203",
        "03/02/2026",
        "3 de febrero de 2026",
        "3 febrero 2026",
        "03-feb-26",
        "febrero 3, 2026",
        "46056",
        "2026-02-03 00:00:00",
        "03/02/2026 00:00",
    ],
)
def test_a_day_without_its_hour_is_midnight_and_says_so(text: str) -> None:
    when, _ = read_time(text)
    assert (when.value, when.day_only, when.problem) == (moment(2026, 2, 3), True, "")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("31 de febrero de 2026", "el 31 de febrero no existe"),
        ("2026-02-31T10:15", "el 31 de febrero no existe"),
        ("29/02/2026", "el 29 de febrero de 2026 no existe"),
        ("0206-02-03", "el año 0206 no es creíble"),
        ("3 de febrero de 0206", "el año 0206 no es creíble"),
        ("02/25/2026", "no hay mes 25; ¿se escribió el mes antes que el día?"),
        ("3 de febrero", "«3 de febrero» no dice el año"),
        ("febrero de 2026", "«febrero de 2026» no dice el día"),
        ("2026-02", "«2026-02» no dice el día"),
        ("3 al 5 de febrero de 2026", "no se entiende «3 al» junto a la fecha"),
        ("pendiente", "«pendiente» no es una fecha que se pueda leer"),
        ("9" * 400, "es más largo que una fecha"),
    ],
)
def test_what_is_no_time_says_why(text: str, problem: str) -> None:
    when, _ = read_time(text)
    assert (when.value, when.problem) == (None, problem)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2026-02-03 25:10", "la hora «25:10» no existe; solo se leyó el día"),
        ("03/02/2026 13:10 p. m.", "la hora «13:10 p. m.» no existe; solo se leyó el día"),
        ("3 de febrero de 2026 por la tarde", "no se entiende «por la tarde»; solo se leyó el día"),
        ("2026-02-03 10:00 a 12:00 h", "no se entiende «10:00 a 12:00 h»; solo se leyó el día"),
        ("03/02/2026 00:00 10:15", "no se entiende «00:00 10:15»; solo se leyó el día"),
    ],
)
def test_a_bad_hour_leaves_the_day(text: str, problem: str) -> None:
    when, _ = read_time(text)
    assert (when.value, when.day_only, when.problem) == (moment(2026, 2, 3), True, problem)


@pytest.mark.parametrize(
    ("text", "hour"),
    [("3/2/2026 12:05 a. m.", 0), ("3/2/2026 12:05 p.m.", 12), ("3/2/2026 1:05 PM", 13), ("2026-02-03 11:05 am", 11)],
)
def test_halves_of_the_day(text: str, hour: int) -> None:
    assert read_time(text)[0].value == moment(2026, 2, 3, hour, 5)


def test_numbers_are_read_day_first() -> None:
    assert read_time("03/04/2026")[0].value == moment(2026, 4, 3)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("46056.5", "«46056.5» se leyó como número de serie de Excel"),
        ("1770135300", "«1770135300» se leyó como tiempo de sistema (desde 1970, UTC)"),
        (
            "2026-02-03T00:00:00Z",
            "«2026-02-03T00:00:00Z» es medianoche en Greenwich; en la Ciudad de México es todavía el día anterior",
        ),
        ("2026-02-03", ""),
    ],
)
def test_what_was_inferred_is_told(text: str, note: str) -> None:
    assert read_time(text)[1] == note


@given(st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2099, 12, 31)), st.sampled_from([-6, -5, 0, 2, None]))
def test_iso_comes_back(value: dt.datetime, offset: int | None) -> None:
    zone = MEXICO_CITY if offset is None else dt.timezone(dt.timedelta(hours=offset))
    aware = value.replace(tzinfo=zone)
    read = read_time(value.isoformat() if offset is None else aware.isoformat())[0]
    assert read.value == aware
    assert not read.problem


@given(st.text(max_size=40))
def test_no_text_is_too_much(text: str) -> None:
    when, _ = read_time(text)
    assert (when.value is None) <= bool(when.problem)


@given(st.text("0123456789/-.:T aepm", max_size=24))
def test_no_digits_are_too_much(text: str) -> None:
    when, _ = read_time(text)
    assert (when.value is None) <= bool(when.problem)
    assert when.value is None or when.value.tzinfo is not None
