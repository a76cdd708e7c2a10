"""Documents of the territorial model in the layouts in which offices keep them, and what the check says of them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Font

from checker.check import check
from checker.options import Options

Cells = Sequence[object]
Section = str | Sequence[str] | Sequence[Cells]


def verdict(*paths: Path) -> tuple[str | None, str, set[tuple[str, str]]]:
    """Type, verdict, and (rule, subject) of what the first file falls short of or leaves in doubt; infos left out."""
    first = next(iter(check(paths, Options()))).result
    found = {(f.rule, f.subject) for f in first.findings if f.severity != "info"}
    return first.type, first.verdict, found


def prose(path: Path, title: str, labels: Sequence[tuple[str, str]], sections: Sequence[tuple[str, Section]]) -> Path:
    """Letterhead, title, run-in labels, and headings with prose, items or a table under them."""
    document = Document()
    document.add_paragraph("INSTITUTO MEXICANO DEL SEGURO SOCIAL")
    document.add_paragraph("DIRECCIÓN DE OPERACIÓN Y EVALUACIÓN")
    document.add_heading(title, 1)
    for label, value in labels:
        document.add_paragraph(f"{label}: {value}")
    for heading, content in sections:
        document.add_heading(heading, 2)
        if isinstance(content, str):
            document.add_paragraph(content)
        elif isinstance(content[0], str):
            for item in content:
                document.add_paragraph(str(item), style="List Bullet")
        else:
            _table(document, content)  # type: ignore[arg-type]
    document.save(str(path))
    return path


def _table(document: object, rows: Sequence[Cells]) -> None:
    table = document.add_table(0, len(rows[0]))  # type: ignore[attr-defined]
    table.style = "Table Grid"
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = "" if value is None else str(value)


def form(path: Path, title: str, *records: Sequence[tuple[str, object]]) -> Path:
    """A title, and one table of label and value a record."""
    document = Document()
    document.add_paragraph(title).runs[0].bold = True
    for record in records:
        _table(document, record)
        document.add_paragraph("")
    document.save(str(path))
    return path


def sheet(path: Path, title: str, labels: Sequence[Cells], heads: Cells, rows: Sequence[Cells]) -> Path:
    """A title, labels with their values beside, a header row in bold and its rows."""
    workbook = Workbook()
    page = workbook.active
    assert page is not None
    page["A1"] = title
    for row in (*labels, []):
        page.append(list(row))
    page.append(list(heads))
    for cell in page[page.max_row]:
        cell.font = Font(bold=True)
    for row in rows:
        page.append(list(row))
    workbook.save(path)
    return path


def text(path: Path, heads: Cells, rows: Sequence[Cells], title: str) -> Path:
    """Delimited by semicolons, in Latin-1, as an old Excel writes it."""
    with path.open("w", encoding="latin-1", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerows([[title], [], heads, *rows])
    return path
