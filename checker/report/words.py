"""The words that all reports for people share: verdicts, severities, places, totals, citations. Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from checker.findings import Citation, Finding, Location, Result, Summary, Verdict

Weight = Literal["error", "warning", "info", "undetermined"]
"""How a finding weighs on its reader: its severity, or that somebody has to look."""

VERDICTS: dict[Verdict, str] = {
    "compliant": "Cumple",
    "noncompliant": "No cumple",
    "undetermined": "Por verificar",
    "unreadable": "No se pudo leer",
}
MARKS: dict[Verdict, str] = {"compliant": "✔", "noncompliant": "✘", "undetermined": "?", "unreadable": "!"}
WEIGHTS: dict[Weight, str] = {
    "error": "Incumplimiento",
    "warning": "Advertencia",
    "info": "Nota",
    "undetermined": "Por verificar",
}
ORDER: dict[Weight, int] = {weight: place for place, weight in enumerate(WEIGHTS)}
"""Heaviest first."""
Titles = Mapping[str, str]
"""Path of a result, or document type → official name of the type."""
NO_TITLES: Titles = {}
_PLURALS: dict[str, tuple[str, str]] = {
    "error": ("incumplimiento", "incumplimientos"),
    "warning": ("advertencia", "advertencias"),
    "info": ("nota", "notas"),
    "undetermined": ("punto por verificar", "puntos por verificar"),
    "submissions": ("documento", "documentos"),
    "compliant": ("cumple", "cumplen"),
    "noncompliant": ("no cumple", "no cumplen"),
    "unreadable": ("no se pudo leer", "no se pudieron leer"),
}
_SUBJECT_ROW = re.compile(r"^(\w+)\[(\d+)\](?:\.(\w+))?$")
# Controls would let a document write to the reader's terminal; bidirectional overrides would let it reorder the line.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")


def weight(finding: Finding) -> Weight:
    """The finding's severity, or ``undetermined``."""
    return "undetermined" if finding.outcome == "undetermined" else finding.severity


def printable(text: str) -> str:
    """``text`` without what could command a terminal, break XML or fail to encode: such characters become U+FFFD."""
    return _UNSAFE.sub("�", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """``text`` printable and on one line."""
    return " ".join(printable(text).split())


def place(location: Location | None) -> str:
    """``página 1, párrafo 31, tabla 1, fila 3, columna 3``; ``celda Hoja1!B3`` in workbooks; empty for the document as a whole."""
    if location is None:
        return ""
    if location.cell is not None:
        return f"celda {one_line(location.cell)}"
    named = (
        ("página", location.page),
        ("línea", location.line),
        ("párrafo", location.paragraph),
        ("tabla", location.table),
        ("fila", location.row),
        ("columna", location.column),
    )
    return ", ".join(f"{name} {number}" for name, number in named if number is not None)


def about(finding: Finding) -> str:
    """The finding's subject in words: ``acuerdos, renglón 2, fecha compromiso``; empty for the document as a whole."""
    if finding.subject == "documento":
        return ""
    if found := _SUBJECT_ROW.match(finding.subject):
        field, row, column = found.groups()
        parts = [field.replace("_", " "), f"renglón {row}"]
        return ", ".join([*parts, column.replace("_", " ")] if column else parts)
    return one_line(finding.subject.replace("_", " ").replace(".", ", "))


def quote(finding: Finding) -> str:
    """The evidence between Spanish quotation marks, on one line; empty when there is none."""
    text = one_line(finding.evidence)
    return f"«{text}»" if text else ""


def numeral(citation: Citation) -> str:
    """``numeral 6, actividad 4``, also where the numeral already says what it is."""
    text = one_line(citation.numeral)
    return f"numeral {text}" if text[:1].isdigit() else text


def norm(citation: Citation) -> str:
    """Title of the norm, with its clave where it has one."""
    title = one_line(citation.norm)
    return f"{title} ({one_line(citation.clave)})" if citation.clave else title


def title(result: Result, titles: Titles) -> str:
    """Official name of the submission's type; a readable form of its id when no name is known; empty without a type."""
    if result.type is None:
        return ""
    return titles.get(result.path) or titles.get(result.type) or result.type.replace("-", " ").capitalize()


def confidence(result: Result) -> str:
    """``97 %``, or empty."""
    return "" if result.confidence is None else f"{result.confidence * 100:.0f} %"


def count(number: int, thing: str) -> str:
    """``1 advertencia``, ``3 advertencias``; ``thing`` is a weight, a verdict or ``submissions``."""
    singular, plural = _PLURALS[thing]
    return f"{number} {singular if number == 1 else plural}"


def tally(findings: Iterable[Finding]) -> dict[Weight, int]:
    """Findings by weight, all four weights in order."""
    counts: dict[Weight, int] = {"error": 0, "warning": 0, "info": 0, "undetermined": 0}
    for finding in findings:
        counts[weight(finding)] += 1
    return counts


def counted(counts: dict[Weight, int]) -> str:
    """``2 incumplimientos, 1 punto por verificar``; empty when there is nothing."""
    return ", ".join(count(number, name) for name, number in counts.items() if number)


def totals(summary: Summary) -> str:
    """``3 documentos: 1 cumple · 1 no cumple · 1 no se pudo leer``."""
    parts = [
        f"{summary.undetermined} por verificar" if name == "undetermined" else count(number, name)
        for name in VERDICTS
        if (number := getattr(summary, name))
    ]
    head = count(summary.submissions, "submissions")
    return f"{head}: {' · '.join(parts)}" if parts else head
