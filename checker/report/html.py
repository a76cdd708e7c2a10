"""One self-contained page for reviewers: no script is needed to read it, nothing is fetched, it prints."""

from __future__ import annotations

from typing import Any

from checker.findings import Report, Result
from checker.report import Aside, words
from checker.resources import templates_root


def render(report: Report, aside: Aside) -> str:
    """The page; everything that a submission can bring is escaped by the template engine."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(templates_root() / "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    counts = words.tally(finding for result in report.results for finding in result.findings)
    page = environment.get_template("report.html.j2").render(
        report=report,
        receipt=report.receipt,
        verdicts=words.VERDICTS,
        marks=words.MARKS,
        totals=words.totals(report.summary),
        counted=words.counted(counts),
        submissions=[_submission(i, result, aside) for i, result in enumerate(report.results)],
    )
    return page.rstrip("\n") + "\n"


def _submission(index: int, result: Result, aside: Aside) -> dict[str, Any]:
    from markupsafe import Markup

    folder, _, name = words.one_line(result.path).rpartition("/")
    return {
        "id": f"doc-{index + 1}",
        "verdict": result.verdict,
        "folder": f"{folder}/" if folder or result.path.startswith("/") else "",
        "name": name,
        "type": words.title(result, aside.titles),
        "confidence": words.confidence(result),
        "counted": words.counted(words.tally(result.findings)),
        "reason": words.printable(result.reason or ""),
        "sha256": result.sha256,
        "notes": [words.one_line(note) for note in result.notes],
        "drawing": Markup(aside.drawing(index)),
        "files": [words.one_line(str(file)) for file in aside.files(index)],
        "findings": [
            {
                "weight": words.weight(finding),
                "label": words.WEIGHTS[words.weight(finding)],
                "rule": finding.rule,
                "message": words.printable(finding.message),
                "place": words.place(finding.location) or words.about(finding),
                "quote": words.quote(finding),
                "numeral": words.numeral(finding.citation),
                "norm": words.norm(finding.citation),
                "remedy": words.printable(finding.remedy),
            }
            for finding in sorted(result.findings, key=lambda f: words.ORDER[words.weight(f)])
        ],
    }
