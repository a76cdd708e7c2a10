"""SARIF 2.1.0, for code scanning and for tools that gather findings of many checkers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from checker.findings import Finding, Report, Result
from checker.report import Aside, words

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_Json = dict[str, Any]


def render(report: Report, aside: Aside) -> str:
    """One run with every rule that answered, every finding, and a notification for each file without a full answer.

    What could not be determined is a result of kind ``open``, SARIF's word for just that.
    """
    rules = _rules(report)
    index = {rule["id"]: i for i, rule in enumerate(rules)}
    run: _Json = {
        "tool": {
            "driver": {
                "name": "vobo",
                "version": report.receipt.vobo,
                "language": "es",
                "rules": rules,
            }
        },
        "invocations": [
            {
                "executionSuccessful": not report.summary.unreadable,
                "toolExecutionNotifications": [_notification(r) for r in report.results if r.reason],
            }
        ],
        "artifacts": list(_artifacts(report)),
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, r, index) for r in report.results for finding in r.findings],
        "properties": {
            "asOf": report.receipt.as_of,
            "packs": [f"{p.id}@{p.edition} sha256:{p.sha256}" for p in report.receipt.packs],
            "calendar": report.receipt.calendar,
            "evaluators": list(report.receipt.evaluators),
            "interpretations": dict(sorted(report.receipt.interpretations.items())),
        },
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rules(report: Report) -> list[_Json]:
    first: dict[str, Finding] = {}
    for result in report.results:
        for finding in result.findings:
            first.setdefault(finding.rule, finding)
    return [_rule(first[rule]) for rule in sorted(first)]


def _rule(finding: Finding) -> _Json:
    cited = f"{words.norm(finding.citation)}, {words.numeral(finding.citation)}"
    return {
        "id": finding.rule,
        "shortDescription": {"text": cited},
        "help": {"text": words.printable(finding.remedy) or cited},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"tags": list(finding.obligations)},
    }


def _result(finding: Finding, result: Result, index: dict[str, int]) -> _Json:
    # SARIF 3.27.10: whatever is not a failure has no level.
    violated = finding.outcome == "violated"
    where = words.place(finding.location) or words.about(finding)
    return {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "kind": "fail" if violated else "open",
        "level": _LEVELS[finding.severity] if violated else "none",
        "message": {"text": _sentence(finding, where)},
        "locations": [_location(finding, result, where)],
        "partialFingerprints": {"vobo/v1": finding.fingerprint},
    }


def _sentence(finding: Finding, where: str) -> str:
    parts = [words.printable(finding.message), f"({where})" if where else "", words.quote(finding)]
    return " ".join(part for part in parts if part)


def _location(finding: Finding, result: Result, where: str) -> _Json:
    # Only text files have lines in SARIF's sense. Code scanning shows no result without a region, so the rest points at the
    # top of the file, and the message says the place.
    line = finding.location.line if finding.location and (result.media_type or "").startswith("text/") else None
    location: _Json = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(result.path)},
            "region": {"startLine": line or 1},
        },
        "logicalLocations": [{"fullyQualifiedName": words.one_line(finding.subject), "kind": "member"}],
    }
    if where:
        location["message"] = {"text": where}
    return location


def _notification(result: Result) -> _Json:
    return {
        "level": "error" if result.verdict == "unreadable" else "warning",
        "message": {"text": words.printable(result.reason or "")},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(result.path)}}}],
    }


def _artifacts(report: Report) -> Iterator[_Json]:
    seen = set()
    for result in report.results:
        uri = _uri(result.path)
        if uri in seen:
            continue
        seen.add(uri)
        artifact: _Json = {"location": {"uri": uri}}
        if result.media_type and "/" in result.media_type:
            artifact["mimeType"] = result.media_type
        if result.sha256:
            artifact["hashes"] = {"sha-256": result.sha256}
        yield artifact


def _uri(path: str) -> str:
    """A URI reference; file names that are not UTF-8 keep their bytes."""
    raw = path.replace("\\", "/").encode("utf-8", "surrogateescape")
    escaped = quote(raw)
    return f"file://{escaped}" if PurePosixPath(path).is_absolute() else escaped
