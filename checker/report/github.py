"""Workflow commands, which GitHub Actions shows as annotations."""

from __future__ import annotations

from checker.findings import Finding, Report, Result
from checker.report import Aside, words

_COMMANDS: dict[words.Weight, str] = {
    "error": "error",
    "warning": "warning",
    "info": "notice",
    "undetermined": "warning",
}


def render(report: Report, aside: Aside) -> str:
    """A command for each finding and for each submission that has no full answer."""
    lines = []
    for result in report.results:
        lines += [_finding(finding, result) for finding in result.findings]
        if result.reason:
            command = "error" if result.verdict == "unreadable" else "warning"
            lines.append(_command(command, result, words.VERDICTS[result.verdict], result.reason))
    return "".join(f"{line}\n" for line in lines)


def _finding(finding: Finding, result: Result) -> str:
    heavy = words.weight(finding)
    where = words.place(finding.location) or words.about(finding)
    body = [
        f"{words.printable(finding.message)} ({where})" if where else words.printable(finding.message),
        words.quote(finding),
        f"{words.numeral(finding.citation)}, {words.norm(finding.citation)}",
        words.printable(finding.remedy),
    ]
    title = f"{words.WEIGHTS[heavy]} {finding.rule}"
    line = finding.location.line if finding.location and (result.media_type or "").startswith("text/") else None
    return _command(_COMMANDS[heavy], result, title, "\n".join(part for part in body if part), line)


def _command(name: str, result: Result, title: str, message: str, line: int | None = None) -> str:
    place = f",line={line}" if line else ""
    return f"::{name} file={_property(result.path)}{place},title={_property(title)}::{_data(message)}"


def _data(text: str) -> str:
    """Escaped as the runner's own toolkit does, so that no text of a submission can begin a command of its own."""
    return words.printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
