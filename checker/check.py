"""The one function everybody calls: paths and options → results, in order, whatever the files do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from checker import __version__
from checker.findings import PackRef, Receipt
from checker.judge import RECORDS, Setting, check_file, unreadable
from checker.judged import Answer, Checked, Job
from checker.options import BadOption, Options
from checker.relations import asks_for, takes_part
from parsers.long import seconds_more
from parsers.worker import Failure, run_guarded

if TYPE_CHECKING:
    from checker.kinds.protocol import Related
    from checker.packs.load import Pack


def check(paths: Iterable[Path], options: Options) -> Iterator[Checked]:
    """Check every file and yield its submissions in the order of ``paths``; lazily, so a batch of any length fits in memory.

    Each file is read, recognised and judged in a forked worker under ``options.limits``; one that hangs, crashes or eats
    memory is reported as unreadable and never stops the others. From the first file on that rules across documents
    compare with another, answers wait until all files are known; those that found their counterpart are judged anew with it.
    Raises :class:`checker.options.BadOption` before anything is read when an option names what does not exist.
    """
    packs = load(options)
    for directory in (options.annotate, options.correct, options.reply):
        if directory:
            directory.mkdir(parents=True, exist_ok=True)
    setting = Setting(options, packs, takes_part(packs))
    held: list[tuple[Job, Answer]] = []
    for job, answer in _answers(_jobs(paths, options, packs), setting):
        if held or answer.shared or job.only_related:
            held.append((job, answer))
        else:
            yield from answer.checked
    if held:
        yield from _compared(held, setting)


def _answers(jobs: Iterable[Job], setting: Setting) -> Iterator[tuple[Job, Answer]]:
    """Every job's answer, in order, each from a worker."""

    def work(job: Job) -> Answer:
        return check_file(job, setting)

    limits = setting.options.limits
    workers = setting.options.workers

    def seconds(job: Job) -> float:
        return limits.seconds + seconds_more(job.path) + seconds_of_log(job.path)

    for job, answer in run_guarded(work, jobs, workers=workers, seconds=seconds, memory=limits.memory):
        yield job, Answer((_failed(job.path, answer),)) if isinstance(answer, Failure) else answer


def _for_expediente(path: Path, options: Options) -> float:
    """Seconds more for a folder or zip that is checked as one case."""
    if not (options.expediente or path.is_dir()):
        return 0.0
    from checker.cases.expediente_check import seconds_more

    return seconds_more(path, options)


def _compared(held: list[tuple[Job, Answer]], setting: Setting) -> Iterator[Checked]:
    """The answers of ``held``, anew where another file holds what rules compare theirs with."""
    named = {item.type: item for job, answer in held if job.only_related for item in answer.shared}
    for job, answer in held:
        if job.only_related and not answer.shared:
            yield from answer.checked or (Checked(unreadable(job.path, "undetermined", _NOT_RELATED)),)
    related: dict[str, list[Related]] = {}
    for job, answer in held:
        for item in answer.shared:
            # what the user names stands alone for its type
            if job.only_related or item.type not in named:
                related.setdefault(item.type, []).append(item)
    setting = replace(setting, related={name: tuple(items) for name, items in related.items()})
    asked = asks_for(setting.packs)

    def has_counterpart(job: Job, answer: Answer) -> bool:
        wanted = {t for item in answer.shared for t in asked.get(item.type, ())}
        own = {item.path for item in answer.shared}
        return not job.only_related and any(i.path not in own for t in wanted for i in related.get(t, ()))

    anew = [(job, answer) for job, answer in held if has_counterpart(job, answer)]
    for _, answer in anew:
        for checked in answer.checked:
            for file in checked.written:
                file.unlink(missing_ok=True)
    again = _answers((job for job, _ in anew), setting)
    for job, answer in held:
        if job.only_related:
            continue
        yield from next(again)[1].checked if has_counterpart(job, answer) else answer.checked


_LOG_RATE = 500_000
"""Bytes a second at which a log of cases is judged at the least."""


