"""Which content is which field: candidates by label, judged by the field's kind, chosen by total evidence."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from checker.findings import State
from checker.packs.model import DocumentType, Field
from checker.recognise import rows as table_rows
from checker.recognise.labels import OTHER, LabelIndex
from checker.recognise.model import FieldValue, Period, Person, Row
from checker.recognise.segments import Segment, Segmenter, original_blocks
from checker.recognise.signatures import signatures
from checker.recognise.stream import NAME_HEADERS, PEOPLE, Grid, Item, Line, Pair, joined, stream
from checker.spanish.dates import find_dates, find_year, read_period
from checker.spanish.people import bare_name, find_people, names_within
from checker.spanish.text import flat, is_placeholder, label_form, squeeze, undecorated
from parsers.model import Document, Paragraph, Place, paragraphs_of

_STATE_SCORE = {"present": 2.0, "undetermined": 1.0, "empty": 0.5, "absent": 0.0}
_FORM_SCORE = {"heading": 0.3, "run-in": 0.4, "cell": 0.4, "header": 0.3, "sentence": 0.2, "opening": 0.0}


_NEXT_CLAUSE = re.compile(r",\s*(?:conforme|bajo|de acuerdo|según|al tenor|quienes|desahog|y se|se )")


@dataclass(frozen=True, slots=True)
class Reading:
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
    fields: dict[str, FieldValue] = {}
    chooser = _Chooser(document, document_type, index, items, segments, fields, set())
    order = {"year": 0, "date": 1, "text": 2, "people": 3, "list": 4, "table": 5, "signatures": 6}
    for name, field in sorted(document_type.fields.items(), key=lambda f: order[f[1].kind]):
        fields[name] = chooser.choose(name, field)
    _derive_from_columns(document_type, fields)
    labelled = sum(v.state != "absent" for v in fields.values())
    return Reading({n: fields[n] for n in document_type.fields}, segments, items, frozenset(chooser.used), labelled)


@dataclass(slots=True)
class _Chooser:
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
            return signatures(self.document, self.items, labelled, self.index)
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
            fallback = self._without_label(name, field)
            if fallback and fallback.state != "absent":
                return fallback
        if not candidates:
            return FieldValue("absent")
        score, _, value, segment = candidates[0]
        self.used.add(segment.order)
        others = tuple((round(s, 2), squeeze(f"{g.label}: {v.text}")[:80]) for s, _, v, g in candidates[1:4])
        return replace(
            value,
            label=squeeze(segment.label)[:120],
            score=round(score, 2),
            evidence=tuple(segment.evidence),
            runners_up=others,
        )

    def _score(self, value: FieldValue, segment: Segment, name: str) -> float:
        score = (
            2 * segment.names(name)
            + 0.3 * min(segment.strength, 2.0)
            + _FORM_SCORE[segment.form]
            + _STATE_SCORE[value.state]
        )
        return score - (0.5 if value.problem else 0.0)

    def _candidates(self, name: str, field: Field) -> Iterator[tuple[FieldValue, Segment]]:
        for segment in self.segments:
            if segment.names(name) or (field.kind == "people" and segment.names(PEOPLE)):
                yield self._judge(name, field, segment), segment

    def _judge(self, name: str, field: Field, segment: Segment) -> FieldValue:
        blocks = original_blocks(segment.items)
        if segment.rest:
            blocks = (segment.rest, *blocks)
        if field.kind == "table":
            drafts = table_rows.drafts(_with_rest(segment), name, field, self.index, _context(segment, field))
            found = table_rows.rows(drafts, field, around=self._around(), year=self._year())
            if found:
                return FieldValue("present", found, found[0].text, place=found[0].place, blocks=blocks)
            return FieldValue("empty", place=segment.place, blocks=blocks)
        if field.kind == "people":
            return replace(_people(segment), blocks=blocks)
        text, place = _text_of(segment, own_line=field.kind in ("date", "year"))
        if is_placeholder(text):
            return FieldValue("empty", place=segment.place, text=squeeze(text))
        if field.kind == "date":
            value = table_rows.date_value(text, place, None)
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
            entries = _entries(segment)
            if not entries:
                return FieldValue("empty", place=segment.place)
            return FieldValue("present", tuple(entries), entries[0], place=place, blocks=blocks)
        return FieldValue("present", squeeze(text), squeeze(text)[:200], place=place, blocks=blocks)

    def _around(self) -> dt.date | None:
        for name, field in self.type.fields.items():
            value = self.fields.get(name)
            if field.kind == "date" and value and isinstance(value.value, dt.date):
                return value.value
        return None

    def _year(self) -> int | None:
        for name, field in self.type.fields.items():
            value = self.fields.get(name)
            if field.kind == "year" and value and isinstance(value.value, int):
                return value.value
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
            chosen = chosen if _has_choices(field) else [best]
        chosen.sort(key=lambda c: c[2].order)
        rows: list[Row] = []
        for _, value, _ in chosen:
            assert isinstance(value.value, tuple)
            rows += [r for r in value.value if isinstance(r, Row)]
        rows = [replace(r, index=number) for number, r in enumerate(rows, 1)]
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

    # Without a label -----------------------------------------------------------------------------------------------------

    def _without_label(self, name: str, field: Field) -> FieldValue | None:
        if field.kind == "date":
            return self._date_in_prose()
        if field.kind == "people":
            return self._people_in_prose()
        if field.kind == "text":
            return self._subject_in_prose() if "asunto" in (label_form(w) for w in field.labels) else None
        if field.kind == "year":
            return self._year_in_title()
        if field.kind == "table":
            by_shape = self._rows_by_choice(name, field) if _has_choices(field) else self._agreed_in_prose(name, field)
            return by_shape or self._rows_by_card(name, field)
        return None

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
                    r"(?:horas|dia|dias|hrs)\b.{0,30}$|siendo las.*$|reun\w+.{0,60}$|celebrad[ao].{0,40}$|(?:sesion|reunion).{0,20}\bdel?\s*$",
                    before,
                )
                dateline = (
                    re.fullmatch(r"[\w\s.,;()]{0,70}?\b(?:a|,)?\s*", before)
                    and len(paragraph.text) <= 110
                    and not after.strip(" .,")
                )
                if (opening and (re.search(r"reun|minuta|sesion|asist|acta|junta", before + after))) or (
                    dateline
                    and reading.start > 0
                    and paragraph.origin == "body"
                    and re.search(r"[a-z],|\ba\s*$|\ba \w+ \w*$", before)
                ):
                    value = table_rows.date_value(paragraph.text[reading.start : reading.end], paragraph.place)
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
                r"\bse reun\w+|\breunidos\b|\bestando presentes\b|\bcon la (?:asistencia|participacion) de\b|\basistieron\b|\bparticiparon\b|\bcomparec\w+",
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
                r"\b(?:con (?:el|la) (?:objeto|objetivo|fin|finalidad|proposito) de|a fin de|a efecto de|con motivo de|para tratar|para abordar|en relacion con|relativ[ao] a(?:l)?|para revisar|cuyo asunto (?:es|fue))\s+(?P<what>[^.;]{8,})",
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
            if any(flat(t) in folded for t in self.type.recognise.titles) or paragraph.level or paragraph.bold:
                if year := find_year(paragraph.text):
                    return FieldValue(
                        "present",
                        year,
                        squeeze(paragraph.text)[:120],
                        place=paragraph.place,
                        score=1.5,
                        evidence=("year in the title",),
                    )
        return None

    def _rows_by_choice(self, name: str, field: Field) -> FieldValue | None:
        """Courses listed under headings that only name their platform."""
        drafts: list[table_rows.Draft] = []
        blocks: list[Paragraph] = []
        for segment in self.segments:
            context = _context(segment, field)
            if context and segment.form == "heading" and not any(m.target != OTHER for m in segment.matches):
                drafts.extend(table_rows.drafts(segment.items, name, field, self.index, context))
                self.used.add(segment.order)
                blocks.extend(b for b in original_blocks(segment.items) if isinstance(b, Paragraph))
        found = table_rows.rows(drafts, field, around=self._around(), year=self._year())
        if not found:
            return None
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
        found = table_rows.rows(
            table_rows.records(self.items, name, field, self.index), field, around=self._around(), year=self._year()
        )
        if not found:
            return None
        return FieldValue(
            "present",
            found,
            found[0].text,
            place=found[0].place,
            score=1.4,
            evidence=("cards, a label and a value a line",),
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
                r"(?:\W*\d*\W*)(?:se\s+(?:acuerda|acordo|compromete|determino)|(?:primer|segund|tercer|cuart|quint)[oa]\W.{0,6}se\b|acuerdo\s*(?:no\.?|num\.?)?\s*\d+|los asistentes (?:acuerdan|acordaron)|queda(?:ndo)? acordado)",
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
        found = table_rows.rows(
            table_rows.drafts(lines, name, field, self.index), field, around=self._around(), year=self._year()
        )
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


def _has_choices(field: Field) -> bool:
    return any(c.choices for c in field.columns.values())


def _context(segment: Segment, field: Field) -> str:
    """A choice (platform) that the segment's own label or the heading over it names."""
    for column in field.columns.values():
        if column.choices:
            under = next((e for e in segment.evidence if e.startswith("under «")), "")
            if choice := table_rows.choice_of(f"{segment.label if segment.form != 'header' else ''} {under}", column):
                return choice
    return ""


