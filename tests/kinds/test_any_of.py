"""``any_of``: one of several fields is enough."""

from __future__ import annotations

import pytest

from .asking import answers, told

SPEC = {"folio": "text", "qr": "code"}
WORDS = {"fields": ["folio", "qr"]}


@pytest.mark.parametrize(
    ("given", "fine"),
    [
        ({"folio": "A-1"}, True),
        ({"qr": "datos"}, True),
        ({"folio": "", "qr": "x"}, True),
        ({"folio": ""}, False),
        ({}, False),
    ],
)
def test_one_is_enough(given: dict[str, str], fine: bool) -> None:
    assert told("any_of", WORDS, SPEC, given) == ([] if fine else [("folio", "violated")])


def test_the_sentence_names_them_all() -> None:
    (finding,) = answers("any_of", WORDS, SPEC, {})
    assert finding.message == "El documento no lleva ninguno de estos datos: «Folio» y «Qr»."
