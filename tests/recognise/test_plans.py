"""Plans of dissemination in the shapes offices give them: one table, a table a platform, lists, cards, months to mark."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import pytest

from checker.recognise.model import Period, Recognised, Row

Read = Callable[[str, str], list[Recognised]]


def _rows(found: list[Recognised]) -> Sequence[tuple[str, object, str, object]]:
    (one,) = found
    assert one.type is not None
    assert one.type.id == "plan-anual-de-difusion"
    rows = one.fields["cursos"].value
    assert isinstance(rows, tuple)
    answer = []
    for row in rows:
        assert isinstance(row, Row)
        when = row.cells["fecha"].value
        span = f"{when.start}/{when.end}" if isinstance(when, Period) else row.cells["fecha"].state
        answer.append((row.cells["curso"].text, row.cells["plataforma"].value, row.cells["medio"].text, span))
    return answer


MONTHS = """<h1>PLAN ANUAL DE DIFUSIÓN DE PROGRAMAS VIRTUALES DE CAPACITACIÓN</h1><p>Ejercicio: 2026</p>
<table><tr><th>Plataforma</th><th>Curso</th><th>Medio</th><th>Ene</th><th>Feb</th><th>Mar</th><th>Dic</th></tr>
<tr><td rowspan=2>CLIMSS</td><td>Primeros auxilios</td><td>Carteles</td><td>X</td><td></td><td></td><td></td></tr>
<tr><td>Diabetes</td><td>Redes sociales</td><td></td><td>X</td><td>X</td><td></td></tr>
<tr><td>EduTK</td><td>Ofimática</td><td>Volantes</td><td></td><td></td><td></td><td></td></tr></table>"""


def test_months_marked_in_a_grid(read: Read) -> None:
    assert _rows(read("plan.html", MONTHS)) == [
        ("Primeros auxilios", "CLIMSS", "Carteles", "2026-01-01/2026-01-31"),
        ("Diabetes", "CLIMSS", "Redes sociales", "2026-02-01/2026-03-31"),
        ("Ofimática", "EduTK", "Volantes", "absent"),
    ]


A_TABLE_A_PLATFORM = """<p><b>Plan anual de difusión</b></p><p>Año: 2026</p><table>
<tr><td colspan=4>CURSOS CLIMSS</td></tr><tr><td>Nombre del curso</td><td>Medio de difusión</td><td colspan=2>Periodo</td></tr>
<tr><td>Salud mental</td><td>Facebook</td><td>1/02/2026</td><td>15/02/2026</td></tr>
<tr><td colspan=4>CURSOS EDUTK</td></tr><tr><td>Nombre del curso</td><td>Medio de difusión</td><td colspan=2>Periodo</td></tr>
<tr><td>Repostería</td><td>Cartel</td><td colspan=2>marzo</td></tr>
<tr><td colspan=4>WEBINARS</td></tr><tr><td>Tema</td><td>Medio de difusión</td><td colspan=2>Fecha</td></tr>
<tr><td>Día de la mujer</td><td>Cartel</td><td colspan=2>8 de marzo</td></tr></table>"""


def test_section_rows_name_the_platform(read: Read) -> None:
    assert _rows(read("plan.html", A_TABLE_A_PLATFORM)) == [
        ("Salud mental", "CLIMSS", "Facebook", "2026-02-01/2026-02-15"),
        ("Repostería", "EduTK", "Cartel", "2026-03-01/2026-03-31"),
        ("Día de la mujer", "webinar", "Cartel", "2026-03-08/2026-03-08"),
    ]


LISTS = """# Plan anual de difusión de programas virtuales de capacitación 2026

## CLIMSS
- Primeros auxilios — carteles — enero de 2026

## EduTK
- Ofimática. Medio: volantes. Fecha: 12 de febrero de 2026

## Webinars
- Día Mundial de la Salud — Facebook — 7 de abril de 2026
"""


def test_headings_name_the_platform_and_dashes_the_rest(read: Read) -> None:
    found = read("plan.md", LISTS)
    assert _rows(found) == [
        ("Primeros auxilios", "CLIMSS", "carteles", "2026-01-01/2026-01-31"),
        ("Ofimática.", "EduTK", "volantes", "2026-02-12/2026-02-12"),
        ("Día Mundial de la Salud", "webinar", "Facebook", "2026-04-07/2026-04-07"),
    ]
    rows = found[0].fields["cursos"].value
    assert isinstance(rows, tuple)
    assert [r.cells["fecha_conmemorativa"].text for r in rows if isinstance(r, Row)] == [
        "",
        "",
        "Día Mundial de la Salud",
    ]


SECTIONS = """PLAN DE DIFUSIÓN 2026
Unidad Operativa: CSS Legaria

CURSOS POR DIFUNDIR
1. Primeros auxilios (CLIMSS)
2. Ofimática básica (EduTK)

