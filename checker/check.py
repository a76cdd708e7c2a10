"""The one function everybody calls: paths and options → results, in order, whatever the files do."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from checker import __version__
from checker.findings import FieldReport, Finding, Location, PackRef, Receipt, Result, Verdict
from checker.options import BadOption, Options
from checker.recognise.model import FieldValue, Period, Person, Recognised, Row, SignatureBlock
from parsers.errors import Unreadable
from parsers.worker import Failure, run_guarded

if TYPE_CHECKING:
    from checker.evaluate import Located
    from checker.packs.load import Pack
    from checker.recognise.recognise import Candidate
    from parsers.model import Document


class Checked(msgspec.Struct, frozen=True):
    """One submission's result, and the files handed back for it."""

    result: Result
    written: tuple[Path, ...] = ()
    defect: str = ""
    """Traceback of a fault of vobo's own; empty otherwise."""
    trouble: tuple[str, ...] = ()
    """Why a file could not be handed back, in English, where the user can mend it: a letterhead, a folder."""


class Job(msgspec.Struct, frozen=True):
    """A file to check, and the name (without suffix) that what is handed back for it bears."""

    path: Path
    name: str


def check(paths: Iterable[Path], options: Options) -> Iterator[Checked]:
    """Check every file and yield its submissions in the order of ``paths``; lazily, so a batch of any length fits in memory.

    Each file is read, recognised and judged in a forked worker under ``options.limits``; one that hangs, crashes or eats
    memory is reported as unreadable and never stops the others.
    Raises :class:`checker.options.BadOption` before anything is read when an option names what does not exist.
    """
    packs = load(options)
    for directory in (options.annotate, options.correct, options.reply):
        if directory:
            directory.mkdir(parents=True, exist_ok=True)

    def work(job: Job) -> list[Checked]:
        return check_file(job, options, packs)

    answers = run_guarded(
        work, _jobs(paths), workers=options.workers, seconds=options.limits.seconds, memory=options.limits.memory
    )
    for job, answer in answers:
        if isinstance(answer, Failure):
            yield _failed(job.path, answer)
        else:
            yield from answer


def receipt(options: Options) -> Receipt:
    """What makes the verdicts of a check with these options reproducible."""
    from checker.engine.decide import evaluator_names

    packs = load(options)
    return Receipt(
        vobo=__version__,
        as_of=options.as_of.isoformat() if options.as_of else None,
        packs=tuple(PackRef(p.info.id, p.info.edition, p.sha256) for p in packs),
        calendar=", ".join(sorted({p.info.calendar for p in packs})),
        evaluators=evaluator_names(),
        interpretations=dict(options.readings),
    )


def load(options: Options) -> tuple[Pack, ...]:
    """The packs that the options name, their words checked; raises :class:`BadOption`."""
    packs = _known(options.rules)
    known = {p.info.id for p in packs}
    for wanted in options.packs:
        if wanted not in known:
            raise BadOption(f"no pack {wanted!r}; there are: {', '.join(sorted(known))}")
    packs = tuple(p for p in packs if not options.packs or p.info.id in options.packs)
    if options.type and not any(options.type in p.types for p in packs):
        types = sorted({t for p in packs for t in p.types})
        raise BadOption(f"no document type {options.type!r}; there are: {', '.join(types)}")
    interpretations = {i.id: i for p in packs for i in p.interpretations.values()}
    for name, reading in options.readings.items():
        if name not in interpretations:
            raise BadOption(f"no interpretation {name!r}; there are: {', '.join(sorted(interpretations))}")
        readings = [r.id for r in interpretations[name].readings]
        if reading not in readings:
            raise BadOption(f"interpretation {name} has no reading {reading!r}; there are: {', '.join(readings)}")
    return packs


@lru_cache(maxsize=4)
def _known(folders: tuple[Path, ...]) -> tuple[Pack, ...]:
    """The built-in packs and those of ``folders``; read once a run, as a run must not see two states of them."""
    from checker.packs.load import load_packs
    from checker.resources import rules_root

    return load_packs((rules_root(), *folders))


