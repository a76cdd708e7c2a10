"""``not_about``: what a document is not issued for."""

from __future__ import annotations

import pytest

from .asking import told

SPEC = {"plataforma": "text", "curso": "text"}
WORDS = {"fields": ["plataforma", "curso"], "words": ["webinar", "videoconferencia"]}


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        ({"plataforma": "CLIMSS", "curso": "Primeros auxilios"}, None),
        ({"plataforma": "Webinars"}, "violated"),
        ({"curso": "«Webinar: cuidado del corazón»"}, "violated"),
        ({"curso": "VIDEOCONFERENCIA Cuidado del corazón"}, "violated"),
        ({"curso": "Cómo organizar webinars"}, "undetermined"),
        ({"curso": "Webinarios"}, "undetermined"),
        ({}, None),
    ],
)
def test_what_the_fields_say(given: dict[str, str], outcome: str | None) -> None:
    assert told("not_about", WORDS, SPEC, given) == ([("plataforma", outcome)] if outcome else [])


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Por su participación en el webinar\n\n«Cuidado del corazón»", "violated"),
        ("por haber asistido a la videoconferencia", "violated"),
        ("Consulte los próximos webinars en la página.", None),
    ],
)
def test_what_the_document_says_around_them(text: str, outcome: str | None) -> None:
    found = told("not_about", WORDS, SPEC, {"curso": "Cuidado del corazón"}, text=text)
    assert found == ([("plataforma", outcome)] if outcome else [])
