"""A person who fills in a corrected document: every placeholder gets what it asks for, every doubt a value that stands."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMES = ("Ana Torres Vidal", "Luis Romero Paz", "Elena Ruiz Soto", "Hugo Lara Mena")


def fill(path: Path, target: Path) -> int:
    """Write the filled document to ``target``; the number of placeholders that it had."""
    document = docx.Document(str(path))
    names = itertools.cycle(_NAMES)
    year = next(
        iter(re.findall(r"\b20\d\d\b", " ".join(_text(p) for p in document.element.body.iter(f"{_W}p")))), "2026"
    )
    filled = 0
    for paragraph, context in list(_paragraphs(document.element.body)):
        text = _text(paragraph)
        if not re.match(r"\[(Anote|Escriba|Indique|Relacione|Enuncie|Firme|Asiente)\b", text):
            continue
        filled += 1
        if text.startswith("[Escriba en cada texto"):
            paragraph.getparent().remove(paragraph)
        elif text.startswith("[Indique lo "):
            before = paragraph.getprevious()
            paragraph.getparent().remove(paragraph)
            if before is not None and _text(before) and before.find(f"{_W}pPr/{_W}pStyle") is None:
                _write(before, _value(context, year, names))
        else:
            _write(paragraph, _value(context, year, names))
    document.save(str(target))
    return filled


def _value(context: str, year: str, names: Iterator[str]) -> str:
    values = {
        "Fecha": "2 de enero de 2020",
        "Fecha compromiso": "15 de diciembre de 2030",
        "Fecha de difusión": f"15 de junio de {year}",
        "Fecha conmemorativa": f"7 de abril de {year}, Día Mundial de la Salud",
        "Año del plan": year,
        "Asunto": "Programación anual de cursos virtuales",
        "Acuerdo": "Elaborar la planeación anual",
        "Orden del día": "Lista de asistencia",
        "Plataforma": "CLIMSS",
        "Medio de difusión": "cartel",
        "Curso": "Primeros auxilios",
        "Firma": "Rúbrica",
        "Unidad Operativa u OOAD": "CSS Legaria",
    }
    return next(names) if context in ("Nombre", "Responsable") else values[context]


def _paragraphs(body: Any) -> Iterator[tuple[Any, str]]:
    """Paragraphs of the document's own parts with what they answer: heading, label at the left, or header of the column."""
    heading = ""
    for block in body:
        if block.tag == f"{_W}p":
            if block.find(f"{_W}pPr/{_W}pStyle") is not None:
                heading = _text(block)
            yield block, heading
        elif block.tag == f"{_W}tbl":
            rows = [list(row.iter(f"{_W}tc")) for row in block.iter(f"{_W}tr")]
            form = block.find(f"{_W}tr/{_W}trPr/{_W}tblHeader") is None
            for row in rows if form else rows[1:]:
                for cell, head in zip(row, [row[0]] * len(row) if form else rows[0], strict=False):
                    for paragraph in cell.iter(f"{_W}p"):
                        yield paragraph, "".join(_text(p) for p in head.iter(f"{_W}p"))


def _text(paragraph: Any) -> str:
    return "".join(t.text or "" for t in paragraph.iter(f"{_W}t"))


def _write(paragraph: Any, text: str) -> None:
    texts = list(paragraph.iter(f"{_W}t"))
    for old in texts[1:]:
        old.text = ""
    texts[0].text = text