def seconds_of_log(path: Path) -> float:
    """Seconds that a log of many cases may take beyond what any file may; 0 for what is none by its name."""
    if path.suffix.lower() not in RECORDS:
        return 0.0
    try:
        return path.stat().st_size / _LOG_RATE
    except (OSError, ValueError):
        return 0.0  # opening it will tell why


_NOT_RELATED = "se señaló con --relate, pero no se pudo leer como el documento con el que se ha de comparar"


def receipt(options: Options) -> Receipt:
    """What makes the verdicts of a check with these options reproducible."""
    from checker.calendar.days import described
    from checker.engine.decide import evaluator_names

    packs = load(options)
    return Receipt(
        vobo=__version__,
        as_of=options.as_of.isoformat() if options.as_of else None,
        packs=tuple(PackRef(p.info.id, p.info.edition, p.sha256) for p in packs),
        calendar=described({p.info.calendar for p in packs}, options.closed, options.opened),
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
    if options.type:
        _known_type(options.type, packs)
    if options.procedure:
        _known_procedure(options.procedure, packs)
    if options.directory:
        from checker.cases.directory import DirectoryError, read_directory

        try:
            read_directory(options.directory)
        except DirectoryError as error:
            raise BadOption(f"--directory: {error}") from error
    for name, _ in options.relate:
        type_named(name, packs)
    interpretations = {i.id: i for p in packs for i in p.interpretations.values()}
    for name, reading in options.readings.items():
        if name not in interpretations:
            raise BadOption(f"no interpretation {name!r}; there are: {', '.join(sorted(interpretations))}")
        readings = [r.id for r in interpretations[name].readings]
        if reading not in readings:
            raise BadOption(f"interpretation {name} has no reading {reading!r}; there are: {', '.join(readings)}")
    return packs


def type_named(name: str, packs: Sequence[Pack]) -> str:
    """``pack#type`` that ``name`` means: the id of a type some rule across documents reads, or words that begin it (``planeacion``).

    Raises :class:`BadOption` where it means none, or several.
    """
    known = sorted(takes_part(packs))
    exact = [t for t in known if name in (t, t.rpartition("#")[2])]
    found = exact or [t for t in known if f"{t.rpartition('#')[2]}-".startswith(f"{name}-")]
    if len(found) != 1:
        problem = f"means several: {', '.join(found)}" if found else f"is none of: {', '.join(known)}"
        raise BadOption(f"--relate: {name!r} {problem}")
    return found[0]


def _known_type(wanted: str, packs: Sequence[Pack]) -> None:
    owner, _, type_id = wanted.rpartition("#")
    if not any(type_id in p.types for p in packs if owner in ("", p.info.id)):
        types = sorted({t for p in packs for t in p.types})
        raise BadOption(f"no document type {wanted!r}; there are: {', '.join(types)}")


def _known_procedure(wanted: str, packs: Sequence[Pack]) -> None:
    owner, _, name = wanted.rpartition("#")
    known = [(p.info.id, i) for p in packs for i in p.casebook.procedures]
    if sum(i == name and owner in ("", pack) for pack, i in known) != 1:
        some = ", ".join(f"{pack}#{i}" for pack, i in known)
        problem = "is of several packs" if any(i == name for _, i in known) and not owner else "does not exist"
        raise BadOption(f"procedure {wanted!r} {problem}; there are: {some}")


@lru_cache(maxsize=4)
def _known(folders: tuple[Path, ...]) -> tuple[Pack, ...]:
    """The built-in packs and those of ``folders``; read once a run, as a run must not see two states of them."""
    from checker.packs.load import load_packs
    from checker.resources import rules_root

    return load_packs((rules_root(), *folders))


def _jobs(paths: Iterable[Path], options: Options, packs: Sequence[Pack]) -> Iterator[Job]:
    """The files that others are compared with, then the others.

    What is handed back for files of the same name, in other formats or folders, gets names of its own.
    """
    for name, path in options.relate:
        yield Job(path, path.stem, type_named(name, packs), only_related=True)
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
        return Checked(unreadable(path, "undetermined", reason), defect=failure.reason)
    return Checked(unreadable(path, "unreadable", failure.reason))
