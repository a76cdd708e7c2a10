"""Folding keeps offsets, labels lose their decoration, placeholders are not content."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.spanish.text import flat, is_placeholder, label_form


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(flat(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "Fecha de la reunión",
        "FECHA DE LA REUNIÓN:",
        "📅 **IV. Fecha de la reunión (dd/mm/aaaa):**",
        "4.1 La fecha de la reunión.-",
        "a) Fecha de la  reunión",
        "«Fecha de la reunión»",
    ],
)
def test_decorated_labels_compare_equal(text: str) -> None:
    assert label_form(text) == "fecha de la reunion"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "____",
        "……",
        "[Anote el día, mes y año — numeral 6]",
        "<nombre>",
        "{{ fecha }}",
        "dd/mm/aaaa",
        "Por definir",
        "XXXX",
        "N/A",
        "S/F",
        "(nombre y cargo)",
        "—",
        "Pendiente de definir.",
        "A la brevedad",
    ],
)
def test_placeholders(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "14/10/2025",
        "Laura Méndez Ríos",
        "(Rúbrica)",
        "Pendientes de la reunión anterior",
        "Ninguno de los asistentes objetó",
    ],
)
def test_content_is_no_placeholder(text: str) -> None:
    assert not is_placeholder(text)


@given(st.text(st.characters(max_codepoint=255)))
def test_latin_text_folds_as_any_other(text: str) -> None:
    """Text of Latin-1 alone is folded another way, which gives the same."""
    assert flat(text) == flat(text + "→")[:-1]
