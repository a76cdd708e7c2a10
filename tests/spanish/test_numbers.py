"""Numbers in all the ways in which offices write them; what is none, or two, is not one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.spanish.numbers import number_of_cell, read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,250", "1250"),
        ("1 250.50", "1250.50"),
        ("1.250,50", "1250.50"),
        ("1.250.000", "1250000"),
        ("$ 3,000.00 M.N.", "3000"),
        ("$1,250.00 (mil doscientos cincuenta pesos 00/100 M.N.)", "1250"),
        ("85 %", "85"),
        ("100%.", "100"),
        ("50 % (cincuenta por ciento)", "50"),
        ("12,5", "12.5"),
        ("0,250", "0.25"),
        ("($1,200.00)", "-1200"),
        ("− 5", "-5"),
        ("12 horas", "12"),
        ("5 horas (300 minutos)", "5"),
        ("20 m²", "20"),
        ("3 millones", "3000000"),
        ("1.5E+03", "1500"),
        ("000123", "123"),
    ],
)
def test_reads(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "varias",
        "5-10",
        "5 a 10",
        "1 de 12",
        "10:30",
        "12/12",
        "3B13",
        "PM10",
        "12.5.3",
        "3 ½",
        "12 (15)",
        "1,23,456",
    ],
)
def test_is_not_one_number(text: str) -> None:
    assert read_number(text) is None


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_what_is_written_with_groups_is_read_back(number: Decimal) -> None:
    assert read_number(f"{number:,.2f}") == number
    assert read_number(f"$ {abs(number):,.2f}") == abs(number)


@pytest.mark.parametrize(
    ("value", "shown", "number"),
    [(0.855, "86%", "85.5"), (33.333333, "33", "33.333333"), (12, "12", "12"), (1250.5, "$1,250.50", "1250.5")],
)
def test_a_cell_holds_more_than_it_shows(value: float, shown: str, number: str) -> None:
    assert number_of_cell(value, shown) == Decimal(number)
