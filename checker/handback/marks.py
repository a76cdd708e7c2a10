"""What an annotated copy shows."""

from __future__ import annotations

from dataclasses import dataclass

from checker.findings import Outcome, Severity
from parsers.model import Place

AUTHOR = "Vo. Bo."


@dataclass(frozen=True, slots=True)
class Mark:
    """One finding where it belongs; ``place`` None = about the document as a whole (goes to its first visible text)."""

    place: Place | None
    text: str
    """Finding, numeral and remedy, ready to read; lines separated by newlines."""
    severity: Severity
    outcome: Outcome
