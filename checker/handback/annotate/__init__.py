"""The marked-up copy of a submission: comments where its format holds them, else a page of observations beside it."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from checker.handback.marks import Mark
from parsers.errors import Unreadable
from parsers.model import Document

__all__ = ["annotate"]

_WORD = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"PK",
    (".docx", ".docm", ".dotx", ".dotm"),
)
_EXCEL = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"PK",
    (".xlsx", ".xlsm", ".xltx", ".xltm"),
)
_MACRO_EXCEL = ("application/vnd.ms-excel.sheet.macroenabled.12", b"PK", _EXCEL[2])
_PDF = ("application/pdf", b"%PDF", (".pdf",))


def annotate(
    source: Path, document: Document, marks: Sequence[Mark], target_dir: Path, name: str | None = None
) -> Path:
    """Write the annotated copy of ``source`` into ``target_dir`` and return its path: ``<name>.observaciones<suffix>``.

    ``name`` is the source's stem unless given: a batch may hold files of the same name from different folders.

    A signed file is never touched, nor one whose format holds no comments, that was converted to be read, or that is too damaged to
    be written back: its observations go to ``<name><suffix>.observaciones.md``. The source is never overwritten. OSError where the
    folder cannot be written.
    """
    target_dir.mkdir(parents=True, exist_ok=True)
    stem = name or source.stem
    if not any(signature.signed for signature in document.signatures):
        for media_type, magic, suffixes in (_WORD, _EXCEL, _MACRO_EXCEL, _PDF):
            if document.media_type.lower() == media_type and _begins(source, magic):
                suffix = source.suffix if source.suffix.lower() in suffixes else suffixes[0]
                # A file can be sound enough to be read and too damaged to be written back.
                with contextlib.suppress(Unreadable):
                    return _mark_up(media_type, source, marks, target_dir / f"{stem}.observaciones{suffix}")
    from checker.handback.annotate.sidecar import write_sidecar

    return write_sidecar(source, marks, target_dir / f"{stem}{source.suffix}.observaciones.md")


def _mark_up(media_type: str, source: Path, marks: Sequence[Mark], target: Path) -> Path:
    if media_type == _WORD[0]:
        from checker.handback.annotate.docx import annotate_docx

        return annotate_docx(source, marks, target)
    if media_type == _PDF[0]:
        from checker.handback.annotate.pdf import annotate_pdf

        return annotate_pdf(source, marks, target)
    from checker.handback.annotate.xlsx import annotate_xlsx

    return annotate_xlsx(source, marks, target)


def _begins(source: Path, magic: bytes) -> bool:
    # What was converted in order to be read (a legacy .doc) has the media type of its conversion.
    with source.open("rb") as stream:
        return magic in stream.read(1024)
