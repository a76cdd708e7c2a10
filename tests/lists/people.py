"""Lists of people to judge: rows of made-up persons with right check digits, and the files that hold them."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from checker.identifiers import curp, nss

HEADER = ("Nombre completo", "Correo electrónico", "CURP", "NSS", "OOAD")
TITLE = "Relación de personas usuarias captadas"
_NAMES = "María José Juan Luis Ana Laura Carlos Jorge Lucía Fernando Sofía Diego Elena Raúl".split()
_SURNAMES = "Pérez Hernández García López Martínez Rodríguez Sánchez Ramírez Cruz Flores Gómez Díaz".split()
_OOAD = ("Aguascalientes", "Jalisco", "Nuevo León", "Puebla", "Yucatán", "Sonora")
_CONSONANTS = "BCDFGHJKLMNPRSTV"


def persons(count: int, seed: int = 1) -> Iterator[list[str]]:
    """``count`` faultless rows; no two have the same CURP or NSS."""
    chance = random.Random(seed)

    def letters(number: int) -> str:
        return "".join(chance.choice(_CONSONANTS) for _ in range(number))

    for n in range(count):
        born = f"{chance.randrange(50, 99)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}"
        first = f"{letters(1)}A{letters(2)}{born}{chance.choice('HM')}{chance.choice(['DF', 'MC', 'JC'])}{letters(3)}0"
        number = f"{n * 7919 + 10_000_000_00:010}"
        yield [
            f"{chance.choice(_NAMES)} {chance.choice(_SURNAMES)} {chance.choice(_SURNAMES)}",
            f"persona{n}@example.com",
            first + curp.check_digit(first),
            number + nss.check_digit(number),
            chance.choice(_OOAD),
        ]


def as_csv(path: Path, rows: Sequence[Sequence[str]], *, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """The rows under their header, as spreadsheets export them."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([HEADER, *rows])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def as_xlsx(path: Path, rows: Sequence[Sequence[object]], title: str = TITLE) -> Path:
    """A workbook with its title, an empty row, the header and the rows."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Hoja1")
    for row in ([title], [], HEADER, *rows):
        sheet.append(list(row))
    book.save(path)
    return path
