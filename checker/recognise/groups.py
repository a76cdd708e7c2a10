"""The name of a group of rows, which serves each of them: a platform, a month, a medium."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.packs.model import DocumentType, Field
from checker.recognise.contents import context_of
from checker.recognise.items import months_of
from checker.recognise.labels import LabelIndex, Match
from checker.recognise.segments import Segment
from checker.spanish.text import label_form, squeeze

_ADOPTED = 0.6  # similarity of a heading that names a choice and no field
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


def adopt(segments: Sequence[Segment], document_type: DocumentType) -> None:
    """Give headings that only name a choice to the table field that has sections under others of its choices.

    «Cursos y talleres EduTK», «Cursos y talleres CLIMSS»: so «Videoconferencias y pláticas» holds rows too.
    """
    headings = [s for s in segments if s.form == "heading"]
    for name, field in document_type.fields.items():
        if not any(c.choices for c in field.columns.values()):
            continue
        told = {c for s in headings if s.names(name) and (c := context_of(s, field))}
        for segment in headings if told else ():
            choice = choice_in(segment.label, field) if not segment.matches else ""
            if choice and choice not in told and segment.items:
                segment.matches = [Match(name, _ADOPTED)]
                segment.evidence.append(f"names «{choice}», as its neighbours do others")


def _label_stems(field_: Field) -> set[str]:
    labels = [*field_.labels, *(label for c in field_.columns.values() for label in (c.title, *c.labels))]
    return {word[:6] for label in labels for word in re.findall(r"\w+", label_form(label))}
