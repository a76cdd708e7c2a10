"""Fields that no label announces: in the opening sentence, the title, under headings that name a platform, as cards."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from checker.packs.model import DocumentType, Field
from checker.recognise.cards import entries, records
from checker.recognise.contents import context_of, has_choices
from checker.recognise.groups import group_of
from checker.recognise.items import Item, Line
from checker.recognise.labels import OTHER, LabelIndex
from checker.recognise.model import FieldValue, Period, Person
from checker.recognise.row_values import Draft, rows
from checker.recognise.rows import drafts
from checker.recognise.scalars import date_value, scalar_value
from checker.recognise.segments import Segment, original_blocks
from checker.recognise.sentences import said, worded
from checker.recognise.standing import settle
from checker.spanish.dates import find_dates, find_year, only_a_period, read_period
from checker.spanish.people import names_within
from checker.spanish.text import flat, is_placeholder, label_form, squeeze, undecorated
from parsers.model import Document, Paragraph, paragraphs_of

_NEXT_CLAUSE = re.compile(r",\s*(?:conforme|bajo|de acuerdo|según|al tenor|quienes|desahog|y se|se )")


class Unlabelled(msgspec.Struct):
    """Looks for fields without a label in one submission; ``used`` gathers the segments taken."""

    document: Document
    type: DocumentType
    index: LabelIndex
    items: list[Item]
    segments: list[Segment]
    used: set[int]
    around: dt.date | None
    """Date of the meeting, for dates without a year."""
    year: int | None

    def find(self, name: str, field: Field, labelled: bool) -> FieldValue | None:
        """The field without its label, or None; sentences that ask for it by a phrase are looked at last.

        ``labelled`` says that its label stands there, with nothing under it: what is said in passing does not fill it then.
        """
        found = self._by_shape(name, field)
        if (found is None or found.state == "absent") and field.kind in (
            "text",
            "people",
            "choice",
            "number",
            "period",
        ):
            return self._in_a_sentence(name, field, labelled)
        return found

    def _in_a_sentence(self, name: str, field: Field, labelled: bool) -> FieldValue | None:
        everywhere = paragraphs_of(self.document.blocks)
        sentence = said(list(self._body()), self.type, name) or worded(everywhere, self.type, name, only_codes=labelled)
        if sentence is None or is_placeholder(sentence.text):
            return None
        value = scalar_value(sentence.text, sentence.place, field, self.around, self.year)
        if value.state != "present" or value.problem:
            return None
        return replace(value, label=sentence.label, score=1.2, evidence=("said in a sentence",))

    def _by_shape(self, name: str, field: Field) -> FieldValue | None:
        if field.kind == "date":
            return self._date_in_prose() if self._takes_dateline(name, field) else None
        if field.kind == "people":
            return self._people_in_prose()
        if field.kind == "text":
            return self._subject_in_prose() if "asunto" in (label_form(w) for w in field.labels) else None
        if field.kind == "year":
            return self._year_in_title()
        if field.kind == "period":
            return self._period_in_title()
        if field.kind == "table":
            by_shape = self._rows_by_choice(name, field) if has_choices(field) else self._agreed_in_prose(name, field)
            return by_shape or self._rows_by_card(name, field)
        return None

    def _takes_dateline(self, name: str, field: Field) -> bool:
        """A date without label is that of the document: of several date fields only the one that is plainly «fecha»."""
        others = [n for n, f in self.type.fields.items() if f.kind == "date" and n != name]
        return not others or "fecha" in (label_form(w) for w in (field.title, *field.labels))

    def _body(self) -> Iterator[Paragraph]:
        return (
            p
            for p in paragraphs_of(self.document.blocks)
            if p.origin in ("body", "textbox", "header") and p.text.strip()
        )

    def _date_in_prose(self) -> FieldValue | None:
        """«siendo las 10:00 horas del día 14 de octubre de 2025, se reunieron», «Ciudad de México, a 14 de octubre de 2025»."""
        for paragraph in self._body():
            folded = flat(paragraph.text)
            for reading in find_dates(paragraph.text):
                before = folded[max(0, reading.start - 90) : reading.start]
                after = folded[reading.end : reading.end + 160]
                opening = re.search(
                    r"(?:horas|dia|dias|hrs)\b.{0,30}$|siendo las.*$|reun\w+.{0,60}$|(?:celebrad|realizad|efectuad)[ao].{0,40}$|(?:sesion|"
                    r"reunion).{0,20}\bdel?\s*$",
                    before,
                )
                alone = re.fullmatch(r"[\w\s.,;()]{0,70}?\b(?:a|,)?\s*", before) and len(paragraph.text) <= 110
                last = re.search(
                    r"\.\s[\w\s]{3,35}, a\s$", before
                )  # «… 40 horas. Ciudad de México, a 3 de mayo de 2026»
                dateline = (alone or last) and not after.strip(" .,")
                if (opening and (re.search(r"reun|minuta|sesion|asist|acta|junta", before + after))) or (
                    dateline
                    and reading.start > 0
                    and paragraph.origin == "body"
                    and re.search(r"[a-z],|\ba\s*$|\ba \w+ \w*$", before)
                ):
                    value = date_value(paragraph.text[reading.start : reading.end], paragraph.place)
                    return replace(
                        value,
                        label="",
                        score=1.6,
                        evidence=("stands in the opening sentence" if opening else "dateline",),
                    )
        return None

    def _people_in_prose(self) -> FieldValue | None:
        for paragraph in self._body():
            folded = flat(paragraph.text)
            if re.search(
                r"\bse reun\w+|\breunidos\b|\bestando presentes\b|\bcon la (?:asistencia|participacion) de\b|"
                r"\basistieron\b|\bparticiparon\b|\bcomparec\w+",
                folded,
            ):
                names = list(dict.fromkeys(names_within(paragraph.text)))
                if names:
                    people = tuple(Person(n, "", paragraph.place) for n in names)
                    return FieldValue(
                        "present",
                        people,
                        ", ".join(names),
                        place=paragraph.place,
                        score=1.5,
                        evidence=("named in the opening sentence",),
                        blocks=(paragraph,),
                    )
        return None

    def _subject_in_prose(self) -> FieldValue | None:
        """«… con el objeto de programar los cursos de 2026», «Minuta de la reunión para …»."""
        for paragraph in self._body():
            match = re.search(
                r"\b(?:con (?:el|la) (?:objeto|objetivo|fin|finalidad|proposito) de|a fin de|a efecto de|con motivo de|"
                r"para tratar|para abordar|en relacion con|relativ[ao] a(?:l)?|para revisar|cuyo asunto (?:es|"
                r"fue))\s+(?P<what>[^.;]{8,})",
                flat(paragraph.text),
            )
            if match and re.search(r"\breun\w+|\bminuta\b|\bsesion\b|\bjunta\b", flat(paragraph.text)):
                start, end = match.span("what")
                text = squeeze(re.split(_NEXT_CLAUSE, paragraph.text[start:end], maxsplit=1)[0])
                return FieldValue(
                    "present",
                    text,
                    text[:200],
                    place=paragraph.place,
                    score=1.3,
                    evidence=("purpose in the opening sentence",),
                )
        titles = "|".join(re.escape(label_form(t)) for t in sorted(self.type.recognise.titles, key=len, reverse=True))
        for paragraph in list(self._body())[:12]:
            match = re.match(
                rf"^\W*(?:{titles})\s*(?:de trabajo\s*)?(?:[:–—-]|sobre|para|relativa a(?:l)?|acerca de)\s+(?P<what>.{{8,}})$",
                flat(paragraph.text),
                re.DOTALL,
            )
            if (
                match
                and not find_dates(paragraph.text[match.start("what") :])
                and not is_placeholder(paragraph.text[match.start("what") :])
            ):
                text = squeeze(paragraph.text[match.start("what") :])
                return FieldValue(
                    "present", text, text[:200], place=paragraph.place, score=1.2, evidence=("named in the title",)
                )
        return None

    def _year_in_title(self) -> FieldValue | None:
        for paragraph in list(self._body())[:15]:
            folded = flat(paragraph.text)
            titled = any(flat(t) in folded for t in self.type.recognise.titles) or paragraph.level or paragraph.bold
            if titled and (year := find_year(paragraph.text)):
                words, place = squeeze(paragraph.text)[:120], paragraph.place
                return FieldValue("present", year, words, place=place, score=1.5, evidence=("year in the title",))
        return None

    def _period_in_title(self) -> FieldValue | None:
        """«Calendario mensual de webinars – septiembre 2026», or the line under the title that is nothing but the period."""
        under = 0
        for paragraph in list(self._body())[:15]:
            folded = flat(paragraph.text)
            titled = any(flat(t) in folded for t in self.type.recognise.titles)
            # a year alone is more likely another field's value
            alone = under and only_a_period(paragraph.text) and not paragraph.text.strip().isdigit()
            if (titled or alone) and len(paragraph.text) <= 150:
                period = read_period(paragraph.text, self.year)
                days = bool(find_dates(paragraph.text)) and period is not None and period.start == period.end
                if period and period.start and period.end and not days:
                    words, place = squeeze(paragraph.text)[:120], paragraph.place
                    value = Period(period.start, period.end)
                    return FieldValue(
                        "present", value, words, place=place, score=1.5, evidence=("period in the title",)
                    )
            under = 4 if titled else max(0, under - 1)
        return None

    def _rows_by_choice(self, name: str, field: Field) -> FieldValue | None:
        """Courses listed under headings that only name their platform, their month or their medium."""
        cards: list[Draft] = []
        platforms, groups = 0, 0
        blocks: list[Paragraph] = []
        for segment in self.segments:
            context = context_of(segment, field) or group_of(segment.label, name, field, self.index, heading=True)
            if context and segment.form == "heading" and not any(m.target != OTHER for m in segment.matches):
                platforms += bool(context_of(segment, field))
                groups += 1
                cards.extend(drafts(segment.items, name, field, self.index, context))
                self.used.add(segment.order)
                blocks.extend(b for b in original_blocks(segment.items) if isinstance(b, Paragraph))
        found = rows(cards, field, around=self.around, year=self.year)
        chosen = [r for r in found if any(c.choices and r.cells[n].value for n, c in field.columns.items())]
        if not found or (not platforms and (groups < 2 or not chosen)):
            return None  # «OFICIO 123» is a heading too
        return FieldValue(
            "present",
            found,
            found[0].text,
            place=found[0].place,
            score=1.5,
            evidence=("listed under headings that name a platform",),
            blocks=tuple(blocks),
        )

    def _rows_by_card(self, name: str, field: Field) -> FieldValue | None:
        cards = records(self.items, name, field, self.index) or entries(self.items, field, self.index)
        settle(cards, field, {})
        found = rows(cards, field, around=self.around, year=self.year)
        if not found:
            return None
        return FieldValue(
            "present",
            found,
            found[0].text,
            place=found[0].place,
            score=1.4,
            evidence=("a label and a value a line",),
        )

    def _agreed_in_prose(self, name: str, field: Field) -> FieldValue | None:
        """«Se acuerda que …», «ACUERDO 1. …» wherever they stand."""
        lines = []
        open_ = False
        for item in self.items:
            if not isinstance(item, Line):
                open_ = False
                continue
            folded = flat(undecorated(item.paragraph.text))
            if re.match(
                r"(?:\W*\d*\W*)(?:se\s+(?:acuerda|acordo|compromete|determino)|(?:primer|segund|tercer|cuart|"
                r"quint)[oa]\W.{0,6}se\b|acuerdo\s*(?:no\.?|num\.?)?\s*\d+|los asistentes (?:acuerdan|acordaron)|"
                r"queda(?:ndo)? acordado)",
                folded,
            ):
                lines.append(item)
                open_ = True
            elif open_ and re.match(r"\W*(?:responsable|fecha (?:compromiso|de cumplimiento|limite)|plazo)\b", folded):
                lines.append(item)
            else:
                open_ = False
        if not lines:
            return None
        found = rows(drafts(lines, name, field, self.index), field, around=self.around, year=self.year)
        return (
            FieldValue(
                "present",
                found,
                found[0].text,
                place=found[0].place,
                score=1.2,
                evidence=("sentences that agree on something",),
                blocks=tuple(i.paragraph for i in lines),
            )
            if found
            else None
        )