def _with_rest(segment: Segment) -> list[Item]:
    if segment.rest is None:
        return segment.items
    return [Line(segment.rest, 0.0, "", None), *segment.items]


def _text_of(segment: Segment, own_line: bool) -> tuple[str, Place | None]:
    """The value's words: the rest of a run-in line, or what follows (for dates, the next few lines, as one may be broken over them)."""
    parts: list[tuple[str, Place | None]] = []
    if segment.rest and not is_placeholder(segment.rest.text):
        parts.append((segment.rest.text, segment.rest.place))
        if not own_line or find_dates(segment.rest.text):
            return parts[0]
    for item in segment.items:
        if isinstance(item, Line):
            parts.append((item.paragraph.text, item.paragraph.place))
        elif isinstance(item, Pair):
            first = next((p.place for p in paragraphs_of(item.value) if p.text.strip()), item.place)
            parts.append((joined(item.value), first))
        elif item.target is None:
            parts.extend((cell.text, cell.place) for row in item.rows for _, cell in row)
        if len(parts) >= (3 if own_line else 8):
            break
    parts = [(t, p) for t, p in parts if not is_placeholder(t)]
    if not parts:
        return "", segment.place
    if own_line:
        for text, place in parts:
            if find_dates(text):
                return text, place
    return "\n".join(t for t, _ in parts), parts[0][1]


