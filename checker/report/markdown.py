"""Markdown, for job summaries, issues and mails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from checker.findings import Finding, Report, Result
from checker.report import Aside, words

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~<>&@-])")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "|": "&#124;", "@": "&#64;"}
"""Where a backslash does not do: HTML, the bars of a table, and mentions."""


def render(report: Report, aside: Aside) -> str:
    """Totals, then a section for each submission."""
    counts = words.tally(finding for result in report.results for finding in result.findings)
    found = words.counted(counts)
    lines = ["# Vo. Bo.", "", f"**{words.totals(report.summary)}**" + (f" — {found}" if found else ""), ""]
    for i, result in enumerate(report.results):
        lines += [*_submission(result, aside.files(i), aside.titles), ""]
    lines += [_receipt(report)]
    return "\n".join(lines) + "\n"


def _submission(result: Result, files: tuple[Path, ...], titles: words.Titles) -> Iterator[str]:
    yield f"## {words.MARKS[result.verdict]} {words.VERDICTS[result.verdict]}: {escape(result.path)}"
    kind, confidence = words.title(result, titles), words.confidence(result)
    if kind:
        yield ""
        yield escape(kind) + (f" (confianza {confidence})" if confidence else "")
    if result.reason:
        yield ""
        yield escape(result.reason)
    if result.findings:
        yield ""
        yield "| | Hallazgo | Dónde | Fundamento | Qué hacer |"
        yield "|---|---|---|---|---|"
        yield from (_row(finding) for finding in sorted(result.findings, key=lambda f: words.ORDER[words.weight(f)]))
    if result.notes or files:
        yield ""
        yield from (f"- {escape(note)}" for note in result.notes)
        yield from (f"- Archivo: {escape(str(file))}" for file in files)


def _row(finding: Finding) -> str:
    said = words.quote(finding)
    cells = (
        f"**{words.WEIGHTS[words.weight(finding)]}**<br>{escape(finding.rule)}",
        escape(finding.message) + (f"<br>{escape(said)}" if said else ""),
        escape(words.place(finding.location) or words.about(finding)),
        f"{escape(words.numeral(finding.citation))}<br>{escape(words.norm(finding.citation))}",
        escape(finding.remedy),
    )
    return f"| {' | '.join(cells)} |"


def _receipt(report: Report) -> str:
    packs = "; ".join(f"{p.id}, edición {p.edition} ({p.sha256[:12]})" for p in report.receipt.packs)
    date = f" al {report.receipt.as_of}" if report.receipt.as_of else ""
    return f"*{escape(f'vobo {report.receipt.vobo}{date}. {packs}'.strip())}*"


def escape(text: str) -> str:
    """``text`` as itself in Markdown, on one line, also within a table."""
    return _SPECIAL.sub(lambda m: _ENTITIES.get(m[1], f"\\{m[1]}"), words.one_line(text))
