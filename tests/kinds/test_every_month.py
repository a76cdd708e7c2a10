"""``every_month``: nothing is skipped in between."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checker.kinds.values import MONTHS

from .asking import answers, told

SPEC = {"anio": "year", "gastos": {"mes": "period", "importe": "number"}}
WORDS = {"months": "gastos.mes"}


def rows(*months: str) -> dict[str, object]:
    return {"anio": 2026, "gastos": [{"mes": m, "importe": 10} for m in months]}


def test_a_month_that_is_skipped_is_named() -> None:
    (finding,) = answers("every_month", WORDS, SPEC, rows("enero", "marzo", "abril"))
    assert (finding.subject, finding.outcome) == ("gastos", "undetermined")
    assert finding.message == (
        "No se pudo determinar si «Gastos» se registró mes a mes: ningún renglón es de febrero de 2026."
    )


def test_months_over_the_turn_of_the_year_in_any_order() -> None:
    turn = rows("febrero de 2026", "diciembre de 2025", "enero de 2026")
    assert told("every_month", WORDS, SPEC, turn) == []
    (finding,) = answers("every_month", WORDS, SPEC, rows("febrero de 2026", "diciembre de 2025"))
    assert "enero de 2026" in finding.message


def test_a_row_that_does_not_say_its_month_may_be_of_any() -> None:
    assert told("every_month", WORDS, SPEC, rows("enero", "", "abril")) == []
    assert told("every_month", WORDS, SPEC, {"gastos": []}) == []
    assert told("every_month", WORDS, SPEC, {}) == []


@given(st.sets(st.integers(0, 11), min_size=1))
def test_it_is_told_just_when_something_lies_between(chosen: set[int]) -> None:
    skipped = set(range(min(chosen), max(chosen))) - chosen
    found = told("every_month", WORDS, SPEC, rows(*(MONTHS[n] for n in sorted(chosen))))
    assert bool(found) == bool(skipped)
