"""One file: read, recognised, judged and handed back, in this process."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from checker.findings import FieldReport, Finding, Location, Result, Verdict
from checker.judged import Answer, Checked, Job, Judged
from checker.options import Options
from checker.recognise.model import FieldValue, Period, Person, Recognised, Row, SignatureBlock
from parsers.errors import Unreadable

if TYPE_CHECKING:
    from checker.evaluate import Located, Scope
    from checker.kinds.protocol import Related
    from checker.packs.pack import Pack
    from checker.recognise.candidates import Candidate
    from parsers.model import Document


Asked = tuple["tuple[Located, ...]", Recognised, Mapping[str, FieldReport]]
"""Findings, the submission with what was seen meanwhile, and reports of the fields that are not at hand."""


def unreadable(
    path: Path, verdict: Verdict, reason: str, sha256: str | None = None, media_type: str | None = None
) -> Result:
    """The result of a file that gave no submission."""
    return Result(str(path), sha256, media_type, "document", None, None, verdict, reason=reason)


class Setting(msgspec.Struct, frozen=True):
    """What is the same for every file of a check."""

    options: Options
    packs: tuple[Pack, ...]
    sharing: frozenset[str] = frozenset()
    """``pack#type`` of the types that rules across documents read."""
    related: Mapping[str, tuple[Related, ...]] = {}
    """Other submissions of the check, by ``pack#type``."""


def check_file(job: Job, setting: Setting) -> Answer:
    """Check one file in this process; see :func:`checker.check.check` for the guarded way."""
    from parsers.dispatch import load_file, read_bytes

    limits = setting.options.limits
    try:
        answer = _check_expediente(job, setting) or _check_cases(job, setting) or _check_list(job, setting)
        if answer is not None:
            return answer
        data = load_file(job.path, limits)
    except Unreadable as error:
        return Answer((Checked(unreadable(job.path, "unreadable", error.reason)),))
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        document = read_bytes(data, job.path.name, limits)
    except Unreadable as error:
        return Answer((Checked(unreadable(job.path, "unreadable", error.reason, sha256)),))
    return check_document(job, document, sha256, setting)


RECORDS = frozenset(
    (".yaml", ".yml", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".txt", ".xlsx", ".xes", ".gz", ".ods")
)
"""Suffixes of files that may be case records."""


def _check_expediente(job: Job, setting: Setting) -> Answer | None:
    """Check a folder or zip as one case; None where it is none."""
    if not (setting.options.expediente or job.path.is_dir()):
        return None
    from checker.cases.expediente_check import check_expediente

    return check_expediente(job, setting)


def _check_cases(job: Job, setting: Setting) -> Answer | None:
    """Check a file of case records; None where it is none."""
    if job.only_related or job.path.suffix.lower() not in RECORDS:
        return None
    from checker.cases.check import check_cases

    return check_cases(job, setting)


def _check_list(job: Job, setting: Setting) -> Answer | None:
    """Check a list too long to be held whole; None where the file is none, or its rules need all of it at once."""
    from checker.lists.check import WholeListNeededError, judge_list, open_list

    options = setting.options
    wanted = job.type or options.type
    known = candidates(setting.packs, options.as_of, wanted)
    found = open_list(job, known, wanted and wanted.rpartition("#")[2], options)
    if found is None:
        return None
    if found.submission.type is None:
        return check_document(job, found.file.head, found.file.sha256, setting)
    from checker.handback.desk import hand_back
    from checker.relations import shared

    path, head = str(job.path), found.comparable
    own = [s for s in (shared(head, path),) if s is not None and s.type in setting.sharing]
    if job.only_related:
        return Answer((), tuple(own))
    related = _with_own(setting.related, own)

    def ask(pack: Pack, submission: Recognised, scope: Scope) -> Asked:
        return judge_list(found, pack, scope, options)

    try:
        judged = _check_submission(path, found.file.sha256, found.submission, setting, related, ask)
    except WholeListNeededError:
        return None
    return Answer(tuple(hand_back(job, found.file.head, [replace(judged, cut=True)], options)), tuple(own))


