"""A rule on cases of a small procedure, through the court that every case record goes to."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import msgspec

from checker.cases.directory import Directory, Holder
from checker.cases.judge import Court
from checker.findings import Finding
from checker.options import Options
from checker.packs.model import Obligation, PackInfo, Role
from checker.packs.pack import CaseData, Pack
from parsers.cases.json_cases import nodes
from parsers.cases.nested import cases_of

PROCEDURE: dict[str, Any] = {
    "id": "asunto",
    "title": "Asunto",
    "source": "6",
    "told_by": "DE-001",
    "artefacts": {
        "informe": {"title": "Informe ejecutivo"},
        "minuta": {"title": "Minuta de la reunión"},
        "oficio": {"title": "Oficio"},
        "reporte": {"title": "Reporte mensual"},
    },
    "activities": {
        "1": {"name": "Elaborar el plan", "obligation": "DE-001"},
        "2": {
            "name": "Revisar el plan",
            "obligation": "DE-001",
            "decides": {"cumple": {"words": ["sí"]}, "no-cumple": {"words": ["no"]}},
        },
        "3": {"name": "Autorizar el plan", "obligation": "DE-001"},
        "reunion": {"name": "Reunión de resultados", "obligation": "DE-001", "milestone": True},
        "entrega": {"name": "Entrega de informe", "obligation": "DE-001", "milestone": True},
    },
}
ROLES = {
    r.id: r
    for r in (
        Role("direccion", "Titular de la Dirección", "4", ("TD",), stand_ins=("encargada",)),
        Role("encargada", "Persona Encargada de la Unidad Operativa", "4"),
        Role("jefatura", "Titular de la Jefatura de Departamento", "4", ("TJD",)),
        Role("oficina", "Titular de la Jefatura de Oficina", "4", ("TJO",)),
    )
}


def answers(
    kind: str,
    words: dict[str, Any],
    events: list[dict[str, Any]],
    *,
    days: str = "business",
    as_of: str | None = None,
    directory: list[Holder] | None = None,
    flow: dict[str, Any] | None = None,
    **options: Any,
) -> list[Finding]:
    """What a rule of ``kind`` with these words tells of a case with these events."""
    procedure = PROCEDURE
    if flow:  # activities that follow one another instead of any order
        follows = {n: a | {"next": flow["next"].get(n, [])} for n, a in PROCEDURE["activities"].items()}
        procedure = PROCEDURE | {"starts": flow["starts"], "activities": follows}
    rule = {"id": "DE-002.regla", "title": "Regla", "on": {"case": "asunto"}, "remedy": "Corregir.", kind: words}
    pack = Pack(
        PackInfo("demo/norma", "DE", "Norma", "Oficina", "2025", days=days),  # type: ignore[arg-type]
        "0" * 64,
        ROLES,
        {"DE-001": Obligation("6", "Algo"), "DE-002": Obligation("6.1", "Algo a tiempo")},
        {},
        {},
        {},
        (),
        Path("demo"),
        case_data=CaseData({"procedures/asunto.yaml": procedure}, [("rules/reglas.yaml", rule, kind)]),
    )
    record = next(iter(cases_of(nodes(json.dumps({"case": "A-1", "events": events})), "caso")))
    chosen = Options(select=("DE-002",), as_of=dt.date.fromisoformat(as_of) if as_of else None, **options)
    court = Court((pack,), chosen, Directory(tuple(directory)) if directory else None)
    return list(court.judge(record, "caso.json", "0" * 64, "application/json", "asunto").result.findings)


def told(*asked: Any, **more: Any) -> list[tuple[str, str]]:
    """(subject, outcome) of each answer; arguments as for :func:`answers`."""
    return [(f.subject, f.outcome) for f in answers(*asked, **more)]


def event(name: str, at: str | None = None, **more: Any) -> dict[str, Any]:
    """An event as a record has it; ``artefact`` is one, ``artefacts`` are several."""
    key = "event" if name in ("reunion", "entrega") else "activity"
    said: dict[str, Any] = {key: name, **({"at": at} if at else {}), **more}
    if "artefact" in said:
        said["artefacts"] = [said.pop("artefact")]
    return said


def refused(kind: str, words: dict[str, Any]) -> str:
    """Why these words are no rule of ``kind``."""
    from checker.kinds import case_kind

    try:
        msgspec.convert(words, case_kind(kind).Params)
    except msgspec.ValidationError as error:
        return str(error)
    return ""
