"""Which content is which field: candidates by label, judged by the field's kind, chosen by total evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from checker.packs.model import DocumentType, Field
from checker.recognise.columns import derive_from_columns
from checker.recognise.contents import (
    has_choices,
    text_of,
)
from checker.recognise.groups import adopt
from checker.recognise.items import PEOPLE, Grid, Item, Line, Pair, joined
from checker.recognise.judging import Known, judge
from checker.recognise.labels import LabelIndex
from checker.recognise.model import FieldValue, Period, Person, Row
from checker.recognise.numbers import number_before, number_of_label
from checker.recognise.segments import Segment, Segmenter, original_blocks
from checker.recognise.signature_lines import RULE
from checker.recognise.signatures import signatures
from checker.recognise.standing import Standing, carried_on, stand, standing_label
from checker.recognise.stream import stream
from checker.recognise.unlabelled import Unlabelled
from checker.spanish.numbers import read_number
from checker.spanish.text import is_placeholder, label_form, squeeze
from parsers.model import Document, paragraphs_of

_ORDER = ("year", "date", "period", "number", "choice", "code", "text", "people", "list", "table", "signatures")
"""Kinds of field in the order in which they are looked for: a year serves periods, a date serves rows."""
_STATE_SCORE = {"present": 2.0, "undetermined": 1.0, "empty": 0.5, "absent": 0.0}


_FORM_SCORE = {"heading": 0.3, "run-in": 0.4, "cell": 0.4, "header": 0.3, "sentence": 0.2, "opening": 0.0}


class Reading(msgspec.Struct, frozen=True):
    """The fields of one submission under one type, and the segments they were read from."""

    fields: dict[str, FieldValue]
    segments: list[Segment]
    items: list[Item]
    used: frozenset[int]
    """Orders of the segments that became fields."""
    labelled: int
    """Fields whose label (or own shape) was found, empty ones included."""


def read_fields(document: Document, document_type: DocumentType, index: LabelIndex) -> Reading:
    """Every field of the type. Labels are compared letter by letter first, and tolerantly only where fields are still missing."""
    reading = _read(document, document_type, index, fuzzy=document.ocr)
    missing = [n for n, v in reading.fields.items() if v.state == "absent" and document_type.fields[n].required_by]
    if missing and not document.ocr and reading.labelled >= 2:
        tolerant = _read(document, document_type, index, fuzzy=True)
        if tolerant.labelled > reading.labelled:
            return tolerant
    return reading


def _read(document: Document, document_type: DocumentType, index: LabelIndex, fuzzy: bool) -> Reading:
    items = stream(document, index, fuzzy)
    segments = Segmenter(document_type, index, fuzzy).segments(items)
    adopt(segments, document_type)
    fields: dict[str, FieldValue] = {}
    chooser = _Chooser(document, document_type, index, items, segments, fields, set())
    for name, field in sorted(document_type.fields.items(), key=lambda f: _ORDER.index(f[1].kind)):
        fields[name] = chooser.choose(name, field)
    derive_from_columns(document_type, fields)
    _number_fields(document_type, fields)
    labelled = sum(v.state != "absent" for v in fields.values())
    return Reading({n: fields[n] for n in document_type.fields}, segments, items, frozenset(chooser.used), labelled)


def _number_fields(document_type: DocumentType, fields: dict[str, FieldValue]) -> None:
    """Fields that hold the number of another: in that one's label («Objetivo 1:») or before its text («1. Elaborar …»)."""
    for name, field in document_type.fields.items():
        numbered = fields.get(field.numbers) if field.numbers else None
        if numbered is None or numbered.state != "present" or not isinstance(numbered.value, str):
            continue
        before, rest = number_before(numbered.value)
        number = number_of_label(numbered.label) or before
        if before and field.numbers:
            fields[field.numbers] = replace(numbered, value=rest)
        if number and fields[name].state in ("absent", "empty"):
            value = number if field.kind == "text" else read_number(number)
            fields[name] = FieldValue("present", value, number, numbered.label, numbered.place, score=numbered.score)


def _fit(value: FieldValue, segment: Segment) -> float:
    """For people, the share of the words that are theirs: a list of names fits better than sentences that mention some."""
    if not isinstance(value.value, tuple) or not value.value or not isinstance(value.value[0], Person):
        return 0.0
    own = sum(len(p.name) + len(p.charge) for p in value.value if isinstance(p, Person))
    texts = [p.text for p in paragraphs_of(original_blocks(segment.items))] + (
        [segment.rest.text] if segment.rest else []
    )
    return min(1.0, own / max(1, sum(map(len, texts))))


