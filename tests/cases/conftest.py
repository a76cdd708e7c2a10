"""Procedures of the built-in packs, and a small one whose every deviation can be told by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from checker.cases.judge import Court
from checker.cases.law import Law
from checker.check import load
from checker.options import Options
from checker.packs.load import load_packs
from checker.packs.pack import Pack
from parsers.cases.model import CaseRecord
from parsers.cases.nested import record_of

FILES = {
    "pack.yaml": "{id: demo/plan, prefix: ZZ, title: Procedimiento de prueba, issuer: Demo, edition: '2025', days: business}",
    "roles.yaml": """
- {id: td, name: Titular de División, source: '1', abbreviations: [TD]}
- {id: tjap, name: Titular de la Jefatura del Área, source: '1', abbreviations: [TJAP]}
- {id: tjd, name: Titular de la Jefatura de Departamento, source: '1', abbreviations: [TJD], stand_ins: [encargada]}
- {id: encargada, name: Persona encargada, source: '1'}
""",
    "obligations.yaml": "\n".join(f"ZZ-00{n}: {{numeral: '6.{n}', demands: Actividad {n}}}" for n in range(1, 9)),
    "procedures/plan.yaml": """
id: plan
title: Planeación
source: '6'
told_by: ZZ-008
starts: ['1']
artefacts:
  correo-de-convocatoria: {title: Correo electrónico de convocatoria}
  plan: {title: Plan anual, aliases: [planeación]}
  correo-de-envio: {title: Correo electrónico de envío}
activities:
  '1': {name: Convocar a la reunión, obligation: ZZ-001, roles: [td], next: ['2'],
        sends: [{artefact: correo-de-convocatoria, to: [tjap]}]}
  '2': {name: Elaborar el plan, obligation: ZZ-002, roles: [tjap], does: [plan], next: ['3']}
  '3': {name: Analizar el plan, obligation: ZZ-003, roles: [td],
        decides: {autoriza: {next: ['5'], words: [sí, se autoriza]}, no-autoriza: {next: ['4'], words: ['no', no se autoriza]}}}
  '4': {name: Atender las observaciones, obligation: ZZ-004, roles: [tjap], next: ['3']}
  '5': {name: Enviar al departamento, obligation: ZZ-005, roles: [td], next: ['6'],
        sends: [{artefact: correo-de-envio, to: [tjd], via: [tjap]}]}
  '6': {name: Archivar el expediente, obligation: ZZ-006, roles: [tjd]}
  consulta: {name: Consultar a la división, obligation: ZZ-007, roles: [tjap], anywhere: true, milestone: true}
""",
}
WHOLE = "1 TD correo-de-convocatoria >TJAP|2 TJAP plan|3 TD =no|4 TJAP|3 TD =sí|5 TD correo-de-envio >TJD ~TJAP|6 TJD".split(
    "|"
)
"""A case that complies: number, role, documents, ``=`` outcome, ``>`` addressee, ``~`` conduit."""


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The small pack."""
    folder = tmp_path_factory.mktemp("demo")
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    (pack,) = load_packs([folder])
    return pack


@pytest.fixture(scope="session")
def packs() -> tuple[Pack, ...]:
    """The built-in packs."""
    return load(Options())


def record(lines: list[str] | tuple[str, ...], **every: object) -> CaseRecord:
    """A record of such lines as those of ``WHOLE``, an hour apart; ``every`` is added to each event."""
    return record_of({"case": "A-1", "events": [{**_event(n, line), **every} for n, line in enumerate(lines)]})


def _event(number: int, line: str) -> dict[str, object]:
    event: dict[str, object] = {"at": f"2026-02-{3 + number // 8:02}T{9 + number % 8:02}:00", "person": f"p-{number}"}
    name, role, *rest = line.split()
    event["event" if name.isalpha() else "activity"] = name
    event |= {"role": role} if role != "-" else {}
    for word in rest:
        key = {"=": "outcome", ">": "to", "~": "via"}.get(word[0], "artefacts")
        if key == "outcome":
            event[key] = word[1:]
        elif key == "artefacts":
            event[key] = [*event.get(key, []), {"type": word}]  # type: ignore[misc]
        else:
            event[key] = [word[1:]]
    return event


def told(lines: list[str] | tuple[str, ...], pack: Pack, **options: Any) -> list[tuple[str, str, str]]:
    """Rule without its obligation's procedure, outcome and subject of everything that is found in such a record."""
    court, law = court_of(pack, **options)
    case, _ = court.case(record(lines), law)
    found = [item.finding for item in court.findings(case, law)]
    return [(f.rule.replace(f".{law.procedure.id}-", "."), f.outcome, f.subject) for f in found]


def court_of(pack: Pack, procedure: str = "plan", **options: Any) -> tuple[Court, Law]:
    """A court, and the law of one procedure of ``pack``."""
    court = Court((pack,), Options(**options))
    return court, court.laws.law(pack, pack.casebook.procedures[procedure])


def write(folder: Path, name: str, text: str) -> Path:
    """A file in ``folder``."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path
