"""Documents of one check that belong together: told by content or named, compared, and told apart where they differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.check import check
from checker.findings import Finding, Result
from checker.options import BadOption, Options

PACK = {
    "pack.yaml": "id: demo/obras\nprefix: DO\ntitle: Norma de obras\nissuer: Oficina\nedition: '2025'\n",
    "obligations.yaml": "DO-001: {numeral: '1', demands: Lo presupuestado se ejecuta}\n",
    "documents/presupuesto.yaml": """\
id: presupuesto-anual
title: Presupuesto anual de obras
source: '1'
recognise: {titles: [presupuesto anual de obras]}
fields:
  anio: {title: Ejercicio, kind: year, labels: [ejercicio]}
  responsable: {title: Responsable, kind: people, labels: [responsable]}
  obras:
    title: Obras
    kind: table
    labels: [obras]
    columns:
      obra: {title: Obra, labels: [obra]}
      monto: {title: Monto, labels: [monto]}
""",
    "documents/avance.yaml": """\
id: avance-de-obras
title: Avance de obras
source: '2'
recognise: {titles: [avance de obras]}
fields:
  anio: {title: Ejercicio, kind: year, labels: [ejercicio], required_by: DO-001}
  responsable: {title: Responsable, kind: people, labels: [responsable]}
  obras:
    title: Obras
    kind: table
    labels: [obras]
    columns:
      obra: {title: Obra, labels: [obra]}
      costo: {title: Costo, labels: [costo]}
""",
    "rules/entre-documentos.yaml": """\
- id: DO-001.obras
  title: Las obras del avance son las del presupuesto, por su monto
  on: {document: avance-de-obras}
  with: {document: presupuesto-anual, match: [anio]}
  rows_match: {table: obras, other: obras, by: [obra], equal: [costo=monto], every: both}
  remedy: Conciliar ambos documentos.
- id: DO-001.responsable
  title: Responde la misma persona
  on: {document: avance-de-obras}
  with: {document: presupuesto-anual, match: [anio]}
  same_as: {fields: [responsable]}
  remedy: Conciliar ambos documentos.
