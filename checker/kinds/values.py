"""Reading the values of recognised fields by the paths that rules write: ``fecha``, ``acuerdos.fecha_compromiso``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from checker.recognise.model import FieldValue, Person, Recognised, Row, SignatureBlock
from parsers.model import Place

_MASCULINE = frozenset("área día diploma esquema idioma mapa problema programa sistema tema".split())
"""Nouns in a that go with «el»; «el área» is feminine, and goes with it too."""
MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()


class Bearer(msgspec.Struct, frozen=True):
    """A person or signatory with the subject that names them in findings."""

    subject: str
    name: str
    charge: str
    place: Place | None


def rows_of(value: FieldValue) -> Iterator[Row]:
    """Rows of a table field that is present."""
    if isinstance(value.value, tuple):
        yield from (item for item in value.value if isinstance(item, Row))


def blocks_of(value: FieldValue) -> list[SignatureBlock]:
    """Signatories of a signatures field."""
    return [item for item in value.value if isinstance(item, SignatureBlock)] if isinstance(value.value, tuple) else []


def bearers_of(submission: Recognised, field: str) -> list[Bearer]:
    """People or signatories of a field; nobody where it is not present."""
    value = submission.fields[field]
    people = value.value if isinstance(value.value, tuple) else ()
    return [
        Bearer(f"{field}[{n}]", item.name, item.charge, item.place)
        for n, item in enumerate(people, 1)
        if isinstance(item, Person | SignatureBlock)
    ]


def cells_of(submission: Recognised, path: str) -> Iterator[tuple[str, FieldValue, Row | None]]:
    """(subject, value, row) for a field or for a column in every row."""
    field, _, column = path.partition(".")
    if not column:
        yield field, submission.fields[field], None
        return
    for row in rows_of(submission.fields[field]):
        yield f"{field}[{row.index}].{column}", row.cells[column], row


def field_title(submission: Recognised, field: str, column: str | None = None) -> str:
    """Name of a field or column as the norm calls it."""
    assert submission.type is not None, "rules run on submissions whose type is known"
    found = submission.type.fields[field]
    return found.columns[column].title if column else found.title


def rows_called(submission: Recognised, table: str) -> str:
    """What a row is called: the field's own word, or what the first column is: ``acuerdo``, ``curso``."""
    assert submission.type is not None, "rules run on submissions whose type is known"
    field = submission.type.fields[table]
    return field.row_called or next(iter(field.columns.values())).title.lower()


def row_name(submission: Recognised, table: str, row: Row) -> str:
    """A row by its number: ``acuerdo 2``, ``curso 3``."""
    return f"{rows_called(submission, table)} {row.index}"


def the_row(submission: Recognised, table: str, row: Row) -> str:
    """A row with its article: ``el acuerdo 2``, ``la línea de acción 3``."""
    called = rows_called(submission, table)
    noun = called.split(" ")[0].strip(",.")
    feminine = noun.endswith(("a", "ción", "sión", "dad", "tud")) and noun not in _MASCULINE
    return f"{'la' if feminine else 'el'} {called} {row.index}"


def of_the(named: str) -> str:
    """``del acuerdo 2``, ``de la acción 3``, for what :func:`the_row` gives."""
    return f"de {named}" if named.startswith("la ") else f"del {named.removeprefix('el ')}"


def capital(sentence: str) -> str:
    """The sentence with its first letter in upper case."""
    return sentence[:1].upper() + sentence[1:]


def short(text: str) -> str:
    """At most 60 characters, for quoting within a sentence."""
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:59].rstrip() + "…"


def spoken(day: dt.date) -> str:
    """``3 de octubre de 2025``."""
    return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}"


def joined(words: Sequence[str]) -> str:
    """``a, b y c``; ``e`` before the sound i."""
    if len(words) < 2:
        return "".join(words)
    last = words[-1]
    link = "e" if last[:1].lower() in "ií" or last[:2].lower() == "hi" else "y"
    return f"{', '.join(words[:-1])} {link} {last}"
