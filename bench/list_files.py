"""Long lists to measure with: people and mobiles, as csv and as workbooks laid out the way Excel writes them."""

from __future__ import annotations

import csv
import random
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from checker.identifiers import curp, nss

PEOPLE = ("Nombre completo", "Correo electrónico", "CURP", "NSS", "OOAD")
MOBILES = ("Número de cliente", "Primer nombre", "DEPyR", "Celular")
PEOPLE_TITLE = "Relación de personas usuarias captadas"

_NAMES = "María José Juan Luis Ana Laura Carlos Jorge Lucía Fernando Sofía Diego Elena Raúl Patricia Óscar".split()
_SURNAMES = (
    "Pérez Hernández García López Martínez Rodríguez Sánchez Ramírez Cruz Flores Gómez Díaz Reyes Morales".split()
)
_OOAD = ("Aguascalientes", "Baja California", "Jalisco", "Nuevo León", "Puebla", "Veracruz Norte", "Yucatán", "Sonora")
_OFFICES = ("Plaza Puebla", "Dirección Estatal Sonora", "Representación Tlaxcala", "Plaza León")
_CONSONANTS = "BCDFGHJKLMNPRSTV"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def people(count: int) -> Iterator[tuple[str, ...]]:
    """Faultless rows of which no two share a CURP or an NSS."""
    chance = random.Random(count)
    for n in range(count):
        first, second, third = (chance.choice(part) for part in (_NAMES, _SURNAMES, _SURNAMES))
        letters = "".join(chance.choice(_CONSONANTS) for _ in range(7))
        born = f"{chance.randrange(50, 99)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}"
        key = (
            f"{letters[0]}A{letters[1:3]}{born}{chance.choice('HM')}{chance.choice(('DF', 'MC', 'JC'))}{letters[3:6]}0"
        )
        number = f"{1_000_000_000 + n * 7:010}"
        yield (
            f"{first} {second} {third}",
            f"persona{n}@example.com",
            key + curp.check_digit(key),
            number + nss.check_digit(number),
            chance.choice(_OOAD),
        )


def mobiles(count: int) -> Iterator[tuple[str, ...]]:
    """Faultless rows of which no two share a client or a mobile."""
    chance = random.Random(count)
    for n in range(count):
        yield str(40_000_000 + n), chance.choice(_NAMES), chance.choice(_OFFICES), str(5_500_000_000 + n)


def as_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """As spreadsheets and databases export it."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def as_xlsx(path: Path, title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """Title, empty row, header, rows; every text a shared string."""
    texts: dict[str, int] = {}
    lines = []
    number = 0

    def line(number: int, cells: Sequence[str]) -> str:
        inner = "".join(
            f'<c r="{"ABCDEFGH"[n]}{number}" t="s"><v>{texts.setdefault(text, len(texts))}</v></c>'
            for n, text in enumerate(cells)
        )
        return f'<row r="{number}" spans="1:{len(header)}" x14ac:dyDescent="0.25">{inner}</row>'

    for number, cells in enumerate(_headed(title, header, rows), 1):
        if cells:
            lines.append(line(number, cells))
    sheet = (
        f'<worksheet xmlns="{_MAIN}" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac">'
        f'<dimension ref="A1:{"ABCDEFGH"[len(header) - 1]}{number}"/><sheetData>{"".join(lines)}</sheetData></worksheet>'
    )
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_EXCEL}.sheet.main+xml"/></Types>',
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Hoja1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}" uniqueCount="{len(texts)}">{strings}</sst>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)
    return path


def _headed(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    yield (title,)
    yield ()
    yield header
    yield from rows


def _relations(*targets: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'
