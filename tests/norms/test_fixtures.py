"""The invented norms of ``fixtures/normas``: what complies is told nothing, and each fault its own, warnings included."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.check import check
from checker.options import Options
from fixtures.generator.normas import told

FOLDER = Path(__file__).parents[2] / "fixtures" / "normas"


@pytest.mark.parametrize("name", sorted(told()))
def test_tells_each_fault_and_nothing_else(name: str) -> None:
    [checked] = check([FOLDER / name], Options())
    result = checked.result
    assert result.kind == "norm"
    violated = {(f.rule, f.subject) for f in result.findings if f.outcome == "violated"}
    assert violated == set(told()[name])


def test_a_norm_that_no_pack_knows_is_undetermined() -> None:
    [checked] = check([FOLDER / "desconocida.docx"], Options())
    assert (checked.result.kind, checked.result.type) == ("norm", "manual-de-procedimientos")
    assert checked.result.verdict == "undetermined"
    assert "ninguna de las normas" in (checked.result.reason or "")
