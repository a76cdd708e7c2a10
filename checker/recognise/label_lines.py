"""One line read as a label: before a colon, in bold, before a gap, a date or a value, or as a whole line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from checker.packs.model import DocumentType, Field
from checker.recognise.announcing import ends_with_label
from checker.recognise.choices import begins_with_box, chosen
from checker.recognise.items import Line
from checker.recognise.labels import OTHER, LabelIndex, Match
from checker.recognise.sentences import unqualified
from checker.spanish.dates import find_dates
from checker.spanish.numbers import read_number
from checker.spanish.people import is_charge, is_name
from checker.spanish.text import flat, is_placeholder, label_form, squeeze, undecorated

Form = Literal["heading", "run-in", "sentence", "cell", "header", "opening"]
_COLON = re.compile(r"^(?P<label>[^:：\n]{1,90}?)\s*(?:(?<!\d)[:：](?!//)|[:：](?!//|\d\d))\s*(?P<rest>.*)$", re.DOTALL)
_LONGEST_LABEL = 110  # characters
_DASH = re.compile(r"\s[–—-]\s|\.\s?[-–—]")
_GAP = re.compile(r"^(?P<label>.{2,60}?)(?:\t+|\s{2,}|\s+[–—-]\s+|\.\s?[-–—]+\s*)(?P<rest>\S.*)$", re.DOTALL)


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


class LabelReader:
    """Reads lines for one document type."""

    def __init__(self, document_type: DocumentType, index: LabelIndex, fuzzy: bool = False) -> None:
        self.index = index
        self.fuzzy = fuzzy
        self.type = document_type
        self.choices = {
            label_form(word)
            for f in document_type.fields.values()
            for c in f.columns.values()
            for value, words in c.choices.items()
            for word in (value, *words)
        }

    def read(self, line: Line) -> Hit | None:
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
            if not matches or matches[0].similarity < 1.0:
                short = unqualified(flat(bare))
                matches = (self.index.field(short) if len(short) < len(bare) else ()) or matches
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
        if label_form(text).partition(" ")[0].rstrip(":,;") not in self.index.openings:
            return None  # as most lines: nothing need be looked up
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
