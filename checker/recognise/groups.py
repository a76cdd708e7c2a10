"""The name of a group of rows, which serves each of them: a platform, a month, a medium."""

from __future__ import annotations

import re

from checker.packs.model import Field
from checker.recognise.items import months_of
from checker.recognise.labels import LabelIndex
from checker.spanish.text import label_form, squeeze

_LINKS = frozenset("de del la las los el en y e a para por con".split())


def group_of(text: str, name: str, field_: Field, index: LabelIndex, heading: bool) -> str:
    """The name of a group of rows, as it serves each of them: a platform; under a heading also a month or a medium."""
    if len(text.split()) > 6:
        return ""
    label, colon, rest = text.partition(":")
    if colon and rest.strip() and not heading and index.column(name, label):
        return ""  # «Periodicidad: Trimestral» is a value
    if choice := choice_in(text, field_):
        return choice
    form = label_form(text)
    if heading and len(form.split()) <= 4 and (months_of(form) or index.worded(name, form)):
        return squeeze(form)
    return ""


def choice_in(text: str, field_: Field) -> str:
    """The choice (platform) that the name of a group of rows names: ``CLIMSS``, ``Cursos EduTK``, ``Webinars conmemorativos``.

    Its other words are words of the field's own labels; a course that mentions its platform says more than that.
    """
    form = label_form(text)
    known = _label_stems(field_)
    for column in field_.columns.values():
        for value, words in column.choices.items():
            named = "|".join(sorted((re.escape(label_form(w)) for w in (value, *words)), key=len, reverse=True))
            rest = re.sub(rf"(?<!\w)(?:{named})s?(?!\w)", "", form)
            if rest != form and all(w in _LINKS or w[:6] in known for w in re.findall(r"\w+", rest)):
                return value
    return ""


def _label_stems(field_: Field) -> set[str]:
    labels = [*field_.labels, *(label for c in field_.columns.values() for label in (c.title, *c.labels))]
    return {word[:6] for label in labels for word in re.findall(r"\w+", label_form(label))}
