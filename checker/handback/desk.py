"""What the options ask to be handed back for one file; nothing that goes wrong here costs the verdict."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec.structs import replace

from checker.findings import Finding
from checker.handback.marks import Mark
from checker.judged import Checked, Job, Judged
from checker.options import Options
from checker.report.masking import mask, masked_finding
from parsers.model import Document


class _Desk:
    """Writes what is handed back. What cannot be written costs neither the verdict nor the other files."""

    def __init__(self) -> None:
        self.written: list[Path] = []
        self.trouble: list[str] = []
        self.defect = ""

    def hand(self, write: Callable[[], Path]) -> Path | None:
        """Run ``write`` and keep the path it returns, or why there is none."""
        try:
            path = write()
        except OSError as error:
            self.trouble.append(f"{error.filename or 'file to hand back'}: {error.strerror or error}")
        except Exception as error:
            if type(error).__name__ == "TemplateError":  # of handback.letterhead, not imported where it was not raised
                self.trouble.append(str(error))
            else:
                import traceback

                self.defect = traceback.format_exc()
        else:
            self.written.append(path)
            return path
        return None

    def sign(self, checked: Checked) -> Checked:
        """The result with what was written for it."""
        return replace(
            checked, written=tuple(self.written), defect=checked.defect or self.defect, trouble=tuple(self.trouble)
        )


def hand_back(job: Job, document: Document, judged: list[Judged], options: Options) -> list[Checked]:
    """Write what the options ask for; a file gets one annotated copy with the findings of all its submissions."""
    copy: Path | None = None
    desk = _Desk()
    shown = judged
    if (options.annotate or options.correct or options.reply) and not options.show_personal_data:
        shown = [_masked(item) for item in judged]
    if (folder := options.annotate) and any(i.place or i.finding.severity != "info" for j in judged for i in j.located):
        from checker.handback.annotate import annotate

        marks = [
            Mark(item.place, _mark_text(item.finding), item.finding.severity, item.finding.outcome)
            for j in shown
            for item in j.located
        ]
        if any(j.cut for j in judged):
            copy = desk.hand(lambda: _beside(job, marks, folder))
        else:
            copy = desk.hand(lambda: annotate(job.path, document, marks, folder, job.name))
    answers = []
    for item, told in zip(judged, shown, strict=True):
        _one(desk, job, told, copy, options)
        answers.append(desk.sign(_with_notes(item, options) if item.cut else item.checked))
        desk = _Desk()
    return answers


def _one(desk: _Desk, job: Job, item: Judged, copy: Path | None, options: Options) -> None:
    """The corrected document and the reply for one submission."""
    pack, result = item.pack, item.checked.result
    name = job.name if item.submission.part is None else f"{job.name}.{_slug(item.submission.part)}"
    # an info asks for no change; and a norm is not a form to fill in anew: its observations go on the copy
    to_mend = tuple(f for f in result.findings if f.severity != "info" and result.kind == "document")
    if pack and (corrected := options.correct) and to_mend and not item.cut:
        from checker.handback.correct import correct

        desk.hand(lambda: correct(item.submission, to_mend, pack, corrected, name, options.letterhead))
    if pack and (replies := options.reply):
        from checker.handback.reply import reply

        desk.hand(lambda: reply(result, item.submission, pack, copy, replies, name, options.reviewer))


def _beside(job: Job, marks: Sequence[Mark], folder: Path) -> Path:
    """The observations in a file of their own."""
    from checker.handback.annotate.sidecar import write_sidecar

    folder.mkdir(parents=True, exist_ok=True)
    return write_sidecar(job.path, marks, folder / f"{job.name}{job.path.suffix}.observaciones.md")


def _with_notes(item: Judged, options: Options) -> Checked:
    """The answer about a list too long to be held whole, with what was not written for it."""
    result = item.checked.result
    notes = list(result.notes)
    if options.annotate and item.located:
        notes.append(
            "Las observaciones están en un archivo aparte: la lista es demasiado larga para anotarla celda por celda."
        )
    if options.correct and result.findings:
        notes.append("No se escribió la lista corregida por su longitud; corrija en la suya los renglones señalados.")
    return replace(item.checked, result=replace(result, notes=tuple(notes)))


def _masked(judged: Judged) -> Judged:
    """What notes and replies may say: the findings without personal data. What the document holds stays as it is."""
    result = judged.checked.result
    reason = None if result.reason is None else mask(result.reason)
    result = replace(result, findings=tuple(masked_finding(f) for f in result.findings), reason=reason)
    located = tuple(replace(item, finding=masked_finding(item.finding)) for item in judged.located)
    return replace(judged, checked=replace(judged.checked, result=result), located=located)


def _mark_text(finding: Finding) -> str:
    """A finding as a note in the margin: what, which numeral, what to do."""
    doubt = "Por verificar. " if finding.outcome == "undetermined" else ""
    cited = f"{finding.citation.norm}, numeral {finding.citation.numeral} ({finding.rule})"
    return f"{doubt}{finding.message}\n{cited}\n{finding.remedy}".strip()


def _slug(part: str) -> str:
    return re.sub(r"[^\w.-]+", "-", part).strip("-.") or "parte"
