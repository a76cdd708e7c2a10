"""Records of CONALEP's and FONACOT's procedures as offices write them: what is faithful to the norm complies, each fault is told by its obligation."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.cases.judge import Court
from checker.findings import Result
from checker.options import Options
from checker.packs.load import load_packs
from parsers.cases.nested import record_of

_TESTS = Path(__file__).parents[1]
_RECORDS: list[dict[str, Any]] = yaml.safe_load((_TESTS / "data" / "conalep-fonacot.yaml").read_text("utf-8"))


@cache
def _court() -> Court:
    rules = _TESTS.parent / "rules"
    return Court(load_packs([rules / "conalep" / "servicios", rules / "fonacot" / "productos-digitales"]), Options())


def _judged(record: dict[str, Any]) -> Result:
    data = {key: value for key, value in record.items() if key != "told"}
    return _court().judge(record_of(data), record["case"], "", "application/yaml").result


@pytest.mark.parametrize("record", _RECORDS, ids=lambda record: record["case"].split()[0])
def test_a_record_is_told_what_it_breaks_and_nothing_else(record: dict[str, Any]) -> None:
    findings = [f for f in _judged(record).findings if f.outcome == "violated" and f.severity == "error"]
    assert sorted({f.obligations[0] for f in findings}) == record["told"], [(f.rule, f.message) for f in findings]


@pytest.mark.parametrize("record", [r for r in _RECORDS if not r["told"]], ids=lambda record: record["case"].split()[0])
def test_its_procedure_is_recognised_from_what_it_says(record: dict[str, Any]) -> None:
    unnamed = {key: value for key, value in record.items() if key != "procedure"}
    assert _judged(unnamed).type in (record["procedure"].split("#")[1], None)
