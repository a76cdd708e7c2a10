"""Documents laid out as norms are, in chapters: they speak of the submissions that they ask for, and bring their forms as annexes."""

from __future__ import annotations

import re

from checker.recognise.titles import title_form
from parsers.model import Document, paragraphs_of

_CHAPTERS = frozenset(
    (
        "base normativa|ambito de aplicacion|sujetos de la norma|definiciones|politicas|politicas de operacion|disposiciones|"
        "descripcion de actividades|descripcion narrativa|glosario de terminos|diagrama de flujo|marco juridico|transitorios|"
        "fundamento juridico|atribuciones|estructura organica|organigrama|funciones sustantivas"
    ).split("|")
)
_FEWEST = 3
_LONGEST = 60  # characters
_NUMBERS = re.compile(r"^(?:capitulo )?(?:[0-9]{1,2}|[ivx]{1,5}) |(?: [0-9]{1,3})+$")


def first_chapter(document: Document) -> str | None:
    """The first line that is a chapter's name as norms have them, as it stands; None where there are fewer than three."""
    found: dict[str, str] = {}
    for paragraph in paragraphs_of(document.blocks):
        if len(paragraph.text) < _LONGEST:
            form = _NUMBERS.sub("", title_form(paragraph.text))
            if form in _CHAPTERS:
                found.setdefault(form, paragraph.text)
                if len(found) >= _FEWEST:
                    return next(iter(found.values()))
    return None
