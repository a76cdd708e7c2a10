"""Recognition of a text as the built-in types see it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.check import load
from checker.judge import candidates
from checker.options import Options
from checker.recognise.model import Recognised
from checker.recognise.recognise import Candidate, recognise
from parsers.dispatch import read_bytes
from parsers.limits import Limits


@pytest.fixture(scope="session")
def types() -> list[Candidate]:
    return candidates(load(Options()), None)


@pytest.fixture
def read(types: list[Candidate]) -> Callable[[str, str], list[Recognised]]:
    def read_text(name: str, text: str) -> list[Recognised]:
        return recognise(read_bytes(text.encode(), name, Limits()), types)

    return read_text
