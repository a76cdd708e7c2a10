"""Labels found by all their evidence, each with what follows up to the next label of its rank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from checker.packs.model import DocumentType, Field
from checker.recognise.choices import begins_with_box, chosen
from checker.recognise.items import PEOPLE, Grid, Item, Line, NumberingKind, Pair
from checker.recognise.labels import OTHER, LabelIndex, Match, ends_with_label
from checker.recognise.titles import title_form
from checker.spanish.dates import find_dates, read_period
from checker.spanish.numbers import read_number
from checker.spanish.people import is_charge, is_name
from checker.spanish.text import flat, is_placeholder, label_form, squeeze, undecorated
from parsers.model import Paragraph, Place, Table

Form = Literal["heading", "run-in", "sentence", "cell", "header", "opening"]
_COLON = re.compile(r"^(?P<label>[^:：\n]{1,90}?)\s*(?:(?<!\d)[:：](?!//)|[:：](?!//|\d\d))\s*(?P<rest>.*)$", re.DOTALL)
_LONGEST_LABEL = 110  # characters
_DASH = re.compile(r"\s[–—-]\s|\.\s?[-–—]")
_GAP = re.compile(r"^(?P<label>.{2,60}?)(?:\t+|\s{2,}|\s+[–—-]\s+|\.\s?[-–—]+\s*)(?P<rest>\S.*)$", re.DOTALL)


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


class Hit(msgspec.Struct, frozen=True):
    """A line read as a label."""

    label: str
    rest: str
    offset: int
    form: Form
    matches: Sequence[Match]
    evidence: list[str]


def _is_surname_first(text: str) -> bool:
    """«CÁRDENAS MEJÍA, ROSA ISELA»."""
    parts = text.split(",")
    return len(parts) == 2 and all(is_name(p) or len(p.split()) == 1 for p in parts) and any(is_name(p) for p in parts)


class Segmenter:
    """Cuts one stream for one document type."""

    def __init__(self, document_type: DocumentType, index: LabelIndex, fuzzy: bool = False) -> None:
        self.index = index
        self.fuzzy = fuzzy
        self.type = document_type
        self.tables = {n for n, f in document_type.fields.items() if f.kind == "table"}
        self.lists = {n for n, f in document_type.fields.items() if f.kind in ("list", "text")}
        self.titles = {title_form(t) for t in document_type.recognise.titles}
        self.choices = {
            label_form(word)
            for f in document_type.fields.values()
            for c in f.columns.values()
            for value, words in c.choices.items()
            for word in (value, *words)
        }

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
                if item.target is None or self._fits(item, current) or self._others(item, current):
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
                hit = self.read_label(item)
                if hit and not hit.matches and self._awaits(current) and title_form(hit.label) in self.titles:
                    continue  # «OTORGAN LA PRESENTE / CONSTANCIA / Juan Pérez López»
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
        strength = (
            line.strength
            if hit.form != "run-in"
            else (1.0 if line.paragraph.bold_prefix or line.paragraph.bold else 0.5)
        )
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
        """The label is a column of the table field under whose own heading it stands."""
        return segment.form in ("heading", "sentence") and any(
            m.target in self.tables and any(c.target != OTHER for c in self.index.column(m.target, label))
            for m in segment.matches
        )

    # Reading one line as a label ------------------------------------------------------------------------------------------

    def read_label(self, line: Line) -> Hit | None:
        """How ``line`` reads as a label, with its evidence; None for plain content."""
        text = line.paragraph.text
        bare = undecorated(text)
        if not bare or len(bare) > 4000:
            return None
        if len(bare) > _LONGEST_LABEL and line.paragraph.bold_prefix <= 2 and _is_prose(text, bare):
            return None
        offset = len(text) - len(text.lstrip())
        if match := _COLON.match(text):
            label, rest = match["label"], match["rest"]
            if matches := self.index.field(label, self.fuzzy):
                evidence = ["colon"] + (["bold"] if line.paragraph.bold_prefix or line.paragraph.bold else [])
                filled = not is_placeholder(rest) or bool(rest.strip())
                return Hit(label, rest, match.start("rest"), "run-in" if filled else "heading", matches, evidence)
        if 2 < line.paragraph.bold_prefix < len(text):
            label = text[: line.paragraph.bold_prefix]
            if matches := self.index.field(label, self.fuzzy):
                return Hit(label, text[len(label) :].lstrip(" :.-–—\t"), len(label), "run-in", matches, ["bold prefix"])
        if (
            (match := _GAP.match(text))
            and (matches := self.index.field(match["label"]))
            and matches[0].similarity == 1.0
        ):
            return Hit(match["label"], match["rest"], match.start("rest"), "run-in", matches, ["gap"])
        if len(text) <= 90 and (told := self._before_a_date(text) or self._before_a_value(text)):
            return told
        if len(bare) <= 110 and "\n" not in bare.strip():
            matches = self.index.field(bare, self.fuzzy)
            if matches and (matches[0].similarity >= 0.8 or line.strength >= 0.5):
                evidence = [
                    e
                    for e, on in (
                        ("heading style", line.paragraph.level),
                        ("bold", line.paragraph.bold),
                        ("whole line", True),
                    )
                    if on
                ]
                return Hit(bare, "", offset, "heading", matches, evidence)
        if announced := ends_with_label(text, self.index):
            return Hit(squeeze(text)[-80:], "", offset, "sentence", announced, ["announced by a sentence"])
        return self._unknown(line, bare)

    def _before_a_date(self, text: str) -> Hit | None:
        """«FECHA 14/10/2025», «Fecha → 14 de octubre»: a date field's label and its date, nothing between but a sign."""
        first = next(iter(find_dates(text)), None)
        if first is None or not first.start:
            return None
        label = undecorated(text[: first.start].rstrip(" .–—-→>|"))
        matches = [m for m in self.index.field(label) if m.similarity == 1.0 and m.target != OTHER]
        dates = [m for m in matches if self.type.fields[m.target].kind == "date"]
        return (
            Hit(label, text[first.start :], first.start, "run-in", tuple(dates), ["before a date"]) if dates else None
        )

    def _before_a_value(self, text: str) -> Hit | None:
        """«Folio CPA-2026-00045», «con una duración de 40 horas», «a través de la plataforma CLIMSS»: no sign between label and value."""
        words = list(re.finditer(r"\S+", text))
        for count in range(min(len(words) - 1, 9), 0, -1):
            label, start = text[: words[count - 1].end()], words[count].start()
            matches = [m for m in self.index.field(label) if m.similarity == 1.0 and m.target != OTHER]
            rest = text[start:]
            kept = tuple(m for m in matches if _follows(self.type.fields[m.target], rest, count))
            if kept:
                return Hit(label, rest, start, "run-in", kept, ["before a value"])
        return None

    def _unknown(self, line: Line, bare: str) -> Hit | None:
        """A line that looks like a heading without being any field's."""
        words = bare.split()
        if (
            is_placeholder(bare)
            or begins_with_box(line.paragraph.text)
            or is_name(bare)
            or is_charge(bare)
            or _is_surname_first(bare)
            or len(words) > 12
            or not any(c.isalpha() for c in bare)
        ):
            return None
        heading = line.paragraph.level > 0 or (
            line.strength >= 1.0 and line.paragraph.images == 0 and not bare.endswith((".", ";", ","))
        )
        opening = bare.endswith(":") and len(words) <= 6
        if not heading and not opening:
            return None
        if label_form(bare) in self.choices and not heading and not opening:
            return None
        return Hit(bare, "", 0, "heading", [], ["looks like a heading"])

    def _is_content(self, hit: Hit, line: Line, current: Segment) -> bool:
        """The label-like line belongs to the section that is open: an agenda item «3. Acuerdos», a «Responsable: …» of an agreement."""
        named = [m.target for m in current.matches if m.target in self.type.fields]
        if not named:
            return False
        begins = not hit.matches and not current.items and current.rest is None
        if begins and any(self._is_value(self.type.fields[t], line.paragraph.text) for t in named):
            return True
        if not hit.matches and self._awaits(current) and not line.paragraph.level and not hit.label.endswith(":"):
            return True
        listed = line.numbering != "" or bool(line.paragraph.label)
        tables = [t for t in named if t in self.tables]
        own = (
            line.strength
            if hit.form != "run-in"
            else (1.0 if line.paragraph.bold_prefix or line.paragraph.bold else 0.5)
        )
        if tables and current.form in ("heading", "sentence"):
            column = any(
                c.target != OTHER and c.similarity >= 0.9 for t in tables for c in self.index.column(t, hit.label)
            )
            if column and (hit.form == "run-in" or own < current.strength) and not self._starts_over(hit, current):
                return True
            if label_form(hit.label) in self.choices:
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

    def _awaits(self, segment: Segment) -> bool:
        """A label that a value must follow, however the next line stands out: «por haber acreditado el curso:», «se otorga a»."""
        if segment.items or segment.rest is not None or segment.form not in ("heading", "sentence"):
            return False
        asked = any(m.target in self.type.fields and self.type.fields[m.target].kind == "text" for m in segment.matches)
        label = segment.label.strip()
        opens = label.endswith(":") or len(label.split()) >= 3
        return asked and opens and segment.strength < 2.0

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


_CODE = re.compile(r"[«\"“(]?(?=\S*\d)[\w./°#-]+")


def _follows(field: Field, rest: str, words: int) -> bool:
    """``rest`` is such a value as may follow the words of a label: a number or a code, a choice, words in quotation marks."""
    if field.kind == "choice":
        return len(rest.split()) <= 4 and bool(chosen(rest, field.choices))
    if field.kind == "number":
        return read_number(rest) is not None and rest[:1].isdigit()
    return field.kind == "text" and (bool(_CODE.match(rest)) or (words >= 3 and rest[:1] in '«“"'))


def _is_prose(text: str, bare: str) -> bool:
    """A long text, as the bulk of a long document is, in whose beginning nothing sets a label off: no colon, tab, gap or dash."""
    if bare.endswith(":") or ":" in text[:_LONGEST_LABEL] or "\t" in text[:80]:
        return False
    head = flat(text)[:70]
    dashed = "-" in head or "–" in head or "—" in head
    return "  " not in head and not (dashed and _DASH.search(head))


def tables_in(items: list[Item]) -> list[Grid]:
    """The grids among the items."""
    return [i for i in items if isinstance(i, Grid)]


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