def check_document(job: Job, document: Document, sha256: str, setting: Setting) -> Answer:
    """Recognise, observe, decide and hand back: all that follows once the file of ``job`` has been read."""
    from checker.handback.desk import hand_back
    from checker.recognise.recognise import recognise
    from checker.relations import shared

    options = setting.options
    if not options.expand:
        document = replace(document, attachments=())
    wanted = job.type or options.type
    found = recognise(document, candidates(setting.packs, options.as_of, wanted), wanted and wanted.rpartition("#")[2])
    paths = [f"{job.path}#{s.part}" if s.part else str(job.path) for s in found]
    own = [s for s in map(shared, found, paths) if s is not None and s.type in setting.sharing]
    if job.only_related:
        return Answer((), tuple(own))
    related = _with_own(setting.related, own)
    judged = [
        _check_submission(path, sha256, submission, setting, related)
        for path, submission in zip(paths, found, strict=True)
    ]
    return Answer(tuple(hand_back(job, document, judged, options)), tuple(own))


def _with_own(related: Mapping[str, tuple[Related, ...]], own: Sequence[Related]) -> Mapping[str, tuple[Related, ...]]:
    """The others of the check and those of the same file, each once."""
    if not own:
        return related
    merged = dict(related)
    for item in own:
        known = merged.get(item.type, ())
        if all(item.path != other.path for other in known):
            merged[item.type] = (*known, item)
    return merged


_SPEAKERS: dict[str, tuple[str, ...]] = {}
"""Of each pack by its hash, found once a process."""


def candidates(packs: Sequence[Pack], as_of: dt.date | None, wanted: str | None = None) -> list[Candidate]:
    """Document types of the editions in force, one edition a pack; of ``pack#type`` only that one."""
    from checker.packs.load import pack_in_force
    from checker.recognise.candidates import Candidate, speakers_of

    owner, _, named = (wanted or "").rpartition("#")
    found: list[Candidate] = []
    for pack_id in dict.fromkeys(p.info.id for p in packs):
        pack = pack_in_force(packs, pack_id, as_of)
        if pack.sha256 not in _SPEAKERS:
            _SPEAKERS[pack.sha256] = speakers_of(pack)
        types = [t for t in pack.types.values() if not owner or (owner, named) == (pack_id, t.id)]
        found.extend(Candidate(pack_id, t, _SPEAKERS[pack.sha256]) for t in types)
    return found


def _own_date(submission: Recognised) -> dt.date | None:
    return next((v.value for v in submission.fields.values() if isinstance(v.value, dt.date)), None)


def _check_submission(
    path: str,
    sha256: str,
    submission: Recognised,
    setting: Setting,
    related: Mapping[str, tuple[Related, ...]],
    ask: Callable[[Pack, Recognised, Scope], Asked] | None = None,
) -> Judged:
    """The verdict on one submission; ``ask`` asks it the rules where that is not done of all its fields at once."""
    from checker.engine.decide import EngineDisagreement
    from checker.evaluate import Scope, concerned, evaluate, verdict
    from checker.packs.load import pack_in_force

    options, packs = setting.options, setting.packs
    media_type = submission.document.media_type
    if submission.type is None or submission.pack is None:
        notes = submission.document.notes
        state: Verdict = "unreadable" if submission.confidence < 0 else "undetermined"
        told = max(0.0, submission.confidence)
        reason = submission.reason
        result = Result(path, sha256, media_type, "document", None, told, state, reason=reason, notes=notes)
        return Judged(Checked(result), (), submission, None)
    day = options.as_of or _own_date(submission)
    pack = pack_in_force(packs, submission.pack, day)
    others = tuple(pack_in_force(packs, i, day) for i in dict.fromkeys(p.info.id for p in packs) if i != pack.info.id)
    scope = Scope(path, others, related)
    defect = ""
    reason = None
    located: tuple[Located, ...] = ()
    reports: Mapping[str, FieldReport] = {}
    try:
        if ask is None:
            located = evaluate(pack, submission, readings=options.readings, signed=options.signed, scope=scope)
        else:
            located, submission, reports = ask(pack, submission, scope)
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
    if answer == "compliant" and not concerned(pack, submission, scope, options.readings):
        answer, reason = (
            "undetermined",
            "ninguna de las normas que se conocen tiene reglas que se puedan aplicar a este documento con los datos que trae",
        )
    if answer == "undetermined" and reason is None and not any(f.severity == "error" for f in findings):
        reason = "; ".join(dict.fromkeys(g.reason for g in submission.document.gaps)) or None
    assert submission.type is not None, "asking rules leaves the type as it is"
    result = Result(
        path,
        sha256,
        media_type,
        submission.type.kind,
        submission.type.id,
        submission.confidence,
        answer,
        fields={n: reports.get(n) or _field_report(v) for n, v in submission.fields.items()},
        findings=findings,
        reason=reason,
        notes=submission.document.notes,
    )
    return Judged(Checked(result, submission.type.title, defect=defect), located, submission, pack)


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
