"""``vobo.report/1`` as JSON: the same bytes for the same answers."""

from __future__ import annotations

import msgspec

from checker.findings import Report, Result
from checker.report import Aside


def render(report: Report, aside: Aside) -> str:
    """The whole report; keys of maps sorted, fields of records in the contract's order, indented by two."""
    whole = msgspec.structs.replace(report, results=tuple(_encodable(result) for result in report.results))
    raw = msgspec.json.encode(whole, order="deterministic", enc_hook=str)
    return msgspec.json.format(raw, indent=2).decode() + "\n"


def _encodable(result: Result) -> Result:
    """File names on POSIX are bytes; what is not UTF-8 in them is shown as ``\\udcf3``."""
    return msgspec.structs.replace(result, path=result.path.encode("utf-8", "backslashreplace").decode())
