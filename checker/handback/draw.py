"""From an outline to a docx on disk."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from checker.handback.letterhead import on_letterhead
from checker.handback.outline import Outline
from checker.handback.plain_paper import plain

_EPOCH = (1980, 1, 1, 0, 0, 0)


def draw(outline: Outline, letterhead: Path | None, target: Path) -> Path:
    """Write the outline to ``target``, on the letterhead where one is given. The same outline gives the same bytes."""
    document = plain(outline) if letterhead is None else on_letterhead(outline, letterhead)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = outline.title, "Vo. Bo.", "Vo. Bo."
    properties.comments = properties.keywords = properties.subject = ""
    target.parent.mkdir(parents=True, exist_ok=True)
    stream = io.BytesIO()
    document.save(stream)
    target.write_bytes(_undated(stream.getvalue()))
    return target


def _undated(package: bytes) -> bytes:
    """The package with one fixed time on all its parts."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
