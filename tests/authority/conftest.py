"""The manual of organisation of the DOE, and the packs beside it."""

from __future__ import annotations

import pytest

from checker.packs.load import Pack, load_packs
from checker.resources import rules_root


@pytest.fixture(scope="session")
def packs() -> tuple[Pack, ...]:
    """All built-in packs."""
    return load_packs([rules_root()])


@pytest.fixture(scope="session")
def doe(packs: tuple[Pack, ...]) -> Pack:
    """The pack of the manual."""
    return next(p for p in packs if p.info.id == "imss/organizacion-doe")
