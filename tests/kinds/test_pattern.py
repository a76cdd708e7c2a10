"""``pattern``: a small language of shapes, safe whatever it is given."""

from __future__ import annotations

import time

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checker.kinds.pattern import Params
from checker.kinds.shapes import compiled, fits, plain, walks

from .judging import judged, scanned, submission, told


@pytest.mark.parametrize(
    ("shape", "text", "fine"),
    [
        ("<n> horas", "40 horas", True),
        ("<n> horas", "40 HORAS.", True),
        ("<n> horas", "40horas", True),
        ("<n> horas", "cuarenta horas", False),
        ("<n> horas", "40 hrs", False),
        ("<n> horas", "40 horas más", False),
        ("<n> horas", " horas", False),
        ("<n:10>", "5512345678", True),
        ("<n:10>", "551234567", False),
        ("<n:10>", "55123456789", False),
        ("3B13-<n:3>-<n:3>", "3b13 – 009 - 005", True),
        ("3B13-<n:3>-<n:3>", "3B13-09-005", False),
        ("AC<n>/<text>", "ac12/x", True),
        ("AC<n>/<text>", "ac12/", False),
        ("<text>-<n>-<text>", "a-b-1-c", True),
        ("<letters>-<n>", "Añil-7", True),
        ("<letters>-<n>", "A1-7", False),
        ("Año <n:4>", "ano 2025", True),
        ("a.b*c", "axbbc", False),
    ],
)
def test_shapes(shape: str, text: str, fine: bool) -> None:
    assert fits(text, shape) is fine


@given(st.integers(0, 10**12))
def test_any_number_has_the_shape_of_one(number: int) -> None:
    assert fits(f"{number} horas", "<n> horas")


SHAPES = st.lists(
    st.sampled_from(["<n>", "<n:2>", "<letters>", "<text>", "-", "a", " ", "1", "/"]), min_size=1, max_size=6
).map("".join)


@given(SHAPES, st.text("a1-/ bñ2", max_size=12))
def test_both_ways_of_matching_agree(shape: str, text: str) -> None:
    """Long texts of many placeholders are walked, others become an expression."""
    assume(shape.strip(" "))
    assert fits(text, shape) is (bool(plain(text)) and walks(plain(text), compiled(shape)))


@given(st.text(max_size=40))
def test_nothing_breaks_it(text: str) -> None:
    assert isinstance(fits(text, "<text> <n> <letters>-<text>"), bool)


def test_no_shape_takes_long() -> None:
    shape = "<text>a" * 12
    begun = time.perf_counter()
    assert not fits("a" * 1999 + "b", shape)
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize("shape", ["<x>", "<n:0>", "<n:x>", "<n:99>", "<text:3>", "a < b", "", [], "<n"])
def test_a_shape_that_says_nothing_is_refused(shape: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"field": "folio", "shape": shape}, Params)


def test_of_several_shapes_one_is_enough() -> None:
    words = {"field": "duracion", "shape": ["<n> horas", "<n> hora"]}
    assert told("pattern", words, duracion="1 hora") == []
    (finding,) = judged("pattern", words, submission(duracion="un rato"))
    assert finding.message == (
        "«Duración» dice «un rato», que no tiene ninguna de las formas «<número> horas» y «<número> hora»."
    )


def test_what_ocr_read_is_only_doubted() -> None:
    (finding,) = judged("pattern", {"field": "folio", "shape": "F-<n:3>"}, scanned(submission(folio="F-OO1")))
    assert finding.outcome == "undetermined"
    assert "OCR" in finding.message
