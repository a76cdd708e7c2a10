"""The one function everybody calls: paths and options → results, in order, whatever the files do."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from checker import __version__
from checker.findings import FieldReport, Finding, Location, PackRef, Receipt, Result, Verdict
from checker.judged import Checked, Job, Judged
from checker.options import BadOption, Options
from checker.recognise.model import FieldValue, Period, Person, Recognised, Row, SignatureBlock
from parsers.errors import Unreadable
from parsers.worker import Failure, run_guarded

if TYPE_CHECKING:
    from checker.evaluate import Located
    from checker.packs.load import Pack
    from checker.recognise.recognise import Candidate
    from parsers.model import Document


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
    return check_document(job, document, sha256, options, packs)


def check_document(job: Job, document: Document, sha256: str, options: Options, packs: Sequence[Pack]) -> list[Checked]:
    """Recognise, observe, decide and hand back: all that follows once the file of ``job`` has been read."""
    from checker.recognise.recognise import recognise

    if not options.expand:
        document = replace(document, attachments=())
    found = recognise(document, candidates(packs, options.as_of), options.type)
    checked = []
    for submission in found:
        path = f"{job.path}#{submission.part}" if submission.part else str(job.path)
        checked.append(_check_submission(job, path, sha256, document, submission, options, packs))
    from checker.handback.desk import hand_back

    return hand_back(job, document, checked, options)


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


def _check_submission(
    job: Job,
    path: str,
    sha256: str,
    document: Document,
    submission: Recognised,
    options: Options,
    packs: Sequence[Pack],
) -> Judged:
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
        return Judged(Checked(result), (), submission, None)
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
    return Judged(Checked(result, defect=defect), located, submission, pack)


def _with_severity(finding: Finding, options: Options) -> Finding:

    severity = options.severity(finding.rule, finding.severity, finding.obligations)
    return finding if severity == finding.severity else msgspec.structs.replace(finding, severity=severity)


def _field_report(value: FieldValue) -> FieldReport:
    location = Location.of(value.place) if value.place else None
    return FieldReport(value.state, _plain(value.value), location)


def _plain(value: object) -> object:
    """A field's value as JSON: ISO dates, numbers, names, rows as maps."""
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
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
