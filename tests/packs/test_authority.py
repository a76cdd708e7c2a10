"""The matrix of authority as data, and what lint finds wrong in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.packs.errors import PackError
from checker.packs.lint import lint
from checker.packs.load import load_packs
from checker.resources import rules_root

ROLES = (
    "- {id: direccion, name: Dirección General, source: '1'}\n- {id: unidad, name: Unidad de Prueba, source: '1.1'}\n"
)
AUTHORITY = """\
unidad:
  numeral: '1.1'
  functions: 2
  under: direccion
  powers:
    - {at: 1, verb: autorizar, object: plan de prueba}
"""


def problems(folder: Path, authority: str) -> list[str]:
    (folder / "roles.yaml").write_text(ROLES, "utf-8")
    (folder / "authority.yaml").write_text(authority, "utf-8")
    (pack,) = load_packs([folder])
    return [r.problem for r in lint(pack, [pack]) if r.where.startswith("authority.yaml")]


def test_a_matrix_that_hangs_together(folder: Path) -> None:
    assert problems(folder, AUTHORITY) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("at: 1", "at: 3", "1.1 has 2 subnumerals"),
        (
            "object: plan de prueba",
            "object: plan de prueba, by: [unidade]",
            "no role 'unidade'; did you mean 'unidad'?",
        ),
        ("under: direccion", "under: unidad", "stands above itself"),
        ("under: direccion", "under: jefatura", "no role 'jefatura'"),
        ("object: plan de prueba", "object: plan de prueba, interpretation: DE-i09", "no interpretation 'DE-i09'"),
    ],
)
def test_what_leads_nowhere_is_told(folder: Path, old: str, new: str, says: str) -> None:
    assert any(says in problem for problem in problems(folder, AUTHORITY.replace(old, new)))


def test_a_verb_of_no_rank_is_an_error_of_the_file(folder: Path) -> None:
    with pytest.raises(PackError, match=r"authority\.yaml"):
        problems(folder, AUTHORITY.replace("autorizar", "bailar"))


def test_the_manual_of_the_doe_has_its_fifty_seven_units() -> None:
    doe = next(p for p in load_packs([rules_root()]) if p.info.id == "imss/organizacion-doe")
    assert len(doe.authority) == 57
    assert sum(u.functions for u in doe.authority.values()) == 766
    for name, unit in doe.authority.items():
        above = doe.authority.get(unit.under or "")
        assert above is None or unit.numeral.rpartition(".")[0] == above.numeral, name
