"""Certificates and cards of figures: titles that resemble labels, codes in corners, figures said in sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checker.recognise.model import Recognised
from tests.recognise.types_at_hand import candidate, read_one

Reader = Callable[[str, str], list[Recognised]]
CERTIFICATE = """# Constancia

El Instituto Mexicano del Seguro Social otorga la presente constancia a {nombre}

Por haber concluido satisfactoriamente el curso:

Ofimática básica

Duración: 40 horas

Ciudad de México, 3 de mayo de 2026.

{corner}
"""


def test_the_title_is_no_label_of_the_name(read: Reader) -> None:
    (found,) = read("c.md", CERTIFICATE.format(nombre="Rosa Gómez Morales", corner="Sin clave"))
    assert found.fields["nombre"].value == "Rosa Gómez Morales"
    assert found.fields["curso"].value == "Ofimática básica"


def test_a_certificate_without_a_name_has_none(read: Reader) -> None:
    text = CERTIFICATE.format(nombre="", corner="").replace(" a \n", " a:\n")
    (found,) = read("c.md", text)
    assert found.fields["nombre"].state in ("absent", "empty")


@pytest.mark.parametrize("corner", ["3B13-009-005", "Formato 3B13-009-005.", "**3B13-009-005**"])
def test_a_code_in_a_corner_needs_no_label(read: Reader, corner: str) -> None:
    (found,) = read("c.md", CERTIFICATE.format(nombre="Rosa Gómez Morales", corner=corner))
    assert found.fields["clave"].value == "3B13-009-005"


FIGURES = candidate(
    {
        "edutk": {"kind": "text", "labels": ["edutk"], "words": ["edutk"], "required_by": "PV-156"},
        "climss": {"kind": "text", "labels": ["climss"], "words": ["climss"], "required_by": "PV-156"},
    }
)


@pytest.mark.parametrize(
    ("text", "edutk", "climss"),
    [
        ("En EduTK se inscribieron 320 personas. En CLIMSS, 5,600.", "En EduTK se inscribieron 320 personas", "En CLIMSS, 5,600"),
        ("Se informa la productividad de EduTK y CLIMSS.", None, None),
        ("EduTK:\n\nCLIMSS: 40\n\nLos cursos de EduTK se pospusieron.", None, "40"),
    ],
)  # fmt: skip
def test_figures_in_sentences(text: str, edutk: str | None, climss: str | None) -> None:
    fields = read_one(FIGURES, "t.md", f"# Cédula de prueba\n\n{text}\n").fields
    assert (fields["edutk"].value, fields["climss"].value) == (edutk, climss)


@pytest.mark.parametrize(
    "course", ["en línea\n\n**«Nutrición y salud»**", "virtual denominado\n\n**NUTRICIÓN**\n\n**Y SALUD**"]
)
def test_a_title_and_its_course_each_in_lines_of_their_own(read: Reader, course: str) -> None:
    text = (
        f"El Instituto Mexicano del Seguro Social\n\notorga la presente\n\n**CONSTANCIA**\n\na:\n\n**MARÍA DE LOS ÁNGELES DEL RÍO VEGA**\n\n"
        f"por haber concluido satisfactoriamente el curso {course}\n\nimpartido en la plataforma CLIMSS, con una duración de 30 horas.\n\n"
        "Ciudad de México, a 15 de junio de 2026\n\nFolio: NUT-2026-000871\n\nClave: 3B13-009-005\n"
    )
    (found,) = read("c.md", text)
    fields = found.fields
    assert fields["nombre"].value == "MARÍA DE LOS ÁNGELES DEL RÍO VEGA"
    assert str(fields["curso"].value).casefold() == "nutrición y salud"
    assert (fields["duracion"].value, fields["plataforma"].value) == ("30 horas", "CLIMSS")


def test_lines_that_a_pdf_runs_together(read: Reader) -> None:
    text = (
        "Constancia de participación\n\nEl Instituto Mexicano del Seguro Social a través de la Coordinación otorga la presente\n\n"
        "**CONSTANCIA a:**\n\n"
        "MARÍA DEL RÍO VEGA por haber concluido satisfactoriamente el curso en línea\n\n"
        "«Nutrición y salud» impartido en la plataforma CLIMSS, con una duración de 30 horas. Ciudad de México, a 15 de junio de 2026\n\n"
        "Folio: NUT-2026-000871\n\nClave: 3B13-009-005\n"
    )
    (found,) = read("c.md", text)
    fields = {n: v.value for n, v in found.fields.items()}
    assert (fields["nombre"], fields["curso"]) == ("MARÍA DEL RÍO VEGA", "Nutrición y salud")
    assert (str(fields["fecha"]), fields["duracion"]) == ("2026-06-15", "30 horas")
