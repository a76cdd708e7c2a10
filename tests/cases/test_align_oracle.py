"""Alignments cost what pm4py and r4pm find on the same nets (``python -m bench.freeze_costs`` wrote the table)."""

from __future__ import annotations

import json

import pytest

from checker.cases.align import Alignment, align
from checker.cases.net import Net


def test_costs_are_those_of_the_oracles(pytestconfig: pytest.Config) -> None:
    table = json.loads((pytestconfig.rootpath / "tests/data/alignment-costs.json").read_text("utf-8"))
    assert len(table) >= 50
    for row in table:
        net = Net.of(**row["net"])
        for record, cost in row["costs"]:
            found = align(net, record.split())
            assert isinstance(found, Alignment)
            assert found.cost == cost, (row["net"], record)
