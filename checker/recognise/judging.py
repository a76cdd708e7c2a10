"""What stands under a label judged by the kind of the field that it names: a value, nothing, or what cannot be told."""

from __future__ import annotations

import datetime as dt
import re
from itertools import takewhile

import msgspec
from msgspec.structs import replace

from checker.findings import State
from checker.packs.model import DocumentType, Field
from checker.recognise.choices import has_boxes
from checker.recognise.contents import (
    POINTER,
    context_of,
    entries,
    lines_of,
    only_hidden,
    people_of,
    text_of,
    with_rest,
)
from checker.recognise.items import Line
from checker.recognise.labels import LabelIndex
from checker.recognise.model import FieldValue
from checker.recognise.row_values import rows
from checker.recognise.rows import drafts
from checker.recognise.scalars import date_value, scalar_value
from checker.recognise.segments import Segment, original_blocks
from checker.recognise.sentences import QUOTED, before_next, is_phrase
from checker.recognise.standing import Standing, numbered_by
from checker.spanish.dates import find_year
from checker.spanish.people import is_charge
from checker.spanish.text import flat, is_placeholder, label_form, squeeze
from parsers.model import Place

_ASKS = re.compile(r"^(?:describir|escribir|anotar|indicar) (?:el|la|los|las) ")


class Known(msgspec.Struct, frozen=True):
    """What is known of the submission when a field is judged."""

    index: LabelIndex
    type: DocumentType
    around: dt.date | None
    """Its date, for dates without a year."""
    year: int | None
    """Its year, for periods without one."""


def judge(segment: Segment, name: str, field: Field, known: Known, over: Standing | None = None) -> FieldValue:
    """The field as this segment has it; what only hidden text says is undetermined. ``over`` stands over the rows of a table."""
    value = _judged(segment, name, field, known, over)
    if value.state == "present" and only_hidden(segment):
        reason = "sólo consta en texto oculto, que quien lee no ve"
        return replace(value, state="undetermined", value=None, reason=reason)
    return value


def _judged(segment: Segment, name: str, field: Field, known: Known, over: Standing | None) -> FieldValue:
    blocks = original_blocks(segment.items)
    if segment.rest:
        blocks = (segment.rest, *blocks)
    if field.kind == "table":
        found_rows = drafts(with_rest(segment), name, field, known.index, context_of(segment, field), over)
        if len(found_rows) == 1 and segment.form == "heading":
            numbered_by(found_rows[0], field, segment.label, segment.place)
        found = rows(found_rows, field, around=known.around, year=known.year)
        if found:
            return FieldValue("present", found, found[0].text, place=found[0].place, blocks=blocks)
        return FieldValue("empty", place=segment.place, blocks=blocks)
    if field.kind == "people":
        return replace(people_of(segment), blocks=blocks)
    if field.kind in ("number", "period", "choice"):
        return replace(_scalar(segment, field, known), blocks=blocks)
    text, place = text_of(segment, own_line=field.kind in ("date", "year"))
    if field.kind == "year" and not find_year(text) and find_year(segment.label):
        text, place = segment.label, segment.place  # «EJERCICIO FISCAL 2027»
    if field.kind == "text" and segment.rest is None and is_phrase(flat(segment.label)):
        text, place = _announced(segment) or (text, place)
    if field.kind == "text":
        text = before_next(text, known.type, name)
    if is_placeholder(text) and field.kind == "text" and _names_an_office(segment, name):
        words = squeeze(segment.label)
        return FieldValue("present", words, words[:200], place=segment.place)
    if is_placeholder(text) or _is_guidance(text, field, segment.label):
        return FieldValue("empty", place=segment.place, text=squeeze(text))
    if field.kind == "date":
        value = date_value(text, place, None)
        return replace(value, blocks=blocks)
    if field.kind == "year":
        year = find_year(text)
        state: State = "present" if year else "undetermined"
        return FieldValue(
            state,
            year,
            squeeze(text)[:80],
            place=place,
            reason="" if year else f"«{squeeze(text)[:60]}» no dice el año",
        )
    if field.kind == "list":
        listed = entries(segment)
        if not listed:
            return FieldValue("empty", place=segment.place)
        if len(listed) == 1 and POINTER.search(flat(listed[0])):
            reason = f"remite a otro documento: «{listed[0][:60]}»"
            return FieldValue("undetermined", None, listed[0][:120], place=place, reason=reason)
        return FieldValue("present", tuple(listed), listed[0], place=place, blocks=blocks)
    return FieldValue("present", squeeze(text), squeeze(text)[:200], place=place, blocks=blocks)


def _announced(segment: Segment) -> tuple[str, Place] | None:
    """What a phrase leads to in the lines below: the one in quotation marks, or the first and those that stand out as it does."""
    lines = [i.paragraph for i in segment.items if isinstance(i, Line) and not is_placeholder(i.paragraph.text)]
    if not lines or len(lines) < len(segment.items):
        return None
    first = lines[0]
    if quoted := QUOTED.match(first.text.strip()):
        return quoted["words"], first.place
    stands_out = first.bold or first.text.isupper()
    same = takewhile(lambda p: p.bold == first.bold and p.text.isupper() == first.text.isupper(), lines[1:])
    return " ".join(p.text for p in [first, *(same if stands_out else ())]), first.place


def _names_an_office(segment: Segment, name: str) -> bool:
    """The line is no label but the name itself: «UNIDAD DE EVALUACIÓN DE ÓRGANOS DESCONCENTRADOS» over a title."""
    qualified = segment.form == "heading" and segment.names(name) < 0.8 and not segment.label.rstrip().endswith(":")
    return qualified and len(segment.label.split()) >= 4 and is_charge(segment.label)


def _scalar(segment: Segment, field: Field, known: Known) -> FieldValue:
    """The first of the next few lines that reads as the field's kind; options to mark are read together."""
    words = lines_of(segment)
    if field.kind == "choice" and len(words) > 1 and has_boxes(together := "\n".join(t for t, _ in words)):
        words = [(together, words[0][1])]
    found = [
        scalar_value(text, place, field, known.around, known.year)
        for text, place in words
        if not is_placeholder(text) and not _is_guidance(text, field, segment.label)
    ]
    if not found:
        return FieldValue("empty", place=segment.place)
    return next((v for v in found if v.value is not None), found[0])


def _is_guidance(text: str, field: Field, label: str = "") -> bool:
    """The form's own words: its label again, or what the placeholder asks to write; never a value that reads as the field's kind."""
    bare = flat(squeeze(text))
    words = _ASKS.sub("", bare.strip("()[]<> .:"))
    if not words:
        return False
    if words == label_form(label) or bare[:1] in "([<" or words != bare.strip("()[]<> .:"):
        return words in (flat(w) for w in (label_form(label), *field.labels, field.title, field.guidance))
    return words == flat(field.guidance) and len(words.split()) > 3 and field.kind in ("text", "list", "people")
