"""``not_above``: one number bounds another."""

from __future__ import annotations

import pytest

from .asking import answers, told

SPEC = {"total": "number", "tope": "number", "cursos": {"curso": "text", "constancias": "number", "terminos": "number"}}
WORDS = {"field": "cursos.constancias", "than": "cursos.terminos"}


@pytest.mark.parametrize(
    ("given", "bound", "fine"),
    [
        ("25", "25", True),
        ("0", "25", True),
        ("26", "25", False),
        ("1,200", "999", False),
        ("", "25", True),
        ("x", "25", True),
    ],
)
def test_it_may_reach_its_bound(given: str, bound: str, fine: bool) -> None:
    rows = [{"curso": "Ofimática", "constancias": given, "terminos": bound}]
    found = told("not_above", WORDS, SPEC, {"cursos": rows})
    assert found == ([] if fine else [("cursos[1].constancias", "violated")])


def test_fields_of_the_document() -> None:
    (finding,) = answers("not_above", {"field": "total", "than": "tope"}, SPEC, {"total": 30, "tope": 20})
    assert finding.message == "«Total» dice 30, más que «Tope» (20)."
