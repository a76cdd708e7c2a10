"""Records of operación territorial as offices write them: what is faithful to the norm complies, one change is told by its obligation."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from checker.cases.judge import Court
from checker.options import Options
from checker.packs.load import load_packs
from parsers.cases.nested import record_of

_TESTS = Path(__file__).parents[1]
_DATA: dict[str, Any] = yaml.safe_load((_TESTS / "data" / "operacion-territorial.yaml").read_text("utf-8"))
_RECORDS: dict[str, dict[str, Any]] = _DATA["records"]


@cache
def _court() -> Court:
    return Court(load_packs([_TESTS.parent / "rules" / "imss" / "operacion-territorial"]), Options())


def _told(record: dict[str, Any]) -> dict[str, set[str]]:
    """Obligation → rules of the errors that the record is told."""
    found: dict[str, set[str]] = {}
    for finding in _court().judge(record_of({"case": "prueba", **record}), "", "", "application/yaml").result.findings:
        if finding.outcome == "violated" and finding.severity == "error":
            found.setdefault(finding.obligations[0], set()).add(finding.rule)
    return found


def _edited(edit: dict[str, Any]) -> dict[str, Any]:
    record = copy.deepcopy(_RECORDS[edit["record"]])
    events: list[dict[str, Any]] = record["events"]
    same = [n for n, e in enumerate(events) if edit["of"] in (e.get("activity"), e.get("event"))]
    at = same[edit.get("nth", 0)]
    if "put" in edit:
        events.insert(at, edit["put"])
    elif "drop" in edit:
        del events[at]
    else:
        events[at] |= edit["set"]
    return record


@pytest.mark.parametrize("name", _RECORDS)
def test_a_faithful_record_is_told_nothing(name: str) -> None:
    assert _told(_RECORDS[name]) == {}


@pytest.mark.parametrize("edit", _DATA["edits"], ids=lambda e: f"{e['record']}-{'-'.join(e['told'])}-{e['of']}")
def test_one_change_is_told_by_its_obligation_alone(edit: dict[str, Any]) -> None:
    assert sorted(found := _told(_edited(edit))) == edit["told"], found
