"""Instruments that a norm cites, each with what the norm says of it: its clave, its date, where it stands."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

import msgspec

from checker.norms.headings import section_lines
from checker.norms.text import Line, NormText
from checker.spanish.dates import find_dates
from checker.spanish.text import flat, squeeze

_CLAVE = re.compile(r"(?<![\w/.-])(?=[A-Z0-9-]*\d)[A-Z0-9]{3,4}-[A-Z0-9]{3,4}-\d{3}(?![\w/-])")
_NUMBER = re.compile(r"^\s*(\d{1,3})\s*[.)]\s*")
_MARK = re.compile(r"^\s*(?:\d{1,3}\s*[.)]|[•▪◦o°e\-–*])\s+")
_INSTRUMENT = re.compile(
    r"(?:ley|codigo|reglamento|constitucion|decreto|acuerdo|acdo|lineamiento|norma|manual|plan|programa|estatuto|contrato|presupuesto|reglas"
    r"|guia|disposici|politicas|procedimiento|marco|modelo|convenio|circular|bases|criterios|clasificador)"
)
_OPEN = re.compile(
    r"\bvigentes?\b|ejercicio\s+(?:fiscal\s+)?(?:que\s+)?correspond\w+|ejercicio fiscal|para el ejercicio|que corresponda"
)


_OLD = re.compile(r"\b\d{1,2}\s+de\s+[a-z]{4,10}\s+(?:del?\s+)?1[5-8]\d{2}\b")
"""A date of a law older than the dates that offices write of themselves."""


class Citation(msgspec.Struct, frozen=True):
    """An instrument cited by its clave."""

    clave: str
    dates: tuple[dt.date, ...]
    """Those that the words around it state before the next clave."""
    line: Line
    words: str


class Ordinance(msgspec.Struct, frozen=True):
    """An entry of a legal framework."""

    rubric: str
    """Heading under which it stands: LEYES, CÓDIGOS."""
    number: int | None
    text: str
    dates: tuple[dt.date, ...]
    impossible: str
    """What is wrong with a date that is none."""
    open: bool
    """Cited as in force, as of each year or by a date of centuries ago: no date is to be read."""
    line: Line

    @property
    def title(self) -> str:
        """Its name: what stands before how and where it was published."""
        return squeeze(
            re.split(
                r"[;,.]?\s*(?i:publicad[oa]s?|\(|aprobad[oa]|vigente|D\.?O\.?F\b)", _MARK.sub("", self.text), maxsplit=1
            )[0]
        ).strip(" ;,.")


def cited(text: NormText) -> Iterator[Citation]:
    """Every citation by clave in the body."""
    for passage in text.passages:
        found = list(_CLAVE.finditer(passage.text))
        for n, clave in enumerate(found):
            end = found[n + 1].start() if n + 1 < len(found) else len(passage.text)
            words = passage.text[clave.end() : end]
            yield Citation(clave[0], tuple(d.date for d in find_dates(words) if d.date), passage, passage.text)


def ordinances(text: NormText, sections: Sequence[str]) -> tuple[Ordinance, ...]:
    """The entries of the legal framework, each with its rubric."""
    return text.once(f"ordinances {sections}", lambda whole: _ordinances(whole, sections))


def _ordinances(text: NormText, sections: Sequence[str]) -> tuple[Ordinance, ...]:
    orders = {line.order for line in section_lines(text, sections)}
    found: list[Ordinance] = []
    rubric = ""
    for passage in text.passages:
        if passage.order not in orders or passage.cells:
            continue
        number = _NUMBER.match(passage.text)
        if not number and _is_rubric(passage):
            rubric = passage.text.strip(" :▪•*")
            continue
        if len(passage.text.split()) < 3 or passage.text.rstrip().endswith(":"):
            continue
        if not _MARK.match(passage.text) and not _INSTRUMENT.match(flat(passage.text)):
            continue  # what introduces the list, or comments it
        readings = find_dates(passage.text)
        days = tuple(d.date for d in readings if d.date)
        wrong = next((d.problem for d in readings if d.problem and not d.partial), "")
        is_open = bool(_OPEN.search(flat(passage.text)) or _OLD.search(flat(passage.text)))
        found.append(Ordinance(rubric, int(number[1]) if number else None, passage.text, days, wrong, is_open, passage))
    return tuple(found)


def _is_rubric(line: Line) -> bool:
    words = line.text.split()
    return (
        len(words) <= 6 and not line.text.rstrip().endswith((".", ";", ",")) and line.text[:1].upper() == line.text[:1]
    )
