"""Flags of the command line over ``vobo.toml`` over defaults."""

from __future__ import annotations

import argparse
import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar, cast

import msgspec

from checker.cli.outputs import UsageError
from checker.config import Config, discover, read
from checker.findings import SEVERITIES, Severity
from checker.options import Options
from parsers.limits import Limits

_T = TypeVar("_T")


class Settings(msgspec.Struct, frozen=True):
    """What one run of ``vobo check`` was asked for."""

    options: Options
    fail_level: Severity
    strict: bool


def settings(args: argparse.Namespace, files: int, drawn: bool = False) -> Settings:
    """The settings of a run over ``files`` files, whose cases are ``drawn`` for its report.

    Raises :class:`UsageError` or :class:`checker.config.ConfigError`."""
    path = args.config or discover(Path.cwd())
    config = read(path) if path else Config()
    options = Options(
        type=_first(args.type, config.type),
        relate=_relate(args.relate),
        packs=_first(_listed(args.pack), config.packs, ()),
        rules=_first(_folders(args.rules), config.rules, ()),
        as_of=_first(_date(args.as_of), config.as_of),
        select=_first(_listed(args.select), config.select, ()),
        ignore=_first(_listed(args.ignore), config.ignore, ()),
        severities={**config.severities, **_severities(args.severity or ())},
        readings=config.readings,
        closed=config.closed,
        opened=config.opened,
        signed=_first(args.signed, config.signed, False),
        limits=_limits(args, config),
        workers=_workers(args, config, files),
        annotate=args.annotate,
        correct=args.correct,
        reply=args.reply,
        letterhead=_first(_folder(args.template_dir), config.template_dir),
        reviewer=config.reviewer,
        expand=args.attachments,
        show_personal_data=args.show_personal_data,
        procedure=args.procedure,
        partial=args.partial,
        directory=args.directory,
        expediente=args.expediente,
        draw=drawn,
    )
    return Settings(
        options, _first(args.fail_level, config.fail_level, "error"), _first(args.strict, config.strict, False)
    )


def _first(*values: _T | None) -> _T:
    """The first value that is given; None (where the type has it) when none is."""
    return cast(_T, next((value for value in values if value is not None), None))


def _listed(values: Sequence[str] | None) -> tuple[str, ...] | None:
    """Repeated flags, each a list with commas, as one list."""
    if values is None:
        return None
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def _severities(values: Sequence[str]) -> dict[str, Severity]:
    found: dict[str, Severity] = {}
    for value in values:
        rule, equals, level = value.rpartition("=")
        if not equals or not rule or level not in SEVERITIES:
            raise UsageError(
                f"--severity {value}: write RULE=LEVEL with error, warning or info, as PV-040.firmas=warning"
            )
        found[rule] = level
    return found


def _relate(values: Sequence[str]) -> tuple[tuple[str, Path], ...]:
    found = []
    for value in values:
        name, equals, file = value.partition("=")
        if not (name and equals and file):
            raise UsageError(f"--relate {value}: write TYPE=FILE, as planeacion-anual=planeacion.docx")
        found.append((name, Path(file)))
    return tuple(found)


def _limits(args: argparse.Namespace, config: Config) -> Limits:
    plain = Limits()
    memory = _first(_number("--memory", args.memory), config.memory_mib)
    return Limits(
        seconds=_first(_number("--seconds", args.seconds), config.seconds, plain.seconds),
        memory=int(memory * 2**20) if memory else plain.memory,
        ocr=_first(args.ocr, config.ocr, plain.ocr),
    )


def _workers(args: argparse.Namespace, config: Config, files: int) -> int:
    wanted = _number("--jobs", args.jobs)
    if wanted is not None and wanted != int(wanted):
        raise UsageError(f"--jobs {args.jobs}: write a whole number")
    most = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(int(_first(wanted, config.jobs, most)), files))


def _number(flag: str, value: str | None) -> float | None:
    if value is None:
        return None
    try:
        number = float(value)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise UsageError(f"{flag} {value}: write a number above 0")
    return number


def _date(value: str | None) -> dt.date | None:
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f"--as-of {value}: write a date as 2026-02-03") from error


def _folders(values: Sequence[Path] | None) -> tuple[Path, ...] | None:
    return None if values is None else tuple(_existing("--rules", value) for value in values)


def _folder(value: Path | None) -> Path | None:
    return None if value is None else _existing("--template-dir", value)


def _existing(flag: str, folder: Path) -> Path:
    if not folder.is_dir():
        raise UsageError(f"{flag} {folder}: no such folder")
    return folder
