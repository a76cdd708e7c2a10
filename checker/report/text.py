"""Text for people: submissions one by one as they are ready, then a line of totals."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from checker.findings import Finding, Report, Result, Summary
from checker.report import Aside, words
from checker.report.paint import PLAIN, Style

_LABEL = 12
"""Columns of the label of a detail, its indent not counted."""
_NARROWEST = 40
_WIDEST = 120


def render(report: Report, aside: Aside) -> str:
    """The whole report without colour, 100 columns wide."""
    parts = [submission(result, aside.files(i), aside.titles) for i, result in enumerate(report.results)]
    counts = words.tally(finding for result in report.results for finding in result.findings)
    return "\n".join([*parts, totals(report.summary, counts)])


def submission(
    result: Result,
    files: Sequence[Path] = (),
    titles: words.Titles = words.NO_TITLES,
    style: Style = PLAIN,
    width: int = 100,
) -> str:
    """One submission; ends with a newline."""
    width = max(_NARROWEST, min(width, _WIDEST))
    lines = [_head(result, style), *_about(result, titles, style, width)]
    for finding in sorted(result.findings, key=lambda f: words.ORDER[words.weight(f)]):
        lines += ["", *_finding(finding, style, width)]
    tail = [("Lectura", note) for note in result.notes] + [("Archivo", str(file)) for file in files]
    if tail and result.findings:
        lines.append("")
    for label, text in tail:
        lines += _detail(label, words.one_line(text), 2, style, width)
    return "\n".join(lines) + "\n"


def totals(summary: Summary, counts: dict[words.Weight, int], style: Style = PLAIN) -> str:
    """The last line."""
    line = style.bold(words.totals(summary))
    found = words.counted(counts)
    return f"{line} — {found}\n" if found else f"{line}\n"


def _head(result: Result, style: Style) -> str:
    verdict = f"{style.mark(words.MARKS[result.verdict])} {words.VERDICTS[result.verdict].upper()}"
    return f"{style.paint(result.verdict, verdict)}  {style.bold(words.one_line(result.path))}"


def _about(result: Result, titles: words.Titles, style: Style, width: int) -> Iterator[str]:
    kind, confidence = words.title(result, titles), words.confidence(result)
    parts = [f"{kind} (confianza {confidence})" if kind and confidence else kind]
    parts.append(words.counted(words.tally(result.findings)))
    line = " · ".join(part for part in parts if part)
    if line:
        yield from (f"  {style.dim(part)}" for part in textwrap.wrap(words.one_line(line), width - 2))
    if result.reason:
        yield from (f"  {part}" for part in textwrap.wrap(words.one_line(result.reason), width - 2))


def _finding(finding: Finding, style: Style, width: int) -> Iterator[str]:
    heavy = words.weight(finding)
    yield f"  {style.paint(heavy, words.WEIGHTS[heavy])}  {style.dim(finding.rule)}"
    yield from (f"    {part}" for part in textwrap.wrap(words.one_line(finding.message), width - 4))
    details = (
        ("Dónde", words.place(finding.location) or words.about(finding)),
        ("Dice", words.quote(finding)),
        ("Fundamento", f"{words.numeral(finding.citation)} · {words.norm(finding.citation)}"),
        ("Qué hacer", words.one_line(finding.remedy)),
    )
    for label, text in details:
        if text:
            yield from _detail(label, text, 4, style, width)


def _detail(label: str, text: str, indent: int, style: Style, width: int) -> Iterator[str]:
    """``label`` and ``text`` in two columns."""
    room = width - indent - _LABEL
    first, *rest = textwrap.wrap(text, room, break_on_hyphens=False) or [""]
    yield f"{' ' * indent}{style.dim(label.ljust(_LABEL))}{first}"
    yield from (f"{' ' * (indent + _LABEL)}{part}" for part in rest)
