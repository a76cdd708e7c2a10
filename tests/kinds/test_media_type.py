"""``media_type``: the format that the norm names."""

from __future__ import annotations

import msgspec
import pytest

from checker.kinds.media_type import MEDIA_TYPES, Params
from checker.packs.examples import BadExample

from .asking import answers, told

SPEC = {"folio": "text"}


@pytest.mark.parametrize("given", sorted(MEDIA_TYPES))
def test_only_the_formats_named_will_do(given: str) -> None:
    found = told("media_type", {"is": ["xlsx", "xls"]}, SPEC, {}, format=given)
    assert found == ([] if given in ("xlsx", "xls") else [("documento", "violated")])


def test_an_example_that_names_no_format_says_nothing() -> None:
    assert told("media_type", {"is": ["pdf"]}, SPEC, {}) == []


def test_the_sentence_names_both() -> None:
    (finding,) = answers("media_type", {"is": ["xlsx", "xls"]}, SPEC, {}, format="docx")
    assert finding.message == "El archivo se entregó en formato Word (docx) y se pide en Excel (xlsx) o Excel (xls)."


def test_formats_are_a_closed_list() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"is": ["exe"]}, Params)
    with pytest.raises(BadExample, match="no format 'exe'"):
        told("media_type", {"is": ["pdf"]}, SPEC, {}, format="exe")
