"""The documents of programas virtuales as files: the compliant one complies, what is broken in it is told and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.check import check
from checker.findings import Result
from checker.options import Options

PLANNING = """# Planeación anual de los programas virtuales

Año: 2026

Fecha de elaboración: 14 de noviembre de 2025

| Programa virtual | Plataforma | Mes |
|---|---|---|
| Ofimática básica | EduTK | febrero de 2026 |
| Primeros auxilios | CLIMSS | marzo de 2026 |
| Día Mundial del Corazón | Webinar | 29 de septiembre de 2026 |

Elaboró

Jorge Salas Pérez

Jefe del Área de Producción
"""
DIFFUSION = """# Plan anual de difusión de programas virtuales de capacitación

Año: 2026

| Curso | Plataforma | Medio | Fecha |
|---|---|---|---|
| Ofimática básica | EduTK | Cartel | enero de 2026 |
| Primeros auxilios | CLIMSS | Correo electrónico | febrero de 2026 |
"""
PROPOSAL = """# Propuesta de curso o taller

**Nombre del curso:** Ofimática básica

## Diseño instruccional

Cuatro módulos con video y una evaluación cada uno.

## Estructura temática

1. El equipo de cómputo
2. La hoja de cálculo
"""
PROGRAMME = """# Programa anual de actividades

Unidad Operativa: CSS Legaria

Año calendario: 2026

Elaboró: Ana Torres Luna, Titular de la Dirección de la Unidad Operativa

Registro en el SIPSI: folio 2026-0148

Autorización de las metas: conforme a los CTPAA 2026

| Actividad | Ene | Feb | Mar | Abr | May | Jun | Jul | Ago | Sep | Oct | Nov | Dic | Meta anual |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
| Ofimática básica | 10 | 10 | 10 | 10 | 10 | 10 | 10 | 10 | 10 | 10 | 10 | 10 | 120 |
"""
MONTH = """# Calendario mensual de Webinars

Mes: septiembre de 2026

| OOAD | Fecha | Horario | Tema | Ponente |
|---|---|---|---|---|
| Jalisco | 29/09/2026 | 10:00 a 11:00 horas | Cuidado del corazón | Rosa Gómez Morales |
| Sonora | 22/09/2026 | 9:00 a 10:00 horas | Sueño reparador | Luis Peña Cruz |
"""
TOPICS = """# Propuesta de tema, ponente y horario

OOAD: Jalisco

| Tema | Ponente | Horario | Fecha | Curriculum Vitae |
|---|---|---|---|---|
| Cuidado del corazón | Dra. Rosa Gómez Morales | 10:00-11:00 h | 29/09/2026 | cv-rosa.pdf |
"""
PEOPLE = """Nombre completo,Correo electrónico,CURP,NSS,OOAD
Rosa Gómez Morales,rosa.gomez@example.com,GOMR850312MDFMRS01,12345678903,Jalisco
Luis Peña Cruz,luis.pena@example.com,PECL900101HDFXRS05,98765432103,OOAD D.F. Norte
"""
ACTIONS = """# Reporte de acciones de difusión

Fecha de llenado: 3 de marzo de 2026

Unidad Operativa: CSS Legaria

Responsable: Ana Torres Luna, Directora de la Unidad Operativa

| Acción | Curso | Medio | Personas alcanzadas |
|---|---|---|---|
| Colocación de carteles | Ofimática básica | Cartel | 120 |
| Envío a empresas | Ofimática básica | Correo electrónico | 300 |
"""
ENROLLED = """# Reporte mensual de personas usuarias inscritas

Mes: marzo de 2026

Plataforma: CLIMSS

| OOAD | Personas inscritas |
|---|---|
| Jalisco | 1,200 |
| Sonora | 800 |
"""
FINISHED = """# Reporte mensual de término y obtención de constancias

Mes: marzo de 2026

| Curso | Término | Constancias |
|---|---|---|
| Ofimática básica | 25 | 24 |
"""
NOTE = """# Tarjeta informativa de productividad

Fecha: 4 de abril de 2026

## EduTK

320 personas inscritas y 210 constancias.

## Webinars

12 transmisiones con 3,410 asistencias.

## CLIMSS

5,600 personas inscritas.

## Firma

Jorge Salas Pérez

Jefe del Área de Producción
"""
CERTIFICATE = """# Constancia de participación

Otorgan la presente constancia a:

Rosa Gómez Morales

Por haber concluido satisfactoriamente el curso: Primeros auxilios

Duración: 40 horas

Plataforma: CLIMSS

Ciudad de México, a 3 de mayo de 2026

Folio: CPA-000123

Clave: 3B13-009-005
"""
MATERIAL = """# Material de difusión y promoción

Curso: Ofimática básica

Tipo de material: cartel

Aprobación de la Unidad de Comunicación Social: correo UCS-114/2026

Fecha de aprobación: 12 de enero de 2026

