"""Exports of forms and systems: no title, one header, and the submission's own fields repeated in every row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from checker.recognise.model import Person, Recognised
from tests.recognise.types_at_hand import texts

HEADER = "Marca temporal,Unidad Operativa,Responsable,Acción realizada,Medio,Personas alcanzadas\n"
FIRST = "03/03/2026 10:12:00,CSS Legaria,Ana Torres Luna,Colocación de carteles,Cartel,120\n"
SECOND = "04/03/2026 09:15:00,CSS Legaria,Ana Torres Luna,Envío de mensajes,Correo electrónico,300\n"


@pytest.mark.parametrize(("rows", "day"), [(FIRST, 3), (FIRST + SECOND, 4)])
def test_fields_that_every_row_repeats(read: Callable[[str, str], list[Recognised]], rows: str, day: int) -> None:
    (found,) = read("respuestas.csv", HEADER + rows)
    assert found.type
    assert found.type.id == "reporte-acciones-difusion"
    fields = found.fields
    assert fields["fecha"].value == dt.date(2026, 3, day)
    assert fields["unidad"].value == "CSS Legaria"
    people = fields["responsable"].value
    assert isinstance(people, tuple)
    assert [p.name for p in people if isinstance(p, Person)] == ["Ana Torres Luna"]
    told = [("Colocación de carteles", "Cartel", "120"), ("Envío de mensajes", "Correo electrónico", "300")]
    assert texts(fields["acciones"], "accion", "medio", "alcance") == told[: rows.count("\n")]


def test_different_units_are_all_told(read: Callable[[str, str], list[Recognised]]) -> None:
    (found,) = read("respuestas.csv", HEADER + FIRST + SECOND.replace("Legaria", "Morelos"))
    assert found.fields["unidad"].value == "CSS Legaria; CSS Morelos"
