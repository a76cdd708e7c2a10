"""The pages of the kinds on cases: each can be found, and its example is run as any pack's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checker.kinds import CASE_KINDS
from checker.packs.case_lint import case_rule_problems
from checker.packs.case_trial import case_trials
from checker.packs.load import load_packs
from checker.packs.pack import Pack

DOCS = Path(__file__).parents[3] / "docs" / "rules" / "cases"
PAGES = sorted(p for p in DOCS.glob("*.md") if p.stem != "index")
ROLES = """
- {id: direccion, name: Titular de la Dirección, source: "4", abbreviations: [TD]}
- {id: jefatura, name: Titular de la Jefatura de Departamento, source: "4", abbreviations: [TJD]}
- {id: oficina, name: Titular de la Jefatura de Oficina, source: "4", abbreviations: [TJO]}
"""
AUTHORITY = """
direccion: {numeral: "4.1", functions: 3, powers: [{at: 2, verb: autorizar, object: informe ejecutivo}]}
jefatura: {numeral: "4.2", functions: 3, under: direccion}
"""
INFO = "{id: demo/asuntos, prefix: DE, title: Norma de asuntos, issuer: Oficina, edition: '2025', days: business}"


def yaml_of(page: Path) -> str:
    """The one block of YAML that a page shows."""
    (block,) = re.findall(r"```yaml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    return str(block)


def pack_of(page: Path, folder: Path) -> Pack:
    files = {
        "pack.yaml": INFO,
        "roles.yaml": ROLES,
        "authority.yaml": AUTHORITY,
        "obligations.yaml": "DE-001: {numeral: '6', demands: Algo}",
        "procedures/asunto.yaml": yaml_of(DOCS / "index.md"),
        "rules/pagina.yaml": yaml_of(page),
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (pack,) = load_packs([folder])
    return pack


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_the_example_of_a_page_runs(page: Path, tmp_path: Path) -> None:
    pack = pack_of(page, tmp_path)
    (rule,) = (r for r in pack.casebook.rules if not r.derived)
    assert rule.kind == page.stem
    assert list(case_rule_problems(rule, pack)) == []
    ran = [t for t in case_trials(pack) if t.rule == rule.head.id]
    assert [t.problem for t in ran if t.problem] == []
    assert any(t.fired for t in ran)


def test_every_page_is_of_a_kind_and_can_be_found() -> None:
    assert {p.stem for p in PAGES} <= set(CASE_KINDS)
    index, navigation = (DOCS / "index.md").read_text("utf-8"), (DOCS.parents[2] / "mkdocs.yml").read_text("utf-8")
    assert [p.stem for p in PAGES if f"({p.name})" not in index or f"rules/cases/{p.name}" not in navigation] == []
