"""What docs/cases.md shows: its procedure is one that loads and can be tried, its directory one that is read."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from checker.cases.directory import parsed_directory
from checker.packs.case_lint import procedure_problems
from checker.packs.case_trial import case_trials
from checker.packs.load import load_packs
from checker.packs.pack import Pack

PAGE = Path(__file__).parents[2] / "docs" / "cases.md"
ROLES = """
- {id: oficina, name: Titular de la Oficina, source: "4"}
- {id: jefatura, name: Titular de la Jefatura, source: "4"}
- {id: direccion, name: Titular de la Dirección, source: "4"}
"""


def shown(holds: str) -> str:
    """The block of YAML that holds a text."""
    (block,) = (b for b in re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL) if holds in b)
    return str(block)


def pack_of(folder: Path) -> Pack:
    files = {
        "pack.yaml": "{id: demo/dictamenes, prefix: DE, title: Norma, issuer: Oficina, edition: '2025'}",
        "roles.yaml": ROLES,
        "obligations.yaml": "DE-001: {numeral: '7', demands: Algo}",
        "procedures/dictamen.yaml": shown("id: dictamen"),
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (pack,) = load_packs([folder])
    return pack


def test_the_procedure_is_complete(tmp_path: Path) -> None:
    pack = pack_of(tmp_path)
    procedure = pack.casebook.procedures["dictamen"]
    assert list(procedure_problems(procedure, pack)) == []
    ran = list(case_trials(pack))
    assert [t.problem for t in ran if t.problem] == []
    tried = {t.rule for t in ran if t.fired}
    assert {"DE-001.dictamen-2-en-su-lugar", "DE-001.dictamen-2-rama", "DE-001.dictamen-3-quien"} <= tried
    assert {"DE-001.dictamen-3-dictamen", "DE-001.dictamen-actividad-desconocida", "DE-001.dictamen-registro"} <= tried


def test_the_directory_is_read() -> None:
    directory = parsed_directory(Path("directorio.yaml"), shown("person: p-014").encode())
    role, day = "Titular de la Dirección", dt.date(2026, 3, 31)
    held = [directory.held(person, role, day, {}) for person in ("p-014", "p-021", "p-999")]
    assert held == [True, False, None]