def _entries(segment: Segment) -> list[str]:
    """Items of a list: a line each; of a run-in list, what its numbers or semicolons separate."""
    entries: list[str] = []
    if segment.rest and not is_placeholder(segment.rest.text):
        pieces = re.split(r";|\n|(?:(?<=\s)|^)\(?\d{1,2}[.)]-?\s+|(?<=\s)[a-h]\)\s+", segment.rest.text)
        entries.extend(squeeze(p).strip(" ,.;") for p in pieces)
    for item in segment.items:
        if isinstance(item, Line):
            entries.append(squeeze(undecorated(item.paragraph.text)))
        elif isinstance(item, Pair):
            entries.extend(squeeze(line) for line in joined(item.value).split("\n"))
        else:
            entries.extend(squeeze(" ".join(cell.text for _, cell in row)) for row in item.rows)
    return [e for e in entries if not is_placeholder(e) and not re.fullmatch(r"\d{1,3}[.)]?", e)]


def _people(segment: Segment) -> FieldValue:
    people: list[Person] = []
    words: list[str] = []
    pointer = ""
    for item in _with_rest(segment):
        if isinstance(item, Grid):
            people.extend(_people_of_grid(item))
            continue
        paragraphs = [item.paragraph] if isinstance(item, Line) else list(paragraphs_of(item.value))
        text = "\n".join(p.text for p in paragraphs if p.text.strip())
        if is_placeholder(text):
            continue
        if re.search(
            r"\b(?:lista|relacion|registro)\b.{0,30}\banex|\banex\w*.{0,30}\b(?:lista|relacion)\b|\bver anexo\b|\bse adjunta\b",
            flat(text),
        ):
            pointer = squeeze(text)
        words.append(text)
        place = next((p.place for p in paragraphs if p.text.strip()), None)
        if (
            isinstance(item, Line)
            and people
            and not people[-1].charge
            and (found := find_people(f"{people[-1].name}\n{text}"))
            and len(found) == 1
        ):
            people[-1] = Person(people[-1].name, found[0].charge, people[-1].place)
            continue
        people.extend(Person(p.name, p.charge, place) for p in find_people(text))
    unique = list({flat(bare_name(p.name)): p for p in reversed(people)}.values())[::-1]
    if unique:
        text = "; ".join(
            squeeze(f"{p.name} ({p.charge})" if p.charge and p.charge != p.name else p.name) for p in unique
        )
        return FieldValue("present", tuple(unique), text[:300], place=unique[0].place)
    if pointer:
        return FieldValue(
            "undetermined",
            None,
            pointer[:120],
            place=segment.place,
            reason=f"remite a otro documento: «{pointer[:60]}»",
        )
    if words:
        return FieldValue(
            "undetermined",
            None,
            squeeze(words[0])[:120],
            place=segment.place,
            reason=f"no se reconocieron nombres en «{squeeze(words[0])[:60]}»",
        )
    return FieldValue("empty", place=segment.place)