def _jobs(paths: Iterable[Path]) -> Iterator[Job]:
    """What is handed back for files of the same name, in other formats or folders, gets names of its own."""
    taken: set[str] = set()
    for path in paths:
        names = [path.stem, f"{path.stem}-{path.suffix.lstrip('.')}"]
        name = next((n for n in names if n not in taken), "")
        count = 2
        while not name or name in taken:
            name, count = f"{names[-1]}-{count}", count + 1
        taken.add(name)
        yield Job(path, name)


def _failed(path: Path, failure: Failure) -> Checked:
    if failure.code == "defect":
        reason = "un defecto de vobo impidió revisarlo; no se da por cumplido"
        return Checked(_unreadable(path, "undetermined", reason), defect=failure.reason)
    return Checked(_unreadable(path, "unreadable", failure.reason))


def _unreadable(
    path: Path, verdict: Verdict, reason: str, sha256: str | None = None, media_type: str | None = None
) -> Result:
    return Result(str(path), sha256, media_type, "document", None, None, verdict, reason=reason)


def check_file(job: Job, options: Options, packs: Sequence[Pack]) -> list[Checked]:
    """Check one file in this process; see :func:`check` for the guarded way."""
    from checker.recognise.recognise import recognise
    from parsers.dispatch import load_file, read_bytes

    try:
        data = load_file(job.path, options.limits)
    except Unreadable as error:
        return [Checked(_unreadable(job.path, "unreadable", error.reason))]
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        document = read_bytes(data, job.path.name, options.limits)
    except Unreadable as error:
        return [Checked(_unreadable(job.path, "unreadable", error.reason, sha256))]
    if not options.expand:
        document = replace(document, attachments=())
    found = recognise(document, candidates(packs, options.as_of), options.type)
    checked = []
    for submission in found:
        path = f"{job.path}#{submission.part}" if submission.part else str(job.path)
        checked.append(_check_submission(job, path, sha256, document, submission, options, packs))
    return _annotated(job, document, checked, options)


def candidates(packs: Sequence[Pack], as_of: dt.date | None) -> list[Candidate]:
    """Document types of the editions in force, one edition a pack."""
    from checker.packs.load import pack_in_force
    from checker.recognise.recognise import Candidate

    found: list[Candidate] = []
    for pack_id in dict.fromkeys(p.info.id for p in packs):
        pack = pack_in_force(packs, pack_id, as_of)
        found.extend(Candidate(pack_id, t) for t in pack.types.values())
    return found


def _own_date(submission: Recognised) -> dt.date | None:
    return next((v.value for v in submission.fields.values() if isinstance(v.value, dt.date)), None)


class _Judged(msgspec.Struct, frozen=True):
    """A submission on its way to being handed back."""

    checked: Checked
    located: tuple[Located, ...]
    submission: Recognised
    pack: Pack | None


def _check_submission(
    job: Job,
    path: str,
    sha256: str,
    document: Document,
    submission: Recognised,
    options: Options,
    packs: Sequence[Pack],
) -> _Judged:
    from checker.engine.decide import EngineDisagreement
    from checker.evaluate import evaluate, verdict
    from checker.packs.load import pack_in_force

    notes = submission.document.notes
    if submission.type is None or submission.pack is None:
        state: Verdict = "unreadable" if submission.confidence < 0 else "undetermined"
        result = Result(
            path,
            sha256,
            submission.document.media_type,
            "document",
            None,
            max(0.0, submission.confidence),
            state,
            reason=submission.reason,
            notes=notes,
        )
        return _Judged(Checked(result), (), submission, None)
    pack = pack_in_force(packs, submission.pack, options.as_of or _own_date(submission))
    defect = ""
    reason = None
    located: tuple[Located, ...] = ()
    try:
        located = evaluate(pack, submission, readings=options.readings, signed=options.signed)
    except EngineDisagreement as error:
        defect = str(error)
        reason = "los dos evaluadores de reglas no coincidieron; no se da por cumplido"
    located = tuple(
        replace(item, finding=_with_severity(item.finding, options))
        for item in located
        if options.selects(item.finding.rule, item.finding.obligations)
    )
    findings = tuple(item.finding for item in located)
    answer: Verdict = "undetermined" if defect else verdict(findings, submission)
    if answer == "undetermined" and reason is None and not any(f.severity == "error" for f in findings):
        reason = "; ".join(dict.fromkeys(g.reason for g in submission.document.gaps)) or None
    result = Result(
        path,
        sha256,
        submission.document.media_type,
        "document",
        submission.type.id,
        submission.confidence,
        answer,
        fields={n: _field_report(v) for n, v in submission.fields.items()},
        findings=findings,
        reason=reason,
        notes=notes,
    )
    return _Judged(Checked(result, defect=defect), located, submission, pack)


