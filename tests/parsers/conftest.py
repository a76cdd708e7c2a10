"""Fixtures of the readers' tests."""

from __future__ import annotations

import pytest

from tests.parsers.pdf_files import text, write_pdf
from tests.signed_pdf import sign


@pytest.fixture(scope="session")
def signed_pdf() -> bytes:
    """One page, one signature that covers all of it."""
    return sign(write_pdf([text(72, 700, "Oficio que se firma")]))
