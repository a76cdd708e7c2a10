"""A field is found wherever people put it, and missed only where it is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from checker.recognise.model import Person, Recognised, Row, SignatureBlock
from tests.recognise.layouts import AGENDA, AGREED, FIELDS, LAYOUTS, PEOPLE, SUBJECT

Read = Callable[[str, str], list[Recognised]]


def _one(found: list[Recognised]) -> Recognised:
    assert [r.type.id if r.type else None for r in found] == ["minuta-de-reunion"]
    return found[0]


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_everything_is_found_with_its_value(read: Read, layout: str) -> None:
    fields = _one(read(*LAYOUTS[layout]("")))
    assert {n: v.state for n, v in fields.fields.items()} == dict.fromkeys(fields.fields, "present")
    values = {n: v.value for n, v in fields.fields.items()}
    assert values["fecha"] == dt.date(2025, 10, 14)
    assert values["asunto"] == SUBJECT
    people = values["asistentes"]
    assert isinstance(people, tuple)
    assert [(p.name, p.charge) for p in people if isinstance(p, Person)] == list(PEOPLE)
    agenda = values["orden_del_dia"]
    assert isinstance(agenda, tuple)
    assert agenda == AGENDA
    rows = values["acuerdos"]
    assert isinstance(rows, tuple)
    assert [
        (r.cells["acuerdo"].text.rstrip("."), r.cells["responsable"].text, r.cells["fecha_compromiso"].text)
        for r in rows
        if isinstance(r, Row)
    ] == list(AGREED)
    signed = values["firmas"]
    assert isinstance(signed, tuple)
    assert [(b.name, b.mark) for b in signed if isinstance(b, SignatureBlock)] == [(n, "line") for n, _ in PEOPLE]


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize("field", FIELDS)
def test_what_is_left_out_is_absent_and_only_that(read: Read, layout: str, field: str) -> None:
    found = _one(read(*LAYOUTS[layout](field)))
    states = {n: v.state for n, v in found.fields.items() if v.state != "present"}
    dependent = {"fechas_compromiso": "absent"} if field == "acuerdos" else {}
    assert states == {field: "absent", **dependent}


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize("field", FIELDS)
def test_a_label_with_nothing_under_it_is_empty_and_only_that(read: Read, layout: str, field: str) -> None:
    found = _one(read(*LAYOUTS[layout]("", field)))
    states = {n: v.state for n, v in found.fields.items() if v.state != "present"}
    dependent = {"fechas_compromiso": "absent"} if field == "acuerdos" else {}
    assert states == {field: "empty", **dependent}
