"""``cites_existing``: what the norm of territorial operation cites of the manual of the DOE."""

from __future__ import annotations

import pytest

from checker.evaluate import Scope, evaluate
from checker.packs.examples import submission_of
from checker.packs.load import Pack, load_packs
from checker.packs.model import Example
from checker.resources import rules_root

MANUAL = "del Manual de Organización de la Dirección de Operación y Evaluación"


@pytest.fixture(scope="module")
def packs() -> dict[str, Pack]:
    return {p.info.id: p for p in load_packs([rules_root()])}


def told(packs: dict[str, Pack], text: str) -> list[tuple[str, str]]:
    norms = packs["normas"]
    submission = submission_of(Example(text=text), norms.types["norma"], "normas")
    found = evaluate(norms, submission, readings={}, signed=False, scope=Scope(others=tuple(packs.values())))
    return [(f.finding.outcome, f.finding.subject) for f in found if f.finding.rule == "OT-003.numerales-existentes"]


def test_the_foundation_of_the_norm_itself_is_right(packs: dict[str, Pack]) -> None:
    text = f"Con fundamento en el numeral 7.1, subnumerales 3, 15 y 16; 7.1.1, subnumeral 2; y 7.1.5, subnumerales 1 y 14 {MANUAL}, se expide"
    assert told(packs, text) == []


def test_the_last_subnumeral_exists_and_the_next_does_not(packs: dict[str, Pack]) -> None:
    for unit in packs["imss/organizacion-doe"].authority.values():
        assert told(packs, f"Conforme al numeral {unit.numeral}, subnumeral {unit.functions}, {MANUAL}.") == []
        beyond = f"{unit.numeral} ({unit.functions + 1})"
        assert told(packs, f"Conforme al numeral {unit.numeral}, subnumeral {unit.functions + 1}, {MANUAL}.") == [
            ("violated", beyond)
        ]


@pytest.mark.parametrize(
    ("cited", "answer"),
    [
        ("el numeral 7.1.9", [("violated", "7.1.9")]),
        ("el numeral 5.7", []),
        ("el numeral 5.12", [("violated", "5.12")]),
        ("el numeral 4", []),
        ("el numeral 5.7, subnumeral 2,", [("violated", "5.7 (2)")]),
        ("los numerales 7.1, 7.1.2 y 7.1.8", [("violated", "7.1.8")]),
    ],
)
def test_numerals(packs: dict[str, Pack], cited: str, answer: list[tuple[str, str]]) -> None:
    assert told(packs, f"Conforme a {cited} {MANUAL}.") == answer


def test_what_is_not_understood_is_a_doubt(packs: dict[str, Pack]) -> None:
    assert [outcome for outcome, _ in told(packs, f"Conforme al numeral 7.1, inciso b), {MANUAL}.")] == ["undetermined"]


def test_a_citation_broken_over_paragraphs_is_read_whole(packs: dict[str, Pack]) -> None:
    assert told(packs, f"Conforme al numeral 7.1.1,\n\nsubnumeral 40, {MANUAL}.") == [("violated", "7.1.1 (40)")]


def test_the_same_citation_is_told_once(packs: dict[str, Pack]) -> None:
    sentence = f"Conforme al numeral 7.1.8 {MANUAL}."
    assert told(packs, f"{sentence}\n\n{sentence}") == [("violated", "7.1.8")]
