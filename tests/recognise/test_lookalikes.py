"""What only resembles a value is none, and what a reader would see is not missed. Each case came from an adversary's document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from checker.recognise.model import FieldValue, Person, Recognised, Row

Read = Callable[[str, str], list[Recognised]]
HEAD = "<h1>Minuta de reunión</h1><p>Fecha: 14/10/2025</p><p>Asunto: Uso de aulas</p>"
PEOPLE = "<p>Asistentes: Laura Méndez Ríos, Jorge Salas Pérez</p>"
AGENDA = "<h2>Orden del día</h2><ul><li>Bienvenida</li><li>Aulas</li></ul>"
SIGNED = "<h2>Firmas</h2><p>_______________<br>Laura Méndez Ríos</p>"


def _agreed(*rows: tuple[str, ...], header: tuple[str, ...] = ("Acuerdo", "Responsable", "Fecha compromiso")) -> str:
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    return f"<h2>Acuerdos</h2><table><tr>{''.join(f'<th>{h}</th>' for h in header)}</tr>{cells}</table>"


GOOD = ("Enviar oficio", "Jorge Salas Pérez", "30/10/2025")


def _fields(read: Read, *parts: str) -> dict[str, FieldValue]:
    (found,) = read("minuta.html", "".join(parts))
    assert found.type is not None
    return found.fields


def _rows(fields: dict[str, FieldValue], table: str = "acuerdos") -> list[Row]:
    value = fields[table].value
    assert isinstance(value, tuple)
    return [r for r in value if isinstance(r, Row)]


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><th>Nombre</th><th>Asistió</th></tr><tr><td>Laura Méndez Ríos</td><td>Sí</td></tr><tr><td>Jorge Salas Pérez</td><td>No</td></tr></table>",
        "<ul><li>Laura Méndez Ríos</li><li>Jorge Salas Pérez (no se presentó)</li></ul>",
        "<p>Laura Méndez Ríos</p><p>No asistió: Ing. Jorge Salas Pérez</p>",
        "<p>Laura Méndez Ríos</p><p>Titular de División</p><p>Desarrollo Cultural</p>",
        "<p>Laura Méndez Ríos (Delegación Benito Juárez)</p>",
    ],
)
def test_one_person_is_one_person(read: Read, table: str) -> None:
    people = _fields(read, HEAD, f"<h2>Asistentes</h2>{table}", AGENDA, _agreed(GOOD), SIGNED)["asistentes"].value
    assert isinstance(people, tuple)
    assert [p.name for p in people if isinstance(p, Person)] == ["Laura Méndez Ríos"]


@pytest.mark.parametrize("who", ["S/R", "?", "por designar", "_____", "vacante"])
def test_nobody_answers(read: Read, who: str) -> None:
    (row,) = _rows(_fields(read, HEAD, PEOPLE, AGENDA, _agreed(("Enviar oficio", who, "30/10/2025")), SIGNED))
    assert row.cells["responsable"].state == "empty"


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("31/10", dt.date(2025, 10, 31)),
        ("noviembre 2025", dt.date(2025, 11, 30)),
        ("Semana del 3 al 7 de noviembre", dt.date(2025, 11, 7)),
        ("viernes 5/12/25", dt.date(2025, 12, 5)),
        ("31 de febrero de 2026", None),
        ("Permanente", None),
        ("Inmediato", None),
        ("__/__/2025", None),
        ("XX de XXXX de 2025", None),
        ("por acordar", None),
    ],
)
def test_due_dates(read: Read, when: str, expected: dt.date | None) -> None:
    (row,) = _rows(_fields(read, HEAD, PEOPLE, AGENDA, _agreed(("Enviar oficio", "Jorge Salas Pérez", when)), SIGNED))
    assert row.cells["fecha_compromiso"].value == expected


@pytest.mark.parametrize(
    ("sentence", "responsible", "due"),
    [
        ("Jorge Salas Pérez enviará el oficio a más tardar el 30 de octubre de 2025.", "present", "present"),
        ("Enviar el oficio firmado por el Lic. Jorge Salas Pérez.", "undetermined", "absent"),
        ("La Oficina de Difusión atenderá el oficio recibido el 30 de octubre de 2025.", "present", "undetermined"),
        ("Enviar el oficio a la Jefatura.", "absent", "absent"),
        ("Enviar el oficio, a cargo de la Oficina de Difusión, antes del 30/10/2025.", "present", "present"),
    ],
)
def test_who_answers_and_who_is_mentioned(read: Read, sentence: str, responsible: str, due: str) -> None:
    (row,) = _rows(_fields(read, HEAD, PEOPLE, AGENDA, f"<h2>Acuerdos</h2><ol><li>{sentence}</li></ol>", SIGNED))
    assert (row.cells["responsable"].state, row.cells["fecha_compromiso"].state) == (responsible, due)


def test_agreements_of_another_meeting_are_not_these(read: Read) -> None:
    old = _agreed(("Pintar el aula", "Jorge Salas Pérez", "30/09/2025")).replace(
        "<h2>Acuerdos", "<h2>Seguimiento de acuerdos anteriores"
    )
    assert [r.text for r in _rows(_fields(read, HEAD, PEOPLE, AGENDA, old, _agreed(GOOD), SIGNED))] == ["Enviar oficio"]


@pytest.mark.parametrize(
    "header",
    [
        ("Punto de acuerdo", "Nombre del responsable", "Vence"),
        ("¿Qué?", "¿Quién?", "¿Cuándo?"),
        ("Acdo.", "Resp.", "F. compromiso"),
        ("Descripción del compromiso", "Unidad responsable", "Fecha estimada"),
        ("Acuerdo", "Lo hace", "Para el día"),
    ],
)
def test_strange_headers(read: Read, header: tuple[str, str, str]) -> None:
    (row,) = _rows(_fields(read, HEAD, PEOPLE, AGENDA, _agreed(GOOD, header=header), SIGNED))
    assert [row.cells[c].state for c in ("acuerdo", "responsable", "fecha_compromiso")] == ["present"] * 3


def test_a_table_nobody_can_read_is_not_called_missing(read: Read) -> None:
    rows = [("Aula 1", "Roja", "12"), ("Aula 2", "Azul", "14"), ("Aula 3", "Verde", "16")]
    table = _agreed(*rows, header=("Uno", "Dos", "Tres")).replace("<h2>Acuerdos</h2>", "<h2>Acuerdos</h2>")
    assert _fields(read, HEAD, PEOPLE, AGENDA, table, SIGNED)["acuerdos"].state in ("undetermined", "present")


@pytest.mark.parametrize(
    "label", ["Fecha:14/10/2025", "FECHA 14/10/2025", "Fecha → 14 de octubre de 2025", "Día: 14 Mes: 10 Año: 2025"]
)
def test_a_date_by_its_label(read: Read, label: str) -> None:
    fields = _fields(read, HEAD.replace("Fecha: 14/10/2025", label), PEOPLE, AGENDA, _agreed(GOOD), SIGNED)
    assert fields["fecha"].value == dt.date(2025, 10, 14)


@pytest.mark.parametrize(
    "subject", ["S/A", "Asunto", "(asunto de la reunión)", "Describir el asunto de la reunión", "Lorem ipsum dolor"]
)
def test_a_subject_that_says_nothing(read: Read, subject: str) -> None:
    assert (
        _fields(read, HEAD.replace("Uso de aulas", subject), PEOPLE, AGENDA, _agreed(GOOD), SIGNED)["asunto"].state
        == "empty"
    )


def test_what_is_hidden_is_doubted(read: Read) -> None:
    hidden = HEAD.replace(
        "<p>Asunto: Uso de aulas</p>", '<p>Asunto: <span style="display:none">Uso de aulas</span></p>'
    )
    assert _fields(read, hidden, PEOPLE, AGENDA, _agreed(GOOD), SIGNED)["asunto"].state != "present"


def test_a_copy_is_no_signature(read: Read) -> None:
    end = "<h2>Firmas</h2><p>c.c.p. Lic. Juan Robles Peña, Titular de la Coordinación.- Para conocimiento.</p>"
    assert _fields(read, HEAD, PEOPLE, AGENDA, _agreed(GOOD), end)["firmas"].state == "empty"


PLAN = "<h1>Plan anual de difusión de programas virtuales de capacitación</h1><p>EJERCICIO FISCAL 2026</p>"


def _plan(*rows: tuple[str, ...], header: tuple[str, ...]) -> str:
    return PLAN + _agreed(*rows, header=header).replace("<h2>Acuerdos</h2>", "")


@pytest.mark.parametrize("medium", ["X", "?", "S/M", "Según se requiera", "Varios", "Lic. Juan Pérez", "30", "CLIMSS"])
def test_a_medium_that_is_none(read: Read, medium: str) -> None:
    (row,) = _rows(
        _fields(read, _plan(("Ofimática", "EduTK", medium, "marzo"), header=("Curso", "Plataforma", "Medio", "Fecha"))),
        "cursos",
    )
    assert row.cells["medio"].state in ("empty", "undetermined")


def test_crosses_under_platforms_and_two_columns_for_a_period(read: Read) -> None:
    header = ("Curso", "CLIMSS", "EDUTK", "Medio", "Inicio", "Término")
    (row,) = _rows(
        _fields(read, _plan(("Ofimática", "", "X", "Cartel", "1/03/2026", "15/03/2026"), header=header)), "cursos"
    )
    assert row.cells["plataforma"].value == "EduTK"
    assert row.cells["fecha"].text == "1/03/2026 al 15/03/2026"


def test_quarters_totals_and_notes(read: Read) -> None:
    header = ("Curso", "Plataforma", "Medio", "1er trim", "2do trim", "3er trim", "4to trim")
    rows = [
        ("Ofimática", "EduTK", "Cartel", "", "X", "", ""),
        ("Total", "", "", "", "1", "", ""),
        ("Nota: sujeto a cambios", "", "", "", "", "", ""),
    ]
    (row,) = _rows(_fields(read, _plan(*rows, header=header)), "cursos")
    assert str(row.cells["fecha"].value) == "Period(start=datetime.date(2026, 4, 1), end=datetime.date(2026, 6, 30))"


@pytest.mark.parametrize(
    "text",
    ["MINUTA\nHuevos a la mexicana\nCafé de olla\n$120", "Minuta de decreto\nArtículo único. Se reforma la ley."],
)
def test_a_short_title_alone_tells_no_type(read: Read, text: str) -> None:
    assert read("otro.txt", text)[0].type is None


def test_thousands_of_labels_in_a_line_are_read_in_one_pass(read: Read) -> None:
    assert read("linea.txt", "Fecha: Asunto: Acuerdos: " * 8000)


def test_a_cell_that_speaks_for_itself_is_no_value(read: Read) -> None:
    table = "<table><tr><td>Asunto:</td><td>Fecha: 14/10/2025</td></tr></table>"
    fields = _fields(read, "<h1>Minuta de reunión</h1>", table, PEOPLE, AGENDA, _agreed(GOOD), SIGNED)
    assert (fields["asunto"].state, fields["fecha"].value) == ("empty", dt.date(2025, 10, 14))


def test_two_dates_of_the_meeting_are_a_doubt(read: Read) -> None:
    fields = _fields(read, HEAD, "<p>Fecha: 14/10/2024</p>", PEOPLE, AGENDA, _agreed(GOOD), SIGNED)
    assert fields["fecha"].state == "undetermined"
    assert "dos fechas distintas" in fields["fecha"].reason


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        (("Acuerdo", "Responsable", "Fecha de registro"), "fecha_compromiso"),
        (("Acuerdo", "Área", "Fecha compromiso"), "responsable"),
    ],
)
def test_another_date_and_an_area_are_not_what_is_asked(read: Read, header: tuple[str, str, str], missing: str) -> None:
    row = ("Enviar oficio", "Oficina de Difusión", "30/10/2025")
    (found,) = _rows(_fields(read, HEAD, PEOPLE, AGENDA, _agreed(row, header=header), SIGNED))
    assert found.cells[missing].state == "absent"
