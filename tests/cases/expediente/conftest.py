"""Copies of the expedientes that the fixtures hold, and what a check says of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.check import check
from checker.findings import Result
from checker.options import Options

FIXTURES = Path(__file__).parents[3] / "fixtures" / "expedientes"


@pytest.fixture
def copy(tmp_path: Path) -> Callable[[str], Path]:
    """A copy of one of the fixtures, to be changed."""

    def copied(name: str) -> Path:
        folder = tmp_path / name
        shutil.copytree(FIXTURES / name, folder)
        return folder

    return copied


def results(path: Path, **options: object) -> list[Result]:
    """What a check says of the expediente at ``path``, taken as an extract: the case first, and of its documents those not attached."""
    own = {"expand": False, "packs": ("imss/programas-virtuales",), **options}
    wanted = Options(expediente=True, partial=True, **own)  # type: ignore[arg-type]
    return [c.result for c in check([path], wanted)]


def rules(result: Result, outcome: str = "violated") -> list[str]:
    """The rules that are broken, or in doubt."""
    return [f.rule for f in result.findings if f.outcome == outcome]


def changed(file: Path, old: bytes, new: bytes) -> None:
    """Replace what is there; a test that changes nothing would prove nothing."""
    content = file.read_bytes()
    assert old in content
    file.write_bytes(content.replace(old, new))
