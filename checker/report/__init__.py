"""Findings → text that people and machines read. Pure functions of a report; they know no engine and touch no file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

import msgspec

from checker.findings import SCHEMA, Receipt, Report, Result, Severity, Summary, Verdict

MODULES: Mapping[str, str] = {
    "text": "text",
    "json": "json",
    "sarif": "sarif",
    "junit": "junit",
    "github": "github",
    "md": "markdown",
    "html": "html",
}
"""Format as users name it → module of this package."""


class Aside(msgspec.Struct, frozen=True):
    """What a report for people tells besides the report itself."""

    titles: Mapping[str, str] = {}
    """Document type → official name."""
    written: tuple[tuple[Path, ...], ...] = ()
    """Files handed back, one tuple for each result in the same order; empty when nothing was."""
    drawings: tuple[str, ...] = ()
    """Cases drawn, as HTML, one for each result in the same order; empty for what is no case, and when nothing was drawn."""
    fail_level: Severity = "error"
    """From which severity on a violated rule fails the run; formats that only know pass and fail need it."""

    def files(self, index: int) -> tuple[Path, ...]:
        """Files handed back for result ``index``, from 0."""
        return self.written[index] if index < len(self.written) else ()

    def drawing(self, index: int) -> str:
        """The drawing of result ``index``, from 0; empty where there is none."""
        return self.drawings[index] if index < len(self.drawings) else ""


class _Format(Protocol):
    def render(self, report: Report, aside: Aside) -> str: ...


def assemble(results: Iterable[Result], receipt: Receipt) -> Report:
    """The report of ``results`` in their order, with its totals."""
    kept = tuple(results)
    return Report(SCHEMA, receipt, summary_of(Counter(result.verdict for result in kept)), kept)


def summary_of(verdicts: Mapping[Verdict, int]) -> Summary:
    """Totals of the verdicts counted; a verdict that is not there is 0."""
    return Summary(
        submissions=sum(verdicts.values()),
        compliant=verdicts.get("compliant", 0),
        noncompliant=verdicts.get("noncompliant", 0),
        undetermined=verdicts.get("undetermined", 0),
        unreadable=verdicts.get("unreadable", 0),
    )


def render(name: str, report: Report, aside: Aside | None = None) -> str:
    """The report in format ``name``, one of :data:`MODULES`; ends with a newline unless it is empty."""
    module = cast(_Format, import_module(f"checker.report.{MODULES[name]}"))
    return module.render(report, aside or Aside())
