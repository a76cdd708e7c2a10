"""Labels found by all their evidence, each with what follows up to the next label of its rank."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from checker.packs.model import DocumentType, Field
from checker.recognise.choices import chosen
from checker.recognise.items import PEOPLE, Grid, Item, Line, NumberingKind, Pair, looks
from checker.recognise.label_lines import Form, Hit, LabelReader
from checker.recognise.labels import OTHER, LabelIndex, Match
from checker.recognise.numbers import number_of_label
from checker.recognise.sentences import is_phrase
from checker.recognise.titles import title_form
from checker.spanish.dates import find_dates, read_period
from checker.spanish.numbers import read_number
from checker.spanish.text import flat, label_form, squeeze, undecorated
from parsers.model import Paragraph, Place, Table

_WHO = ("people", "signatures")
_LEADS = ("a", "al", "a la", "a el", "a el c", "al c", "a la c", "a favor de")


class Segment(msgspec.Struct):
    """A label and its content."""

    label: str
    form: Form
    place: Place | None
    matches: Sequence[Match]
    strength: float = 0.0
    numbering: NumberingKind = ""
    number: int | None = None
    rest: Paragraph | None = None
    """What follows a run-in label in its own paragraph."""
    items: list[Item] = []
    evidence: list[str] = []
    order: int = 0

    def last_number(self) -> int:
        """Number of its last numbered line; 0 when there is none."""
        lines = (i for i in reversed(self.items) if isinstance(i, Line))
        return next((i.number for i in lines if i.number is not None), 0)

    def names(self, target: str) -> float:
        """Similarity with which the label names ``target``; 0 when it does not."""
        return max((m.similarity for m in self.matches if m.target == target), default=0.0)


class Segmenter:
    """Cuts one stream for one document type."""

    def __init__(self, document_type: DocumentType, index: LabelIndex, fuzzy: bool = False) -> None:
        self.index = index
        self.lines = LabelReader(document_type, index, fuzzy)
        self.fuzzy = fuzzy
        self.type = document_type
        self.tables = {n for n, f in document_type.fields.items() if f.kind == "table"}
        self.lists = {n for n, f in document_type.fields.items() if f.kind in ("list", "text")}
        self.titles = {title_form(t) for t in document_type.recognise.titles}

    def segments(self, items: list[Item]) -> list[Segment]:
        """In reading order, the first being what stands before any label."""
        current = Segment("", "opening", None, [])
        found = [current]

        def open_(segment: Segment) -> None:
            nonlocal current
            segment.order = len(found)
            found.append(segment)
            current = segment

        for item in items:
            if isinstance(item, Pair):
                if self._belongs(item.label, current):
                    current.items.append(item)
                    continue
                open_(self._of_pair(item))
            elif isinstance(item, Grid):
                item = self._owned(item, current)
                if item.target is None or item.named or self._fits(item, current) or self._others(item, current):
                    current.items.append(item)
                else:
                    label = " | ".join(item.header.values())
                    target = Match(item.target, 0.9)
                    segment = Segment(label, "header", item.place, [target], 2.0, items=[item], evidence=["header row"])
                    # the heading that stands over the table, where it names no field, stays its context
                    if not current.matches and current.form == "heading" and not current.items:
                        segment.evidence.append(f"under «{squeeze(current.label)[:60]}»")
                    open_(segment)
            else:
                hit = self._untitled(self.lines.read(item))
                title = hit is not None and not hit.matches and self._is_title(hit.label)
                if self._awaits(current) and (title or label_form(item.paragraph.text) in _LEADS):
                    continue  # «OTORGAN LA PRESENTE / CONSTANCIA / a: / Juan Pérez López»
                if hit and not self._is_content(hit, item, current):
                    open_(self._of_hit(hit, item))
                else:
                    current.items.append(item)
        return found

    def _of_pair(self, pair: Pair) -> Segment:
        matches = self.index.field(pair.label, self.fuzzy) or [Match(OTHER, 0.5)]
        segment = Segment(pair.label, "cell", pair.place, matches, 1.5, evidence=["label cell"])
        segment.items.append(pair)
        return segment

    def _of_hit(self, hit: Hit, line: Line) -> Segment:
        rest = None
        if hit.rest.strip():
            shift = max(0, line.paragraph.bold_prefix - hit.offset)
            rest = replace(line.paragraph, text=hit.rest, bold_prefix=shift, label="")
        strength = _strength(hit, line)
        return Segment(
            hit.label,
            hit.form,
            line.paragraph.place,
            hit.matches,
            strength,
            line.numbering,
            line.number,
            rest,
            evidence=hit.evidence,
        )

    def _owned(self, grid: Grid, segment: Segment) -> Grid:
        """The grid as that of the field whose heading or name stands over it, where its header would serve several."""
        if not grid.also:
            return grid
        named = [m.target for m in (*segment.matches, *self.index.field(grid.title)) if m.target in grid.also]
        stays = any(m.target == grid.target for m in segment.matches) and not segment.items
        return replace(grid, target=named[0]) if named and not stays else grid

    def _others(self, grid: Grid, segment: Segment) -> bool:
        """The grid stands under a heading that says that its rows are not this field's: «Acuerdos de la reunión anterior»."""
        return (
            segment.form == "heading" and bool(segment.label) and self.index.besides(grid.target or "", segment.label)
        )

    def _fits(self, grid: Grid, segment: Segment) -> bool:
        if grid.target == PEOPLE:
            return any(
                self.type.fields[m.target].kind in ("people", "signatures")
                for m in segment.matches
                if m.target in self.type.fields
            )
        return any(m.target == grid.target for m in segment.matches)

    def _belongs(self, label: str, segment: Segment) -> bool:
        """The label is a column of the table field under whose own heading it stands; below its rows, a field's label is that field's."""
        fields = {m.target for m in self.index.field(label) if m.similarity == 1.0 and m.target != OTHER}
        if fields - self.tables and any(isinstance(i, Grid) and i.target in self.tables for i in segment.items):
            return False
        if segment.form not in ("heading", "sentence"):
            return False
        own = not segment.items and any(m.similarity == 1.0 and m.target != OTHER for m in self.index.field(label))
        for match in segment.matches:
            columns = [c.target for c in self.index.column(match.target, label) if c.target != OTHER]
            first = next(iter(self.type.fields[match.target].columns), "") if columns else ""
            if columns and (not own or first in columns):  # «OOAD | Jalisco» over a list of people is no card of it
                return True
        return False

    def _is_content(self, hit: Hit, line: Line, current: Segment) -> bool:
        """The label-like line belongs to the section that is open: an agenda item «3. Acuerdos», a «Responsable: …» of an agreement."""
        named = [m.target for m in current.matches if m.target in self.type.fields]
        if not named:
            return False
        begins = not hit.matches and not current.items and current.rest is None
        if begins and any(self._is_value(self.type.fields[t], line.paragraph.text) for t in named):
            return True
        if not hit.matches and self._awaits(current, line) and not hit.label.endswith(":"):
            return True
        single = all(self.type.fields[t].kind not in ("list", "table", "people") for t in named)
        if single and "colon" in hit.evidence and hit.matches and hit.matches[0].similarity == 1.0:
            return False
        listed = line.numbering != "" or bool(line.paragraph.label)
        if hit.matches and hit.matches[0].similarity == 1.0 and not listed and number_of_label(hit.label):
            return False  # «Estrategia 1.1» below «Objetivo 1»
        signs = any(
            m.similarity == 1.0 and m.target in self.type.fields and self.type.fields[m.target].kind in _WHO
            for m in hit.matches
        )
        other = not set(named) & {m.target for m in hit.matches}
        prose = any(self.type.fields[t].kind in ("text", "list") for t in named)
        if signs and other and prose and not listed and hit.form == "heading":
            return False  # «Validó» below a list begins who signs
        tables = [t for t in named if t in self.tables]
        own = _strength(hit, line)
        exact = {m.target for m in hit.matches if m.similarity == 1.0 and m.target != OTHER} - set(named)
        if tables and exact and hit.form == "run-in" and not current.items and current.rest is None:
            return False  # «OOAD: Jalisco» over the table serves all its rows
        if tables and current.form in ("heading", "sentence"):
            column = any(
                c.target != OTHER and c.similarity >= 0.9 for t in tables for c in self.index.column(t, hit.label)
            )
            if column and (hit.form == "run-in" or own < current.strength) and not self._starts_over(hit, current):
                return True
            if label_form(hit.label) in self.lines.choices:
                return True
            if not hit.matches and (own <= current.strength - 0.4 or (listed and current.numbering != line.numbering)):
                return True
            if not hit.matches and re.match(
                r"^(?:acuerdo|compromiso|estrategia)\s*(?:no\.?|num\.?|#)?\s*\d+", flat(undecorated(hit.label))
            ):
                return True
        if not hit.matches and hit.label.rstrip().endswith(":") and not line.paragraph.level:
            kinds = {self.type.fields[t].kind for t in named}
            if kinds <= {"people", "signatures"} and own <= current.strength and current.form != "run-in":
                return True  # «Por la División:» between the names of one list
        if not hit.matches:
            if current.form == "run-in" and current.rest is not None:
                return False
            entry = listed and line.numbering != current.numbering and any(t in self.lists for t in named)
            return listed and (own < current.strength - 0.25 or (entry and not line.paragraph.level))
        if any(t in self.lists for t in named) and (
            current.form in ("heading", "sentence") or (current.form == "run-in" and current.rest is None)
        ):
            if hit.form == "heading" and not hit.label.rstrip().endswith(":") and not line.paragraph.level:
                if listed and line.numbering != current.numbering and line.strength <= current.strength + 0.6:
                    return True
                if listed and current.numbering == line.numbering == "decimal":
                    follows = line.number is not None and line.number == current.last_number() + 1
                    section = current.number is not None and line.number == current.number + 1
                    return (follows or line.number == 1) and not (section and line.strength >= current.strength - 0.25)
                if not listed and own < current.strength - 0.4:
                    return True
            if hit.form == "sentence":
                return False
        return False

    def _untitled(self, hit: Hit | None) -> Hit | None:
        """The hit without fields of one value that the document's title only resembles: «Constancia», «constancia a»."""
        if hit is None or not hit.matches or hit.matches[0].similarity >= 0.8 or not self._is_title(hit.label):
            return hit
        return replace(hit, matches=[m for m in hit.matches if m.target in self.tables or m.target == OTHER])

    def _is_title(self, label: str) -> bool:
        """The words of the document's own title, or those that begin it: «CONSTANCIA»."""
        form = title_form(label)
        return any(title == form or title.startswith(f"{form} ") for title in self.titles)

    def _awaits(self, segment: Segment, line: Line | None = None) -> bool:
        """A label that a value must follow, however the next line stands out: «por haber acreditado el curso:», «se otorga a».

        ``line`` may also go on with a value that has begun: bold capitals over two lines.
        """
        goes_on = line is not None and len(segment.items) < 3 and all(looks(i) == looks(line) for i in segment.items)
        if (segment.items and not goes_on) or segment.rest is not None or segment.form not in ("heading", "sentence"):
            return False
        kinds = {self.type.fields[m.target].kind for m in segment.matches if m.target in self.type.fields}
        asked = bool(kinds & {"text", "people"})
        return asked and is_phrase(flat(segment.label)) and segment.strength < 2.0

    @staticmethod
    def _is_value(field: Field, text: str) -> bool:
        """The first line under a label, however it stands out, reads as what the label asks for: **12 HORAS**, ☒ CLIMSS."""
        if field.kind == "choice":
            return chosen(text, field.choices) != ()
        if field.kind == "number":
            return read_number(text) is not None
        if field.kind in ("date", "period"):
            return bool(find_dates(text)) or (len(text.split()) <= 8 and read_period(text, 2000) is not None)
        return False

    def _starts_over(self, hit: Hit, current: Segment) -> bool:
        """A field label that repeats a column's name but begins the next section (``Firma:`` never is a column)."""
        return (
            hit.form == "heading"
            and any(m.target in self.type.fields and m.target not in self.tables for m in hit.matches)
            and current.strength <= 0.5
        )


def _strength(hit: Hit, line: Line) -> float:
    """How much the label stands out: all of a heading, of a run-in label only its words in bold."""
    return line.strength if hit.form != "run-in" else 1.0 if line.paragraph.bold_prefix or line.paragraph.bold else 0.5


def original_blocks(items: list[Item]) -> tuple[Paragraph | Table, ...]:
    """Paragraphs behind lines and pairs, for carrying content over."""
    blocks: list[Paragraph | Table] = []
    for item in items:
        if isinstance(item, Line):
            blocks.append(item.paragraph)
        elif isinstance(item, Pair):
            blocks.extend(item.value)
        else:
            blocks.extend(b for row in item.rows for _, cell in row for b in cell.blocks)
    return tuple(blocks)
