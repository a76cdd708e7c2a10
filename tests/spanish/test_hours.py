"""Hours of the day as offices write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.spanish.hours import read_hours


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("10:00 a 11:00 horas", (600, 660)),
        ("10:00-11:00 h", (600, 660)),
        ("de 9 a 10:30 hrs", (540, 630)),
        ("DE LAS 17:00 A LAS 18:00 HRS.", (1020, 1080)),
        ("4:00 p. m.", (960,)),
        ("de 4:00 a 5:00 p.m.", (960, 1020)),
        ("de 10 a 1 pm", (600, 780)),
        ("11:00 a. m. a 12:30 p. m.", (660, 750)),
        ("12:00 a. m.", (0,)),
        ("10:00 (hora del centro)", (600,)),
        ("10", ()),
        ("2026", ()),
        ("12 personas a las 10:00", ()),
        ("25:00", ()),
        ("40 horas", ()),
        ("10:75", ()),
        ("", ()),
    ],
)
def test_reads_hours_and_nothing_else(text: str, minutes: tuple[int, ...]) -> None:
    assert read_hours(text) == minutes


@given(st.integers(0, 23), st.integers(0, 59))
def test_however_an_hour_is_written_it_is_the_same(hour: int, minute: int) -> None:
    half = "a. m." if hour < 12 else "p. m."
    on_the_clock = f"{(hour - 1) % 12 + 1}:{minute:02} {half}"
    assert read_hours(f"{hour}:{minute:02} h") == read_hours(on_the_clock) == (hour * 60 + minute,)


@given(st.text(max_size=40))
def test_any_text_is_read_without_fault(text: str) -> None:
    assert all(0 <= m < 24 * 60 for m in read_hours(text))
