"""An expediente in a check: the verdict on its case, then those on the documents in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from checker.cases.expediente import expediente_of
from checker.cases.expediente_contents import hash_of
from checker.cases.expediente_files import Piece, names_in
from checker.cases.expediente_names import is_expediente
from checker.judged import Answer, Checked, Job
from parsers.model import Document

if TYPE_CHECKING:
    from checker.judge import Setting
    from checker.kinds.protocol import Related
    from checker.options import Options

_SECONDS_A_FILE = 2.0
_BYTES_A_FILE = 100_000
"""Of a zip, that count as a file when its time is measured out."""


def is_whole(path: Path, options: Options) -> bool:
    """Whether what lies at ``path`` is checked as one expediente."""
    if path.is_dir():
        return options.expediente or is_expediente(path)
    return options.expediente and path.suffix.lower() == ".zip"


def seconds_more(path: Path, options: Options) -> float:
    """Seconds that an expediente may take beyond what one file may."""
    try:
        if not is_whole(path, options):
            return 0.0
        files = len(names_in(path)) if path.is_dir() else path.stat().st_size / _BYTES_A_FILE
    except OSError:
        return 0.0  # opening it will tell why
    return _SECONDS_A_FILE * min(files, options.limits.entries)


def check_expediente(job: Job, setting: Setting) -> Answer | None:
    """Check a folder or zip as one case; None for anything else. Raises :class:`parsers.errors.Unreadable`."""
    options = setting.options
    if job.only_related or not is_whole(job.path, options):
        return None
    from checker.cases.judge import Court

    documents = _Documents(job, setting)
    found = expediente_of(job.path, setting.packs, options, documents.check)
    court = Court(setting.packs, options, found.directory)
    media_type = "inode/directory" if job.path.is_dir() else "application/zip"
    judged = court.judge(found.record, str(job.path), found.contents.sha256, media_type)
    drawing = ""
    if options.draw and judged.case is not None and judged.law is not None:
        from checker.cases.drawing import draw

        drawing = draw(judged.case, judged.law, judged.located)
    title = court.laws.title(judged.result.type)
    result = replace(judged.result, confidence=found.sure if judged.result.type else None)
    case = Checked(result, title, drawing=drawing, case=found.record.case)
    return Answer((case, *documents.checked), tuple(documents.shared))


class _Documents:
    """Checks the documents of an expediente, each once, however many messages carry it."""

    def __init__(self, job: Job, setting: Setting) -> None:
        self.checked: list[Checked] = []
        self.shared: list[Related] = []
        self._job = job
        # there is no file on disk to annotate a copy of within a zip
        options = setting.options if job.path.is_dir() else replace(setting.options, annotate=None)
        self._setting = replace(setting, options=options)
        self._seen: set[str] = set()

    def check(self, piece: Piece, document: Document, sha256: str) -> None:
        """Check what one file holds; a message or a paper of no known type is told with the case."""
        from checker.judge import check_document

        if not _carries(document) and sha256 in self._seen:
            return
        self._seen.add(sha256)
        document = self._unseen(document)
        name = re.sub(r"[^\w.-]+", "-", piece.name)
        answer = check_document(
            Job(self._job.path / piece.name, f"{self._job.name}-{name}"), document, sha256, self._setting
        )
        self.checked += [c for c in answer.checked if c.result.type is not None or c.result.verdict == "unreadable"]
        self.shared += answer.shared

    def _unseen(self, document: Document) -> Document:
        """The document with those of its attachments that no other has carried before."""
        kept = []
        for attachment in document.attachments:
            inner = attachment.document
            if inner is None:
                kept.append(attachment)
                continue
            key = hash_of(inner)
            if _carries(inner) or key not in self._seen:
                kept.append(replace(attachment, document=self._unseen(inner)))
            self._seen.add(key)
        return replace(document, attachments=tuple(kept))


def _carries(document: Document) -> bool:
    return bool(document.attachments) or document.mail is not None
