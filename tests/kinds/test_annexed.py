"""``annexed``: what accompanies each row."""

from __future__ import annotations

import pytest

from .asking import told

SPEC = {"temas": {"tema": "text", "cv": "text"}}
WORDS = {"field": "temas.cv"}


@pytest.mark.parametrize(
    ("written", "there"),
    [("cv-rosa.pdf", True), ("Sí", True), ("✓", True), ("", False), ("No", False), ("PENDIENTE.", False)],
)
def test_each_row_says_whether_it_is_there(written: str, there: bool) -> None:
    given = {"temas": [{"tema": "Uno", "cv": "uno.pdf"}, {"tema": "Dos", "cv": written}]}
    assert told("annexed", WORDS, SPEC, given) == ([] if there else [("temas[2].cv", "violated")])


def test_said_nowhere_is_told_once() -> None:
    given = {"temas": [{"tema": "Uno"}, {"tema": "Dos"}]}
    assert told("annexed", WORDS, SPEC, given) == [("temas", "undetermined")]


def test_no_rows_no_answer() -> None:
    assert told("annexed", WORDS, SPEC, {}) == []
