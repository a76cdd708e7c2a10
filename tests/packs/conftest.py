"""A small pack of one document type, and the built-in packs."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.packs.load import Pack, load_packs
from checker.resources import rules_root

FILES = {
    "pack.yaml": "id: demo/norma\nprefix: DE\ntitle: Norma de prueba\nissuer: Oficina\nedition: '2025'\n",
    "obligations.yaml": "DE-001: {numeral: '1.1', demands: Una fecha}\nDE-002: {numeral: '1.2', demands: Otra, pending: true}\n",
    "documents/nota.yaml": """\
id: nota
title: Nota
source: '1.1'
recognise: {titles: [nota]}
fields:
  fecha:
    title: Fecha
    kind: date
    labels: [fecha]
    required_by: DE-001
    remedy: Anotar la fecha.
  puntos:
    title: Puntos
    kind: table
    labels: [puntos]
    columns:
      punto: {title: Punto}
      dia: {title: Día, kind: date, required_by: DE-001, remedy: Anotar el día.}
examples:
  passes: [{fields: {fecha: 3 de mayo de 2025, puntos: [{punto: Uno, dia: 4/05/2025}]}}]
  fails:
    - {rule: DE-001.fecha, at: fecha, fields: {fecha: ''}}
    - {rule: DE-001.dia, at: 'puntos[1].dia', fields: {fecha: 3 de mayo de 2025, puntos: [{punto: Uno}]}}
""",
    "rules/orden.yaml": """\
- id: DE-001.orden
  title: El punto no precede a la nota
  on: {document: nota}
  dates_in_order: {first: fecha, then: puntos.dia}
  remedy: Corregir.
  examples:
    passes: [{fields: {fecha: 3/05/2025, puntos: [{punto: Uno, dia: 3/05/2025}]}}]
    fails: [{at: 'puntos[1].dia', fields: {fecha: 3/05/2025, puntos: [{punto: Uno, dia: 2/05/2025}]}}]
""",
}


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOBO_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small pack on disk."""
    for name, text in FILES.items():
        path = tmp_path / "packs" / "norma" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "packs" / "norma"


@pytest.fixture(scope="session")
def packs() -> tuple[Pack, ...]:
    """All that vobo comes with."""
    return load_packs([rules_root()])


@pytest.fixture(scope="session")
def built_in(packs: tuple[Pack, ...]) -> Pack:
    """Programas virtuales."""
    return next(p for p in packs if p.info.id == "imss/programas-virtuales")
