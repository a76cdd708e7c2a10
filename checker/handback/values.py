"""What a field of a submission says, as it is written into a document that is handed back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from checker.handback.outline import without_placeholders
from checker.recognise.model import FieldValue, Period, Person, Row
from checker.spanish.dates import MONTHS
from checker.spanish.text import flat, squeeze
from parsers.model import Block, paragraphs_of

_PHRASE = 80
"""Characters up to which the words of a period are quoted rather than its days written out."""


def shown(value: FieldValue) -> str:
    """What a person wrote, on one line; dates that came as data rather than words are written out. Empty when nothing is there."""
    if value.state in ("absent", "empty"):
        return ""
    if isinstance(value.value, int):
        return str(value.value)
    whole = isinstance(value.value, str) and len(value.value) > len(value.text)  # quotes are cut, values are not
    text = squeeze(without_placeholders(str(value.value) if whole else value.text))
    if marked := re.fullmatch(r"meses marcados: ([\d, ]+)", text):
        months = " y ".join(", ".join(_MONTHS[int(m)] for m in marked[1].split(",")).rsplit(", ", 1))
        return f"{months} de {value.value.start.year}" if isinstance(value.value, Period) else months
    raw = re.fullmatch(r"\d{4}-\d\d-\d\d(?:[T ][\d:.]+)?", text)
    if text and not raw and not (isinstance(value.value, Period) and len(text) > _PHRASE):
        return text
    match value.value:
        case dt.date() as day:
            return long_date(day)
        case Period(start, end):
            return long_date(start) if start == end else f"del {long_date(start)} al {long_date(end)}"
        case str() as plain:
            return plain
        case tuple() as several:
            return "; ".join(
                item if isinstance(item, str) else item.name for item in several if not isinstance(item, Row)
            )
        case _:
            return text


def long_date(day: dt.date) -> str:
    """``14 de octubre de 2025``."""
    return f"{day.day} de {_MONTHS[day.month]} de {day.year}"


_MONTHS = ("", *list(MONTHS)[:12])


def people_of(value: FieldValue) -> tuple[Person, ...]:
    """The people of a field, none where its value is of another kind."""
    return tuple(p for p in value.value if isinstance(p, Person)) if isinstance(value.value, tuple) else ()


def rows_of(value: FieldValue) -> tuple[Row, ...]:
    """The rows of a field, none where its value is of another kind."""
    return tuple(r for r in value.value if isinstance(r, Row)) if isinstance(value.value, tuple) else ()


_TITLES_BEFORE = re.compile(r"(?:[^\W\d_]{1,6}\.\s*){1,2}$")


class Names:
    """Names as the submission writes them, with the academic title that stands before: ``Lic. Laura Méndez Ríos``."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._text = "\n".join(squeeze(p.text) for p in paragraphs_of(tuple(blocks)))
        self._flat = "\n".join(map(flat, self._text.split("\n")))  # of the same length

    def full(self, name: str) -> str:
        """``name`` with its title, or as it is where it bears none."""
        name = squeeze(name)
        wanted = flat(name)
        start = self._flat.find(wanted) if wanted else -1
        while start >= 0:
            if title := _TITLES_BEFORE.search(self._text[max(0, start - 20) : start].rpartition("\n")[2]):
                return f"{squeeze(title.group())} {name}"
            start = self._flat.find(wanted, start + 1)
        return name