""",
}


def _page(title: str, year: int, who: str, column: str, rows: dict[str, str]) -> str:
    table = "".join(f"| {name} | {value} |\n" for name, value in rows.items())
    return (
        f"# {title}\n\nEjercicio: {year}\n\nResponsable: {who}\n\n## Obras\n\n| Obra | {column} |\n|---|---|\n{table}"
    )


ROWS = {"Puente Norte": "100", "Camino a la presa": "200"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VOBO_CACHE_DIR", str(tmp_path / "cache"))
    for name, content in PACK.items():
        path = tmp_path / "pack" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _advance(folder: Path, name: str = "avance.md", rows: dict[str, str] | None = None, year: int = 2026) -> Path:
    return _write(folder, name, _page("Avance de obras", year, "Laura Méndez Ríos", "Costo", rows or ROWS))


def _budget(folder: Path, name: str = "presupuesto.md", year: int = 2026, who: str = "Laura Méndez Ríos") -> Path:
    return _write(folder, name, _page("Presupuesto anual de obras", year, who, "Monto", ROWS))


def _check(folder: Path, *paths: Path, **options: object) -> list[Result]:
    chosen = Options(rules=(folder / "pack",), packs=("demo/obras",), **options)  # type: ignore[arg-type]
    found = list(check(paths, chosen))
    assert not [c.defect for c in found if c.defect]
    return [c.result for c in found]


def _told(result: Result) -> list[tuple[str, str, str]]:
    return [(f.rule, f.outcome, f.subject) for f in result.findings]


def test_what_belongs_together_and_agrees_complies_in_any_order(folder: Path) -> None:
    a, b = _advance(folder), _budget(folder)
    for order in ((a, b), (b, a)):
        results = _check(folder, *order)
        assert [r.path for r in results] == [str(p) for p in order]
        assert {r.path: (r.verdict, _told(r)) for r in results}[str(a)] == ("compliant", [])


def test_a_budget_without_rules_of_its_own_is_not_said_to_comply(folder: Path) -> None:
    (result,) = _check(folder, _budget(folder))
    assert result.verdict == "undetermined"
    assert "reglas" in (result.reason or "")


def test_without_the_other_document_it_is_told_once_and_the_verdict_stands(folder: Path) -> None:
    (result,) = _check(folder, _advance(folder))
    (finding,) = result.findings
    assert (finding.outcome, finding.severity, result.verdict) == ("undetermined", "info", "compliant")
    assert "Presupuesto anual de obras" in finding.message
    assert "--relate" in finding.remedy


def test_each_difference_is_told_with_both_places(folder: Path) -> None:
    advance = _advance(folder, rows={"Puente Norte": "150", "Barda": "10"})
    result = _check(folder, advance, _budget(folder, who="Jorge Salas Pérez"))[0]
    assert sorted(_told(result)) == [
        ("DO-001.obras", "violated", "obras"),
        ("DO-001.obras", "violated", "obras[1].costo"),
        ("DO-001.obras", "violated", "obras[2]"),
        ("DO-001.responsable", "violated", "responsable"),
    ]
    by_subject: dict[str, Finding] = {f.subject: f for f in result.findings}
    assert "«150»" in by_subject["obras[1].costo"].message
    assert "«100»" in by_subject["obras[1].costo"].message
    assert "presupuesto.md, renglón 2" in by_subject["obras[1].costo"].message
    assert by_subject["obras[1].costo"].location is not None
    assert "Camino a la presa" in by_subject["obras"].message
    assert "Barda" in by_subject["obras[2]"].message


def test_a_likely_slip_of_the_pen_is_only_doubted(folder: Path) -> None:
    advance = _advance(folder, rows={"Puente Norte": "100", "Camino a la pressa": "200"})
    result = _check(folder, advance, _budget(folder))[0]
    assert {f.outcome for f in result.findings} == {"undetermined"}
    assert result.verdict == "undetermined"


def test_the_one_of_its_own_year_is_chosen(folder: Path) -> None:
    others = [_budget(folder, f"p{year}.md", year) for year in (2024, 2025)]
    alone = _check(folder, _advance(folder), *others)[0]
    assert [f.severity for f in alone.findings] == ["info"]
    assert "otro periodo" in alone.findings[0].message
    assert _check(folder, _advance(folder), *others, _budget(folder))[0].findings == ()


def test_of_two_that_fit_none_is_guessed_and_relate_settles_it(folder: Path) -> None:
    one, two = _budget(folder, "a.md"), _budget(folder, "b.md", who="Jorge Salas Pérez")
    advance = _advance(folder)
    doubted = _check(folder, advance, one, two)[0]
    assert [(f.outcome, f.severity) for f in doubted.findings] == [("undetermined", "info")]
    assert _check(folder, advance, one, two, relate=(("presupuesto", one),))[0].findings == ()
    (only,) = _check(folder, advance, relate=(("presupuesto-anual", two),))
    assert [f.rule for f in only.findings] == ["DO-001.responsable"]


def test_relate_names_what_exists(folder: Path) -> None:
    with pytest.raises(BadOption, match="presupuesto-anual"):
        _check(folder, _advance(folder), relate=(("nota", folder / "x.md"),))
    gone, advance = _check(folder, _advance(folder), relate=(("presupuesto", folder / "no-existe.md"),))
    assert gone.verdict == "unreadable"
    assert [f.severity for f in advance.findings] == ["info"]


def test_what_is_handed_back_is_of_the_comparison(folder: Path) -> None:
    out = folder / "out"
    found = list(
        check(
            [_advance(folder), _budget(folder)],
            Options(rules=(folder / "pack",), packs=("demo/obras",), annotate=out, reply=out),
        )
    )
    assert sorted(p.name for c in found for p in c.written) == sorted(p.name for p in out.iterdir())
    assert not [p for p in out.iterdir() if "avance" in p.name and "observaciones" in p.name]


@pytest.mark.parametrize("workers", [1, 2])
def test_the_answer_does_not_depend_on_the_number_of_workers(folder: Path, workers: int) -> None:
    paths = [_advance(folder), _budget(folder, "p1.md", 2024), _budget(folder), _advance(folder, "b.md", year=2024)]
    results = _check(folder, *paths, workers=workers)
    assert [r.verdict for r in results] == ["compliant", "undetermined", "undetermined", "compliant"]