def _people_of_grid(grid: Grid) -> Iterator[Person]:
    forms = {c: label_form(t) for c, t in grid.header.items()}
    column = next((c for c, f in forms.items() if f in NAME_HEADERS), None)
    charge = next(
        (
            c
            for c, f in forms.items()
            if f != forms.get(column or -1)
            and f.startswith(("cargo", "puesto", "area", "adscripcion", "unidad", "funcion"))
        ),
        None,
    )
    for row in grid.rows:
        cells = dict(row)
        if column is not None:
            who = cells.get(column)
            if who is None or is_placeholder(who.text):
                continue
            found = find_people(who.text)
            role = squeeze(cells[charge].text) if charge in cells and charge is not None else ""
            if found:
                yield Person(found[0].name, role or found[0].charge, who.place)
                yield from (Person(p.name, p.charge, who.place) for p in found[1:])
            elif squeeze(who.text).strip("0123456789. "):
                yield Person(squeeze(who.text), role, who.place)
        else:
            text = ", ".join(squeeze(cell.text) for _, cell in row if cell.text.strip())
            yield from (Person(p.name, p.charge, row[0][1].place) for p in find_people(text))


def _derive_from_columns(document_type: DocumentType, fields: dict[str, FieldValue]) -> None:
    """Fields that a column also answers, both ways: a standing section serves the rows that lack it; a column makes the field present."""
    for name, field in document_type.fields.items():
        if not field.any_of_column:
            continue
        table, column = field.any_of_column.split(".")
        standing, rows = fields[name], fields[table].value
        if not isinstance(rows, tuple) or not rows:
            continue
        spec = document_type.fields[table].columns[column]
        if standing.state == "present" and isinstance(standing.value, tuple):
            fields[table] = replace(fields[table], value=_served(rows, column, standing, spec.kind, fields))
            rows = fields[table].value
            assert isinstance(rows, tuple)
        cells = [r.cells[column] for r in rows if isinstance(r, Row)]
        filled = [c for c in cells if c.state == "present" and not c.problem]
        if filled and standing.state != "present":
            texts = tuple(dict.fromkeys(c.text for c in filled))
            fields[name] = FieldValue(
                "present", texts, filled[0].text, spec.title, filled[0].place, score=2.0, evidence=(f"column {column}",)
            )
        elif not filled and standing.state == "absent" and cells:
            worst = next((c for c in cells if c.state in ("undetermined", "present")), None)
            state: State = (
                "undetermined" if worst else ("empty" if any(c.state == "empty" for c in cells) else "absent")
            )
            fields[name] = FieldValue(
                state,
                place=cells[0].place,
                text=worst.text if worst else "",
                reason=(worst.reason or worst.problem) if worst else "",
            )


def _served(
    rows: tuple[object, ...], column: str, standing: FieldValue, kind: str, fields: dict[str, FieldValue]
) -> tuple[Row, ...]:
    """Rows with the entries of a standing section: one entry serves all; as many entries as rows serve one each."""
    entries = [str(e) for e in standing.value] if isinstance(standing.value, tuple) else []
    meeting = next((v.value for v in fields.values() if isinstance(v.value, dt.date)), None)
    year = next((v.value for v in fields.values() if isinstance(v.value, int)), None)
    served = []
    own = [r for r in rows if isinstance(r, Row)]
    for number, row in enumerate(own):
        if row.cells[column].state in ("present", "undetermined"):
            served.append(row)
            continue
        text = entries[number] if len(entries) == len(own) else "; ".join(entries)
        value = FieldValue("present", text, text[:200], standing.label, standing.place)
        if kind == "date":
            value = table_rows.date_value(text, standing.place, meeting if isinstance(meeting, dt.date) else None)
            if len(entries) not in (1, len(own)):
                value = FieldValue(
                    "undetermined",
                    None,
                    text[:200],
                    standing.label,
                    standing.place,
                    reason="no se distingue cuál de las fechas corresponde al acuerdo",
                )
        elif kind == "period":
            period = read_period(text, year if isinstance(year, int) else None)
            if period is None:
                value = FieldValue(
                    "undetermined",
                    None,
                    text[:200],
                    standing.label,
                    standing.place,
                    reason=f"«{text[:60]}» no se pudo leer como fecha",
                )
            elif period.start and period.end:
                value = replace(value, value=Period(period.start, period.end))
            else:
                value = replace(value, value=None, problem="" if "no dice el año" in period.problem else period.problem)
        served.append(replace(row, cells={**row.cells, column: value}))
    return tuple(served)
