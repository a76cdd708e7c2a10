"""Comparing what two documents say."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from enum import Enum

from checker.kinds.names import same_person
from checker.recognise.model import FieldValue, Person
from checker.spanish.hours import read_hours
from checker.spanish.text import flat, squeeze
from parsers.model import Place

_NEAR = 90.0
"""Likeness of two texts, 0–100, from which a difference may be a slip of the pen or of the reading."""
_LONG_NUMBER = 8
"""Digits from which blanks and hyphens within a number say nothing."""
_DIGITS = re.compile(r"\d")
_JOINTS = re.compile(r"[\s-]")


class Likeness(Enum):
    """How alike two values are; ``UNKNOWN`` where either is not there or cannot be read."""

    SAME = "same"
    NEAR = "near"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


def likeness(own: FieldValue, theirs: FieldValue) -> Likeness:
    """Numbers, days and hours are the same or different; texts may be near; case, accents, spaces and closing points never count."""
    if own.state != "present" or theirs.state != "present" or own.problem or theirs.problem:
        return Likeness.UNKNOWN
    a, b = own.value, theirs.value
    if isinstance(a, dt.date | int | Decimal) and isinstance(b, dt.date | int | Decimal):
        return Likeness.SAME if a == b else Likeness.DIFFERENT
    if _people(a) and _people(b):
        return _same_people(a, b)
    if hours := _hours_likeness(own.text, theirs.text):
        return hours
    return text_likeness(_text(own), _text(theirs))


def text_key(text: str) -> str:
    """The form under which two texts are the same."""
    return squeeze(flat(text)).strip(" .;,:«»\"'")


def text_likeness(own: str, theirs: str) -> Likeness:
    """Of two texts as they stand."""
    a, b = text_key(own), text_key(theirs)
    if not a or not b:
        return Likeness.UNKNOWN
    if a == b or _same_number(a, b):
        return Likeness.SAME
    from rapidfuzz.fuzz import ratio

    # another number is another thing, however alike the rest
    digits = [[c for c in t if c.isdigit()] for t in (a, b)]
    return Likeness.NEAR if digits[0] == digits[1] and ratio(a, b) >= _NEAR else Likeness.DIFFERENT


def place_of(path: str, place: Place | None) -> str:
    """Where something stands in another document: ``planeacion.xlsx, hoja Cursos, celda B4``."""
    parts = [path.rpartition("/")[2]]
    if place is not None:
        named = (
            ("página", place.page),
            ("celda", place.cell),
            ("renglón", None if place.cell else place.row),
            ("párrafo", None if place.cell or place.row else place.paragraph),
            ("línea", place.line),
        )
        parts += [f"{name} {value}" for name, value in named if value]
    return ", ".join(parts)


def _text(value: FieldValue) -> str:
    if isinstance(value.value, str):
        return value.value
    if isinstance(value.value, tuple) and all(isinstance(v, str) for v in value.value):
        return "; ".join(str(v) for v in value.value)
    return value.text


def _same_number(a: str, b: str) -> bool:
    """A number of seguridad social with and without its hyphens; of fewer digits a hyphen may be a range."""
    return len(_DIGITS.findall(a)) >= _LONG_NUMBER and _JOINTS.sub("", a) == _JOINTS.sub("", b)


def _hours_likeness(own: str, theirs: str) -> Likeness | None:
    """Of two hours of the day, None where either is none; where one says only when it begins, they are near."""
    a, b = read_hours(own), read_hours(theirs)
    if not a or not b:
        return None
    if a == b:
        return Likeness.SAME
    return Likeness.NEAR if a[0] == b[0] and 1 in (len(a), len(b)) else Likeness.DIFFERENT


def _people(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and all(isinstance(v, Person) for v in value)


def _same_people(own: object, theirs: object) -> Likeness:
    assert isinstance(own, tuple)
    assert isinstance(theirs, tuple)
    found = [max((same_person(a.name, b.name) for b in theirs), key=_RANK.index) for a in own]
    if len(own) != len(theirs) or "no" in found:
        return Likeness.DIFFERENT
    return Likeness.NEAR if "unsure" in found else Likeness.SAME


_RANK = ("no", "unsure", "yes")
