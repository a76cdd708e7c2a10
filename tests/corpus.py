"""The corpus of ``fixtures/`` and how an answer is compared with what is expected."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from checker.findings import Result

FIXTURES = Path(__file__).parents[1] / "fixtures"
Entry = dict[str, Any]
MISREAD = {
    "pv/programa-anual-de-actividades/PV-009.actividad-formulario.docx": "a table whose only row lacks its first cell reads as empty",
    "pv/propuesta-tema-ponente-horario/PV-101.ooad-del-instituto-hoja-de-la-unidad.xlsx": "the rows bear the OOAD, and say another",
    "pv/reporte-mensual-inscritas/PV-152.inscritas-hoja.xlsx": "the total under a table that is missing is taken for its row",
    "pv/reporte-mensual-inscritas/PV-152.numero-hoja.xlsx": "a table whose only row lacks its number reads as empty",
}
"""Files of ``fixtures/tipos`` whose faults are told in other words than the example's, and why; the test fails when one is read rightly."""


@cache
def expected() -> dict[str, Entry]:
    """File (``#n`` for the n-th submission within it) → what a check must answer."""
    entries: dict[str, Entry] = json.loads((FIXTURES / "expected.json").read_text("utf-8"))
    return entries


def files() -> list[str]:
    """Files of the corpus, each once."""
    return sorted({name.partition("#")[0] for name in expected()})


def entries(file: str) -> list[Entry]:
    """What is expected of the submissions of a file, in order."""
    parts = sorted((n for n in expected() if n.partition("#")[0] == file), key=lambda n: int(n.partition("#")[2] or 0))
    return [expected()[name] for name in parts]


def submissions(results: list[Result]) -> list[Result]:
    """Results that are submissions: a mail's covering words are none where something else is."""
    return [r for r in results if r.type is not None] or results[:1]


def differences(entry: Entry, result: Result) -> list[str]:
    """Where the answer is not the expected one, a line each."""
    out = []
    if str(result.type or "null") not in str(entry["type"] or "null").split("|"):
        return [f"type {result.type}, expected {entry['type']} ({result.reason})"]
    if result.verdict not in entry["verdict"].split("|"):
        out.append(f"verdict {result.verdict}, expected {entry['verdict']} ({result.reason})")
    for name, state in entry["fields"].items():
        if result.fields[name].state not in state.split("|"):
            out.append(f"{name} is {result.fields[name].state}, expected {state}: {result.fields[name].value}")
    violated = {(f.rule, f.subject) for f in result.findings if f.severity == "error" and f.outcome == "violated"}
    must, may = {tuple(p) for p in entry["violated"]}, {tuple(p) for p in entry["may"]}
    out += [f"not found: {rule} at {subject}" for rule, subject in sorted(must - violated)]
    out += [f"found wrongly: {rule} at {subject}" for rule, subject in sorted(violated - must - may)]
    return out