def _one_after_another(pieces: list[tuple[float, FieldValue, Segment]]) -> bool:
    """Sections of one label, each with rows of its own columns: «Líneas de acción» under each strategy, «Indicador 1», «Indicador 2»."""
    if len({label_form(g.label) for _, _, g in pieces}) > 1:
        return False
    return all(any(isinstance(i, Pair | Grid) for i in g.items) for _, _, g in pieces)


class _Chooser(msgspec.Struct):
    document: Document
    type: DocumentType
    index: LabelIndex
    items: list[Item]
    segments: list[Segment]
    fields: dict[str, FieldValue]
    used: set[int]

    def choose(self, name: str, field: Field) -> FieldValue:
        if field.kind == "signatures":
            labelled = [s for s in self.segments if s.names(name) and s.form != "header"]
            self.used.update(s.order for s in labelled)
            return signatures(self.document, self.items, labelled)
        candidates = [
            (self._score(value, segment, name), -segment.order, value, segment)
            for value, segment in self._candidates(name, field)
        ]
        if field.kind == "table":
            merged = self._merged_table(name, field, candidates)
            if merged:
                return merged
        candidates.sort(key=lambda c: (c[0], c[1]), reverse=True)
        if not candidates or candidates[0][2].state in ("absent", "empty"):
            fallback = self._unlabelled().find(name, field, bool(candidates))
            if fallback and fallback.state != "absent":
                return fallback
        if (
            field.kind == "table"
            and (not candidates or candidates[0][2].state == "empty")
            and (unread := self._unread_table())
        ):
            return unread
        if not candidates:
            return FieldValue("absent")
        score, _, value, segment = candidates[0]
        self.used.add(segment.order)
        if field.kind == "date" and (
            doubt := self._two_dates(value, segment, [(v, g) for _, _, v, g in candidates[1:]])
        ):
            value = doubt
        others = tuple((round(s, 2), squeeze(f"{g.label}: {v.text}")[:80]) for s, _, v, g in candidates[1:4])
        return replace(
            value,
            label=squeeze(segment.label)[:120],
            score=round(score, 2),
            evidence=tuple(segment.evidence),
            runners_up=others,
        )

    def _two_dates(
        self, value: FieldValue, segment: Segment, rest: list[tuple[FieldValue, Segment]]
    ) -> FieldValue | None:
        """Two labels of the same words with two dates, both before the signatures: nobody can tell which holds."""
        signing = [s.order for s in self.segments if any(self._signs(m.target) for m in s.matches)]
        end = min(signing, default=len(self.segments))
        for other, where in rest:
            same = label_form(where.label) == label_form(segment.label) and where.form == segment.form != "heading"
            if same and where.order < end and value.value and other.value and other.value != value.value:
                reason = f"el documento da dos fechas distintas: «{value.text}» y «{other.text}»"
                return replace(value, state="undetermined", value=None, reason=reason)
        return None

    def _signs(self, target: str) -> bool:
        return target in self.type.fields and self.type.fields[target].kind == "signatures"

    def _unread_table(self) -> FieldValue | None:
        """A table of data whose headers say nothing to us may hold what is missing: nobody can tell that it is not there."""
        for item in self.items:
            if isinstance(item, Grid) and item.target is None and len(item.rows) >= 2:
                full = [row for row in item.rows if sum(not is_placeholder(c.text) for _, c in row) >= 3]
                ruled = any(RULE.search(c.text) for row in item.rows for _, c in row)
                if len(full) >= 2 and not ruled:
                    reason = "hay una tabla cuyos encabezados no se reconocieron"
                    return FieldValue(
                        "undetermined", place=item.place, text=squeeze(full[0][0][1].text)[:80], reason=reason
                    )
        return None

    def _score(self, value: FieldValue, segment: Segment, name: str) -> float:
        score = (
            2 * segment.names(name)
            + 0.3 * min(segment.strength, 2.0)
            + _FORM_SCORE[segment.form]
            + _STATE_SCORE[value.state]
        )
        fit = _fit(value, segment) if value.state == "present" else 0.0
        return score + fit - (0.5 if value.problem else 0.0)

    def _candidates(self, name: str, field: Field) -> Iterator[tuple[FieldValue, Segment]]:
        for segment in self.segments:
            if segment.names(name) or (field.kind == "people" and segment.names(PEOPLE)):
                over = self._standing(name, field, segment) if field.kind == "table" else {}
                yield judge(segment, name, field, self._known(), over), segment

    def _standing(self, name: str, field: Field, table: Segment) -> Standing:
        """What the labels before a table say of all its rows: «Estrategia 1.2: …» over a grid."""
        standing: Standing = {}
        heirs = {n for n, c in field.columns.items() if c.inherits}
        for segment in self.segments[: table.order] if heirs else ():
            text, place = text_of(segment, own_line=False) if segment.form != "header" else ("", None)
            said = [(segment.label, text, place)]
            said += [(i.label, joined(i.value), i.place) for i in segment.items if isinstance(i, Pair)]
            lines = [i.paragraph for i in segment.items if isinstance(i, Line)]
            over = [(standing_label(p.text, name, field, self.index), p.place) for p in lines]
            said += [(told[1], told[2], where) for told, where in over if told]
            for label, words, where in said:
                matches = self.index.column(name, label) if label else ()
                column = next((m.target for m in matches if m.target in heirs and m.similarity >= 0.9), None)
                if column and not is_placeholder(words):
                    stand(standing, field, column, label, squeeze(words), where)
        return standing

    def _known(self) -> Known:
        return Known(self.index, self.type, self._around(), self._year())

    def _around(self) -> dt.date | None:
        for name, field in self.type.fields.items():
            value = self.fields.get(name)
            if field.kind == "date" and value and isinstance(value.value, dt.date):
                return value.value
        return next((v.value.start for v in self.fields.values() if isinstance(v.value, Period)), None)

    def _year(self) -> int | None:
        for name, field in self.type.fields.items():
            value = self.fields.get(name)
            if field.kind == "year" and value and isinstance(value.value, int):
                return value.value
        periods = [v.value for v in self.fields.values() if isinstance(v.value, Period)]
        if periods and periods[0].start.year == periods[0].end.year:
            return periods[0].start.year
        return None

    def _merged_table(
        self, name: str, field: Field, candidates: list[tuple[float, int, FieldValue, Segment]]
    ) -> FieldValue | None:
        """A table field may stand in several pieces (one grid a platform, a table cut by a page): all rows of the best kind of piece."""
        full = [
            (s, v, g) for s, _, v, g in candidates if v.state == "present" and isinstance(v.value, tuple) and v.value
        ]
        if not full:
            return None
        gridded = [(s, v, g) for s, v, g in full if any(isinstance(i, Grid) and i.target == name for i in g.items)]
        if gridded:
            chosen = gridded
        else:
            best = max(full, key=lambda c: (self._worth(c[1]), c[0]))
            chosen = (
                [c for c in full if c[2].form == best[2].form and self._worth(c[1]) >= 0.5 * self._worth(best[1])]
                if self._worth(best[1])
                else [best]
            )
            chosen = chosen if has_choices(field) or _one_after_another(chosen) else [best]
        chosen.sort(key=lambda c: c[2].order)
        rows: list[Row] = []
        for _, value, _ in chosen:
            assert isinstance(value.value, tuple)
            rows += [r for r in value.value if isinstance(r, Row)]
        rows = [replace(r, index=number) for number, r in enumerate(carried_on(rows, field), 1)]
        self.used.update(g.order for _, _, g in chosen)
        first = chosen[0]
        rest = tuple((round(s, 2), squeeze(g.label)[:80]) for s, _, g in full if all(g is not c[2] for c in chosen))[:3]
        return FieldValue(
            "present",
            tuple(rows),
            rows[0].text,
            squeeze(first[2].label)[:120],
            rows[0].place,
            score=round(max(c[0] for c in chosen), 2),
            blocks=tuple(b for _, v, _ in chosen for b in v.blocks),
            evidence=tuple(first[2].evidence),
            runners_up=rest,
        )

    @staticmethod
    def _worth(value: FieldValue) -> float:
        """How much the rows look like rows: columns filled besides the first."""
        assert isinstance(value.value, tuple)
        return sum(
            0.5 + sum(c.state == "present" for c in list(r.cells.values())[1:])
            for r in value.value
            if isinstance(r, Row)
        )

    def _unlabelled(self) -> Unlabelled:
        return Unlabelled(
            self.document, self.type, self.index, self.items, self.segments, self.used, self._around(), self._year()
        )
