"""Lint and trial tell what is wrong in a pack."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.packs.lint import lint
from checker.packs.load import load_packs
from checker.packs.trial import never_fired, trials


def _edited(folder: Path, name: str, old: str, new: str) -> Path:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")
    return folder


def test_a_sound_pack_has_no_remarks(folder: Path) -> None:
    (pack,) = load_packs([folder])
    ran = list(trials(pack))
    assert lint(pack) == []
    assert [t.problem for t in ran if t.problem] == []
    assert never_fired(pack, ran) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("rules/orden.yaml", "then: puntos.dia", "then: puntos.dai", "puntos has no column 'dai'; did you mean 'dia'?"),
        ("rules/orden.yaml", "document: nota", "document: notas", "no document type 'notas'; did you mean 'nota'?"),
        ("rules/orden.yaml", "  remedy:", "  obligations: [DE-009]\n  remedy:", "no obligation 'DE-009'"),
        ("rules/orden.yaml", "  remedy:", "  interpretation: DE-i01\n  remedy:", "no interpretation 'DE-i01'"),
        ("obligations.yaml", ", pending: true", "", "has neither rules, nor a reason in `unchecked`, nor `pending`"),
        ("obligations.yaml", "demands: Una fecha", "demands: Una fecha, pending: true", "has rules, and says that it has none"),
        ("documents/nota.yaml", "labels: [puntos]", "labels: [Fecha]", "fields: the label 'fecha' is of fecha and of puntos"),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_told(folder: Path, name: str, old: str, new: str, told: str) -> None:
    (pack,) = load_packs([_edited(folder, name, old, new)])
    assert told in [r.problem for r in lint(pack)]


def test_a_rule_that_no_example_fires_is_told(folder: Path) -> None:
    _edited(folder, "rules/orden.yaml", "dia: 2/05/2025", "dia: 9/05/2025")
    (pack,) = load_packs([folder])
    ran = list(trials(pack))
    assert any("does not fire DE-001.orden" in t.problem for t in ran)
    assert never_fired(pack, ran) == ["DE-001.orden"]


def test_an_example_that_should_pass_and_fires_is_told(folder: Path) -> None:
    _edited(folder, "rules/orden.yaml", "dia: 3/05/2025", "dia: 1/05/2025")
    (pack,) = load_packs([folder])
    assert any("passes[1]" in t.source and "fires DE-001.orden at puntos[1].dia" in t.problem for t in trials(pack))
