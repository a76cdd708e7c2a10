"""The blank document of a type: every field a placeholder."""

from __future__ import annotations

from pathlib import Path

from checker.handback.compose import compose
from checker.handback.draw import draw
from checker.handback.letterhead import find
from checker.packs.model import DocumentType
from checker.packs.pack import Pack

_SPARE_ROWS = 4


def blank(document_type: DocumentType, pack: Pack, target: Path, letterhead: Path | None) -> Path:
    """Write the blank document to ``target``, a workbook where offices keep the type in one or its name says so.

    ``letterhead`` is a folder of templates; raises TemplateError as :func:`correct` does.
    """
    outline = compose(document_type, pack, {}, spare_rows=_SPARE_ROWS)
    if target.suffix.lower() == ".xlsx" or (document_type.workbook and target.suffix.lower() != ".docx"):
        from checker.handback.workbook import write_workbook

        return write_workbook(outline, document_type, pack, target)
    return draw(outline, find(letterhead, document_type.id), target)
