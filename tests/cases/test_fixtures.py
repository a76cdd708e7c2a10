"""The case records of every procedure: what complies, and what breaks the rule whose name it bears and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.check import check, load
from checker.options import Options
from tests.corpus import FIXTURES

ROOT = FIXTURES / "casos"
FILES = sorted(path.name for path in ROOT.iterdir())


ALSO: dict[str, set[str]] = {
    "OD-090.evaluacion-validar-resultados-con-jsac-quien": {"OD-090.con-la-jefatura"},
    "PD-022.implementacion-3-quien": {"PD-022.conjunta"},
    "PD-084.campanas-1-quien": {"PD-088.base-cualquiera"},
    "PV-159.programas-virtuales-4-quien": {"PV-039.quienes"},
    "PV-159.programas-virtuales-60-quien": {"PV-100.quienes"},
    "SC-073.concertacion-6-quien": {"SC-073.al-usuario"},
}
"""What is broken with it of necessity: two numerals ask for the same thing."""


@pytest.mark.parametrize("name", [n for n in FILES if "-cumple." in n])
def test_every_branch_and_loop_complies(name: str) -> None:
    results = [c.result for c in check([ROOT / name], Options())]
    assert [(r.path, r.verdict, r.findings[:1]) for r in results if r.verdict != "compliant"] == []
    assert results


@pytest.mark.parametrize("name", [n for n in FILES if "-incumple" in n])
def test_what_breaks_one_rule_is_told_so(name: str) -> None:
    """The case's name is the rule's id."""
    wrong = []
    for checked in check([ROOT / name], Options()):
        findings = checked.result.findings
        rules = {f.rule for f in findings if f.rule == checked.case or (f.severity, f.outcome) == ("error", "violated")}
        if checked.case not in rules or rules - {checked.case} - ALSO.get(checked.case, set()):
            wrong.append((checked.case, sorted(rules)))
    assert wrong == []


@pytest.mark.parametrize("name", [n for n in FILES if "-extractos." in n])
def test_what_breaks_a_declared_rule_is_told_so(name: str) -> None:
    """An extract holds only what the rule looks at: what else it lacks is told too."""
    silent = [
        checked.case
        for checked in check([ROOT / name], Options())
        if checked.case not in {f.rule for f in checked.result.findings if f.outcome == "violated"}
    ]
    assert silent == []


def test_every_obligation_of_a_case_has_one_that_breaks_it() -> None:
    """Of the rules on cases of an obligation, at least one has its broken record here."""
    broken = {
        line.removeprefix("case: ").strip().strip("\"'").partition(".")[0]
        for path in ROOT.glob("*-*.yaml")
        for line in path.read_text("utf-8").splitlines()
        if line.startswith("case: ")
    }
    packs = load(Options())
    served = {
        obligation
        for pack in packs
        for rule in pack.casebook.rules
        for obligation in rule.obligations
        if rule.head.severity == "error" and not rule.head.reading
    }
    told = {
        obligation
        for pack in packs
        for rule in pack.casebook.rules
        if rule.head.id.partition(".")[0] in broken
        for obligation in rule.obligations
    }
    assert sorted(served - told) == []


def test_they_are_the_same_whatever_their_format(tmp_path: Path) -> None:
    one, other = (
        [(c.case, c.result.verdict) for c in check([ROOT / f"pv-programas-virtuales-cumple.{form}"], Options())]
        for form in ("csv", "xes.gz")
    )
    assert one == other