def _with_severity(finding: Finding, options: Options) -> Finding:
    import msgspec

    severity = options.severity(finding.rule, finding.severity, finding.obligations)
    return finding if severity == finding.severity else msgspec.structs.replace(finding, severity=severity)


def _field_report(value: FieldValue) -> FieldReport:
    location = Location.of(value.place) if value.place else None
    return FieldReport(value.state, _plain(value.value), location)


def _plain(value: object) -> object:
    """A field's value as JSON: ISO dates, names, rows as maps."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Period):
        return (
            value.start.isoformat()
            if value.start == value.end
            else f"{value.start.isoformat()}/{value.end.isoformat()}"
        )
    if isinstance(value, Person | SignatureBlock):
        return f"{value.name} ({value.charge})" if value.charge and value.charge != value.name else value.name
    if isinstance(value, Row):
        return {n: _plain(c.value) if c.value is not None else (c.text or None) for n, c in value.cells.items()}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value


# Handing back -----------------------------------------------------------------------------------------------------------


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


def _annotated(job: Job, document: Document, judged: list[_Judged], options: Options) -> list[Checked]:
    """Write what the options ask for; a file gets one annotated copy with the findings of all its submissions."""
    copy: Path | None = None
    desk = _Desk()
    if (folder := options.annotate) and any(j.located for j in judged):
        from checker.handback.annotate import annotate
        from checker.handback.marks import Mark

        marks = [
            Mark(item.place, mark_text(item.finding), item.finding.severity, item.finding.outcome)
            for j in judged
            for item in j.located
        ]
        copy = desk.hand(lambda: annotate(job.path, document, marks, folder, job.name))
    answers = []
    for item in judged:
        _hand_back(desk, job, item, copy, options)
        answers.append(desk.sign(item.checked))
        desk = _Desk()
    return answers


def _hand_back(desk: _Desk, job: Job, item: _Judged, copy: Path | None, options: Options) -> None:
    """The corrected document and the reply for one submission."""
    pack, result = item.pack, item.checked.result
    name = job.name if item.submission.part is None else f"{job.name}.{_slug(item.submission.part)}"
    if pack and (corrected := options.correct) and result.findings:
        from checker.handback.correct import correct

        desk.hand(lambda: correct(item.submission, result.findings, pack, corrected, name, options.letterhead))
    if pack and (replies := options.reply):
        from checker.handback.reply import reply

        desk.hand(lambda: reply(result, item.submission, pack, copy, replies, name, options.reviewer))


def mark_text(finding: Finding) -> str:
    """A finding as a note in the margin: what, which numeral, what to do."""
    doubt = "Por verificar. " if finding.outcome == "undetermined" else ""
    cited = f"{finding.citation.norm}, numeral {finding.citation.numeral} ({finding.rule})"
    return f"{doubt}{finding.message}\n{cited}\n{finding.remedy}".strip()


def _slug(part: str) -> str:
    return re.sub(r"[^\w.-]+", "-", part).strip("-.") or "parte"
