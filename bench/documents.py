"""Documents to measure with: minutas of any length."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

PEOPLE = (
    ("Mtra. Laura Elena Méndez Ríos", "Titular de la Dirección"),
    ("Lic. Jorge Salas Pérez", "Titular de la Jefatura"),
)
TOPIC = (
    "Se revisó el avance de la inscripción en los cursos virtuales y se comentaron las causas de la deserción en cada unidad, "
    "así como las necesidades de difusión en las salas de espera y en las redes institucionales."
)


def minuta(path: Path, *, agreements: int, paragraphs: int, day: int = 14, variant: int = 0) -> Path:
    """A compliant minuta in docx; 40 paragraphs fill about four pages. Each ``variant`` has words of its own."""
    import docx

    document = docx.Document()
    document.add_heading("Minuta de reunión", 0)
    for label, value in (
        ("Fecha:", f"{day} de octubre de 2025"),
        ("Asunto:", "Programación anual de cursos virtuales"),
    ):
        paragraph = document.add_paragraph()
        paragraph.add_run(label).bold = True
        paragraph.add_run(f" {value}")
    document.add_heading("Personas asistentes", 1)
    for name, charge in PEOPLE:
        document.add_paragraph(f"{name}, {charge}", style="List Bullet")
    document.add_heading("Orden del día", 1)
    for topic in ("Lista de asistencia", "Avance de la inscripción", "Acuerdos"):
        document.add_paragraph(topic, style="List Number")
    document.add_heading("Desarrollo de la reunión", 1)
    for number in range(paragraphs):
        document.add_paragraph(f"{number + 1}. En {variant + 1:02} unidades. {TOPIC}")
    document.add_heading("Acuerdos", 1)
    table = document.add_table(rows=1 + agreements, cols=3, style="Table Grid")
    rows = [("Acuerdo", "Responsable", "Fecha compromiso")]
    rows += [
        (f"Atender el punto {i} de la unidad {variant + 1:02}", PEOPLE[i % 2][0], f"{1 + i % 28} de noviembre de 2025")
        for i in range(agreements)
    ]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_heading("Firmas", 1)
    for name, charge in PEOPLE:
        document.add_paragraph("_" * 30)
        document.add_paragraph(name)
        document.add_paragraph(charge)
    document.save(str(path))
    return path


def as_pdf(sources: list[Path]) -> list[Path]:
    """The same documents as text pdfs, made by LibreOffice."""
    folder = sources[0].parent
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation=file://{profile}", "--headless"),
                *("--convert-to", "pdf", "--outdir", str(folder), *map(str, sources)),
            ],
            check=True,
            capture_output=True,
            timeout=600,
        )
    return [source.with_suffix(".pdf") for source in sources]
