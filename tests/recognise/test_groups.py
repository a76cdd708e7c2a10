"""Rows listed under headings that name a platform, whatever else the headings say."""

from __future__ import annotations

from collections.abc import Callable

from checker.recognise.model import Recognised
from tests.recognise.types_at_hand import rows_of

TEXT = """# Planeación anual de programas virtuales 2027

## Cursos y talleres EduTK

1. Ofimática básica, febrero de 2027

## Cursos y talleres CLIMSS

1. Cuidado de personas mayores, marzo de 2027

## Videoconferencias y pláticas en webinars

1. Día Mundial del Corazón, 29 de septiembre de 2027

## {last}

1. Rosa Gómez Morales
"""


def test_a_heading_that_names_another_choice_holds_rows_too(read: Callable[[str, str], list[Recognised]]) -> None:
    (found,) = read("p.md", TEXT.format(last="Distribución"))
    rows = rows_of(found.fields["cursos"])
    assert [(r.cells["curso"].text, r.cells["plataforma"].value) for r in rows] == [
        ("Ofimática básica", "EduTK"),
        ("Cuidado de personas mayores", "CLIMSS"),
        ("Día Mundial del Corazón", "webinar"),
    ]
    assert [r.cells["fecha"].text for r in rows] == ["febrero de 2027", "marzo de 2027", "29 de septiembre de 2027"]