MEDIOS DE DIFUSIÓN
Carteles y redes sociales

FECHAS DE DIFUSIÓN
De enero a noviembre de 2026
"""


def test_standing_sections_serve_every_course(read: Read) -> None:
    assert _rows(read("plan.txt", SECTIONS)) == [
        ("Primeros auxilios (CLIMSS)", "CLIMSS", "Carteles y redes sociales", "2026-01-01/2026-11-30"),
        ("Ofimática básica (EduTK)", "EduTK", "Carteles y redes sociales", "2026-01-01/2026-11-30"),
    ]


def test_without_a_standing_section_each_course_lacks_it(read: Read) -> None:
    (found,) = read("plan.txt", SECTIONS.replace("MEDIOS DE DIFUSIÓN\nCarteles y redes sociales\n", ""))
    rows = found.fields["cursos"].value
    assert isinstance(rows, tuple)
    assert [r.cells["medio"].state for r in rows if isinstance(r, Row)] == ["absent", "absent"]


CARDS = """Plan anual de difusión de programas virtuales 2026

Curso: Primeros auxilios
Plataforma: CLIMSS
Medio: Redes sociales
Fecha: 12 de enero de 2026

Curso: Ofimática
Plataforma: Zoom
Medio: Carteles
Fecha: 3 de febrero de 2026
"""


def test_cards_and_an_unknown_platform(read: Read) -> None:
    found = read("plan.txt", CARDS)
    assert _rows(found) == [
        ("Primeros auxilios", "CLIMSS", "Redes sociales", "2026-01-12/2026-01-12"),
        ("Ofimática", None, "Carteles", "2026-02-03/2026-02-03"),
    ]
    rows = found[0].fields["cursos"].value
    assert isinstance(rows, tuple)
    second = rows[1]
    assert isinstance(second, Row)
    assert second.cells["plataforma"].problem == "«Zoom» no es EduTK, CLIMSS ni webinar"


MEETING = """MINUTA DE REUNIÓN {n}
Fecha: {n} de octubre de 2025
Asunto: Asunto {n}
Asistentes: Laura Méndez Ríos, Jorge Salas Pérez
Orden del día: 1. Lista 2. Acuerdos
Acuerdos:
1. Enviar. Responsable: Jorge Salas Pérez. Fecha compromiso: 20/10/2025
Firmas:
____________
Laura Méndez Ríos

"""


@pytest.mark.parametrize("heading", ["MINUTA DE REUNIÓN {n}\n", ""])
def test_ten_meetings_are_ten_minutas(read: Read, heading: str) -> None:
    text = "MINUTA DE REUNIÓN\n\n" * (not heading) + "".join(
        MEETING.replace("MINUTA DE REUNIÓN {n}\n", heading).format(n=n) for n in range(1, 11)
    )
    found = read("minutas.txt", text)
    assert [(r.part, r.fields["fecha"].value, r.fields["asunto"].value) for r in found] == [
        (str(n), dt.date(2025, 10, n), f"Asunto {n}") for n in range(1, 11)
    ]


def test_a_register_of_meetings_is_never_one_blurred_minuta(read: Read) -> None:
    rows = "".join(
        f"<tr><td>{n}/10/2025</td><td>Asunto {n}</td><td>Laura Méndez, Jorge Salas</td><td>Lista; acuerdos</td><td>Enviar</td></tr>"
        for n in (1, 2, 3)
    )
    table = f"<table><tr><th>Fecha</th><th>Asunto</th><th>Asistentes</th><th>Orden del día</th><th>Acuerdos</th></tr>{rows}</table>"
    (found,) = read("registro.html", f"<h1>Minutas de reunión</h1><h2>Minuta de reunión</h2>{table}")
    assert found.type is None
    assert "3 registros" in (found.reason or "")


@pytest.mark.parametrize(
    "text",
    [
        "CONVOCATORIA\nFecha: 14 de octubre de 2025\nAsunto: reunión de trabajo\nOrden del día:\n1. Lista\n2. Acuerdos\nAtentamente\nLaura Méndez Ríos",
        "OFICIO 123\nAsunto: Se remite minuta de reunión\nCiudad de México, 14 de octubre de 2025\nAdjunto la minuta con acuerdos y firmas.\nAtentamente\nJorge Salas Pérez",
        "ORDEN DEL DÍA\n1. Lista de asistencia\n2. Lectura del acta\n3. Acuerdos",
        "Pastel de elote\nIngredientes: tres elotes, leche y azúcar.\nPreparación: licuar y hornear 40 minutos.",
    ],
)
def test_what_resembles_is_not_taken_for_it(read: Read, text: str) -> None:
    (found,) = read("documento.txt", text)
    assert found.type is None
    assert "--type" in (found.reason or "")
