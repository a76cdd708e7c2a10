"""Texts of a record to its values: what is blank, what says «none», several values in one cell."""

from __future__ import annotations

import re

from parsers.cases.model import Artefact
from parsers.cases.names import folded

SEPARATOR = ";"
_DASHES = frozenset("-–—")
_NONE = frozenset(("ninguno", "ninguna", "ningun", "n/a", "no aplica", "sin artefactos", "sin documentos", "no hay"))
_BLANK = frozenset(("n/a", "s/d", "sin dato"))


def scalar(text: str | None) -> str | None:
    """One text without the blanks around it; None where the record says nothing: blank, a dash, «n/a»."""
    text = (text or "").strip()
    return None if not text or text in _DASHES or (len(text) < 9 and folded(text) in _BLANK) else text


def listed(text: str | None) -> tuple[str, ...] | None:
    """The values that ``;`` separates. None where the cell is blank; empty where it says that there is none («ninguno», «-»)."""
    text = (text or "").strip()
    if not text:
        return None
    if says_none(text):
        return ()
    return tuple(part for piece in re.split(r"[;\n]", text) if (part := piece.strip()))


def joined(to: tuple[str, ...] | None, copied: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Those to whom something goes, with those who get a copy. Who gets none says nothing of whom it goes to."""
    return (*(to or ()), *copied) if copied else to


def says_none(text: str) -> bool:
    """The record says that there is none, which is more than not saying."""
    return text in _DASHES or (len(text) < 16 and folded(text.rstrip(".")) in _NONE)


def artefacts(text: str | None) -> tuple[Artefact, ...] | None:
    """Artefacts as ``type`` or ``type=file``, separated by ``;``; None and empty as in :func:`listed`."""
    parts = listed(text)
    return None if parts is None else tuple(map(artefact, parts))


def artefact(text: str) -> Artefact:
    """One artefact, ``type`` or ``type=file``."""
    kind, mark, file = text.partition("=")
    return Artefact(kind.strip(), file.strip() or None) if mark else Artefact(text.strip())