Fecha de difusión: 19 de enero de 2026
"""
FILES = {
    "planeacion.md": PLANNING,
    "propuesta.md": PROPOSAL,
    "material.md": MATERIAL,
    "programa.md": PROGRAMME,
    "calendario.md": MONTH,
    "relacion.csv": PEOPLE,
    "acciones.md": ACTIONS,
    "inscritas.md": ENROLLED,
    "termino.md": FINISHED,
    "tarjeta.md": NOTE,
    "constancia.md": CERTIFICATE,
}


def _told(folder: Path, *files: tuple[str, str]) -> tuple[Result, list[str]]:
    """The result of the first file, and what is violated in it, with the others beside."""
    for name, text in files:
        (folder / name).write_text(text, encoding="utf-8")
    results = [c.result for c in check([folder / name for name, _ in files], Options())]
    own = results[0]
    return own, [f"{f.rule} {f.subject}" for f in own.findings if f.outcome == "violated" and f.severity != "info"]


@pytest.mark.parametrize("name", FILES)
def test_the_compliant_one_complies(tmp_path: Path, name: str) -> None:
    result, told = _told(tmp_path, (name, FILES[name]))
    assert (result.verdict, told) == ("compliant", [])


@pytest.mark.parametrize(
    ("name", "written", "instead", "told"),
    [
        ("planeacion.md", "Webinar |", "CLIMSS |", "PV-026.rubros cursos"),
        ("planeacion.md", "noviembre de 2025", "julio de 2025", "PV-025.anio-siguiente fecha"),
        ("planeacion.md", "Jefe del Área de Producción", "Jefa de Oficina", "PV-025.elabora firmas"),
        (
            "propuesta.md",
            "1. El equipo de cómputo\n2. La hoja de cálculo\n",
            "",
            "PV-050.estructura-tematica estructura_tematica",
        ),
        ("material.md", "19 de enero", "9 de enero", "PV-005.previa fecha_difusion"),
        ("programa.md", "| 120 |", "| 125 |", "PV-009.suma metas[1].total"),
        ("programa.md", "folio 2026-0148", "", "PV-009.sipsi sipsi"),
        (
            "calendario.md",
            "| Sueño reparador | Luis Peña Cruz |",
            "| Sueño reparador | |",
            "PV-113.ponente webinars[2].ponente",
        ),
        ("calendario.md", "22/09/2026", "22/10/2026", "PV-113.en-el-mes webinars[2].fecha"),
        ("relacion.csv", "MDFMRS01", "MDFMRS02", "PV-120.curp-valida personas[1].curp"),
        ("relacion.csv", "98765432103", "98765432104", "PV-120.nss-valido personas[2].nss"),
        ("relacion.csv", "OOAD D.F. Norte", "UMAE 14", "PV-120.ooad-del-instituto personas[2].ooad"),
        ("acciones.md", "3 de marzo", "6 de marzo", "PV-032.primeros-cinco-dias fecha"),
        ("acciones.md", "Correo electrónico", "Volantes", "PV-082.medios acciones"),
        ("inscritas.md", "| Jalisco |", "| |", "PV-152.por-ooad inscritas[1].ooad"),
        ("termino.md", "| 24 |", "| 26 |", "PV-003.constancias cursos[1].constancias"),
        ("tarjeta.md", "## CLIMSS\n\n5,600 personas inscritas.\n", "", "PV-156.climss climss"),
        ("tarjeta.md", "Jefe del Área de Producción", "Jefe de Oficina", "PV-156.firma-de-la-jefatura firma"),
        ("constancia.md", "40 horas", "40 hrs", "PV-162.horas duracion"),
        ("constancia.md", "Folio: CPA-000123\n", "", "PV-164.folio folio"),
        ("constancia.md", "009-005", "009-006", "PV-166.clave-del-formato clave"),
        ("constancia.md", "Plataforma: CLIMSS", "Plataforma: webinar", "PV-019.webinar plataforma"),
    ],
)
def test_what_is_broken_is_told_and_nothing_else(
    tmp_path: Path, name: str, written: str, instead: str, told: str
) -> None:
    assert written in FILES[name]
    _, found = _told(tmp_path, (name, FILES[name].replace(written, instead)))
    assert found == [told]


@pytest.mark.parametrize(
    ("own", "other", "told"),
    [
        (("plan.md", DIFFUSION), ("planeacion.md", PLANNING), []),
        (
            ("plan.md", DIFFUSION.replace("Ofimática básica", "Repostería")),
            ("planeacion.md", PLANNING),
            ["PV-008.en-la-planeacion cursos[1]"],
        ),
        (("calendario.md", MONTH), ("temas.md", TOPICS), []),
        (
            ("calendario.md", MONTH.replace("10:00 a 11:00", "16:00 a 17:00")),
            ("temas.md", TOPICS),
            ["PV-113.excel webinars[1].horario"],
        ),
        (
            ("calendario.md", MONTH),
            ("temas.md", TOPICS.replace("Cuidado del corazón", "Vacunas")),
            ["PV-113.excel webinars"],
        ),
        (
            ("calendario.md", MONTH),
            ("temas.md", TOPICS.replace("Cuidado del corazón", "Vacunas").replace("29/09", "29/10")),
            [],
        ),
    ],
)
def test_documents_that_belong_together(
    tmp_path: Path, own: tuple[str, str], other: tuple[str, str], told: list[str]
) -> None:
    _, found = _told(tmp_path, own, other)
    assert found == told
