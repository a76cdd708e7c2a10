"""What a caller asks of a check: which rules, under which readings and limits, and which files to hand back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import msgspec

from checker.calendar.days import Closed
from checker.findings import Severity
from parsers.limits import Limits


class BadOption(ValueError):
    """An option names what does not exist: a type, a pack, a rule, a reading. One line in English; exit code 2."""


class Reviewer(msgspec.Struct, frozen=True):
    """Who signs the replies. Empty strings become placeholders in the draft."""

    name: str = ""
    charge: str = ""
    """Office held, as it stands under the signature: ``Titular de la División``."""
    email: str = ""


class Options(msgspec.Struct, frozen=True):
    """One check; every default is what ``vobo check FILE`` means."""

    type: str | None = None
    """Id of the document type; None recognises it."""
    relate: tuple[tuple[str, Path], ...] = ()
    """(document type, or the words its id begins with; file) that others are compared with, in place of what their contents tell."""
    packs: tuple[str, ...] = ()
    """Ids of the packs to apply; empty applies all that are known."""
    rules: tuple[Path, ...] = ()
    """Folders with more packs, untrusted."""
    as_of: dt.date | None = None
    """Day whose editions govern; None takes each submission's own date."""
    select: tuple[str, ...] = ()
    """Patterns of :func:`matches`; empty selects every rule."""
    ignore: tuple[str, ...] = ()
    """Patterns of :func:`matches`; wins over ``select``."""
    severities: Mapping[str, Severity] = {}
    """Pattern → severity; the longest pattern that matches a rule wins."""
    readings: Mapping[str, str] = {}
    """Interpretation id → id of the reading to take instead of the pack's."""
    closed: tuple[Closed, ...] = ()
    """Days that the office does not work, beside those of the calendar that its pack names."""
    opened: tuple[dt.date, ...] = ()
    """Days that it works although that calendar closes them."""
    signed: bool = False
    """Submissions are signed finals: a signature that cannot be seen is a fault, not a doubt."""
    limits: Limits = msgspec.field(default_factory=Limits)
    """What one file may cost."""
    procedure: str | None = None
    """``pack#procedure`` or id of the procedure that case records are of; None takes what they say, or recognises it."""
    partial: bool = False
    """Case records are extracts: what lies before their first and after their last event is no matter."""
    directory: Path | None = None
    """``directorio.yaml``: who held which office when; None takes one that lies beside a record."""
    draw: bool = False
    """Cases are drawn for the report: the path taken through the flow, and the line of time."""
    expediente: bool = False
    """Each folder is one case, whose events are derived from the e-mails and documents in it."""
    workers: int = 1
    """Processes that read and check at the same time; the answer does not depend on it."""
    annotate: Path | None = None
    """Folder for annotated copies."""
    correct: Path | None = None
    """Folder for corrected documents."""
    reply: Path | None = None
    """Folder for draft e-mails."""
    letterhead: Path | None = None
    """Folder with the office's own docx templates."""
    reviewer: Reviewer = msgspec.field(default_factory=Reviewer)
    """Who answers in the draft e-mails."""
    expand: bool = True
    """Check the attachments of a message, and the files within a pdf, as submissions of their own."""
    show_personal_data: bool = False
    """Notes and replies repeat CURP, NSS, e-mail addresses and telephones in full. Reports are masked by who renders them."""

    def selects(self, rule: str, obligations: tuple[str, ...] = ()) -> bool:
        """Whether the rule runs, after ``select`` and ``ignore``."""
        if self.select and not any(matches(p, rule, obligations) for p in self.select):
            return False
        return not any(matches(p, rule, obligations) for p in self.ignore)

    def severity(self, rule: str, default: Severity, obligations: tuple[str, ...] = ()) -> Severity:
        """Severity of the rule after the user's choices; the most specific pattern wins, the last one among equals."""
        best, chosen = -1, default
        for pattern, severity in self.severities.items():
            if len(pattern) >= best and matches(pattern, rule, obligations):
                best, chosen = len(pattern), severity
        return chosen


def matches(pattern: str, rule: str, obligations: tuple[str, ...] = ()) -> bool:
    """Whether ``pattern`` names ``rule``. Case does not matter.

    A pattern is the id of the rule or of one of its obligations (``PV-040``), a prefix of these (``PV``, ``PV-0``), or
    a glob (``*.firmas``). A prefix ends within the obligation: ``PV-040.fecha`` does not name ``PV-040.fechas``.
    """
    pattern, ids = pattern.upper(), [rule.upper(), *(o.upper() for o in obligations)]
    if any(mark in pattern for mark in "*?["):
        from fnmatch import fnmatchcase

        return any(fnmatchcase(i, pattern) for i in ids)
    if "." in pattern:
        return pattern == ids[0]
    return any(i.startswith(pattern) for i in ids)
