"""What an annotated copy shows."""

from __future__ import annotations

import msgspec

from checker.findings import Outcome, Severity
from parsers.model import Place

AUTHOR = "Vo. Bo."


class Mark(msgspec.Struct, frozen=True):
    """One finding where it belongs; ``place`` None = about the document as a whole (goes to its first visible text)."""

    place: Place | None
    text: str
    """Finding, numeral and remedy, ready to read; lines separated by newlines."""
    severity: Severity
    outcome: Outcome
