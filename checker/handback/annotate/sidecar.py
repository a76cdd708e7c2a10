"""The findings in a file of their own, for submissions that cannot hold comments or must not be touched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from checker.findings import Location
from checker.handback.marks import AUTHOR, Mark
from checker.report import words

_SPECIAL = re.compile(r"([\\`*\[\]<>])")
_LINE_START = re.compile(r"^(\d*)([#+\-.)])")


def write_sidecar(source: Path, marks: Sequence[Mark], target: Path) -> Path:
    """Write to ``target`` the marks about ``source`` as Markdown in Spanish; returns ``target``."""
    lines = [f"# Observaciones a {_plain(source.name)}", ""]
    if marks:
        lines += [f"{AUTHOR} formula {_count(len(marks))} al documento, que no se modificó.", ""]
    else:
        lines += [f"{AUTHOR} no formula observaciones al documento.", ""]
    for number, mark in enumerate(marks, start=1):
        lines += [f"## {number}. {_kind(mark)}", "", f"**Lugar:** {_plain(_where(mark) or 'todo el documento')}", ""]
        for line in mark.text.splitlines():
            lines += [_plain(line), ""]
    target.write_text("\n".join(lines), encoding="utf-8")
    return target


def _kind(mark: Mark) -> str:
    return words.WEIGHTS["undetermined" if mark.outcome == "undetermined" else mark.severity]


def _where(mark: Mark) -> str:
    return "" if mark.place is None else words.place(Location.of(mark.place))


def _count(number: int) -> str:
    return "una observación" if number == 1 else f"{number} observaciones"


def _plain(text: str) -> str:
    # What a submission says must not turn into links, pictures or markup of the page.
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", words.one_line(text)))
