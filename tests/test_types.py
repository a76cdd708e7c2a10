"""Every document type of every pack, in every layout that is drawn of it: what a check says is what evaluating the example says."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checker.check import check, load
from checker.findings import Result
from checker.options import Options
from checker.relations import asks_for, full_id
from tests.corpus import FIXTURES, MISREAD

ROOT = FIXTURES / "tipos"
_READ = json.loads((ROOT / "expected.json").read_text("utf-8"))
EXPECTED: dict[str, dict[str, Any]] = _READ["files"]
UNDRAWN: dict[str, str] = _READ["undrawn"]


def _options(entry: dict[str, Any]) -> Options:
    return Options(workers=2, readings=entry.get("readings", {}), signed=entry.get("signed", False))


def _runs() -> Iterator[tuple[Options, list[str], list[str]]]:
    """Options, files to be judged, files that only stand beside them: as few runs as leave no two strangers to be compared."""
    packs = load(Options())
    related = asks_for(packs)
    with_itself = {t.rpartition("#")[2] for t, others in related.items() if t in others}
    taking_part = {t.rpartition("#")[2] for t in (*related, *(o for others in related.values() for o in others))}
    together: dict[str, list[str]] = defaultdict(list)
    for file, entry in EXPECTED.items():
        if "with" in entry:
            yield _options(entry), [file], [f"{file.rpartition('/')[0]}/{name}" for name in entry["with"]]
        elif entry["type"] in with_itself or "readings" in entry or "signed" in entry:
            yield _options(entry), [file], []
        else:
            together[entry["type"] if entry["type"] in taking_part else ""].append(file)
    for files in together.values():
        yield Options(workers=2), files, []


@pytest.fixture(scope="module")
def results() -> dict[str, Result]:
    found: dict[str, Result] = {}
    for options, files, beside in _runs():
        wanted = {str(ROOT / f): f for f in files}
        for checked in check([ROOT / f for f in (*files, *beside)], options):
            file = wanted.get(checked.result.path.partition("!")[0])
            if file and (checked.result.type or file not in found):
                found[file] = checked.result
    return found


@pytest.mark.parametrize(
    "file",
    [pytest.param(f, marks=pytest.mark.xfail(strict=True, reason=MISREAD[f])) if f in MISREAD else f for f in EXPECTED],
)
def test_what_a_check_says_is_what_the_example_says(file: str, results: dict[str, Result]) -> None:
    result, entry = results[file], EXPECTED[file]
    assert result.type == entry["type"], f"read as {result.type}: {result.reason}"
    wanted = {tuple(t) for t in entry["findings"]}
    asked = {rule for rule, *_ in wanted}
    told = {
        (f.rule, f.outcome, f.subject): f.message for f in result.findings if f.severity != "info" or f.rule in asked
    }
    differences = [f"not told: {' '.join(t)}" for t in sorted(wanted - told.keys())]
    differences += [f"told: {' '.join(t)}: {told[t]}" for t in sorted(told.keys() - wanted)]
    assert differences == []
    assert result.verdict == entry["verdict"], result.reason


def test_every_type_is_drawn_in_three_layouts_and_more_than_one_format() -> None:
    drawn: dict[str, list[Path]] = defaultdict(list)
    for file in EXPECTED:
        folder, _, name = file.rpartition("/")
        if name.startswith("cumple-"):
            drawn[folder].append(Path(name))
    types = [
        f"{p.info.prefix.lower()}/{t.id}" for p in load(Options()) for t in p.types.values() if t.kind == "document"
    ]
    few = {
        t: drawn[t]
        for t in types
        if len(drawn[t]) < 3 or (len({p.suffix for p in drawn[t]}) < 2 and not _one_format(t))
    }
    assert few == {}


def _one_format(folder: str) -> bool:
    """A rule wants the type in one format."""
    types = {r.head.on.document for p in load(Options()) for r in p.rules if r.kind == "media_type"}
    return folder.rpartition("/")[2] in types


def test_every_rule_on_documents_is_broken_by_a_fixture() -> None:
    """Those on the texts of norms are broken in ``fixtures/normas``."""
    told = {rule for entry in EXPECTED.values() for rule, *_ in entry["findings"]}
    undrawn = {case.partition("/")[2] for case in UNDRAWN}
    packs = load(Options())
    norms = {full_id(p.info.id, t.id) for p in packs for t in p.types.values() if t.kind == "norm"}
    rules = {(r.head.id, full_id(p.info.id, r.head.on.document)) for p in packs for r in p.rules if r.head.on.document}
    assert sorted(rule for rule, on in rules if on not in norms and rule not in told | undrawn) == []


def test_what_is_not_drawn_says_why() -> None:
    assert {case: reason for case, reason in UNDRAWN.items() if not reason.strip()} == {}


def test_the_corpus_is_of_the_packs_of_today() -> None:
    """Ids of types and rules that no pack knows any more: run ``python -m fixtures.generator tipos``."""
    packs = load(Options())
    known = {r.head.id for pack in packs for r in pack.rules}
    types = {full_id(p.info.id, t).rpartition("#")[2] for p in packs for t in p.types}
    assert {e["type"] for e in EXPECTED.values()} <= types
    assert {rule for e in EXPECTED.values() for rule, *_ in e["findings"]} <= known
