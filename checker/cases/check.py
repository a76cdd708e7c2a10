"""A file of case records in a check: every case of it judged, and the documents that its events name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from checker.judged import Answer, Checked, Job
from parsers.cases.model import CaseRecord
from parsers.cases.read import is_case_file, read_cases
from parsers.errors import Unreadable
from parsers.model import Gap

if TYPE_CHECKING:
    from checker.cases.directory import Directory
    from checker.cases.judge import Judgement
    from checker.judge import Setting

_CHUNK = 1 << 20
MOST_DRAWN = 50
"""Cases of one file that a report draws."""
_MEDIA = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".xes": "application/xes+xml",
    ".gz": "application/gzip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def check_cases(job: Job, setting: Setting) -> Answer | None:
    """Check a file of case records; None where it is none. Raises :class:`parsers.errors.Unreadable`."""
    options = setting.options
    if job.type or options.type:
        return None
    if not is_case_file(job.path, options.limits) and not (options.procedure and is_table(job.path)):
        return _no_case(job) if _only_a_record(job.path) else None
    from checker.cases.judge import Court

    sha256 = _sha256(job.path)
    media_type = _MEDIA.get(job.path.suffix.lower(), "application/yaml")
    court = Court(setting.packs, options, _directory(job.path, options.directory))
    checked: list[Checked] = []
    files: dict[Path, str] = {}
    seen: set[str] = set()
    for record in read_cases(job.path, options.limits):
        if record.case in seen:
            gap = Gap(
                f"el archivo tiene más de un caso «{record.case}»: no puede decirse si son partes de uno", record.place
            )
            record = replace(record, gaps=(*record.gaps, gap))
        seen.add(record.case)
        judged = court.judge(record, str(job.path), sha256, media_type, options.procedure)
        title = court.laws.title(judged.result.type)
        drawing = _drawn(judged) if options.draw and len(checked) < MOST_DRAWN else ""
        checked.append(Checked(judged.result, title, drawing=drawing, case=record.case))
        files |= _attached(record, job.path.parent)
    if len(checked) > 1:
        checked = [_named(one) for one in checked]
    checked.extend(_check_attached(files, job, setting))
    return Answer(tuple(checked))


def _only_a_record(path: Path) -> bool:
    """Whether a file can be nothing else than a record; one that is empty or cannot be opened is told of by whoever reads it."""
    return path.suffix.lower() in (".yaml", ".yml", ".xes") and path.is_file() and path.stat().st_size > 0


def _no_case(job: Job) -> Answer:
    """Of what can be nothing else than a record, and is none: what a record needs."""
    from checker.judge import unreadable

    reason = (
        "no es un registro de caso: se espera un mapa con «case», «procedure» y «events», o una lista de ellos; "
        "en XES, un «log» con sus «trace» y «event»"
    )
    return Answer((Checked(unreadable(job.path, "undetermined", reason)),))


def is_table(path: Path) -> bool:
    """Whether a file may be a log whose headings nobody knows: with a procedure named for it, it is read as one."""
    return path.suffix.lower() in (".csv", ".tsv", ".xlsx", ".ods")


def _drawn(judged: Judgement) -> str:
    if judged.case is None or judged.law is None:
        return ""
    from checker.cases.drawing import draw

    return draw(judged.case, judged.law, judged.located)


def _named(checked: Checked) -> Checked:
    """Of several cases of one file, each is told by its own name."""
    return replace(checked, result=replace(checked.result, path=f"{checked.result.path}#{checked.case}"))


def _directory(path: Path, named: Path | None) -> Directory | None:
    """The directory that the user names, or the one that lies beside the record."""
    from checker.cases.directory import NAME, DirectoryError, read_directory

    beside = path.parent / NAME
    if named is None and not beside.is_file():
        return None
    try:
        return read_directory(named or beside)
    except DirectoryError as error:
        raise Unreadable("malformed", f"El directorio de personas no se pudo leer: {error}") from error


def _attached(record: CaseRecord, folder: Path) -> dict[Path, str]:
    """The documents that the events of a record name, with the type that they are said to be."""
    return {
        folder / artefact.file: artefact.type
        for event in record.events
        for artefact in event.artefacts or ()
        if artefact.file
    }


def _check_attached(files: dict[Path, str], job: Job, setting: Setting) -> Iterator[Checked]:
    """Each named document as a submission of its own; one outside the record's folder is not opened: a record may come from anybody."""
    from checker.judge import check_file, unreadable

    base = job.path.parent.resolve()
    for path in files:
        if not path.resolve().is_relative_to(base):
            reason = "el registro señala un archivo fuera de su carpeta; no se abrió"
            yield Checked(unreadable(path, "unreadable", reason))
        elif path.resolve() != job.path.resolve():
            yield from check_file(Job(path, path.stem), setting).checked


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise Unreadable("permission", f"No se pudo abrir: {error.strerror}.") from error
    return digest.hexdigest()
