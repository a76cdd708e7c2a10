"""Instruction sheets of a norm (instrucciones de trabajo), and the activities of its procedures that apply them."""

from __future__ import annotations

import re

import msgspec

from checker.norms.activities import Activity, procedures
from checker.norms.headings import heading_of
from checker.norms.parts import parts_of, values_of
from checker.norms.text import Line, NormText
from checker.spanish.text import flat, squeeze

TITLE = ("instrucción de trabajo",)
_CLAVE = re.compile(r"[A-Z][\w]*(?:-[\w]+)+-It-\d{1,3}\b", re.IGNORECASE)
_TASK = re.compile(r"\d{1,3}(?:\.\d{1,2})?")
_TOTAL = re.compile(r"\btotal,? de actividades:?\D{0,8}(\d{1,3})\b")


class Sheet(msgspec.Struct, frozen=True):
    """An instruction sheet."""

    clave: str
    name: str
    tasks: tuple[str, ...]
    """Numbers of its tasks, in order."""
    whos: tuple[tuple[str, str, Line], ...]
    """(number, who, line) of each task."""
    total: int | None
    line: Line


class Applied(msgspec.Struct, frozen=True):
    """An activity that applies an instruction."""

    clave: str
    name: str
    activity: Activity


def sheets(text: NormText) -> tuple[Sheet, ...]:
    """Every instruction sheet, in order."""
    return tuple(_sheet(_whole(part)) for part in parts_of(text, TITLE))


def _whole(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The sheet without what follows it: it ends with its total, or where the next chapter begins."""
    for n, line in enumerate(lines[1:], 1):
        heading = None if line.cells else heading_of(line)
        if heading and heading.number[:1].isdigit() and "." in heading.number:
            return lines[:n]
        if _TOTAL.search(line.flat):
            return lines[: n + 2]
    return lines


def _sheet(lines: tuple[Line, ...]) -> Sheet:
    data = values_of(lines, {"name": ("nombre",), "clave": ("clave",)})
    name_line = data["name"][1] if "name" in data else None
    name = _named(name_line) if name_line else ""
    clave = next((m[0] for line in lines[:12] if (m := _CLAVE.search(line.text))), "")
    whos = []
    total = None
    for line in lines:
        declared = _TOTAL.search(line.flat)
        total = int(declared[1]) if declared and total is None else total
        cells = line.cells
        if len(cells) >= 3 and _TASK.fullmatch(cells[0].strip(" .")):
            whos.append((cells[0].strip(" ."), squeeze(cells[-1]), line))
    return Sheet(clave, name, tuple(number for number, _, _ in whos), tuple(whos), total, lines[0])


def _named(line: Line) -> str:
    words = squeeze(" ".join(c for c in (line.cells or (line.text,)) if c))
    return words.partition(":")[2].strip(' "“”.')


def applied(text: NormText) -> tuple[Applied, ...]:
    """Every activity that names an instruction by its clave."""
    found = []
    for procedure in procedures(text):
        for activity in procedure.activities:
            words = re.sub(r"(?<=\w)-\s+(?=\w)", "-", activity.text)  # a narrow cell breaks claves at their hyphens
            clave = _CLAVE.search(words)
            if clave:
                found.append(Applied(clave[0], words[: clave.start()], activity))
    return tuple(found)


def form(name: str) -> str:
    """A name as it is compared: flat letters and digits, without the words that announce it."""
    words = re.sub(r"^.*?instruccion(?:es)? de trabajo\s*:?", "", squeeze(flat(name)))
    return squeeze(re.sub(r"[^a-z0-9]+", " ", words))
