"""The corrected document: what the norm asks for, in its order, with what the submission had and every gap visible."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from checker.findings import Finding
from checker.handback.compose import compose
from checker.handback.draw import draw
from checker.handback.letterhead import find
from checker.packs.pack import Pack
from checker.recognise.model import Recognised


def correct(
    submission: Recognised,
    findings: Sequence[Finding],
    pack: Pack,
    target_dir: Path,
    name: str,
    letterhead: Path | None,
) -> Path:
    """Write ``<name>.corregido.docx`` (xlsx for the types that offices keep in one) into ``target_dir`` and give its path.

    ``letterhead`` is a folder with the office's own templates. Raises ValueError for a submission without a type, TemplateError
    for a letterhead that cannot be used.
    """
    if submission.type is None:
        raise ValueError("a submission without a type cannot be corrected")
    outline = compose(submission.type, pack, submission.fields, findings, submission.document.blocks)
    if submission.type.workbook:
        from checker.handback.workbook import write_workbook

        return write_workbook(outline, submission.type, pack, target_dir / f"{name}.corregido.xlsx")
    template = find(letterhead, submission.type.id)
    return draw(outline, template, target_dir / f"{name}.corregido.docx")
